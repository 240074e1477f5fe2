"""No attribute of an object is lost silently when a successor replaces it."""

from __future__ import annotations

from pathlib import Path

import pytest

import reconciler
from reconciler.planning.carried.handling import ANY_OBJECT, COLUMNS, DEPENDENCIES, REFERENCES
from reconciler.report import FORMATS, report_of
from tests.execution.support import apply, apply_all, assert_in_sync, desired
from tests.execution.test_locks import assert_locks_as_claimed
from tests.servers import Database

# --- The table of what the catalog knows --------------------------------------------------------------------------


def test_the_table_names_every_column_of_the_catalogs(database: Database) -> None:
    """A new version of PostgreSQL may add an attribute of an index or a constraint, which has to be handled."""
    for catalog, columns in COLUMNS.items():
        found = {
            name
            for (name,) in database.query(
                "SELECT attname::text FROM pg_attribute "
                f"WHERE attrelid = 'pg_catalog.{catalog}'::regclass AND attnum > 0 AND NOT attisdropped"
            )
        }
        assert found - set(columns) == set(), catalog


def test_the_table_names_every_catalog_that_can_refer_to_a_relation_or_constraint(database: Database) -> None:
    references = database.query("""
        SELECT DISTINCT fktable::text || '.' || fkcols[1] FROM pg_get_catalog_foreign_keys()
         WHERE pktable IN ('pg_class'::regclass, 'pg_constraint'::regclass, 'pg_index'::regclass)
           AND fkcols[1] NOT IN ('classid', 'classoid', 'refclassid')""")
    assert {name for (name,) in references} - set(REFERENCES) == set()
    any_object = database.query("""
        SELECT DISTINCT c.relname::text FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
         WHERE c.relnamespace = 'pg_catalog'::regnamespace AND c.relkind = 'r'
           AND a.attname IN ('classid', 'classoid')""")
    assert {name for (name,) in any_object} == set(ANY_OBJECT)


def test_the_table_names_every_sort_of_dependency(database: Database) -> None:
    """As far as a database has them: dependencies of an object on others, and of others on it."""
    database.execute(
        "CREATE EXTENSION btree_gist; CREATE TABLE t (a int PRIMARY KEY, EXCLUDE USING gist (a WITH =))"
    )
    assert {letter for (letter,) in database.query("SELECT DISTINCT deptype::text FROM pg_depend")} <= set(
        DEPENDENCIES
    )


# --- Indexes and keys ---------------------------------------------------------------------------------------------

BASE = """
    CREATE EXTENSION btree_gist;
    CREATE TABLE t (id int NOT NULL, a int NOT NULL, b text);
    INSERT INTO t SELECT n, n, n::text FROM generate_series(1, 5) n;
    """
KNOWN = """
    SELECT obj_description(i.oid, 'pg_class'), array(
               SELECT e.extname::text FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid
                WHERE d.objid = i.oid AND d.classid = 'pg_class'::regclass AND d.deptype = 'x'),
           array(SELECT attname::text FROM pg_attribute WHERE attrelid = i.oid ORDER BY attnum),
           obj_description(c.oid, 'pg_constraint')
      FROM pg_class i LEFT JOIN pg_constraint c ON c.conindid = i.oid AND c.contype IN ('p', 'u', 'x')
     WHERE i.relname = 'x'"""


@pytest.mark.ends
@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("ADD CONSTRAINT x UNIQUE (id)", "unique: {x: [id, a]}"),
        ("ADD CONSTRAINT x PRIMARY KEY (id)", "primary_key: {name: x, columns: [id, a]}"),
        (
            "ADD CONSTRAINT x EXCLUDE USING gist (id WITH =)",
            "exclusions: {x: {using: gist, elements: [{column: a, operator: =}]}}",
        ),
    ],
)
def test_the_index_behind_a_constraint_keeps_its_comment_and_dependency(
    given: str, wanted: str, database: Database, tmp_path: Path
) -> None:
    database.execute(f"""{BASE}; ALTER TABLE t {given};
        COMMENT ON INDEX x IS 'of the index, it''s %s'; COMMENT ON CONSTRAINT x ON t IS 'of the constraint';
        ALTER INDEX x DEPENDS ON EXTENSION btree_gist""")
    ((comment, extensions, _, other),) = database.query(KNOWN)
    old = database.value("SELECT 'x'::regclass::oid::int8")
    state = desired(tmp_path, f"policy: {{allow: [blocking-build]}}\ntables: {{t: {{{wanted}}}}}")
    apply_all(state, database.url)
    assert database.value("SELECT 'x'::regclass::oid::int8") != old
    ((new_comment, new_extensions, _, new_other),) = database.query(KNOWN)
    assert (new_comment, new_extensions, new_other) == (comment, extensions, other)
    assert comment == "of the index, it's %s"
    assert_in_sync(state, database.url)


@pytest.mark.ends
def test_an_index_keeps_its_dependency_and_the_names_of_its_expressions(database: Database, tmp_path: Path) -> None:
    database.execute(f"""{BASE}; CREATE INDEX x ON t (lower(b), a); COMMENT ON INDEX x IS 'kept';
        ALTER INDEX x DEPENDS ON EXTENSION btree_gist; ALTER TABLE x RENAME COLUMN lower TO "my ""own"" %I" """)
    state = desired(tmp_path, "tables: {t: {indexes: {x: [id, {expression: lower(b)}]}}}")
    apply_all(state, database.url)
    assert database.query(KNOWN) == [("kept", ["btree_gist"], ["id", 'my "own" %I'], None)]
    assert_in_sync(state, database.url)


@pytest.mark.ends
@pytest.mark.parametrize(
    ("given", "wanted", "part"),
    [
        ("CREATE UNIQUE INDEX x ON t (id)", "indexes: {x: {columns: [id, a], unique: true}}", "t_1_id_a_idx"),
        ("ALTER TABLE t ADD CONSTRAINT x UNIQUE (id)", "unique: {x: [id, a]}", "t_1_id_a_key"),
    ],
)
def test_a_partitions_index_keeps_what_it_has_for_itself(
    given: str, wanted: str, part: str, database: Database, tmp_path: Path
) -> None:
    old = {"t_1_id_a_idx": "t_1_id_idx", "t_1_id_a_key": "t_1_id_key"}[part]
    database.execute(f"""
        CREATE EXTENSION btree_gist;
        CREATE TABLE t (id int NOT NULL, a int NOT NULL) PARTITION BY RANGE (id);
        CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
        CREATE TABLE t_2 PARTITION OF t FOR VALUES FROM (10) TO (20);
        {given}; COMMENT ON INDEX {old} IS 'of the part'; ALTER INDEX {old} DEPENDS ON EXTENSION btree_gist;
        ALTER INDEX {old} SET (fillfactor = 71);
        ALTER TABLE t_1 CLUSTER ON {old}; ALTER TABLE t_1 REPLICA IDENTITY USING INDEX {old}""")
    state = desired(tmp_path, f"tables: {{t: {{{wanted}}}}}")
    apply_all(state, database.url)
    assert database.query(f"""
        SELECT obj_description(i.oid, 'pg_class'), i.reloptions, x.indisclustered, x.indisreplident,
               t.relreplident::text,
               (SELECT count(*) FROM pg_depend WHERE objid = i.oid AND deptype = 'x')
          FROM pg_class i JOIN pg_index x ON x.indexrelid = i.oid JOIN pg_class t ON t.oid = x.indrelid
         WHERE i.relname = '{part}'""") == [("of the part", ["fillfactor=71"], True, True, "i", 1)]
    assert_in_sync(state, database.url)


@pytest.mark.ends
def test_a_partitions_replica_identity_is_not_lost(database: Database, tmp_path: Path) -> None:
    """Without one, the partition's published rows could no longer be changed."""
    database.execute("""
        CREATE TABLE t (id int NOT NULL, a int) PARTITION BY RANGE (id);
        CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
        CREATE UNIQUE INDEX x ON t (id); ALTER TABLE t_1 REPLICA IDENTITY USING INDEX t_1_id_idx""")
    plan = apply(desired(tmp_path, "tables: {t: {indexes: {x: [id, a]}}}"), database.url).plan
    assert [refusal.rule for refusal in plan.refusals] == ["cannot-carry-over"]


@pytest.mark.ends
def test_a_partitions_tablespace_is_said_to_be_lost(database: Database, tmp_path: Path) -> None:
    database.execute("""
        CREATE TABLE t (id int NOT NULL, a int) PARTITION BY RANGE (id);
        CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
        CREATE INDEX x ON t (id); ALTER INDEX t_1_id_idx SET TABLESPACE fast""")
    plan = apply(desired(tmp_path, "tables: {t: {indexes: {x: [id, a]}}}"), database.url).plan
    hazards = [hazard.kind.id for route in plan.routes for step in route.steps for hazard in step.hazards]
    assert hazards == ["not-carried-over"]


@pytest.mark.ends
def test_a_view_that_needs_a_key_refuses_the_plan(database: Database, tmp_path: Path) -> None:
    """The view would make the run fail in the middle, after the new index has been built."""
    database.execute(f"""{BASE}; ALTER TABLE t ADD PRIMARY KEY (id);
        CREATE VIEW v AS SELECT id, b FROM t GROUP BY id""")
    plan = apply(desired(tmp_path, "tables: {t: {primary_key: [id, a]}}"), database.url).plan
    assert [refusal.rule for refusal in plan.refusals] == ["has-dependents"]
    assert plan.refusals[0].cause.startswith("view public.v depends on primary key t_pkey on public.t")


@pytest.mark.ends
def test_what_is_renamed_and_changed_keeps_what_the_file_leaves_open(database: Database, tmp_path: Path) -> None:
    database.execute(f"{BASE}; CREATE INDEX y ON t (a) WITH (fillfactor = 72); COMMENT ON INDEX y IS 'kept'")
    state = desired(tmp_path, "tables: {t: {indexes: {x: {columns: [a, id], renamed_from: y}}}}")
    apply_all(state, database.url)
    assert database.query(
        "SELECT obj_description('x'::regclass), reloptions FROM pg_class WHERE relname = 'x'"
    ) == [("kept", ["fillfactor=72"])]
    assert_in_sync(state, database.url)


# --- Checks and foreign keys --------------------------------------------------------------------------------------


@pytest.mark.ends
def test_children_keep_the_comments_of_what_they_inherit(database: Database, tmp_path: Path) -> None:
    database.execute("""
        CREATE TABLE t (a int, CONSTRAINT x CHECK (a > 0)); CREATE TABLE child () INHERITS (t);
        COMMENT ON CONSTRAINT x ON t IS 'parent'; COMMENT ON CONSTRAINT x ON child IS 'child'""")
    state = desired(tmp_path, "tables: {t: {checks: {x: a > -1}}}")
    apply_all(state, database.url)
    comments = (
        "SELECT conrelid::regclass::text, obj_description(oid) FROM pg_constraint WHERE conname = 'x' ORDER BY 1"
    )
    assert database.query(comments) == [("child", "child"), ("t", "parent")]


TRIGGERS = """
    SELECT g.tgrelid::regclass::text, p.proname LIKE '%check%', g.tgtype & 28, g.tgenabled::text
      FROM pg_trigger g JOIN pg_constraint c ON c.oid = g.tgconstraint JOIN pg_proc p ON p.oid = g.tgfoid
     WHERE c.contype = 'f' ORDER BY 1, 2, 3"""
FOREIGN_KEYS = {
    "plain": "CREATE TABLE r (id int PRIMARY KEY, k int UNIQUE); CREATE TABLE t (a int);",
    "partitioned": """
        CREATE TABLE r (id int PRIMARY KEY) PARTITION BY RANGE (id);
        CREATE TABLE r_1 PARTITION OF r FOR VALUES FROM (0) TO (10);
        CREATE TABLE t (a int) PARTITION BY RANGE (a); CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);""",
    "self": "CREATE TABLE r (id int PRIMARY KEY, a int); ALTER TABLE r RENAME TO t;",
}
STATES = "ALTER TABLE t DISABLE TRIGGER ALL; ALTER TABLE {r} {words} TRIGGER ALL"


@pytest.mark.ends
@pytest.mark.parametrize("words", ["ENABLE REPLICA", "ENABLE ALWAYS", "DISABLE"])
@pytest.mark.parametrize("tables", FOREIGN_KEYS)
def test_a_foreign_keys_triggers_keep_their_state(
    tables: str, words: str, database: Database, tmp_path: Path
) -> None:
    """A foreign key's triggers are disabled, or fire on replicas as well.

    ALL includes the triggers that PostgreSQL created, which only a superuser may change.
    """
    target = "t" if tables == "self" else "r"
    database.execute(
        f"""{FOREIGN_KEYS[tables]} ALTER TABLE t ADD CONSTRAINT x FOREIGN KEY (a) REFERENCES {target} (id)"""
    )
    for name, trigger in database.query("SELECT tgrelid::regclass::text, tgname::text FROM pg_trigger"):
        database.execute(f'ALTER TABLE {name} {words} TRIGGER "{trigger}"')
    before = database.query(TRIGGERS)
    assert {state for *_, state in before} >= {{"DISABLE": "D", "ENABLE REPLICA": "R", "ENABLE ALWAYS": "A"}[words]}
    yaml = f"tables: {{t: {{foreign_keys: {{x: {{columns: a, references: {target}(id), on_delete: cascade}}}}}}}}"
    state = desired(tmp_path, yaml)
    apply_all(state, database.url)
    assert database.query(TRIGGERS) == before
    assert_in_sync(state, database.url)


@pytest.mark.ends
def test_a_foreign_key_replaced_with_its_key_keeps_the_state_of_its_triggers(
    database: Database, tmp_path: Path
) -> None:
    database.execute("""
        CREATE TABLE r (id int NOT NULL, b int, CONSTRAINT k UNIQUE (id)); CREATE TABLE t (a int);
        ALTER TABLE t ADD CONSTRAINT x FOREIGN KEY (a) REFERENCES r (id)""")
    for name, trigger in database.query("SELECT tgrelid::regclass::text, tgname::text FROM pg_trigger"):
        database.execute(f'ALTER TABLE {name} ENABLE ALWAYS TRIGGER "{trigger}"')
    before = database.query(TRIGGERS)
    fk = "t: {foreign_keys: {x: {columns: a, references: r(id)}}}"
    yaml = f"tables: {{r: {{unique: {{k: {{columns: id, include: b}}}}}}, {fk}}}"
    apply_all(desired(tmp_path, yaml), database.url)
    assert database.query(TRIGGERS) == before


@pytest.mark.ends
def test_a_role_that_cannot_set_the_state_again_is_refused(database: Database, tmp_path: Path) -> None:
    role = f"owner_{database.name}"
    database.execute(f"""
        CREATE TABLE r (id int PRIMARY KEY); CREATE TABLE t (a int);
        ALTER TABLE t ADD CONSTRAINT x FOREIGN KEY (a) REFERENCES r; ALTER TABLE t DISABLE TRIGGER ALL;
        CREATE ROLE {role} LOGIN; GRANT CREATE ON SCHEMA public TO {role};
        ALTER TABLE t OWNER TO {role}; ALTER TABLE r OWNER TO {role}""")
    before = database.query(TRIGGERS)
    state = desired(
        tmp_path, "tables: {t: {foreign_keys: {x: {columns: a, references: r(id), on_delete: cascade}}}}"
    )
    plan = apply(state, database.url_as(role)).plan
    assert [refusal.rule for refusal in plan.refusals] == ["missing-privilege"]
    assert database.query(TRIGGERS) == before
    database.execute(f"DROP OWNED BY {role}; DROP ROLE {role}")


@pytest.mark.ends
@pytest.mark.parametrize("name", ["x", "x" * 63, "ä" * 31])
def test_no_constraint_keeps_a_name_of_the_tools_own(name: str, database: Database, tmp_path: Path) -> None:
    """Since 18 PostgreSQL names its constraints for partitions of the referenced table after the foreign key.

    The foreign key has a temporary name until the swap.
    """
    database.execute(f"""
        CREATE TABLE r (id int PRIMARY KEY) PARTITION BY RANGE (id);
        CREATE TABLE r_1 PARTITION OF r FOR VALUES FROM (0) TO (10);
        CREATE TABLE r_2 PARTITION OF r FOR VALUES FROM (10) TO (20);
        CREATE TABLE t (a int, b int, CONSTRAINT x_2 CHECK (b > 0));
        ALTER TABLE t ADD CONSTRAINT "{name}" FOREIGN KEY (a) REFERENCES r""")
    names = "SELECT conname::text FROM pg_constraint WHERE conrelid = 't'::regclass AND contype <> 'n' ORDER BY 1"
    before = database.query(names)
    fk = f'{{t: {{foreign_keys: {{"{name}": {{columns: a, references: r(id), on_delete: cascade}}}}}}}}'
    apply_all(desired(tmp_path, f"tables: {fk}"), database.url)
    after = database.query(names)
    assert not [one for (one,) in after if "reconcile" in one]
    assert database.server.major < 18 or after == before


@pytest.mark.ends
def test_the_steps_take_the_locks_that_they_claim(database: Database, tmp_path: Path) -> None:
    """This is also true for steps that carry attributes over."""
    database.execute("""
        CREATE EXTENSION btree_gist;
        CREATE TABLE r (id int PRIMARY KEY); CREATE TABLE t (id int NOT NULL, a int NOT NULL, b text);
        CREATE TABLE p (id int NOT NULL, a int NOT NULL) PARTITION BY RANGE (id);
        CREATE TABLE p_1 PARTITION OF p FOR VALUES FROM (0) TO (10);
        CREATE TABLE p_2 PARTITION OF p FOR VALUES FROM (10) TO (20);
        CREATE INDEX x ON t (lower(b)); ALTER TABLE x RENAME COLUMN lower TO own;
        CREATE INDEX y ON t (id); ALTER INDEX y DEPENDS ON EXTENSION btree_gist;
        ALTER TABLE t ADD CONSTRAINT u UNIQUE (id); COMMENT ON INDEX u IS 'u';
        ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES r; ALTER TABLE t DISABLE TRIGGER ALL;
        CREATE UNIQUE INDEX z ON p (id); COMMENT ON INDEX p_1_id_idx IS 'z';
        ALTER TABLE p_1 REPLICA IDENTITY USING INDEX p_1_id_idx; ALTER TABLE p_2 CLUSTER ON p_2_id_idx""")
    state = desired(
        tmp_path,
        """
tables:
  t:
    indexes: {x: [id, {expression: lower(b)}], y: [id, a]}
    unique: {u: [id, a]}
    foreign_keys: {f: {columns: a, references: r(id), on_delete: cascade}}
  p:
    indexes: {z: {columns: [id, a], unique: true}}
""",
    )
    assert_locks_as_claimed(state, database)


@pytest.mark.ends
def test_the_script_carries_over_as_well(database: Database, tmp_path: Path) -> None:
    """psql must not interpret a part of the statements as its own commands."""
    database.execute("""
        CREATE TABLE r (id int PRIMARY KEY); CREATE TABLE t (a int);
        ALTER TABLE t ADD CONSTRAINT ":x%I" FOREIGN KEY (a) REFERENCES r; ALTER TABLE t DISABLE TRIGGER ALL""")
    before = database.query(TRIGGERS)
    fk = '{":x%I": {columns: a, references: r(id), on_delete: cascade}}'
    state = desired(tmp_path, f"tables: {{t: {{foreign_keys: {fk}}}}}")
    script = FORMATS["sql"](report_of(reconciler.plan(state, database.url)))
    done = database.psql(script)
    assert done.returncode == 0, done.stderr
    assert database.query(TRIGGERS) == before
    assert_in_sync(state, database.url)


@pytest.mark.ends
def test_a_parameter_of_a_partitions_index_that_only_its_build_reads_is_said_to_be_lost(
    database: Database, tmp_path: Path
) -> None:
    database.execute("""
        CREATE TABLE t (id int NOT NULL, a int) PARTITION BY RANGE (id);
        CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
        CREATE INDEX x ON t USING brin (id); ALTER INDEX t_1_id_idx SET (pages_per_range = 4, autosummarize = on)""")
    state = desired(tmp_path, "tables: {t: {indexes: {x: {columns: [id, a], using: brin}}}}")
    plan = apply_all(state, database.url).plan
    hazards = [hazard for route in plan.routes for step in route.steps for hazard in step.hazards]
    assert [(hazard.kind.id, hazard.detail.partition(",")[0]) for hazard in hazards] == [
        ("not-carried-over", "pages_per_range=4 of index public.t_1_id_idx")
    ]
    assert database.value("SELECT reloptions FROM pg_class WHERE relname = 't_1_id_a_idx'") == ["autosummarize=on"]
