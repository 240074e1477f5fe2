"""States: objects on the tables that PostgreSQL accepts together, and their index roles."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from hypothesis import strategies as st

from tests.property.drawing import SELDOM, Draw
from tests.property.objects import Exclusion, ForeignKey, Index, Key, NotNull, Object, Placed, State
from tests.property.tables import Table


def draw_state(draw: Draw, placed: Sequence[Placed], major: int) -> State:
    """Return the state with those of the objects that are possible together, and index roles for some of them."""
    keys = {(one.table, column) for one in placed for column in primary_columns(one.object)}
    served_by = {(one.table, served(one.object)) for one in placed}
    placed = [
        _fit(one) if _is_passed_on(one, keys) else one for one in placed if not _is_rejected(one.object, served_by)
    ]
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


def _is_rejected(one: Object, keys: Collection[tuple[Table, tuple[tuple[str, ...], bool]]]) -> bool:
    """Return whether it is a foreign key without a period to columns that also have a key `without_overlaps`.

    PostgreSQL uses the older key, and drawing does not determine which one that is.
    """
    if not isinstance(one, ForeignKey) or one.period:
        return False
    wanted = set(one.referenced)
    return any(table == one.references and period and set(columns) == wanted for table, (columns, period) in keys)


def primary_columns(one: Object) -> tuple[str, ...]:
    return one.columns if isinstance(one, Key) and one.primary else ()


def _is_passed_on(one: Placed, keys: Collection[tuple[Table, str]]) -> bool:
    """Return whether its column is in the primary key of its table, or of a child."""
    return any(one.name == column and (table == one.table or table.is_below(one.table)) for table, column in keys)


def _fit(one: Placed) -> Placed:
    """Remove conflicts: a primary key needs not-nulls that children inherit, and rows without NULL."""
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
    if one.table.split is not None:
        return False
    match one.object:
        case Key():
            return True
        case Index(method=method, where=where) | Exclusion(method=method, where=where):
            return method in ("btree", "gist") and where is None
    return False


def _identifying(one: Placed, strict: Collection[tuple[Table, str]]) -> bool:
    if not isinstance(one.object, Key | Index):
        return False
    columns, _ = served(one.object)
    return bool(columns) and all((one.table, column) in strict for column in columns)


def served(key: Object | None) -> tuple[tuple[str, ...], bool]:
    """Return the columns that a foreign key may refer to with this key, and whether the last is a period."""
    if isinstance(key, Key):
        columns = key.columns if key.deferrable in ("", "NOT DEFERRABLE") else ()
        return columns, key.without_overlaps
    if isinstance(key, Index):
        return (key.columns if key.unique and key.where is None else ()), False
    return (), False
