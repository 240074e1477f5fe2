"""Files and folders: which files are read, in which order, and how they are merged."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import reconciler
from reconciler.model.errors import InvalidFile
from reconciler.model.names import MAX_NAME_BYTES, Key
from reconciler.spec import load


def write(root: Path, **files: str) -> None:
    for name, body in files.items():
        path = root / name.replace("__", "/")
        path = path.with_name(path.name.replace("_yaml", ".yaml").replace("_yml", ".yml"))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("version: 1\n" + body, encoding="utf-8")


def test_folders_are_read_recursively_and_sorted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, d__b_yaml="", d__a__z_yml="", d__c_txt="tables: [", d__ignored__x_json="")
    assert load(["d"]).sources == ("d/a/z.yml", "d/b.yaml")


def test_a_file_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, d__a_yaml="tables: {t: {indexes: {i: a}}}")
    (tmp_path / "d" / "link.yaml").symlink_to("a.yaml")
    assert load(["d/a.yaml", "d", tmp_path / "d" / "a.yaml"]).sources == ("d/a.yaml",)


def test_schema_and_version_are_per_file_and_several_files_may_declare_a_table(tmp_path: Path) -> None:
    write(
        tmp_path,
        a_yaml="schema: one\nprotected: x\ntables: {t: {indexes: {i: a}}}",
        b_yaml="schema: two\nprotected: [y]\ntables: {t: {indexes: {i: a}}, one.t: {checks: {c: a > 0}}}",
    )
    desired = load([tmp_path])
    assert set(desired.objects) == {
        Key(schema="one", table="t", kind="index", name="i"),
        Key(schema="one", table="t", kind="check", name="c"),
        Key(schema="two", table="t", kind="index", name="i"),
    }
    assert [(p.schema, p.pattern) for p in desired.protected] == [("one", "x"), ("two", "y")]


def test_aliases_are_replaced_by_their_values(tmp_path: Path) -> None:
    write(tmp_path, a_yaml="tables:\n  a: &a {checks: {&n c: &e a > 0}}\n  b: *a\n  d: {checks: {*n : *e}}\n")
    checks = [key for key in load([tmp_path]).objects if key.kind == "check"]
    assert [(key.table, key.name) for key in checks] == [("a", "c"), ("b", "c"), ("d", "c")]


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes("\ufeffversion: 1\r\ntables:\r\n  t:\r\n".encode())
    assert [table.name for table in load([tmp_path]).required_tables] == ["t"]


@pytest.mark.parametrize(
    "name", ["x" * MAX_NAME_BYTES, "ü" * 31 + "x", "a b", 'we"ird', "select", "Été", "a'b", "%s"]
)
def test_names_are_kept_as_they_are(tmp_path: Path, name: str) -> None:
    quoted = "'" + name.replace("'", "''") + "'"
    write(tmp_path, a_yaml=f"tables: {{{quoted}: {{checks: {{{quoted}: a > 0}}}}}}")
    assert Key(schema="public", table=name, kind="check", name=name) in load([tmp_path]).objects


def test_absent_may_list_the_old_name_of_a_renamed_object(tmp_path: Path) -> None:
    write(
        tmp_path,
        a_yaml="tables: {t: {indexes: {new: {columns: a, renamed_from: old}}, absent: {indexes: old}}}",
    )
    assert load([tmp_path]).absent[0].name == "old"


def test_all_problems_of_all_files_come_at_once_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, b_yaml="x: 1\ny: 2\n", a_yaml="z: 3\n")
    with pytest.raises(InvalidFile) as raised:
        load(["b.yaml", "a.yaml"])
    places = [(p.place.file, p.place.line) for p in raised.value.problems if p.place]
    assert places == [("a.yaml", 2), ("b.yaml", 2), ("b.yaml", 3)]


def test_reading_a_file_imports_no_heavy_package(tmp_path: Path) -> None:
    write(tmp_path, a_yaml="tables: {t: {checks: {c: a > 0}}}")
    heavy = ("psycopg", "sqlglot", "deepdiff", "typer", "rich", "pydantic", "jsonschema")
    code = (
        f"import sys; from reconciler.spec import load; load([{str(tmp_path)!r}]);"
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_one_path_needs_no_list(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("version: 1\ntables: {t: }", encoding="utf-8")
    assert reconciler.load(str(path)) == reconciler.load(path) == reconciler.load([path])
