"""The default operator class of a type is the one that the server chooses."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

import reconciler
from reconciler.kinds.base.catalog import OperatorClass
from reconciler.postgres.catalog import _OPCLASSES
from reconciler.postgres.default_opclass import COERCIONS, TYPES, DefaultOpclasses, Type
from tests.servers import Database

OWN = """
    CREATE EXTENSION IF NOT EXISTS citext;
    CREATE DOMAIN short AS varchar(10);
    CREATE DOMAIN shorter AS short CHECK (length(VALUE) < 5);
    CREATE DOMAIN cased AS citext;
    CREATE TYPE mood AS ENUM ('sad', 'happy');
    CREATE TYPE pair AS (a int, b int);
    CREATE TYPE span AS RANGE (subtype = float8);
    """

NAMES = """
    SELECT t.oid::int8, format_type(t.oid, NULL) FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
     WHERE t.typtype <> 'p' AND t.typisdefined AND n.nspname IN ('pg_catalog', 'public')
       AND NOT EXISTS (SELECT FROM pg_class c WHERE c.oid = t.typrelid AND c.relkind <> 'c')
       AND t.typname !~ '^_pg_' AND format_type(t.oid, NULL) !~ '^(pg_|_)'"""


@pytest.mark.ends
def test_the_default_is_what_the_server_chooses(database: Database) -> None:
    database.execute(OWN)
    with database.connect() as connection:
        opclasses = {oid: OperatorClass(*values) for oid, *values in connection.execute(_OPCLASSES.encode())}
        types = [Type(*row) for row in connection.execute(TYPES.encode())]
        defaults = DefaultOpclasses(opclasses, types, list(connection.execute(COERCIONS.encode())))
        methods = dict(
            connection.execute("SELECT amname::text, oid::int8 FROM pg_am WHERE amtype = 'i'").fetchall()
        )
        chosen = {}
        for oid, name in connection.execute(NAMES.encode()).fetchall():
            for method, method_oid in methods.items():
                with suppress(psycopg.errors.UndefinedFunction, psycopg.errors.InvalidTableDefinition):
                    chosen[name, method] = of_server(connection, name, method), defaults.default(oid, method_oid)
    assert len(chosen) > 300
    assert sum(server is not None for server, _ in chosen.values()) > 150
    assert {pair: both for pair, both in chosen.items() if both[0] != both[1]} == {}


def of_server(connection: psycopg.Connection[tuple[object, ...]], type_name: str, method: str) -> int | None:
    """Return the server's choice, None if there is no default. Raise any other error, such as a missing operator."""
    try:
        with connection.transaction(force_rollback=True):
            connection.execute(f"CREATE TEMPORARY TABLE trial (c {type_name})".encode())
            connection.execute(f"CREATE INDEX trial_c ON trial USING {method} (c)".encode())
            found = connection.execute("SELECT indclass[0]::int8 FROM pg_index WHERE indrelid = 'trial'::regclass")
            ((oid,),) = found.fetchall()
            return int(str(oid))
    except psycopg.errors.UndefinedObject:
        return None


@pytest.mark.ends
def test_export_keeps_the_operator_class_of_another_type(database: Database, tmp_path: Path) -> None:
    """It is no default of the column's type, although it is one of its own type."""
    database.execute("""
        CREATE EXTENSION citext; CREATE TABLE t (c citext, i int, b bit(8), n cidr);
        CREATE INDEX t_c ON t (c text_ops); CREATE INDEX t_i ON t (i oid_ops); CREATE INDEX t_b ON t (b varbit_ops);
        CREATE INDEX t_own ON t (c, i, b, n)""")
    file = tmp_path / "schema.yaml"
    file.write_text(reconciler.export(database.url).files["schema.yaml"], encoding="utf-8")
    text = file.read_text(encoding="utf-8")
    assert [one for one in ("text_ops", "oid_ops", "varbit_ops") if one not in text] == []
    assert text.count("opclass") == 3
    assert reconciler.plan(reconciler.load([file]), database.url).in_sync
