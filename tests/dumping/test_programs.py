"""pg_dump and pg_restore as processes: what they are told, and what is left if the run dies while they run."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from psycopg.conninfo import make_conninfo

import reconciler
from reconciler.postgres.client_programs import client_environment
from reconciler.postgres.session import connect
from tests.dumping.support import FILE, apply_dump, restored, succeeded, verifying_url
from tests.execution.support import desired
from tests.servers import NIGHTLY, Database

pytestmark = pytest.mark.pg("== 18")

ROWS = "CREATE TABLE old (id int, t text); INSERT INTO old SELECT n, 'secret ' || n FROM generate_series(1, 500) n"


def run(database: Database, folder: Path, *words: str) -> int:
    """Run a command in a process of its own; return its exit code."""
    command = [sys.executable, "-m", "reconciler.cli.main", *words, "--db", database.url, "--backup-dir"]
    done = subprocess.run(
        [*command, str(folder / "dumps")], cwd=folder, capture_output=True, text=True, check=False, timeout=120
    )
    return done.returncode


def count(database: Database) -> tuple[int, int]:
    """Return the number of rows of the table, wherever it is, and of tables in the archive."""
    found = database.query(
        "SELECT oid::regclass::text, relnamespace = to_regnamespace('reconcile_archive') FROM pg_class "
        "WHERE relname LIKE 'old%' AND relkind = 'r'"
    )
    ((name, archived),) = found
    return database.value(f"SELECT count(*) FROM {name}"), int(archived)


def test_a_run_that_is_killed(database: Database, tmp_path: Path, wrapped: Path) -> None:
    """After each program, at night also before it: rows are never lost, nothing unfinished counts, and the next run
    goes on."""
    database.execute(ROWS)
    dumps = tmp_path / "dumps"
    dumps.mkdir()
    (tmp_path / "schema.yaml").write_text(f"version: 1\n{FILE}\n")
    words = ("apply", "-y", "--verify-db", verifying_url(database))
    moments = {"kill-after-pg_dump": [], "kill-after-pg_restore": [".dump"]}
    if NIGHTLY:
        moments = {"kill-before-pg_dump": [], **moments, "kill-before-pg_restore": [".dump"]}
    known: dict[Path, bytes] = {}
    for moment, left in moments.items():
        (wrapped / moment).touch()
        assert run(database, tmp_path, *words) == -signal.SIGKILL, moment
        (wrapped / moment).unlink()
        assert count(database) == (500, 1), moment
        found = {one: one.read_bytes() for one in dumps.iterdir()}
        assert {one: found[one] for one in known} == known, moment
        assert [one.suffix for one in found if one not in known] == left, moment
        known = found
        assert reconciler.dumped(database.url) == []
    assert run(database, tmp_path, *words) == 0
    (wrapped / "kill-after-pg_restore").touch()
    assert run(database, tmp_path, "restore", "old", "-y") == -signal.SIGKILL
    (wrapped / "kill-after-pg_restore").unlink()
    assert count(database) == (500, 1)
    assert run(database, tmp_path, "restore", "old", "-y") == 0
    assert count(database) == (500, 0)
    for (name,) in database.query("SELECT datname FROM pg_database WHERE datname LIKE 'reconcile_verify_%'"):
        database.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_no_password_is_an_argument(database: Database, tmp_path: Path, wrapped: Path) -> None:
    """Nor the name of a host or a user: all parameters are in the environment, or in a file of this user."""
    database.execute(ROWS)
    url = make_conninfo(database.url, password="correct horse", sslpassword="battery", keepalives_idle="7")
    with connect(url) as session, client_environment(session) as environment:
        assert environment.variables["PGPASSWORD"] == "correct horse"
        service = Path(environment.variables["PGSERVICEFILE"])
        assert {"sslpassword=battery", "keepalives_idle=7"} <= set(service.read_text().splitlines())
        assert service.stat().st_mode & 0o777 == 0o600
    assert not service.exists()
    given = {"backup_dir": tmp_path / "dumps", "verify_db": verifying_url(database)}
    given["backup_dir"].mkdir()
    state = desired(tmp_path, FILE)
    succeeded(reconciler.apply(state, url, approve=lambda _: True, **given))
    restored(database, tmp_path)
    assert sorted((wrapped / "versions").read_text().split()) == ["pg_dump", "pg_dump", "pg_restore", "pg_restore"]
    reported = (wrapped / "arguments").read_text()
    assert reported.count("pg_dump ") == 1
    assert reported.count("pg_restore ") == 2
    assert "postgres" not in reported.replace(database.name, "").replace(str(tmp_path), "")
    assert "host" not in reported


def test_a_program_that_fails(database: Database, tmp_path: Path, wrapped: Path) -> None:
    """A dump that cannot be restored is kept, and the table stays in the archive. No row reaches the message."""
    database.execute(ROWS)
    program = wrapped / "pg_restore"
    real = program.read_text()
    program.write_text(real.replace("exit $status", "echo 'secret 7' >&2; exit 1"))
    result = apply_dump(database, tmp_path)
    assert result.error is not None
    assert (result.error.rule, count(database)) == ("dump-not-verified", (500, 1))
    assert "the file is kept" in result.message
    assert "secret" not in result.message
    assert result.error.server is not None
    assert result.error.server.words.up_to(1) == ("secret 7",)
    assert [one.suffix for one in (tmp_path / "dumps").iterdir()] == [".dump"]
    assert database.value("SELECT count(*) FROM migration_log WHERE migration_log::text LIKE '%secret%'") == 0
    program.write_text(real)
    (wrapped / "pg_dump").write_text((wrapped / "pg_dump").read_text().replace("exit $status", "exit 3"))
    failed = apply_dump(database, tmp_path)
    assert failed.error is not None
    assert (failed.error.rule, count(database)) == ("dump-failed", (500, 1))
    assert "pg_dump failed with exit status 3" in failed.message
