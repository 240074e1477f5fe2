"""Positions of the nodes of a directed graph in columns: arrows lead from left to right, and few of them cross.

The method is Sugiyama's: remove cycles, assign columns by the longest path, order each column by the mean position of
the neighbours, then place nodes as near to their neighbours as the order allows. The number of passes is bounded, and
nothing is random, so that the same graph always has the same picture.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Final

_SWEEPS: Final = 6
_PASSING: Final = 18.0
"""The height of the space in which an edge passes a column."""

Edge = tuple[str, str]
Cell = tuple[str, ...]
"""A node, or the point at which an edge passes a column: (from, to, column)."""


def columns_of_nodes(nodes: Sequence[str], edges: Sequence[Edge]) -> dict[str, int]:
    """Return the column of each node, from 0. Edges that would close a cycle are ignored, in a fixed order."""
    after: dict[str, list[str]] = {node: [] for node in nodes}
    for start, end in edges:
        if start != end and not _reaches(end, start, after):
            after[start].append(end)
    depth: dict[str, int] = {}
    for node in _ends_first(nodes, after):
        depth[node] = 1 + max((depth[one] for one in after[node]), default=-1)
    deepest = max(depth.values(), default=0)
    return {node: deepest - depth[node] for node in nodes}


def _reaches(start: str, wanted: str, after: Mapping[str, Sequence[str]]) -> bool:
    waiting, seen = [start], {start}
    while waiting:
        node = waiting.pop()
        if node == wanted:
            return True
        waiting += [one for one in after[node] if one not in seen]
        seen.update(after[node])
    return False


def _ends_first(nodes: Sequence[str], after: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the nodes of a graph without cycles, each after all that it leads to."""
    done: dict[str, None] = {}
    for node in nodes:
        waiting = [node]
        while waiting:
            left = [one for one in after[waiting[-1]] if one not in done]
            if left:
                waiting.append(left[0])
            else:
                done[waiting.pop()] = None
    return list(done)


def place(
    nodes: Sequence[str], edges: Sequence[Edge], sizes: Mapping[str, float]
) -> tuple[dict[str, int], dict[Cell, float]]:
    """Return the column of each node, and the middle of each cell in its column. `sizes` are the heights of nodes."""
    columns = columns_of_nodes(nodes, edges)
    grid, links = _cells(nodes, edges, columns)
    for sweep in range(_SWEEPS):
        _order(grid, links, forwards=sweep % 2 == 0)
    rows = {
        cell: row
        for column in grid
        for cell, row in zip(column, spread([0.0] * len(column), _all(column, sizes)), strict=True)
    }
    for sweep in range(_SWEEPS):
        for column in grid if sweep % 2 == 0 else reversed(grid):
            wanted = [_mean([rows[one] for one in links[cell]], rows[cell]) for cell in column]
            rows.update(zip(column, spread(wanted, _all(column, sizes)), strict=True))
    return columns, rows


def _all(column: Sequence[Cell], sizes: Mapping[str, float]) -> list[float]:
    return [sizes[cell[0]] if len(cell) == 1 else _PASSING for cell in column]


def _cells(
    nodes: Sequence[str], edges: Sequence[Edge], columns: Mapping[str, int]
) -> tuple[list[list[Cell]], dict[Cell, list[Cell]]]:
    """Return the cells of each column, and the neighbours of each cell."""
    grid: list[list[Cell]] = [[] for _ in range(1 + max(columns.values(), default=0))]
    links: dict[Cell, list[Cell]] = {}
    for node in nodes:
        grid[columns[node]].append((node,))
        links[(node,)] = []
    for edge in dict.fromkeys(edges):
        cells = path(edge, columns)
        for cell in cells[1:-1]:
            grid[int(cell[2])].append(cell)
            links[cell] = []
        for one, other in itertools.pairwise(cells):
            links[one].append(other)
            links[other].append(one)
    return grid, links


def path(edge: Edge, columns: Mapping[str, int]) -> list[Cell]:
    """Return the cells through which an edge leads, both ends included; none if both ends are in one column."""
    start, end = edge
    first, last = columns[start], columns[end]
    step = 1 if first < last else -1
    between = [(start, end, str(column)) for column in range(first + step, last, step)] if first != last else []
    return [(start,), *between, (end,)] if first != last else []


def _order(grid: list[list[Cell]], links: Mapping[Cell, Sequence[Cell]], *, forwards: bool) -> None:
    """Sort each column by the mean position of the neighbours in the column before it."""
    numbers = list(range(1, len(grid))) if forwards else list(range(len(grid) - 2, -1, -1))
    for number in numbers:
        before = {cell: float(n) for n, cell in enumerate(grid[number - 1 if forwards else number + 1])}
        own = {cell: float(n) for n, cell in enumerate(grid[number])}
        grid[number].sort(key=lambda cell: _mean([before[one] for one in links[cell] if one in before], own[cell]))


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def spread(wanted: Sequence[float], sizes: Sequence[float]) -> list[float]:
    """Return middles in the same order that do not overlap, as near to the wanted ones as possible (least squares)."""
    offsets = [0.0]
    for one, other in itertools.pairwise(sizes):
        offsets.append(offsets[-1] + (one + other) / 2)
    groups: list[tuple[float, int]] = []  # the mean of wanted middles less their offsets, and how many they are
    for value, offset in zip(wanted, offsets, strict=False):
        mean, count = value - offset, 1
        while groups and groups[-1][0] > mean:
            before, several = groups.pop()
            mean, count = (before * several + mean * count) / (several + count), several + count
        groups.append((mean, count))
    means = [mean for mean, count in groups for _ in range(count)]
    return [mean + offset for mean, offset in zip(means, offsets, strict=False)]
