"""Undoes a run: reads from the journal what it did, and plans the way back as for any file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from reconciler.execution.apply import carry_out
from reconciler.execution.journal import Entry, read_entries, read_journal, read_runs
from reconciler.execution.lock import run_lock
from reconciler.execution.result import ApplyResult
from reconciler.kinds import purpose_of
from reconciler.kinds.kind import Purpose
from reconciler.kinds.rules import check_accepted
from reconciler.model.change import Change, former_key
from reconciler.model.clock import Clock
from reconciler.model.errors import Refused, UsageError
from reconciler.model.events import Listener
from reconciler.model.journal import RUN_STEP, RecordedObject, Unreadable, recorded_objects
from reconciler.model.listening import fan_out
from reconciler.model.names import ARCHIVE_SCHEMA, Key, display
from reconciler.model.options import DEFAULTS, Options
from reconciler.model.plan import JournalAt, Plan, Refusal
from reconciler.model.rules.runs import UNKNOWN_RUN
from reconciler.model.rules.undoing import JOURNAL_OPEN, UNREADABLE_ENTRY
from reconciler.model.state import DesiredState, LiveState
from reconciler.model.step_id import Verb
from reconciler.planner import make_plan
from reconciler.planning import undo as way_back
from reconciler.planning.plan import compare_states
from reconciler.planning.undo import Later, RunToUndo, Touched
from reconciler.postgres.catalog import read_state
from reconciler.postgres.facts import LiveFacts
from reconciler.postgres.facts.journal import journal_writers
from reconciler.postgres.session import Session, connect

LAST = "last"
"""The word for the latest run that has steps."""


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
    with connect(url) as session, run_lock(session) as lock:
        undoing = Undoing(session=session, base=base, options=options, emit=emit)
        planned = partial(undoing.plan, undoing.entries(run))
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
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Undoing:
    """Plans the way back of runs in one journal."""

    session: Session
    base: DesiredState
    options: Options
    emit: Listener

    @property
    def _schema(self) -> str:
        return self.base.policy.journal_schema

    @property
    def _trusted(self) -> frozenset[str]:
        return self.options.trusted_roles

    def entries(self, run: str) -> list[Entry]:
        """Return the entries of the run. Raise `Refused` if other roles could have written them."""
        if run == LAST:
            runs = [one for one in read_runs(self.session, self._schema, self._trusted) if one.completed]
            if not runs:
                raise UsageError(
                    "no run in the journal has completed a step", rule=UNKNOWN_RUN, hint=UNKNOWN_RUN.remedy
                )
            run = runs[-1].run_id
        found = read_entries(self.session, self._schema, run, self._trusted)
        at = JournalAt(schema=self._schema, trusted_roles=self._trusted)
        writers = journal_writers(self.session, at)
        if writers:
            raise Refused(
                f"the journal does not prove what the run did: {', '.join(map(display, writers))} may write to it",
                rule=JOURNAL_OPEN,
                hint=JOURNAL_OPEN.remedy,
            )
        return found

    def plan(self, entries: Sequence[Entry]) -> Plan:
        """Return the plan that takes the run back."""
        run, unreadable = self._run_of(entries)
        able = [one for one in run.touched if way_back.can_return(one)]
        live = self._live(able)
        since = self._changes(way_back.left_state(self.base, able), live)
        back = self._changes(way_back.former_state(self.base, able, live), live)
        relying = way_back.relying_on(run, live)
        later = self._later(entries, [*(key for one in able for key in one.keys), *relying])
        changed = list(way_back.changed_since(replace(run, touched=tuple(able)), since, back, later))
        others = [one for one, _ in changed]
        refused = [*unreadable, *(refusal for _, refusal in changed), *way_back.built_upon(relying, later)]
        clear = [one for one in able if one not in others]
        plan = make_plan(
            self.session,
            way_back.former_state(_dropping(self.base, len(clear)), clear, live),
            self.options,
            live=live,
            emit=self.emit,
            applying=True,
        )
        if plan.routes:
            refused += way_back.undone_already(run, self._undoing_run(run.run_id))
        taken_back = {key for route in plan.routes for key in (route.change.key, former_key(route.change))}
        return replace(
            plan,
            undoes=run.run_id,
            refusals=(*refused, *plan.refusals),
            notes=(*way_back.what_stays(run), *way_back.still_declared(taken_back, run), *plan.notes),
        )

    def is_left(self, entries: Sequence[Entry]) -> bool:
        """Whether an object of the run is still as the run left it, so that the run can be undone."""
        objects = [one for one in self._run_of(entries)[0].touched if way_back.can_return(one)]
        if not objects:
            return False
        live = self._live(objects)
        changed = {
            key
            for change in self._changes(way_back.left_state(self.base, objects), live)
            for key in (change.key, former_key(change))
        }
        return any(one.keys.isdisjoint(changed) and one.key.table_name in live.tables for one in objects)

    def _live(self, objects: Sequence[Touched]) -> LiveState:
        """Return the live state of the tables of the objects, and of tables with foreign keys to them."""
        named = way_back.former_state(self.base, objects)
        live = read_state(self.session, named)
        referring = {key.table_name for key in live.objects} - live.tables.keys()
        if not referring:
            return live
        place = next(iter(named.required_tables.values()))
        tables = {**dict.fromkeys(sorted(referring), place), **named.required_tables}
        return read_state(self.session, replace(named, required_tables=tables))

    def _changes(self, desired: DesiredState, live: LiveState) -> Sequence[Change]:
        """Return the changes that lead from the live state to another one, as far as comparing finds them."""
        facts = LiveFacts(session=self.session, options=self.options, live=live, emit=self.emit)
        server = self.session.server
        return compare_states(facts, server, desired, live, self.options, applying=True).draft.changes

    def _run_of(self, entries: Sequence[Entry]) -> tuple[RunToUndo, list[Refusal]]:
        """Return what the run did, and a refusal for each entry that cannot be read."""
        recorded, refused = dict[RecordedObject, None](), dict[str, Refusal]()
        repaired: dict[Key, int] = {}
        for entry in entries:
            if entry.step_name == RUN_STEP or entry.status != "completed":
                continue
            try:
                objects = recorded_objects(entry.metadata)
            except Unreadable as error:
                refused[entry.step_name] = _unreadable(entry, str(error))
                continue
            recorded.update(dict.fromkeys(objects))
            if objects and _is_repair(entry) and entry.rows_affected:
                repaired[objects[0].key] = repaired.get(objects[0].key, 0) + entry.rows_affected
        run_id = str(entries[0].metadata["run_id"])
        tables = [one for one in recorded if purpose_of(one.key) is Purpose.DROPS_TABLE]
        objects_of_tables = [one for one in recorded if one not in tables and one.key.schema != ARCHIVE_SCHEMA]
        ended = any(entry.step_name == RUN_STEP and entry.status == "completed" for entry in entries)
        run = RunToUndo(
            run_id=run_id,
            touched=way_back.touched(objects_of_tables),
            tables=tuple(tables),
            repaired=repaired,
            restored=sum(one.rows_affected or 0 for one in entries if "of_run" in one.metadata),
            unfinished=not ended or bool(self._rows(_UNDONE, {"run": run_id})),
        )
        return run, list(refused.values())

    def _later(self, entries: Sequence[Entry], keys: Iterable[Key]) -> Mapping[Key, Sequence[Later]]:
        """Return the changes of objects by later runs, in their order."""
        objects = {str(key): key for key in keys}
        wanted = {"after": entries[-1].sequence, "objects": sorted(objects), "run": entries[0].metadata["run_id"]}
        found: dict[Key, list[Later]] = {}
        for row in self._rows(_LATER, wanted):
            by = Later(run_id=row["run_id"], at=row["executed_at"])
            found.setdefault(objects[row["object"]], []).append(by)
        return found

    def _undoing_run(self, run: str) -> str | None:
        """Return the run that has undone this one, unless that one was undone itself."""
        undone: dict[str, str] = {}
        for row in reversed(self._rows(_UNDOS, {})):
            if row["run_id"] not in undone:
                undone.setdefault(row["undoes"], row["run_id"])
        return undone.get(run)

    def _rows(self, query: str, parameters: Mapping[str, object]) -> Sequence[dict[str, Any]]:
        return read_journal(self.session, self._schema, self._trusted, query, parameters)


_UNDOS = """
    SELECT metadata ->> 'run_id' AS run_id, max(metadata ->> 'undoes') AS undoes
      FROM {journal}
     WHERE step_name = 'run' AND metadata ? 'run_id'
     GROUP BY 1 HAVING bool_or(status = 'completed') AND max(metadata ->> 'undoes') IS NOT NULL
     ORDER BY min(sequence)"""

_UNDONE = """
    SELECT 1 AS found FROM {journal}
     WHERE step_name = 'run' AND status = 'started' AND metadata ->> 'undoes' = %(run)s LIMIT 1"""

_LATER = """
    SELECT metadata ->> 'run_id' AS run_id, metadata ->> 'object' AS object, max(executed_at) AS executed_at
      FROM {journal}
     WHERE sequence > %(after)s AND status = 'completed' AND metadata ->> 'object' = ANY (%(objects)s)
       AND metadata ->> 'run_id' <> %(run)s
     GROUP BY 1, 2
     ORDER BY max(sequence)"""


def _dropping(base: DesiredState, count: int) -> DesiredState:
    """Return the state with a policy that permits to drop what the run made: nothing else is dropped."""
    return replace(base, policy=replace(base.policy, max_drops=max(base.policy.max_drops, count)))


def _is_repair(entry: Entry) -> bool:
    step = entry.metadata.get("step")
    return isinstance(step, dict) and step.get("verb") == Verb.REPAIR


def _unreadable(entry: Entry, reason: str) -> Refusal:
    return Refusal(
        rule=UNREADABLE_ENTRY,
        key=None,
        place=None,
        cause=f"the entry of step {entry.step_name}: {reason}",
        remedy=UNREADABLE_ENTRY.remedy,
    )
