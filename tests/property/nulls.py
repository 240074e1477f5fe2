"""Draws NULLs in rows, as far as all objects of both states allow them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hypothesis import strategies as st

from tests.property.drawing import Draw
from tests.property.objects import Check, Exclusion, ForeignKey, Key, NotNull, Placed
from tests.property.tables import ROWS, Table


def draw_nulls(
    draw: Draw, tables: Sequence[Table], placed: Sequence[Placed], major: int
) -> tuple[tuple[Table, str, int], ...]:
    """Return table, column and row of each NULL: at most one in a column, so that it is not a duplicate.

    The tables of a tree have them in the same places.
    """
    forbidden = {(table.root, name) for one in placed for table, name in _forbidden(one, major)}
    forbidden |= {
        (table.root, name)
        for table in tables
        if table.split is not None and not table.split.admits_null
        for name in table.split.columns
    }
    allowed = [
        (table, one.name)
        for table in tables
        if table.above is None and table.source is None
        for one in table.columns
        if (table, one.name) not in forbidden
    ]
    chosen = draw(st.lists(st.sampled_from(allowed), max_size=4, unique=True)) if allowed else []
    return tuple((table, name, draw(st.integers(1, ROWS))) for table, name in chosen)


def _forbidden(placed: Placed, major: int) -> Iterator[tuple[Table, str]]:
    """Return the columns that the object requires to be not null, on its own table or another one."""
    match placed.object:
        case NotNull(validated=validated):
            names: tuple[str, ...] = (placed.name,) if validated or major < 18 else ()
        case Key(primary=True, columns=columns):
            names = columns
        case Check(strict=strict, validated=validated, enforced=enforced):
            names = strict if validated and (enforced or major < 18) else ()
        case Exclusion(strict=strict):
            names = strict
        case ForeignKey() as one:
            names = ()
            if (one.validated or placed.table.split is not None) and (one.enforced or major < 18):
                names = one.columns if one.full and len(one.columns) > 1 else ()
                yield from ((one.references, name) for name in one.referenced)
        case _:
            names = ()
    yield from ((placed.table, name) for name in names)
