"""Draws tables, and single constraints and indexes on them, which PostgreSQL accepts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from hypothesis import strategies as st

from tests.property.objects import Check, Exclusion, ForeignKey, Index, Key, NotNull, Statistics
from tests.property.tables import SCHEMAS, Column, Table, quoted
from tests.property.vocabulary import (
    COMBINATIONS,
    COMMENTS,
    NAMES,
    NULL_VIOLATES,
    PARAMETERS,
    STABLE,
    STATISTICS_KINDS,
    TYPES,
    Type,
)

T = TypeVar("T")
Draw = Callable[[st.SearchStrategy[T]], T]

_COMMENTS = st.none() | st.sampled_from(COMMENTS)
_DEFERRABLE = st.sampled_from(["", "DEFERRABLE", "DEFERRABLE INITIALLY DEFERRED", "NOT DEFERRABLE"])
_ORDERS = st.sampled_from(["", "ASC", "DESC", "NULLS FIRST", "NULLS LAST", "DESC NULLS LAST", "DESC NULLS FIRST"])
_ACTIONS = ("", "NO ACTION", "RESTRICT", "CASCADE", "SET NULL", "SET DEFAULT")
SELDOM = st.sampled_from([False, False, False, True])


@dataclass(slots=True)
class Names:
    """Returns each name once: tables and indexes of a schema share one namespace."""

    draw: Draw
    taken: set[str] = field(default_factory=set)

    def new(self) -> str:
        left = [name for name in NAMES if name not in self.taken] or [f"object_{len(self.taken)}"]
        name: str = self.draw(st.sampled_from(left))
        self.taken.add(name)
        return name


def draw_tables(draw: Draw, names: Names, *, most: int, views: bool, ranges: bool) -> list[Table]:
    """Draw up to `most` tables, each with a range if `ranges`; sometimes also a view of rows."""
    tables = []
    for _ in range(draw(st.integers(1, most))):
        name, ours = names.new(), Names(draw)
        columns = [Column(name=ours.new(), type=draw_column(draw)) for _ in range(draw(st.integers(2, 5)))]
        if ranges:
            columns += [Column(name=ours.new(), type=draw(_RANGE_TYPES)), Column(name=ours.new(), type=_INT)]
        schema = draw(st.sampled_from(SCHEMAS))
        tables.append(Table(schema=schema, name=name, columns=tuple(columns)))
    if views and draw(SELDOM):
        source = tables[0]
        tables.append(replace(source, name=names.new(), source=source))
    return tables


# Keys and references often need ordinary types, and the same ones repeatedly.
_COLUMN_TYPES = st.one_of(
    st.sampled_from([one for one in TYPES if one.sql in ("int", "bigint", "text")]),
    st.sampled_from([one for one in TYPES if one.family in ("int", "text", "range", "date")]),
    st.sampled_from(TYPES),
)


_RANGE_TYPES = st.sampled_from([one for one in TYPES if one.sql in ("int4range", "tstzrange")])
_INT = next(one for one in TYPES if one.sql == "int")


def draw_column(draw: Draw) -> Type:
    """Draw the type of a column."""
    return draw(_COLUMN_TYPES)


def some_columns(draw: Draw, columns: Sequence[Column], most: int = 3) -> tuple[str, ...]:
    """Draw the names of at least one of the columns, in any order."""
    chosen = draw(st.lists(st.sampled_from([one.name for one in columns]), min_size=1, max_size=most, unique=True))
    return tuple(chosen)


def keyable(table: Table) -> list[Column]:
    """Return the columns whose values are unique, and which a btree index accepts."""
    return [one for one in table.columns if one.type.unique and "btree" in one.type.opclasses]


def has_unique_keys(table: Table) -> bool:
    """Return whether a unique key is possible: on a partitioned table it must have all partition columns."""
    return bool(keyable(table)) and (table.split is None or table.split.unique is not None)


def unique_columns(draw: Draw, table: Table) -> tuple[str, ...]:
    """Draw columns that a unique key may have."""
    columns = some_columns(draw, keyable(table))
    missing = [name for name in needed_columns(table) if name not in columns]
    return tuple(draw(st.permutations([*columns, *missing]))) if missing else columns


def needed_columns(table: Table) -> tuple[str, ...]:
    """Return the columns that a unique key must have."""
    return (table.split.unique or ()) if table.split is not None else ()


def draw_key(draw: Draw, table: Table, *, primary: bool) -> Key:
    includable = [one for one in table.columns if one not in keyable(table)] or table.columns[-1:]
    return Key(
        primary=primary,
        columns=unique_columns(draw, table),
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
    expression, strict = _predicate(draw, table, immutable=False)
    return Check(
        expression=expression,
        strict=strict,
        no_inherit=draw(SELDOM),
        validated=not draw(SELDOM),
        enforced=not draw(SELDOM),
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
    unique = method == "btree" and has_unique_keys(table) and draw(st.booleans())
    columns: tuple[str, ...] = ()
    if unique and draw(st.booleans()):  # one that a foreign key may refer to
        columns = unique_columns(draw, table)
        elements, expressions = [quoted(name) for name in columns], []
    elif unique:
        more = [draw(st.sampled_from(keyable(table))).name, *needed_columns(table)]
        elements += [quoted(name) for name in dict.fromkeys(more)]
    return Index(
        method=method,
        elements=tuple(elements),
        expressions=tuple(expressions),
        columns=columns,
        unique=unique,
        nulls_distinct=not draw(SELDOM),
        include=some_columns(draw, table.columns, 2) if method in _INCLUDING and draw(SELDOM) else (),
        where=_predicate(draw, table, immutable=True)[0] if draw(SELDOM) else None,
        parameters=draw(st.sampled_from(PARAMETERS[method])) if draw(SELDOM) else "",
        tablespace=draw(SELDOM),
        target=draw(st.sampled_from([0, 1, 100, 500, 10000])) if draw(SELDOM) else None,
        comment=draw(_COMMENTS) if draw(SELDOM) else None,
    )


def draw_unique_index(draw: Draw, key: Key) -> Index:
    """Draw an index similar to that of a unique constraint."""
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
    """Return SQL of an element of an index, and whether it is an expression."""
    own = column.type.opclasses[method]
    keys = column.type.keys if method == "btree" else ()
    text: str = draw(st.sampled_from([*own, *keys]))
    form = text if "§" in text else f"§ {text}".strip()
    order = draw(_ORDERS) if method == "btree" and draw(st.booleans()) else ""
    return f"{form.replace('§', quoted(column.name))} {order}".strip(), text in keys


def _predicate(draw: Draw, table: Table, *, immutable: bool) -> tuple[str, tuple[str, ...]]:
    """Return a condition that is true for each row, and the columns that cannot be NULL because of it."""
    form: str = draw(st.sampled_from(COMBINATIONS))
    prefixes = ["", quoted(table.name) + ".", table.sql + "."][: 2 if immutable else 3]
    if not immutable and (table.split is not None or table.has_heirs):
        prefixes = [""]  # a partition or child reads the text again, and has another name
    text, strict = "", []
    for piece in form.split("%s")[:-1]:
        column = draw(st.sampled_from(table.columns))
        checks = [one for one in column.type.checks if not immutable or one not in STABLE]
        reference = draw(st.sampled_from(prefixes)) + quoted(column.name)
        check = draw(st.sampled_from(checks))
        text += piece + check.replace("§", reference)
        strict += [column.name] if {check, form} & NULL_VIOLATES else []
    return text + form.split("%s")[-1], tuple(dict.fromkeys(strict))


def draw_statistics(draw: Draw, table: Table) -> Statistics:
    """Statistics on columns and expressions, and on a predicate if there would be too few of these."""
    columns = [one for one in table.columns if "" in one.type.opclasses.get("btree", ())]
    texts = [
        f"({key.replace('§', quoted(one.name))})" for one in columns for key in one.type.keys if "_ops" not in key
    ]
    elements = [quoted(name) for name in some_columns(draw, columns)] if columns and draw(st.booleans()) else []
    elements += draw(st.lists(st.sampled_from(texts), max_size=2, unique=True)) if texts else ()
    if len(elements) < 2 or draw(SELDOM):
        elements.append(f"({_predicate(draw, table, immutable=False)[0]})")
    return Statistics(
        elements=tuple(draw(st.permutations(elements))),
        kinds=tuple(draw(st.lists(st.sampled_from(STATISTICS_KINDS), max_size=2, unique=True))),
        schema=draw(st.sampled_from(SCHEMAS)) if draw(SELDOM) else None,
        target=draw(st.sampled_from([0, 1, 100, 10000])) if draw(SELDOM) else None,
        comment=draw(_COMMENTS) if draw(SELDOM) else None,
    )


def equals(column: Column) -> str:
    """Return the element of an exclusion constraint that compares a column for equality."""
    operator = "OPERATOR(ext.=)" if column.type.family == "citext" else "="
    return f"{quoted(column.name)} WITH {operator}"


def conflicts(table: Table) -> list[tuple[str, str]]:
    """Return pairs of a method and an element under which no two rows conflict."""
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
            found += [("gist", equals(column))] if type_.family not in ("range", "zoned range", "tsvector") else []
        if type_.unique and type_.opclasses.get("hash"):
            found += [("hash", equals(column))]
        if type_.unique and "btree" in type_.opclasses:
            found += [
                ("btree", equals(column)),
                ("btree", equals(column).replace(" WITH", " DESC NULLS LAST WITH")),
            ]
        if type_.family == "text":
            found += [("btree", f"lower({name}) text_pattern_ops WITH ="), ("btree", f'{name} COLLATE "C" WITH =')]
    return found


def excludable(table: Table) -> list[tuple[str, str]]:
    """Return the conflicts that an exclusion constraint can use: partitions are compared for equality."""
    if table.split is not None and table.split.unique is None:
        return []
    found, needed = conflicts(table), _needed(table)
    return [
        (method, text)
        for method, text in found
        if all((method, one) in found for one in needed) and (method != "hash" or needed in ([], [text]))
    ]


def _needed(table: Table) -> list[str]:
    return [equals(column) for column in table.columns if column.name in needed_columns(table)]


def draw_exclusion(draw: Draw, table: Table) -> Exclusion:
    method, first = draw(st.sampled_from(excludable(table)))
    others = [text for other, text in excludable(table) if other == method]
    many = method in ("gist", "btree") and draw(st.booleans())
    elements = [first, *(draw(st.lists(st.sampled_from(others), max_size=2, unique=True)) if many else ())]
    elements += [one for one in _needed(table) if one not in elements]
    return Exclusion(
        method=method,
        elements=tuple(elements),
        # A range from NULL to NULL contains everything.
        strict=tuple(
            one.name for one in table.columns if any(f"int4range({quoted(one.name)}," in e for e in elements)
        ),
        include=some_columns(draw, table.columns, 2) if method in ("gist", "btree") and draw(SELDOM) else (),
        where=_predicate(draw, table, immutable=True)[0] if draw(SELDOM) else None,
        deferrable=draw(_DEFERRABLE) if draw(SELDOM) else "",
        parameters=draw(st.sampled_from(PARAMETERS[method])) if draw(SELDOM) else "",
        tablespace=draw(SELDOM),
        comment=draw(_COMMENTS) if draw(SELDOM) else None,
    )


def referring(table: Table, type_: Type, *, exactly: bool = False) -> list[str]:
    """Return the columns whose values may refer to a column of this type; only of the same type if `exactly`."""
    if exactly:
        return [one.name for one in table.columns if one.type.sql == type_.sql]
    small, great = ("int", "smallint", "bigint"), "numeric(12,2)"
    return [
        one.name
        for one in table.columns
        if one.type.sql == type_.sql
        or (one.type.sql in small and type_.sql in (*small, great))
        or (one.type.family == type_.family == "text")
    ]


def draw_foreign_key(
    draw: Draw, table: Table, target: Table, usable: Sequence[tuple[tuple[str, ...], bool]]
) -> ForeignKey:
    """Draw a foreign key to a key of the target.

    `usable` are the keys' columns, and whether the last is a period.
    """
    types = {one.name: one.type for one in target.columns}
    columns: list[str] = []
    referenced: list[str] = []
    key, period = draw(st.sampled_from(usable))
    for name in [*draw(st.permutations(key[:-1] if period else key)), *(key[-1:] if period else ())]:
        left = [one for one in referring(table, types[name], exactly=period) if one not in columns]
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
        period=period,
        full=draw(SELDOM),
        deferrable=draw(_DEFERRABLE),
        validated=not draw(SELDOM),
        enforced=not draw(SELDOM),
        comment=draw(_COMMENTS) if draw(SELDOM) else None,
    )
