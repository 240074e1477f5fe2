"""Each broken file in `cases/` has exactly the problems in the text file next to it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from reconciler.model.errors import InvalidFile
from reconciler.spec import load
from tests.conftest import Golden

CASES = Path(__file__).parent / "cases"


def problems(*paths: str | Path) -> str:
    with pytest.raises(InvalidFile) as raised:
        load(paths)
    assert len(set(raised.value.problems)) == len(raised.value.problems)
    return f"{raised.value}\n"


@pytest.mark.parametrize("case", sorted(CASES.glob("*.yaml")), ids=lambda path: path.stem)
def test_problems_of_a_file(case: Path, golden: Golden, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(CASES)
    golden(case.with_suffix(".problems.txt"), problems(case.name))


@pytest.mark.parametrize(
    "case", sorted(p for p in (CASES / "several").iterdir() if p.is_dir()), ids=lambda p: p.name
)
def test_problems_of_several_files(case: Path, golden: Golden, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(case.parent)
    golden(case.with_suffix(".problems.txt"), problems(case.name))


@pytest.mark.parametrize(("wrong", "listed"), [(6, 6), (7, 5), (25, 5)])
def test_many_problems_with_the_same_message_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wrong: int, listed: int
) -> None:
    """Each of another table; a problem with another message between them is printed where it is."""
    monkeypatch.chdir(tmp_path)
    tables = [f"  t{n}: {{indexs: {{}}}}\n" for n in range(wrong)]
    tables.insert(2, "  other: {cheks: {}}\n")
    (tmp_path / "a.yaml").write_text("version: 1\ntables:\n" + "".join(tables))
    message = "[unknown-key] unknown key `indexs` in a table (did you mean `indexes`?)"
    found = problems("a.yaml").splitlines()
    assert found[2].startswith("a.yaml:5:11: [unknown-key] unknown key `cheks`")
    last = f"a.yaml:{wrong + 3}:{7 + len(str(wrong - 1))}"
    more = [f"… and {wrong - listed} more with this message, the last at {last}"] if wrong > listed else []
    assert found[listed + 1 :] == more
    assert sum(line.endswith(message) for line in found) == listed


@pytest.mark.parametrize("case", ["billion_laughs", "deep", "alias_cycle"])
def test_a_bomb_is_refused_at_once(case: str) -> None:
    started = time.perf_counter()
    problems(CASES / f"{case}.yaml")
    assert time.perf_counter() - started < 1


def test_files_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "notes.txt").write_text("version: 1")
    (tmp_path / "folder" / ".hidden.yaml").write_text("version: 1")
    (tmp_path / "loop.yaml").symlink_to("loop.yaml")
    assert problems("missing.yaml", "folder", "loop.yaml") == (
        "[missing-file] there is no file or folder missing.yaml (name the file with -f)\n"
        "folder:1:1: [no-files] the folder contains no *.yaml or *.yml file\n"
        "loop.yaml:1:1: [not-followed] this is a symbolic link (add --follow if you want to read it)\n"
    )
    with pytest.raises(InvalidFile, match="Too many levels of symbolic links"):
        load(["loop.yaml"], follow=True)


def test_a_syntax_error_hides_no_other_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.yaml").write_text("version: 1\ntables: [")
    (tmp_path / "b.yaml").write_text("version: 1\ntabels: {}")
    assert [line.split(" ")[1] for line in problems(".").splitlines()] == ["[yaml-syntax]", "[unknown-key]"]


def test_a_problem_in_an_aliased_value_is_reported_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.yaml").write_text("version: 1\ntables:\n  a: &a {indexs: {}}\n  b: *a\n")
    assert problems("a.yaml") == (
        "a.yaml:3:10: [unknown-key] unknown key `indexs` in a table (did you mean `indexes`?)\n"
    )
