"""Random tables, and two random states of their objects.

A state is drawn in slots: a slot is one object in both states, which may be equal, changed, or missing in one of them.
PostgreSQL always accepts drawn objects; the second state is reachable from the first.
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
    draw_check,
    draw_exclusion,
    draw_foreign_key,
    draw_index,
    draw_key,
    draw_not_null,
    draw_statistics,
    draw_tables,
    draw_unique_index,
    excludable,
    has_unique_keys,
    keyable,
    needed_columns,
    referring,
)
from tests.property.example import Example
from tests.property.nulls import draw_nulls
from tests.property.objects import ForeignKey, Index, Key, NotNull, Object, Placed
from tests.property.states import draw_state, primary_columns, served
from tests.property.tables import Table
from tests.property.temporal import can_be_temporal, draw_temporal_key
from tests.property.trees import below, draw_family, draw_partitioned

Drawn = TypeVar("Drawn", bound=Object)

TREES = {"partitions": draw_partitioned, "children": draw_family}
"""The possible trees of the first table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """An object in both states, with its name in each; None if it is missing."""

    table: Table
    names: tuple[str, str]
    a: Object | None
    b: Object | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """The parts of an example that are drawn so far."""

    draw: Draw
    names: Names
    tables: Sequence[Table]
    slots: list[Slot] = field(default_factory=list)

    def slot(self, table: Table, pair: tuple[Object | None, Object | None]) -> Slot:
        """Return a slot, usually with the same name in both states."""
        name = self.names.new()
        other = self.names.new() if self.draw(SELDOM) else name
        return Slot(table=table, names=(name, other), a=pair[0], b=pair[1])

    def some(self, most: int) -> range:
        return range(self.draw(st.integers(0, most)))


@st.composite
def examples(draw: Draw, major: int, kinds: Collection[str], tree: str | None = None) -> Example:
    """Draw examples with objects of these kinds, and of other kinds that those need; optionally on a tree of tables."""
    names = Names(draw)
    views, ranges = "index" in kinds and tree is None, "temporal" in kinds
    tables = draw_tables(draw, names, most=2 if tree else 3, views=views, ranges=ranges)
    tables = draw_tree(draw, names, tree, tables) if tree else tables
    scene = Scene(draw=draw, names=names, tables=tables)
    for kind in KINDS:
        for table in tables:
            if kind in kinds and _may_have(draw, table, kind, major):
                scene.slots.extend(_MAKERS[kind](scene, table))
    slots = [_with_named_parts(scene, slot) for slot in scene.slots if not _is_merged(scene, slot)]
    rows = draw(st.booleans())
    a, b = (draw_state(draw, _placed(slots, number), major) for number in (0, 1))
    nulls = draw_nulls(draw, tables, [*a.objects, *b.objects], major) if rows else ()
    return Example(major=major, tables=tuple(tables), rows=rows, nulls=nulls, a=a, b=b)


def draw_tree(draw: Draw, names: Names, tree: str, tables: Sequence[Table]) -> list[Table]:
    """Draw the tables; the first suitable one becomes a tree."""
    found: list[Table] = []
    for table in tables:
        grown = not any(one.above for one in found) and bool(keyable(table))
        found += TREES[tree](draw, names, table) if grown else [table]
    return found


def _may_have(draw: Draw, table: Table, kind: str, major: int) -> bool:
    if table.source is not None:
        return kind in ("index", "statistics")
    if kind == "temporal" and major < 18:
        return False
    if kind == "exclusion" and table.split is not None and major < 17:
        return False
    if table.is_partition:  # it has its own in addition to its parts, but no second primary key
        return kind not in ("primary_key", "temporal") and bool(draw(SELDOM))
    return not table.is_child or bool(draw(st.booleans()))


def _is_merged(scene: Scene, slot: Slot) -> bool:
    """Return whether it is a not-null of a column in a parent's primary key, from which it cannot be distinguished."""
    keys = [one for other in scene.slots if slot.table.is_below(other.table) for one in (other.a, other.b)]
    columns = {name for key in keys if key is not None for name in primary_columns(key)}
    return isinstance(slot.a or slot.b, NotNull) and slot.names[0] in columns


def _with_named_parts(scene: Scene, slot: Slot) -> Slot:
    """Return the slot with names for some of the partitions' indexes, equal in both states or not.

    A file that names one does not change the others, so the partitions are the same.
    """
    parts = [one for one in below(scene.tables, slot.table) if one.is_partition]
    if not parts or not isinstance(slot.a or slot.b, Key | Index) or not scene.draw(SELDOM):
        return slot

    chosen = scene.draw(st.lists(st.sampled_from(parts), min_size=1, max_size=2, unique=True))

    def some() -> tuple[tuple[Table, str], ...]:
        return tuple((table, scene.names.new()) for table in chosen)

    first = some()
    second = scene.draw(st.sampled_from([first, some(), ()]))
    a, b = (
        replace(one, parts=names) if isinstance(one, Key | Index) else one
        for one, names in ((slot.a, first), (slot.b, second))
    )
    return replace(slot, a=a, b=b)


# --- Slots -------------------------------------------------------------------------------------------------------


def _pair(
    draw: Draw, make: Callable[[], Drawn], groups: Sequence[Collection[str]] = ()
) -> tuple[Drawn | None, Drawn | None]:
    """Draw an object for each state. Fields of a group change together."""
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
    above = {slot.names[0] for slot in scene.slots if table.is_below(slot.table)}
    for column in table.columns:
        # A not-null that is merged with that of a parent cannot be distinguished from it.
        if column.name not in above and scene.draw(st.booleans()):
            name = scene.names.new() if scene.draw(SELDOM) else None
            a, b = _pair(scene.draw, partial(draw_not_null, scene.draw, name))
            yield Slot(table=table, names=(column.name, column.name), a=a, b=b)


def _primary_keys(scene: Scene, table: Table) -> Iterator[Slot]:
    if has_unique_keys(table):
        yield scene.slot(table, _pair(scene.draw, partial(draw_key, scene.draw, table, primary=True)))


def _temporal(scene: Scene, table: Table) -> Iterator[Slot]:
    primary = scene.draw(st.booleans())
    for _ in range(scene.draw(st.integers(1, 2))) if can_be_temporal(table) else ():
        make = partial(draw_temporal_key, scene.draw, table, primary=primary)
        yield scene.slot(table, _pair(scene.draw, make, [_TEMPORAL_GROUP]))
        primary = False


def _uniques(scene: Scene, table: Table) -> Iterator[Slot]:
    for _ in scene.some(2) if has_unique_keys(table) else ():
        if scene.draw(SELDOM) and scene.draw(st.booleans()):
            yield _retyped(scene, table)
        else:
            yield scene.slot(table, _pair(scene.draw, partial(draw_key, scene.draw, table, primary=False)))


def _retyped(scene: Scene, table: Table) -> Slot:
    """Return a unique constraint in one state, and an index with that name in the other."""
    key = draw_key(scene.draw, table, primary=False)
    index = draw_unique_index(scene.draw, key)
    name = scene.names.new()
    pair = (key, index) if scene.draw(st.booleans()) else (index, key)
    return Slot(table=table, names=(name, name), a=pair[0], b=pair[1])


_INDEX_GROUP = {"method", "elements", "expressions", "columns", "unique", "include", "parameters", "nulls_distinct"}
_TEMPORAL_GROUP = {"without_overlaps", "columns", "include", "parameters"}
_CHECK_GROUP = {"expression", "strict"}
_EXCLUSION_GROUP = {"method", "elements", "include", "parameters", "strict"}
_FOREIGN_KEY_GROUP = {"columns", "references", "referenced", "chosen", "on_delete", "period"}


def _several(
    make: Callable[[Draw, Table], Drawn],
    most: int,
    *groups: Collection[str],
    fits: Callable[[Table], object] = bool,
) -> Callable[[Scene, Table], Iterator[Slot]]:
    """Makes up to `most` objects of one kind on each table that `fits`. Fields of a group change together."""

    def slots(scene: Scene, table: Table) -> Iterator[Slot]:
        for _ in scene.some(most) if fits(table) else ():
            yield scene.slot(table, _pair(scene.draw, partial(make, scene.draw, table), groups))

    return slots


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
        slot = _hanging(scene.slot(table, _pair(scene.draw, make, [_FOREIGN_KEY_GROUP])), target)
        if not _is_impossible(scene, slot):
            yield slot


def _is_impossible(scene: Scene, slot: Slot) -> bool:
    """Return whether PostgreSQL would merge this foreign key with another one of a partitioned table, or refuse it."""
    above = [other for other in scene.slots if slot.table == other.table or slot.table.is_below(other.table)]
    columns = {frozenset(one.columns) for one in (slot.a, slot.b) if isinstance(one, ForeignKey)}
    return slot.table.root.split is not None and any(_refer_by(other, columns) for other in above)


def _refer_by(slot: Slot, columns: Collection[frozenset[str]]) -> bool:
    return any(isinstance(one, ForeignKey) and frozenset(one.columns) in columns for one in (slot.a, slot.b))


def _target(scene: Scene, table: Table) -> Slot | None:
    """Draw a unique constraint to refer to."""
    fitting = []
    for other in scene.tables:
        if other.source is not None or other.is_partition or not has_unique_keys(other):
            continue
        types = {one.name: one.type for one in other.columns}
        for column in keyable(other):
            columns = tuple(dict.fromkeys([column.name, *needed_columns(other)]))
            if all(referring(table, types[name]) for name in columns):
                fitting.append((other, columns))
    if not fitting:
        return None
    other, columns = scene.draw(st.sampled_from(fitting))
    key = Key(primary=False, columns=columns)
    name = scene.names.new()
    return Slot(table=other, names=(name, name), a=key, b=key)


def _usable(table: Table, target: Slot) -> list[tuple[tuple[str, ...], bool]]:
    """Return the columns of a key, in either state, that the table may refer to, and whether the last is a period.

    None for a key that is replaced by an index, or replaces one: its foreign keys cannot be kept, and such a plan is
    refused. None for a key of a partition: it lacks rows that others refer to.
    """
    if target.table.source is not None or target.table.is_partition:
        return []
    if {type(target.a), type(target.b)} == {Key, Index}:
        return []
    types = {one.name: one.type for one in target.table.columns}
    return [
        (columns, period)
        for columns, period in (served(target.a), served(target.b))
        if columns and all(referring(table, types[name], exactly=period) for name in columns)
    ]


def _hanging(slot: Slot, target: Slot) -> Slot:
    """Return the slot with its foreign key only in states with the key that it refers to."""
    a, b = (
        one if isinstance(one, ForeignKey) and _refers(one, key) else None
        for one, key in ((slot.a, target.a), (slot.b, target.b))
    )
    return replace(slot, a=a, b=b)


def _refers(one: ForeignKey, key: Object | None) -> bool:
    columns, period = served(key)
    return set(columns) == set(one.referenced) and period == one.period


_MAKERS: dict[str, Callable[[Scene, Table], Iterator[Slot]]] = {
    "not_null": _not_nulls,
    "primary_key": _primary_keys,
    "unique": _uniques,
    "temporal": _temporal,
    "index": _several(draw_index, 3, _INDEX_GROUP),
    "check": _several(draw_check, 3, _CHECK_GROUP),
    "exclusion": _several(draw_exclusion, 2, _EXCLUSION_GROUP, fits=excludable),
    "foreign_key": _foreign_keys,
    "statistics": _several(draw_statistics, 2),
}

KINDS = tuple(_MAKERS)
"""The kinds that can be drawn, in this order. `temporal`: keys `without_overlaps`, instead of primary keys."""


def _placed(slots: Sequence[Slot], number: int) -> list[Placed]:
    """Return the objects of one of the two states in the slots."""
    held = ((slot, (slot.a, slot.b)[number]) for slot in slots)
    return [Placed(table=slot.table, name=slot.names[number], object=one) for slot, one in held if one is not None]
