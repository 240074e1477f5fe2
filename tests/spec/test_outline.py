"""The outline of a file: the tables that it names, before anything else of it is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from reconciler.model.errors import InvalidFile
from reconciler.postgres.catalog import names_of
from reconciler.spec import desired_of, names_in, parse_files

ROOT = Path(__file__).parents[2]
FILES = sorted([*ROOT.glob("tests/cases/*/*/*.yaml"), *ROOT.glob("examples/**/*.yaml"), ROOT / "schema.yaml"])

BROAD = """
version: 1
schema: shop
tables:
  users:
  under any name: {schema: Odd schema, table: odd.table}
  billing.invoices:
    foreign_keys:
      short: {columns: a, references: users}
      long: {columns: a, references: {schema: other, table: "x.y", columns: [id]}}
      elsewhere: {columns: a, references: far.away(id)}
    absent: {indexes: [old]}
dropped_tables:
  leftover:
  copy: {replaced_by: far.original}
"""

BROKEN = """
version: 1
tables:
  users: [1, 2]
  a.b.c:
  wallets: {foreign_keys: {fk: {references: 7}, other: x, none: , odd: {references: [a, b]}}}
  orders: {foreign_keys: [1]}
dropped_tables: [a, b]
"""


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_the_outline_has_the_names_of_the_whole(file: Path) -> None:
    parsed = parse_files([file])
    try:
        desired = desired_of(parsed)
    except InvalidFile:
        pytest.skip("an invalid file is never compared")
    assert names_in(parsed) == names_of(desired)


def test_every_way_to_name_a_table_is_found(tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_text(BROAD)
    (tmp_path / "two.yaml").write_text("version: 1\nschema: two\ntables: {more: }\n")
    parsed = parse_files([tmp_path])
    named = names_in(parsed)
    assert named == names_of(desired_of(parsed))
    assert sorted(map(str, named.dropped)) == ["shop.copy", "shop.leftover"]
    assert sorted(map(str, named.tables)) == [
        '"Odd schema"."odd.table"',
        "billing.invoices",
        "far.away",
        "far.original",
        'other."x.y"',
        "shop.copy",
        "shop.leftover",
        "shop.users",
        "two.more",
    ]


def test_what_is_wrong_with_a_file_is_not_told_twice(tmp_path: Path) -> None:
    (tmp_path / "schema.yaml").write_text(BROKEN)
    parsed = parse_files([tmp_path])
    with pytest.raises(InvalidFile) as before:
        desired_of(parsed)
    names_in(parsed)
    with pytest.raises(InvalidFile) as after:
        desired_of(parsed)
    assert before.value.problems == after.value.problems
