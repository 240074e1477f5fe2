"""Draws trees of tables: partitioned tables with their partitions, parents with inheritance children."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from hypothesis import strategies as st

from tests.property.drawing import SELDOM, Draw, Names, draw_column, keyable
from tests.property.tables import ROWS, SCHEMAS, Column, Split, Table, quoted

_MANY = ROWS + 4
"""No row has the value of this number."""


def draw_partitioned(draw: Draw, names: Names, whole: Table) -> list[Table]:
    """Return the table as a partitioned one, with its partitions; sometimes one of them is partitioned itself."""
    plan = _draw_plan(draw, whole.columns)
    below = _draw_plan(draw, whole.columns) if draw(SELDOM) or draw(SELDOM) else None
    root = _partitioned(whole, plan, below)
    parts = [_partition(draw, names, root, bound) for bound in plan.bounds]
    if below is not None:
        parts[0] = _partitioned(parts[0], below, None)
        parts[1:1] = [_partition(draw, names, parts[0], bound) for bound in below.bounds]
    return [root, *parts]


def draw_family(draw: Draw, names: Names, parent: Table) -> list[Table]:
    """Return the table with inheritance children, and sometimes a child of a child."""
    family = [replace(parent, has_heirs=True, columns=tuple(_told_apart(parent.columns)))]
    for _ in range(draw(st.integers(1, 2))):
        above = draw(st.sampled_from(family)) if draw(SELDOM) else family[0]
        own = [Column(name=f"own {len(family)}", type=draw_column(draw))] if draw(st.booleans()) else []
        apart = draw(st.booleans())
        columns = [*above.columns, *own]
        family.append(
            Table(
                schema=draw(st.sampled_from(SCHEMAS)),
                name=names.new(),
                columns=tuple(draw(st.permutations(columns)) if apart else columns),
                above=above,
                apart=apart,
                has_heirs=True,
            )
        )
    return family


def _told_apart(columns: Sequence[Column]) -> Iterator[Column]:
    """Return columns whose not-nulls have different names after PostgreSQL cuts them.

    A child may keep a not-null that its parent drops, and then cannot inherit another one with that name.
    """
    seen: set[str] = set()
    for number, column in enumerate(columns):
        beginning = column.name[:20]
        yield replace(column, name=f"column {number}") if beginning in seen else column
        seen.add(beginning)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """How a table is partitioned, and the bounds of its partitions, which accept all rows."""

    method: str
    keys: tuple[str, ...]
    columns: tuple[str, ...]
    admits_null: bool
    bounds: tuple[str, ...]


def _partitioned(table: Table, plan: _Plan, below: _Plan | None) -> Table:
    plans = [plan] if below is None else [plan, below]
    columns = dict.fromkeys(name for one in plans for name in one.columns)
    split = Split(
        method=plan.method,
        keys=plan.keys,
        columns=plan.columns,
        unique=tuple(columns) if all(one.columns for one in plans) else None,
        admits_null=plan.admits_null,
    )
    return replace(table, split=split)


def _partition(draw: Draw, names: Names, above: Table, bound: str) -> Table:
    apart = draw(st.booleans())
    return Table(
        schema=draw(st.sampled_from([above.schema, *SCHEMAS])),
        name=names.new(),
        columns=tuple(draw(st.permutations(above.columns))) if apart else above.columns,
        above=above,
        bound=bound,
        apart=apart,
    )


def _draw_plan(draw: Draw, columns: Sequence[Column]) -> _Plan:
    whole = Table(schema="", name="", columns=tuple(columns))
    fitting = {
        "RANGE": [one for one in keyable(whole) if one.type.family not in _UNORDERED],
        "LIST": [one for one in columns if one in keyable(whole) or one.type.sql == "boolean"],
        "HASH": [one for one in keyable(whole) if "" in one.type.opclasses.get("hash", ())],
    }
    method = draw(st.sampled_from([method for method, usable in fitting.items() if usable]))
    match method:
        case "RANGE":
            return _range_plan(draw, fitting[method])
        case "LIST":
            return _list_plan(draw, draw(st.sampled_from(fitting[method])))
        case _:
            return _hash_plan(draw, fitting[method])


_UNORDERED = ("tsvector",)


def _range_plan(draw: Draw, usable: Sequence[Column]) -> _Plan:
    chosen = draw(st.lists(st.sampled_from(usable), min_size=1, max_size=2, unique=True))
    rest = ["MINVALUE"] * (len(chosen) - 1)
    cuts = sorted(draw(st.lists(st.integers(2, _MANY - 1), min_size=1, max_size=2, unique=True)))
    first = chosen[0].type
    lows = [["MINVALUE"] * len(chosen), *([first.at(cut), *rest] for cut in cuts)]
    highs = [*lows[1:], ["MAXVALUE"] * len(chosen)]
    bounds = [
        f"FOR VALUES FROM ({', '.join(low)}) TO ({', '.join(high)})" for low, high in zip(lows, highs, strict=True)
    ]
    default = draw(st.booleans())
    if default:
        bounds[draw(st.sampled_from(range(len(bounds))))] = "DEFAULT"
    names = tuple(one.name for one in chosen)
    return _Plan(
        method="RANGE",
        keys=tuple(map(quoted, names)),
        columns=names,
        admits_null=default,
        bounds=tuple(bounds),
    )


def _list_plan(draw: Draw, column: Column) -> _Plan:
    null, default = draw(st.booleans()), draw(st.booleans())
    rows = range(1, ROWS + 1)
    cut = draw(st.integers(1, ROWS - 1))
    groups = [["true"], ["false"]]
    if column.type.unique:
        groups = [[column.type.at(row) for row in rows if row <= cut], [column.type.at(row) for row in rows[cut:]]]
    groups[draw(st.sampled_from((0, 1)))] += ["NULL"] if null else []
    bounds = [f"FOR VALUES IN ({', '.join(group)})" for group in groups]
    if default:
        bounds = [*bounds, "DEFAULT"] if draw(st.booleans()) else [*bounds[:1], "DEFAULT"]
    return _Plan(
        method="LIST",
        keys=(quoted(column.name),),
        columns=(column.name,),
        admits_null=null or default,
        bounds=tuple(bounds),
    )


def _hash_plan(draw: Draw, usable: Sequence[Column]) -> _Plan:
    chosen = draw(st.lists(st.sampled_from(usable), min_size=1, max_size=2, unique=True))
    names = tuple(one.name for one in chosen)
    keys = tuple(map(quoted, names))
    expressions = [one for one in chosen[0].type.keys if one in ("lower(§)", "abs(§)")]
    if expressions and draw(SELDOM):
        keys, names = (expressions[0].replace("§", keys[0]),), ()
    return _Plan(
        method="HASH",
        keys=keys,
        columns=names,
        admits_null=True,
        bounds=tuple(f"FOR VALUES WITH (MODULUS 2, REMAINDER {one})" for one in (0, 1)),
    )


def below(tables: Sequence[Table], table: Table) -> Iterator[Table]:
    """Return the partitions and children of a table, at every level."""
    return (one for one in tables if one.is_below(table))
