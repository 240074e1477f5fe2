"""Errors of the server as values: their messages, and the texts that they keep private."""

from __future__ import annotations

import psycopg
import pytest

from reconciler.model.server_error import ServerError
from reconciler.postgres.server_error import raised_number, server_error
from tests.servers import Database

pytestmark = pytest.mark.ends  # about the fields of a server error

SETUP = """
    CREATE TABLE parents (id int PRIMARY KEY);
    CREATE TABLE rows (
        id int CONSTRAINT "the key" PRIMARY KEY, parent int CONSTRAINT parent_fkey REFERENCES parents,
        word text NOT NULL CONSTRAINT short CHECK (length(word) < 10));
    INSERT INTO rows VALUES (4711, NULL, 'canary');
    CREATE FUNCTION tell(text, text) RETURNS bool LANGUAGE plpgsql AS $$ BEGIN
        RAISE EXCEPTION USING MESSAGE = $1, ERRCODE = $2, CONSTRAINT = $1, TABLE = $1, DETAIL = $1, HINT = $1; END $$;
    """


def error_of(database: Database, statement: str) -> ServerError:
    with database.connect() as connection, pytest.raises(psycopg.Error) as caught:
        connection.execute(statement.encode())
    return server_error(caught.value)


def number_of(database: Database, statement: str) -> int | None:
    with database.connect() as connection, pytest.raises(psycopg.Error) as caught:
        connection.execute(statement.encode())
    return raised_number(caught.value)


# A text of the tool; the server's message is kept separately.
OWN = {
    "INSERT INTO rows VALUES (4711, NULL, 'x')": "rows have duplicate keys: constraint the key, table public.rows",
    "CREATE UNIQUE INDEX short ON rows (id); ALTER TABLE rows ADD CONSTRAINT short UNIQUE USING INDEX short": (
        "another object has this name, or was created at the same time: "
        "constraint pg_constraint_conrelid_contypid_conname_index, table pg_catalog.pg_constraint"
    ),
    "INSERT INTO rows VALUES (1, 4711, 'x')": (
        "a row refers to a missing row: constraint parent_fkey, table public.rows"
    ),
    "INSERT INTO rows VALUES (4711, NULL, NULL)": (
        "a row has NULL in a column that must not be NULL: column word, table public.rows"
    ),
    "INSERT INTO rows VALUES (4711, 1, 'canary canary')": (
        "a row violates a check: constraint short, table public.rows"
    ),
    "SELECT word::int FROM rows": "a value is not valid text for its type",
    "SELECT word::regclass FROM rows": "the server does not accept the statement",
    "SELECT word::regtype FROM rows": "the server does not accept the statement",
    "SELECT id / (id - id) FROM rows": "division by zero",
    "SELECT tell(word, '23505') FROM rows": "rows have duplicate keys",
    "SELECT tell(word, '42P01') FROM rows": "the server does not accept the statement",
    "SELECT pg_get_object_address('function', ARRAY[word], ARRAY['int']) FROM rows": (
        "the server does not accept the statement"
    ),
    "SELECT pg_get_object_address('operator class', ARRAY['btree', word], '{}') FROM rows": (
        "the server does not accept the statement"
    ),
    "SELECT pg_get_object_address('table', ARRAY[word], '{}') FROM rows": "the server does not accept the statement",
    "SELECT pg_get_object_address('type', ARRAY[word], '{}') FROM rows": "the server does not accept the statement",
    "SELECT pg_get_object_address('table constraint', ARRAY['rows', word], '{}') FROM rows": (
        "the server does not accept the statement"
    ),
    "SELECT to_tsquery(word || ' (') FROM rows": "the server does not accept the statement",
    "SELECT has_table_privilege(word, 'SELECT') FROM rows": "the server does not accept the statement",
    "SELECT has_function_privilege(word || '()', 'EXECUTE') FROM rows": "the server does not accept the statement",
    "SELECT nextval(word) FROM rows": "the server does not accept the statement",
    "SELECT set_config(word, '1', true) FROM rows": "the server does not accept the statement",
    "SELECT query_to_xml('SELECT ' || word, true, true, '') FROM rows": "the server does not accept the statement",
}


@pytest.mark.parametrize("statement", OWN)
def test_a_message_that_may_quote_a_row_is_replaced_by_ours(database: Database, statement: str) -> None:
    database.execute(SETUP)
    error = error_of(database, statement)
    assert str(error) == f"{OWN[statement]} (SQLSTATE {error.sqlstate})"
    assert len(error.sqlstate) == 5
    assert len(error.words) == 1


# The server's message, which refers to the statement or to definitions.
PUBLIC = {
    "SELECT wrd FROM rows": 'column "wrd" does not exist; Perhaps you meant to reference the column "rows.word".',
    "SELECT id +- FROM rows": 'syntax error at or near "FROM"',
    "SELECT id > 'x' FROM rows": 'invalid input syntax for type integer: "x"',
    "ALTER TABLE rows ADD CHECK (wrd > 0) NOT VALID": (
        'column "wrd" does not exist; Perhaps you meant to reference the column "rows.word".'
    ),
    "SELECT nonesuch(id) FROM rows": (
        "function nonesuch(integer) does not exist; "
        "No function matches the given name and argument types. You might need to add explicit type casts."
    ),
    "ALTER TABLE rows VALIDATE CONSTRAINT long": 'constraint "long" of relation "rows" does not exist',
    "ALTER TABLE rows ALTER parent SET NOT NULL": 'column "parent" of relation "rows" contains null values',
    "ALTER TABLE rows SET (fillfactor = 1)": (
        'value 1 out of bounds for option "fillfactor"; Valid values are between "10" and "100".'
    ),
    "SET ROLE reader; SELECT * FROM rows": "permission denied for table rows",
}


@pytest.mark.parametrize("statement", PUBLIC)
def test_a_message_about_definitions_is_printed_as_the_server_words_it(database: Database, statement: str) -> None:
    database.execute(SETUP)
    error = error_of(database, statement)
    assert error.text == PUBLIC[statement]
    assert len(error.words) == 0


def test_an_sqlstate_that_postgresql_does_not_have_is_not_printed(database: Database) -> None:
    """A function can put five characters of a row into it."""
    database.execute(SETUP)
    error = error_of(database, "SELECT tell(word, 'CANAR') FROM rows")
    assert (error.sqlstate, error.condition, str(error)) == ("", "", "the server reported an error")


@pytest.mark.parametrize(("raising", "number"), [("ERRCODE = 'RC010', DETAIL = 12", 12), ("DETAIL = 'x'", None)])
def test_a_number_is_taken_from_a_block_of_ours(database: Database, raising: str, number: int | None) -> None:
    assert number_of(database, f"DO $$ BEGIN RAISE EXCEPTION USING {raising}; END $$") == number


def test_a_number_is_not_taken_from_a_function_that_the_block_calls(database: Database) -> None:
    """Otherwise a number of a row would be reported as the count of rows."""
    database.execute(SETUP)
    calls = "DO $$ BEGIN EXECUTE 'SELECT tell(id::text, ''RC010'') FROM rows'; END $$"
    assert number_of(database, calls) is None


def test_a_condition_has_postgresqls_name(database: Database) -> None:
    database.execute(SETUP)
    assert error_of(database, "INSERT INTO rows VALUES (4711, NULL, 'x')").condition == "unique_violation"


def test_a_connection_that_breaks_has_no_sqlstate(database: Database) -> None:
    with database.connect() as connection:
        database.server.admin.execute("SELECT pg_terminate_backend(%s)", [connection.info.backend_pid])
        with pytest.raises(psycopg.OperationalError):
            connection.execute("SELECT 1")
        with pytest.raises(psycopg.OperationalError) as caught:
            connection.execute("SELECT 1")
    assert str(server_error(caught.value)) == "the connection to the server was lost"


def test_a_message_is_kept_up_to_a_bound(database: Database) -> None:
    error = error_of(database, "SELECT repeat('x', 100000)::int")
    assert [len(words) for words in error.words.up_to(1)] == [2000]
