"""If a concurrent detachment was interrupted, no step is started in the tree of the partition."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

import reconciler
from tests.servers import Database

GIVEN = """
CREATE TABLE events (id integer, at date NOT NULL) PARTITION BY LIST (at);
CREATE TABLE events_1 PARTITION OF events FOR VALUES IN ('2026-01-01');
CREATE TABLE events_2 PARTITION OF events FOR VALUES IN ('2026-01-02') PARTITION BY LIST (id);
CREATE TABLE events_2_1 PARTITION OF events_2 FOR VALUES IN (1);
CREATE TABLE notes (id integer PRIMARY KEY)
"""
SCHEMA = """version: 1
tables:
  events:
    unique: {events_key: [id, at]}
  events_2_1:
    checks: {positive: id > 0}
  notes:
    checks: {positive: id > 0}
"""


@pytest.mark.ends
def test_a_partition_that_is_being_detached(database: Database, tmp_path: Path) -> None:
    file = tmp_path / "schema.yaml"
    file.write_text(SCHEMA)
    database.execute(GIVEN)
    with database.connect() as reader, database.connect(options="-c lock_timeout=50ms") as detaching:
        reader.execute("BEGIN; SELECT FROM events")
        with pytest.raises(psycopg.errors.LockNotAvailable):
            detaching.execute("ALTER TABLE events DETACH PARTITION events_2 CONCURRENTLY")

    plan = reconciler.plan(reconciler.load([file]), database.url)
    assert [(one.rule, str(one.key)) for one in plan.refusals] == [
        ("detach-pending", "unique events_key on public.events"),
        ("detach-pending", "check positive on public.events_2_1"),
    ]
    (remedy,) = {one.remedy for one in plan.refusals}
    statement = "ALTER TABLE public.events DETACH PARTITION public.events_2 FINALIZE"
    assert f"`{statement}`" in remedy

    database.execute(statement)
    reconciler.apply(reconciler.load([file]), database.url, approve=lambda _: True)
    assert reconciler.plan(reconciler.load([file]), database.url).in_sync
