"""Repairs of tables that are published for logical replication."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

import reconciler
from reconciler.model.errors import Diverged
from reconciler.model.events import Event, StepStarted
from reconciler.model.options import Options
from reconciler.model.step_id import Verb
from reconciler.restoring.rows import QuarantineOptions
from tests.execution.repairing import plan_of
from tests.execution.support import apply, assert_in_sync, desired
from tests.servers import Database

pytestmark = pytest.mark.ends

TABLES = """
    CREATE SCHEMA other;
    CREATE TABLE t (id int, v int);
    INSERT INTO t VALUES (1, 1), (2, 3), (3, 4);
    CREATE TABLE parts (id int, v int) PARTITION BY RANGE (id);
    CREATE TABLE part PARTITION OF parts FOR VALUES FROM (0) TO (9);
    INSERT INTO parts SELECT * FROM t;"""


@pytest.fixture
def bare(database: Database) -> Iterator[str]:
    """Return the URL of a role that may only read the tables."""
    role = f"bare_{database.name}"
    database.execute(f"{TABLES} CREATE ROLE {role} LOGIN; GRANT SELECT ON t, parts, part TO {role}")
    yield database.url_as(role)
    database.execute(f"DROP OWNED BY {role} CASCADE; DROP ROLE {role}")


def checks(violators: str) -> str:
    check = f"{{expression: v < 3, violators: {violators}}}"
    return f"""
policy: {{allow: [blocks-updates]}}
tables:
  t: {{checks: {{t_check: {check}}}}}
  parts: {{checks: {{parts_check: {check}}}}}"""


QUARANTINE, SET = "quarantine", '{set: {v: "0"}}'


@pytest.mark.parametrize(
    ("publication", "violators", "tables"),
    [
        ("FOR TABLE t", QUARANTINE, ["t"]),
        ("FOR TABLE t", SET, ["t"]),
        ("FOR TABLE t WITH (publish = 'insert, update, truncate')", QUARANTINE, []),
        ("FOR TABLE t WITH (publish = 'insert, delete')", SET, []),
        ("FOR TABLE t WITH (publish = 'delete')", QUARANTINE, ["t"]),
        ("FOR ALL TABLES", QUARANTINE, ["part", "t"]),
        ("FOR TABLE parts", QUARANTINE, ["part"]),
        ("FOR TABLE parts WITH (publish_via_partition_root = true)", SET, ["part"]),
        pytest.param("FOR TABLES IN SCHEMA public", QUARANTINE, ["part", "t"], marks=pytest.mark.pg(">= 15")),
        pytest.param("FOR TABLES IN SCHEMA other", QUARANTINE, [], marks=pytest.mark.pg(">= 15")),
        pytest.param("FOR TABLE t (id)", QUARANTINE, ["t"], marks=pytest.mark.pg(">= 15")),
    ],
)
def test_changes_that_a_publication_sends_need_a_replica_identity(
    database: Database, bare: str, tmp_path: Path, publication: str, violators: str, tables: list[str]
) -> None:
    """PostgreSQL rejects exactly those that the plan refuses; a repair of the others succeeds."""
    database.execute(f"CREATE PUBLICATION p {publication}")
    state = desired(tmp_path, checks(violators))
    for url in (database.url, bare):
        plan = reconciler.plan(state, url)
        found = sorted(one.cause.rpartition(": ")[2] for one in plan.refusals if one.rule == "unfit-repair")
        assert found == [f"public.{table} is in publication p" for table in tables]
    assert apply(state, database.url).completed == 0 or not tables
    for table in ("t", "part"):
        change = "UPDATE {} SET v = v" if violators == SET else "DELETE FROM {} WHERE false"
        try:
            database.execute(change.format(table))
        except psycopg.errors.ObjectNotInPrerequisiteState:
            assert table in tables
        else:
            assert table not in tables
    for table in tables:
        database.execute(f"ALTER TABLE {table} REPLICA IDENTITY FULL")
    if publication.endswith("(id)"):  # the column list does not have the whole identity
        (cause,) = (
            one.cause for one in reconciler.plan(state, database.url).refusals if one.rule == "unfit-repair"
        )
        assert cause.endswith("publication p does not list all columns of public.t, its replica identity")
        return
    plan = reconciler.plan(state, database.url)
    assert sorted(one.cause.partition(";")[0] for one in plan.refusals) == [
        f"fires-triggers: public.{table}: the subscribers of publication p change or delete these rows as well"
        for table in tables
    ]
    assert apply(state, database.url, allow=["fires-triggers"]).error is None
    assert_in_sync(state, database.url)


def test_a_publication_that_somebody_adds_ends_the_repair(database: Database, tmp_path: Path) -> None:
    database.execute(f"{TABLES} ALTER TABLE parts ADD PRIMARY KEY (id)")
    text = checks(QUARANTINE).partition("  t:")[0] + "  parts:" + checks(QUARANTINE).partition("  parts:")[2]
    assert not plan_of(database, tmp_path, text).refusals

    def publish(event: Event) -> None:
        if isinstance(event, StepStarted) and event.step.id.verb is Verb.REPAIR:
            database.execute("""
                CREATE PUBLICATION unrelated FOR TABLE t;
                CREATE PUBLICATION inserts FOR ALL TABLES WITH (publish = insert);
                CREATE PUBLICATION p FOR TABLE parts WITH (publish_via_partition_root = true)""")

    result = apply(desired(tmp_path, text), database.url, publish)
    assert isinstance(result.error, Diverged)
    assert database.value("SELECT count(*) FROM parts") == 3
    database.execute("DROP PUBLICATION p")
    assert apply(desired(tmp_path, text), database.url).error is None
    assert database.value("SELECT count(*) FROM parts") == 1


@pytest.mark.parametrize("violators", [QUARANTINE, SET])
def test_rows_that_come_back_are_sent_as_well(database: Database, tmp_path: Path, violators: str) -> None:
    database.execute(f"{TABLES} ALTER TABLE t ADD PRIMARY KEY (id); ALTER TABLE parts ADD PRIMARY KEY (id)")
    run = apply(desired(tmp_path, checks(violators)), database.url).run_id
    sent = "insert" if violators == QUARANTINE else "update"
    database.execute(
        f"CREATE PUBLICATION p FOR TABLE t, part WITH (publish = '{sent}'); "
        "CREATE PUBLICATION other FOR TABLE t, part WITH (publish = 'delete')"
    )
    state = desired(tmp_path, checks(violators))
    expected = [
        f"fires-triggers: public.{table}: the subscribers of publication p get these rows as well"
        for table in ("parts", "t")
    ]
    plan = reconciler.plan_undo(run, state, database.url)
    assert sorted(one.cause.partition("; ")[0] for one in plan.refusals) == expected
    if violators == QUARANTINE:
        with pytest.raises(reconciler.Refused, match="subscribers of publication p"):
            reconciler.restore_quarantined(database.url, approve=lambda *_: True)


@pytest.mark.parametrize("violators", [QUARANTINE, SET])
@pytest.mark.parametrize("publication", ["FOR TABLE t, part", "FOR ALL TABLES"])
def test_rows_do_not_come_back_if_the_server_would_reject_that(
    database: Database, tmp_path: Path, violators: str, publication: str
) -> None:
    """Changed rows are updated in their tables, and every row leaves the quarantine, whose tables have no key."""
    database.execute(f"{TABLES} ALTER TABLE t ADD PRIMARY KEY (id); ALTER TABLE parts ADD PRIMARY KEY (id)")
    rows = "SELECT id, v FROM t UNION ALL SELECT id, v FROM parts ORDER BY 1, 2"
    before = database.query(rows)
    state = desired(tmp_path, checks(violators))
    run = apply(state, database.url).run_id
    database.execute(f"""
        ALTER TABLE t REPLICA IDENTITY NOTHING; ALTER TABLE part REPLICA IDENTITY NOTHING;
        CREATE PUBLICATION p {publication}""")
    homes = {"public.t", "public.part"} if violators == SET else set()
    names = "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname = 'reconcile_archive'"
    tables = homes | ({name for (name,) in database.query(names)} if "ALL" in publication else set())
    options = Options(allow=frozenset({"fires-triggers"}))
    refused = reconciler.plan_undo(run, state, database.url, options=options).refusals
    assert {one.rule for one in refused} == ({"unfit-repair"} if tables else set())
    assert {one.cause.rpartition(": ")[2] for one in refused} == {f"{one} is in publication p" for one in tables}
    allowing = QuarantineOptions(allow=options.allow)
    if tables:
        with pytest.raises(reconciler.Refused, match=r"no replica identity that fits: .* is in publication p"):
            reconciler.restore_quarantined(database.url, approve=lambda *_: True, options=allowing)
    for table in tables:
        change = "UPDATE {} SET v = v" if table in homes else "DELETE FROM {} WHERE false"
        with pytest.raises(psycopg.errors.ObjectNotInPrerequisiteState):
            database.execute(change.format(table))
        database.execute(f"ALTER TABLE {table} REPLICA IDENTITY FULL")
    result = reconciler.undo(run, state, database.url, approve=lambda _: True, options=options)
    assert not result.plan.refusals
    assert result.error is None, result.message
    assert database.query(rows) == before
