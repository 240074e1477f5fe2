"""Draws keys `without_overlaps`."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from tests.property.drawing import (
    SELDOM,
    Draw,
    conflicts,
    draw_key,
    equals,
    has_unique_keys,
    needed_columns,
)
from tests.property.objects import Key
from tests.property.tables import Table
from tests.property.vocabulary import PARAMETERS

_RANGES = ("range", "zoned range")


def can_be_temporal(table: Table) -> bool:
    """Return whether the table has a range, and other columns that identify the rows."""
    if not has_unique_keys(table) or not _ranges(table):
        return False
    needed, scalars = needed_columns(table), _scalars(table)
    return bool(scalars) and all(name in scalars for name in needed)


def draw_temporal_key(draw: Draw, table: Table, *, primary: bool) -> Key:
    """Draw a key, usually one `without_overlaps`."""
    chosen = draw(st.lists(st.sampled_from(_scalars(table)), min_size=1, max_size=2, unique=True))
    scalars = draw(st.permutations(list(dict.fromkeys([*chosen, *needed_columns(table)]))))
    columns = (*scalars, draw(st.sampled_from(_ranges(table))))
    without_overlaps = not draw(SELDOM)
    parameters = PARAMETERS["gist" if without_overlaps else "btree"]
    return replace(
        draw_key(draw, table, primary=primary),
        columns=columns,
        without_overlaps=without_overlaps,
        parameters=draw(st.sampled_from(parameters)) if draw(SELDOM) else "",
    )


def _ranges(table: Table) -> list[str]:
    return [one.name for one in table.columns if one.type.family in _RANGES]


def _scalars(table: Table) -> list[str]:
    """Return columns that a gist index can compare for equality."""
    comparable = conflicts(table)
    return [one.name for one in table.columns if ("gist", equals(one)) in comparable]
