"""Remedies are complete: their statements can be run, and match the existing objects."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import reconciler
from reconciler.model.errors import ConnectionFailed, UsageError
from reconciler.model.plan import Plan
from reconciler.model.secrets import scrubbed
from reconciler.model.state import DesiredState
from reconciler.postgres.conninfo import HINT, hint_for
from reconciler.report import render_markdown, render_text, report_of
from tests.execution.support import apply, desired
from tests.servers import Database

pytestmark = pytest.mark.ends  # about wording, and about rights that differ since 15


@pytest.fixture
def role(database: Database) -> Iterator[str]:
    """Return a role whose name has to be quoted.

    It owns what the test creates as this role, and may create nothing else.
    """
    name = f"App {database.name}"
    database.execute(
        f"""CREATE ROLE "{name}" LOGIN; REVOKE CREATE ON SCHEMA public FROM PUBLIC; CREATE SCHEMA "Own";
            CREATE TABLE "Own".child (id int PRIMARY KEY, parent int); CREATE TABLE "Own".old (id int);
            CREATE TABLE public.parent (id int PRIMARY KEY);
            GRANT USAGE ON SCHEMA "Own" TO "{name}"; GRANT SELECT ON public.parent TO "{name}";
            ALTER TABLE "Own".child OWNER TO "{name}"; ALTER TABLE "Own".old OWNER TO "{name}"; """
    )
    yield name
    database.execute(f'DROP OWNED BY "{name}" CASCADE; DROP ROLE "{name}"')


YAML = """
schema: Own
tables:
  child:
    indexes: {i: parent}
    foreign_keys: {fk: {columns: parent, references: {schema: public, table: parent, columns: id}}}
dropped_tables:
  old: {}
"""


@pytest.mark.pg("== 18")
def test_a_column_behind_a_dot_is_explained(database: Database, tmp_path: Path) -> None:
    database.execute("CREATE TABLE users (id int PRIMARY KEY); CREATE TABLE t (user_id int); CREATE SCHEMA old")
    database.execute("CREATE TABLE old.other (id int)")
    keys = {"dot": "users.id", "schema": "old.users", "plain": "user"}
    yaml = "".join(f"      {name}: {{columns: user_id, references: {to}}}\n" for name, to in keys.items())
    state = desired(tmp_path, f"tables:\n  t:\n    foreign_keys:\n{yaml}")
    refusals = reconciler.plan(state, database.url).refusals
    hint = "; if id is a column of table users, write `users(id)`"
    assert {one.key.name: hint in one.remedy for one in refusals if one.key} == dict.fromkeys(keys, False) | {
        "dot": True
    }


def test_remedies_for_nulls_in_a_primary_key_can_be_written_into_the_file(
    database: Database, tmp_path: Path
) -> None:
    """With `nulls` of the key, and with `repair: first` where the file accepts it."""
    database.execute("CREATE TABLE t (id int); INSERT INTO t VALUES (1), (NULL)")
    (refusal,) = reconciler.plan(desired(tmp_path, "tables: {t: {primary_key: id}}"), database.url).refusals
    assert (refusal.rule, "with `nulls`, of the not-null or of the primary key" in refusal.remedy) == (
        "nulls",
        True,
    )
    file = "tables: {t: {primary_key: {columns: id, nulls: quarantine}}}"
    (refusal,) = reconciler.plan(desired(tmp_path, file), database.url).refusals
    assert refusal.cause.startswith("blocks-updates: ")
    assert refusal.remedy.endswith("`repair: first` (for a primary key: declare its column under `not_null`)")
    file = "tables: {t: {primary_key: id, not_null: {id: {nulls: quarantine, repair: first}}}}"
    assert apply(desired(tmp_path, file), database.url).error is None
    assert database.query("SELECT id FROM t") == [(1,)]


def test_rights_that_are_missing_come_with_statements_that_grant_them(
    database: Database, role: str, tmp_path: Path
) -> None:
    state, url = desired(tmp_path, YAML), database.url_as(role)
    refusals = apply(state, url).plan.refusals
    assert {refusal.rule for refusal in refusals} == {"missing-privilege"}
    grants = {found for one in refusals for found in re.findall(r"GRANT [^;]+;", one.remedy)}
    assert len(grants) >= 4
    assert all(f'TO "{role}";' in grant for grant in grants)
    for grant in grants:
        database.execute(grant)
    assert apply(state, url).error is None


def remedies(plan: Plan) -> list[str]:
    return [refusal.remedy for refusal in plan.refusals]


def test_a_reference_to_a_table_without_a_primary_key_names_columns_that_are_there(
    database: Database, tmp_path: Path
) -> None:
    database.execute("CREATE TABLE codes (code text UNIQUE); CREATE TABLE t (code text)")
    state = desired(tmp_path, "tables: {codes: , t: {foreign_keys: {fk: {columns: code, references: codes}}}}")
    assert remedies(reconciler.plan(state, database.url)) == ["name the columns, as in `references: codes(code)`"]
    database.execute("ALTER TABLE codes DROP CONSTRAINT codes_code_key")
    assert remedies(reconciler.plan(state, database.url)) == [
        "declare `primary_key` or `unique` under public.codes"
    ]


def test_differences_of_an_index_count_from_one(database: Database, tmp_path: Path) -> None:
    database.execute("CREATE TABLE t (a int, b int); CREATE INDEX i ON t (a, b)")
    state = desired(tmp_path, "tables: {t: {indexes: {i: {columns: [a, {column: b, order: desc}]}}}}")
    report = report_of(reconciler.plan(state, database.url))
    assert "column 2 order asc → desc" in render_text(report)
    assert "    column 2 order: asc → desc (" in render_text(report, verbose=True)
    assert "`column 2 order`: `asc` → `desc`" in render_markdown(report)


def test_the_form_of_a_connection_string_is_shown_as_it_is() -> None:
    with pytest.raises(UsageError) as raised:
        reconciler.read(DesiredState(objects={}), "shop")
    hint = str(raised.value.hint)
    assert hint.startswith("a URI is postgresql://USER@HOST:PORT/DATABASE, with %40 for an at sign")
    assert scrubbed(hint) == hint


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ('FATAL: password authentication failed for user "joe"', "user name and password"),
        ("fe_sendauth: no password supplied", "user name and password"),
        ('FATAL: role "joe" does not exist', "user name, or create the role"),
        ("FATAL: sorry, too many clients already", "limit of connections"),
        ('FATAL: too many connections for role "joe"', "limit of connections"),
        ('FATAL: no pg_hba.conf entry for host "::1", user "joe", database "d", no encryption', "pg_hba.conf"),
        ("FATAL: no more connections allowed (max_client_conn)", "the pooler has reached its limit"),
        ("FATAL: MaxClientsInSessionMode: max clients reached", "the pooler has reached its limit"),
        ("FATAL: query_wait_timeout", "the pooler has reached its limit"),
        ("connection timeout expired", "firewall"),
    ],
)
def test_a_connection_that_fails_says_what_to_look_at(message: str, words: str) -> None:
    assert words in hint_for(message)
    assert hint_for("something else") == HINT


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("/test_", "/no_such_"), "correct the name of the database, or create it"),
        (("host=", "host=%2Fnowhere%2F"), "check host and port, and that the server runs"),
    ],
)
def test_each_mistake_in_a_url_has_a_hint_of_its_own(
    database: Database, change: tuple[str, str], words: str
) -> None:
    with pytest.raises(ConnectionFailed) as caught:
        reconciler.history(database.url.replace(*change, 1))
    assert caught.value.hint is not None
    assert caught.value.hint.startswith(words)


def test_a_tablespace_that_does_not_exist_is_named_before_the_first_step(
    database: Database, tmp_path: Path
) -> None:
    database.execute("CREATE TABLE t (a int)")
    places = (
        "{columns: a, tablespace: fst}",
        "{columns: a, tablespace: pg_global}",
        "{columns: a, tablespace: fast}",
    )
    indexes = ", ".join(f"i{n}: {place}" for n, place in enumerate(places))
    state = desired(tmp_path, f"tables: {{t: {{indexes: {{{indexes}}}, unique: {{u: {places[0]}}}}}}}")
    refused = reconciler.plan(state, database.url).refusals
    assert {one.rule for one in refused} == {"missing-tablespace"}
    assert {(one.key.name, one.cause) for one in refused if one.key} == {
        ("i0", "tablespace fst does not exist"),
        ("i1", "tablespace pg_global holds only objects that all databases share"),
        ("u", "tablespace fst does not exist"),
    }
    assert refused[0].remedy == "create it, or correct its name in the file; did you mean fast?"
