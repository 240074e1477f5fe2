"""A plan calls no function that PostgreSQL calls implicitly, without its name in the expression.

Another role has created what leads to the function: an operator with its own negator, a range with its own functions, a
domain whose oid is passed to an input function. The functions have a setting, because PostgreSQL counts calls by its
own C code only for such functions.
"""

from __future__ import annotations

import textwrap
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

import reconciler
from reconciler.model.options import Options
from tests.attack.test_functions import calls, check_of, hazards, results
from tests.execution.support import desired, wait_until
from tests.servers import Database

pytestmark = [pytest.mark.ends, pytest.mark.newest_by_day]

EVIL = """CREATE FUNCTION evil({0}, {0}) RETURNS {1} IMMUTABLE LANGUAGE plpgsql SET work_mem = '4MB'
          AS $$ BEGIN RETURN {2}; END $$;"""


@pytest.fixture
def role(database: Database) -> Iterator[str]:
    """Return another role of the database, which may create objects in public, as every role may before 15."""
    name = f"trudy_{database.name}"
    database.execute(f"ALTER DATABASE {database.name} SET track_functions = 'all'")
    database.execute(f"CREATE ROLE {name} LOGIN; GRANT CREATE, USAGE ON SCHEMA public TO {name}")
    database.execute(
        "CREATE TABLE t (id int); INSERT INTO t SELECT n % 3 FROM generate_series(1, 500) n; ANALYZE t"
    )
    yield name
    database.execute(f"DROP OWNED BY {name} CASCADE; DROP ROLE {name}")


def execute_as(database: Database, role: str, script: str) -> None:
    with psycopg.connect(database.url_as(role), autocommit=True) as connection:
        connection.execute(script.encode())


@pytest.mark.parametrize(
    "expression", ["NOT (id OPERATOR(public.<!>) 5)", "id OPERATOR(public.<!>) 5", "5 OPERATOR(public.<!>) id"]
)
def test_the_negator_and_the_commutator_of_an_operator(
    database: Database, role: str, tmp_path: Path, expression: str
) -> None:
    """The operator's function is PostgreSQL's own; its negator and commutator belong to another role.

    The query planner replaces NOT (a <!> b), and estimates with them. A superuser plans. They must not be called.
    """
    execute_as(
        database,
        role,
        EVIL.format("int", "bool", "true")
        + """CREATE OPERATOR === (LEFTARG = int, RIGHTARG = int, FUNCTION = evil);
             CREATE OPERATOR !== (LEFTARG = int, RIGHTARG = int, FUNCTION = evil);
             CREATE OPERATOR <!> (LEFTARG = int, RIGHTARG = int, FUNCTION = int4ne, NEGATOR = ===, COMMUTATOR = !==,
                                  RESTRICT = neqsel)""",
    )
    plan = reconciler.plan(check_of(tmp_path, expression), database.url, options=Options(samples=5))
    assert (results(plan), calls(database)) == (["not run"], 0)
    assert "it would call public.evil(integer,integer)" in hazards(plan)


@pytest.mark.parametrize(
    "expression",
    [
        "domain_in('1', {address}, -1) IS NOT NULL",
        "domain_in(id::text::cstring, {address}, -1) IS NOT NULL",
        "array_in('{{1}}', {address}, -1)::text <> ''",
        "record_in('(1)', {pair}, -1) IS NOT NULL",
        "range_in('[1,2]', {span}, -1) IS NOT NULL",
    ],
)
def test_an_input_function_that_gets_the_oid_of_a_type(
    database: Database, role: str, tmp_path: Path, expression: str
) -> None:
    """Input functions are harmless in casts, but called by name they accept the oid of any type as a number.

    A superuser plans. The domain's check must not be evaluated.
    """
    execute_as(
        database,
        role,
        EVIL.format("int", "bool", "true")
        + """CREATE DOMAIN address AS int CHECK (evil(VALUE, 1)); CREATE TYPE pair AS (a address);
             CREATE TYPE span AS RANGE (subtype = address)""",
    )
    oids = {one: database.value(f"SELECT '{one}'::regtype::oid::int8") for one in ("address", "pair", "span")}
    plan = reconciler.plan(check_of(tmp_path, expression.format(**oids)), database.url, options=Options(samples=5))
    assert (results(plan), calls(database)) == (["not run"], 0)


def test_the_difference_function_of_a_range(database: Database, role: str, tmp_path: Path) -> None:
    """The query planner estimates overlaps of ranges with this function. Another role has created the type.

    A superuser plans. The function must not be called.
    """
    script = EVIL.format("int", "float8", "1") + "CREATE TYPE span AS RANGE (subtype = int, subtype_diff = evil)"
    execute_as(database, role, script)
    database.execute(
        "CREATE TABLE q (r span); INSERT INTO q SELECT span(n, n + 5) FROM generate_series(1, 500) n; ANALYZE q"
    )
    before = calls(database)
    plan = reconciler.plan(check_of(tmp_path, "NOT (r && '[1,2]')", "q"), database.url, options=Options(samples=5))
    assert (results(plan), calls(database)) == (["not run"], before)
    assert "it would call public.evil(integer,integer)" in hazards(plan)


def test_the_comparison_of_a_range(database: Database, role: str, tmp_path: Path) -> None:
    """Parsing a constant of a range compares its bounds, with a function in the operator class of another role.

    A superuser plans. The function must not be called.
    """
    execute_as(database, role, EVIL.format("int", "int", "btint4cmp($1, $2)"))
    database.execute("""
       CREATE OPERATOR CLASS other_ops FOR TYPE int USING btree AS OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =,
           OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 evil(int, int);
       CREATE TYPE span AS RANGE (subtype = int, subtype_opclass = other_ops);
       CREATE TABLE q (r span)""")
    plan = reconciler.plan(check_of(tmp_path, "r <> '[1,2]'", "q"), database.url, options=Options(samples=5))
    assert calls(database) == 0
    assert ([one.rule for one in plan.refusals], "not-tried" in hazards(plan)) == ([], True)


def test_an_owner_who_lets_the_query_wait(database: Database, role: str, tmp_path: Path) -> None:
    """The owner of a table locks a partition so that a superuser's plan waits, and adds an index with a function.

    Then the owner releases the lock, and the expressions that were read before are outdated. The function must not be
    called.
    """
    execute_as(
        database,
        role,
        EVIL.format("int", "int", "1")
        + """CREATE TABLE m (id int) PARTITION BY RANGE (id);
             CREATE TABLE m_1 PARTITION OF m FOR VALUES FROM (0) TO (9); INSERT INTO m VALUES (1)""",
    )
    state, found = check_of(tmp_path, "id > 0", "m"), list[str]()
    with psycopg.connect(database.url_as(role)) as owner:
        owner.execute("LOCK TABLE m_1 IN ACCESS EXCLUSIVE MODE")
        thread = threading.Thread(target=lambda: found.extend(results(reconciler.plan(state, database.url))))
        thread.start()
        waiting = "SELECT count(*) FROM pg_locks WHERE relation = 'm_1'::regclass AND NOT granted"
        wait_until(lambda: database.value(waiting) == 1, "the plan to wait")
        owner.execute("CREATE INDEX ON m_1 ((evil(1, 1) + id))")
    thread.join()
    assert found == ["not run"]


def test_a_constant_that_takes_long(database: Database, tmp_path: Path) -> None:
    """Creating an index on the empty copy computes constant parts of its expression.

    A data check's time limit must end it.
    """
    database.execute("CREATE TABLE s (id int)")
    slow = "length(regexp_replace(repeat('ab', 10000000), 'a', 'c', 'g'))"
    state = desired(tmp_path, f"tables:\n  s:\n    indexes:\n      i:\n        - expression: id + {slow}\n")
    began = time.monotonic()
    plan = reconciler.plan(state, database.url, options=Options(check_timeout=timedelta(seconds=1)))
    assert time.monotonic() - began < 15
    assert "not-tried" in hazards(plan)


def test_an_ordinary_range_of_the_database_is_checked(database: Database, tmp_path: Path) -> None:
    database.execute("CREATE TYPE hours AS RANGE (subtype = time); CREATE TABLE q (r hours, a time)")
    database.execute("INSERT INTO q VALUES ('[08:00,10:00)', '08:00')")
    text = """
        tables:
          q:
            checks:
              c1: "NOT isempty(r) AND upper(r) <= '18:00' AND r && '[08:00,09:00)'"
              c2: "hours(a, '10:00', '[]') && r"
            exclusions: {x: {using: gist, elements: [{column: r, operator: "&&"}]}}"""
    plan = reconciler.plan(desired(tmp_path, textwrap.dedent(text).lstrip()), database.url)
    assert (results(plan), hazards(plan)) == (["passed"] * 3, "")
