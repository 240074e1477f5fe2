"""A plan calls no function of the file or of another role.

PostgreSQL counts the calls of functions in user languages (`track_functions`), and a rollback does not undo the count.
Calls of built-in functions are detected by their effects: an ended session, a changed sequence, a dropped table.
"""

from __future__ import annotations

import json
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

import reconciler
from reconciler.execution.result import ApplyResult
from reconciler.model.errors import Refused
from reconciler.model.options import Options
from reconciler.model.plan import Plan
from reconciler.model.state import DesiredState
from reconciler.report.markdown import render_markdown
from reconciler.report.report import report_of
from reconciler.report.text import render_text
from tests.execution.support import desired, wait_until
from tests.servers import Database

pytestmark = [pytest.mark.ends, pytest.mark.newest_by_day]

_COLLECTOR_S = 1.0
"""Before PostgreSQL 15 a separate process counts calls, and receives reports twice a second."""

GIVEN = """
    CREATE FUNCTION liar(int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;
    CREATE FUNCTION liar_bool(int) RETURNS bool IMMUTABLE STRICT LANGUAGE plpgsql AS $$ BEGIN RETURN true; END $$;
    CREATE FUNCTION liar_text(text) RETURNS text IMMUTABLE LANGUAGE plpgsql AS $$ BEGIN RETURN 'x'; END $$;
    CREATE FUNCTION volatile_int() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;
    CREATE FUNCTION stable_int(int) RETURNS int STABLE LANGUAGE plpgsql
        AS $$ BEGIN RETURN public.volatile_int(); END $$;
    CREATE DOMAIN evil_domain AS int CHECK (public.liar_bool(VALUE));
    CREATE TYPE pair AS (a evil_domain, b int);
    CREATE TYPE plain AS (a int, b int);
    CREATE FUNCTION plain_text(plain) RETURNS text IMMUTABLE LANGUAGE plpgsql AS $$ BEGIN RETURN 'x'; END $$;
    CREATE CAST (plain AS text) WITH FUNCTION plain_text(plain);
    CREATE TABLE t (id int, b varchar(10), many evil_domain[], one evil_domain, p plain, n int4range);
    CREATE TABLE simple (id int);
    INSERT INTO simple VALUES (1);
    CREATE SEQUENCE counter;
    INSERT INTO t (id, b) VALUES (1, 'x'), (2, 'x');
    """


@pytest.fixture
def watched(database: Database) -> Database:
    """Return a database in which calls of functions are counted."""
    database.execute(f"ALTER DATABASE {database.name} SET track_functions = 'all'")
    database.execute(GIVEN)
    return database


@pytest.fixture
def mallory(watched: Database) -> Iterator[str]:
    """Return another role of the database, which may create objects in public, as every role may before 15."""
    role = f"mallory_{watched.name}"
    watched.execute(f"CREATE ROLE {role} LOGIN; GRANT CREATE, USAGE ON SCHEMA public TO {role}")
    yield role
    watched.execute(f"DROP OWNED BY {role} CASCADE; DROP ROLE {role}")


def calls(database: Database) -> int:
    """Return how often functions of users ran in sessions that have ended."""
    query = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    wait_until(lambda: database.value(query) == 0, "sessions to end")
    if database.server.major < 15:
        time.sleep(_COLLECTOR_S)
    functions = "schemaname <> 'pg_catalog' AND funcname NOT LIKE '%migration%'"  # not the journal's
    return int(database.value(f"SELECT coalesce(sum(calls), 0) FROM pg_stat_user_functions WHERE {functions}"))


def check_of(tmp_path: Path, expression: str, table: str = "t") -> DesiredState:
    policy = "policy: {allow: [volatile-expression]}"
    return desired(tmp_path, f"{policy}\ntables:\n  {table}:\n    checks:\n      c: {json.dumps(expression)}\n")


def results(plan: Plan) -> list[str]:
    return [finding.result.value for finding in plan.findings]


def hazards(plan: Plan) -> str:
    return "\n".join(f"{one.kind.id}: {one.detail}" for route in plan.routes for one in route.hazards)


def apply(state: DesiredState, url: str, options: Options, *, approve: bool = True) -> ApplyResult:
    return reconciler.apply(state, url, approve=lambda _: approve, options=options)


def test_the_witness_sees_a_call_that_was_rolled_back(watched: Database) -> None:
    with watched.connect() as connection, connection.transaction(force_rollback=True):
        connection.execute("SET TRANSACTION READ ONLY")
        connection.execute("SELECT liar(1)")
    assert calls(watched) == 1


# --- The file ------------------------------------------------------------------------------------------------------


def test_a_check_that_kills_a_session(watched: Database, tmp_path: Path) -> None:
    """The file accepts its own hazard and names pg_terminate_backend.

    The plan runs as superuser. The session must survive.
    """
    with watched.connect() as victim:
        plan = reconciler.plan(check_of(tmp_path, f"pg_terminate_backend({victim.info.backend_pid})"), watched.url)
        assert victim.execute("SELECT 1").fetchone() == (1,)
    assert results(plan) == ["not run"]
    assert (
        "unchecked-data: rows of public.t that violate c, not checked because it would call pg_terminate_backend"
        in hazards(plan)
    )
    assert not plan.refusals


def test_a_check_that_drops_a_table_over_another_connection(watched: Database, tmp_path: Path) -> None:
    """dblink_exec works in read-only transactions, because it opens a connection. The plan runs as superuser."""
    watched.execute("CREATE EXTENSION dblink; CREATE TABLE lost (a int)")
    statement = f"dblink_exec('{watched.url}', 'DROP TABLE lost') IS NOT NULL"
    state = check_of(tmp_path, statement, "simple")
    assert results(reconciler.plan(state, watched.url)) == ["not run"]
    assert watched.value("SELECT count(*) FROM lost") == 0


def test_a_check_that_reads_a_file(watched: Database, tmp_path: Path) -> None:
    """pg_read_file is called with a value whose error shows the file. The plan runs as superuser."""
    plan = reconciler.plan(
        check_of(tmp_path, "pg_read_file('postgresql.conf')::int > id", "simple"),
        watched.url,
        options=Options(samples=5),
    )
    assert [(one.result.value, one.error) for one in plan.findings] == [("not run", None)]


def test_a_sequence_stays_as_it_is(watched: Database, tmp_path: Path) -> None:
    """A check calls nextval; a trial in a writable transaction would change the sequence in spite of the rollback."""
    reconciler.plan(check_of(tmp_path, "nextval('counter') > 0"), watched.url)
    assert watched.value("SELECT is_called FROM counter") is False


@pytest.mark.parametrize(
    "expression",
    [
        "liar_bool(1)",
        "liar_bool(id)",
        "id > 0 AND (id > 5 OR liar_bool(id))",
        "stable_int(id) > 0",
        "CASE WHEN id > 0 THEN liar_bool(id) END",
        "(ARRAY[liar(1), 2])[1] > 0",
        "GREATEST(liar(1), id) > 0",
        "id IN (1, liar(2))",
        "COALESCE(id, liar(1)) > 0",
        "id::evil_domain > 0",
        "1::evil_domain > 0",
        "'1'::evil_domain > 0",
        "'{1}'::evil_domain[] IS NOT NULL",
        "CAST('{1,2}' AS public.evil_domain ARRAY) IS NOT NULL",
        "'(1,2)'::pair IS NOT NULL",
        "'{\"(1,2)\"}'::pair[] IS NOT NULL",
        "ROW(id, 1)::pair IS NOT NULL",
        "many = '{1}'",
        "'{1}' = many",
        "ARRAY[one] = '{1}'",
        "array_append(many, '1') IS NOT NULL",
        "ARRAY[id, 1]::evil_domain[] IS NOT NULL",
        "p::text <> 'y'",
        "concat(liar_text('x'), 'y') <> ''",
        "'y' || p <> ''",
        "quote_literal(p) <> ''",
        "b = liar_text(b)",
        "json_populate_record(NULL::pair, '{\"a\": 1}') IS NOT NULL",
        "current_setting('role') <> liar_text('x')",
        "table_to_xml('t', true, true, '') IS NOT NULL",
    ],
)
def test_functions_of_the_database_in_a_check(watched: Database, tmp_path: Path, expression: str) -> None:
    """The check calls functions by name, by a domain's checks, by a cast, with a constant, and behind a stable
    function.

    The plan runs as superuser. No function may be called when the check is parsed, tried, or evaluated on rows.
    """
    plan = reconciler.plan(check_of(tmp_path, expression), watched.url, options=Options(samples=5))
    assert calls(watched) == 0
    assert "passed" not in results(plan)
    assert "unchecked-data" in hazards(plan), hazards(plan)


@pytest.mark.parametrize(
    "index",
    [
        'columns: [{expression: "liar(1) + id"}]',
        'columns: [id], where: "liar(1) = id"',
        'columns: [{expression: "id + liar(2)"}], unique: true',
        'columns: [{expression: "id::evil_domain"}]',
        "columns: [{expression: \"('{1}'::evil_domain[])[1] + id\"}]",
    ],
)
def test_functions_of_the_database_in_an_index(watched: Database, tmp_path: Path, index: str) -> None:
    """CREATE INDEX evaluates constant parts, even on an empty table. The plan runs as superuser. None may be called."""
    state = desired(tmp_path, f"tables:\n  t:\n    indexes:\n      i: {{{index}}}\n")
    plan = reconciler.plan(state, watched.url)
    assert calls(watched) == 0
    assert "unchecked-data" in hazards(plan) or "not-tried" in hazards(plan)


def test_an_index_that_is_not_tried_out_is_rejected_if_its_function_is_not_immutable(
    watched: Database, tmp_path: Path
) -> None:
    """The server would reject it before anything else, and without a call."""
    state = desired(tmp_path, 'tables: {simple: {indexes: {i: {columns: [{expression: "stable_int(id)"}]}}}}')
    plan = reconciler.plan(state, watched.url)
    assert [one.rule for one in plan.refusals] == ["rejected-by-server"]
    assert calls(watched) == 0


def test_functions_of_the_database_in_an_exclusion_constraint(watched: Database, tmp_path: Path) -> None:
    """An expression, a predicate and an operator of the file. The plan runs as superuser. None may be called."""
    watched.execute("""
        CREATE FUNCTION overlap(int4range, int4range) RETURNS bool IMMUTABLE LANGUAGE plpgsql
            AS $$ BEGIN RETURN true; END $$;
        CREATE OPERATOR && (LEFTARG = int4range, RIGHTARG = int4range, FUNCTION = overlap, COMMUTATOR = &&)""")
    elements = '[{expression: "int4range(liar(1), id)", operator: "&&"}]'
    state = desired(
        tmp_path,
        f'tables: {{t: {{exclusions: {{x: {{using: gist, elements: {elements}, where: "liar(1) > 0"}}}}}}}}',
    )
    plan = reconciler.plan(state, watched.url)
    assert calls(watched) == 0
    # The operator class lacks this operator, which is detected without a call.
    assert [one.rule for one in plan.refusals] == ["rejected-by-server"], [one.cause for one in plan.refusals]


def test_a_search_path_in_the_file_that_hides_the_built_in_functions(watched: Database, tmp_path: Path) -> None:
    """With pg_catalog named last, `public.length(text)` would be found first."""
    watched.execute(
        "CREATE FUNCTION length(text) RETURNS int IMMUTABLE LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$"
    )
    state = desired(
        tmp_path, "policy: {search_path: [public, pg_catalog]}\ntables: {t: {checks: {c: length(b::text) > 0}}}"
    )
    assert results(reconciler.plan(state, watched.url)) == ["passed"]
    assert calls(watched) == 0


def test_the_live_check_that_is_to_be_validated(watched: Database, tmp_path: Path) -> None:
    """The text of file and catalog are equal, so the server does not have to compare them."""
    watched.execute("ALTER TABLE t ADD CONSTRAINT c CHECK (public.liar_bool(id)) NOT VALID")
    assert results(reconciler.plan(check_of(tmp_path, "public.liar_bool(id)"), watched.url)) == ["not run"]
    assert calls(watched) == 0


@pytest.mark.parametrize("right", ["REVOKE TEMPORARY ON DATABASE {db} FROM PUBLIC", "read-only"])
def test_nothing_is_called_where_no_tree_can_be_read(
    watched: Database, mallory: str, tmp_path: Path, right: str
) -> None:
    """A role without TEMPORARY, and a read-only server. A missing tree must not count as "calls nothing"."""
    watched.execute("ALTER TABLE t ADD CONSTRAINT c CHECK (public.liar_bool(id)) NOT VALID")
    watched.execute(f"ALTER TABLE t OWNER TO {mallory}")
    if right == "read-only":
        watched.execute(f"ALTER ROLE {mallory} SET default_transaction_read_only = on")
    else:
        watched.execute(right.format(db=watched.name))
    plan = reconciler.plan(check_of(tmp_path, "public.liar_bool(id)"), watched.url_as(mallory))
    assert results(plan) == ["not run"]
    assert calls(watched) == 0


def test_the_plan_shows_what_the_file_changes_of_the_policy(watched: Database, tmp_path: Path) -> None:
    """A file that accepts its own hazards cannot hide this from the reviewer."""
    policy = "policy: {allow: [volatile-expression, drop-table], max_drops: 500, lock_timeout: 90s, max_build: 24h}"
    plan = reconciler.plan(
        desired(tmp_path, f"{policy}\ntables: {{simple: {{not_null: [id]}}}}"), watched.url, options=Options()
    )
    shown = "Policy: allow drop-table, volatile-expression; max_drops 500; lock_timeout 1 min 30 s"
    assert shown in render_text(report_of(plan)).splitlines()
    assert f"`{shown}`" in render_markdown(report_of(plan)).splitlines()


# --- What the operator decides -------------------------------------------------------------------------------------


def test_the_operator_may_trust_the_file(watched: Database, tmp_path: Path) -> None:
    plan = reconciler.plan(check_of(tmp_path, "liar_bool(id)"), watched.url, options=Options(trust_file=True))
    assert results(plan) == ["passed"]
    assert calls(watched) > 0


def test_a_trusted_file_does_not_make_other_roles_trusted(watched: Database, mallory: str, tmp_path: Path) -> None:
    """The function belongs to another role. It is called only if the operator trusts that role."""
    watched.execute(f"ALTER FUNCTION liar_bool(int) OWNER TO {mallory}")
    state = check_of(tmp_path, "liar_bool(id)")
    assert results(reconciler.plan(state, watched.url, options=Options(trust_file=True))) == ["not run"]
    assert calls(watched) == 0
    options = Options(trust_file=True, trusted_roles=frozenset({mallory}))
    assert results(reconciler.plan(state, watched.url, options=options)) == ["passed"]


def test_apply_runs_what_was_left_out_after_the_approval(watched: Database, tmp_path: Path) -> None:
    """The check runs after the approval, and stops the run before the first step if it finds rows."""
    watched.execute(
        "CREATE FUNCTION positive(int) RETURNS bool IMMUTABLE LANGUAGE plpgsql AS $$ BEGIN RETURN $1 > 1; END $$"
    )
    state = check_of(tmp_path, "positive(id)")
    with pytest.raises(Refused) as declined:
        apply(state, watched.url, Options(), approve=False)
    assert (declined.value.rule, calls(watched)) == ("not-approved", 0)
    with pytest.raises(Refused) as found:
        apply(state, watched.url, Options())
    assert found.value.rule == "violations"
    assert "1 row in public.t" in str(found.value)
    assert calls(watched) > 0
    assert watched.value("SELECT count(*) FROM pg_constraint WHERE conname = 'c'") == 0
    watched.execute("UPDATE t SET id = id + 1")
    assert apply(state, watched.url, Options()).error is None


def test_what_a_valid_object_evaluates_already_is_checked(watched: Database, mallory: str, tmp_path: Path) -> None:
    """An existing index becomes unique. Its function belongs to a trusted role, then to another one."""
    watched.execute("CREATE INDEX i ON t (public.liar(id))")
    text = 'tables: {t: {indexes: {i: {columns: [{expression: "public.liar(id)"}], unique: true}}}}'
    state = desired(tmp_path, text)
    assert results(reconciler.plan(state, watched.url)) == ["failed", "passed"]
    watched.execute(f"ALTER FUNCTION liar(int) OWNER TO {mallory}")
    before = calls(watched)
    assert results(reconciler.plan(state, watched.url)) == ["not run"] * 2
    assert calls(watched) == before


def scans(database: Database) -> int:
    calls(database)  # waits until all sessions have reported
    return int(database.value("SELECT sum(seq_scan) FROM pg_stat_user_tables WHERE relname = 't'"))


def test_no_data_checks_sends_no_query_to_user_tables(watched: Database, tmp_path: Path) -> None:
    state, before = check_of(tmp_path, "id > 0"), scans(watched)
    plan = reconciler.plan(state, watched.url, options=Options(data_checks=False))
    assert results(plan) == ["not run"]
    assert "unchecked-data" in hazards(plan)
    assert scans(watched) == before
    violated = check_of(tmp_path, "id > 1")
    with pytest.raises(Refused, match="after the approval"):
        apply(violated, watched.url, Options(data_checks=False))
    before = scans(watched)
    reconciler.plan(state, watched.url)
    assert scans(watched) > before


def test_a_role_without_select_plans_without_looking_at_rows(
    watched: Database, mallory: str, tmp_path: Path
) -> None:
    """The role owns the table but may not read it: the plan is not refused, and the checks count as not run."""
    watched.execute(f"ALTER TABLE t OWNER TO {mallory}; REVOKE SELECT ON t FROM {mallory}")
    text = 'tables: {t: {checks: {c: "id > 0"}, not_null: [id], indexes: {i: {columns: [b], where: "id > 0"}}}}'
    plan = reconciler.plan(desired(tmp_path, text), watched.url_as(mallory))
    assert [one.cause for one in plan.refusals] == []
    assert results(plan) == ["not run"] * 3
    assert f"role {mallory} may not read public.t" in hazards(plan)


# --- Other roles ---------------------------------------------------------------------------------------------------


def test_operators_and_functions_that_shadow_built_in_ones(watched: Database, mallory: str, tmp_path: Path) -> None:
    """Another role creates operators and functions in public that match varchar better than the built-in ones.

    A superuser plans. They must not be called, and the data checks run with PostgreSQL's own.
    """
    with psycopg.connect(watched.url_as(mallory), autocommit=True) as connection:
        connection.execute("""
            CREATE FUNCTION public.same(varchar, varchar) RETURNS bool LANGUAGE plpgsql AS $$ BEGIN RETURN true; END $$;
            CREATE OPERATOR public.= (LEFTARG = varchar, RIGHTARG = varchar, FUNCTION = public.same);
            CREATE FUNCTION public.joined(text, varchar) RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN ''; END $$;
            CREATE OPERATOR public.|| (LEFTARG = text, RIGHTARG = varchar, FUNCTION = public.joined);
            CREATE FUNCTION public.lower(varchar) RETURNS text IMMUTABLE LANGUAGE plpgsql
                AS $$ BEGIN RETURN 'x'; END $$""")
    watched.execute("CREATE TABLE p (b varchar(10) PRIMARY KEY)")
    text = (
        'tables: {t: {checks: {c: "lower(b) = b"}, foreign_keys: {f: {columns: b, references: p}}, unique: {u: b}}}'
    )
    plan = reconciler.plan(desired(tmp_path, text), watched.url, options=Options(samples=5))
    found = {finding.key.name: (finding.result.value, finding.count) for finding in plan.findings}
    assert found == {"c": ("not run", None), "f": ("failed", 2), "u": ("failed", 1)}
    assert calls(watched) == 0


def test_a_plan_as_superuser_says_so(watched: Database, mallory: str, tmp_path: Path) -> None:
    state = desired(tmp_path, "tables: {simple: {not_null: [id]}}")
    assert [one.rule for one in reconciler.plan(state, watched.url).notes] == ["superuser"]
    rules = {one.rule for one in reconciler.plan(state, watched.url_as(mallory)).notes}
    assert "superuser" not in rules


def test_the_operator_of_the_type_decides_and_not_the_path(watched: Database, tmp_path: Path) -> None:
    """citext has its own operator, in the schema of the extension: it finds values that differ only in case."""
    watched.execute("""
        CREATE SCHEMA ext; CREATE EXTENSION citext SCHEMA ext;
        CREATE TABLE parent (mail ext.citext PRIMARY KEY); INSERT INTO parent VALUES ('a@b');
        CREATE TABLE child (mail ext.citext); INSERT INTO child VALUES ('A@B'), ('c@d')""")
    state = desired(tmp_path, "tables: {child: {foreign_keys: {f: {columns: mail, references: parent}}}}")
    assert [one.count for one in reconciler.plan(state, watched.url).findings] == [1]


OTHERS = {
    "index expression": "CREATE INDEX ON m ((public.liar(1) + id))",
    "index predicate": "CREATE INDEX ON m (id) WHERE public.liar(1) = id",
    "statistics": "CREATE STATISTICS st ON (public.liar(1) + id) FROM m; ANALYZE m",
    "key of a partition": "CREATE TABLE part (id int, v text) PARTITION BY RANGE ((public.liar(1) + id));"
    "DROP TABLE m; ALTER TABLE part RENAME TO m;"
    "CREATE TABLE m_1 PARTITION OF m FOR VALUES FROM (1) TO (9)",
    "check of a partition": "CREATE TABLE part (id int, v text) PARTITION BY RANGE (id);"
    "DROP TABLE m; ALTER TABLE part RENAME TO m;"
    "CREATE TABLE m_1 PARTITION OF m FOR VALUES FROM (1) TO (9);"
    "ALTER TABLE m_1 ADD CHECK (public.liar(1) + id > 0)",
}


@pytest.mark.parametrize("where", OTHERS)
def test_code_in_the_table_of_another_role(watched: Database, mallory: str, tmp_path: Path, where: str) -> None:
    """Query planning evaluates constant parts of expressions that the table's owner has created.

    Another role owns the table and the function; a superuser plans. The function must not be called, and the plan says
    how to check the rows.
    """
    watched.execute(f"ALTER FUNCTION liar(int) OWNER TO {mallory}")
    with psycopg.connect(watched.url_as(mallory), autocommit=True) as connection:
        connection.execute("CREATE TABLE public.m (id int, v text); INSERT INTO public.m VALUES (1, 'x')")
        connection.execute(f"SET search_path = public; {OTHERS[where]}".encode())
    before = calls(watched)
    state = desired(tmp_path, "tables: {m: {not_null: [v], checks: {c: \"v <> '' AND id = 1\"}}}")
    plan = reconciler.plan(state, watched.url, options=Options(samples=5))
    assert calls(watched) == before
    assert set(results(plan)) == {"not run"}
    assert f"connect as {mallory}, or as a role that only reads and with --trust-role {mallory}" in hazards(plan)
    assert set(results(reconciler.plan(state, watched.url_as(mallory)))) == {"passed"}
    options = Options(trusted_roles=frozenset({mallory}))
    assert set(results(reconciler.plan(state, watched.url, options=options))) == {"passed"}


@pytest.mark.pg(">= 18")
def test_a_virtual_column_in_the_table_of_another_role(watched: Database, mallory: str, tmp_path: Path) -> None:
    """PostgreSQL 18 allows no users' functions in virtual columns, but casts to domains whose checks call them."""
    with psycopg.connect(watched.url_as(mallory), autocommit=True) as connection:
        connection.execute("CREATE TABLE public.m (id int, v int GENERATED ALWAYS AS (id + 1) VIRTUAL)")
        connection.execute("INSERT INTO public.m VALUES (1)")
    state = desired(tmp_path, 'tables: {m: {checks: {c: "id > 0"}}}')
    assert results(reconciler.plan(state, watched.url)) == ["passed"]


def test_a_view_of_another_role_that_replaces_a_table(watched: Database, mallory: str, tmp_path: Path) -> None:
    """The rows of a dropped table are compared with those of a view in which another role has put code."""
    watched.execute(f"ALTER FUNCTION liar(int) OWNER TO {mallory}; GRANT SELECT ON t TO {mallory}")
    with psycopg.connect(watched.url_as(mallory), autocommit=True) as connection:
        connection.execute("CREATE VIEW public.v AS SELECT liar(id) FROM public.t WHERE liar(1) > 0")
    watched.execute("CREATE TABLE leftover (a int)")
    state = desired(tmp_path, "dropped_tables: {leftover: {replaced_by: v}}")
    plan = reconciler.plan(state, watched.url)
    assert calls(watched) == 0
    assert results(plan) == ["not run"]
    with pytest.raises(Refused):
        raise apply(state, watched.url, Options()).error or AssertionError("it was applied")
    assert calls(watched) == 0


# --- Ordinary life -------------------------------------------------------------------------------------------------

ORDINARY = [
    "length(name) > 0",
    "status IN ('open', 'closed')",
    "short IN ('open', 'closed')",
    "mood IN ('ok', 'happy')",
    "lower(email) = email",
    "lower(short) = short",
    "lower(mail) = mail",
    "mail <> ''",
    "created_at <= now()",
    "created_at <= current_timestamp AND d <= current_date",
    "created_at < now() + interval '1 day'",
    "email ~ '^[^@]+@[^@]+$'",
    "(payload->>'n')::int > 0",
    "payload ? 'n' AND jsonb_typeof(payload) = 'object'",
    "tags <> '{}' AND cardinality(tags) < 10",
    "amount::numeric(10,2) = amount AND GREATEST(amount, 1) > 0",
    "date_trunc('day', created_at) <= now() AND to_char(created_at, 'YYYY') > '1999'",
    "coalesce(name, status) IS DISTINCT FROM 'x' AND CASE WHEN id > 0 THEN true ELSE false END",
    "name || id <> ''",
    "(id, name) <> (0, 'x') AND num_nonnulls(id, name) = 2",
    "upper(during) > 0 AND NOT isempty(during)",
    "address ~ '@'",
    "similarity(name, 'n') > 0 AND name % 'n'",
    "split_part(mail, '@', 2) <> '' AND mail LIKE '%@%'",
    "mood >= 'ok' AND (payload->>'m')::mood IS NULL",
    "(payload->>'at')::timestamptz IS NULL AND payload @? '$.n' AND payload #>> '{n}' <> ''",
    "'x' = ANY (tags) AND tags <@ ARRAY['x', 'y'] AND array_position(tags, NULL) IS NULL",
    "created_at AT TIME ZONE 'UTC' < now() AT TIME ZONE 'UTC' + interval '1 h' AND extract(epoch FROM created_at) > 0",
    "id IN (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11) AND LEAST(id, 5) = id",
    "pg_column_size(payload) < 1000",
]


@pytest.fixture
def ordinary(database: Database) -> Database:
    database.execute("""
        CREATE EXTENSION citext; CREATE EXTENSION pg_trgm;
        CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
        CREATE DOMAIN address AS text CHECK (VALUE ~ '@');
        CREATE TABLE u (id int, name text, status text, short varchar(20), mood mood, email text, mail citext,
                        created_at timestamptz, d date, payload jsonb, tags text[], during numrange, amount numeric,
                        address address);
        INSERT INTO u VALUES (1, 'n', 'open', 'open', 'ok', 'a@b', 'a@b', now(), '2020-01-01', '{"n": 1}', '{x}',
                              '[1,2)', 5, 'a@b')""")
    return database


def test_ordinary_checks_are_checked_by_default(ordinary: Database, tmp_path: Path) -> None:
    checks = "\n".join(f"      c{n}: {json.dumps(expression)}" for n, expression in enumerate(ORDINARY))
    plan = reconciler.plan(desired(tmp_path, f"tables:\n  u:\n    checks:\n{checks}\n"), ordinary.url)
    assert [one.cause for one in plan.refusals] == []
    found = {one.key.name: (one.result.value, one.reason) for one in plan.findings}
    assert found == {f"c{n}": ("passed", "") for n in range(len(ORDINARY))}
    assert hazards(plan) == ""


def test_ordinary_indexes_are_tried_out_by_default(ordinary: Database, tmp_path: Path) -> None:
    text = """
        tables:
          u:
            indexes:
              i1: {columns: [{column: name, opclass: gin_trgm_ops}], using: gin}
              i2: {columns: [{expression: lower(email)}], unique: true}
              i3: {columns: [{expression: "to_tsvector('english', name)"}], using: gin}
              i4: {columns: [id], where: "status = 'open'", unique: true}
              i5: {columns: [{expression: lower(mail)}]}"""
    plan = reconciler.plan(desired(tmp_path, textwrap.dedent(text).lstrip()), ordinary.url)
    assert ([one.cause for one in plan.refusals], hazards(plan)) == ([], "")
    assert results(plan) == ["passed"] * 6


def test_postgis_functions_are_listed(ordinary: Database, tmp_path: Path) -> None:
    if not ordinary.value("SELECT EXISTS (SELECT FROM pg_available_extensions WHERE name = 'postgis')"):
        pytest.skip("no PostGIS on this machine")
    ordinary.execute("CREATE EXTENSION postgis; CREATE TABLE g (geom geometry)")
    state = desired(tmp_path, "tables: {g: {checks: {c: ST_IsValid(geom)}}}")
    assert results(reconciler.plan(state, ordinary.url)) == ["passed"]
