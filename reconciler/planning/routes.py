"""The routes of all changes, in order: each begins in the state in which the earlier ones left the database."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, fields, replace

from reconciler.kinds import purpose_of, router_of
from reconciler.kinds.base.routing import RouteContext
from reconciler.kinds.kind import Purpose
from reconciler.model.change import Action, Change, continued, former_key, given_name, indexes_of
from reconciler.model.definition import Definition, expression_fields, has_index, parts_of
from reconciler.model.effects import Resource, constraint_name
from reconciler.model.facts import Answers
from reconciler.model.facts.state import StateOf
from reconciler.model.guard import Guard
from reconciler.model.hazards import Hazard
from reconciler.model.index_facts import IndexStatus
from reconciler.model.names import Key, TableName, is_temporary
from reconciler.model.plan import JournalAt, Refusal
from reconciler.model.repair import QuarantineTable
from reconciler.model.retired import TableToRetire
from reconciler.model.route import DefinitionPattern, Expected, Route
from reconciler.model.rules.dependencies import DIVERGED
from reconciler.model.rules.hazards import NOT_TRIED, UNCHECKED_DATA, VOLATILE_EXPRESSION
from reconciler.model.server import Server
from reconciler.model.state import ARCHIVE_KEY, ArchiveSchema, Declared, DesiredState, LiveState
from reconciler.planning import refusals
from reconciler.planning.adoption import taken_over
from reconciler.planning.archive_names import archive_names, with_later_indexes
from reconciler.planning.carried import carry_over
from reconciler.planning.comparing import comparing
from reconciler.planning.draft import Draft
from reconciler.planning.lock_order import with_lock_order
from reconciler.planning.lost_parts import parts_with_own
from reconciler.planning.names import TakenNames
from reconciler.planning.new_values import generated_columns, no_nulls
from reconciler.planning.not_valid import (
    Conditions,
    not_valid_after,
    not_valid_before,
    updated_tables,
    with_rows_to_update,
)
from reconciler.planning.order import Circular, graph_of
from reconciler.planning.proofs import invalid_index, unproved_indexes
from reconciler.planning.row_keys import row_keys
from reconciler.planning.target import Target
from reconciler.planning.temporary_names import read_holders


def with_routes(
    draft: Draft, answers: Answers, desired: DesiredState, live: LiveState, server: Server, journal: JournalAt
) -> Draft:
    """Return the draft with its routes in order, each from the state in which its objects are now, or will be at
    that point."""
    declared = desired.objects
    updated = updated_tables(draft.changes, declared, live)
    repaired = with_rows_to_update(draft.changes, declared, live, updated)
    graph = graph_of(draft.changes, live, server.major, _after_repairs(draft.changes, declared, live), repaired)
    try:
        order = graph.ordered()
    except Circular as circle:
        return draft.refusing(refusals.circular(change, circle.changes, live) for change in circle.changes[:1])
    changes = with_later_indexes([graph.changes[number] for number in order], live)
    course = _course(live, changes)
    continued_later = {first for first, _ in continued(changes)}
    target = Target(changes, live)
    names = TakenNames(answers=answers, freed=target.freed)
    holders = read_holders(names, changes, live, server.major)
    common = _context(answers, changes, target, updated, desired, live, server)
    not_valid = not_valid_before(live)
    routes: list[Route] = []
    numbers: dict[int, int] = {}
    for place, (number, change) in enumerate(zip(order, changes, strict=True)):
        context = replace(
            common,
            live=course.live,
            repaired=common.repaired - {one.key for one in changes[:place]},
            not_valid=_besides(change, not_valid),
        )
        route = router_of(change.key).route(change, context)
        not_valid = not_valid_after(not_valid, route, declared, live)
        if place in continued_later:
            route = _for_now(route)
        position = route.locate(course.objects)
        left = route.since(position) if position is not None else None
        draft = draft.refusing(holders.refusals(change, left, course.live, server.major))
        if left is None:
            # Another refusal already explains it better, for example a name that is taken.
            if all(refusal.key != change.key for refusal in draft.refusals):
                draft = draft.refusing([_off_route(change)])
            continue
        route = _with_hazards(left, draft)
        if change.key in draft.judged.inexact or change.key in draft.judged.not_tried:
            route = printed_otherwise(route)
        needs = {numbers[first]: need for first, need in graph.needs[number].items() if first in numbers}
        numbers[number] = len(routes)
        found = live.objects.get(former_key(change), change.before) if change.before is not None else None
        own, lost = taken_over(change, live, target.own), parts_with_own(change, live)
        routes.append(replace(route, needs=needs, found=found, taken_over=own, lost_parts=lost))
        course = course.after(route, is_continued=place in continued_later)
    draft = draft.refusing(unproved_indexes(answers, routes, course.live, journal))
    routes, refused = carry_over(answers, routes, live, server)
    routes = with_lock_order(routes, changes, _with_locked_tables(answers, routes, changes, live))
    return replace(draft.refusing(refused), routes=tuple(_checked_before_views(routes)))


def _context(
    answers: Answers,
    changes: Sequence[Change],
    target: Target,
    updated: Mapping[Key, Sequence[TableName]],
    desired: DesiredState,
    live: LiveState,
    server: Server,
) -> RouteContext:
    """Return what the routers of all changes read. `updated` are the tables in whose rows repairs set columns."""
    declared = desired.objects
    compared = comparing(answers, changes, live, declared)
    written = sorted({table for tables in updated.values() for table in tables})
    return RouteContext(
        router_of=router_of,
        live=live,
        major=server.major,
        declared=declared,
        policy=desired.policy,
        archive_names=archive_names(changes),
        equality=compared.equality,
        comparisons=compared.references,
        key_opclasses=compared.keys,
        opclasses=compared.opclasses,
        wide=compared.wide,
        target=target.objects,
        no_nulls=no_nulls({*written, *(key.table_name for key in updated)}, target, live),
        generated=generated_columns(answers, written, live),
        row_keys=row_keys(changes, declared, target, live),
        created={one.key: one.after for one in changes if one.after is not None},
        repaired=frozenset(one.key for one in changes if one.key in declared and declared[one.key].rows.repairs),
    )


def _besides(change: Change, not_valid: Mapping[Key, Conditions]) -> Mapping[Key, Conditions]:
    """Return the constraints without the one that the change validates: its repair makes rows comply with it. One that
    is replaced keeps its old conditions until then."""
    if change.action is Action.ALTER or change.key not in not_valid:
        return not_valid
    return {key: one for key, one in not_valid.items() if key != change.key}


def _checked_before_views(routes: Sequence[Route]) -> Iterator[Route]:
    """Yield the routes: the data checks of a table also run before each of the views that are dropped for it, because
    nothing brings a view back if the table has to stay."""
    checks: dict[int, list[Guard]] = {}
    for number in reversed(range(len(routes))):
        route = routes[number]
        if purpose_of(route.change.key) is not Purpose.DROPS_TABLE:
            continue
        own = [*route.guards, *route.guards_of_needs, *checks.get(number, ())]
        for first in route.needs:
            if purpose_of(routes[first].change.key) is Purpose.DROPS_TABLE:
                known = checks.setdefault(first, [])
                known += [one for one in own if one not in known]
    for number, route in enumerate(routes):
        before, found = route.change.before, checks.get(number)
        if not found or not isinstance(before, TableToRetire) or before.query is None:
            yield route
            continue
        *steps, last = route.steps
        yield replace(route, steps=(*steps, replace(last, guards=(*last.guards, *found))))


def _after_repairs(changes: Sequence[Change], declared: Mapping[Key, Declared], live: LiveState) -> set[Key]:
    """Return the objects whose duplicates are removed after other repairs of their tables: of the rows that these
    leave, one of each key stays."""
    repaired = {one.key: declared[one.key].rows for one in changes if one.key in declared}
    others = {
        table
        for key, rows in repaired.items()
        if rows.repairs and rows.kept is None
        for table in live.tree(key.table_name)
    }
    return {
        key
        for key, rows in repaired.items()
        if rows.kept is not None and not others.isdisjoint(live.tree(key.table_name))
    }


def _with_locked_tables(
    answers: Answers, routes: Sequence[Route], changes: Sequence[Change], live: LiveState
) -> LiveState:
    """Return the live state with the tables that steps lock and the file does not name, for example the referenced
    table of a dropped foreign key. Relations that steps lock and that are indexes are not tables."""
    locked = {claim.table for route in routes for step in route.steps for claim in step.locks}
    indexes = {
        index
        for one in changes
        for definition in (one.before, one.after)
        for index in indexes_of(one.key, definition)
    }
    missing = {name for name in locked - live.tables.keys() - indexes if not is_temporary(name.name)}
    for state in answers.of(StateOf(table=table) for table in sorted(missing)):
        live = live.and_(state)
    return live


@dataclass(frozen=True, slots=True, kw_only=True)
class _Course:
    """The state in which the next route begins, as far as later routes need it.

    `live` is the state that routers read; `objects` are its objects, and the inherited ones that are changed, with
    every running build taken for a dead one: applying waits for it and checks again. `given` are the names that
    changes give, `parts` the indexes of partitions that they build or adopt.
    """

    live: LiveState
    objects: Mapping[Key, Definition]
    given: Set[Resource]
    parts: Set[tuple[TableName, str]]

    def after(self, route: Route, *, is_continued: bool) -> _Course:
        """Return the course at the end of the route. `is_continued`: a later change of the same object begins there."""
        change, former, gone, new = route.change, former_key(route.change), set[Key](), dict[Key, Definition]()
        if change.action in (Action.DROP, Action.RENAME) and self._matters_later(former, change):
            gone.add(former)
        if route.states[-1].objects.get(ARCHIVE_KEY) == DefinitionPattern():
            new[ARCHIVE_KEY] = ArchiveSchema()
        # Two repairs may keep rows in one table: the second moves references of rows that the first one repairs.
        kept = ((key, one) for key, one in route.states[-1].objects.items() if isinstance(one, QuarantineTable))
        new |= {key: one for key, one in kept if self.live.objects.get(key) != one}
        part = change.key.table_name, given_name(change.key, change.after)
        becomes_part = part in self.parts and change.key not in self.live.inherited
        if change.after is not None and (becomes_part or is_continued or self._frees_name(change)):
            new[change.key] = change.after
        if not gone and not new:
            return self
        live = replace(self.live, objects=_with(self.live.objects, gone, new))
        return replace(self, live=live, objects=_with(self.objects, gone, new))

    def _frees_name(self, change: Change) -> bool:
        """Whether an object that keeps its key frees a name that others take, such as a primary key."""
        if change.action is not Action.ALTER or change.before is None or change.after is None:
            return False
        return not self.given.isdisjoint(change.before.names(change.key) - change.after.names(change.key))

    def _matters_later(self, former: Key, change: Change) -> bool:
        """Whether a name becomes free that others take, or a primary key is dropped for which not-nulls are
        kept."""
        needed = purpose_of(former) is Purpose.IDENTIFIES_ROWS or is_temporary(former.name)
        return needed or (change.before is not None and not self.given.isdisjoint(change.before.names(former)))


def _course(live: LiveState, changes: Sequence[Change]) -> _Course:
    """Return the course before the first route."""
    own = ((former_key(one), one.before) for one in changes)
    inherited = {key: before for key, before in own if before is not None and key in live.inherited}
    return _Course(
        live=live,
        objects=_as_if_dead({**live.objects, **inherited}),
        given={name for change in changes for name in _names_given(change, live)},
        parts={part for change in changes for part in parts_of(change.after).items()},
    )


def _with(
    objects: Mapping[Key, Definition], gone: Collection[Key], new: Mapping[Key, Definition]
) -> Mapping[Key, Definition]:
    return {**{key: one for key, one in objects.items() if key not in gone}, **new}


def _names_given(change: Change, live: LiveState) -> Iterator[Resource]:
    """Return the names that the change gives, also to the copies in descendants."""
    if change.action is Action.DROP or change.after is None:
        return
    yield from change.after.names(change.key)
    for table in live.below(change.key.table_name):
        yield constraint_name(table.name, given_name(change.key, change.after))


def _for_now(route: Route) -> Route:
    """Mark the route of a temporary change: the journal distinguishes its steps from those of the later change. For
    an index whose parts release their names, only these matter: other changes may take its roles in between."""
    change = route.change
    steps = tuple(
        replace(step, id=replace(step.id, interim=True), title=f"{step.title} (temporary)") for step in route.steps
    )
    if change.action is not Action.ALTER:
        return replace(route, steps=steps)
    states = tuple(
        replace(state, objects={change.key: DefinitionPattern(holding=_part_names(definition))})
        for state, definition in zip(route.states, (change.before, change.after), strict=True)
    )
    return replace(route, steps=steps, states=states)


def _part_names(definition: Definition | None) -> tuple[tuple[str, object], ...]:
    return tuple(("partitions", pair) for pair in parts_of(definition).items())


def _with_hazards(route: Route, draft: Draft) -> Route:
    key, judged = route.change.key, draft.judged
    hazards = [
        Hazard(kind=VOLATILE_EXPRESSION, detail=f"{key} calls {function}")
        for function in judged.volatile.get(key, ())
    ]
    if key in judged.untried:
        why = f"it would call {', '.join(judged.untried[key])}"
        if has_index(route.change.after):
            why += "; PostgreSQL 17 and later build indexes with search_path pg_catalog, pg_temp"
        hazards.append(Hazard(kind=UNCHECKED_DATA, detail=f"{key} was not tried out: {why}"))
    if key in judged.not_tried:
        hazards.append(Hazard(kind=NOT_TRIED, detail=f"{key}: {judged.not_tried[key]}"))
    more = draft.hazards.get(key, ())
    own = (
        one for one in route.hazards if one.kind not in {hazard.kind for hazard in more}
    )  # reported in more detail
    return replace(route, hazards=(*own, *hazards, *more))


def printed_otherwise(route: Route) -> Route:
    """Return the route without an expectation of how the catalog prints the object's expressions, which is unknown.
    It only differs from the replaced object's."""
    before, after = route.change.before, route.change.after
    if after is None:
        return route
    texts = expression_fields(after)
    wanted = {name: getattr(after, name) for name in texts}
    old = () if type(before) is not type(after) else tuple((name, getattr(before, name)) for name in texts)

    def expected(one: Expected) -> Expected:
        if type(one) is type(after):
            one = DefinitionPattern(fields=tuple((field.name, getattr(one, field.name)) for field in fields(after)))
        if not isinstance(one, DefinitionPattern):
            return one
        found = {name: value for name, value in one.fields if name in texts}
        if not found or any(value != wanted[name] for name, value in found.items()):
            return one
        return replace(one, fields=tuple(pair for pair in one.fields if pair[0] not in texts), unlike=old)

    states = tuple(
        replace(state, objects={key: expected(one) for key, one in state.objects.items()}) for state in route.states
    )
    return replace(route, states=states)


def _off_route(change: Change) -> Refusal:
    is_index = purpose_of(change.key) is Purpose.IS_INDEX
    if is_index and change.before is not None and change.before.index_status() is not IndexStatus.VALID:
        return invalid_index(change, change.key, "the index differs from the declared one")
    return Refusal(
        rule=DIVERGED,
        key=change.key,
        place=change.place,
        cause=f"the live state of {change.key} matches no step of this change",
        remedy="look for objects with its name, or with the endings __reconcile_new and __reconcile_old, "
        "and remove those that you do not need; then plan again",
    )


def _as_if_dead(objects: Mapping[Key, Definition]) -> dict[Key, Definition]:
    return {
        key: one.with_index_status(IndexStatus.INVALID) if one.index_status() is IndexStatus.BUILDING else one
        for key, one in objects.items()
    }
