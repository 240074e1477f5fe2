"""Applying a file with `backup: dump`, verified on the test server itself, and restoring from the dumps."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import reconciler
from reconciler.execution.result import ApplyResult
from reconciler.model.events import Event
from tests.execution.support import desired
from tests.servers import Database

FILE = "dropped_tables: {old: {backup: dump}}"
VERIFIER = "verifier"


def verifying_url(database: Database) -> str:
    """Return the URL of a role that may create databases, on the server of the database."""
    database.execute(
        f"DO $$ BEGIN CREATE ROLE {VERIFIER} LOGIN CREATEDB; EXCEPTION WHEN duplicate_object THEN NULL; END $$"
    )
    return database.server.url("postgres", VERIFIER)


def apply_dump(
    database: Database, folder: Path, *listeners: Callable[[Event], None], text: str = FILE, **more: Any
) -> ApplyResult:
    """Apply a file with dumps into the folder `dumps`, which is created."""
    dumps = folder / "dumps"
    dumps.mkdir(exist_ok=True)
    given = {"backup_dir": dumps, "verify_db": verifying_url(database), **more}
    return reconciler.apply(
        desired(folder, text), database.url, approve=lambda _: True, listeners=listeners, **given
    )


def dumped(database: Database, folder: Path, *listeners: Callable[[Event], None], **more: Any) -> ApplyResult:
    """Apply, and assert success."""
    return succeeded(apply_dump(database, folder, *listeners, **more))


def restore(database: Database, folder: Path, name: str = "old", **more: Any) -> ApplyResult:
    return reconciler.restore(name, database.url, approve=lambda _: True, backup_dir=folder / "dumps", **more)


def restored(database: Database, folder: Path, name: str = "old", **more: Any) -> ApplyResult:
    return succeeded(restore(database, folder, name, **more))


def succeeded(result: ApplyResult) -> ApplyResult:
    """Assert that a run succeeded; return its result."""
    assert not result.plan.refusals, [(one.rule, one.cause) for one in result.plan.refusals]
    assert result.error is None, (result.message, result.error.server and result.error.server.words.up_to(5))
    return result
