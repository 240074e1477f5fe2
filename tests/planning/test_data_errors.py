"""Data checks have the same result as the constraint: an error refuses, and values are compared by its operators."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

import reconciler
from reconciler.model.errors import Refused
from reconciler.model.guard import GuardResult
from reconciler.model.options import Options
from reconciler.report import render_text, report_of
from tests.planning.test_trials import assert_applies, desired, hazards, refused
from tests.servers import Database

pytestmark = pytest.mark.ends_by_day


def results(database: Database, folder: Path, text: str) -> dict[str, str]:
    """Return the results of the data checks, by the kind and name of their objects."""
    plan = reconciler.plan(desired(folder, text), database.url, options=Options(samples=3))
    return {f"{one.key.kind} {one.key.name} {one.guard.id}": one.result.value for one in plan.findings}


def test_an_error_on_the_rows_refuses(database: Database, tmp_path: Path) -> None:
    """For checks, unique and ordinary expression indexes alike, if the predicate selects the row."""
    database.execute("""
        CREATE TABLE inbox (id int PRIMARY KEY, payload jsonb, qty text, kind text);
        INSERT INTO inbox VALUES (1, '{"n": "12"}', '4', 'number'), (2, '{"n": "abc"}', '0', 'text')""")
    text = """  inbox:
    checks: {n: "(payload->>'n')::int > 0", div: "10 / qty::int > 0"}
    indexes:
      unique_n: {columns: [{expression: "(payload->>'n')::int"}], unique: true}
      plain_n: {columns: [{expression: "(payload->>'n')::int"}]}
      hash_n: {columns: [{expression: "(payload->>'n')::int"}], using: hash}
      part_n: {columns: [{expression: "(payload->>'n')::int"}], where: kind = 'number'}
      part_u: {columns: [{expression: "(payload->>'n')::int"}], where: kind = 'number', unique: true}
      where_n: {columns: id, where: "(payload->>'n')::int > 0"}
    exclusions:
      x: {elements: [{expression: "(payload->>'n')::int", operator: "="}], where: kind = 'number'}
"""
    state = desired(tmp_path, text)
    plan = reconciler.plan(state, database.url)
    assert {(one.rule, one.key.name) for one in plan.refusals if one.key is not None} == {
        ("data-check-failed", name) for name in ("n", "div", "unique_n", "plain_n", "hash_n", "where_n")
    } | {("hazard-not-accepted", "x")}
    assert {one.cause.rsplit("SQLSTATE ", 1)[1] for one in plan.refusals if one.rule == "data-check-failed"} == {
        "22P02)",
        "22012)",
    }
    assert "unchecked-data" not in str(hazards(plan))
    assert {one.finding.samples.up_to(5) for one in plan.refusals if one.finding} == {()}
    shown = reconciler.plan(state, database.url, options=Options(samples=5))
    samples = [one.finding.samples.up_to(5) for one in shown.refusals if one.finding]
    assert samples == [("id=2",)] * 6
    printed = render_text(report_of(shown), samples=5)
    assert printed.count("id=2") == 6
    assert "see all" not in printed
    assert "id=2" not in render_text(report_of(shown))
    database.execute("DELETE FROM inbox WHERE id = 2")
    assert_applies(desired(tmp_path, text, "{allow: [blocking-build]}"), database.url)


def test_whole_rows_and_names_that_a_query_of_the_tool_uses(database: Database, tmp_path: Path) -> None:
    """The table's name can mean the row; tables and columns may have the names of aliases in a data check."""
    database.execute("""
        CREATE TABLE r (p int, k1 int, rows int, d int, v int, value text);
        CREATE FUNCTION ok(r) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT $1.p > 0 $$;
        INSERT INTO r VALUES (1, 1, 1, 1, 1, 'x'), (-1, 1, 1, 1, 1, 'x'), (2, 2, 1, NULL, 1, 'x')""")
    text = """  r:
    checks: {row: ok(r), star: "r.* IS NOT NULL", same: r.p = p}
    indexes: {two: {columns: [k1, {expression: rows + d}], unique: true}, three: {columns: [{expression: ok(r)}]}}
    unique: {u: [v, value]}
    exclusions: {x: {elements: [{expression: k1 + r.rows, operator: "="}], where: ok(r)}}
"""
    state = desired(tmp_path, text, "{allow: [blocking-build]}")
    plan = reconciler.plan(state, database.url, options=Options(trust_file=True))
    found = {one.key.name: (one.result, one.count) for one in plan.findings if one.guard.id != "large-keys"}
    assert found == {
        "row": (GuardResult.FAILED, 1),
        "star": (GuardResult.FAILED, 1),
        "same": (GuardResult.PASSED, 0),
        "two": (GuardResult.FAILED, 1),
        "u": (GuardResult.FAILED, 1),
        "x": (GuardResult.PASSED, 0),
    }


def test_foreign_keys_compare_as_postgresql_does(database: Database, tmp_path: Path) -> None:
    """By the operators of the key's family, with its casts, under its collation; domains count as their base type."""
    database.execute("""
        CREATE DOMAIN short AS char(5);
        CREATE TABLE code (c char(5) PRIMARY KEY, n int UNIQUE, t text COLLATE "C" UNIQUE);
        INSERT INTO code VALUES ('x', 1, 'de');
        CREATE TABLE uses (id int PRIMARY KEY, c text, v varchar(10), s short, n bigint, t text COLLATE "POSIX",
                           bad text COLLATE "POSIX", worse text);
        INSERT INTO uses VALUES (1, 'x ', 'x ', 'x', 1, 'de', 'fr', 'y ')""")
    text = """  uses:
    foreign_keys:
      u_c: {columns: c, references: code(c)}
      u_v: {columns: v, references: code(c)}
      u_s: {columns: s, references: code(c)}
      u_n: {columns: n, references: code(n)}
      u_t: {columns: t, references: code(t)}
"""
    found = results(database, tmp_path, text + "      bad: {columns: bad, references: code(t)}\n"
                    "      worse: {columns: worse, references: code(c)}\n")  # fmt: skip
    failed = {name.split()[1] for name, result in found.items() if result == "failed"}
    assert (failed, set(found.values())) == ({"bad", "worse"}, {"passed", "failed"})
    assert_applies(desired(tmp_path, text), database.url)


def test_unique_indexes_compare_by_their_operator_class(database: Database, tmp_path: Path) -> None:
    """An operator class of another type distinguishes values that the type's own treats as equal."""
    database.execute("""
        CREATE EXTENSION citext; CREATE TABLE u (id int, mail citext, code varchar(9));
        INSERT INTO u VALUES (1, 'a@b', 'x'), (2, 'A@B', 'y'), (3, 'c@d', 'z')""")
    own = "  u: {indexes: {i: {columns: [mail], unique: true}}}\n"
    assert results(database, tmp_path, own) == {"index i duplicates": "failed"}
    other = own.replace(
        "[mail]", "[{column: mail, opclass: text_ops}, {column: code, opclass: varchar_pattern_ops}]"
    )
    assert results(database, tmp_path, other) == {"index i duplicates": "passed"}
    assert_applies(desired(tmp_path, other), database.url)


def test_row_security_that_hides_rows_from_the_owner(database: Database, tmp_path: Path) -> None:
    role = f"owner_{database.name}"
    database.execute(f"""
        CREATE ROLE {role} LOGIN; GRANT CREATE ON SCHEMA public TO {role};
        CREATE TABLE doc (id int PRIMARY KEY, tenant int, body text); CREATE TABLE open (id int);
        ALTER TABLE doc ENABLE ROW LEVEL SECURITY; ALTER TABLE doc FORCE ROW LEVEL SECURITY;
        ALTER TABLE doc OWNER TO {role}; ALTER TABLE open OWNER TO {role}; INSERT INTO doc VALUES (1, 1, 'a')""")
    try:
        state = desired(
            tmp_path, "  doc: {not_null: [tenant], checks: {body: length(body) < 9}}\n  open: {not_null: id}\n"
        )
        plan = reconciler.plan(state, database.url_as(role))
        assert [one.rule for one in plan.refusals] == ["data-check-failed"] * 2
        assert "row security hides rows" in plan.refusals[0].cause
        assert "BYPASSRLS" in plan.refusals[0].remedy
        database.execute(f"ALTER ROLE {role} BYPASSRLS")
        assert_applies(state, database.url_as(role))
    finally:
        database.execute(f"DROP OWNED BY {role} CASCADE; DROP ROLE {role}")


def test_keys_that_may_be_too_large_are_a_hazard(database: Database, tmp_path: Path) -> None:
    database.execute("""
        CREATE TABLE t (id int, a text, b text);
        INSERT INTO t SELECT n, repeat('x', 1500), repeat('y', 100 * n) FROM generate_series(1, 13) n""")
    key = 'columns: [{expression: "a || b"}]'
    text = f"  t: {{indexes: {{i: {{{key}}}, j: {{{key}, using: hash}}}}}}\n"
    plan = reconciler.plan(desired(tmp_path, text), database.url)
    assert not plan.refused
    assert [one.split(":")[:2] for one in hazards(plan)] == [
        ["large-keys", " 2 rows in public.t with a key of more than 2,690 bytes in i"]
    ]
    database.execute("""
        CREATE TABLE w (id int, a text, b varchar(500), c text); CREATE TABLE empty (a text);
        ALTER TABLE w ALTER c SET STORAGE EXTERNAL;
        INSERT INTO w VALUES (1, 'x', 'y', repeat('z', 3000)); INSERT INTO empty VALUES ('x')""")
    text = "  w: {indexes: {i: [id, c], j: b, k: {columns: id, include: c}}, unique: {u: c}}\n"
    text += "  empty: {indexes: {e: a}}\n"
    plan = reconciler.plan(desired(tmp_path, text), database.url)
    checked = [(one.key.name, one.count) for one in plan.findings if one.guard.id == "large-keys"]
    assert sorted(checked) == [("i", 1), ("k", 1), ("u", 1)]


def test_each_index_method_has_a_largest_value(database: Database, tmp_path: Path) -> None:
    """What the hazard names fails; short values, and operator classes that store something short, have no hazard."""
    database.execute("""
        CREATE TABLE large (a text, b text[], c tsvector, d jsonb);
        CREATE TABLE short (LIKE large);
        INSERT INTO large SELECT v, ARRAY[v], to_tsvector(v), to_jsonb(v)
          FROM (SELECT string_agg(md5(n::text), ' ' ORDER BY n) AS v FROM generate_series(1, 600) n) _;
        INSERT INTO short SELECT left(v, 2000), string_to_array(v, ' '), to_tsvector(v), to_jsonb(v) FROM (
            SELECT string_agg(md5(n::text), ' ' ORDER BY n) AS v FROM generate_series(1, 600) n) _""")
    text = "".join(
        f"  {table}:\n    indexes:\n      {table}_a: {{using: brin, columns: a}}\n"
        f"      {table}_bloom: {{using: brin, columns: {{column: a, opclass: text_bloom_ops}}}}\n"
        f"      {table}_b: {{using: gin, columns: b}}\n      {table}_c: {{using: gist, columns: c}}\n"
        f"      {table}_d: {{using: gin, columns: d}}\n"
        for table in ("large", "short")
    )
    state = desired(tmp_path, text)
    plan = reconciler.plan(state, database.url)
    assert refused(plan) == []
    assert {one.split(":")[1] for one in hazards(plan)} == {
        " 1 row in public.large with a key of more than 4,050 bytes in large_a",
        " 1 row in public.large with a key of more than 2,690 bytes in large_b",
    }
    failed = reconciler.apply(state, database.url, approve=lambda _: True).error
    assert isinstance(failed, reconciler.StepFailed)
    assert "shorten the values" in failed.hint


def test_only_a_real_timeout_is_unchecked(database: Database, tmp_path: Path) -> None:
    """However short the limit is, only the rows exceed it."""
    database.execute("CREATE TABLE t (id int); INSERT INTO t SELECT generate_series(1, 300000)")
    text = "  t: {checks: {c: id > 0}, unique: {u: id}, indexes: {i: [{expression: 10 / id}]}}\n"
    state = desired(tmp_path, text)
    for _ in range(5):
        plan = reconciler.plan(state, database.url, options=Options(check_timeout=timedelta(milliseconds=1)))
        assert {one.result for one in plan.findings} == {GuardResult.TIMED_OUT}
        assert (refused(plan), len(hazards(plan))) == ([], 3)
    printed = render_text(report_of(plan))
    assert len([line for line in printed.splitlines() if line.strip().startswith("check    SELECT")]) == 3


def test_a_function_that_fails_after_the_approval_is_named_as_such(database: Database, tmp_path: Path) -> None:
    """It is not reported as a violation."""
    database.execute("""
        CREATE TABLE t (a int);
        INSERT INTO t VALUES (0);
        CREATE FUNCTION shares(int) RETURNS int LANGUAGE sql IMMUTABLE AS $$ SELECT 10 / $1 $$""")
    state = desired(tmp_path, "  t: {indexes: {i: [{expression: shares(a)}]}}")
    with pytest.raises(Refused) as caught:
        reconciler.apply(state, database.url, approve=lambda _: True)
    assert (caught.value.rule, "division by zero" in caught.value.message) == ("data-check-failed", True)
    assert "correct the rows" in (caught.value.hint or "")


def test_values_of_composite_types_are_null_only_as_a_whole(database: Database, tmp_path: Path) -> None:
    """Constraints and indexes do not check the fields, as IS NOT NULL does."""
    database.execute("""
        CREATE TYPE pair AS (x int, y text);
        CREATE DOMAIN small AS pair;
        CREATE TABLE t (id int, w pair, d small);
        INSERT INTO t VALUES (1, ROW(1, NULL), ROW(NULL, NULL)), (2, ROW(1, NULL), ROW(NULL, 'a'))""")
    unique = (
        "  t: {unique: {by_w: w, by_d: d}, indexes: {i: {columns: [{expression: 'coalesce(w, d)'}], unique: true}}}"
    )
    assert results(database, tmp_path, unique) == {
        "unique by_w duplicates": "failed",
        "unique by_d duplicates": "passed",
        "index i duplicates": "failed",
        "index i large-keys": "passed",
    }
    assert_applies(desired(tmp_path, "  t: {not_null: [w, d], unique: {by_d: d}}"), database.url)
    database.execute(
        "INSERT INTO t VALUES (3, ROW(1, NULL), ROW(1, NULL)); CREATE TABLE u AS SELECT NULL::pair AS w"
    )
    assert results(database, tmp_path, "  u: {not_null: w}") == {"not_null w nulls": "failed"}


def test_unique_indexes_compare_by_operator_classes_of_users(database: Database, tmp_path: Path) -> None:
    """They may treat other values as equal than the type of the column does."""
    database.execute("""
        CREATE TYPE pair AS (x numeric, y text);
        CREATE FUNCTION lt(int, int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 % 10 < $2 % 10';
        CREATE FUNCTION eq(int, int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 % 10 = $2 % 10';
        CREATE FUNCTION gt(int, int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 % 10 > $2 % 10';
        CREATE FUNCTION digit(int, int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 % 10 - $2 % 10';
        CREATE OPERATOR <# (LEFTARG = int, RIGHTARG = int, FUNCTION = lt);
        CREATE OPERATOR =# (LEFTARG = int, RIGHTARG = int, FUNCTION = eq, MERGES);
        CREATE OPERATOR ># (LEFTARG = int, RIGHTARG = int, FUNCTION = gt);
        CREATE OPERATOR CLASS digit_ops FOR TYPE int USING btree
            AS OPERATOR 1 <#, OPERATOR 3 =#, OPERATOR 5 >#, FUNCTION 1 digit(int, int);
        CREATE TABLE t (a int, b int, w pair);
        INSERT INTO t VALUES (1, 1, ROW(1.0, 'a')), (11, 2, ROW(1.00, 'a'))""")
    text = """  t:
    indexes:
      by_a: {columns: {column: a, opclass: digit_ops}, unique: true}
      by_b: {columns: [{column: b, opclass: digit_ops}, {column: a, opclass: digit_ops}], unique: true}
      by_w: {columns: w, unique: true}
      by_image: {columns: {column: w, opclass: record_image_ops}, unique: true}
"""
    found = results(database, tmp_path, text)
    assert {name: result for name, result in found.items() if name.endswith("duplicates")} == {
        "index by_a duplicates": "failed",
        "index by_b duplicates": "passed",
        "index by_w duplicates": "failed",
        "index by_image duplicates": "passed",
    }


def test_foreign_keys_compare_by_the_operator_class_of_the_key(database: Database, tmp_path: Path) -> None:
    """It may treat more or fewer values as equal than the type of the column does."""
    database.execute("""
        CREATE EXTENSION citext;
        CREATE FUNCTION lt(int, int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 % 10 < $2 % 10';
        CREATE FUNCTION eq(int, int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 % 10 = $2 % 10';
        CREATE FUNCTION digit(int, int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 % 10 - $2 % 10';
        CREATE OPERATOR <# (LEFTARG = int, RIGHTARG = int, FUNCTION = lt);
        CREATE OPERATOR =# (LEFTARG = int, RIGHTARG = int, FUNCTION = eq, MERGES);
        CREATE OPERATOR CLASS digit_ops FOR TYPE int USING btree
            AS OPERATOR 1 <#, OPERATOR 3 =#, FUNCTION 1 digit(int, int);
        CREATE TABLE t (a int, b int, c citext, m int UNIQUE);
        CREATE UNIQUE INDEX by_a ON t (a digit_ops); CREATE UNIQUE INDEX by_c ON t (c text_ops);
        CREATE UNIQUE INDEX also ON t (m digit_ops);
        INSERT INTO t VALUES (1, 1, 'x', 1);
        CREATE TABLE u (a int, b int, c text, d citext, e citext, m int);
        INSERT INTO u VALUES (21, 21, 'x', 'x', 'X', 1)""")
    text = """  t: {indexes: {by_b: {columns: [{column: b, opclass: digit_ops}], unique: true}}}
  u:
    foreign_keys:
      a: {columns: a, references: t(a)}
      b: {columns: b, references: t(b)}
      c: {columns: c, references: t(c)}
      d: {columns: d, references: t(c)}
      m: {columns: m, references: t(m)}
"""
    found = results(database, tmp_path, text + "      e: {columns: e, references: t(c)}\n")
    orphans = {name.split()[1]: result for name, result in found.items() if name.endswith("orphans")}
    assert orphans == {**dict.fromkeys(("a", "b", "c", "d", "m"), "passed"), "e": "failed"}
    assert_applies(desired(tmp_path, text), database.url)


LACKING = {
    "overload": """
        CREATE FUNCTION f(int) RETURNS bool IMMUTABLE LANGUAGE plpgsql AS 'BEGIN RETURN true; END';
        CREATE FUNCTION f(text) RETURNS bool IMMUTABLE LANGUAGE plpgsql AS 'BEGIN RETURN true; END';
        REVOKE EXECUTE ON FUNCTION f(int) FROM PUBLIC""",
    "inner function": """
        CREATE FUNCTION g(int) RETURNS bool IMMUTABLE LANGUAGE plpgsql AS 'BEGIN RETURN true; END';
        CREATE FUNCTION f(int) RETURNS bool IMMUTABLE LANGUAGE plpgsql AS 'BEGIN RETURN public.g($1); END';
        REVOKE EXECUTE ON FUNCTION g(int) FROM PUBLIC""",
    "inner table": """
        CREATE TABLE cfg (m int); INSERT INTO cfg VALUES (9);
        CREATE FUNCTION f(int) RETURNS bool IMMUTABLE LANGUAGE plpgsql
            AS 'BEGIN RETURN $1 < (SELECT m FROM public.cfg); END'""",
    "raised": """
        CREATE FUNCTION f(int) RETURNS bool IMMUTABLE LANGUAGE plpgsql
            AS $$ BEGIN RAISE insufficient_privilege USING MESSAGE = 'no'; END $$""",
}


@pytest.mark.parametrize("trusted", [True, False])
@pytest.mark.parametrize("case", LACKING)
def test_a_missing_right_other_than_select_refuses(
    case: str, trusted: bool, database: Database, tmp_path: Path
) -> None:
    """Before the first step of an apply, with its cause; `plan` is not refused."""
    role = f"lacks_{database.name}"
    database.execute(f"CREATE ROLE {role} LOGIN; GRANT CREATE ON SCHEMA public TO {role}")
    try:
        database.execute(f"""
            CREATE TABLE t (a int); INSERT INTO t VALUES (1); ALTER TABLE t OWNER TO {role}; {LACKING[case]}""")
        state = desired(tmp_path, "  t: {checks: {c: f(a)}, indexes: {i: [{expression: f(a)}]}}\n")
        url, options = database.url_as(role), Options(trust_file=trusted)
        assert not reconciler.plan(state, url, options=options).refused
        try:
            result = reconciler.apply(state, url, options=options, approve=lambda _: True)
            causes = {one.rule: f"{one.cause} {one.remedy}" for one in result.plan.refusals}
        except Refused as error:
            causes = {error.rule: f"{error.message} {error.hint}"}
        assert set(causes) == {"missing-privilege"}
        (text,) = causes.values()
        assert "name without a schema" not in text
        assert "correct the rows" not in text
        assert database.query("SELECT conname FROM pg_constraint WHERE conname = 'c'") == []
        assert database.query("SELECT relname FROM pg_class WHERE relname = 'i'") == []
    finally:
        database.execute(f"DROP OWNED BY {role} CASCADE; DROP ROLE {role}")


def test_without_select_the_rows_are_unchecked(database: Database, tmp_path: Path) -> None:
    """On a table, or on one column that the check reads."""
    role = f"reads_{database.name}"
    database.execute(f"""
        CREATE ROLE {role} LOGIN; CREATE TABLE t (a int, b int); CREATE TABLE u (a int, b int); GRANT SELECT (a) ON t
        TO {role}; INSERT INTO t VALUES (1, 1); INSERT INTO u VALUES (1, 1)""")
    try:
        state = desired(tmp_path, "  t: {checks: {c: a > 0, d: b > 0}}\n  u: {checks: {e: a > 0}}\n")
        plan = reconciler.plan(state, database.url_as(role))
        assert {one.key.name: one.result for one in plan.findings} == {
            "c": GuardResult.PASSED,
            "d": GuardResult.NOT_RUN,
            "e": GuardResult.NOT_RUN,
        }
        assert (refused(plan), [one.split(":")[0] for one in hazards(plan)]) == ([], ["unchecked-data"] * 2)
    finally:
        database.execute(f"DROP OWNED BY {role} CASCADE; DROP ROLE {role}")


@pytest.mark.parametrize("condition", ["query_canceled", "lock_not_available"])
def test_an_error_that_a_function_raises_is_no_timeout(condition: str, database: Database, tmp_path: Path) -> None:
    database.execute(f"""
        CREATE TABLE t (a int); INSERT INTO t VALUES (1);
        CREATE FUNCTION f(int) RETURNS bool IMMUTABLE LANGUAGE plpgsql AS 'BEGIN RAISE {condition}; END'""")
    state = desired(tmp_path, "  t: {checks: {c: f(a)}, indexes: {i: [{expression: f(a)}]}}\n")
    plan = reconciler.plan(state, database.url, options=Options(trust_file=True))
    assert refused(plan) == [
        ("data-check-failed", "check c on public.t"),
        ("data-check-failed", "index i on public.t"),
    ]
    with pytest.raises(Refused) as caught:
        reconciler.apply(state, database.url, approve=lambda _: True)
    assert caught.value.rule == "data-check-failed"
    assert database.query("SELECT relname FROM pg_class WHERE relname = 'i'") == []


def test_the_row_on_which_a_check_fails_is_shown(database: Database, tmp_path: Path) -> None:
    """By its primary key or its place, however far it is in the table; only where samples are shown."""
    database.execute("""
        CREATE TABLE far (a int, b text, PRIMARY KEY (a, b)); CREATE TABLE no_key (q int);
        INSERT INTO far SELECT n, CASE n WHEN 4321 THEN 'x' ELSE n::text END FROM generate_series(5000, 1, -1) n;
        INSERT INTO no_key VALUES (1), (0)""")
    text = """  far: {checks: {c: b::int > 0}, indexes: {i: {columns: [{expression: b::int}], where: a > 4321}}}
  no_key: {checks: {d: 10 / q > 0}}
"""
    plan = reconciler.plan(desired(tmp_path, text), database.url, options=Options(samples=5))
    assert {one.key.name: one.finding.samples.up_to(5) for one in plan.refusals if one.key and one.finding} == {
        "c": ("a=4321, b=x",),
        "d": ("ctid=(0,2)",),
    }
