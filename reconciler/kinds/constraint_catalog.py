"""What the catalog queries of all constraints share."""

from __future__ import annotations

from typing import Any

KEY_COLUMNS = """(SELECT array_agg(a.attname::text ORDER BY k.n)
           FROM unnest(c.conkey) WITH ORDINALITY AS k(attnum, n)
           JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.attnum)"""

COMMENT = "obj_description(c.oid, 'pg_constraint')"

FROM = """FROM pg_constraint c
      JOIN pg_class t ON t.oid = c.conrelid
      JOIN pg_namespace n ON n.oid = t.relnamespace"""

# Constraint and index of a primary key or unique constraint; `conindid` is its index.
INDEX_FROM = (
    FROM
    + """
      JOIN pg_index x ON x.indexrelid = c.conindid
      JOIN pg_class i ON i.oid = c.conindid
      LEFT JOIN pg_tablespace s ON s.oid = i.reltablespace"""
)

INCLUDE_COLUMNS = """(SELECT array_agg(a.attname::text ORDER BY k.n)
           FROM unnest(x.indkey::int2[]) WITH ORDINALITY AS k(attnum, n)
           JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = k.attnum
          WHERE x.indnatts > x.indnkeyatts AND k.n > x.indnkeyatts)"""


def storage_parameters(reloptions: list[str] | None) -> tuple[tuple[str, str], ...]:
    """`pg_class.reloptions` as sorted (name, value) pairs."""
    pairs = (option.partition("=") for option in reloptions or ())
    return tuple(sorted((name, value) for name, _, value in pairs))


def texts(array: list[Any] | None) -> tuple[str, ...]:
    """An array of names as a tuple; NULL is the empty one."""
    return tuple(array or ())
