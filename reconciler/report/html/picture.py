"""Draws the foreign keys before and after the plan, as numbers for two SVG pictures with the same positions."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from reconciler.model.names import TableName, display
from reconciler.report.html.layout import Cell, path, place
from reconciler.report.html.references import Arrow, Neighbourhood, Vertex
from reconciler.report.wording import one_line

CHARACTER: Final = 7.3
"""The width of a character of a label, in the widest of the usual fonts."""

_SMALL: Final = 6.7
_WIDEST: Final = 1100
_LONGEST: Final = 30
_HEIGHT: Final = 40.0
_PORT: Final = 16.0
_TIP: Final = 8.0
_TALLEST: Final = 200.0
_GAP: Final = 14.0
_BETWEEN: Final = 70.0
_EDGE: Final = 12.0
_LOOP: Final = 22.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A table in the picture."""

    x: float
    y: float
    width: float
    height: float
    label: str
    node: Vertex


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An arrow in the picture: its path, its head, and its label."""

    path: str
    head: str
    label: str
    x: float
    y: float
    anchor: str
    arrow: Arrow


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A picture of the foreign keys, before or after the plan."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


def draw(found: Neighbourhood) -> tuple[Drawing, Drawing]:
    """Return the pictures before and after. Each table has the same position in both.

    If the names of foreign keys make them wider than a page, their labels only say what becomes of them.
    """
    named = _draw(found, _name)
    return named if named[0].width <= _WIDEST else _draw(found, _fate)


Label = Callable[[Arrow], str]


def _name(arrow: Arrow) -> str:
    return shortened_label(arrow.label)


def _fate(arrow: Arrow) -> str:
    return str(arrow.change) if arrow.label else ""


def _draw(found: Neighbourhood, label: Label) -> tuple[Drawing, Drawing]:
    boxes, rows, columns = _boxes(found, label)
    lines = _lines(found.arrows, boxes, rows, columns, label)
    width = max((box.x + box.width for box in boxes.values()), default=0) + _EDGE
    width = max([width, *(line.x + _SMALL * len(line.label) + _EDGE for line in lines if line.anchor == "start")])
    height = max((box.y + box.height for box in boxes.values()), default=0) + _EDGE
    before, after = (
        Drawing(
            width=round(width, 1),
            height=round(height, 1),
            boxes=tuple(boxes.values()),
            lines=tuple(line for line in lines if line.arrow.is_in(after=is_after)),
        )
        for is_after in (False, True)
    )
    return before, after


def shortened_label(text: str) -> str:
    """Return a text on one line that fits into the picture."""
    text = one_line(text)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _boxes(
    found: Neighbourhood, label: Label
) -> tuple[dict[TableName, Box], Mapping[Cell, float], Mapping[str, int]]:
    names = {str(node.table): node for node in found.nodes}
    one_schema = len({node.table.schema for node in found.nodes}) == 1
    heights = {name: _height(node, found.arrows) for name, node in names.items()}
    edges = [(str(arrow.start), str(arrow.end)) for arrow in found.arrows]
    columns, rows = place(list(names), edges, {name: height + _GAP for name, height in heights.items()})
    top = min((rows[(name,)] - heights[name] / 2 for name in names), default=0.0) - _EDGE
    labels = {
        name: shortened_label(display(node.table.name) if one_schema else str(node.table))
        for name, node in names.items()
    }
    starts = _starts(columns, labels, found.arrows, label)
    boxes = {
        node.table: Box(
            x=starts[columns[name]][0],
            y=round(rows[(name,)] - heights[name] / 2 - top, 1),
            width=starts[columns[name]][1],
            height=heights[name],
            label=labels[name],
            node=node,
        )
        for name, node in names.items()
    }
    return boxes, {cell: row - top for cell, row in rows.items()}, columns


def _height(node: Vertex, arrows: Sequence[Arrow]) -> float:
    leaving = sum(1 for arrow in arrows if arrow.start == node.table)
    arriving = sum(1 for arrow in arrows if arrow.end == node.table)
    return max(_HEIGHT, (leaving + 0.5) * _PORT, min(_TALLEST, arriving * _TIP))


def _starts(
    columns: Mapping[str, int], labels: Mapping[str, str], arrows: Sequence[Arrow], label: Label
) -> dict[int, tuple[float, float]]:
    """Return the left edge and the width of each column. Labels of arrows fit between columns."""
    x, found = _EDGE, {}
    for number in range(1 + max(columns.values(), default=0)):
        width = max(CHARACTER * len(labels[name]) + 24 for name, column in columns.items() if column == number)
        room = [len(label(arrow)) for arrow in arrows if _is_label_between(arrow, number, columns)]
        found[number] = (round(x, 1), round(max(width, 96), 1))
        x += found[number][1] + max([_BETWEEN, *(_SMALL * length + 56 for length in room)])
    return found


def _is_label_between(arrow: Arrow, number: int, columns: Mapping[str, int]) -> bool:
    """Whether the label of the arrow is between this column and the next one."""
    start, end = columns[str(arrow.start)], columns[str(arrow.end)]
    return start == number if end >= start else start == number + 1


def _lines(
    arrows: Sequence[Arrow],
    boxes: Mapping[TableName, Box],
    rows: Mapping[Cell, float],
    columns: Mapping[str, int],
    label: Label,
) -> list[Line]:
    def height_of(arrow: Arrow) -> float:
        cells = path((str(arrow.start), str(arrow.end)), columns)
        return rows[cells[1]] if cells else boxes[arrow.start].y + 10_000

    leaving: dict[TableName, list[Arrow]] = {}
    for arrow in sorted(arrows, key=height_of):
        leaving.setdefault(arrow.start, []).append(arrow)
    ports = {
        id(arrow): boxes[table].y + boxes[table].height * (n + 1) / (len(group) + 1)
        for table, group in leaving.items()
        for n, arrow in enumerate(group)
    }
    arriving: dict[TableName, list[Arrow]] = {}
    for arrow in sorted(arrows, key=lambda one: ports[id(one)]):
        arriving.setdefault(arrow.end, []).append(arrow)
    ends = {
        id(arrow): boxes[table].y + boxes[table].height * (n + 1) / (len(group) + 1)
        for table, group in arriving.items()
        for n, arrow in enumerate(group)
    }
    return [_line(arrow, boxes, rows, columns, ports[id(arrow)], ends[id(arrow)], label(arrow)) for arrow in arrows]


def _line(
    arrow: Arrow,
    boxes: Mapping[TableName, Box],
    rows: Mapping[Cell, float],
    columns: Mapping[str, int],
    y: float,
    end_y: float,
    label: str,
) -> Line:
    start, end = boxes[arrow.start], boxes[arrow.end]
    if arrow.start == arrow.end:
        x = start.x + start.width
        loop = f"M{x:.1f} {y:.1f}c{_LOOP} -9 {_LOOP} 9 0 6"
        return Line(
            path=loop,
            head=f"M{x:.1f} {y + 6:.1f}l7 -5v8z",
            label=label,
            x=x + _LOOP,
            y=y + 6,
            anchor="start",
            arrow=arrow,
        )
    right = columns[str(arrow.end)] > columns[str(arrow.start)]
    side = 1 if right else -1
    x = start.x + start.width if right else start.x
    points = [(x, y)]
    for cell in path((str(arrow.start), str(arrow.end)), columns)[1:-1]:
        column = next(box for box in boxes.values() if columns[str(box.node.table)] == int(cell[2]))
        points += [(column.x if right else column.x + column.width, rows[cell])]
        points += [(column.x + column.width if right else column.x, rows[cell])]
    tip = (end.x if right else end.x + end.width, end_y)
    points.append((tip[0] - side * 7, end_y))
    return Line(
        path=_curve(points),
        head=f"M{tip[0]:.1f} {tip[1]:.1f}l{-side * 8} -4v8z",
        label=label,
        x=round(x + side * 6, 1),
        y=round(y - 4, 1),
        anchor="start" if right else "end",
        arrow=arrow,
    )


def _curve(points: Sequence[tuple[float, float]]) -> str:
    """Return a path that leaves and enters every point horizontally."""
    parts = [f"M{points[0][0]:.1f} {points[0][1]:.1f}"]
    for (x, y), (next_x, next_y) in itertools.pairwise(points):
        middle = (x + next_x) / 2
        parts.append(f"C{middle:.1f} {y:.1f} {middle:.1f} {next_y:.1f} {next_x:.1f} {next_y:.1f}")
    return "".join(parts)
