"""Plans a restore: the foreign keys of the table come back in the archive, then the table moves to its schema.

All keys are there, and valid as before, when the table becomes visible to the application. So a killed run leaves
either a table in the archive, whose comment still has everything, or a whole table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from reconciler.kinds import key_for, kind_of, router_of
from reconciler.kinds.base.routing import RouteContext
from reconciler.kinds.dropped_table.keys import key_of
from reconciler.kinds.dropped_table.restoring import restore_route
from reconciler.kinds.kind import Purpose
from reconciler.model.change import Action, Change, Difference, given_name
from reconciler.model.definition import Definition
from reconciler.model.facts import Answers
from reconciler.model.guard import Finding
from reconciler.model.listening import DataChecks, unheard
from reconciler.model.names import ARCHIVE_SCHEMA, Key, Place, TableName, display
from reconciler.model.options import Options
from reconciler.model.plan import Plan, Refusal, TableSize
from reconciler.model.retired import ArchivedTable, RestoredTable
from reconciler.model.route import Need, Route
from reconciler.model.rules.objects import MISSING_SCHEMA
from reconciler.model.state import DesiredState, LiveState, Named, Policy
from reconciler.planning.comparing import comparing
from reconciler.planning.data_checks import checked
from reconciler.planning.gate import gate
from reconciler.planning.lock_order import with_lock_order
from reconciler.planning.rounds import in_one_set
from reconciler.planning.sizes import locked_sizes
from reconciler.postgres.archive import schema_exists, taken_names
from reconciler.postgres.bounds import BoundsTaken, bounds_taken
from reconciler.postgres.catalog import read_named
from reconciler.postgres.facts import LiveFacts
from reconciler.postgres.session import Session
from reconciler.restoring.finishing import finish_plan
from reconciler.restoring.joining import new_parts, rows_of_default, unlike_parents
from reconciler.restoring.names import clashes, names_after, place_in_archive
from reconciler.restoring.objections import Restore, possible_keys, reasons_against


@dataclass(frozen=True, slots=True, kw_only=True)
class Restores:
    """The routes by which tables come back, what their data checks found, and the reasons against them."""

    routes: tuple[Route, ...] = ()
    findings: tuple[Finding, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    sizes: Mapping[TableName, TableSize] = field(default_factory=dict)


def restore_plan(
    session: Session,
    tables: Sequence[ArchivedTable],
    to: TableName | None,
    policy: Policy,
    options: Options,
    emit: Callable[[DataChecks], None] = unheard,
) -> Plan:
    """Return the plan that brings tables back, under their own names, or one under another name. Changes nothing."""
    restores = plan_restores(session, tables, to, policy, options, emit)
    return plan_of(session, tuple(map(place_in_archive, tables)), policy, restores, options)


def plan_restores(
    session: Session,
    tables: Sequence[ArchivedTable],
    to: TableName | None,
    policy: Policy,
    options: Options,
    emit: Callable[[DataChecks], None] = unheard,
    earlier: Sequence[Change] = (),
) -> Restores:
    """Return how tables come back after the changes `earlier`. A table comes after those of which it is a partition."""
    before = dict[TableName, Restore]()
    routes, findings, refusals = list[Route](), list[Finding](), list[Refusal]()
    sizes = dict[TableName, TableSize]()
    for table in tables:
        restore = replace(_restore(session, table, to, policy, before), earlier=earlier)
        facts = LiveFacts(session=session, options=options, live=restore.live, emit=emit)
        refusals += in_one_set(facts, partial(reasons_against, restore, session, options))
        refusals += _clashes(session, restore)
        own, found = checked(facts, in_one_set(facts, partial(_routes, restore)), options, policy)
        refusals += gate(DesiredState(objects={}, policy=policy), restore.live, own, found, options.allow)
        routes += [numbered(one, len(routes)) for one in own]
        findings += found
        sizes |= locked_sizes(own, restore.live)
        before[restore.change.key.table_name] = restore
    return Restores(
        routes=tuple(routes), findings=tuple(findings), refusals=tuple(dict.fromkeys(refusals)), sizes=sizes
    )


def _restore(
    session: Session,
    table: ArchivedTable,
    to: TableName | None,
    policy: Policy,
    before: Mapping[TableName, Restore],
) -> Restore:
    target, live = to or table.moved.table, _live(session, table)
    taken = partial(taken_names, session, target.schema)
    restore = Restore(
        table=table,
        change=_change(table, target, attached=to is None and bool(table.moved.parents)),
        changes=tuple(_key_changes(table, live)),
        names=names_after(table, taken, renamed=to is not None),
        live=live,
        policy=policy,
        major=session.server.major,
        before=frozenset(before),
    )
    return restore if to is not None or table.attached else _joining(session, restore, before)


def _joining(session: Session, restore: Restore, before: Mapping[TableName, Restore]) -> Restore:
    """Return the restore of a table that becomes a partition or a child of its parents again, which exist or come back
    first."""
    table, live, target = restore.table, restore.live, restore.change.key.table_name
    parents = {
        parent: BoundsTaken() if parent.bound is None else bounds_taken(session, parent.table, parent.bound)
        for parent in table.moved.parents
        if parent.table in live.tables and parent.table not in restore.before
    }
    restore = replace(restore, parents=parents)
    if list(unlike_parents(restore.change, table, parents, live)):
        return restore

    objects = {parent: live.all_on(parent.table) for parent in parents}
    objects |= {
        parent: _indexes_in_archive(before[parent.table])
        for parent in table.moved.parents
        if parent.bound is not None and parent.table in before
    }
    given = {name for one in (*before.values(), restore) for name in _names_given(one)}

    def is_taken(name: str) -> bool:
        schemas = (ARCHIVE_SCHEMA, target.schema)
        return name in given or any(taken_names(session, one, [name]) for one in schemas)

    parts = new_parts(table, target, objects, live, restore.changes, is_taken, restore.change.place)
    return replace(restore, parts=tuple(parts))


def _indexes_in_archive(parent: Restore) -> Mapping[Key, Definition]:
    """Return the indexes that a partitioned table in the archive has, or gets there. One that was created with ON ONLY
    has no counterparts on the partitions, until they are attached again."""
    found = parent.live.all_on(_there(parent.table))
    new = {one.key: one.after for one in parent.parts if one.after is not None}
    return {key: one for key, one in {**found, **new}.items() if kind_of(key).has_index}


def _names_given(restore: Restore) -> Iterator[str]:
    """Yield the names of a restored table and its parts, without their schema."""
    yield restore.change.key.table
    yield from restore.names.values()
    yield from (given_name(one.key, one.after) for one in restore.parts)


def _clashes(session: Session, restore: Restore) -> Iterator[Refusal]:
    target = restore.change.key.table_name
    if not schema_exists(session, target.schema):
        yield _missing_schema(restore.change, target)
    yield from clashes(restore.change, target, restore.names, partial(taken_names, session, target.schema))


def numbered(route: Route, first: int) -> Route:
    """Return the route, which is not among the first ones of the plan, with the numbers of those that it needs."""
    return replace(route, needs={first + number: need for number, need in route.needs.items()})


def _live(session: Session, table: ArchivedTable) -> LiveState:
    """Return the state of the archived table, of its parents, and of the tables that foreign keys of both refer to."""
    parents = frozenset(parent.table for parent in table.moved.parents)
    kept = (kept.definition.reference() for kept in table.moved.foreign_keys)
    tables = {_there(table), *parents, *(one.table for one in kept if one is not None)}
    live = read_named(session, Named(tables=frozenset(tables), dropped=frozenset()))
    passed_on = (one.reference() for parent in parents for one in live.all_on(parent).values())
    referenced = {one.table for one in passed_on if one is not None} - live.tables.keys()
    if not referenced:
        return live
    return read_named(session, Named(tables=frozenset(tables | referenced), dropped=frozenset()))


def _there(table: ArchivedTable) -> TableName:
    return TableName(schema=ARCHIVE_SCHEMA, name=table.name)


def _place(table: ArchivedTable) -> Place:
    return Place(file=place_in_archive(table), line=0, column=0)


def _change(table: ArchivedTable, to: TableName, *, attached: bool) -> Change:
    """Return the change of the table itself. Under another name, it does not become a partition again."""
    after = RestoredTable(table=to, comment=table.moved.comment, attached=attached)
    key = key_for(Purpose.DROPS_TABLE, to)
    return Change(action=Action.CREATE, key=key, before=table, after=after, place=_place(table))


def _key_changes(table: ArchivedTable, live: LiveState) -> Iterator[Change]:
    """Return the changes that bring back the foreign keys that the table has lost, or that a killed restore has not
    validated or commented on yet. One that is part of the parent's since the table was attached came back before."""
    for kept in table.moved.foreign_keys:
        key, place = key_of(kept, _there(table)), _place(table)
        if key in live.inherited:
            continue
        found, after = live.objects.get(key), kept.definition
        if found is None:
            yield Change(action=Action.CREATE, key=key, before=None, after=after, place=place)
        elif after.is_validated() and not found.is_validated():
            yield Change(action=Action.VALIDATE, key=key, before=found, after=after, place=place)
        elif found != after:
            comment = Difference(path="comment", before="none", after="that of the table in use", place=place)
            yield Change(
                action=Action.ALTER, key=key, before=found, after=after, place=place, differences=(comment,)
            )


def _missing_schema(change: Change, to: TableName) -> Refusal:
    return Refusal(
        rule=MISSING_SCHEMA,
        key=change.key,
        place=change.place,
        cause=f"the schema {display(to.schema)} of {to} does not exist",
        remedy="create it, or restore the table under another name with --as",
    )


def _routes(restore: Restore, answers: Answers) -> list[Route]:
    """Return the routes: those of the foreign keys and of what parents have, in the archive, then that of the
    table."""
    keys, live = [*possible_keys(restore), *restore.parts], restore.live
    compared = comparing(answers, keys, live, {})
    context = RouteContext(
        router_of=router_of,
        live=live,
        major=restore.major,
        policy=restore.policy,
        equality=compared.equality,
        comparisons=compared.references,
        key_opclasses=compared.keys,
        opclasses=compared.opclasses,
        wide=compared.wide,
    )
    routes = [router_of(one.key).route(one, context) for one in keys]
    needs = {number: Need() for number in range(len(routes))}
    guards = [
        one
        for parent, taken in restore.parents.items()
        for one in rows_of_default(restore.change, parent, taken, live)
    ]
    routes.append(replace(restore_route(restore.change, restore.names), needs=needs, guards=tuple(guards)))
    return with_lock_order(routes, keys, live)


def plan_of(
    session: Session,
    places: tuple[str, ...],
    policy: Policy,
    restores: Restores,
    options: Options,
) -> Plan:
    """Return the plan with these routes. `places` are what the reports name as its sources."""
    plan = Plan(
        server=session.server.info,
        sources=places,
        declared=len(places),
        lock_timeout=policy.lock_timeout,
        max_lock_wait=policy.max_lock_wait,
        max_build=policy.max_build,
        journal_schema=policy.journal_schema,
        policy=policy,
        trusted_roles=options.trusted_roles,
        routes=restores.routes,
        findings=restores.findings,
        refusals=restores.refusals,
        notes=(),
        digest="",
        allow=options.allow,
        sizes=restores.sizes,
    )
    return finish_plan(session, plan)
