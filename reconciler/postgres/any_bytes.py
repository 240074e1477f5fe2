"""Text of a database with the encoding SQL_ASCII, which may have any bytes.

Bytes that are not valid UTF-8 are escaped as lone surrogates when they are read (PEP 383), and sent back unchanged.
"""

from __future__ import annotations

import json
from typing import Any

import psycopg

# Fixed oids: "char", name, text, unknown, bpchar, varchar; json, jsonb. catalog/pg_type.dat
_TEXTS = (18, 19, 25, 705, 1042, 1043)
_JSONS = (114, 3802)


class _AnyText(psycopg.adapt.Loader):
    """Text of a database with the encoding SQL_ASCII, which may have any bytes."""

    def load(self, data: psycopg.abc.Buffer) -> str:
        return bytes(data).decode("utf-8", "surrogateescape")


class _AnyJson(_AnyText):
    def load(self, data: psycopg.abc.Buffer) -> Any:
        return json.loads(super().load(data))


def take_any_bytes(connection: psycopg.Connection[Any]) -> None:
    """Read text that is not valid UTF-8 with those bytes escaped. With client encoding UTF8, the server would send
    none of the rows."""
    connection.execute("SET client_encoding TO SQL_ASCII")
    for oid in _TEXTS:
        connection.adapters.register_loader(oid, _AnyText)
    for oid in _JSONS:
        connection.adapters.register_loader(oid, _AnyJson)


def to_bytes(statement: str) -> bytes:
    """Return the statement in UTF-8. Bytes that were escaped when they were read are restored."""
    return statement.encode("utf-8", "surrogateescape")
