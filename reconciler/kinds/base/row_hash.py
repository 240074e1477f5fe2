"""The hash of the rows of a table, by which a table and its dump are compared.

It is the same for the same rows in any order, and on any server: each row is read as text in UTF-8, under the settings
of the tool's sessions.
"""

from __future__ import annotations

from collections.abc import Sequence

from psycopg import sql

from reconciler.kinds.base import ddl
from reconciler.model.bound import BoundName

Parts = tuple[ddl.Sql | BoundName, ...]


def row_value() -> ddl.Sql:
    """Return the value of a row with all its columns."""
    return ddl.fragment("r.*")


def row_of(columns: Sequence[str]) -> ddl.Sql:
    """Return the value of a row with these columns."""
    return ddl.compose("ROW({columns})", columns=ddl.joined((sql.Identifier("r", one) for one in columns), ", "))


def hash_of_rows(table: Parts, row: ddl.Sql) -> Parts:
    """Return a query for the number of rows, and the sums of two parts of their SHA-256: `2:…:…`.

    The output functions of the types make the text: a cast would call a function that a user declared for it. OFFSET 0
    prevents that each hash is computed twice.
    """
    return (
        ddl.fragment(
            "SELECT pg_catalog.concat(pg_catalog.count(*), ':', coalesce(pg_catalog.sum(part_1), 0), ':', "
            "coalesce(pg_catalog.sum(part_2), 0)) "
            "FROM (SELECT ('x' || pg_catalog.substr(h, 1, 15))::bit(60)::bigint AS part_1, "
            "('x' || pg_catalog.substr(h, 16, 15))::bit(60)::bigint AS part_2 "
            "FROM (SELECT pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(pg_catalog.format('%s', "
        ),
        row,
        ddl.fragment("), 'UTF8')), 'hex') AS h FROM ONLY "),
        *table,
        ddl.fragment(" AS r OFFSET 0) AS hashed OFFSET 0) AS parts"),
    )
