"""Rebuilds the skeleton of a snapshot on the embedded server: types, functions and tables, all of them empty.

Nothing in a snapshot is trusted. Its texts are names, which are quoted, and types, which the server looks up and
prints again; no text becomes part of a statement unchanged. Objects that cannot be created are left out and
reported by name.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Final

import psycopg
from psycopg import sql

from reconciler.model.names import TableName
from reconciler.model.state import Column, LiveTable
from reconciler.postgres.session import Session, pipelined, rows, send
from reconciler.postgres.trusted_functions import EXTENSIONS
from reconciler.snapshots.lacking import Lacking, lacking
from reconciler.snapshots.skeleton import (
    BROUGHT,
    PartitionKey,
    QualifiedName,
    Skeleton,
    UserFunction,
    UserOperator,
    UserType,
)

ROLE: Final = "reconcile_reader"
"""The role that expressions are evaluated as: it owns nothing, and is not a member of any role."""
_UNTRUSTED: Final = "reconcile_untrusted"

_AT_ONCE = 100
_OPERATOR_CHARACTERS = frozenset("+-*/<>=~!@#%^&|`?")
_VOLATILITY = {"i": "IMMUTABLE", "s": "STABLE", "v": "VOLATILE"}
_STRATEGIES = {"l": "LIST", "r": "RANGE", "h": "HASH"}

# Functions that the snapshot's server lacks can no longer be found by their names, except for the one used here.
_HIDE = """
    UPDATE pg_proc SET proname = 'reconcile_newer_' || oid
     WHERE oid < 10000 AND pronamespace = 'pg_catalog'::regnamespace AND NOT oid = ANY (%(known)s::oid[])
       AND proname <> 'to_regtypemod'"""

# Its functions are on the list of those that a file may call, as on a server with the extension.
_STAND_IN = """
    INSERT INTO pg_extension (oid, extname, extowner, extnamespace, extrelocatable, extversion)
    SELECT coalesce(max(oid::int8), 0) + 1000000, {name}, 10, {schema}::regnamespace, false, ''
      FROM pg_extension"""

_PRINTS_MODIFIERS = 170000
_PRINTED = """
    SELECT t AS text, format_type(to_regtype(t), to_regtypemod(t)) AS printed
      FROM unnest(%(texts)s::text[]) AS t WHERE to_regtype(t) IS NOT NULL"""
# Older servers cannot print a type with its modifiers. They accept only the name of a type, and comments.
_ACCEPTED = r"""
    SELECT t AS text, t AS printed
      FROM unnest(%(texts)s::text[]) AS t WHERE to_regtype(t) IS NOT NULL AND t !~ '--|/\*|[[:cntrl:]]'"""

ObjectStatement = tuple[object, Callable[[], sql.Composable]]
"""An object to create, and a function that returns its statement, or raises `LookupError` or `ValueError` if there
is none."""


@dataclass(slots=True, kw_only=True)
class Rebuilt:
    """The parts of the skeleton that could not be created, and the tables with the reason."""

    missing: list[Lacking] = field(default_factory=list)
    tables: dict[TableName, str] = field(default_factory=dict)


class Builder:
    """Creates the objects of a skeleton in an empty database.

    `extensions` are those that it may create. `stand_ins`: the session is that of the superuser of an embedded
    server, where other extensions get a stand-in. `function_body` is that of functions: what the real ones do is not
    known, so this is not the body of functions that may be called.
    """

    function_body: ClassVar[str] = "BEGIN RETURN (NULL); END"

    def __init__(
        self,
        session: Session,
        skeleton: Skeleton,
        *,
        extensions: Collection[str] = BROUGHT,
        stand_ins: bool = True,
    ) -> None:
        self._session = session
        self._skeleton = skeleton
        self._extensions = extensions
        self._stand_ins = stand_ins
        self._printed: dict[str, str] = {}
        self._tables: set[TableName] = set()
        self.rebuilt = Rebuilt()

    def prepare(self, *, hide_newer: bool = True) -> None:
        """Create the roles, and everything except tables. `hide_newer`: functions that the server of the skeleton
        lacks cannot be called."""
        for role in (ROLE, _UNTRUSTED):
            self._session.connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
        self.make_objects()
        self._own()
        if hide_newer and self._skeleton.builtin:
            self._session.connection.execute(_HIDE, {"known": list(self._skeleton.builtin)})

    def make_objects(self) -> None:
        """Create everything except roles and tables."""
        self._session.connection.execute("SET check_function_bodies = off")
        skeleton = self._skeleton
        self._make((name, _of(self._schema, name)) for name in skeleton.schemas)
        brought = [one for one in skeleton.extensions if one[0] in self._extensions]
        unmade = self._passes([(one, _of(_extension, one)) for one in brought])
        self._stand_in([one for one in skeleton.extensions if one[0] not in self._extensions or one in unmade])
        self._lack("collation", self._make((one, _of(_collation, one)) for one in skeleton.collations.values()))
        made = self._make((one, _of(_configuration, one)) for one in skeleton.configurations)
        self._lack("text search configuration", made)
        self._lack("type", self._passes([(one, _of(self._type, one)) for one in skeleton.types]))
        self._learn(text for one in skeleton.functions for text in (*one.arguments, one.result))
        self._lack("function", self._make((one, _of(self._function, one)) for one in skeleton.functions))
        self._learn(text for one in skeleton.operators for text in (one.left, one.right) if text is not None)
        self._lack("operator", self._make((one, _of(self._operator, one)) for one in skeleton.operators))

    def _lack(self, what: str, unmade: Iterable[object]) -> None:
        for one in unmade:
            if isinstance(one, TableName):
                self.rebuilt.missing.append(lacking(what, one))
            elif isinstance(one, (UserType, UserFunction, UserOperator)):
                self.rebuilt.missing.append(lacking(what, one.name))

    def is_wanted(self, table: TableName) -> bool:
        """Whether the table was to be created."""
        return table in self._tables

    def make_tables(self, tables: Iterable[LiveTable]) -> None:
        """Create the tables that do not exist yet."""
        wanted = [table for table in tables if table.name not in self._tables]
        self._tables.update(table.name for table in wanted)
        self._learn(column.type for table in wanted for column in table.columns.values())
        left = self._make((table, _of(self.table_statement, table)) for table in wanted)
        for table in left:
            if isinstance(table, LiveTable):
                self.rebuilt.tables[table.name] = self._reason(table)

    def _reason(self, table: LiveTable) -> str:
        types = sorted({one.type for one in table.columns.values() if one.type not in self._printed})
        key = self._skeleton.partition_keys.get(table.name)
        others = {one.name for one in self._skeleton.others}
        opclasses = sorted({str(one) for one, _ in key.parts if one in others}) if key is not None else []
        what = f"type {', '.join(types)}" if types else "a part of it"
        if opclasses and not types:
            what = f"operator class {', '.join(opclasses)}"
        return f"{what} cannot be created on the embedded server"

    def _passes(self, wanted: Sequence[ObjectStatement]) -> list[object]:
        """Create objects that may need each other; return those that cannot be created."""
        left = list(wanted)
        while left:
            self._printed.clear()
            self._learn(text for one, _ in left if isinstance(one, UserType) for text in _types_of(one))
            failed = set(map(id, self._make(left)))
            still = [one for one in left if id(one[0]) in failed]
            if len(still) == len(left):
                break
            left = still
        self._printed.clear()
        return [what for what, _ in left]

    def _make(self, wanted: Iterable[ObjectStatement]) -> list[object]:
        """Create objects, many in one transaction; return those that cannot be created."""
        failed: list[object] = []
        ready: list[tuple[object, str]] = []
        for what, statement in wanted:
            try:
                ready.append((what, statement().as_string(None)))
            except (LookupError, ValueError):
                failed.append(what)
        for start in range(0, len(ready), _AT_ONCE):
            failed += self._send(ready[start : start + _AT_ONCE])
        return failed

    def _send(self, statements: Sequence[tuple[object, str]]) -> list[object]:
        connection = self._session.connection
        try:
            with connection.transaction(), pipelined(connection):
                for _, statement in statements:
                    send(connection, statement)
            return []
        except (psycopg.Error, ValueError):
            if connection.closed:
                raise
            if len(statements) == 1:
                return [statements[0][0]]
        middle = len(statements) // 2
        return self._send(statements[:middle]) + self._send(statements[middle:])

    def _learn(self, types: Iterable[str]) -> None:
        """Let the server look types up and print them: statements use the printed form."""
        new = [text for text in dict.fromkeys(types) if text not in self._printed]
        if new:
            self._printed.update(self._look_up(new))

    def _look_up(self, texts: Sequence[str]) -> Mapping[str, str]:
        connection = self._session.connection
        query = _PRINTED if connection.info.server_version >= _PRINTS_MODIFIERS else _ACCEPTED
        try:
            found = rows(connection, query, {"texts": list(texts)})
        except psycopg.Error:
            if len(texts) == 1:
                return {}
            middle = len(texts) // 2
            return {**self._look_up(texts[:middle]), **self._look_up(texts[middle:])}
        return {row["text"]: row["printed"] for row in found}

    def _as_type(self, text: str) -> sql.SQL:
        return sql.SQL(self._printed[text])  # as the server printed it

    def _schema(self, name: str) -> sql.Composable:
        return sql.SQL("DO {}").format(
            sql.Literal(
                sql.SQL("BEGIN CREATE SCHEMA IF NOT EXISTS {0}; GRANT USAGE ON SCHEMA {0} TO PUBLIC; END")
                .format(sql.Identifier(name))
                .as_string(None)
            )
        )

    def _type(self, one: UserType) -> sql.Composable:
        name = sql.Identifier(*one.name)
        match one.kind:
            case "e":
                labels = sql.SQL(", ").join(map(sql.Literal, one.labels))
                return sql.SQL("CREATE TYPE {} AS ENUM ({})").format(name, labels)
            case "d":
                return sql.SQL("CREATE DOMAIN {} AS {}").format(name, self._as_type(one.base))
            case "c":
                parts = (sql.Identifier(part) + sql.SQL(" ") + self._as_type(text) for part, text in one.attributes)
                return sql.SQL("CREATE TYPE {} AS ({})").format(name, sql.SQL(", ").join(parts))
            case "r":
                return sql.SQL("CREATE TYPE {} AS RANGE (SUBTYPE = {})").format(name, self._as_type(one.base))
            case _:  # a function written in C: another function with its name
                return sql.SQL("CREATE TYPE {} AS ()").format(name)

    def _function(self, one: UserFunction) -> sql.Composable:
        count = len(one.arguments)
        arguments = [
            sql.SQL("VARIADIC " if one.variadic and n == count - 1 else "")
            + self._as_type(text)
            + sql.SQL(" DEFAULT NULL" if n >= count - one.defaults else "")
            for n, text in enumerate(one.arguments)
        ]
        return sql.SQL("CREATE FUNCTION {} ({}) RETURNS {}{} LANGUAGE plpgsql {}{} AS {}").format(
            sql.Identifier(*one.name),
            sql.SQL(", ").join(arguments),
            sql.SQL("SETOF " if one.returns_set else ""),
            self._as_type(one.result),
            sql.SQL(_VOLATILITY[one.volatility]),
            sql.SQL(" STRICT" if one.strict else ""),
            sql.Literal("BEGIN RETURN; END" if one.returns_set else self.function_body),
        )

    def _operator(self, one: UserOperator) -> sql.Composable:
        if not one.name.name or not _OPERATOR_CHARACTERS.issuperset(one.name.name):
            raise ValueError("no operator")
        left = sql.SQL("LEFTARG = {}, ").format(self._as_type(one.left)) if one.left is not None else sql.SQL("")
        return sql.SQL("CREATE OPERATOR {}.{} (FUNCTION = {}, {}RIGHTARG = {})").format(
            sql.Identifier(one.name.schema),
            sql.SQL(one.name.name),
            sql.Identifier(*one.function),
            left,
            self._as_type(one.right),
        )

    def _own(self) -> None:
        """Functions that the plan may not call get another owner; those of an extension get that of the
        extension."""
        of_others = [one for one in self._skeleton.functions if not one.trusted]
        self._make((one, _of(self._given_away, one)) for one in of_others)
        stood_in = [one for one in self._skeleton.functions if one.extension in EXTENSIONS]
        self._make((one, _of(self._adopted, one)) for one in stood_in)

    def _signature(self, one: UserFunction) -> sql.Composable:
        arguments = sql.SQL(", ").join(map(self._as_type, one.arguments))
        return sql.SQL("{} ({})").format(sql.Identifier(*one.name), arguments)

    def _given_away(self, one: UserFunction) -> sql.Composable:
        return sql.SQL("ALTER FUNCTION {} OWNER TO {}").format(self._signature(one), sql.Identifier(_UNTRUSTED))

    def _adopted(self, one: UserFunction) -> sql.Composable:
        return sql.SQL("ALTER EXTENSION {} ADD FUNCTION {}").format(
            sql.Identifier(one.extension), self._signature(one)
        )

    def _stand_in(self, extensions: Sequence[tuple[str, str]]) -> None:
        """Create stand-ins for extensions that the embedded server lacks."""
        for name, schema in extensions:
            if self._stand_ins and name in EXTENSIONS:
                self._make([(name, _of(_stand_in, (name, schema)))])
            # The skeleton has the objects of those that are never created.
            self.rebuilt.missing.append(Lacking(what=f"extension {name}", any_error=name in BROUGHT))

    def table_statement(self, table: LiveTable) -> sql.Composable:
        """Return the statement that creates a table. Raise `LookupError` if a type is missing."""
        key = self._skeleton.partition_keys.get(table.name)
        clause = sql.SQL("") if key is None else partition_clause(table, key)
        return sql.SQL("CREATE TABLE {} ({}){}").format(sql.Identifier(*table.name), self.columns(table), clause)

    def columns(self, table: LiveTable) -> sql.Composable:
        """Return the columns of a table with their types."""
        return sql.SQL(", ").join(self._column(table, number) for number in sorted(table.attnums))

    def typed_nulls(self, table: LiveTable) -> sql.Composable:
        """Return a NULL for each column of a table, with type and name."""
        columns = (column for _, column in sorted(table.attnums.items()))
        return sql.SQL(", ").join(
            sql.SQL("NULL::{}{} AS {}").format(
                self._as_type(column.type), self._collated(column), sql.Identifier(column.name)
            )
            for column in columns
        )

    def _collated(self, column: Column) -> sql.Composable:
        collation = self._skeleton.collations.get(column.collation_oid)
        return sql.SQL("") if collation is None else sql.SQL(" COLLATE {}").format(sql.Identifier(*collation))

    def _column(self, table: LiveTable, number: int) -> sql.Composable:
        column = table.attnums[number]
        type_ = self._as_type(column.type)
        parts = sql.SQL("{} {}{}").format(sql.Identifier(column.name), type_, self._collated(column))
        if column.generated:
            stored = "STORED" if column.generated == "s" else "VIRTUAL"
            parts += sql.SQL(" GENERATED ALWAYS AS (NULL::{}) {}").format(type_, sql.SQL(stored))
        return parts


def _of(make: Callable[..., sql.Composable], one: object) -> Callable[[], sql.Composable]:
    return lambda: make(one)


def _stand_in(extension: tuple[str, str]) -> sql.Composable:
    name, schema = extension
    return sql.SQL(_STAND_IN).format(
        name=sql.Literal(name), schema=sql.Literal(sql.Identifier(schema).as_string(None))
    )


def _types_of(one: UserType) -> Iterator[str]:
    if one.base:
        yield one.base
    yield from (text for _, text in one.attributes)


def _extension(one: tuple[str, str]) -> sql.Composable:
    name, schema = map(sql.Identifier, one)
    return sql.SQL("CREATE EXTENSION {} SCHEMA {}").format(name, schema)


def _collation(name: QualifiedName) -> sql.Composable:
    return sql.SQL('CREATE COLLATION IF NOT EXISTS {} FROM pg_catalog."C"').format(sql.Identifier(*name))


def _configuration(name: QualifiedName) -> sql.Composable:
    made = sql.SQL("CREATE TEXT SEARCH CONFIGURATION {} (COPY = pg_catalog.simple)")
    return made.format(sql.Identifier(*name))


def partition_clause(table: LiveTable, key: PartitionKey, *, by_hash: bool = False) -> sql.Composable:
    """Return the PARTITION BY clause, as for copies of tables: an expression in the key is replaced by another
    one. `by_hash`: whatever the table's own strategy is."""
    plain = next(one.name for _, one in sorted(table.attnums.items()) if not one.generated)
    parts = []
    for column, (opclass, collation) in zip(table.partition_key, key.parts, strict=True):
        if column is None:
            parts.append(sql.SQL("(({} IS NULL))").format(sql.Identifier(plain)))
            continue
        collated = sql.SQL(" COLLATE {}").format(sql.Identifier(*collation)) if collation else sql.SQL("")
        own = sql.SQL("") if by_hash and key.strategy != "h" else sql.SQL(" ") + sql.Identifier(*opclass)
        parts.append(sql.Identifier(column) + collated + own)
    strategy = sql.SQL(_STRATEGIES["h" if by_hash else key.strategy])
    return sql.SQL(" PARTITION BY {} ({})").format(strategy, sql.SQL(", ").join(parts))
