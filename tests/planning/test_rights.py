"""Missing rights are notes of `plan` and `drift`, and all of them are reasons why `apply` refuses."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

import reconciler
from reconciler.cli.run import run
from reconciler.model.guard import GuardResult
from reconciler.model.options import Options
from reconciler.model.plan import Note, Plan, Refusal
from reconciler.postgres.calls import Caller
from reconciler.postgres.session import connect, rows
from tests.execution.support import EXAMPLE, apply, apply_all, assert_in_sync, desired, load_example
from tests.servers import Database

pytestmark = pytest.mark.ends


@pytest.fixture
def developer(database: Database) -> Iterator[str]:
    """Return a role that owns table `profiles`, and has no right on schema `auth`, which belongs to another role."""
    role, other = f"dev_{database.name}", f"auth_{database.name}"
    database.execute(f"""
        CREATE ROLE {role} LOGIN; CREATE ROLE {other}; GRANT CREATE, USAGE ON SCHEMA public TO {role};
        CREATE SCHEMA auth AUTHORIZATION {other};
        CREATE TABLE auth.users (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), email text);
        INSERT INTO auth.users VALUES ('00000000-0000-0000-0000-000000000001', 'a@b');
        CREATE TABLE profiles (id int PRIMARY KEY, user_id uuid);
        INSERT INTO profiles VALUES (1, '00000000-0000-0000-0000-000000000001');
        ALTER TABLE auth.users OWNER TO {other}; ALTER TABLE profiles OWNER TO {role}""")
    yield role
    database.execute(f"DROP OWNED BY {role}, {other} CASCADE; DROP ROLE {role}; DROP ROLE {other}")


REFERENCE = "tables: {profiles: {foreign_keys: {fk: {columns: user_id, references: auth.users(id)}}}}"


def grants(found: list[Refusal] | list[Note]) -> set[str]:
    """Return the statements that the plan names."""
    texts = [one.remedy if isinstance(one, Refusal) else one.message for one in found]
    return {statement for text in texts for statement in re.findall(r"(?:GRANT|ALTER TABLE) [^;]+;", text)}


def lacking(plan: Plan) -> list[Note]:
    return [note for note in plan.notes if note.rule == "missing-privilege"]


def test_a_reference_needs_rights_on_its_columns_only(database: Database, developer: str, tmp_path: Path) -> None:
    database.execute(
        f"GRANT USAGE ON SCHEMA auth TO {developer}; GRANT REFERENCES (id), SELECT (id) ON auth.users TO {developer}"
    )
    state, url = desired(tmp_path, REFERENCE), database.url_as(developer)
    plan = reconciler.plan(state, url)
    assert not plan.refused
    assert not lacking(plan)
    assert [finding.result for finding in plan.findings] == [GuardResult.PASSED]
    assert apply(state, url).error is None
    assert_in_sync(state, url)
    database.execute(f"ALTER TABLE profiles DROP CONSTRAINT fk; REVOKE SELECT (id) ON auth.users FROM {developer}")
    assert [refusal.rule for refusal in apply(state, url).plan.refusals] == ["missing-privilege"]
    unchecked = Options(data_checks=False)
    assert reconciler.apply(state, url, approve=lambda _: True, options=unchecked).error is None


def test_all_rights_that_are_missing_are_named_before_the_first_step(
    database: Database, developer: str, tmp_path: Path
) -> None:
    database.execute("INSERT INTO profiles VALUES (2, '00000000-0000-0000-0000-000000000002')")
    state, url = desired(tmp_path, REFERENCE), database.url_as(developer)
    plan = reconciler.plan(state, url)
    assert not plan.refused
    wanted = {
        f'GRANT USAGE ON SCHEMA "auth" TO "{developer}";',
        f'GRANT REFERENCES ("id") ON "auth"."users" TO "{developer}";',
        f'GRANT SELECT ("id") ON "auth"."users" TO "{developer}";',
    }
    assert grants(lacking(plan)) == wanted
    refused = apply(state, url).plan.refusals
    assert grants(list(refused)) == wanted
    assert database.value("SELECT count(*) FROM pg_constraint WHERE contype = 'f'") == 0
    for statement in wanted:
        database.execute(statement)
    assert [refusal.rule for refusal in apply(state, url).plan.refusals] == ["orphans"]


def test_a_table_of_which_only_columns_may_be_read_is_held_with_its_children(
    database: Database, developer: str
) -> None:
    """Otherwise the owner could change expressions of the table while the query waits for it."""
    database.execute(f"""
        CREATE TABLE auth.parts (id int) PARTITION BY RANGE (id);
        CREATE TABLE auth.part PARTITION OF auth.parts FOR VALUES FROM (0) TO (9);
        ALTER TABLE auth.parts OWNER TO auth_{database.name};
        GRANT USAGE ON SCHEMA auth TO {developer}; GRANT SELECT (id) ON auth.parts TO {developer}""")
    held = "SELECT relation::regclass::text FROM pg_locks WHERE pid = pg_backend_pid() AND relation >= 16384"
    with connect(database.url_as(developer)) as session, session.connection.transaction(force_rollback=True):
        assert Caller().hold(session, [database.value("SELECT 'auth.parts'::regclass::oid::int8")])
        found = {row["relation"] for row in rows(session.connection, held)}
    assert found >= {"auth.parts", "auth.part"}


def test_a_reference_that_is_altered_needs_no_right_to_refer(
    database: Database, developer: str, tmp_path: Path
) -> None:
    database.execute("ALTER TABLE profiles ADD CONSTRAINT fk FOREIGN KEY (user_id) REFERENCES auth.users")
    database.execute(f"GRANT USAGE ON SCHEMA auth TO {developer}; GRANT SELECT (id) ON auth.users TO {developer}")
    text = "{columns: user_id, references: auth.users(id), deferrable: true, comment: c}"
    state = desired(tmp_path, f"tables: {{profiles: {{foreign_keys: {{fk: {text}}}}}}}")
    result = apply(state, database.url_as(developer))
    assert not result.plan.refusals
    assert result.error is None


OWN = """
tables:
  profiles:
    indexes: {i: {columns: user_id, tablespace: fast}, kept: {columns: id, comment: new}}
dropped_tables: {old: {replaced_by: replacing}}
policy: {journal_schema: log}
"""


def test_rights_on_tablespace_archive_and_journal(database: Database, developer: str, tmp_path: Path) -> None:
    database.execute(f"""
        CREATE INDEX kept ON profiles (id); CREATE TABLE old (id int); ALTER TABLE old OWNER TO {developer};
        CREATE TABLE replacing (id int);
        CREATE SCHEMA log; REVOKE ALL ON SCHEMA public FROM PUBLIC; REVOKE ALL ON SCHEMA public FROM {developer}""")
    state, url = desired(tmp_path, OWN), database.url_as(developer)
    first = {
        'GRANT CREATE ON SCHEMA "public" TO',
        'GRANT USAGE ON SCHEMA "public" TO',
        'GRANT SELECT ON "public"."replacing" TO',
        'GRANT CREATE ON TABLESPACE "fast" TO',
        'GRANT USAGE, CREATE ON SCHEMA "log" TO',
        f'GRANT CREATE ON DATABASE "{database.name}" TO',
    }
    wanted = grants(list(apply(state, url).plan.refusals))
    assert wanted == {f'{text} "{developer}";' for text in first}
    for statement in wanted:
        database.execute(statement)
    assert apply(state, url).error is None
    database.execute(f"""
        REVOKE CREATE ON SCHEMA public FROM {developer}; REVOKE USAGE ON SCHEMA log FROM {developer};
        ALTER TABLE log.migration_log OWNER TO postgres;
        REVOKE ALL ON log.migration_log FROM {developer}""")
    state = desired(tmp_path, OWN.replace("comment: new", "comment: newer"))
    assert grants(list(apply(state, url).plan.refusals)) == {
        f'GRANT USAGE ON SCHEMA "log" TO "{developer}";',
        f'GRANT SELECT, INSERT ON "log"."migration_log" TO "{developer}";',
    }


FUNCTIONS = """
tables:
  profiles:
    checks: {c: 'app."Is ok"(id) AND length(''app.shown('') > 0'}
    indexes: {i: [{expression: "app.shown(id, 'a')"}]}
"""


def test_functions_must_be_executable(database: Database, developer: str, tmp_path: Path) -> None:
    """By the role that validates a check, and by the owner of the table that builds an index."""
    database.execute(f"""
        CREATE SCHEMA app; GRANT USAGE ON SCHEMA app TO {developer};
        CREATE FUNCTION app."Is ok"(int) RETURNS bool IMMUTABLE LANGUAGE sql AS 'SELECT true';
        CREATE FUNCTION app.shown(int, text DEFAULT '') RETURNS text IMMUTABLE LANGUAGE sql AS $$ SELECT 'x' $$;
        REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA app FROM PUBLIC""")
    state, url = desired(tmp_path, FUNCTIONS), database.url_as(developer)
    wanted = grants(list(apply(state, url).plan.refusals))
    assert wanted == {
        f'GRANT EXECUTE ON FUNCTION app."Is ok"(integer) TO "{developer}";',
        f'GRANT EXECUTE ON FUNCTION app.shown(integer,text) TO "{developer}";',
    }
    assert not reconciler.plan(state, url).refused
    for statement in wanted:
        database.execute(statement)
    assert apply(state, url).error is None


@pytest.mark.pg(">= 18")
def test_the_overload_that_is_called_must_be_executable(database: Database, developer: str, tmp_path: Path) -> None:
    """The role may execute another function of the same name, which has other argument types, or as many arguments."""
    database.execute(f"""
        CREATE SCHEMA app; GRANT USAGE ON SCHEMA app TO {developer};
        CREATE FUNCTION app.ok(int, int DEFAULT 1) RETURNS bool IMMUTABLE LANGUAGE sql AS 'SELECT true';
        CREATE FUNCTION app.ok(text) RETURNS bool IMMUTABLE LANGUAGE sql AS 'SELECT true';
        CREATE FUNCTION app.shown(int) RETURNS text IMMUTABLE LANGUAGE sql AS $$ SELECT 'x' $$;
        CREATE FUNCTION app.shown(text) RETURNS text IMMUTABLE LANGUAGE sql AS $$ SELECT 'x' $$;
        REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA app FROM PUBLIC;
        GRANT EXECUTE ON FUNCTION app.ok(text), app.shown(text) TO {developer}""")
    calls = 'tables: {profiles: {checks: {c: app.ok(id)}, indexes: {i: [{expression: "app.shown(id)"}]}}}'
    state, url = desired(tmp_path, calls), database.url_as(developer)
    wanted = grants(list(apply(state, url).plan.refusals))
    assert wanted == {
        f'GRANT EXECUTE ON FUNCTION app.ok(integer,integer) TO "{developer}";',
        f'GRANT EXECUTE ON FUNCTION app.shown(integer) TO "{developer}";',
    }
    database.execute("REVOKE EXECUTE ON FUNCTION app.ok(text), app.shown(text) FROM " + developer)
    for statement in wanted:
        database.execute(statement)
    assert apply(state, url).error is None


def test_ownership_is_granted_by_membership_unless_the_owner_is_a_superuser(
    database: Database, developer: str, tmp_path: Path
) -> None:
    reader = f"reader_{database.name}"
    database.execute(f"CREATE TABLE ours (a int); CREATE ROLE {reader} LOGIN")
    state = desired(tmp_path, "tables: {ours: {indexes: {i: a}}, profiles: {indexes: {j: user_id}}}")
    wanted = grants(list(apply(state, database.url_as(reader)).plan.refusals))
    assert wanted >= {
        f'GRANT "{developer}" TO "{reader}";',
        f'ALTER TABLE "public"."ours" OWNER TO "{reader}";',
    }
    for statement in wanted:
        database.execute(statement)
    result = apply(state, database.url_as(reader))
    assert not result.plan.refusals
    assert result.error is None
    inherit = "WITH INHERIT FALSE" if database.server.major >= 16 else ""
    database.execute(f"""
        REVOKE {developer} FROM {reader}; ALTER ROLE {reader} NOINHERIT; GRANT {developer} TO {reader} {inherit}""")
    state = desired(tmp_path, "tables: {profiles: {indexes: {j: {columns: user_id, comment: c}}}}")
    (refusal,) = apply(state, database.url_as(reader)).plan.refusals
    database.execute(refusal.remedy.partition(", or run ")[2])
    assert apply(state, database.url_as(reader)).error is None
    database.execute(f"DROP OWNED BY {reader} CASCADE; DROP ROLE {reader}")


@pytest.mark.pg(">= 18")
def test_a_role_that_may_only_read_plans_the_example(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    load_example(database)
    role = f"reader_{database.name}"
    database.execute(f"""
        REVOKE CREATE ON SCHEMA public FROM PUBLIC; CREATE ROLE {role} LOGIN;
        REVOKE ALL ON DATABASE "{database.name}" FROM PUBLIC;
        GRANT CONNECT ON DATABASE "{database.name}" TO {role}; GRANT USAGE ON SCHEMA public TO {role};
        GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}""")
    monkeypatch.setenv("RECONCILE_DB", database.url_as(role))
    assert run(["drift", "-q", "-f", str(EXAMPLE)]) == 2
    assert run(["plan", "-q", "--detailed-exitcode", "-f", str(EXAMPLE)]) == 2
    state = reconciler.load([EXAMPLE])
    assert apply(state, database.url).error is None
    assert run(["drift", "-q", "-f", str(EXAMPLE)]) == 0
    assert run(["plan", "-q", "--detailed-exitcode", "-f", str(EXAMPLE)]) == 0
    database.execute("ALTER INDEX idx_payments_status RENAME TO aside")
    plan = reconciler.plan(state, database.url_as(role))
    assert not plan.refused, plan.refusals
    assert [route.change.key.name for route in plan.routes] == ["idx_payments_status"]
    database.execute(f"DROP OWNED BY {role} CASCADE; DROP ROLE {role}")


def test_a_role_that_may_not_read_the_journal_cannot_judge_an_invalid_index(
    database: Database, tmp_path: Path
) -> None:
    database.execute("CREATE TABLE t (a int, b int); INSERT INTO t VALUES (1), (1)")
    apply_all(desired(tmp_path, "tables: {t: {indexes: {other: b}}}"), database.url)
    with pytest.raises(psycopg.errors.UniqueViolation):
        database.execute("CREATE UNIQUE INDEX CONCURRENTLY i ON t (a)")
    reader = f"reader_{database.name}"
    database.execute(f"TRUNCATE t; CREATE ROLE {reader} LOGIN")
    state = desired(tmp_path, "tables: {t: {indexes: {i: {columns: a, unique: true}}}}")
    assert [refusal.rule for refusal in reconciler.plan(state, database.url).refusals] == ["invalid-index"]
    url, journal = database.url_as(reader), f'GRANT SELECT, INSERT ON "public"."migration_log" TO "{reader}";'
    plan = reconciler.plan(state, url)
    assert not plan.refused, plan.refusals
    assert journal in grants(lacking(plan))
    assert journal in grants(list(apply(state, url).plan.refusals))
    database.execute(f"DROP ROLE {reader}")


def test_a_plan_says_that_the_journal_is_in_other_hands(database: Database, developer: str, tmp_path: Path) -> None:
    state = desired(tmp_path, "tables: {profiles: {indexes: {i: user_id}}}")
    assert apply(state, database.url).error is None
    database.execute(f"DROP INDEX i; ALTER TABLE migration_log OWNER TO {developer}")
    (said,) = [
        note.message for note in reconciler.plan(state, database.url).notes if note.rule == "journal-not-ours"
    ]
    assert f"its table belongs to role {developer}, which is not trusted" in said
    assert f"if you trust {developer}, add --trust-role {developer}; otherwise, to correct this, run:" in said
    odd, quoted = "it's odd", sql.Identifier("it's odd").as_string(None)
    database.execute(f"ALTER ROLE {developer} RENAME TO {quoted}")
    (said,) = [
        note.message for note in reconciler.plan(state, database.url).notes if note.rule == "journal-not-ours"
    ]
    assert f"--trust-role {shlex.quote(odd)};" in said
    database.execute(f"ALTER ROLE {quoted} RENAME TO {developer}")
    trusting = Options(trusted_roles=frozenset({developer}))
    assert reconciler.apply(state, database.url, approve=lambda _: True, options=trusting).error is None


def test_expressions_are_compared_without_creating_anything(database: Database, tmp_path: Path) -> None:
    """On a standby or without TEMPORARY: as the planner of the server reads them, if that evaluates listed functions
    only. What it reads differently is unknown."""
    role, spy = f"reader_{database.name}", "CREATE TABLE called (); RETURN $1"
    database.execute(f"""
        CREATE TYPE mood AS ENUM ('sad', 'ok');
        CREATE TABLE t (a varchar(9), b int, c text, d timestamptz, e int, m mood);
        CREATE FUNCTION spy(text) RETURNS text IMMUTABLE LANGUAGE plpgsql AS 'BEGIN {spy}; END';
        CREATE DOMAIN positive AS int; ALTER TABLE t ADD p positive;
        ALTER TABLE t ADD CONSTRAINT listed CHECK (a IN ('x', 'y')), ADD CONSTRAINT cased CHECK (lower(c) <> ''),
            ADD CONSTRAINT dated CHECK (d > '2020-01-01'), ADD CONSTRAINT more CHECK (b > 1),
            ADD CONSTRAINT spied CHECK (c <> pg_catalog.lower('a')), ADD CONSTRAINT domained CHECK (p > 0),
            ADD CONSTRAINT mood CHECK (m IN ('sad', 'ok'));
        CREATE INDEX i ON t (e, (a || 'x'), lower(c)) WHERE a IN ('x', 'y');
        REVOKE CREATE ON SCHEMA public FROM PUBLIC;
        CREATE ROLE {role} LOGIN; REVOKE TEMP ON DATABASE "{database.name}" FROM PUBLIC""")
    text = """
tables:
  t:
    checks:
      listed: a in ('x', 'y')
      cased: lower( c ) != ''
      dated: d > '2020-01-01'
      more: b > 1 AND e > 1
      spied: c <> spy('a')
      domained: 0 < p
      mood: m IN ('sad', 'ok')
    indexes:
      i: {columns: [e, {expression: "a||'x'"}, {expression: "LOWER(c)"}], where: "a in ('x', 'y')"}
"""
    plan = reconciler.plan(desired(tmp_path, text), database.url_as(role))
    unknown = {refusal.key.name for refusal in plan.refusals if refusal.key is not None}
    assert {refusal.rule for refusal in plan.refusals} == {"unknown"}
    assert unknown == {"more", "spied", "domained"}
    assert not plan.routes
    database.execute("""
        CREATE FUNCTION lower(varchar) RETURNS text IMMUTABLE LANGUAGE sql AS $$ SELECT 'hides' $$;
        CREATE FUNCTION told(mood) RETURNS text IMMUTABLE LANGUAGE sql AS $$ SELECT 'told' $$""")
    plan = reconciler.plan(desired(tmp_path, text), database.url_as(role))
    hidden = {refusal.key.name for refusal in plan.refusals if refusal.key is not None}
    assert hidden == unknown | {"cased", "i"}
    database.execute("CREATE CAST (mood AS text) WITH FUNCTION told(mood)")
    plan = reconciler.plan(desired(tmp_path, text), database.url_as(role))
    assert "mood" in {refusal.key.name for refusal in plan.refusals if refusal.key is not None}
    database.execute(f"DROP ROLE {role}")


def test_rights_on_an_existing_archive(database: Database, developer: str, tmp_path: Path) -> None:
    database.execute(
        f"CREATE TABLE old (id int); ALTER TABLE old OWNER TO {developer}; CREATE SCHEMA reconcile_archive"
    )
    state, url = desired(tmp_path, "dropped_tables: {old: {}}"), database.url_as(developer)
    wanted = grants(list(apply(state, url).plan.refusals))
    assert wanted == {f'GRANT USAGE, CREATE ON SCHEMA "reconcile_archive" TO "{developer}";'}
    for statement in wanted:
        database.execute(statement)
    assert "missing-privilege" not in {refusal.rule for refusal in apply(state, url).plan.refusals}


def test_a_role_that_gets_the_rights_on_journal_and_archive_leaves_its_owner_those_runs(
    database: Database, developer: str, tmp_path: Path
) -> None:
    """Each statement that a refusal names is run: the owner can plan and undo as before, and the role can apply."""
    other = f"other_{database.name}"
    database.execute(f"""
        CREATE ROLE {other} LOGIN; CREATE TABLE old (id int); CREATE TABLE older (id int);
        ALTER TABLE old OWNER TO {developer}; ALTER TABLE older OWNER TO {developer};
        GRANT CREATE ON SCHEMA public TO {developer}, {other};
        GRANT CREATE ON DATABASE "{database.name}" TO {developer}""")
    try:
        run = apply(desired(tmp_path, "dropped_tables: {old: }"), database.url_as(developer)).run_id
        state = desired(tmp_path, "dropped_tables: {older: }")
        trusting = Options(trusted_roles=frozenset({developer}))
        refused = reconciler.apply(state, database.url_as(other), approve=lambda _: True, options=trusting)
        causes = {one.cause for one in refused.plan.refusals}
        assert f"role {other} may not use or move tables to reconcile_archive" in causes
        assert f"role {other} may not read and write the journal public.migration_log" in causes
        wanted = grants(list(refused.plan.refusals))
        assert wanted == {f'GRANT "{developer}" TO "{other}";'}
        for statement in wanted:
            database.execute(statement)
        assert not reconciler.plan(state, database.url_as(developer)).refused
        assert not reconciler.plan_undo(run, state, database.url_as(developer)).refused
        done = reconciler.apply(state, database.url_as(other), approve=lambda _: True, options=trusting)
        assert done.error is None
        assert done.completed > 0
    finally:
        database.execute(f"DROP OWNED BY {other}; DROP ROLE {other}")
