"""A plan that is not refused applies and ends in sync; one that cannot be applied is refused before the first step.

This is true for any tables, rows and files. All data checks run, and no other session changes the database.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest
from hypothesis import given, note

import reconciler
from reconciler.kinds.rules import GATED
from reconciler.model.errors import DatabaseError, InvalidFile, Refused
from reconciler.model.events import StepFailure
from reconciler.model.options import Options
from reconciler.model.plan import Plan
from reconciler.model.step import Step
from tests.property.odd import LIBRARY, Odd, odd_tables
from tests.property.profiles import profile
from tests.roundtrip.fingerprint import read_fingerprint
from tests.servers import Database, Server

OWNER = "odd_owner"
EXCEPTIONS = {"unchecked-data", "not-tried"}
"""Hazards of steps that the server may reject."""

TOO_LARGE = "54000"
"""program_limit_exceeded: only the server can detect that an index entry is too large for a page. The plan names the
object."""


@dataclass
class World:
    """A database in which examples are created and dropped. `url` is the URL that the tool uses."""

    database: Database
    connection: psycopg.Connection[Any]
    url: str
    seen: Counter[str] = field(default_factory=Counter)

    def build(self, odd: Odd) -> None:
        self.connection.execute(
            "DROP PUBLICATION IF EXISTS odd_publication; DROP EVENT TRIGGER IF EXISTS odd_tables;"
            "DROP SCHEMA IF EXISTS app, reconcile_archive CASCADE; CREATE SCHEMA app"
        )
        self.connection.execute(
            f"GRANT ALL ON SCHEMA app TO {OWNER}; GRANT TEMPORARY ON DATABASE {self.database.name} TO PUBLIC, {OWNER}"
        )
        for statement in odd.setup:
            try:
                self.connection.execute(statement.encode())
            except psycopg.Error as error:
                note(f"-- left out: {statement[:80]}: {error.diag.message_primary}")
        self.connection.execute(
            f"DO $$ DECLARE one record; BEGIN FOR one IN SELECT oid::regclass AS name FROM pg_class"
            f" WHERE relnamespace = 'app'::regnamespace AND relkind IN ('r', 'p', 'v', 'm')"
            f" LOOP EXECUTE format('ALTER TABLE %s OWNER TO {OWNER}', one.name); END LOOP; END $$"
        )

    def state(self) -> object:
        return read_fingerprint(self.connection, ["app"])


@contextmanager
def world(server: Server, role: str | None) -> Iterator[World]:
    with server.database() as database:
        database.execute(LIBRARY)
        database.execute(
            f"DO $$ BEGIN CREATE ROLE {OWNER} LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;"
            f"GRANT ALL ON DATABASE {database.name} TO {OWNER}; GRANT ALL ON SCHEMA public, lib, ext TO {OWNER}"
        )
        url = database.url_as(role) if role else database.url
        with database.connect() as connection:
            connection.autocommit = True
            yield World(database=database, connection=connection, url=url)


@pytest.mark.ends
@pytest.mark.parametrize("role", [None, OWNER], ids=["superuser", "owner"])
def test_a_plan_that_is_ready_applies_and_ends_in_sync(server: Server, role: str | None, tmp_path: Path) -> None:
    with world(server, role) as one:

        @profile(12)
        @given(odd_tables(server.major))
        def ready_or_refused(odd: Odd) -> None:
            play(one, odd, tmp_path / "schema.yaml")

        ready_or_refused()
        print(one.seen)
        print(dict(one.seen))
        assert {"applied", "refused"} <= one.seen.keys()


def play(world: World, odd: Odd, file: Path) -> None:
    world.build(odd)
    file.write_text(odd.text(), encoding="utf-8")
    try:
        desired = reconciler.load(file)
    except InvalidFile:
        world.seen["invalid"] += 1
        return
    options = Options(allow=GATED, trust_file=odd.trusted)
    before = world.state()
    plan = reconciler.plan(desired, world.url, options=options)
    assert world.state() == before, "a plan changed something"
    failed: list[StepFailure] = []
    try:
        result = reconciler.apply(
            desired,
            world.url,
            approve=lambda _: True,
            options=options,
            listeners=[lambda event: failed.append(event) if isinstance(event, StepFailure) else None],
        )
    except Refused:  # by a check that may run only after the plan is approved
        assert any("unchecked-data" in hazards_of(plan, step) for step in plan.steps)
        assert world.state() == before, "a refused run changed something"
        world.seen["refused"] += 1
        return
    if plan.refusals:
        world.seen["refused"] += 1
        assert result.plan.refusals
        assert world.state() == before, "a refused plan changed something"
        return
    assert not result.plan.refusals, [one.cause for one in result.plan.refusals]
    if result.error is not None:
        note(f"{result.error}")
        named = {one for event in failed for one in hazards_of(plan, event.step)}
        excused = named & EXCEPTIONS or ("large-keys" in named and too_large(result.error))
        assert excused, f"ready, and failed: {result.message}"
        world.seen["failed"] += 1
        return
    again = reconciler.plan(desired, world.url, options=options)
    not_tried = any("not-tried" in hazards_of(plan, step) for step in plan.steps)
    if not_tried and {one.rule for one in again.refusals} == {"unknown"}:
        world.seen["unknown"] += 1
        return
    assert not again.refusals, [f"{one.rule}: {one.cause}" for one in again.refusals]
    assert again.in_sync, [step.id for step in again.steps]
    world.seen["in sync" if plan.in_sync else "applied"] += 1


def hazards_of(plan: Plan, step: Step) -> set[str]:
    """Return the hazards of the change of the step."""
    return {
        one.kind.id
        for route in plan.routes
        if step.id in {other.id for other in route.steps}
        for one in route.hazards
    }


def too_large(error: object) -> bool:
    return isinstance(error, DatabaseError) and TOO_LARGE in str(error)
