"""Foreign keys without a period to columns with a key `without_overlaps`: PostgreSQL uses the oldest key."""

from __future__ import annotations

from pathlib import Path

import pytest

import reconciler
from tests.execution.support import desired
from tests.servers import Database

pytestmark = pytest.mark.pg(">= 18")

TABLES = """
    DROP TABLE IF EXISTS c, t;
    CREATE TABLE t (id int, at int4range, note text); CREATE TABLE c (id int, at int4range)"""
PLAIN = "ALTER TABLE t ADD CONSTRAINT plain UNIQUE (id, at)"
TEMPORAL = "ALTER TABLE t ADD CONSTRAINT a_temporal UNIQUE (id, at WITHOUT OVERLAPS)"
REFERRING = "ALTER TABLE c ADD CONSTRAINT c_fk FOREIGN KEY (id, at) REFERENCES t (id, at)"

IN_FILE = "c: {foreign_keys: {c_fk: {columns: [id, at], references: 't(id, at)'}}}"
PLAIN_IN_FILE = "plain: {columns: [id, at]}"
WIDER = "plain: {columns: [id, at], include: [note]}"
TEMPORAL_IN_FILE = "a_temporal: {columns: [id, at], without_overlaps: true}"
GONE = "absent: {constraints: [a_temporal]}"


@pytest.mark.parametrize(
    ("live", "on_t"),
    [
        pytest.param([], f"unique: {{{PLAIN_IN_FILE}, {TEMPORAL_IN_FILE}}}", id="all are new"),
        pytest.param(
            [PLAIN, TEMPORAL], f"unique: {{{PLAIN_IN_FILE}, {TEMPORAL_IN_FILE}}}", id="the plain key is older"
        ),
        pytest.param([TEMPORAL], f"unique: {{{PLAIN_IN_FILE}}}, {GONE}", id="the older one goes"),
        pytest.param(
            [TEMPORAL, PLAIN], f"unique: {{{PLAIN_IN_FILE}}}, {GONE}", id="the older one goes, a key stays"
        ),
        pytest.param(
            [PLAIN, REFERRING, TEMPORAL], f"unique: {{{WIDER}}}, {GONE}", id="one goes, the other is replaced"
        ),
    ],
)
def test_the_foreign_key_finds_the_plain_key(
    database: Database, live: list[str], on_t: str, tmp_path: Path
) -> None:
    database.execute("CREATE EXTENSION btree_gist")
    database.execute("; ".join([TABLES, *live]))
    file = desired(tmp_path, f"policy: {{allow: [blocking-build]}}\ntables: {{t: {{{on_t}}}, {IN_FILE}}}")
    result = reconciler.apply(file, database.url, approve=lambda _: True)
    assert not result.plan.refusals, [one.cause for one in result.plan.refusals]
    assert result.error is None, result.message
    assert reconciler.plan(file, database.url).in_sync


@pytest.mark.parametrize(
    ("live", "on_t", "again"),
    [
        pytest.param([TEMPORAL], PLAIN_IN_FILE, "", id="the plain key is new"),
        pytest.param([TEMPORAL, PLAIN], PLAIN_IN_FILE, "", id="the plain key is younger"),
        pytest.param(
            [PLAIN, REFERRING, TEMPORAL],
            WIDER,
            " again with unique plain on public.t",
            id="the plain key is replaced",
        ),
    ],
)
def test_the_foreign_key_would_find_the_temporal_key(
    database: Database, live: list[str], on_t: str, again: str, tmp_path: Path
) -> None:
    database.execute("CREATE EXTENSION btree_gist")
    database.execute("; ".join([TABLES, *live]))
    file = desired(tmp_path, f"tables: {{t: {{unique: {{{on_t}, {TEMPORAL_IN_FILE}}}}}, {IN_FILE}}}")
    (refusal,) = reconciler.plan(file, database.url).refusals
    assert (refusal.rule, refusal.cause) == (
        "no-unique-key",
        f"foreign key c_fk on public.c cannot be added{again}: it has no period, and PostgreSQL uses the oldest key "
        "over the referenced columns, unique a_temporal on public.t, which is `without_overlaps`",
    )
