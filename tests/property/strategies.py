"""Random tables, and two random states of what stands on them.

A state is drawn in slots: a slot is one object in both states, the same, changed, or missing in one of them. What is
drawn is always accepted by PostgreSQL; what is drawn for the second state is reachable from the first.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import TypeVar

from hypothesis import strategies as st

from tests.property.objects import (
    SCHEMAS,
    Check,
    Column,
    Example,
    Exclusion,
    ForeignKey,
    Index,
    Key,
    NotNull,
    Object,
    Placed,
    State,
    Table,
    quoted,
)
from tests.property.vocabulary import COMBINATIONS, COMMENTS, NAMES, PARAMETERS, STABLE, TYPES, Type

T = TypeVar("T")
O = TypeVar("O", bound=Object)
Draw = Callable[[st.SearchStrategy[T]], T]

KINDS = ("not_null", "primary_key", "unique", "index", "check", "exclusion", "foreign_key")

_COMMENTS = st.none() | st.sampled_from(COMMENTS)
_DEFERRABLE = st.sampled_from(["", "DEFERRABLE", "DEFERRABLE INITIALLY DEFERRED", "NOT DEFERRABLE"])
_ORDERS = st.sampled_from(["", "ASC", "DESC", "NULLS FIRST", "NULLS LAST", "DESC NULLS LAST", "DESC NULLS FIRST"])
_ACTIONS = ("", "NO ACTION", "RESTRICT", "CASCADE", "SET NULL", "SET DEFAULT")
_SELDOM = st.sampled_from([False, False, False, True])


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """An object in both states, with its name in each; None where it is missing."""

    table: Table
    names: tuple[str, str]
    a: Object | None
    b: Object | None


@dataclass(slots=True)
class _Names:
    """Gives each name once: tables and indexes of a schema share one namespace."""

    draw: Draw  # type: ignore[type-arg]
    taken: set[str] = field(default_factory=set)

    def new(self) -> str:
        left = [name for name in NAMES if name not in self.taken] or [f"object_{len(self.taken)}"]
        name: str = self.draw(st.sampled_from(left))
        self.taken.add(name)
        return name


@st.composite
def examples(draw: Draw, major: int, kinds: Collection[str]) -> Example:  # type: ignore[type-arg]
    """Examples with objects of these kinds, and of others as far as those need them."""
    names = _Names(draw)
    tables = _tables(draw, names, views="index" in kinds)
    slots: list[Slot] = []
    for kind in KINDS:
        for table in tables:
            if kind in kinds and (table.source is None or kind == "index"):
                slots += _MAKERS[kind](draw, table, tables, slots, names)
    rows = draw(st.booleans())
    a, b = (_state(draw, slots, n, major) for n in (0, 1))
    return Example(major=major, tables=tuple(tables), rows=rows, a=a, b=b)


# --- Tables ------------------------------------------------------------------------------------------------------


def _tables(draw: Draw, names: _Names, *, views: bool) -> list[Table]:  # type: ignore[type-arg]
    tables = []
    for _ in range(draw(st.integers(1, 3))):
        name, ours = names.new(), _Names(draw)
        columns = [Column(name=ours.new(), type=draw(_COLUMN_TYPES)) for _ in range(draw(st.integers(2, 5)))]
        schema = draw(st.sampled_from(SCHEMAS))
        tables.append(Table(schema=schema, name=name, columns=tuple(columns)))
    if views and draw(_SELDOM):
        source = tables[0]
        tables.append(replace(source, name=names.new(), source=source))
    return tables


# Keys and references need ordinary types often, and the same ones again.
_COLUMN_TYPES = st.one_of(
    st.sampled_from([one for one in TYPES if one.sql in ("int", "bigint", "text")]),
    st.sampled_from([one for one in TYPES if one.family in ("int", "text", "range", "date")]),
    st.sampled_from(TYPES),
)


def _some(draw: Draw, columns: Sequence[Column], most: int = 3) -> tuple[str, ...]:  # type: ignore[type-arg]
    """The names of at least one of the columns, in any order."""
    chosen = draw(st.lists(st.sampled_from([one.name for one in columns]), min_size=1, max_size=most, unique=True))
    return tuple(chosen)


def _keyable(table: Table) -> list[Column]:
    """The columns in which each row has another value, and which a btree index takes."""
    return [one for one in table.columns if one.type.unique and "btree" in one.type.opclasses]


# --- Slots -------------------------------------------------------------------------------------------------------


def _pair(draw: Draw, make: Callable[[], O], groups: Sequence[Collection[str]] = ()) -> tuple[O | None, O | None]:  # type: ignore[type-arg]
    """An object for each state. Fields of a group change together."""
    first = make()
    match draw(st.sampled_from(["same", "changed", "changed", "other", "only a", "only b"])):
        case "only a":
            return first, None
        case "only b":
            return None, first
        case "same":
            return first, first
        case "other":
            return first, make()
        case _:
            other = make()
            names = [one.name for one in fields(first) if getattr(first, one.name) != getattr(other, one.name)]
            if not names:
                return first, other
            chosen = {draw(st.sampled_from(names))}
            for group in groups:
                chosen |= set(group) if chosen & set(group) else set()
            return first, replace(first, **{name: getattr(other, name) for name in chosen})


def _slot(
    draw: Draw,  # type: ignore[type-arg]
    table: Table,
    names: _Names,
    pair: tuple[Object | None, Object | None],
) -> Slot:
    """With the same name in both states, mostly."""
    name = names.new()
    return Slot(table=table, names=(name, names.new() if draw(_SELDOM) else name), a=pair[0], b=pair[1])


def _not_nulls(draw: Draw, table: Table, _: Sequence[Table], slots: Sequence[Slot], names: _Names) -> Iterator[Slot]:  # type: ignore[type-arg]
    for column in table.columns:
        if not draw(st.booleans()):
            continue
        own = names.new() if draw(_SELDOM) else None
        pair = _pair(
            draw,
            lambda own=own: NotNull(  # type: ignore[misc]
                name=own,
                comment=draw(_COMMENTS),
                no_inherit=draw(_SELDOM),
                validated=not draw(_SELDOM),
            ),
        )
        yield Slot(table=table, names=(column.name, column.name), a=pair[0], b=pair[1])


def _key(draw: Draw, table: Table, *, primary: bool) -> Key:  # type: ignore[type-arg]
    includable = [one for one in table.columns if one not in _keyable(table)] or table.columns[-1:]
    return Key(
        primary=primary,
        columns=_some(draw, _keyable(table)),
        include=_some(draw, includable, 2) if draw(_SELDOM) else (),
        nulls_distinct=primary or not draw(_SELDOM),
        deferrable=draw(_DEFERRABLE) if draw(_SELDOM) else "",
        parameters=draw(st.sampled_from(PARAMETERS["btree"])) if draw(_SELDOM) else "",
        tablespace=draw(_SELDOM),
        comment=draw(_COMMENTS) if draw(_SELDOM) else None,
    )


def _primary_keys(draw: Draw, table: Table, _: Sequence[Table], slots: Sequence[Slot], names: _Names) -> Iterator[Slot]:  # type: ignore[type-arg]
    if not _keyable(table):
        return
    yield _slot(draw, table, names, _pair(draw, lambda: _key(draw, table, primary=True)))


def _uniques(draw: Draw, table: Table, _: Sequence[Table], slots: Sequence[Slot], names: _Names) -> Iterator[Slot]:  # type: ignore[type-arg]
    for _n in range(draw(st.integers(0, 2)) if _keyable(table) else 0):
        yield _slot(draw, table, names, _pair(draw, lambda: _key(draw, table, primary=False)))


_INDEX_GROUPS = [{"method", "elements", "expressions", "columns", "unique", "include", "parameters", "nulls_distinct"}]


def _indexes(draw: Draw, table: Table, _: Sequence[Table], slots: Sequence[Slot], names: _Names) -> Iterator[Slot]:  # type: ignore[type-arg]
    for _n in range(draw(st.integers(0, 3))):
        yield _slot(draw, table, names, _pair(draw, lambda: _index(draw, table), _INDEX_GROUPS))


_MANY = {"btree": 3, "gist": 3, "gin": 2, "brin": 3, "bloom": 2, "hash": 1, "spgist": 1}
_INCLUDING = ("btree", "gist", "spgist")


def _index(draw: Draw, table: Table) -> Index:  # type: ignore[type-arg]
    methods = sorted({method for column in table.columns for method in column.type.opclasses})
    method = draw(st.sampled_from([*(["btree"] if "btree" in methods else []), *methods]))
    usable = [column for column in table.columns if column.type.opclasses.get(method)]
    elements, expressions = [], []
    for number in range(draw(st.integers(1, _MANY[method]))):
        column = draw(st.sampled_from(usable))
        text, is_expression = _element(draw, column, method)
        elements.append(text)
        expressions += [number + 1] if is_expression else []
    unique = method == "btree" and bool(_keyable(table)) and draw(st.booleans())
    columns: tuple[str, ...] = ()
    if unique and draw(st.booleans()):  # one that a foreign key may refer to
        columns = _some(draw, _keyable(table))
        elements, expressions = [quoted(name) for name in columns], []
    elif unique:
        elements.append(quoted(draw(st.sampled_from(_keyable(table))).name))
    return Index(
        method=method,
        elements=tuple(elements),
        expressions=tuple(expressions),
        columns=columns,
        unique=unique,
        nulls_distinct=not draw(_SELDOM),
        include=_some(draw, table.columns, 2) if method in _INCLUDING and draw(_SELDOM) else (),
        where=_predicate(draw, table, immutable=True) if draw(_SELDOM) else None,
        parameters=draw(st.sampled_from(PARAMETERS[method])) if draw(_SELDOM) else "",
        tablespace=draw(_SELDOM),
        target=draw(st.sampled_from([0, 1, 100, 500, 10000])) if draw(_SELDOM) else None,
        comment=draw(_COMMENTS) if draw(_SELDOM) else None,
    )


def _element(draw: Draw, column: Column, method: str) -> tuple[str, bool]:  # type: ignore[type-arg]
    """SQL of an element of an index, and whether it is an expression."""
    own = column.type.opclasses[method]
    keys = column.type.keys if method == "btree" else ()
    text: str = draw(st.sampled_from([*own, *keys]))
    form = text if "§" in text else f"§ {text}".strip()
    order = draw(_ORDERS) if method == "btree" and draw(st.booleans()) else ""
    return f"{form.replace('§', quoted(column.name))} {order}".strip(), text in keys


def _predicate(draw: Draw, table: Table, *, immutable: bool) -> str:  # type: ignore[type-arg]
    """What holds for each row."""
    form: str = draw(st.sampled_from(COMBINATIONS))
    references = ["%s", quoted(table.name) + ".%s"] if immutable else ["%s", quoted(table.name) + ".%s", table.sql + ".%s"]
    text = ""
    for piece in form.split("%s")[:-1]:
        column = draw(st.sampled_from(table.columns))
        checks = [one for one in column.type.checks if not immutable or one not in STABLE]
        reference = draw(st.sampled_from(references)).replace("%s", quoted(column.name))
        text += piece + draw(st.sampled_from(checks)).replace("§", reference)
    return text + form.split("%s")[-1]


def _checks(draw: Draw, table: Table, _: Sequence[Table], slots: Sequence[Slot], names: _Names) -> Iterator[Slot]:  # type: ignore[type-arg]
    for _n in range(draw(st.integers(0, 3))):
        pair = _pair(
            draw,
            lambda: Check(
                expression=_predicate(draw, table, immutable=False),
                no_inherit=draw(_SELDOM),
                validated=not draw(_SELDOM),
                comment=draw(_COMMENTS) if draw(_SELDOM) else None,
            ),
        )
        yield _slot(draw, table, names, pair)


_EXCLUSION_GROUPS = [{"method", "elements", "include", "parameters"}]


def _exclusions(draw: Draw, table: Table, _: Sequence[Table], slots: Sequence[Slot], names: _Names) -> Iterator[Slot]:  # type: ignore[type-arg]
    for _n in range(draw(st.integers(0, 2))):
        if _conflicts(table):
            yield _slot(draw, table, names, _pair(draw, lambda: _exclusion(draw, table), _EXCLUSION_GROUPS))


def _conflicts(table: Table) -> list[tuple[str, str]]:
    """Pairs of a method and an element under which no two rows conflict."""
    found = []
    for column in table.columns:
        name, type_ = quoted(column.name), column.type
        if type_.family in ("range", "zoned range"):
            found += [(method, f"{name} WITH &&") for method in ("gist", "spgist")]
            found += [("gist", f"{name} range_ops WITH OPERATOR(pg_catalog.&&)")]
        if type_.sql == "int":
            found += [("gist", f"int4range({name}, {name}, '[]') WITH &&"), ("gist", f"{name} ext.gist_int4_ops WITH =")]
        if type_.unique and "" in type_.opclasses.get("gist", ()) and "btree" in type_.opclasses:
            found += [("gist", f"{name} WITH =")] if type_.family not in ("range", "zoned range", "tsvector") else []
        if type_.unique and type_.opclasses.get("hash"):
            found += [("hash", f"{name} WITH =")]
        if type_.unique and "btree" in type_.opclasses:
            found += [("btree", f"{name} WITH ="), ("btree", f"{name} DESC NULLS LAST WITH =")]
        if type_.family == "text":
            found += [("btree", f"lower({name}) text_pattern_ops WITH ="), ("btree", f'{name} COLLATE "C" WITH =')]
    return found


def _exclusion(draw: Draw, table: Table) -> Exclusion:  # type: ignore[type-arg]
    method, first = draw(st.sampled_from(_conflicts(table)))
    others = [text for other, text in _conflicts(table) if other == method]
    many = method in ("gist", "btree") and draw(st.booleans())
    elements = [first, *(draw(st.lists(st.sampled_from(others), max_size=2, unique=True)) if many else ())]
    return Exclusion(
        method=method,
        elements=tuple(elements),
        include=_some(draw, table.columns, 2) if method in ("gist", "btree") and draw(_SELDOM) else (),
        where=_predicate(draw, table, immutable=True) if draw(_SELDOM) else None,
        deferrable=draw(_DEFERRABLE) if draw(_SELDOM) else "",
        parameters=draw(st.sampled_from(PARAMETERS[method])) if draw(_SELDOM) else "",
        tablespace=draw(_SELDOM),
        comment=draw(_COMMENTS) if draw(_SELDOM) else None,
    )


# --- Foreign keys ------------------------------------------------------------------------------------------------


def _foreign_keys(draw: Draw, table: Table, tables: Sequence[Table], slots: Sequence[Slot], names: _Names) -> Iterator[Slot]:  # type: ignore[type-arg]
    for _n in range(draw(st.integers(0, 2))):
        targets = [slot for slot in slots if _references(table, slot)]
        if not targets:
            target = _target(draw, table, tables, names)
            if target is None:
                return
            yield target
        else:
            target = draw(st.sampled_from(targets))
        pair = _pair(draw, lambda target=target: _foreign_key(draw, table, target), _FOREIGN_KEY_GROUPS)  # type: ignore[misc]
        slot = _slot(draw, table, names, pair)
        yield _hanging(draw, slot, target)


_FOREIGN_KEY_GROUPS = [{"columns", "references", "referenced", "chosen", "on_delete"}]


def _target(draw: Draw, table: Table, tables: Sequence[Table], names: _Names) -> Slot | None:  # type: ignore[type-arg]
    """A unique constraint to refer to."""
    fitting = [
        (other, column)
        for other in tables
        if other.source is None
        for column in _keyable(other)
        if _referring(table, column.type)
    ]
    if not fitting:
        return None
    other, column = draw(st.sampled_from(fitting))
    key = Key(primary=False, columns=(column.name,))
    name = names.new()
    return Slot(table=other, names=(name, name), a=key, b=key)


def _referring(table: Table, type_: Type) -> list[str]:
    """The columns whose values may refer to a column of this type."""
    small, great = ("int", "smallint", "bigint"), "numeric(12,2)"
    return [
        one.name
        for one in table.columns
        if one.type.sql == type_.sql
        or (one.type.sql in small and type_.sql in (*small, great))
        or (one.type.family == type_.family == "text")
    ]


def _key_columns(key: Object | None) -> tuple[str, ...]:
    """The columns that a foreign key may refer to, by this key."""
    if isinstance(key, Key):
        return key.columns if key.deferrable in ("", "NOT DEFERRABLE") else ()
    if isinstance(key, Index):
        return key.columns if key.unique and key.where is None else ()
    return ()


def _references(table: Table, target: Slot) -> bool:
    if target.table.source is not None:
        return False
    types = {one.name: one.type for one in target.table.columns}
    return any(
        columns and all(_referring(table, types[name]) for name in columns)
        for columns in (_key_columns(target.a), _key_columns(target.b))
    )


def _foreign_key(draw: Draw, table: Table, target: Slot) -> ForeignKey:  # type: ignore[type-arg]
    types = {one.name: one.type for one in target.table.columns}
    usable = [
        columns
        for columns in (_key_columns(target.a), _key_columns(target.b))
        if columns and all(_referring(table, types[name]) for name in columns)
    ]
    referenced = draw(st.permutations(draw(st.sampled_from(usable))))
    columns: list[str] = []
    kept: list[str] = []
    for name in referenced:
        left = [one for one in _referring(table, types[name]) if one not in columns]
        columns += [draw(st.sampled_from(left))] if left else []
        kept += [name] if left else []
    on_delete = draw(st.sampled_from(_ACTIONS))
    return ForeignKey(
        columns=tuple(columns),
        references=target.table,
        referenced=tuple(kept),
        on_delete=on_delete,
        chosen=tuple(draw(st.lists(st.sampled_from(columns), max_size=2, unique=True))),
        on_update=draw(st.sampled_from(_ACTIONS)),
        full=draw(_SELDOM),
        deferrable=draw(_DEFERRABLE),
        validated=not draw(_SELDOM),
        comment=draw(_COMMENTS) if draw(_SELDOM) else None,
    )


_IN_PLACE = {"comment": None, "parameters": ""}


def _hanging(draw: Draw, slot: Slot, target: Slot) -> Slot:  # type: ignore[type-arg]
    """The slot with its foreign key only where its key stands; and in both states only if that stays the same index."""
    a, b = (
        one if isinstance(one, ForeignKey) and set(_key_columns(key)) == set(one.referenced) else None
        for one, key in ((slot.a, target.a), (slot.b, target.b))
    )
    stays = (
        target.a is not None
        and target.b is not None
        and replace(target.a, **_IN_PLACE) == replace(target.b, **_IN_PLACE)
        and target.names[0] == target.names[1]
    )
    if a is not None and b is not None and not stays:
        a, b = (a, None) if draw(st.booleans()) else (None, b)
    return replace(slot, a=a, b=b)


_MAKERS: dict[str, Callable[..., Iterator[Slot]]] = {
    "not_null": _not_nulls,
    "primary_key": _primary_keys,
    "unique": _uniques,
    "index": _indexes,
    "check": _checks,
    "exclusion": _exclusions,
    "foreign_key": _foreign_keys,
}


# --- States ------------------------------------------------------------------------------------------------------


def _state(draw: Draw, slots: Sequence[Slot], number: int, major: int) -> State:  # type: ignore[type-arg]
    """One of the two states that the slots hold."""
    placed = []
    for slot in slots:
        one = (slot.a, slot.b)[number]
        if one is not None:
            placed.append(Placed(table=slot.table, name=slot.names[number], object=one))
    keys = {(one.table, column) for one in placed for column in _primary_columns(one.object)}
    placed = [_fit_for_key(one) if (one.table, one.name) in keys else one for one in placed]
    tables = list(dict.fromkeys(one.table for one in placed))
    clustered = [mark for table in tables if (mark := _mark(draw, table, placed, _clusterable))]
    strict = keys | {(one.table, one.name) for one in placed if _admits_no_null(one.object, major)}
    identities = [
        mark
        for table in tables
        if table.source is None
        if (mark := _mark(draw, table, placed, lambda one: _identifying(one, strict)))
    ]
    return State(objects=tuple(placed), clustered=tuple(clustered), identities=tuple(identities))


def _primary_columns(one: Object) -> tuple[str, ...]:
    return one.columns if isinstance(one, Key) and one.primary else ()


def _fit_for_key(one: Placed) -> Placed:
    """PostgreSQL makes no primary key of a column whose not-null children need not have, or rows."""
    if not isinstance(one.object, NotNull):
        return one
    return replace(one, object=replace(one.object, no_inherit=False, validated=True))


def _admits_no_null(one: Object, major: int) -> bool:
    return isinstance(one, NotNull) and (one.validated or major < 18)


def _mark(
    draw: Draw,  # type: ignore[type-arg]
    table: Table,
    placed: Sequence[Placed],
    fits: Callable[[Placed], bool],
) -> tuple[Table, str] | None:
    names = [one.name for one in placed if one.table == table and fits(one)]
    return (table, draw(st.sampled_from(names))) if names and draw(_SELDOM) else None


def _clusterable(one: Placed) -> bool:
    match one.object:
        case Key():
            return True
        case Index(method=method, where=where) | Exclusion(method=method, where=where):
            return method in ("btree", "gist") and where is None
    return False


def _identifying(one: Placed, strict: Collection[tuple[Table, str]]) -> bool:
    if not isinstance(one.object, Key | Index):
        return False
    columns = _key_columns(one.object)
    return bool(columns) and all((one.table, column) in strict for column in columns)
