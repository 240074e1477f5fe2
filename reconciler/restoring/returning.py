"""Quarantined rows that go back to their tables as steps of a plan: the routes, and how such a step is carried out."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from reconciler.execution.returning import Returning, RowsReturned
from reconciler.kinds import purpose_of
from reconciler.kinds.base import ddl
from reconciler.kinds.kind import Purpose
from reconciler.model.change import Action, Change
from reconciler.model.errors import Diverged
from reconciler.model.events import StepProgress
from reconciler.model.hazards import Hazard
from reconciler.model.limits import ExecutionClass
from reconciler.model.locks import LockMode
from reconciler.model.names import Key, Place, TableName
from reconciler.model.repair import QUARANTINED_ROWS, ReturnedRows, RowShape
from reconciler.model.route import Need, Route, RouteState
from reconciler.model.rules.dependencies import DIVERGED
from reconciler.model.rules.hazards import FIRES_TRIGGERS
from reconciler.model.statement import Statement
from reconciler.model.step import ReturnAction, Step
from reconciler.model.step_id import Verb
from reconciler.postgres.archive_check import refuse_untrusted_archive
from reconciler.postgres.quarantine import row_shapes
from reconciler.postgres.session import Session, rows
from reconciler.restoring.home import HomeTable
from reconciler.restoring.moves import Moves
from reconciler.restoring.rows import (
    Quarantined,
    QuarantineOptions,
    RestoredRows,
    last_taken_first,
    quarantined_rows,
)
from reconciler.restoring.statements import find_rows, move_rows

_PAGES = 128
"""The pages of a batch in the statements for people. A step adapts the number."""


def with_returns(
    session: Session, found: Sequence[Quarantined], run: str, earlier: Sequence[Route]
) -> Iterator[Route]:
    """Yield the `earlier` routes and one for each of these rows of the run, in an order in which they fit: rows that
    the run took last come first, but after whole rows that they refer to. All of them come after the earlier routes on
    their tables, except that a primary key is dropped after the values of the rows that are found by it."""
    ordered = list(_in_order(session, found))
    found_by = {_home(one).name for one in ordered if one.rows.written}
    drops = {number for number, route in enumerate(earlier) if _drops_key(route.change, found_by)}
    late, tables = _with_dependents(drops, earlier), {earlier[number].change.key.table_name for number in drops}
    values = [number for number, one in enumerate(ordered, 1) if one.rows.written and _home(one).name in tables]
    split = max(values, default=0)
    early = (number for number in range(len(earlier)) if number not in late)
    places, placed = dict[int, int](), dict[TableName, list[int]]()
    names = Counter[tuple[TableName, TableName]]()
    sequence: list[int | Quarantined] = [*early, *ordered[:split], *sorted(late), *ordered[split:]]
    for place, one in enumerate(sequence):
        if isinstance(one, int):
            route, places[one] = earlier[one], place
            needs = {places[first]: need for first, need in route.needs.items()}
            rows_first = placed.get(route.change.key.table_name, ()) if one in drops else ()
            yield replace(route, needs={**dict.fromkeys(rows_first, Need()), **needs})
            placed.setdefault(route.change.key.table_name, []).append(place)
            continue
        home = _home(one)
        pair = one.rows.table, home.name
        names[pair] += 1
        label = one.rows.table.name if names[pair] == 1 else f"{one.rows.table.name} {names[pair]}"
        concerned = {home.name, one.rows.origin.table_name, *_referred(session, home)}
        yield _route(
            session, one, home, run, label, sorted({n for table in concerned for n in placed.get(table, ())})
        )
        placed.setdefault(home.name, []).append(place)


def _drops_key(change: Change, tables: Collection[TableName]) -> bool:
    is_key = purpose_of(change.key) is Purpose.IDENTIFIES_ROWS
    return is_key and change.action is Action.DROP and change.key.table_name in tables


def _with_dependents(numbers: Collection[int], routes: Sequence[Route]) -> set[int]:
    """Return these routes and all that need them, which come later."""
    found = set(numbers)
    for number, route in enumerate(routes):
        if not found.isdisjoint(route.needs):
            found.add(number)
    return found


def with_key_after(one: Quarantined, routes: Iterable[Route]) -> Quarantined:
    """Return the rows with the primary key that their table gets by these routes, if it has none."""
    home = one.home
    if home is None or home.key:
        return one
    types = dict(home.columns)
    for change in (route.change for route in routes):
        if (
            purpose_of(change.key) is Purpose.IDENTIFIES_ROWS
            and change.key.table_name == home.name
            and change.after
        ):
            key = tuple((column, types.get(column)) for column in change.after.indexed_columns())
            return replace(one, home=replace(home, key=key))
    return one


def _home(one: Quarantined) -> HomeTable:
    assert one.home is not None
    return one.home


def _in_order(session: Session, found: Sequence[Quarantined]) -> Iterator[Quarantined]:
    waiting = last_taken_first(found)
    referred = {
        one.home.name: set(_referred(session, one.home)) - {one.home.name}
        for one in waiting
        if one.home is not None
    }
    while waiting:
        homes = {one.home.name for one in waiting if one.home is not None and not one.rows.written}
        ready = (one for one in waiting if one.home is not None and not referred[one.home.name] & homes)
        chosen = next(ready, waiting[0])  # tables may refer to each other
        waiting.remove(chosen)
        yield chosen


_REFERRED = """
    SELECT DISTINCT n.nspname::text AS schema, r.relname::text AS name
      FROM pg_constraint c JOIN pg_class r ON r.oid = c.confrelid JOIN pg_namespace n ON n.oid = r.relnamespace
     WHERE c.contype = 'f' AND c.conrelid = {table}::regclass"""


def _referred(session: Session, home: HomeTable) -> list[TableName]:
    """Return the tables that the table refers to."""
    query = ddl.compose(_REFERRED, table=ddl.literal(ddl.text_of(ddl.relation(home.name))))
    return [TableName(**row) for row in rows(session.connection, ddl.text_of(query))]


def _route(
    session: Session, one: Quarantined, home: HomeTable, run: str, label: str, needs: Sequence[int]
) -> Route:
    quarantine = one.rows.table
    key = Key(schema=home.name.schema, table=home.name.name, kind=QUARANTINED_ROWS, name=label)
    after = ReturnedRows(quarantine=quarantine, run=run, written=one.rows.written)
    place = Place(file=str(quarantine), line=0, column=0)
    return Route(
        change=Change(action=Action.CREATE, key=key, before=None, after=after, place=place),
        states=(RouteState(label="in the quarantine", objects={}), RouteState(label="returned", objects={})),
        steps=(_step(session, one, home, run, key),),
        needs=dict.fromkeys(needs, Need()),
    )


def _step(session: Session, one: Quarantined, home: HomeTable, run: str, key: Key) -> Step:
    (shape,) = row_shapes(session, [home.name]).values()
    assert isinstance(shape, RowShape)
    find, move = find_rows(one.rows, home, 0, _PAGES), move_rows(one.rows, home, dict(shape.pairs))
    count = one.rows.count or 0
    what = f"{count:,} row{'' if count == 1 else 's'}"
    return Step(
        id=Verb.RESTORE.of(key),
        title=f"restore the former values of {what} in {home.name} from {one.rows.table}"
        if one.rows.written
        else f"move {what} from {one.rows.table} back to {home.name}",
        action=ReturnAction(
            quarantine=one.rows.table,
            table=home.name,
            run=run,
            was_in=one.rows.was_in or "",
            written=one.rows.written,
            as_planned=_as_planned(home),
            statements=tuple(Statement(parts=(text,)) for text in (find, move)),
        ),
        execution=ExecutionClass.BATCHED,
        locks=ddl.claims(LockMode.ROW_EXCLUSIVE, home.name, one.rows.table),
        hazards=tuple(Hazard(kind=FIRES_TRIGGERS, detail=f"{home.name}: {text}") for text in home.reach),
        leaves="complete batches: the next run continues with the rows that are left",
    )


def _as_planned(home: HomeTable) -> str:
    """Return what the tables are like, except for the primary key: a step before may change that, and no wrong row is
    found without it. The oid is not part of a plan: whether the table is the one of the run is read again."""
    facts = {name: value for name, value in json.loads(home.facts).items() if name not in ("key", "oid")}
    return json.dumps(facts, sort_keys=True)


def return_rows(action: ReturnAction, returning: Returning) -> RowsReturned:
    """Bring the rows of a step back. Raises `Diverged` if a table has changed, and `Refused` if the archive cannot be
    trusted."""
    trusted = returning.plan.trusted_roles
    refuse_untrusted_archive(returning.session, trusted)
    options = QuarantineOptions(
        name=str(action.quarantine), run=action.run, trusted_roles=trusted, policy=returning.plan.policy
    )
    for one in quarantined_rows(returning.session, options):
        if (one.rows.table, one.rows.was_in, one.rows.written) != (
            action.quarantine,
            action.was_in,
            action.written,
        ):
            continue
        if one.home is None or one.home.name != action.table or _as_planned(one.home) != action.as_planned:
            raise Diverged(
                f"{action.quarantine} or {action.table} was altered in between; no row was moved",
                rule=DIVERGED,
                hint="run the same command again",
            )
        if one.obstacle is not None:
            return RowsReturned(left={one.obstacle: one.rows.count or 0})
        return _moved(one, one.home, options, returning)
    return RowsReturned(left={})  # somebody else has brought them back


def _moved(one: Quarantined, home: HomeTable, options: QuarantineOptions, returning: Returning) -> RowsReturned:
    """Go through the rows again as long as some may fit after others."""
    began = returning.clock.monotonic()
    while True:
        moves = Moves(
            session=returning.session,
            lock=returning.lock,
            options=options,
            clock=returning.clock,
            emit=partial(_report, returning, began, returning.moved),
            pace=returning.pace,
            candidate=one,
            home=home,
        )
        done: RestoredRows = moves.through()
        if not done.moved or not any(misfit.may_fit_later for misfit in done.misfits):
            return RowsReturned(left={misfit.reason: misfit.count for misfit in done.misfits})


def _report(returning: Returning, began: float, before: int, one: Quarantined, moved: int) -> None:
    rows = returning.moved = before + moved
    phase, count = f"{rows:,} row{'' if rows == 1 else 's'} brought back", one.rows.count
    elapsed_s = returning.clock.monotonic() - began
    fraction = min(1.0, rows / count) if count else None
    returning.emit(StepProgress(step=returning.step, phase=phase, fraction=fraction, elapsed_s=elapsed_s))
