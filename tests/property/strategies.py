"""Random tables, and two random states of what stands on them.

A state is drawn in slots: a slot is one object in both states, the same, changed, or missing in one of them. What is
drawn is always accepted by PostgreSQL; what is drawn for the second state is reachable from the first.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import partial
from typing import TypeVar

from hypothesis import strategies as st

from tests.property.drawing import (
    SELDOM,
    Draw,
    Names,
    conflicts,
    draw_check,
    draw_exclusion,
    draw_foreign_key,
    draw_index,
    draw_key,
    draw_not_null,
    draw_tables,
    draw_unique_index,
    keyable,
    referring,
)
from tests.property.objects import Example, Exclusion, ForeignKey, Index, Key, NotNull, Object, Placed, State, Table

Drawn = TypeVar("Drawn", bound=Object)

KINDS = ("not_null", "primary_key", "unique", "index", "check", "exclusion", "foreign_key")


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """An object in both states, with its name in each; None where it is missing."""

    table: Table
    names: tuple[str, str]
    a: Object | None
    b: Object | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What is drawn so far."""

    draw: Draw
    names: Names
    tables: Sequence[Table]
    slots: list[Slot] = field(default_factory=list)

    def slot(self, table: Table, pair: tuple[Object | None, Object | None]) -> Slot:
        """A slot with the same name in both states, mostly."""
        name = self.names.new()
        other = self.names.new() if self.draw(SELDOM) else name
        return Slot(table=table, names=(name, other), a=pair[0], b=pair[1])

    def some(self, most: int) -> range:
        return range(self.draw(st.integers(0, most)))


@st.composite
def examples(draw: Draw, major: int, kinds: Collection[str]) -> Example:
    """Examples with objects of these kinds, and of others as far as those need them."""
    names = Names(draw)
    tables = draw_tables(draw, names, views="index" in kinds)
    scene = Scene(draw=draw, names=names, tables=tables)
    for kind in KINDS:
        for table in tables:
            if kind in kinds and (table.source is None or kind == "index"):
                scene.slots.extend(_MAKERS[kind](scene, table))
    rows = draw(st.booleans())
    a, b = (_state(draw, scene.slots, n, major) for n in (0, 1))
    return Example(major=major, tables=tuple(tables), rows=rows, a=a, b=b)


# --- Slots -------------------------------------------------------------------------------------------------------


def _pair(
    draw: Draw, make: Callable[[], Drawn], groups: Sequence[Collection[str]] = ()
) -> tuple[Drawn | None, Drawn | None]:
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


def _not_nulls(scene: Scene, table: Table) -> Iterator[Slot]:
    for column in table.columns:
        if scene.draw(st.booleans()):
            name = scene.names.new() if scene.draw(SELDOM) else None
            a, b = _pair(scene.draw, partial(draw_not_null, scene.draw, name))
            yield Slot(table=table, names=(column.name, column.name), a=a, b=b)


def _primary_keys(scene: Scene, table: Table) -> Iterator[Slot]:
    if keyable(table):
        yield scene.slot(table, _pair(scene.draw, partial(draw_key, scene.draw, table, primary=True)))


def _uniques(scene: Scene, table: Table) -> Iterator[Slot]:
    for _ in scene.some(2) if keyable(table) else ():
        if scene.draw(SELDOM) and scene.draw(st.booleans()):
            yield _retyped(scene, table)
        else:
            yield scene.slot(table, _pair(scene.draw, partial(draw_key, scene.draw, table, primary=False)))


def _retyped(scene: Scene, table: Table) -> Slot:
    """A unique constraint in one state, and an index of that name in the other."""
    key = draw_key(scene.draw, table, primary=False)
    index = draw_unique_index(scene.draw, key)
    name = scene.names.new()
    pair = (key, index) if scene.draw(st.booleans()) else (index, key)
    return Slot(table=table, names=(name, name), a=pair[0], b=pair[1])


_INDEX_GROUPS = [
    {"method", "elements", "expressions", "columns", "unique", "include", "parameters", "nulls_distinct"}
]
_EXCLUSION_GROUPS = [{"method", "elements", "include", "parameters"}]
_FOREIGN_KEY_GROUPS = [{"columns", "references", "referenced", "chosen", "on_delete"}]


def _indexes(scene: Scene, table: Table) -> Iterator[Slot]:
    for _ in scene.some(3):
        yield scene.slot(table, _pair(scene.draw, partial(draw_index, scene.draw, table), _INDEX_GROUPS))


def _checks(scene: Scene, table: Table) -> Iterator[Slot]:
    for _ in scene.some(3):
        yield scene.slot(table, _pair(scene.draw, partial(draw_check, scene.draw, table)))


def _exclusions(scene: Scene, table: Table) -> Iterator[Slot]:
    for _ in scene.some(2) if conflicts(table) else ():
        yield scene.slot(table, _pair(scene.draw, partial(draw_exclusion, scene.draw, table), _EXCLUSION_GROUPS))


# --- Foreign keys ------------------------------------------------------------------------------------------------


def _foreign_keys(scene: Scene, table: Table) -> Iterator[Slot]:
    for _ in scene.some(2):
        targets = [slot for slot in scene.slots if _usable(table, slot)]
        if targets:
            target = scene.draw(st.sampled_from(targets))
        else:
            made = _target(scene, table)
            if made is None:
                return
            target = made
            yield target
        make = partial(draw_foreign_key, scene.draw, table, target.table, _usable(table, target))
        yield _hanging(scene.slot(table, _pair(scene.draw, make, _FOREIGN_KEY_GROUPS)), target)


def _target(scene: Scene, table: Table) -> Slot | None:
    """A unique constraint to refer to."""
    fitting = [
        (other, column)
        for other in scene.tables
        if other.source is None
        for column in keyable(other)
        if referring(table, column.type)
    ]
    if not fitting:
        return None
    other, column = scene.draw(st.sampled_from(fitting))
    key = Key(primary=False, columns=(column.name,))
    name = scene.names.new()
    return Slot(table=other, names=(name, name), a=key, b=key)


def _usable(table: Table, target: Slot) -> list[tuple[str, ...]]:
    """The columns of a key, in either state, to which columns of the table may refer.

    None of one that changes places with an index: its foreign keys cannot be taken along, and such a plan is refused.
    """
    if target.table.source is not None or {type(target.a), type(target.b)} == {Key, Index}:
        return []
    types = {one.name: one.type for one in target.table.columns}
    return [
        columns
        for columns in (_key_columns(target.a), _key_columns(target.b))
        if columns and all(referring(table, types[name]) for name in columns)
    ]


def _key_columns(key: Object | None) -> tuple[str, ...]:
    """The columns that a foreign key may refer to, by this key."""
    if isinstance(key, Key):
        return key.columns if key.deferrable in ("", "NOT DEFERRABLE") else ()
    if isinstance(key, Index):
        return key.columns if key.unique and key.where is None else ()
    return ()


def _hanging(slot: Slot, target: Slot) -> Slot:
    """The slot with its foreign key only where the key stands that it refers to."""
    a, b = (
        one if isinstance(one, ForeignKey) and set(_key_columns(key)) == set(one.referenced) else None
        for one, key in ((slot.a, target.a), (slot.b, target.b))
    )
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


def _state(draw: Draw, slots: Sequence[Slot], number: int, major: int) -> State:
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
    draw: Draw,
    table: Table,
    placed: Sequence[Placed],
    fits: Callable[[Placed], bool],
) -> tuple[Table, str] | None:
    names = [one.name for one in placed if one.table == table and fits(one)]
    return (table, draw(st.sampled_from(names))) if names and draw(SELDOM) else None


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
