"""Tables as values, and their SQL: ordinary ones, partitioned ones, partitions, inheritance children, views of rows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
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
class Split:
    """How a table is partitioned: `keys` as SQL, `columns` as names, none for an expression.

    `unique` are the columns that each unique key must have, including sub-partitions; None if no such key is possible.
    `admits_null` means that there is a partition for rows with NULL.
    """

    method: str
    keys: tuple[str, ...]
    columns: tuple[str, ...]
    unique: tuple[str, ...] | None
    admits_null: bool

    @property
    def sql(self) -> str:
        return f" PARTITION BY {self.method} ({', '.join(self.keys)})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table; or a materialized view of the rows of another one, its `source`.

    `above` is the parent of a partition, with its `bound`, or of an inheritance child, which has none. `has_heirs`
    means that it may have children. `apart` means that it was created separately and attached, with its columns in its
    own order.
    """

    schema: str
    name: str
    columns: tuple[Column, ...]
    source: Table | None = None
    split: Split | None = None
    above: Table | None = None
    bound: str | None = None
    apart: bool = False
    has_heirs: bool = False

    @property
    def sql(self) -> str:
        return quoted(self.schema, self.name)

    @property
    def root(self) -> Table:
        return self if self.above is None else self.above.root

    @property
    def depth(self) -> int:
        return 0 if self.above is None else self.above.depth + 1

    @property
    def is_partition(self) -> bool:
        return self.bound is not None

    @property
    def is_child(self) -> bool:
        return self.above is not None and self.bound is None

    def is_below(self, other: Table) -> bool:
        return self.above is not None and (self.above == other or self.above.is_below(other))

    def create(self) -> Iterator[str]:
        """Return SQL for the table.

        Every table also has `noise_1` and `noise_2`, for objects that the file does not name.
        """
        split = self.split.sql if self.split is not None else ""
        if self.source is not None:
            yield f"CREATE MATERIALIZED VIEW {self.sql} AS SELECT * FROM {self.source.sql}"
        elif self.above is None or self.apart:
            gone = ["gone int"] if self.apart else []
            columns = [f"{quoted(one.name)} {one.type.sql}" for one in self.columns]
            yield f"CREATE TABLE {self.sql} ({', '.join([*gone, 'noise_2 int', *columns, 'noise_1 int'])}){split}"
            if self.above is not None:
                yield f"ALTER TABLE {self.sql} DROP COLUMN gone"
                yield (
                    f"ALTER TABLE {self.above.sql} ATTACH PARTITION {self.sql} {self.bound}"
                    if self.is_partition
                    else f"ALTER TABLE {self.sql} INHERIT {self.above.sql}"
                )
        elif self.is_partition:
            yield f"CREATE TABLE {self.sql} PARTITION OF {self.above.sql} {self.bound}{split}"
        else:
            inherited = {one.name for one in self.above.columns}
            own = [f"{quoted(one.name)} {one.type.sql}" for one in self.columns if one.name not in inherited]
            yield f"CREATE TABLE {self.sql} ({', '.join(own)}) INHERITS ({self.above.sql})"

    def fill(self, without: Collection[tuple[str, int]]) -> Iterator[str]:
        """Return SQL for rows; `without` are the columns and rows with NULL.

        Rows of partitions come with the parent.
        """
        if self.is_partition:
            return
        names = [quoted(one.name) for one in self.columns]
        values = []
        for one in self.columns:
            rows = [str(row) for name, row in without if name == one.name]
            holes = f"CASE WHEN n IN ({', '.join(rows)}) THEN NULL ELSE {one.type.value} END"
            values.append(holes if rows else one.type.value)
        columns = ", ".join([*names, "noise_1", "noise_2"])
        yield (
            f"INSERT INTO {self.sql} ({columns}) SELECT {', '.join([*values, 'n', 'n'])} "
            f"FROM generate_series(1, {ROWS}) n"
        )
