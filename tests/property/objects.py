"""Tables, constraints and indexes as values, and their SQL: written here by hand, not with what is tested."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tests.property.vocabulary import Type

SCHEMAS = ("app", "Other.Schema")
ROWS = 5


def quoted(*names: str) -> str:
    return ".".join('"' + name.replace('"', '""') + '"' for name in names)


def literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def listed(columns: Iterable[str]) -> str:
    return ", ".join(quoted(column) for column in columns)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    name: str
    type: Type


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """An ordinary table; or a materialized view, of another table's rows."""

    schema: str
    name: str
    columns: tuple[Column, ...]
    source: Table | None = None

    @property
    def sql(self) -> str:
        return quoted(self.schema, self.name)

    def create(self, *, rows: bool) -> Iterator[str]:
        """Every table has `noise_1` and `noise_2` as well, for what the file does not name."""
        if self.source is not None:
            yield f"CREATE MATERIALIZED VIEW {self.sql} AS SELECT * FROM {self.source.sql}"
            return
        columns = [f"{quoted(one.name)} {one.type.sql}" for one in self.columns]
        yield f"CREATE TABLE {self.sql} ({', '.join([*columns, 'noise_1 int', 'noise_2 int'])})"
        if rows:
            values = [*(one.type.value for one in self.columns), "n", "n"]
            yield f"INSERT INTO {self.sql} SELECT {', '.join(values)} FROM generate_series(1, {ROWS}) n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Object:
    """A constraint or an index; `rank` puts what others need first. Its name is given by where it stands."""

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
    """Of the column that stands in place of a name. The rest is of 18 only. `name`: None for PostgreSQL's choice."""

    name: str | None = None
    no_inherit: bool = False
    validated: bool = True

    @property
    def rank(self) -> int:
        return 0

    def create(self, table: Table, name: str, major: int) -> Iterator[str]:
        if major < 18 or (self.name is None and not self.no_inherit and self.validated):
            yield f"ALTER TABLE {table.sql} ALTER COLUMN {quoted(name)} SET NOT NULL"
            return
        given = f"CONSTRAINT {quoted(self.name)} " if self.name is not None else ""
        ending = (" NO INHERIT" if self.no_inherit else "") + ("" if self.validated else " NOT VALID")
        yield f"ALTER TABLE {table.sql} ADD {given}NOT NULL {quoted(name)}{ending}"
        if self.name is not None:
            yield from self._comment("CONSTRAINT", quoted(self.name), f" ON {table.sql}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Key(Object):
    """A primary key or a unique constraint."""

    primary: bool
    columns: tuple[str, ...]
    include: tuple[str, ...] = ()
    nulls_distinct: bool = True
    deferrable: str = ""
    parameters: str = ""
    tablespace: bool = False

    @property
    def rank(self) -> int:
        return 1

    def create(self, table: Table, name: str, major: int) -> Iterator[str]:
        parts = ["PRIMARY KEY" if self.primary else "UNIQUE"]
        if not self.primary and not self.nulls_distinct and major >= 15:
            parts.append("NULLS NOT DISTINCT")
        parts.append(f"({listed(self.columns)})")
        include = [column for column in self.include if column not in self.columns]
        if include:
            parts.append(f"INCLUDE ({listed(include)})")
        if self.parameters:
            parts.append(f"WITH ({self.parameters})")
        if self.tablespace:
            parts.append("USING INDEX TABLESPACE fast")
        yield from self._constraint(table, name, " ".join([*parts, self.deferrable]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Index(Object):
    """`elements` are SQL as it stands in CREATE INDEX; `targets` are statistics targets of the expressions."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Check(Object):
    expression: str
    no_inherit: bool = False
    validated: bool = True

    def create(self, table: Table, name: str, major: int) -> Iterator[str]:
        del major
        ending = (" NO INHERIT" if self.no_inherit else "") + ("" if self.validated else " NOT VALID")
        yield from self._constraint(table, name, f"CHECK ({self.expression}){ending}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion(Object):
    method: str
    elements: tuple[str, ...]
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
    """`chosen` are the columns of SET NULL (…) or SET DEFAULT (…), which 15 and later have."""

    columns: tuple[str, ...]
    references: Table
    referenced: tuple[str, ...]
    on_delete: str = ""
    chosen: tuple[str, ...] = ()
    on_update: str = ""
    full: bool = False
    deferrable: str = ""
    validated: bool = True

    @property
    def rank(self) -> int:
        return 3

    def create(self, table: Table, name: str, major: int) -> Iterator[str]:
        parts = [
            f"FOREIGN KEY ({listed(self.columns)}) REFERENCES {self.references.sql} ({listed(self.referenced)})"
        ]
        if self.full:
            parts.append("MATCH FULL")
        if self.on_delete:
            chosen = self.chosen if major >= 15 and self.on_delete.startswith("SET") else ()
            parts.append(f"ON DELETE {self.on_delete}" + (f" ({listed(chosen)})" if chosen else ""))
        if self.on_update:
            parts.append(f"ON UPDATE {self.on_update}")
        parts.append(self.deferrable)
        if not self.validated:
            parts.append("NOT VALID")
        yield from self._constraint(table, name, " ".join(parts))


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """An object of a state, under its name: the column's for a not-null."""

    table: Table
    name: str
    object: Object

    def create(self, major: int) -> Iterator[str]:
        yield from self.object.create(self.table, self.name, major)


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What stands on the tables. `clustered` and `identities` name an index by its table."""

    objects: tuple[Placed, ...]
    clustered: tuple[tuple[Table, str], ...] = ()
    identities: tuple[tuple[Table, str], ...] = ()

    def create(self, major: int) -> Iterator[str]:
        for placed in sorted(self.objects, key=lambda placed: placed.object.rank):
            yield from placed.create(major)
        for table, name in self.clustered:
            what = "MATERIALIZED VIEW" if table.source is not None else "TABLE"
            yield f"ALTER {what} {table.sql} CLUSTER ON {quoted(name)}"
        for table, name in self.identities:
            yield f"ALTER TABLE {table.sql} REPLICA IDENTITY USING INDEX {quoted(name)}"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Example:
    """The same tables twice, with different constraints and indexes on them."""

    major: int
    tables: tuple[Table, ...]
    rows: bool
    a: State
    b: State

    def __repr__(self) -> str:
        """The SQL, ready to be run by hand."""
        parts = {"tables": self.setup(), "A": self.a.create(self.major), "B": self.b.create(self.major)}
        return "".join(f"\n-- {part}\n" + "".join(f"{one};\n" for one in sql) for part, sql in parts.items())

    def setup(self) -> Sequence[str]:
        """The tables, with their rows."""
        made = [f"CREATE SCHEMA {quoted(schema)}" for schema in SCHEMAS]
        for table in self.tables:
            made += table.create(rows=self.rows)
        return made

    def noise_sql(self) -> Iterator[str]:
        """What no file names, on these tables and beside them."""
        yield "CREATE SCHEMA noise"
        yield "CREATE TABLE noise.one (id int PRIMARY KEY, up int REFERENCES noise.one, CHECK (id > 0) NOT VALID)"
        yield f"INSERT INTO noise.one SELECT n FROM generate_series(1, {ROWS}) n"
        for number, table in enumerate(self.tables):
            name = f"noise_{number}"
            yield f"CREATE INDEX {name}_i ON {table.sql} (noise_1 DESC) WHERE noise_2 > 0"
            yield f"COMMENT ON INDEX {quoted(table.schema, f'{name}_i')} IS 'somebody''s'"
            if table.source is None:
                for action in (
                    f"ADD CONSTRAINT {name}_c CHECK (noise_2 > noise_1 - 5) NOT VALID",
                    f"ADD CONSTRAINT {name}_u UNIQUE (noise_1) WITH (fillfactor = 66)",
                    f"ADD CONSTRAINT {name}_x EXCLUDE USING gist (int4range(noise_1, noise_1, '[]') WITH &&)",
                    f"ADD CONSTRAINT {name}_f FOREIGN KEY (noise_2) REFERENCES noise.one ON DELETE CASCADE",
                    "ALTER COLUMN noise_2 SET NOT NULL",
                ):
                    yield f"ALTER TABLE {table.sql} {action}"
                yield f"CREATE TABLE noise.{name} (id int REFERENCES {table.sql} (noise_1) DEFERRABLE)"
