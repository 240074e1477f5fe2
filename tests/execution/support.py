"""Shared functions of the fault tests: applying a text of YAML, and observing a database from another session."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

import reconciler
from reconciler.execution.result import ApplyResult
from reconciler.model.events import Event, StepStarted
from reconciler.model.options import Options
from reconciler.model.plan import Plan
from reconciler.model.state import DesiredState
from tests.servers import Database, psql_program

BROAD = Path(__file__).parent / "broad"
ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "schema.yaml"
PATIENCE_S = 60.0


@dataclass
class Events:
    """A listener that stores all events."""

    heard: list[Event] = field(default_factory=list)

    def __call__(self, event: Event) -> None:
        self.heard.append(event)

    def of(self, kind: type[Any]) -> list[Any]:
        return [event for event in self.heard if isinstance(event, kind)]

    def reasons(self, kind: type[Any]) -> str:
        return "\n".join(event.reason for event in self.of(kind))


def desired(tmp_path: Path, text: str) -> DesiredState:
    """Return the desired state of one file with this text."""
    path = tmp_path / "schema.yaml"
    path.write_text(text if text.startswith("version:") else f"version: 1\n{text}", encoding="utf-8")
    return reconciler.load([path])


def apply(
    state: DesiredState, url: str, *listeners: Callable[[Event], None], allow: Sequence[str] = ()
) -> ApplyResult:
    """Apply without asking."""
    return reconciler.apply(
        state, url, approve=lambda _: True, listeners=listeners, options=Options(allow=frozenset(allow))
    )


def apply_all(state: DesiredState, url: str, *listeners: Callable[[Event], None]) -> ApplyResult:
    """Apply, and assert success."""
    result = apply(state, url, *listeners)
    assert not result.plan.refusals, [refusal.cause for refusal in result.plan.refusals]
    assert result.error is None, result.message
    return result


def assert_in_sync(state: DesiredState, url: str) -> None:
    plan = reconciler.plan(state, url)
    assert not plan.refusals, [refusal.cause for refusal in plan.refusals]
    assert plan.in_sync, step_ids(plan)


def broad_setup(database: Database) -> DesiredState:
    """Load the database of `broad/`, and return its desired state."""
    newer = database.server.major >= 18
    for name in ("setup", "setup_18") if newer else ("setup",):
        database.execute((BROAD / f"{name}.sql").read_text())
    return reconciler.load(broad_files(database))


def load_example(database: Database) -> None:
    """Load the database of the example before its repair, with few rows."""
    done = subprocess.run(
        [psql_program(), "-Xq", "-v", "scale=1", "-d", database.url, "-f", ROOT / "examples/samia_tarot/setup.sql"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def broad_files(database: Database) -> list[Path]:
    names = ("schema", "schema_18") if database.server.major >= 18 else ("schema",)
    return [BROAD / f"{name}.yaml" for name in names]


@contextmanager
def session(url: str, application: str = "the application") -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
    """Return a connection of another client, in autocommit."""
    with psycopg.connect(url, autocommit=True, application_name=application) as connection:
        yield connection


@contextmanager
def transaction(url: str, *statements: str) -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
    """Hold a transaction of another client open during the block, after running `statements`."""
    with session(url) as connection:
        connection.execute("BEGIN")
        for statement in statements:
            connection.execute(statement.encode())
        yield connection
        if not connection.closed:
            connection.execute("ROLLBACK")


def wait_until(condition: Callable[[], Any], what: str) -> Any:
    """Poll until `condition` returns a true value, and return it."""
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        found = condition()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError(f"waited in vain for {what}")


def steps_started(events: Events) -> list[str]:
    return [str(event.step.id) for event in events.of(StepStarted)]


def step_ids(plan: Plan) -> list[str]:
    return [str(step.id) for step in plan.steps]


def catalog(database: Database, *, journal: bool = False) -> list[Any]:
    """Return every table, index and constraint with its definition, without the time in archived names."""
    own = "" if journal else "AND c.relname !~ '^migration_log'"
    return database.query(rf"""
        WITH named AS (
          SELECT c.oid, n.nspname || '.' || regexp_replace(c.relname, '\d{{8}}T\d{{6}}Z', 'STAMP') AS name
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
           WHERE n.nspname !~ '^pg_|^information_schema' {own})
        SELECT kind, regexp_replace(name, '\d{{8}}T\d{{6}}Z', 'STAMP', 'g') AS name,
               regexp_replace(text, '\d{{8}}T\d{{6}}Z', 'STAMP', 'g') AS definition,
               regexp_replace(flags, '\d{{8}}T\d{{6}}Z', 'STAMP', 'g') AS flags,
               regexp_replace(comment, '\d{{8}}T\d{{6}}Z', 'STAMP', 'g') AS comment
          FROM (
            SELECT 'relation' AS kind, named.name, c.relkind::text AS text,
                   coalesce(c.reloptions::text, '') || coalesce(c.relacl::text, '') AS flags,
                   obj_description(c.oid, 'pg_class') AS comment
              FROM pg_class c JOIN named USING (oid)
            UNION ALL
            SELECT 'index', named.name, pg_get_indexdef(oid), concat(indisvalid, indisready, indislive), NULL
              FROM pg_index JOIN named ON oid = indexrelid
            UNION ALL
            SELECT 'constraint', named.name || '.' || k.conname, pg_get_constraintdef(k.oid),
                   concat(k.convalidated, k.condeferrable, k.connoinherit, ' ', nullif(k.conindid, 0)::regclass),
                   obj_description(k.oid, 'pg_constraint')
              FROM pg_constraint k JOIN named ON named.oid = k.conrelid
            UNION ALL
            SELECT 'column', named.name || '.' || attname, format_type(atttypid, atttypmod), attnotnull::text,
                   col_description(attrelid, attnum)
              FROM pg_attribute JOIN named ON named.oid = attrelid WHERE attnum > 0
          ) AS everything
         ORDER BY 1, 2, 3, 4""")
