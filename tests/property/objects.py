"""Constraints and indexes as values, and their SQL, which is written here by hand, without the code under test."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tests.property.tables import Table, listed, literal, quoted


@dataclass(frozen=True, slots=True, kw_only=True)
class Object:
    """A constraint or an index; `rank` orders objects after those that they need. Its name comes from its slot."""

    comment: str | None = None

    @property
    def rank(self) -> int:
        return 2

    def create(self, table: Table, name: str, major: int) -> Iterator[str]:
        raise NotImplementedError

    def _comment(self, what: str, name: str, on: str = "") -> Iterator[str]:
        if self.comment is not None:
            yield f"COMMENT ON {what} {name}{on} IS {literal(self.comment)}"

    def _constraint(self, table: Table, name: str, definition: str) -> Iterator[str]:
        yield f"ALTER TABLE {table.sql} ADD CONSTRAINT {quoted(name)} {definition}"
        yield from self._comment("CONSTRAINT", quoted(name), f" ON {table.sql}")


@dataclass(frozen=True, slots=True, kw_only=True)
class NotNull(Object):
    """A not-null.

    The column is used as its name; the other fields exist since 18. `name` None is PostgreSQL's choice.
    """

    name: str | None = None
    no_inherit: bool = False
    validated: bool = True

    @property
    def rank(self) -> int:
        return 0

    def create(self, table: Table, name: str, major: int) -> Iterator[str]:
        no_inherit = self.no_inherit and table.split is None and not table.is_partition
        if major < 18 or (self.name is None and not no_inherit and self.validated):
            yield f"ALTER TABLE {table.sql} ALTER COLUMN {quoted(name)} SET NOT NULL"
            return
        given = f"CONSTRAINT {quoted(self.name)} " if self.name is not None else ""
        ending = (" NO INHERIT" if no_inherit else "") + ("" if self.validated else " NOT VALID")
        yield f"ALTER TABLE {table.sql} ADD {given}NOT NULL {quoted(name)}{ending}"
        if self.name is not None:
            yield from self._comment("CONSTRAINT", quoted(self.name), f" ON {table.sql}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Key(Object):
    """A primary key or a unique constraint. `parts` are names of partitions' indexes; PostgreSQL names the others."""

    primary: bool
    columns: tuple[str, ...]
    without_overlaps: bool = False
    include: tuple[str, ...] = ()
    nulls_distinct: bool = True
    deferrable: str = ""
    parameters: str = ""
    tablespace: bool = False
    parts: tuple[tuple[Table, str], ...] = ()

    @property
    def rank(self) -> int:
        return 1

    def create(self, table: Table, name: str, major: int) -> Iterator[str]:
        parts = ["PRIMARY KEY" if self.primary else "UNIQUE"]
        if not self.primary and not self.nulls_distinct and major >= 15:
            parts.append("NULLS NOT DISTINCT")
        parts.append(f"({listed(self.columns)}{' WITHOUT OVERLAPS' if self.without_overlaps else ''})")
        include = [column for column in self.include if column not in self.columns]
        if include:
            parts.append(f"INCLUDE ({listed(include)})")
        if self.parameters:
            parts.append(f"WITH ({self.parameters})")
        if self.tablespace:
            parts.append("USING INDEX TABLESPACE fast")
        yield from self._constraint(table, name, " ".join([*parts, self.deferrable]))
        yield from _name_parts(table, name, self.parts)


def _name_parts(table: Table, name: str, parts: Iterable[tuple[Table, str]]) -> Iterator[str]:
    for partition, part in parts:
        yield f"SELECT lib.name_part({literal(quoted(table.schema, name))}, {literal(partition.sql)}, {literal(part)})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Index(Object):
    """An index. `elements` are SQL as in CREATE INDEX; `targets` are statistics targets of the expressions."""

    method: str
    elements: tuple[str, ...]
    expressions: tuple[int, ...] = ()
    columns: tuple[str, ...] = ()
    unique: bool = False
    nulls_distinct: bool = True
    include: tuple[str, ...] = ()
    where: str | None = None
    parameters: str = ""
    tablespace: bool = False
    target: int | None = None
    parts: tuple[tuple[Table, str], ...] = ()

    @property
    def rank(self) -> int:
        return 1 if self.unique else 2

    def create(self, table: Table, name: str, major: int) -> Iterator[str]:
        parts = [
            f"CREATE {'UNIQUE ' if self.unique else ''}INDEX {quoted(name)} ON {table.sql} USING {self.method}"
        ]
        parts.append(f"({', '.join(self.elements)})")
        if self.include:
            parts.append(f"INCLUDE ({listed(self.include)})")
        if self.unique and not self.nulls_distinct and major >= 15:
            parts.append("NULLS NOT DISTINCT")
        if self.parameters:
            parts.append(f"WITH ({self.parameters})")
        if self.tablespace:
            parts.append("TABLESPACE fast")
        if self.where is not None:
            parts.append(f"WHERE {self.where}")
        yield " ".join(parts)
        place = quoted(table.schema, name)
        for number in self.expressions if self.target is not None else ():
            yield f"ALTER INDEX {place} ALTER COLUMN {number} SET STATISTICS {self.target}"
        yield from self._comment("INDEX", place)
        yield from _name_parts(table, name, self.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check(Object):
    """A check. `strict` are columns that cannot be NULL if it is true. `enforced` can be set since 18."""

    expression: str
    strict: tuple[str, ...] = ()
    no_inherit: bool = False
    validated: bool = True
    enforced: bool = True

    def create(self, table: Table, name: str, major: int) -> Iterator[str]:
        ending = " NO INHERIT" if self.no_inherit and table.split is None else ""
        ending += _validity(self, major)
        yield from self._constraint(table, name, f"CHECK ({self.expression}){ending}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion(Object):
    """An exclusion constraint. `strict` as in a check."""

    method: str
    elements: tuple[str, ...]
    strict: tuple[str, ...] = ()
    include: tuple[str, ...] = ()
    where: str | None = None
    deferrable: str = ""
    parameters: str = ""
    tablespace: bool = False

    def create(self, table: Table, name: str, major: int) -> Iterator[str]:
        del major
        parts = [f"EXCLUDE USING {self.method} ({', '.join(self.elements)})"]
        if self.include:
            parts.append(f"INCLUDE ({listed(self.include)})")
        if self.parameters:
            parts.append(f"WITH ({self.parameters})")
        if self.tablespace:
            parts.append("USING INDEX TABLESPACE fast")
        if self.where is not None:
            parts.append(f"WHERE ({self.where})")
        yield from self._constraint(table, name, " ".join([*parts, self.deferrable]))


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignKey(Object):
    """A foreign key.

    `chosen` are the columns of SET NULL (…) or SET DEFAULT (…), since 15. A `period` is the last column on both sides;
    such a foreign key has no actions.
    """

    columns: tuple[str, ...]
    references: Table
    referenced: tuple[str, ...]
    on_delete: str = ""
    chosen: tuple[str, ...] = ()
    on_update: str = ""
    period: bool = False
    full: bool = False
    deferrable: str = ""
    validated: bool = True
    enforced: bool = True

    @property
    def rank(self) -> int:
        return 3

    def create(self, table: Table, name: str, major: int) -> Iterator[str]:
        own, referenced = (self._spelled(columns) for columns in (self.columns, self.referenced))
        parts = [f"FOREIGN KEY ({own}) REFERENCES {self.references.sql} ({referenced})"]
        if self.full:
            parts.append("MATCH FULL")
        if self.on_delete and not self.period:
            chosen = self.chosen if major >= 15 and self.on_delete.startswith("SET") else ()
            parts.append(f"ON DELETE {self.on_delete}" + (f" ({listed(chosen)})" if chosen else ""))
        if self.on_update and not self.period:
            parts.append(f"ON UPDATE {self.on_update}")
        parts.append(self.deferrable)
        parts.append("" if table.split is not None and major < 18 else _validity(self, major))
        yield from self._constraint(table, name, " ".join(parts))

    def _spelled(self, columns: tuple[str, ...]) -> str:
        names = [quoted(name) for name in columns]
        return ", ".join([*names[:-1], f"PERIOD {names[-1]}"] if self.period else names)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics(Object):
    """`elements` are SQL as in CREATE STATISTICS; `kinds` are ignored for one expression alone, which has none."""

    elements: tuple[str, ...]
    kinds: tuple[str, ...] = ()
    schema: str | None = None
    target: int | None = None

    def create(self, table: Table, name: str, major: int) -> Iterator[str]:
        del major
        place = quoted(self.schema or table.schema, name)
        kinds = f" ({', '.join(self.kinds)})" if self.kinds and len(self.elements) > 1 else ""
        yield f"CREATE STATISTICS {place}{kinds} ON {', '.join(self.elements)} FROM {table.sql}"
        if self.target is not None:
            yield f"ALTER STATISTICS {place} SET STATISTICS {self.target}"
        yield from self._comment("STATISTICS", place)


def _validity(one: Check | ForeignKey, major: int) -> str:
    if not one.enforced and major >= 18:
        return " NOT ENFORCED"
    return "" if one.validated else " NOT VALID"


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """An object of a state with its name, which is the column's name for a not-null."""

    table: Table
    name: str
    object: Object

    def create(self, major: int) -> Iterator[str]:
        yield from self.object.create(self.table, self.name, major)


def _order(placed: Placed) -> tuple[int, int]:
    """Return the order: parents before partitions.

    Otherwise PostgreSQL would use an equal index of a partition as a part of the parent's. But a not-null of a
    partition gets its name before it is merged with the parent's.
    """
    rank, depth = placed.object.rank, placed.table.depth
    return rank, -depth if isinstance(placed.object, NotNull) else depth


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """The objects of the tables. `clustered` and `identities` name an index by its table."""

    objects: tuple[Placed, ...]
    clustered: tuple[tuple[Table, str], ...] = ()
    identities: tuple[tuple[Table, str], ...] = ()

    def create(self, major: int) -> Iterator[str]:
        for placed in sorted(self.objects, key=_order):
            yield from placed.create(major)
        for table, name in self.clustered:
            what = "MATERIALIZED VIEW" if table.source is not None else "TABLE"
            yield f"ALTER {what} {table.sql} CLUSTER ON {quoted(name)}"
        for table, name in self.identities:
            yield f"ALTER TABLE {table.sql} REPLICA IDENTITY USING INDEX {quoted(name)}"
