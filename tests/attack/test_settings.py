"""Attack: somebody who may alter the role or the database changes settings that affect how a session reads or prints.

The role is the owner of the database, or a careless administrator. A plan, an export, a run and a script must give the
same result as with PostgreSQL's default settings, and must not fail because of a limit that the tool did not set.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import reconciler
from reconciler.model.events import RunEnded
from reconciler.model.options import Options
from reconciler.model.plan import Plan
from reconciler.model.settings import PINNED, PRIVILEGED, READING
from reconciler.postgres.conninfo import DEFAULTS
from reconciler.postgres.session import connect, one
from reconciler.report import FORMATS, report_of
from tests.cases.snapshot import snapshot
from tests.execution.support import Events, apply_all, assert_in_sync, desired
from tests.report.plans import without_time
from tests.servers import Database, Server

HOSTILE = {
    "client_encoding": "'LATIN1'",
    "standard_conforming_strings": "off",
    "backslash_quote": "on",
    "array_nulls": "off",
    "transform_null_equals": "on",
    "xmloption": "document",
    "timezone_abbreviations": "'India'",
    "search_path": "evil, public, pg_catalog",
    "TimeZone": "'Asia/Tokyo'",
    "DateStyle": "'German, DMY'",
    "IntervalStyle": "iso_8601",
    "extra_float_digits": "-3",
    "bytea_output": "escape",
    "xmlbinary": "hex",
    "lc_monetary": "'C.UTF-8'",
    "lc_numeric": "'C.UTF-8'",
    "lc_time": "'C.UTF-8'",
    "quote_all_identifiers": "on",
    "default_transaction_isolation": "serializable",
    "default_transaction_deferrable": "on",
    "row_security": "on",
    "gin_fuzzy_search_limit": "1",
    "restrict_nonsystem_relation_kind": "'view, foreign-table'",
    "constraint_exclusion": "on",
    "synchronize_seqscans": "on",
    "default_tablespace": "fast",
    "temp_tablespaces": "fast",
    "default_table_access_method": "evil",
    "plan_cache_mode": "force_generic_plan",
    "force_parallel_mode": "regress",
    "debug_parallel_query": "regress",
    "jit": "on",
    "exit_on_error": "on",
    "client_min_messages": "debug5",
    "idle_session_timeout": "'300ms'",
    "transaction_timeout": "'400ms'",
    "lock_timeout": "'1ms'",
    "statement_timeout": "'200ms'",
    "idle_in_transaction_session_timeout": "'200ms'",
    "session_replication_role": "replica",
}

# Settings that any role may set, and that change only speed or logging, not results.
HARMLESS = re.compile(
    "enable_.*|geqo.*|.*_cost|cpu_.*|jit_.*|log_.*|vacuum_.*|debug_(?!parallel).*|trace_.*|tcp_.*|commit_.*|max_parallel_.*"
    "|min_parallel_.*|.*_collapse_limit|.*_io_concurrency|.*work_mem|.*_flush_after|track_.*|wal_.*|ssl.*|md5_.*|scram_.*"
    "|application_name|check_function_bodies|client_connection_check_interval|createrole_self_grant|cursor_tuple_fraction"
    "|default_statistics_target|default_text_search_config|default_toast_compression|default_transaction_read_only"
    "|effective_cache_size|escape_string_warning|file_copy_method|gin_pending_list_limit|hash_mem_multiplier|icu_validation_level"
    "|io_combine_limit|local_preload_libraries|logical_decoding_work_mem|parallel_leader_participation|password_encryption"
    "|recursive_worktable_factor|stats_fetch_consistency|synchronous_commit|temp_buffers|transaction_(deferrable|isolation|read_only)"
)

GIVEN = r"""
CREATE SCHEMA evil;
CREATE FUNCTION evil.lower(text) RETURNS text IMMUTABLE LANGUAGE sql AS $$ SELECT 'evil' $$;
CREATE TABLE users (
  id int PRIMARY KEY, name text, born date, weight float8, paid money, photo bytea, stay interval, seen timestamptz,
  tags text[],
  CONSTRAINT born_check CHECK (born > '1900-02-01'),
  CONSTRAINT weight_check CHECK (weight > 0.1::float8 + 0.2::float8 AND weight < 1234567.890123),
  CONSTRAINT paid_check CHECK (paid > '1.50'),
  CONSTRAINT photo_check CHECK (photo <> '\x00ff'),
  CONSTRAINT stay_check CHECK (stay < '1 year 2 mons 3 days 04:05:06'),
  CONSTRAINT seen_check CHECK (seen > '2020-01-02 03:04:05+00'),
  CONSTRAINT tags_check CHECK (tags <> '{a,NULL}'),
  CONSTRAINT name_check CHECK (name <> E'it\'s \\ ''naïve''')
);
CREATE INDEX users_name_idx ON users (lower(name)) WHERE name <> 'é';
COMMENT ON INDEX users_name_idx IS 'naïve';
CREATE TABLE wallets (id int, user_id int, "group" text);
INSERT INTO users (id, name) SELECT n, 'u' || n FROM generate_series(1, 200) n;
INSERT INTO wallets SELECT n, n FROM generate_series(1, 200) n;
ALTER TABLE wallets ENABLE ROW LEVEL SECURITY;
"""

WANTED = r"""
tables:
  users:
    checks:
      born_check: born > '1900-02-01'
      wide_check: weight < 1e20 AND born > '1800-12-31' AND name <> 'it''s \ é'
    indexes:
      users_name_idx: {columns: [{expression: lower(name)}], where: name <> 'é', comment: naïve}
      users_Größe: {columns: [name, id], comment: für später}
  wallets:
    not_null: [id]
    primary_key: id
    foreign_keys:
      wallets_user_id_fkey: {columns: user_id, references: users(id)}
    indexes:
      wallets_group_idx: group
"""


@contextmanager
def hostile(database: Database, subject: str) -> Iterator[None]:
    """Set every setting to a harmful value, for this database or for the role."""
    known = {name for (name,) in database.query("SELECT name FROM pg_settings")}
    if not database.query("SELECT FROM pg_am WHERE amname = 'evil'"):
        database.execute("CREATE ACCESS METHOD evil TYPE TABLE HANDLER heap_tableam_handler")
    named = f'{subject} "{database.name if subject == "DATABASE" else "postgres"}"'
    script = [f"ALTER {named} SET {name} = {value}" for name, value in HOSTILE.items() if name in known]
    with database.connect() as connection:
        for statement in script:
            connection.execute(statement.encode())
    try:
        yield
    finally:
        database.server.admin.execute(f"ALTER {named} RESET ALL".encode())


def without_server(plan: Plan) -> str:
    return without_time(FORMATS["json"](report_of(plan)))


def test_every_pinned_setting_is_attacked() -> None:
    """No setting of the table is missing in this test."""
    assert HOSTILE.keys() == {*PINNED, *PRIVILEGED, *READING, "client_encoding"}


def test_every_setting_that_a_role_may_set_was_looked_at(server: Server) -> None:
    """A version of PostgreSQL may have a new setting that nobody has reviewed."""
    found = server.admin.execute("SELECT name FROM pg_settings WHERE context = 'user' AND name !~ '\\.'").fetchall()
    unknown = {name for (name,) in found if name not in HOSTILE and not HARMLESS.fullmatch(name)}
    assert unknown == set()


@pytest.mark.parametrize("subject", ["DATABASE", "ROLE"])
def test_hostile_settings_change_nothing(database: Database, tmp_path: Path, subject: str) -> None:
    """Every relevant setting is hostile, for the database or for the role."""
    database.execute(GIVEN)
    state = desired(tmp_path, WANTED)
    with database.copy() as usual, database.copy() as script:
        exported = reconciler.export(database.url)
        planned = without_server(reconciler.plan(state, database.url))
        apply_all(state, usual.url)
        expected = snapshot(usual)
        with hostile(database, subject):
            with connect(database.url) as session:
                for name, value in {**PINNED, **READING, **PRIVILEGED}.items():
                    shown = one(session.connection, f"SELECT current_setting('{name}', true) AS value")["value"]
                    expected_value = {"10s": "10s", "120s": "2min", "60s": "1min"}.get(value, value)
                    assert shown in (None, expected_value), name
            assert reconciler.export(database.url) == exported
            plan = reconciler.plan(state, database.url)
            assert without_server(plan) == planned
            with hostile(script, subject):
                done = script.psql(FORMATS["sql"](report_of(reconciler.plan(state, script.url))))
            assert done.returncode == 0, done.stderr
        with hostile(database, subject):
            apply_all(state, database.url)
            assert_in_sync(state, database.url)
        assert snapshot(database) == expected
        assert snapshot(script) == expected


@pytest.mark.ends
def test_a_prompt_outlives_idle_timeouts(database: Database, tmp_path: Path) -> None:
    """The database ends idle sessions after 300 ms, and the answer to the prompt takes a second."""
    database.execute(GIVEN)
    database.execute(f"ALTER DATABASE \"{database.name}\" SET idle_session_timeout = '300ms'")
    events = Events()

    def approve(_: Plan) -> bool:
        time.sleep(1)
        return True

    result = reconciler.apply(desired(tmp_path, WANTED), database.url, approve=approve, listeners=[events])
    assert result.error is None
    assert events.of(RunEnded)


@pytest.mark.ends
@pytest.mark.parametrize("variable", ["", "LATIN1", "SQL_ASCII"])
def test_names_and_comments_on_a_latin1_database(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    """The encoding of the database, or of the client by the environment, is LATIN1."""
    if variable:
        monkeypatch.setenv("PGCLIENTENCODING", variable)
    for number, way in enumerate(("apply", "script")):
        with encoded(server, "LATIN1", f"latin_{variable.lower()}_{number}") as database:
            with database.connect(client_encoding="UTF8") as connection:
                connection.execute(b"CREATE TABLE users (id int, name text)")
            state = desired(
                tmp_path, "tables:\n  users:\n    indexes:\n      Größe: {columns: name, comment: für später}\n"
            )
            if way == "apply":
                apply_all(state, database.url)
            else:
                done = database.psql(FORMATS["sql"](report_of(reconciler.plan(state, database.url))))
                assert (done.returncode, done.stderr) == (0, "")
            assert_in_sync(state, database.url)
            assert "Größe: {columns: [name], comment: für später}" in reconciler.export(database.url).files[
                "schema.yaml"
            ].replace("columns: name", "columns: [name]")
            ((name, comment),) = bytes_of(database)
            assert (name, comment) == ("Größe".encode("latin-1"), "für später".encode("latin-1"))


@pytest.mark.ends
def test_tables_columns_and_texts_on_a_latin1_database(server: Server, tmp_path: Path) -> None:
    """All names are outside ASCII: in plan, apply, data checks with samples, repairs, archive, export, drift and
    undo."""
    rows = {
        "vorübergehend": [(1, "é"), (2, "ß")],
        "größe": [(1, 5, "é")],
    }
    with encoded(server, "LATIN1", "latin_tables") as database:
        with database.connect(client_encoding="UTF8") as connection:
            connection.execute(
                """
                CREATE TABLE "größe" (id int PRIMARY KEY, "länge" int, "wörter" text);
                CREATE TABLE "prüfung" ("größe_id" int); CREATE TABLE "vorübergehend" ("schlüssel" int, "wörter" text);
                INSERT INTO "größe" VALUES (1, 5, 'é'), (2, -1, 'ß'); INSERT INTO "prüfung" VALUES (1), (7);
                INSERT INTO "vorübergehend" VALUES (1, 'é'), (2, 'ß');
                COMMENT ON TABLE "größe" IS 'für alle'""".encode()
            )
        text = """
policy: {allow: [blocks-updates]}
tables:
  größe:
    not_null: länge
    checks: {größe_länge: {expression: länge > 0 AND wörter <> 'ü', comment: "§ 1: größer", violators: VIOLATORS}}
    indexes:
      größe_wörter: {columns: [{expression: lower(wörter)}, länge], where: "wörter <> 'ä'", comment: für später}
    unique: {größe_länge_key: [länge, wörter]}
  prüfung:
    foreign_keys: {prüfung_größe: {columns: größe_id, references: größe(id), orphans: VIOLATORS}}
dropped_tables: {vorübergehend: {reason: "überholt"}}
"""
        state = desired(tmp_path, text.replace("VIOLATORS", "refuse"))
        plan = reconciler.plan(state, database.url, options=Options(samples=3))
        assert {(one.key.name, one.count) for one in plan.findings if one.refuses} == {
            ("größe_länge", 1),
            ("prüfung_größe", 1),
        }, plan.refusals
        state = desired(tmp_path, text.replace("VIOLATORS", "quarantine"))
        result = apply_all(state, database.url)
        assert result.error is None, result.message
        assert_in_sync(state, database.url)
        with database.connect(client_encoding="UTF8") as connection:
            left = connection.execute('TABLE "größe"'.encode()).fetchall()
        assert left == rows["größe"]
        exported = reconciler.export(database.url).files["schema.yaml"]
        assert "§ 1: größer" in exported
        assert_in_sync(desired(tmp_path, exported.partition("version: 1")[2]), database.url)
        undone = reconciler.undo("last", state, database.url, approve=lambda _: True)
        assert undone.error is None, undone.message
        with database.connect(client_encoding="UTF8") as connection:
            assert len(connection.execute('TABLE "größe"'.encode()).fetchall()) == 2
            assert connection.execute('TABLE "vorübergehend"'.encode()).fetchall() == rows["vorübergehend"]


def bytes_of(database: Database) -> list[tuple[bytes, bytes]]:
    """Return the index's name and comment as the server stores them."""
    with database.connect(client_encoding="UTF8") as connection:
        return connection.execute(
            b"""SELECT convert_to(relname::text, 'LATIN1'), convert_to(obj_description(oid), 'LATIN1')
                  FROM pg_class WHERE relkind = 'i' AND relnamespace = 'public'::regnamespace
                                  AND relname NOT LIKE 'migration%'"""
        ).fetchall()


@contextmanager
def encoded(server: Server, encoding: str, name: str) -> Iterator[Database]:
    provider = " LOCALE_PROVIDER libc" if server.major >= 15 else ""
    server.admin.execute(
        f"CREATE DATABASE {name} TEMPLATE template0 ENCODING '{encoding}' LOCALE 'C'{provider}".encode()
    )
    try:
        yield Database(server=server, name=name)
    finally:
        server.admin.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@pytest.mark.ends
def test_a_name_that_the_encoding_does_not_have(server: Server, tmp_path: Path) -> None:
    """The file declares Cyrillic names, a comment and a table on a LATIN1 database."""
    text = """
tables:
  users:
    indexes: {имя: id, i: {columns: id, comment: для}}
    checks: {ck: id <> 1 OR 'я' = 'z', fine: "'é' <> 'e'"}
  таблица:
dropped_tables: {старая: {replaced_by: users}}
"""
    with encoded(server, "LATIN1", "latin_cyrillic") as database:
        database.execute("CREATE TABLE users (id int)")
        plan = reconciler.plan(desired(tmp_path, text), database.url)
        refused = {(refusal.rule, str(refusal.key)) for refusal in plan.refusals}
        assert refused == {
            ("missing-table", 'required table public."таблица"'),
            *(
                ("not-in-encoding", text)
                for text in (
                    "check ck on public.users",
                    'dropped table public."старая"',
                    "index i on public.users",
                    'index "имя" on public.users',
                    'required table public."таблица"',
                )
            ),
        }
        assert [str(route.change.key) for route in plan.routes] == ["check fine on public.users"]


BYTES = (
    b"CREATE TABLE users (id int, name text, CONSTRAINT ck CHECK (name <> '\xe9'))",
    b'CREATE TABLE "caf\xe9" (id int)',
    b"CREATE INDEX good ON users (name)",
    b"COMMENT ON INDEX good IS 'caf\xe9'",
    b'CREATE INDEX "i\xe9" ON users (id)',
    b'ALTER TABLE users ADD COLUMN "c\xe9" int',
    b'CREATE INDEX on_bad ON users ("c\xe9")',
    b"CREATE TABLE leftover (id int); CREATE TABLE successor (id int)",
    b'CREATE INDEX "l\xe9" ON leftover (id)',
    b'CREATE VIEW "v\xe9" AS SELECT * FROM leftover',
    "CREATE INDEX später ON users (id, name)".encode(),
)


@pytest.mark.ends
def test_bytes_that_are_no_text_are_unknown(server: Server, tmp_path: Path) -> None:
    """Names, a comment and a check of an SQL_ASCII database contain bytes that are not valid UTF-8."""
    with encoded(server, "SQL_ASCII", "ascii") as database:
        with database.connect(client_encoding="SQL_ASCII") as connection:
            for statement in BYTES:
                connection.execute(statement)
        exported = reconciler.export(database.url)
        assert "später" in exported.files["schema.yaml"]
        assert "good" not in exported.files["schema.yaml"]
        (warning,) = exported.warnings
        assert warning.startswith("left out, not valid UTF-8: ")
        assert all(name in warning for name in ("check ck", "index good", "on_bad", r"caf\DCE9", r"i\DCE9"))

        text = """
tables:
  users:
    indexes: {good: name, new: id, Größe: {columns: id, comment: für später}, später: [id, name]}
    checks: {ck: name <> 'e'}
    absent: {indexes: [on_bad]}
  successor:
dropped_tables:
  leftover: {replaced_by: successor}
"""
        plan = reconciler.plan(desired(tmp_path, text), database.url)
        assert {str(refusal.key) for refusal in plan.refusals} == {
            "check ck on public.users",
            "index good on public.users",
            "index on_bad on public.users",
            "dropped table public.leftover",
        }
        assert {refusal.rule for refusal in plan.refusals} == {"unknown"}

        indexes = "{new: id, Größe: {columns: id, comment: für später}, später: [id, name]}"
        fine = desired(tmp_path, f"tables:\n  users:\n    indexes: {indexes}\n")
        apply_all(fine, database.url)
        assert_in_sync(fine, database.url)
        with database.connect(client_encoding="SQL_ASCII") as connection:
            found = connection.execute(b"SELECT relname::bytea FROM pg_class WHERE relname LIKE 'Gr%'").fetchall()
        assert found == [("Größe".encode(),)]


@pytest.mark.ends
def test_a_silent_network_is_noticed(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A firewall drops packets silently: the connection has keepalives, and values of the user have precedence."""

    def effective(url: str) -> dict[str, str]:
        with connect(url) as session:
            found = session.connection.pgconn.info
            return {one.keyword.decode(): one.val.decode() for one in found if one.val is not None}

    found = effective(database.url)
    assert {name: found[name] for name in DEFAULTS} == DEFAULTS
    assert found["client_encoding"] == "UTF8"
    given = effective(database.url + "&keepalives_idle=7&connect_timeout=3&client_encoding=LATIN1")
    assert (given["keepalives_idle"], given["connect_timeout"], given["client_encoding"]) == ("7", "3", "UTF8")

    services = tmp_path / "services"
    services.write_text(
        f"[shop]\nhost={database.server.socket_folder}\nuser=postgres\ndbname={database.name}\ntcp_user_timeout=9000\n"
    )
    monkeypatch.setenv("PGSERVICEFILE", str(services))
    served = effective("service=shop")
    assert (served["tcp_user_timeout"], served["keepalives_idle"]) == ("9000", DEFAULTS["keepalives_idle"])
    with connect("service=shop") as session, session.again() as same:
        assert same.server.info == session.server.info
