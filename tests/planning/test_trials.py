"""A plan that is not refused can be applied, on unusual tables, and on servers that allow no trial."""

from __future__ import annotations

from pathlib import Path

import pytest

import reconciler
from reconciler.model.errors import Refused
from reconciler.model.options import Options
from reconciler.model.plan import Plan
from reconciler.model.state import DesiredState
from tests.servers import Database, Server

pytestmark = pytest.mark.ends_by_day


def desired(folder: Path, text: str, policy: str = "{}") -> DesiredState:
    file = folder / "schema.yaml"
    file.write_text(f"version: 1\npolicy: {policy}\ntables:\n{text}", encoding="utf-8")
    return reconciler.load([file])


def hazards(plan: Plan) -> list[str]:
    return [f"{one.kind.id}: {one.detail}" for route in plan.routes for one in route.hazards]


def refused(plan: Plan) -> list[tuple[str, str]]:
    return [(one.rule, str(one.key)) for one in plan.refusals]


def assert_applies(state: DesiredState, url: str, **options: object) -> None:
    """Apply a plan of the file, and assert that the next plan is in sync."""
    given = Options(trust_file=True, **options)  # type: ignore[arg-type]
    result = reconciler.apply(state, url, options=given, approve=lambda _: True)
    assert not result.plan.refusals, [one.cause for one in result.plan.refusals]
    assert result.error is None, result.message
    again = reconciler.plan(state, url, options=given)
    assert again.in_sync, [one.cause for one in again.refusals] or [
        (one.change.before, one.change.after) for one in again.routes
    ]


ROW_FUNCTIONS = """
    CREATE TABLE person (id int PRIMARY KEY, first text, last text);
    INSERT INTO person VALUES (1, 'a', 'b');
    CREATE FUNCTION full_name(person) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT $1.first || ' ' || $1.last $$;
    CREATE FUNCTION person_ok(person) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT $1.first IS NOT NULL $$;
    CREATE INDEX full_live ON person (full_name(person)) WHERE id > 0;
    ALTER TABLE person ADD CONSTRAINT ok_live CHECK (person_ok(person))"""


def test_functions_of_the_row_type(database: Database, tmp_path: Path) -> None:
    """Live objects are equal in other words, new ones are created, changed ones are replaced."""
    database.execute(ROW_FUNCTIONS)
    state = """  person:
    indexes:
      full_live: {columns: [{expression: full_name( person )}], where: 0 < id}
      full_name: {columns: [{expression: full_name(person), opclass: text_pattern_ops}, id]}
    checks:
      ok_live: (person_ok(person))
      person_ok: person_ok(person) AND id > 0
      by_case: "CASE WHEN full_name(person) = 'x' THEN false ELSE person.full_name <> 'y' END"
"""
    changed = state.replace("full_name( person )", "full_name(person) || 'x'").replace("0 < id", "id > 0")
    plan = reconciler.plan(desired(tmp_path, state.replace("0 < id", "id > 0")), database.url)
    assert sorted((str(route.change.key), route.change.action.value) for route in plan.routes) == [
        ("check by_case on public.person", "create"),
        ("check person_ok on public.person", "create"),
        ("index full_name on public.person", "create"),
    ], refused(plan)
    assert_applies(desired(tmp_path, state.replace("0 < id", "id > 0")), database.url)
    assert_applies(desired(tmp_path, changed), database.url)


def test_a_function_of_the_row_type_that_an_index_does_not_admit(database: Database, tmp_path: Path) -> None:
    database.execute(ROW_FUNCTIONS + "; ALTER FUNCTION person_ok STABLE")
    state = desired(tmp_path, "  person: {indexes: {i: {columns: [{expression: person_ok(person)}]}, j: id}}\n")
    assert refused(reconciler.plan(state, database.url)) == [("rejected-by-server", "index i on public.person")]


@pytest.mark.parametrize("way", ["read-only", "no TEMP", "event trigger"])
def test_where_nothing_can_be_tried_out(server: Server, tmp_path: Path, way: str) -> None:
    """New objects are still planned; a live object that differs in text is unknown, but no other object."""
    text = """  t:
    checks: {live: "kind IN ('a', 'b')", other: "kind IN ('c')", new: "kind <> 'c'", wrong: kid > 0}
    indexes: {i: id, lower: {columns: [{expression: lower(kind)}]}, both: {columns: id, where: count(*) > 1}}
"""
    with server.database() as database:
        database.execute(
            "CREATE TABLE t (id int, kind varchar(9)); ALTER TABLE t ADD CONSTRAINT live CHECK (kind IN ('a', 'b')),"
            "ADD CONSTRAINT other CHECK (kind IN ('d'))"
        )
        url, options = database.url, {}
        if way == "read-only":
            url += "&options=-c%20default_transaction_read_only%3Don"
        elif way == "no TEMP":
            role = f"notemp_{database.name}"
            database.execute(
                f'CREATE ROLE {role} LOGIN; REVOKE TEMP ON DATABASE "{database.name}" FROM PUBLIC;'
                f"ALTER TABLE t OWNER TO {role}; REVOKE CREATE ON SCHEMA public FROM PUBLIC"
            )
            url = database.url_as(role)
        else:
            database.execute(
                "CREATE FUNCTION reject() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN "
                "IF TG_TAG = 'CREATE VIEW' OR EXISTS (SELECT FROM pg_event_trigger_ddl_commands() c "
                "WHERE c.schema_name = 'pg_temp') THEN RAISE 'house rule'; END IF; END $$;"
                "CREATE EVENT TRIGGER house_rule ON ddl_command_end EXECUTE FUNCTION reject()"
            )
        state = desired(tmp_path, text)
        plan = reconciler.plan(state, url, options=Options(trust_file=True, **options))
        assert sorted(refused(plan)) == [
            ("rejected-by-server", "check wrong on public.t"),
            ("rejected-by-server", "index both on public.t"),
            ("unknown", "check other on public.t"),
        ]
        reported = [one for one in hazards(plan) if one.startswith("not-tried")]
        assert sorted(one.split(":")[1].strip() for one in reported) == [
            "check new on public.t",
            "index i on public.t",
            "index lower on public.t",
        ]
        reason = {"read-only": "read-only", "no TEMP": "GRANT TEMPORARY", "event trigger": "house_rule"}[way]
        assert all(reason in one for one in reported), reported
        if way == "no TEMP":
            database.execute(f"GRANT CREATE ON SCHEMA public TO {role}")  # then they can be tried out there
        if way != "read-only":
            new = desired(
                tmp_path,
                text.replace("other: \"kind IN ('c')\", ", "")
                .replace(", wrong: kid > 0", "")
                .replace(", both: {columns: id, where: count(*) > 1}", ""),
            )
            result = reconciler.apply(new, url, options=Options(trust_file=True), approve=lambda _: True)
            assert (result.error, result.plan.refusals) == (None, ())
        if way == "no TEMP":
            database.execute(f"DROP OWNED BY {role} CASCADE; DROP ROLE {role}")


UNQUALIFIED = """
    CREATE SCHEMA extensions; CREATE TABLE cfg (max_len int); INSERT INTO cfg VALUES (40);
    CREATE FUNCTION extensions.plain(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT AS $$ SELECT lower($1) $$;
    SET search_path = public, extensions;
    CREATE FUNCTION f_sql(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT AS $$ SELECT plain($1) $$;
    CREATE FUNCTION f_pl(text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN plain($1); END $$;
    CREATE FUNCTION short_enough(text) RETURNS boolean LANGUAGE plpgsql STABLE
        AS $$ BEGIN RETURN length($1) <= (SELECT max_len FROM cfg); END $$;
    CREATE TABLE street (id int PRIMARY KEY, name text); INSERT INTO street VALUES (1, 'Long')"""


@pytest.mark.parametrize("trusted", [True, False])
def test_functions_that_look_names_up_along_the_path_of_the_file(
    server: Server, database: Database, tmp_path: Path, *, trusted: bool
) -> None:
    """Functions in checks find the names, and in indexes before 17.

    Since 17 the server builds indexes with pg_catalog only.
    """
    database.execute(UNQUALIFIED)
    policy, options = "{search_path: [extensions]}", Options(trust_file=trusted)
    check = "  street:\n    checks: {short: short_enough(name)}\n"
    assert_applies(desired(tmp_path, check, policy), database.url)
    text = (
        f"{check}    indexes: {{i: {{columns: [{{expression: f_pl(name)}}]}}, j: [{{expression: f_sql(name)}}]}}\n"
    )
    state = desired(tmp_path, text, policy)
    if server.major < 17:
        assert not reconciler.plan(state, database.url, options=options).refused
        assert_applies(state, database.url)
        return
    plan = reconciler.plan(state, database.url, options=options)
    if trusted:
        assert {one.rule for one in plan.refusals} <= {"rejected-by-server", "data-check-failed"}
        assert {str(one.key).split()[1] for one in plan.refusals} == {"i", "j"}
        assert any("ALTER FUNCTION … SET search_path" in one.cause for one in plan.refusals)
    else:
        assert not plan.refused
        assert len([one for one in hazards(plan) if "search_path pg_catalog, pg_temp" in one]) == 2
        with pytest.raises(Refused, match="after the approval"):
            reconciler.apply(state, database.url, options=options, approve=lambda _: True)


def test_event_triggers_that_look_names_up_along_the_path_of_the_file(database: Database, tmp_path: Path) -> None:
    """An audit trail of DDL gets trials and steps; row security on every new table affects none of them."""
    database.execute("""
        CREATE TABLE trail (what text);
        CREATE FUNCTION note_ddl() RETURNS event_trigger LANGUAGE plpgsql AS $$ DECLARE c record; BEGIN
            FOR c IN SELECT * FROM pg_event_trigger_ddl_commands() LOOP
                INSERT INTO trail VALUES (c.object_identity); END LOOP; END $$;
        CREATE FUNCTION secure() RETURNS event_trigger LANGUAGE plpgsql AS $$ DECLARE c record; BEGIN
            FOR c IN SELECT * FROM pg_event_trigger_ddl_commands()
                      WHERE object_type = 'table' AND schema_name = 'public' LOOP
                EXECUTE format('ALTER TABLE IF EXISTS %s ENABLE ROW LEVEL SECURITY', c.object_identity);
            END LOOP; END $$;
        CREATE TABLE note (id int PRIMARY KEY, owner_id int, body text); INSERT INTO note VALUES (1, 1, 'x');
        CREATE EVENT TRIGGER trail ON ddl_command_end EXECUTE FUNCTION note_ddl();
        CREATE EVENT TRIGGER secure ON ddl_command_end WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION secure()""")
    text = """  note:
    not_null: [owner_id]
    checks: {note_body: length(body) < 100}
    indexes: {note_owner: owner_id, lower: {columns: [{expression: lower(body)}]}}
"""
    plan = reconciler.plan(desired(tmp_path, text), database.url)
    assert ([one.result.value for one in plan.findings], hazards(plan)) == (["passed"] * 3, [])
    assert_applies(desired(tmp_path, text), database.url)
    assert database.value("SELECT count(*) FROM trail WHERE what = 'public.note_owner'") == 1
    assert database.value("SELECT count(*) FROM trail WHERE what LIKE 'pg_temp%'") == 0


def test_what_only_the_real_table_has(server: Server, database: Database, tmp_path: Path) -> None:
    """Generated columns, partition keys and their collations, unlogged tables, names on children.

    Definitions that the server would reject are refused, and all others are created.
    """
    virtual = "VIRTUAL" if server.major >= 18 else "STORED"
    database.execute(f"""
        CREATE TABLE bill (id int PRIMARY KEY, net int, gross int GENERATED ALWAYS AS (net + 1) {virtual},
                           kept int GENERATED ALWAYS AS (net + 1) STORED, counted int GENERATED ALWAYS AS IDENTITY);
        CREATE TABLE other (id int PRIMARY KEY); INSERT INTO other VALUES (3); INSERT INTO bill (id, net) VALUES (1, 2);
        CREATE TABLE by_day (id int, t text NOT NULL, at timestamp NOT NULL) PARTITION BY RANGE (date_trunc('day', at));
        CREATE TABLE by_name (id int, t text NOT NULL COLLATE "POSIX") PARTITION BY LIST (t COLLATE "C");
        CREATE TABLE by_day_1 PARTITION OF by_day DEFAULT; CREATE TABLE by_name_1 PARTITION OF by_name DEFAULT;
        CREATE UNLOGGED TABLE fast (id int PRIMARY KEY, other int);
        CREATE TABLE parent (id int, n int);
        CREATE TABLE child (CONSTRAINT taken CHECK (n > 0), CONSTRAINT same CHECK (id > 0)) INHERITS (parent)""")
    text = """  bill:
    indexes: {gross_i: gross, gross_e: [{expression: gross + 1}], kept_i: kept, counted_i: counted}
    unique: {gross_u: gross, kept_u: kept}
    foreign_keys:
      set_null: {columns: kept, references: other, on_delete: set null}
      kept_ok: {columns: kept, references: other}
      gross_fk: {columns: gross, references: other}
      to_fast: {columns: net, references: fast}
  by_day: {unique: {day_u: [at, id]}, indexes: {day_i: [t]}, checks: {day_c: id > 0}}
  by_name: {unique: {name_u: [t, id]}, indexes: {name_i: {columns: [id], unique: true}}}
  fast: {foreign_keys: {fast_ok: {columns: other, references: other}}}
  parent: {checks: {taken: n > 1, same: id > 0}}
"""
    plan = reconciler.plan(desired(tmp_path, text), database.url)
    wrong = {"set_null", "to_fast", "name_u"}
    wrong |= {"gross_i", "gross_e", "gross_u", "gross_fk"} if server.major >= 18 else set()
    assert {one.key.name: one.rule for one in plan.refusals if one.key is not None} == {
        **dict.fromkeys(wrong, "rejected-by-server"),
        **dict.fromkeys(("day_u", "name_i"), "partitioned-table"),
        "taken": "name-taken",
    }
    left = [line for line in text.splitlines() if not line.strip().startswith(("set_null", "to_fast"))]
    rest = "\n".join(left).replace("unique: {day_u: [at, id]}, ", "").replace("taken: n > 1, ", "")
    rest = rest.replace("unique: {name_u: [t, id]}, indexes: {name_i: {columns: [id], unique: true}}", "")
    if server.major >= 18:
        rest = rest.replace("gross_i: gross, gross_e: [{expression: gross + 1}], ", "").replace(
            "gross_u: gross, ", ""
        )
        rest = rest.replace("      gross_fk: {columns: gross, references: other}\n", "")
    assert_applies(desired(tmp_path, rest), database.url)


def test_functions_that_hide_those_of_postgresql_are_named(database: Database, tmp_path: Path) -> None:
    database.execute("""
        CREATE FUNCTION lower(varchar) RETURNS text IMMUTABLE LANGUAGE sql AS $$ SELECT 'x' $$;
        CREATE FUNCTION same(varchar, varchar) RETURNS boolean IMMUTABLE LANGUAGE sql AS $$ SELECT true $$;
        CREATE OPERATOR = (LEFTARG = varchar, RIGHTARG = varchar, FUNCTION = same);
        CREATE FUNCTION ordinary(text) RETURNS text IMMUTABLE LANGUAGE sql AS $$ SELECT 'x' $$;
        CREATE TABLE t (a varchar, b varchar)""")
    text = """  t:
    checks: {c: "lower(a) <> 'y'", d: a = b, e: "pg_catalog.lower(a) <> ordinary(b)", f: "public.lower(a) <> 'y'"}
    indexes: {i: [{expression: lower(a)}]}
"""
    plan = reconciler.plan(desired(tmp_path, text), database.url)
    found = sorted(
        (str(one.key).split()[1], one.message.split(",")[0]) for one in plan.notes if one.key is not None
    )
    assert found == [
        ("c", "it calls public.lower(character varying)"),
        ("d", "it calls public.=(character varying"),
        ("i", "it calls public.lower(character varying)"),
    ]


def test_a_materialized_view_without_data_has_no_rows(database: Database, tmp_path: Path) -> None:
    """Its rows cannot be read, but an index can be built."""
    database.execute("""
        CREATE TABLE t (id int, a text);
        INSERT INTO t VALUES (1, 'a'), (1, 'b');
        CREATE MATERIALIZED VIEW v AS SELECT * FROM t WITH NO DATA""")
    text = "  v: {indexes: {by_id: {columns: id, unique: true}, lowered: [{expression: lower(a)}]}}"
    assert_applies(desired(tmp_path, text), database.url)


@pytest.mark.pg(">= 18")
def test_children_that_keep_or_do_not_enforce_what_they_would_inherit(database: Database, tmp_path: Path) -> None:
    database.execute("""
        CREATE TABLE parent (a int, b int, c int NOT NULL NO INHERIT);
        CREATE TABLE child (CONSTRAINT positive CHECK (a > 0) NOT ENFORCED) INHERITS (parent);
        ALTER TABLE child ADD CONSTRAINT own_a NOT NULL a NO INHERIT, ADD CONSTRAINT own_c NOT NULL c NO INHERIT,
            ADD CONSTRAINT valid CHECK (b > 0) NOT ENFORCED""")
    text = """  parent:
    not_null: [a, b, c]
    checks: {positive: a > 0, valid: {expression: b > 0, enforced: false}}
"""
    assert refused(reconciler.plan(desired(tmp_path, text), database.url)) == [
        ("inherited", "not-null of public.parent.a"),
        ("inherited", "not-null of public.parent.c"),
        ("name-taken", "check positive on public.parent"),
    ]
    own = "  child: {not_null: {a: {no_inherit: false}, c: {no_inherit: false}}}"
    assert_applies(desired(tmp_path, own), database.url)
    database.execute("ALTER TABLE child DROP CONSTRAINT positive")
    assert_applies(desired(tmp_path, text), database.url)


@pytest.mark.parametrize(
    ("check", "said"),
    [
        ("c = current_user", "CURRENT_USER"),
        ("c::regclass IS NOT NULL", "the input or output of type regclass"),
    ],
)
def test_checks_that_show_session_or_catalog_run_once_approved(
    check: str, said: str, database: Database, tmp_path: Path
) -> None:
    """They run no code of others, but a file that is not trusted must not use them to read."""
    database.execute("CREATE TABLE t (c text); INSERT INTO t VALUES ('x')")
    state = desired(tmp_path, f'  t: {{checks: {{c: "{check}"}}}}')
    plan = reconciler.plan(state, database.url)
    assert (refused(plan), said in " ".join(hazards(plan))) == ([], True)
    trusted = reconciler.plan(state, database.url, options=Options(trust_file=True))
    assert [str(one.key) for one in trusted.refusals] == ["check c on public.t"]
    with pytest.raises(Refused, match="after the approval"):
        reconciler.apply(state, database.url, approve=lambda _: True)
    assert (
        database.value("SELECT count(*) FROM pg_constraint WHERE conrelid = 't'::regclass AND contype = 'c'") == 0
    )


NOT_ACCEPTED = {
    "foreign key of another type": "foreign_keys: {x: {columns: id, references: p(id)}}",
    "unknown operator class": "indexes: {x: {columns: [{column: k, opclass: nothing_ops}]}}",
    "operator class of another type": "indexes: {x: {columns: [{column: id, opclass: text_pattern_ops}]}}",
    "unknown collation": "indexes: {x: {columns: [{column: k, collation: nothing}]}}",
    "collation of a number": 'indexes: {x: {columns: [{column: id, collation: "C"}]}}',
    "no default operator class": "unique: {x: j}",
    "method": "indexes: {x: {columns: id, using: gin}}",
    "parameter": "indexes: {x: {columns: id, with: {fillfactor: 500}}}",
    "volatile": 'indexes: {x: {columns: [{expression: "random()"}]}}',
    "operator of an exclusion": 'exclusions: {x: {elements: [{column: k, operator: "&&"}]}}',
    "statistics": "statistics: {x: {columns: [j, id]}}",
}


def test_what_the_server_does_not_accept_is_refused_without_temporary_tables(
    server: Server, tmp_path: Path
) -> None:
    """In another schema, under names that are free; the message has the names of the file."""
    with server.database() as database:
        role = f"notemp_{database.name}"
        database.execute(f"""
            CREATE ROLE {role} LOGIN; REVOKE TEMP ON DATABASE "{database.name}" FROM PUBLIC;
            GRANT CREATE ON SCHEMA public TO {role}; CREATE TABLE p (id text PRIMARY KEY);
            CREATE TABLE t (id int NOT NULL, k text, j json); CREATE INDEX i ON t (id);
            ALTER TABLE p OWNER TO {role}; ALTER TABLE t OWNER TO {role}""")
        url, options = database.url_as(role), Options(trust_file=True, allow=frozenset({"blocking-build"}))
        for case, text in NOT_ACCEPTED.items():
            plan = reconciler.plan(desired(tmp_path, f"  t: {{{text}}}\n"), url, options=options)
            assert [one for one, _ in refused(plan)] == ["rejected-by-server"], case
            assert "reconcile_trial" not in plan.refusals[0].cause, case
        good = """  t:
    checks: {c: k <> 'x'}
    unique: {u: [id, k]}
    indexes: {i: {columns: [{expression: lower(k)}], where: id > 0}, g: {columns: k, using: hash}}
    statistics: {s: [id, k]}
  p: {foreign_keys: {f: {columns: id, references: p(id)}}}
"""
        state = desired(tmp_path, good)
        plan = reconciler.plan(state, url, options=options)
        assert not plan.refused, plan.refusals
        assert [one for one in hazards(plan) if one.startswith("not-tried")] == []
        assert_applies(state, url)
        assert database.query("SELECT relname FROM pg_class WHERE relname LIKE 'reconcile\\_trial%'") == []
        database.execute(f"REVOKE CREATE ON SCHEMA public FROM {role}")
        text = NOT_ACCEPTED["foreign key of another type"]
        plan = reconciler.plan(desired(tmp_path, f"  t: {{{text}}}\n"), url, options=options)
        assert refused(plan) == [("rejected-by-server", "foreign key x on public.t")]
        database.execute(f"DROP OWNED BY {role} CASCADE; DROP ROLE {role}")
