"""A table comes back to a parent that has changed: it gets what the parent has by now, or is refused before the first
step."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import reconciler
from reconciler.kinds.rules import GATED
from reconciler.model.errors import Refused
from reconciler.model.events import StepStarted
from reconciler.model.options import Options
from reconciler.model.rules.runs import NOT_APPROVED
from reconciler.model.state import DesiredState, Policy
from tests.execution.support import apply_all, desired
from tests.servers import Database

GIVEN = """
CREATE TABLE users (id int PRIMARY KEY); INSERT INTO users VALUES (1);
CREATE TYPE sort AS ENUM ('a', 'b');
CREATE TABLE parts (id int, n int, s sort, "user" int) PARTITION BY RANGE (id);
CREATE TABLE p1 PARTITION OF parts FOR VALUES FROM (0) TO (10);
CREATE TABLE p2 PARTITION OF parts FOR VALUES FROM (10) TO (20);
CREATE TABLE listed (s sort, n int) PARTITION BY LIST (s);
CREATE TABLE l1 PARTITION OF listed FOR VALUES IN ('a', NULL);
CREATE TABLE hashed (n int) PARTITION BY HASH (n);
CREATE TABLE h1 PARTITION OF hashed FOR VALUES WITH (MODULUS 2, REMAINDER 1);
CREATE TABLE above (a int); CREATE TABLE child () INHERITS (above);
INSERT INTO parts VALUES (1, 1, 'a', 1), (2, 2, 'a', 1); INSERT INTO child VALUES (1), (2);
"""
OBJECTS = """
    SELECT conname::text, contype::text, convalidated FROM pg_constraint WHERE conrelid = '{0}'::regclass
    UNION ALL SELECT indexrelid::regclass::text, 'index', indisvalid FROM pg_index WHERE indrelid = '{0}'::regclass
    ORDER BY 1, 2"""


def restore(database: Database, name: str) -> reconciler.ApplyResult:
    result = reconciler.restore(name, database.url, approve=lambda _: True)
    assert not result.plan.refusals, [one.cause for one in result.plan.refusals]
    assert result.error is None, result.message
    return result


def refused(database: Database, name: str) -> dict[str, str]:
    """Return the causes by rules; nothing was changed."""
    result = reconciler.restore(name, database.url, approve=lambda _: True)
    assert result.completed == 0
    assert {one.table.moved.table.name for one in reconciler.archived(database.url)} >= {name}
    return {one.rule: one.cause for one in result.plan.refusals}


@pytest.mark.ends
@pytest.mark.newest_by_day
def test_a_table_gets_what_its_parent_has_by_now(database: Database, tmp_path: Path) -> None:
    """Under the names that PostgreSQL would give them on the restored table, not under those of the archive."""
    database.execute(GIVEN)
    apply_all(desired(tmp_path, "dropped_tables: {p1: , child: }"), database.url)
    database.execute("""
        ALTER TABLE parts ADD CONSTRAINT positive CHECK (n > 0), ALTER s SET NOT NULL, ADD PRIMARY KEY (id),
            ADD CONSTRAINT once UNIQUE (n, id), ADD CONSTRAINT known FOREIGN KEY ("user") REFERENCES users;
        CREATE INDEX by_n ON parts (n) WHERE n > 5; CREATE INDEX ON parts (n);
        CREATE INDEX ON parts ((n + 1), s); CREATE TABLE p1_n_idx ();
        ALTER TABLE above ADD CONSTRAINT positive CHECK (a > 0)""")
    steps = [str(step.id) for step in reconciler.plan_restore("p1", database.url).steps]
    stops = [one for one in steps if re.match("validate (check.*positive|foreign_key)|add unique|attach", one)]
    assert len(stops) == 4
    for at in stops:

        def stop(event: object, at: str = at) -> None:
            if isinstance(event, StepStarted) and str(event.step.id) == at:
                raise Refused("stopped", rule=NOT_APPROVED)

        interrupted = reconciler.restore("p1", database.url, approve=lambda _: True, listeners=[stop])
        assert "stopped" in interrupted.message
    restore(database, "p1")
    restore(database, "child")
    new = [
        name
        for (name,) in database.query(
            "SELECT DISTINCT name FROM (SELECT relname::text AS name FROM pg_class "
            "UNION ALL SELECT conname::text FROM pg_constraint) AS found WHERE name ~ '__20' ORDER BY 1"
        )
    ]
    assert [name for name in new if name.startswith(("p1", "child"))] == []
    found = {(name, kind) for name, kind, valid in database.query(OBJECTS.format("p1")) if valid}
    assert found >= {
        *(
            ("positive", "c"),
            ("known", "f"),
            ("p1_pkey", "p"),
            ("p1_n_id_key", "u"),
            ("p1_n_idx1", "index"),
            ("p1_n_idx2", "index"),
        ),
        ("p1_expr_s_idx", "index"),
    }
    assert database.value("SELECT count(*) FROM parts") == 2
    attached = "SELECT count(*) FROM pg_inherits WHERE inhparent IN ('parts_pkey'::regclass, 'by_n'::regclass)"
    assert database.value(attached) == 4
    assert database.query(
        "SELECT conname::text, coninhcount::int FROM pg_constraint WHERE conrelid = 'child'::regclass "
        "AND contype = 'c'"
    ) == [("positive", 1)]


@pytest.mark.ends
@pytest.mark.newest_by_day
@pytest.mark.parametrize("by", ["restore", "undo"])
@pytest.mark.parametrize("table", ["whole", "w2"])
def test_an_index_that_the_partitions_lack(database: Database, tmp_path: Path, table: str, by: str) -> None:
    """ATTACH PARTITION builds it: it gets the name that PostgreSQL would choose, also if the partitioned table comes
    back in the same run."""
    database.execute("""
        CREATE TABLE whole (id int, v int, PRIMARY KEY (id, v)) PARTITION BY RANGE (id);
        CREATE TABLE w1 PARTITION OF whole FOR VALUES FROM (1) TO (10);
        CREATE TABLE w2 PARTITION OF whole FOR VALUES FROM (10) TO (20) PARTITION BY LIST (v);
        CREATE TABLE w2_1 PARTITION OF w2 FOR VALUES IN (1); CREATE TABLE w2_2 PARTITION OF w2 DEFAULT;
        CREATE INDEX ON ONLY whole (v); CREATE INDEX w2_2_v_idx ON whole ((id + v)); CREATE INDEX ON ONLY w2 (v, id);
        INSERT INTO whole VALUES (1, 1), (11, 1), (12, 2)""")
    query = """SELECT indexrelid::regclass::text, indrelid::regclass::text FROM pg_index
                WHERE indrelid::regclass::text ~ '^w'"""
    before = set(database.query(query))
    run = apply_all(desired(tmp_path, f"dropped_tables: {{{table}: }}"), database.url).run_id
    if by == "restore":
        plan = restore(database, table).plan
    else:
        nothing = DesiredState(objects={}, policy=Policy(max_drops=1000))
        result = reconciler.undo(run, nothing, database.url, approve=lambda _: True, options=Options(allow=GATED))
        assert result.error is None, result.message
        plan = result.plan
    created = {one.id.key.name for one in plan.steps if one.id.key.kind == "index"}
    new = {
        ("w2_v_idx", "w2"),
        *(("w2_1_v_idx", "w2_1"), ("w2_1_v_id_idx", "w2_1")),
        *(("w2_2_v_idx1", "w2_2"), ("w2_2_v_id_idx", "w2_2")),
    }
    new |= {("w1_v_idx", "w1")} if table == "whole" else set()
    assert set(database.query(query)) == before | new
    assert created == {name for name, _ in new}


@pytest.mark.pg("== 18")
def test_rows_that_the_parent_would_reject(database: Database, tmp_path: Path) -> None:
    database.execute(GIVEN)
    apply_all(desired(tmp_path, "dropped_tables: {p1: }"), database.url)
    for change, undo, rule in (
        ("ADD CONSTRAINT positive CHECK (n > 1)", "DROP CONSTRAINT positive", "violations"),
        ("ALTER n SET NOT NULL", "ALTER n DROP NOT NULL", "nulls"),
        ("ADD UNIQUE (id)", "DROP CONSTRAINT parts_id_key", "duplicates"),
        ("ADD CONSTRAINT k FOREIGN KEY (n) REFERENCES users", "DROP CONSTRAINT k", "orphans"),
    ):
        archived = database.value("SELECT oid::regclass::text FROM pg_class WHERE relname ~ '^p1__'")
        database.execute(f"TRUNCATE {archived}; INSERT INTO {archived} VALUES (1, 1), (1, NULL), (2, 7)")
        database.execute(f"ALTER TABLE parts {change}")
        assert refused(database, "p1").keys() == {rule}
        database.execute(f"ALTER TABLE parts {undo}")
    restore(database, "p1")


@pytest.mark.ends
@pytest.mark.newest_by_day
def test_what_prevents_that_a_table_joins_its_parent(database: Database, tmp_path: Path) -> None:
    database.execute(GIVEN)
    apply_all(desired(tmp_path, "dropped_tables: {p1: , l1: , h1: , child: }"), database.url)
    default = "PARTITION OF parts DEFAULT; INSERT INTO parts VALUES (3), (4), (50)"
    other = "PARTITION OF listed DEFAULT; INSERT INTO listed VALUES (NULL), ('b')"
    changes = [
        (
            "p1",
            "CREATE TABLE x PARTITION OF parts FOR VALUES FROM (5) TO (6)",
            "its rows belong to public.x by now",
        ),
        ("p1", "ALTER TABLE parts ADD COLUMN x text", 'public.parts has the column x, and reconcile_archive."p1__'),
        (
            "p1",
            "ALTER TABLE parts ALTER n TYPE bigint",
            "column n of public.parts has the type bigint, and that of",
        ),
        ("p1", "ALTER TABLE parts DROP COLUMN n", "public.parts has no column n any more"),
        ("p1", f"CREATE TABLE x {default}", "2 rows in public.x, the default partition of public.parts"),
        ("l1", "CREATE TABLE x PARTITION OF listed FOR VALUES IN (NULL)", "its rows belong to public.x by now"),
        ("l1", f"CREATE TABLE x {other}", "1 row in public.x, the default partition of public.listed"),
        ("h1", "CREATE TABLE x PARTITION OF hashed FOR VALUES WITH (MODULUS 4, REMAINDER 3)", "its rows belong"),
        (
            "child",
            "ALTER TABLE above ADD COLUMN x text",
            'public.above has the column x, and reconcile_archive."child',
        ),
    ]
    for name, change, cause in changes:
        with database.copy() as copy:
            copy.execute(change)
            causes = refused(copy, name)
            assert any(one.startswith(cause) for one in causes.values()), (change, causes)
