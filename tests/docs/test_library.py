"""Names given to the library: a single text counts as one name, never as its characters."""

from __future__ import annotations

from pathlib import Path

import pytest

import reconciler
from reconciler.model.options import Options, several
from reconciler.restoring.rows import QuarantineOptions
from tests.servers import Database


@pytest.mark.parametrize("options", [Options, QuarantineOptions], ids=lambda one: one.__name__)
def test_a_single_name_is_one_name(options: type[Options] | type[QuarantineOptions]) -> None:
    one = options(allow="drop-table", trusted_roles="owner")  # type: ignore[arg-type]
    assert one == options(allow=frozenset({"drop-table"}), trusted_roles=frozenset({"owner"}))
    assert one == options(allow=["drop-table"], trusted_roles=("owner",))  # type: ignore[arg-type]


def test_names_of_any_collection() -> None:
    assert several("users") == several(["users"]) == several(one for one in ("users",)) == ("users",)


def test_one_file_and_one_folder_are_loaded_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "schema.yaml").write_text("version: 1\ntables: {users: {primary_key: id}}\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert len(reconciler.load("schema.yaml").objects) == len(reconciler.load(".").objects) == 1


@pytest.mark.newest_by_day
def test_an_id_that_is_no_hazard_is_a_usage_error(database: Database, tmp_path: Path) -> None:
    (tmp_path / "schema.yaml").write_text("version: 1\ntables: {users: {}}\n", encoding="utf-8")
    state, options = reconciler.load(tmp_path / "schema.yaml"), Options(allow=["drop-tabel"])  # type: ignore[arg-type]
    for use in (
        lambda: reconciler.plan(state, database.url, options=options),
        lambda: reconciler.drift([tmp_path / "schema.yaml"], database.url, options=options),
        lambda: reconciler.apply(state, database.url, options=options, approve=lambda _: True),
    ):
        with pytest.raises(reconciler.UsageError, match="drop-tabel"):
            use()


def test_temporary_tables_are_of_the_system(tmp_path: Path) -> None:
    for schema in ("pg_temp", "pg_temp_3"):
        file = tmp_path / "schema.yaml"
        file.write_text(f"version: 1\ntables: {{{schema}.t: {{primary_key: id}}}}\n", encoding="utf-8")
        with pytest.raises(reconciler.InvalidFile) as raised:
            reconciler.load(file)
        assert {problem.rule for problem in raised.value.problems} == {"system-schema"}
