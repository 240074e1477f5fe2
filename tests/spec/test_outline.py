"""The outline of a file: the tables that it seems to name, before it is parsed."""

from __future__ import annotations

from pathlib import Path

import pytest

from reconciler.model.errors import InvalidFile
from reconciler.model.state import Named
from reconciler.postgres.catalog import names_of
from reconciler.spec import desired_of, outline_of, read_files

ROOT = Path(__file__).parents[2]
FILES = sorted([*ROOT.glob("tests/cases/*/*/*.yaml"), *ROOT.glob("examples/**/*.yaml"), ROOT / "schema.yaml"])

USUAL = """\
# A comment, and no references: here
version: 1
schema: shop   # the default
policy:
  max_drops: 3
tables:
  # the first
  users:
  billing.invoices:
    foreign_keys:
      short: {columns: a, references: users}
      long:
        columns: a
        references: far.away(id)
  orders: {indexes: {orders_x: x}}
  items: # nothing yet
dropped_tables:
    leftover:
    copy: {replaced_by: far.original}
"""

UNUSUAL = """
version: 1
tables:
  under any name: {schema: Odd schema, table: odd.table}
  "quoted":
  plain:
    foreign_keys: {fk: {columns: a, references: {schema: other, table: "x.y", columns: [id]}}}
dropped_tables: {leftover: }
"""


def test_most_files_are_foreseen() -> None:
    foreseen = []
    for file in FILES:
        files = read_files([file])
        try:
            desired = desired_of(files)
        except InvalidFile:
            continue
        foreseen.append(outline_of(files) == names_of(desired))
    assert sum(foreseen) > 0.9 * len(foreseen) > 50


def test_every_usual_way_to_name_a_table_is_found(tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_text(USUAL)
    (tmp_path / "two.yaml").write_text("version: 1\nschema: two\ntables:\n  more:\n")
    files = read_files([tmp_path])
    named = outline_of(files)
    assert named == names_of(desired_of(files))
    assert sorted(map(str, named.dropped)) == ["shop.copy", "shop.leftover"]
    assert sorted(map(str, named.tables)) == [
        "billing.invoices",
        "far.away",
        "far.original",
        "shop.copy",
        "shop.items",
        "shop.leftover",
        "shop.orders",
        "shop.users",
        "two.more",
    ]


def test_what_is_written_otherwise_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "schema.yaml").write_text(UNUSUAL)
    named = outline_of(read_files([tmp_path]))
    assert sorted(map(str, named.tables)) == ["public.plain"]


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe\x00", b"tables:", b"tables: [", b"schema:\ntables:\n x:\n y", b"\x00"]
)
def test_invalid_files_do_not_fail_the_outline(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "schema.yaml").write_bytes(data)
    assert isinstance(outline_of(read_files([tmp_path, "nowhere.yaml"])), Named)
