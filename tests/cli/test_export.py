"""`reconcile export`: which files it writes, and which it never overwrites."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

import reconciler


@dataclass
class Found:
    files: dict[str, str]
    warnings: tuple[str, ...] = ()


@pytest.fixture
def exported(monkeypatch: pytest.MonkeyPatch) -> Any:
    calls: list[tuple[Any, dict[str, Any]]] = []
    found = Found(files={"schema.yaml": "version: 1\n"}, warnings=("left out: x",))

    def export(url: str | None, **options: Any) -> Found:
        calls.append((url, options))
        if options["split"]:
            return Found(files={"a.yaml": "version: 1\n", "b/c.yaml": "version: 1\ntables:\n", "s.json": "{}"})
        return found

    monkeypatch.setattr(reconciler, "export", export)
    return calls


def test_standard_output_has_the_file_and_no_warnings(exported, run):
    outcome = run("export", "--db", "u", "--schema", "a", "--schema", "b", "--table", "x_*")
    assert (outcome.code, outcome.out, outcome.err) == (0, "version: 1\n", "Warning: left out: x\n")
    assert exported == [("u", {"schemas": ["a", "b"], "tables": ["x_*"], "split": None})]


def test_a_folder_is_made_and_an_unchanged_one_is_left_alone(exported, run, tmp_path):
    folder = tmp_path / "new" / "folder"
    outcome = run("export", "--output-dir", str(folder))
    assert (outcome.code, outcome.out) == (0, f"{folder}: 3 files written.\n")
    assert (folder / "b" / "c.yaml").read_text() == "version: 1\ntables:\n"
    assert run("export", "--output-dir", str(folder)).out.startswith(
        f"{folder}: 0 files written, 3 files were up to date."
    )
    assert [options["split"] for _, options in exported] == ["schema", "schema"]


@pytest.mark.parametrize("path", ["a.yaml", "s.json", "other.yml", "b/other.yaml"])
def test_nothing_else_is_overwritten_or_read_along(exported, run, tmp_path, path):
    (tmp_path / "b").mkdir()
    (tmp_path / path).write_text("mine")
    (tmp_path / "notes.txt").write_text("mine as well")
    outcome = run("export", "--output-dir", str(tmp_path))
    assert outcome.code == 1
    assert f"[not-overwritten] {tmp_path} contains files" in outcome.err
    assert path in outcome.err
    assert (tmp_path / path).read_text() == "mine"
    assert run("export", "--output-dir", str(tmp_path), "--force").code == 0
    assert ((tmp_path / path).read_text() == "mine") == path.endswith(("other.yml", "other.yaml"))
    assert len(exported) == 2


def test_a_file_is_written_and_only_replaced_by_force(exported, run, tmp_path):
    file = tmp_path / "schema.yaml"
    assert run("export", "-o", str(file)).out == f"{file}: 1 file written.\n"
    assert run("export", "-o", str(file)).out == f"{file}: 0 files written, 1 file was up to date.\n"
    file.write_text("mine")
    outcome = run("export", "-o", str(file))
    assert (outcome.code, file.read_text()) == (1, "mine")
    assert f"[not-overwritten] {file} exists and differs" in outcome.err
    assert run("export", "-o", str(file), "--force").code == 0
    assert file.read_text() == "version: 1\n"
    assert {options["split"] for _, options in exported} == {None}


@pytest.mark.parametrize(
    "arguments",
    [
        ["--split", "table"],
        ["--force"],
        ["--split", "x", "-o", "d"],
        ["--split", "table", "-o", "schema.yaml"],
        ["-o", "out.txt"],
        ["-o", "schema.yaml.bak"],
        ["--force", "-o", "-"],
    ],
)
def test_wrong_usage(exported, run, arguments, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert run("export", *arguments).code == 64
    assert (exported, list(tmp_path.iterdir())) == ([], [])


def test_a_folder_may_have_an_ending_if_it_exists_or_the_files_are_split(exported, run, tmp_path):
    (tmp_path / "old.d").mkdir()
    assert run("export", "-o", str(tmp_path / "old.d")).code == 0
    assert run("export", "-o", str(tmp_path / "new.d"), "--split", "schema").code == 0
    assert [options["split"] for _, options in exported] == ["schema", "schema"]


def test_a_dash_is_standard_output(exported, run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run("export", "-o", "-").out == "version: 1\n"
    assert ([options["split"] for _, options in exported], list(tmp_path.iterdir())) == ([None], [])
