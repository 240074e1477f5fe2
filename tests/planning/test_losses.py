"""Objects that a plan removes although others need them: refused if PostgreSQL would reject it, else a hazard."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import psycopg
import pytest

import reconciler
from reconciler.model.plan import Plan
from tests.execution.support import apply, apply_all, assert_in_sync, desired
from tests.servers import Database

pytestmark = pytest.mark.ends


def hazards(plan: Plan, *kinds: str) -> list[str]:
    return [
        f"{hazard.kind.id}: {hazard.detail}"
        for route in plan.routes
        for hazard in route.hazards
        if hazard.kind.id in kinds
    ]


def refused(plan: Plan) -> list[str]:
    return sorted(f"{refusal.rule}: {refusal.cause.partition(', which')[0]}" for refusal in plan.refusals)


GATED = ("replica-identity-lost", "publication-mismatch", "concurrent-refresh-lost")

DEPENDENTS = """
    CREATE TABLE crew (id int, code int NOT NULL UNIQUE, name text, CONSTRAINT crew_pkey PRIMARY KEY (id));
    CREATE TABLE shift (id int PRIMARY KEY, crew_id int);
    CREATE VIEW crew_load AS
        SELECT c.id, c.name, count(s.id) n FROM crew c LEFT JOIN shift s ON s.crew_id = c.id GROUP BY c.id;
    CREATE RULE on_conflict AS ON INSERT TO crew_load
        DO INSTEAD INSERT INTO crew VALUES (1, 1) ON CONFLICT ON CONSTRAINT crew_code_key DO NOTHING;
    CREATE TABLE wholes (id int, a int, CONSTRAINT wholes_pkey PRIMARY KEY (id)) PARTITION BY RANGE (id);
    CREATE TABLE part PARTITION OF wholes FOR VALUES FROM (0) TO (9);
    CREATE MATERIALIZED VIEW of_part AS SELECT id, a FROM part GROUP BY id"""


@pytest.mark.parametrize(
    "change",
    [
        "tables: {crew: {primary_key: [id, code], unique: {crew_code_key: {columns: code, include: name}}}, "
        "wholes: {primary_key: [id, a]}}",
        "tables: {crew: {absent: {constraints: [crew_pkey, crew_code_key]}}, "
        "wholes: {absent: {constraints: [wholes_pkey]}}}",
    ],
)
def test_what_depends_on_a_constraint_keeps_it(change: str, database: Database, tmp_path: Path) -> None:
    database.execute(DEPENDENTS)
    expected = [
        "has-dependents: materialized view public.of_part depends on primary key wholes_pkey on public.wholes",
        "has-dependents: rule on_conflict on view public.crew_load depends on unique crew_code_key on public.crew",
        "has-dependents: view public.crew_load depends on primary key crew_pkey on public.crew",
    ]
    found = refused(reconciler.plan(desired(tmp_path, change), database.url))
    assert found == expected
    assert apply(desired(tmp_path, change), database.url).completed == 0


def test_functions_and_policies_that_depend_on_a_constraint(database: Database, tmp_path: Path) -> None:
    database.execute("""
        CREATE TABLE t (id int CONSTRAINT t_pkey PRIMARY KEY, a int, CONSTRAINT "T key" UNIQUE (a));
        CREATE TABLE other (a int); ALTER TABLE other ENABLE ROW LEVEL SECURITY;
        CREATE POLICY p ON other USING (a IN (SELECT t.a FROM t GROUP BY t.id));
        CREATE FUNCTION atomic() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT a FROM t GROUP BY id; END;
        CREATE FUNCTION quoted() RETURNS void LANGUAGE plpgsql
            AS $$ BEGIN INSERT INTO t VALUES (1, 1) ON CONFLICT ON CONSTRAINT "T key" DO NOTHING; END $$;
        CREATE FUNCTION another() RETURNS void LANGUAGE plpgsql
            AS $$ BEGIN INSERT INTO t VALUES (1, 1) ON CONFLICT ON CONSTRAINT t_pkey_2 DO NOTHING; END $$;""")
    yaml = 'tables: {t: {absent: {constraints: [t_pkey, "T key"]}}}'
    plan = reconciler.plan(desired(tmp_path, yaml), database.url)
    (refusal,) = plan.refusals
    assert refusal.cause.startswith(
        "function public.atomic(), policy p on table public.other depend on primary key"
    )
    mentioned = 'named-in-function: quoted() mentions ON CONSTRAINT "T key"'
    assert [text.replace("public.", "") for text in hazards(plan, "named-in-function")] == [mentioned]
    rename = "tables: {t: {unique: {new_key: {columns: a, renamed_from: T key}}}}"
    plan = apply_all(desired(tmp_path, rename), database.url).plan
    assert [text.replace("public.", "") for text in hazards(plan, "named-in-function")] == [mentioned]


IDENTITIES = """
    CREATE TABLE meter (id int GENERATED ALWAYS AS IDENTITY, serial_no text NOT NULL, at int NOT NULL, touched int);
    CREATE UNIQUE INDEX meter_ident ON meter (serial_no, at);
    ALTER TABLE meter REPLICA IDENTITY USING INDEX meter_ident;
    CREATE TABLE feed (id int, src text NOT NULL, touched int, CONSTRAINT feed_pkey PRIMARY KEY (id));
    CREATE TABLE feed2 (touched int, id int NOT NULL, src text NOT NULL, CONSTRAINT feed2_id_key UNIQUE (id));
    ALTER TABLE feed2 REPLICA IDENTITY USING INDEX feed2_id_key;
    CREATE TABLE whole (id int CONSTRAINT whole_pkey PRIMARY KEY, touched int) PARTITION BY RANGE (id);
    CREATE TABLE part PARTITION OF whole FOR VALUES FROM (0) TO (9);
    CREATE TABLE full_row (id int CONSTRAINT full_pkey PRIMARY KEY, touched int);
    ALTER TABLE full_row REPLICA IDENTITY FULL;
    CREATE TABLE deferred (id int CONSTRAINT deferred_pkey PRIMARY KEY, touched int);
    CREATE TABLE rest (id int CONSTRAINT rest_pkey PRIMARY KEY, a int NOT NULL, touched int);
    CREATE UNIQUE INDEX rest_ident ON rest (a); ALTER TABLE rest REPLICA IDENTITY USING INDEX rest_ident;
    INSERT INTO meter (serial_no, at) VALUES ('a', 1); INSERT INTO feed VALUES (1, 'a');
    INSERT INTO feed2 VALUES (1, 1, 'a'); INSERT INTO part VALUES (1); INSERT INTO full_row VALUES (1);
    INSERT INTO deferred VALUES (1); INSERT INTO rest VALUES (1, 1)"""

LOST = """
tables:
  meter: {absent: {indexes: [meter_ident]}}
  feed: {absent: {constraints: [feed_pkey]}}
  feed2: {unique: {feed2_id_src_key: [id, src]}, absent: {constraints: [feed2_id_key]}}
  whole: {absent: {constraints: [whole_pkey]}}
  full_row: {absent: {constraints: [full_pkey]}}
  deferred: {primary_key: {columns: id, deferrable: true}}
  rest: {absent: {indexes: [rest_ident]}}
"""
TABLES = ("meter", "feed", "feed2", "part", "full_row", "deferred", "rest")


def fails_to_update(database: Database, tables: Sequence[str]) -> set[str]:
    """Return the tables that cannot be updated."""
    found = set()
    for table in tables:
        try:
            database.execute(f"UPDATE {table} SET touched = 1")
        except psycopg.errors.ObjectNotInPrerequisiteState:  # it has no replica identity
            found.add(table)
        except psycopg.errors.InvalidColumnReference:  # the publication does not match it
            found.add(table)
    return found


def test_a_published_table_that_would_lose_its_replica_identity(database: Database, tmp_path: Path) -> None:
    database.execute(f"{IDENTITIES}; CREATE PUBLICATION pub FOR ALL TABLES")
    state = desired(tmp_path, LOST)
    lost = [f"public.{table} is in publication pub" for table in ("meter", "feed", "feed2", "part", "deferred")]
    plan = apply(state, database.url).plan
    assert sorted(hazards(plan, *GATED)) == sorted(f"replica-identity-lost: {text}" for text in lost)
    assert {refusal.rule for refusal in plan.refusals} == {"hazard-not-accepted"}
    result = apply(state, database.url, allow=["replica-identity-lost"])
    assert result.error is None, result.message
    assert fails_to_update(database, TABLES) == {"meter", "feed", "feed2", "part", "deferred"}
    assert_in_sync(state, database.url)


def test_a_table_that_is_not_published_may_lose_its_replica_identity(database: Database, tmp_path: Path) -> None:
    database.execute(f"{IDENTITIES}; CREATE PUBLICATION pub FOR TABLE meter, feed WITH (publish = 'insert')")
    plan = apply_all(desired(tmp_path, LOST), database.url).plan
    assert hazards(plan, *GATED) == []
    assert fails_to_update(database, TABLES) == set()


# The published columns of each partitioned table, or of its partition; whether they match a key over `id` and `c`.
PUBLISHED = {
    "root_0 WHERE (b > 0) WITH (publish_via_partition_root)": False,
    "leaf_1 WHERE (b > 0)": False,
    "root_2 WITH (publish_via_partition_root)": True,
    "root_3 (id, b, touched) WITH (publish_via_partition_root)": False,
    "leaf_4 (id, c, touched)": True,
    "leaf_5 WHERE (id > 0)": True,
}


@pytest.mark.pg(">= 15")
def test_a_publication_must_fit_the_new_replica_identity(database: Database, tmp_path: Path) -> None:
    """The plan predicts the behaviour of the server. The columns of a partition have other numbers."""
    database.execute("CREATE SCHEMA app; CREATE TABLE app.t (touched int, id int CONSTRAINT t_pkey PRIMARY KEY)")
    for number, published in enumerate(PUBLISHED):
        columns = "id int NOT NULL, b int NOT NULL, c int NOT NULL"
        database.execute(f"""
            CREATE TABLE root_{number} (touched int, {columns}, CONSTRAINT pk_{number} PRIMARY KEY (id, b))
                PARTITION BY RANGE (id);
            CREATE TABLE leaf_{number} ({columns}, touched int);
            ALTER TABLE root_{number} ATTACH PARTITION leaf_{number} FOR VALUES FROM (0) TO (9);
            INSERT INTO leaf_{number} VALUES (1, 1, 1);
            CREATE PUBLICATION p_{number} FOR TABLE {published}""")
    database.execute("CREATE PUBLICATION of_schema FOR TABLES IN SCHEMA app; INSERT INTO app.t VALUES (1, 1)")
    roots = ", ".join(f"root_{number}: {{primary_key: [id, c]}}" for number in range(len(PUBLISHED)))
    state = desired(tmp_path, f"tables: {{{roots}, app.t: {{absent: {{constraints: [t_pkey]}}}}}}")
    result = apply(state, database.url, allow=["publication-mismatch", "replica-identity-lost"])
    assert result.error is None, result.message
    assert sorted(hazards(result.plan, *GATED)) == [
        "publication-mismatch: publication p_3 does not list c of public.leaf_3, its replica identity",
        "publication-mismatch: the row filter of publication p_0 reads b of public.leaf_0",
        "publication-mismatch: the row filter of publication p_1 reads b of public.leaf_1",
        "replica-identity-lost: app.t is in publication of_schema",
    ]
    leaves = [f"leaf_{number}" for number in range(len(PUBLISHED))]
    lost = {leaf for leaf, fits in zip(leaves, PUBLISHED.values(), strict=True) if not fits}
    assert fails_to_update(database, [*leaves, "app.t"]) == {*lost, "app.t"}


def test_the_last_index_of_a_foreign_key_and_of_a_materialized_view(database: Database, tmp_path: Path) -> None:
    database.execute("""
        CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE c (a int REFERENCES p, b int REFERENCES p, d int);
        CREATE INDEX last_one ON c (a); CREATE INDEX not_last ON c (b); CREATE INDEX longer ON c (b, d);
        CREATE INDEX shortened ON c (d, a); CREATE INDEX partial ON c (a) WHERE b > 0;
        CREATE MATERIALIZED VIEW m AS SELECT id FROM p; CREATE UNIQUE INDEX only_one ON m (id);
        CREATE UNIQUE INDEX of_expression ON m ((id + 1))""")
    yaml = "tables: {c: {absent: {indexes: [last_one, not_last]}}, m: {absent: {indexes: [only_one]}}}"
    state = desired(tmp_path, yaml)
    plan = reconciler.plan(state, database.url)
    assert hazards(plan, "index-dropped", *GATED) == [
        "index-dropped: index last_one on public.c, the last index that supports foreign key c_a_fkey on public.c",
        "index-dropped: index not_last on public.c",
        "index-dropped: index only_one on public.m",
        "concurrent-refresh-lost: index only_one on public.m is the only such index",
    ]
    assert [refusal.rule for refusal in plan.refusals] == ["hazard-not-accepted"]
    assert apply(state, database.url, allow=["concurrent-refresh-lost"]).error is None


def test_the_not_null_of_an_identity_column_stays(database: Database, tmp_path: Path) -> None:
    database.execute("""
        CREATE TABLE meter (id int GENERATED ALWAYS AS IDENTITY, a int NOT NULL);
        CREATE TABLE above (id int NOT NULL, a int NOT NULL, b int NOT NULL); CREATE TABLE child () INHERITS (above);
        ALTER TABLE child ALTER id ADD GENERATED ALWAYS AS IDENTITY;
        CREATE UNIQUE INDEX child_a ON child (a); ALTER TABLE child REPLICA IDENTITY USING INDEX child_a""")
    columns = {"meter": "[id, a]", "above": "[id, a, b]"}
    yaml = ", ".join(f"{table}: {{absent: {{not_null: {listed}}}}}" for table, listed in columns.items())
    plan = apply(desired(tmp_path, f"tables: {{{yaml}}}"), database.url).plan
    assert [refusal.cause.partition(" cannot be dropped: ")[2] for refusal in plan.refusals] == [
        "id is an identity column of public.meter, which does not allow NULL",
        "id is an identity column of public.child, which does not allow NULL",
        "a is part of the replica identity of public.child, which does not allow NULL",
    ]
    rest = "tables: {meter: {absent: {not_null: a}}, above: {absent: {not_null: b}}}"
    apply_all(desired(tmp_path, rest), database.url)


def test_what_belongs_to_a_table_is_listed(database: Database, tmp_path: Path) -> None:
    database.execute("""
        CREATE TABLE old (id serial, a int, b int); CREATE STATISTICS s ON a, b FROM old;
        CREATE POLICY p ON old; CREATE RULE r AS ON DELETE TO old DO INSTEAD NOTHING;
        CREATE TRIGGER g BEFORE UPDATE ON old FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()""")
    plan = apply_all(desired(tmp_path, "dropped_tables: {old: {}}"), database.url).plan
    assert hazards(plan, "belongs-to-table") == [
        "belongs-to-table: policy p on table public.old",
        "belongs-to-table: rule r on table public.old",
        "belongs-to-table: sequence public.old_id_seq",
        "belongs-to-table: statistics object public.s",
        "belongs-to-table: trigger g on table public.old",
    ]
