"""What is missing for a dump is found before the first step."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

import reconciler
from reconciler.clock import SYSTEM
from reconciler.dumping.files import DumpFolder
from reconciler.model.errors import Refused
from reconciler.postgres.client_programs import client_folders, client_programs
from reconciler.postgres.session import connect
from tests.dumping.support import FILE, apply_dump, verifying_url
from tests.execution.support import desired
from tests.servers import Database

pytestmark = pytest.mark.pg("== 18")


def refusals(database: Database, folder: Path, **more: object) -> list[str]:
    """Return the rules of the refusals; nothing has happened then."""
    result = apply_dump(database, folder, **more)
    assert database.value("SELECT to_regclass('old') IS NOT NULL")
    assert database.value("SELECT to_regnamespace('reconcile_archive') IS NULL")
    return [one.rule for one in result.plan.refusals]


def test_what_is_missing(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database.execute("CREATE TABLE old (id int); INSERT INTO old VALUES (1)")
    assert refusals(database, tmp_path, backup_dir=None) == ["no-backup-dir"]
    assert refusals(database, tmp_path, backup_dir=tmp_path / "none") == ["no-backup-dir"]
    assert refusals(database, tmp_path, backup_dir=Path("/proc/self")) == ["backup-dir-not-writable"]
    assert refusals(database, tmp_path, verify_db=database.url) == ["no-verifying-server"]
    database.execute("DROP ROLE IF EXISTS plain; CREATE ROLE plain LOGIN")
    assert refusals(database, tmp_path, verify_db=database.url_as("plain")) == ["no-verifying-server"]
    free = SimpleNamespace(free=4096)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: free)
    assert refusals(database, tmp_path, verify_db=None) == ["backup-dir-full"] * 2


def program(folder: Path, version: str) -> Path:
    """Create programs that say this version."""
    folder.mkdir()
    for name in ("pg_dump", "pg_restore"):
        (folder / name).write_text(f"#!/bin/sh\necho '{name} (PostgreSQL) {version}'\n")
        (folder / name).chmod(0o755)
    return folder


def test_which_programs_are_used(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = program(tmp_path / "old", "15.18 (Debian)"), program(tmp_path / "new", "18.1")
    with connect(database.url) as session:
        assert client_programs(session.server, [old, new]).folder == new
        with pytest.raises(Refused, match=r"which is PostgreSQL 18: 15\.18 in ") as too_old:
            client_programs(session.server, [old])
        assert too_old.value.rule == "pg-dump-too-old"
        with pytest.raises(Refused) as missing:
            client_programs(session.server, [tmp_path])
        assert missing.value.rule == "no-pg-dump"
        folder = DumpFolder(folder=tmp_path, clock=SYSTEM, verify_url=verifying_url(database), programs=[old])
        database.execute("CREATE TABLE old (id int)")
        plan = reconciler.plan(desired(tmp_path, FILE), database.url)
        assert [one.rule for one in folder.objections(session, plan)] == ["pg-dump-too-old"]
    monkeypatch.setenv("PATH", f"{old}{os.pathsep}{os.environ['PATH']}")
    assert client_folders()[0] == old


def test_hidden_rows(database: Database, tmp_path: Path) -> None:
    """A dump of a table whose rows the role does not see would be refused by the server after the move."""
    role = f"{database.name}_owner"
    database.execute(f"""CREATE ROLE {role} LOGIN; GRANT CREATE ON SCHEMA public TO {role};
        GRANT CREATE, TEMPORARY ON DATABASE {database.name} TO {role}; SET ROLE {role}; CREATE TABLE old (id int);
        ALTER TABLE old ENABLE ROW LEVEL SECURITY; ALTER TABLE old FORCE ROW LEVEL SECURITY""")
    try:
        plan = reconciler.plan(desired(tmp_path, FILE), database.url_as(role))
        cause = "row security of public.old hides rows from the role, so its rows cannot be dumped"
        assert [(one.rule, one.cause) for one in plan.refusals] == [("row-security", cause)]
    finally:
        database.execute(f"DROP OWNED BY {role}; DROP ROLE {role}")


def test_views_are_not_dumped(database: Database, tmp_path: Path) -> None:
    database.execute("CREATE VIEW old AS SELECT 1 AS id")
    plan = reconciler.plan(desired(tmp_path, FILE), database.url)
    assert [one.cause for one in plan.refusals] == ["public.old is a view, which cannot be dumped"]
