"""An example of a property test, and its SQL."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tests.property.objects import Index, Key, State
from tests.property.tables import ROWS, SCHEMAS, Table, quoted


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Example:
    """The same tables in two states, with different constraints and indexes.

    `nulls` are the columns and rows with NULL.
    """

    major: int
    tables: tuple[Table, ...]
    rows: bool
    nulls: tuple[tuple[Table, str, int], ...]
    a: State
    b: State

    def __repr__(self) -> str:
        """Return the SQL, which can be run by hand."""
        parts = {"tables": self.setup(), "A": self.a.create(self.major), "B": self.b.create(self.major)}
        return "".join(f"\n-- {part}\n" + "".join(f"{one};\n" for one in sql) for part, sql in parts.items())

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:
        """Print the SQL, because Hypothesis would print every field of every field."""
        printer.text(repr(self))

    def setup(self) -> Sequence[str]:
        """Return SQL for the tables, with their rows."""
        made = [f"CREATE SCHEMA {quoted(schema)}" for schema in SCHEMAS]
        for table in self.tables:
            if table.source is None:
                made += table.create()
        for table in self.tables if self.rows else ():
            if table.source is None:
                made += table.fill([(name, row) for root, name, row in self.nulls if root == table.root])
        for table in self.tables:
            if table.source is not None:
                made += table.create()
        return made

    def named_parts(self) -> set[str]:
        """Return the names of partitions' indexes that PostgreSQL has not chosen."""
        return {
            name
            for state in (self.a, self.b)
            for one in state.objects
            if isinstance(one.object, Key | Index)
            for _, name in one.object.parts
        }

    def noise_sql(self) -> Iterator[str]:
        """Return SQL for objects that no file names, on these tables and next to them."""
        yield "CREATE SCHEMA noise"
        yield "CREATE TABLE noise.one (id int PRIMARY KEY, up int REFERENCES noise.one, CHECK (id > 0) NOT VALID)"
        yield f"INSERT INTO noise.one SELECT n FROM generate_series(1, {ROWS}) n"
        for number, table in enumerate(self.tables):
            name = f"noise_{number}"
            yield f"CREATE INDEX {name}_i ON {table.sql} (noise_1 DESC) WHERE noise_2 > 0"
            yield f"COMMENT ON INDEX {quoted(table.schema, f'{name}_i')} IS 'somebody''s'"
            yield f"CREATE STATISTICS {quoted(table.schema, f'{name}_s')} ON noise_1, noise_2 FROM {table.sql}"
            if table.source is None:
                yield from _noise_on(table, name)


def _noise_on(table: Table, name: str) -> Iterator[str]:
    actions = [
        f"ADD CONSTRAINT {name}_c CHECK (noise_2 > noise_1 - 5) NOT VALID",
        f"ADD CONSTRAINT {name}_f FOREIGN KEY (noise_2) REFERENCES noise.one ON DELETE CASCADE",
        f"ALTER COLUMN {'noise_1' if table.is_partition else 'noise_2'} SET NOT NULL",
    ]
    if table.split is None:  # otherwise they would need the partition columns
        actions += [
            f"ADD CONSTRAINT {name}_u UNIQUE (noise_1) WITH (fillfactor = 66)",
            f"ADD CONSTRAINT {name}_x EXCLUDE USING gist (int4range(noise_1, noise_1, '[]') WITH &&)",
        ]
    for action in actions:
        yield f"ALTER TABLE {table.sql} {action}"
    if table.split is None:
        yield f"CREATE TABLE noise.{name} (id int REFERENCES {table.sql} (noise_1) DEFERRABLE)"
