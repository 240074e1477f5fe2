"""Another program changes or replaces the file of a dump while it is written, verified or loaded."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import reconciler
from reconciler.dumping import new_file
from tests.dumping.support import apply_dump, dumped, restore, restored
from tests.servers import Database

pytestmark = pytest.mark.pg("== 18")

ROWS = "CREATE TABLE old (id int); INSERT INTO old SELECT generate_series(1, 100)"
REPLACE = (
    "for f in {dumps}/*; do cp $f {dumps}/../other; printf x >> {dumps}/../other; mv {dumps}/../other $f; done"
)
CHANGE = "for f in {dumps}/*.dump; do printf x >> $f; done"


def scripted(wrapped: Path, name: str, *, before: str = "", after: str = "") -> str:
    """Let the program run shell scripts as well; return its former text."""
    program = wrapped / name
    text = program.read_text()
    lines = text.splitlines()
    call = next(number for number, line in enumerate(lines) if line.endswith("status=$?"))
    dumps = wrapped.parent / "dumps"
    lines[call] = "\n".join([before.format(dumps=dumps), lines[call], after.format(dumps=dumps)])
    program.write_text("\n".join(lines) + "\n")
    return text


@pytest.mark.parametrize(
    ("program", "script"), [("pg_dump", REPLACE), ("pg_restore", REPLACE), ("pg_restore", CHANGE)]
)
def test_before_the_dump_counts(
    database: Database, tmp_path: Path, wrapped: Path, monkeypatch: pytest.MonkeyPatch, program: str, script: str
) -> None:
    """The table is not dropped, and the next run dumps it again. A file without a name cannot be replaced."""
    database.execute(ROWS)
    if program == "pg_dump":
        monkeypatch.setattr(new_file, "_without_name", lambda _: None)
    text = scripted(wrapped, program, after=script)
    result = apply_dump(database, tmp_path)
    assert result.error is not None
    assert (result.error.rule, reconciler.dumped(database.url)) == ("dump-failed", [])
    (wrapped / program).write_text(text)
    dumped(database, tmp_path)
    restored(database, tmp_path)
    assert database.value("SELECT count(*) FROM old") == 100


def test_before_the_dump_is_loaded(database: Database, tmp_path: Path, wrapped: Path) -> None:
    """The file that was checked is loaded."""
    database.execute(ROWS)
    dumped(database, tmp_path)
    scripted(wrapped, "pg_restore", before=REPLACE)
    restored(database, tmp_path)
    assert database.value("SELECT count(*) FROM old") == 100


def test_files_that_others_may_write(database: Database, tmp_path: Path) -> None:
    database.execute(ROWS)
    dumps = tmp_path / "dumps"
    dumps.mkdir()
    for mode in (0o777, 0o775, 0o1777):
        dumps.chmod(mode)
        assert [one.rule for one in apply_dump(database, tmp_path).plan.refusals] == ["writable-by-others"]
        assert database.value("SELECT to_regnamespace('reconcile_archive') IS NULL")
    dumps.chmod(0o755)
    dumped(database, tmp_path)
    (file,) = dumps.iterdir()
    for changed, mode, former in ((dumps, 0o770, 0o700), (file, 0o660, 0o600), (file, 0o602, 0o400)):
        changed.chmod(mode)
        assert [one.rule for one in restore(database, tmp_path).plan.refusals] == ["writable-by-others"]
        changed.chmod(former)
    if os.geteuid() == 0:
        os.chown(file, 10001, 10001)
        assert [one.rule for one in restore(database, tmp_path).plan.refusals] == ["writable-by-others"]
        os.chown(file, 0, 0)
    restored(database, tmp_path)


def test_a_pipe_in_place_of_the_file(database: Database, tmp_path: Path) -> None:
    database.execute(ROWS)
    dumped(database, tmp_path)
    (file,) = (tmp_path / "dumps").iterdir()
    file.unlink()
    os.mkfifo(file, 0o600)
    assert [one.rule for one in restore(database, tmp_path).plan.refusals] == ["not-the-dump"]
