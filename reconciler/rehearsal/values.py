"""SQL expressions that make up a value of a type for the row with a number; rows have different values, as far
as the type has enough."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from psycopg import sql

from reconciler.postgres.session import Session, rows

NUMBER: Final = "reconcile_n"
"""The name of the row's number in these expressions."""

_BY_NAME: Mapping[str, str] = {
    **dict.fromkeys(("int4", "int8", "numeric", "float4", "float8", "money", "oid"), "{n}"),
    **dict.fromkeys(("text", "varchar", "bpchar", "citext", "name"), "'value ' || {n}"),
    "bool": "{n} % 2 = 0",
    "bytea": "convert_to({n}::text, 'UTF8')",
    "cidr": "'10.0.0.0'::inet + {n}",
    "date": "date '2020-01-01' + {n}",
    "hstore": "'n=>' || {n}",
    "inet": "'10.0.0.0'::inet + {n}",
    "int2": "{n} % 32767",
    "interval": "{n} * interval '1 minute'",
    "json": "json_build_object('n', {n})",
    "jsonb": "jsonb_build_object('n', {n})",
    "ltree": "'n' || {n}",
    "macaddr": "lpad(to_hex({n}), 12, '0')",
    "point": "point({n}, {n})",
    "time": "time '00:00' + {n} * interval '1 second'",
    "timestamp": "timestamp '2020-01-01 00:00' + {n} * interval '1 hour'",
    "timestamptz": "timestamptz '2020-01-01 00:00+00' + {n} * interval '1 hour'",
    "timetz": "timetz '00:00+00' + {n} * interval '1 second'",
    "tsvector": "'n' || {n}",
    "uuid": "md5({n}::text)",
}
"""Text that needs a cast gets one to the type of its column."""

# A column's type below its domains, and what is needed to make values of it.
_TYPES = """
    WITH RECURSIVE below (attrelid, attnum, attname, type, typmod, base, modifier) AS (
      SELECT a.attrelid, a.attnum, a.attname, a.atttypid, a.atttypmod, a.atttypid, a.atttypmod
        FROM pg_attribute a WHERE a.attrelid = ANY (%(tables)s::oid[]) AND a.attnum > 0 AND NOT a.attisdropped
       UNION ALL
      SELECT b.attrelid, b.attnum, b.attname, b.type, b.typmod, t.typbasetype, t.typtypmod
        FROM below b JOIN pg_type t ON t.oid = b.base WHERE t.typtype = 'd')
    SELECT b.attrelid::int8 AS table, b.attname::text AS column, format_type(b.type, b.typmod) AS written,
           t.typname::text AS name, t.typtype::text AS kind, b.modifier,
           coalesce(e.typname::text, '') AS element, coalesce(g.rngtypid::regtype::text, '') AS range,
           coalesce(s.typname::text, '') AS bound,
           ARRAY(SELECT l.enumlabel::text FROM pg_enum l WHERE l.enumtypid = t.oid ORDER BY l.enumsortorder) AS labels
      FROM below b JOIN pg_type t ON t.oid = b.base
      LEFT JOIN pg_type e ON e.oid = t.typelem AND t.typcategory = 'A'
      LEFT JOIN pg_range g ON t.oid IN (g.rngtypid, g.rngmultitypid)
      LEFT JOIN pg_type s ON s.oid = g.rngsubtype
     WHERE t.typtype <> 'd'"""

_LONGEST_PLAIN = 12
_LENGTH_WORDS = 4
"""PostgreSQL stores the length of a text type plus this number as its modifier."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnType:
    """The type of a column as the server prints it (`written`), and the facts about it below its domains: catalog
    name, modifier, element of an array, labels of an enum, and of a range its name and the type of its bounds."""

    written: str
    name: str
    kind: str
    modifier: int
    element: str
    range: str
    bound: str
    labels: tuple[str, ...]

    def value(self) -> str:
        """Return an expression over `NUMBER`: NULL for a type of which no value is known."""
        return f"({self._inner() or 'NULL'})::{self.written}"

    def _inner(self) -> str | None:
        if self.kind == "e":
            labels = sql.SQL(", ").join(map(sql.Literal, self.labels)).as_string(None)
            return f"(ARRAY[{labels}])[1 + {NUMBER} % {len(self.labels)}]" if self.labels else None
        if self.range:
            lower, upper = (_plain(self.bound, number) for number in (f"(2 * {NUMBER})", f"(2 * {NUMBER} + 1)"))
            return None if lower is None or upper is None else f"{self.range}({lower}, {upper})"
        if self.element:
            element = _plain(self.element, NUMBER)
            return None if element is None else f"ARRAY[{element}]"
        if self.name in ("bpchar", "varchar") and 0 < self.modifier - _LENGTH_WORDS < _LONGEST_PLAIN:
            return f"right({NUMBER}::text, {self.modifier - _LENGTH_WORDS})"
        if self.name == "vector":
            return f"'[' || {NUMBER} || repeat(',1', {max(0, self.modifier - 1)}) || ']'"
        if self.name in ("bit", "varbit"):
            return f"{NUMBER}::bit({max(1, min(self.modifier, 32))})"
        return _plain(self.name, NUMBER)


def _plain(name: str, number: str) -> str | None:
    made = _BY_NAME.get(name)
    return None if made is None else made.format(n=number)


def types_of(session: Session, tables: Iterable[int]) -> Mapping[tuple[int, str], ColumnType]:
    """Return the types of the columns of these tables, by the oid of the table and the column's name."""
    found = rows(session.connection, _TYPES, {"tables": sorted(tables)})
    return {
        (row.pop("table"), row.pop("column")): ColumnType(**{**row, "labels": tuple(row["labels"])})
        for row in found
    }
