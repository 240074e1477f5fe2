"""Draws tables, and single constraints and indexes on them, which PostgreSQL accepts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from hypothesis import strategies as st

from tests.property.objects import (
    SCHEMAS,
    Check,
    Column,
    Exclusion,
    ForeignKey,
    Index,
    Key,
    NotNull,
    Table,
    quoted,
)
from tests.property.vocabulary import COMBINATIONS, COMMENTS, NAMES, PARAMETERS, STABLE, TYPES, Type

T = TypeVar("T")
Draw = Callable[[st.SearchStrategy[T]], T]

_COMMENTS = st.none() | st.sampled_from(COMMENTS)
_DEFERRABLE = st.sampled_from(["", "DEFERRABLE", "DEFERRABLE INITIALLY DEFERRED", "NOT DEFERRABLE"])
_ORDERS = st.sampled_from(["", "ASC", "DESC", "NULLS FIRST", "NULLS LAST", "DESC NULLS LAST", "DESC NULLS FIRST"])
_ACTIONS = ("", "NO ACTION", "RESTRICT", "CASCADE", "SET NULL", "SET DEFAULT")
SELDOM = st.sampled_from([False, False, False, True])


@dataclass(slots=True)
class Names:
    """Gives each name once: tables and indexes of a schema share one namespace."""

    draw: Draw
    taken: set[str] = field(default_factory=set)

    def new(self) -> str:
        left = [name for name in NAMES if name not in self.taken] or [f"object_{len(self.taken)}"]
        name: str = self.draw(st.sampled_from(left))
        self.taken.add(name)
        return name


def draw_tables(draw: Draw, names: Names, *, views: bool) -> list[Table]:
    tables = []
    for _ in range(draw(st.integers(1, 3))):
        name, ours = names.new(), Names(draw)
        columns = [Column(name=ours.new(), type=draw(_COLUMN_TYPES)) for _ in range(draw(st.integers(2, 5)))]
        schema = draw(st.sampled_from(SCHEMAS))
        tables.append(Table(schema=schema, name=name, columns=tuple(columns)))
    if views and draw(SELDOM):
        source = tables[0]
        tables.append(replace(source, name=names.new(), source=source))
    return tables


# Keys and references need ordinary types often, and the same ones again.
_COLUMN_TYPES = st.one_of(
    st.sampled_from([one for one in TYPES if one.sql in ("int", "bigint", "text")]),
    st.sampled_from([one for one in TYPES if one.family in ("int", "text", "range", "date")]),
    st.sampled_from(TYPES),
)


def some_columns(draw: Draw, columns: Sequence[Column], most: int = 3) -> tuple[str, ...]:
    """The names of at least one of the columns, in any order."""
    chosen = draw(st.lists(st.sampled_from([one.name for one in columns]), min_size=1, max_size=most, unique=True))
    return tuple(chosen)


def keyable(table: Table) -> list[Column]:
    """The columns in which each row has another value, and which a btree index takes."""
    return [one for one in table.columns if one.type.unique and "btree" in one.type.opclasses]


def draw_key(draw: Draw, table: Table, *, primary: bool) -> Key:
    includable = [one for one in table.columns if one not in keyable(table)] or table.columns[-1:]
    return Key(
        primary=primary,
        columns=some_columns(draw, keyable(table)),
        include=some_columns(draw, includable, 2) if draw(SELDOM) else (),
        nulls_distinct=primary or not draw(SELDOM),
        deferrable=draw(_DEFERRABLE) if draw(SELDOM) else "",
        parameters=draw(st.sampled_from(PARAMETERS["btree"])) if draw(SELDOM) else "",
        tablespace=draw(SELDOM),
        comment=draw(_COMMENTS) if draw(SELDOM) else None,
    )


def draw_not_null(draw: Draw, name: str | None) -> NotNull:
    return NotNull(
        name=name,
        comment=draw(_COMMENTS),
        no_inherit=draw(SELDOM),
        validated=not draw(SELDOM),
    )


def draw_check(draw: Draw, table: Table) -> Check:
    return Check(
        expression=_predicate(draw, table, immutable=False),
        no_inherit=draw(SELDOM),
        validated=not draw(SELDOM),
        comment=draw(_COMMENTS) if draw(SELDOM) else None,
    )


_MANY = {"btree": 3, "gist": 3, "gin": 2, "brin": 3, "bloom": 2, "hash": 1, "spgist": 1}
_INCLUDING = ("btree", "gist", "spgist")


def draw_index(draw: Draw, table: Table) -> Index:
    methods = sorted({method for column in table.columns for method, own in column.type.opclasses.items() if own})
    method = draw(st.sampled_from([*(["btree"] if "btree" in methods else []), *methods]))
    usable = [column for column in table.columns if column.type.opclasses.get(method)]
    elements, expressions = [], []
    for number in range(draw(st.integers(1, _MANY[method]))):
        column = draw(st.sampled_from(usable))
        text, is_expression = _element(draw, column, method)
        elements.append(text)
        expressions += [number + 1] if is_expression else []
    unique = method == "btree" and bool(keyable(table)) and draw(st.booleans())
    columns: tuple[str, ...] = ()
    if unique and draw(st.booleans()):  # one that a foreign key may refer to
        columns = some_columns(draw, keyable(table))
        elements, expressions = [quoted(name) for name in columns], []
    elif unique:
        elements.append(quoted(draw(st.sampled_from(keyable(table))).name))
    return Index(
        method=method,
        elements=tuple(elements),
        expressions=tuple(expressions),
        columns=columns,
        unique=unique,
        nulls_distinct=not draw(SELDOM),
        include=some_columns(draw, table.columns, 2) if method in _INCLUDING and draw(SELDOM) else (),
        where=_predicate(draw, table, immutable=True) if draw(SELDOM) else None,
        parameters=draw(st.sampled_from(PARAMETERS[method])) if draw(SELDOM) else "",
        tablespace=draw(SELDOM),
        target=draw(st.sampled_from([0, 1, 100, 500, 10000])) if draw(SELDOM) else None,
        comment=draw(_COMMENTS) if draw(SELDOM) else None,
    )


def draw_unique_index(draw: Draw, key: Key) -> Index:
    """An index like that of a unique constraint, more or less."""
    return Index(
        method="btree",
        elements=tuple(quoted(name) for name in key.columns),
        columns=key.columns,
        unique=not draw(SELDOM),
        include=tuple(name for name in key.include if name not in key.columns),
        nulls_distinct=key.nulls_distinct,
        parameters=key.parameters,
        tablespace=key.tablespace != draw(SELDOM),
        comment=draw(_COMMENTS) if draw(SELDOM) else None,
    )


def _element(draw: Draw, column: Column, method: str) -> tuple[str, bool]:
    """SQL of an element of an index, and whether it is an expression."""
    own = column.type.opclasses[method]
    keys = column.type.keys if method == "btree" else ()
    text: str = draw(st.sampled_from([*own, *keys]))
    form = text if "§" in text else f"§ {text}".strip()
    order = draw(_ORDERS) if method == "btree" and draw(st.booleans()) else ""
    return f"{form.replace('§', quoted(column.name))} {order}".strip(), text in keys


def _predicate(draw: Draw, table: Table, *, immutable: bool) -> str:
    """What holds for each row."""
    form: str = draw(st.sampled_from(COMBINATIONS))
    prefixes = ["", quoted(table.name) + ".", table.sql + "."][: 2 if immutable else 3]
    text = ""
    for piece in form.split("%s")[:-1]:
        column = draw(st.sampled_from(table.columns))
        checks = [one for one in column.type.checks if not immutable or one not in STABLE]
        reference = draw(st.sampled_from(prefixes)) + quoted(column.name)
        text += piece + draw(st.sampled_from(checks)).replace("§", reference)
    return text + form.split("%s")[-1]


def conflicts(table: Table) -> list[tuple[str, str]]:
    """Pairs of a method and an element under which no two rows conflict."""
    found = []
    for column in table.columns:
        name, type_ = quoted(column.name), column.type
        if type_.family in ("range", "zoned range"):
            found += [(method, f"{name} WITH &&") for method in ("gist", "spgist")]
            found += [("gist", f"{name} range_ops WITH OPERATOR(pg_catalog.&&)")]
        if type_.sql == "int":
            found += [
                ("gist", f"int4range({name}, {name}, '[]') WITH &&"),
                ("gist", f"{name} ext.gist_int4_ops WITH ="),
            ]
        if type_.unique and "" in type_.opclasses.get("gist", ()) and "btree" in type_.opclasses:
            found += (
                [("gist", f"{name} WITH =")] if type_.family not in ("range", "zoned range", "tsvector") else []
            )
        if type_.unique and type_.opclasses.get("hash"):
            found += [("hash", f"{name} WITH =")]
        if type_.unique and "btree" in type_.opclasses:
            found += [("btree", f"{name} WITH ="), ("btree", f"{name} DESC NULLS LAST WITH =")]
        if type_.family == "text":
            found += [("btree", f"lower({name}) text_pattern_ops WITH ="), ("btree", f'{name} COLLATE "C" WITH =')]
    return found


def draw_exclusion(draw: Draw, table: Table) -> Exclusion:
    method, first = draw(st.sampled_from(conflicts(table)))
    others = [text for other, text in conflicts(table) if other == method]
    many = method in ("gist", "btree") and draw(st.booleans())
    elements = [first, *(draw(st.lists(st.sampled_from(others), max_size=2, unique=True)) if many else ())]
    return Exclusion(
        method=method,
        elements=tuple(elements),
        include=some_columns(draw, table.columns, 2) if method in ("gist", "btree") and draw(SELDOM) else (),
        where=_predicate(draw, table, immutable=True) if draw(SELDOM) else None,
        deferrable=draw(_DEFERRABLE) if draw(SELDOM) else "",
        parameters=draw(st.sampled_from(PARAMETERS[method])) if draw(SELDOM) else "",
        tablespace=draw(SELDOM),
        comment=draw(_COMMENTS) if draw(SELDOM) else None,
    )


def referring(table: Table, type_: Type) -> list[str]:
    """The columns whose values may refer to a column of this type."""
    small, great = ("int", "smallint", "bigint"), "numeric(12,2)"
    return [
        one.name
        for one in table.columns
        if one.type.sql == type_.sql
        or (one.type.sql in small and type_.sql in (*small, great))
        or (one.type.family == type_.family == "text")
    ]


def draw_foreign_key(draw: Draw, table: Table, target: Table, usable: Sequence[tuple[str, ...]]) -> ForeignKey:
    """One that refers to a key of the target; `usable` are the keys' columns."""
    types = {one.name: one.type for one in target.columns}
    columns: list[str] = []
    referenced: list[str] = []
    for name in draw(st.permutations(draw(st.sampled_from(usable)))):
        left = [one for one in referring(table, types[name]) if one not in columns]
        if left:
            columns.append(draw(st.sampled_from(left)))
            referenced.append(name)
    on_delete = draw(st.sampled_from(_ACTIONS))
    return ForeignKey(
        columns=tuple(columns),
        references=target,
        referenced=tuple(referenced),
        on_delete=on_delete,
        chosen=tuple(draw(st.lists(st.sampled_from(columns), max_size=2, unique=True))),
        on_update=draw(st.sampled_from(_ACTIONS)),
        full=draw(SELDOM),
        deferrable=draw(_DEFERRABLE),
        validated=not draw(SELDOM),
        comment=draw(_COMMENTS) if draw(SELDOM) else None,
    )
