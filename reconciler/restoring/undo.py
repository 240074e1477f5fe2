"""Undoes a run: reads from the journal what it did, and plans the way back as for any file; then archived tables and
quarantined rows of the run come back.

Foreign keys to a table in the archive return while it is still there, so all of them are there when it becomes visible.
Rows return at the end, without the constraints that they violate.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from reconciler.execution.apply import carry_out
from reconciler.execution.journal import Entry
from reconciler.execution.lock import run_lock
from reconciler.execution.result import ApplyResult
from reconciler.kinds import key_for
from reconciler.kinds.kind import Purpose
from reconciler.kinds.rules import check_accepted
from reconciler.model.change import Change, former_key
from reconciler.model.clock import Clock
from reconciler.model.errors import UsageError
from reconciler.model.events import Listener
from reconciler.model.listening import fan_out
from reconciler.model.names import ARCHIVE_SCHEMA, Key, TableName, display
from reconciler.model.options import DEFAULTS, Options
from reconciler.model.plan import JournalAt, Note, Plan, Refusal
from reconciler.model.repair import ReturnedRows, RowPolicy
from reconciler.model.retired import ArchivedTable, Backup, RestoredTable, UnfinishedDetachment
from reconciler.model.route import Route
from reconciler.model.rules.data import UNFIT_REPAIR
from reconciler.model.rules.notes import UNFINISHED_DETACHMENT
from reconciler.model.rules.objects import CANNOT_ATTACH
from reconciler.model.rules.runs import NOTHING_MATCHES
from reconciler.model.rules.undoing import NOT_UNDONE
from reconciler.model.state import Declared, DesiredState, LiveState, Policy, archived_key
from reconciler.planner import make_plan
from reconciler.planning import undo as way_back
from reconciler.planning import undo_notes
from reconciler.planning.draft import Draft
from reconciler.planning.gate import gate
from reconciler.planning.inheritance import ancestors
from reconciler.planning.plan import compare_states
from reconciler.planning.refusals import missing_privilege
from reconciler.planning.undo import NOTHING, RunToUndo, Touched
from reconciler.postgres.archive import archived_tables
from reconciler.postgres.archive_check import refuse_untrusted_archive
from reconciler.postgres.catalog import read_state
from reconciler.postgres.detaching import unfinished_detachments
from reconciler.postgres.facts import LiveFacts
from reconciler.postgres.session import Session, connect, rows
from reconciler.restoring.dumped import still_in_dumps
from reconciler.restoring.find import restorable
from reconciler.restoring.finishing import finish_plan
from reconciler.restoring.interrupted import attach_routes
from reconciler.restoring.joining import is_passed_on
from reconciler.restoring.missing import lacks_tables, to_restore
from reconciler.restoring.plan import numbered, plan_restores
from reconciler.restoring.recorded import RecordedRuns
from reconciler.restoring.returning import return_rows, with_key_after, with_returns
from reconciler.restoring.rows import Quarantined, QuarantineOptions, quarantined_rows
from reconciler.restoring.sent import rejected_returns


def undo(
    run: str,
    base: DesiredState,
    url: str | None,
    *,
    clock: Clock,
    approve: Callable[[Plan], bool],
    listeners: Sequence[Listener] = (),
    options: Options = DEFAULTS,
) -> ApplyResult:
    """Take back the completed changes of a run, given by its id, a prefix of it, or `last`. `base` has the policy.

    Otherwise it is like `apply`. Raises `UsageError` if there is no such run, and `Refused` if the journal does not
    prove what the run did.
    """
    check_accepted(options.allow)
    emit = fan_out(listeners)
    with connect(url, options.trusted_roles) as session, run_lock(session) as lock:
        undoing = Undoing(session=session, base=base, options=options, emit=emit)
        planned = partial(undoing.plan, undoing.runs.entries(run))
        return carry_out(
            session,
            lock,
            planned(),
            clock=clock,
            approve=approve,
            emit=emit,
            options=options,
            approved=None,
            replan=planned,
            return_rows=return_rows,
        )


def plan_of_undo(session: Session, run: str, base: DesiredState, options: Options, emit: Listener) -> Plan:
    """Return the plan that undoes a run. Changes nothing."""
    check_accepted(options.allow)
    undoing = Undoing(session=session, base=base, options=options, emit=emit)
    return undoing.plan(undoing.runs.entries(run))


@dataclass(frozen=True, slots=True, kw_only=True)
class Undoing:
    """Plans the way back of runs in one journal."""

    session: Session
    base: DesiredState
    options: Options
    emit: Listener

    @property
    def runs(self) -> RecordedRuns:
        at = JournalAt(schema=self.base.policy.journal_schema, trusted_roles=self.options.trusted_roles)
        return RecordedRuns(session=self.session, at=at)

    def plan(self, entries: Sequence[Entry]) -> Plan:
        """Return the plan that takes the run back."""
        run, unreadable = self.runs.run_of(entries)
        undone = self.runs.undone_by(run)
        archived = self._archived([one for one in (run, undone) if one is not None])
        names = {table.moved.table: _there(table) for _, table in archived}
        there = replace(run, touched=tuple(way_back.elsewhere(one, names) for one in run.touched))
        tables = [table for run_id, table in archived if run_id == run.run_id and self._selected(table.moved.table)]
        found = self._quarantined(run)
        self._check_patterns(run, [table.moved.table for table in tables], found)
        plan, changes, live = self._of_objects(entries, there, undone)
        if plan.routes:
            plan = _refused(
                plan, way_back.undone_already(run, self.runs.undoing(run.run_id, [one.key for one in changes]))
            )
        plan = _refused(plan, [*unreadable, *_with_changed_parents(tables, changes, live)])
        plan = self._with_tables(plan, changes, tables, names)
        unfinished = self._unfinished(run)
        plan = replace(plan, routes=(*plan.routes, *attach_routes(self.session, unfinished)))
        staying = undo_notes.never_return(run) - {one.key for one in there.touched if _is_gone(one, live)}
        plan = self._with_rows(plan, run, found, staying)
        back = {key for route in plan.routes for key in (route.change.key, former_key(route.change))}
        origins = [*(table.moved.table for table in tables), *(one.table for one in unfinished)]
        kept_for = {one.rows.origin for one in found}
        again = self._views_again(run) | self._back_from_dumps(run)
        left = replace(run, tables=tuple(one for one in run.tables if one.key not in again))
        notes = (
            *undo_notes.what_stays(left, undone, live, origins, kept_for),
            *(() if self.runs.takes_back(run) else undo_notes.still_declared(back, origins, run)),
            *(one for one in plan.notes if one.rule != UNFINISHED_DETACHMENT or one.key not in back),
        )
        return finish_plan(self.session, replace(plan, undoes=run.run_id, notes=notes))

    def _views_again(self, run: RunToUndo) -> set[Key]:
        """Return the views that the run dropped and somebody has created again."""
        views = sorted(run.views)
        names = {"schemas": [one.schema for one in views], "names": [one.table for one in views]}
        return {views[row["number"] - 1] for row in (rows(self.session.connection, _VIEWS, names) if views else ())}

    def _back_from_dumps(self, run: RunToUndo) -> set[Key]:
        """Return the tables that the run dumped, or loaded into the archive, and that have come back since."""
        retired = {one.key: one.after.retirement() for one in run.tables if one.after is not None}
        dumped = {key for key, entry in retired.items() if entry is not None and entry.backup is Backup.DUMP}
        left = still_in_dumps(self.session, self.runs.at) if dumped else set()
        loaded = {
            one.key: archived_key(one.after.table.name)
            for one in run.tables
            if isinstance(one.after, RestoredTable) and one.after.is_loaded
        }
        there = archived_tables(self.session) if loaded else {}
        return {key for key in dumped if (run.run_id, key.table_name) not in left} | {
            key for key, name in loaded.items() if name not in there
        }

    def is_left(self, entries: Sequence[Entry]) -> bool:
        """Whether an object of the run is still as the run left it, and was another one before it, so that the run can
        be undone; perhaps once a table that a foreign key refers to is back."""
        objects = way_back.able_to_return(self.runs.run_of(entries)[0].touched)
        if not objects:
            return False
        live = self._live(way_back.former_state(self.base, objects), objects)
        since = self._compared(way_back.left_state(self.base, objects), live)
        back = self._compared(way_back.former_state(self.base, objects, live), live)
        changed, to_do = (
            _keys(way_back.other_than_validity(since.changes)),
            _keys(back.changes) | {one.key for one in back.refusals if one.key},
        )
        return any(
            one.keys.isdisjoint(changed) and not one.keys.isdisjoint(to_do) and one.key.table_name in live.tables
            for one in objects
        )

    def _of_objects(
        self, entries: Sequence[Entry], run: RunToUndo, undone: RunToUndo | None
    ) -> tuple[Plan, Sequence[Change], LiveState]:
        """Return the plan for the objects of the run, and for the tables that it restored; its changes, and the live
        state."""
        able = way_back.able_to_return(run.touched)
        again, policies = way_back.tables_again(run, undone), undone.rows if undone is not None else {}
        live = self._live(self._desired(able, NOTHING, again, policies), able)
        able = [one for one in able if not _is_gone(one, live)]
        since = self._changes(way_back.left_state(self.base, able), live)
        back = self._changes(way_back.former_state(self.base, able, live), live)
        relying = way_back.relying_on(run, live)
        made = way_back.made_for(able, live)
        later = self.runs.later(entries, [*(key for one in able for key in one.keys), *relying, *made])
        changeable = replace(run, touched=tuple(able))
        changed = [
            *way_back.changed_since(changeable, since, back, later),
            *way_back.done_again(changeable, back, later),
            *way_back.made_changed(run, made, later),
        ]
        others = [one for one, _ in changed]
        refused = [*(refusal for _, refusal in changed), *way_back.built_upon(relying, later)]
        clear = [one for one in able if one not in others]
        desired = self._desired(clear, live, again, policies)
        patterns = [one for one in self.options.tables if any(table.matches(one) for table in _tables(desired))]
        if self.options.tables and not patterns:
            desired = replace(desired, objects={}, required_tables={}, dropped_tables={}, absent=())
        plan = make_plan(
            self.session,
            _dropping(desired, len(clear) + len(again) + len(desired.absent)),
            replace(self.options, tables=tuple(patterns)),
            live=live,
            emit=self.emit,
            applying=True,
        )
        changes = [route.change for route in plan.routes]
        plan = replace(
            plan,
            policy=replace(plan.policy, max_drops=Policy().max_drops),  # the limit does not count: it is not shown
            tables=self.options.tables,
            refusals=self._with_archived(plan.refusals, desired),
            notes=(
                *plan.notes,
                *undo_notes.repaired_later(changes, later),
                *undo_notes.made_and_changed({key: one for key, one in made.items() if key not in later}, live),
            ),
        )
        return _refused(plan, refused), changes, live

    def _with_archived(self, refusals: Sequence[Refusal], desired: DesiredState) -> tuple[Refusal, ...]:
        archived = restorable(self.session, self.runs.at) if lacks_tables(refusals) else ()
        return to_restore(refusals, desired, {one.origin for one in archived})

    def _desired(
        self,
        objects: Iterable[Touched],
        live: LiveState,
        again: Mapping[TableName, Declared],
        policies: Mapping[Key, RowPolicy],
    ) -> DesiredState:
        state = way_back.former_state(self.base, objects, live, policies)
        return replace(state, dropped_tables=again)

    def _with_tables(
        self,
        plan: Plan,
        changes: Sequence[Change],
        tables: Sequence[ArchivedTable],
        names: Mapping[TableName, TableName],
    ) -> Plan:
        """Return the plan, after which these tables leave the archive. Their foreign keys to each other refer to their
        names in the archive until then."""
        if not tables:
            return plan
        refuse_untrusted_archive(self.session, self.options.trusted_roles)
        moved = [_with_names(table, names) for table in _in_order(tables)]
        restores = plan_restores(self.session, moved, None, self.base.policy, self.options, self.emit, changes)
        first = len(plan.routes)
        routes = [*plan.routes, *(numbered(one, first) for one in _tables_last(restores.routes))]
        refusals = [*self._unusable(plan.routes, names), *restores.refusals]
        home = {there: origin for origin, there in names.items()}
        return replace(
            _refused(plan, refusals),
            routes=tuple(way_back.at_home(route, home) for route in routes),
            findings=(*plan.findings, *restores.findings),
            sizes={**plan.sizes, **restores.sizes},
        )

    def _unusable(self, routes: Sequence[Route], names: Mapping[TableName, TableName]) -> Iterator[Refusal]:
        """Yield a refusal for each foreign key of a table in use whose checks would fail while it refers to a table in
        the archive: they run as the owner of that table."""
        added = [
            (route.change, reference.table)
            for route in routes
            if route.change.after is not None and (reference := route.change.after.reference()) is not None
        ]
        origins = {there: origin for origin, there in names.items()}
        parameters = {
            "schema": ARCHIVE_SCHEMA,
            "names": sorted(there.name for _, there in added if there in origins),
        }
        owners = {row["name"]: row["owner"] for row in rows(self.session.connection, _STRANGERS, parameters)}
        for change, there in added:
            if there in origins and there.name in owners:
                cause = (
                    f"role {display(owners[there.name])}, which owns {origins[there]}, may not use schema "
                    f"{ARCHIVE_SCHEMA}: writes to {change.key.table_name} would fail until the table is restored"
                )
                remedy = f"run `reconcile restore {origins[there]}` first, then undo this run again"
                yield missing_privilege(change.key, change.place, cause, remedy)

    def _with_rows(
        self, plan: Plan, run: RunToUndo, found: Sequence[Quarantined], staying: Collection[Key]
    ) -> Plan:
        """Return the plan, after which the quarantined rows of the run go back, without those that objects which are
        `staying` reject."""
        if found:
            refuse_untrusted_archive(self.session, self.options.trusted_roles)
        found = [with_key_after(one, plan.routes) for one in found]
        reasons = [(one, _obstacle(one, staying)) for one in found]
        able = [one for one, reason in reasons if reason is None]
        routes = tuple(with_returns(self.session, able, run.run_id, plan.routes))
        rejected = rejected_returns(self.session, able, [route.change for route in plan.routes])
        refusals = gate(
            DesiredState(objects={}, policy=self.base.policy, protected=self.base.protected),
            NOTHING,
            [route for route in routes if isinstance(route.change.after, ReturnedRows)],
            [],
            self.options.allow,
        )
        unfit = (
            Refusal(rule=UNFIT_REPAIR, key=one.origin, place=None, cause=one.cause, remedy=one.remedy)
            for one in rejected
        )
        notes = [_stays(one, reason) for one, reason in reasons if reason is not None]
        plan = replace(plan, routes=routes, notes=(*notes, *plan.notes))
        return _refused(plan, [*refusals, *unfit])

    def _archived(self, runs: Sequence[RunToUndo]) -> list[tuple[str, ArchivedTable]]:
        """Return the tables in the archive that these runs moved there, each with the run."""
        wanted = {(run.run_id, one.key.table_name) for run in runs for one in run.tables}
        if not wanted:
            return []
        found = restorable(self.session, self.runs.at)
        return [(one.run_id, one.table) for one in found if (one.run_id, one.origin) in wanted]

    def _unfinished(self, run: RunToUndo) -> list[UnfinishedDetachment]:
        """Return the partitions that the run has detached, or was detaching, and neither moved to the archive nor
        dropped."""
        tables = {
            one.key.table_name for one in run.tables if not isinstance(one.after, RestoredTable)
        } | run.detaching
        found = unfinished_detachments(self.session) if tables else []
        return [one for one in found if one.table in tables and self._selected(one.table)]

    def _quarantined(self, run: RunToUndo) -> list[Quarantined]:
        """Return the rows of the run in the quarantine."""
        if not run.repaired:
            return []
        options = QuarantineOptions(
            run=run.run_id, policy=self.base.policy, trusted_roles=self.options.trusted_roles
        )
        found = quarantined_rows(self.session, options)
        return [one for one in found if one.rows.count != 0 and self._selected(_home(one))]

    def _selected(self, table: TableName) -> bool:
        return not self.options.tables or any(table.matches(one) for one in self.options.tables)

    def _check_patterns(self, run: RunToUndo, tables: Iterable[TableName], found: Iterable[Quarantined]) -> None:
        """Raise `UsageError` for a pattern that matches no table of the run."""
        known = {key.table_name for one in run.touched for key in one.keys}
        known |= {*tables, *map(_home, found), *(one.key.table_name for one in run.tables), *run.detaching}
        for pattern in self.options.tables:
            if not any(table.matches(pattern) for table in known):
                raise UsageError(
                    f"no table that the run changed matches {pattern!r}",
                    rule=NOTHING_MATCHES,
                    hint="a pattern matches a table's name, or schema.table; * and ? are wildcards",
                )

    def _live(self, named: DesiredState, objects: Iterable[Touched]) -> LiveState:
        """Return the live state of the tables of a state, of those to which foreign keys of the objects refer, and of
        tables with foreign keys to them."""
        left = way_back.left_state(self.base, objects).objects.values()
        referenced = {one.table: key.place for key in left if (one := key.definition.reference()) is not None}
        named = replace(named, required_tables={**referenced, **named.required_tables})
        live = read_state(self.session, named)
        referring = {key.table_name for key in live.objects if key.kind in way_back.KNOWN} - live.tables.keys()
        place = next(iter(named.required_tables.values()), None)
        if not referring or place is None:
            return live
        tables = {**dict.fromkeys(sorted(referring), place), **named.required_tables}
        return read_state(self.session, replace(named, required_tables=tables))

    def _changes(self, desired: DesiredState, live: LiveState) -> Sequence[Change]:
        """Return the changes that lead from the live state to another one, as far as comparing finds them."""
        return self._compared(desired, live).changes

    def _compared(self, desired: DesiredState, live: LiveState) -> Draft:
        facts = LiveFacts(session=self.session, options=self.options, live=live, emit=self.emit)
        server = self.session.server
        return compare_states(facts, server, desired, live, self.options, applying=True).draft


_VIEWS = """
    SELECT w.number::int AS number
      FROM unnest(%(schemas)s::text[], %(names)s::text[]) WITH ORDINALITY AS w (schema, name, number)
      JOIN pg_namespace n ON n.nspname = w.schema
      JOIN pg_class t ON t.relnamespace = n.oid AND t.relname = w.name AND t.relkind IN ('v', 'm')"""

_STRANGERS = """
    SELECT t.relname::text AS name, pg_get_userbyid(t.relowner)::text AS owner
      FROM pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace
     WHERE n.nspname = %(schema)s AND t.relname = ANY (%(names)s)
       AND NOT has_schema_privilege(t.relowner, n.oid, 'USAGE')"""


def _is_gone(one: Touched, live: LiveState) -> bool:
    """Whether the run has only validated the object, which does not exist any more: nothing is left to undo of it, and
    it rejects no rows."""
    return undo_notes.is_validation(one) and one.key.table_name in live.tables and one.key not in live.objects


def _keys(changes: Iterable[Change]) -> set[Key]:
    return {key for change in changes for key in (change.key, former_key(change))}


def _refused(plan: Plan, refusals: Iterable[Refusal]) -> Plan:
    return replace(plan, refusals=(*refusals, *plan.refusals))


def _dropping(state: DesiredState, count: int) -> DesiredState:
    """Return the state with a policy that permits to drop what the run made: nothing else is dropped."""
    return replace(state, policy=replace(state.policy, max_drops=max(state.policy.max_drops, count)))


def _tables(desired: DesiredState) -> Collection[TableName]:
    return {*desired.tables(), *(one.table for one in desired.absent)}


def _there(table: ArchivedTable) -> TableName:
    return TableName(schema=ARCHIVE_SCHEMA, name=table.name)


def _with_names(table: ArchivedTable, names: Mapping[TableName, TableName]) -> ArchivedTable:
    """Return the table, whose foreign keys refer to the names in the archive."""
    keys = tuple(replace(one, definition=one.definition.moved_reference(names)) for one in table.moved.foreign_keys)
    return replace(table, moved=replace(table.moved, foreign_keys=keys))


def _in_order(tables: Sequence[ArchivedTable]) -> Iterator[ArchivedTable]:
    """Yield the tables, each after its parents and after those that its foreign keys refer to, if possible."""
    waiting = list(tables)
    while waiting:
        left = {one.moved.table for one in waiting}
        ready = (one for one in waiting if not (_before(one) - {one.moved.table}) & left)
        without_parents = (one for one in waiting if not {parent.table for parent in one.moved.parents} & left)
        chosen = next(ready, None) or next(without_parents)  # tables may refer to each other
        waiting.remove(chosen)
        yield chosen


def _with_changed_parents(
    tables: Iterable[ArchivedTable], changes: Sequence[Change], live: LiveState
) -> Iterator[Refusal]:
    """Yield a refusal for each change of what a parent of these tables passes on: joining the parent after it, the
    table would keep what the parent loses."""
    for table in tables:
        for parent in () if table.attached else table.moved.parents:
            above = {parent.table, *ancestors(parent.table, live)}
            for one in changes:
                definition = one.after or one.before
                if one.key.table_name in above and definition and is_passed_on(one.key, definition, parent):
                    yield Refusal(
                        rule=CANNOT_ATTACH,
                        key=key_for(Purpose.DROPS_TABLE, table.moved.table),
                        place=one.place,
                        cause=f"{parent.table}, which the table joins again, changes in the same undo: {one.key}",
                        remedy=f"run `reconcile restore {table.moved.table}` first, then undo this run again",
                    )


def _tables_last(routes: Sequence[Route]) -> list[Route]:
    """Return the routes of foreign keys, then those of tables: no key refers to a name that a table has no longer."""
    order = sorted(range(len(routes)), key=lambda number: isinstance(routes[number].change.after, RestoredTable))
    place = {number: position for position, number in enumerate(order)}
    return [
        replace(route, needs={place[first]: need for first, need in route.needs.items()})
        for route in (routes[number] for number in order)
    ]


def _before(table: ArchivedTable) -> set[TableName]:
    references = (one.definition.reference() for one in table.moved.foreign_keys)
    referred = {one.table for one in references if one is not None}
    return referred | {one.table for one in table.moved.parents}


def _home(one: Quarantined) -> TableName:
    return one.rows.origin.table_name if one.home is None else one.home.name


def _obstacle(one: Quarantined, staying: Collection[Key]) -> str | None:
    """Return why the rows cannot go back; None if they can."""
    if one.rows.origin in staying:
        return "the object that they violate was there before the run, and stays"
    return one.obstacle


def _stays(one: Quarantined, reason: str) -> Note:
    rows = "rows" if one.rows.count is None else "1 row" if one.rows.count == 1 else f"{one.rows.count:,} rows"
    message = f"the quarantine {one.rows.table} keeps {rows} of {_home(one)}: {reason}"
    return Note(rule=NOT_UNDONE, key=one.rows.origin, place=None, message=message, gone=True)
