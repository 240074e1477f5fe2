"""Runs the routes of a plan: observe the keys, find the state, run the next step, observe again.

Only the catalog determines the progress. Steps are never counted, and after a lost connection no statement is sent
again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial

import psycopg

from reconciler.execution.actions import ActionRuns
from reconciler.execution.attempt import NO_PROBE, Attempts, Probe, Work
from reconciler.execution.binding import Bind, binder
from reconciler.execution.failures import (
    INVALID_INDEX,
    NOTHING_BUILT,
    UNKNOWN_RESULT,
    diverged,
    explained,
    failure_of,
    no_progress,
    not_checked,
    partitions_changed,
    put_back,
    refused_by,
)
from reconciler.execution.files import TableFiles
from reconciler.execution.finished import record_finished
from reconciler.execution.journal import Entry, Journal, last_entry
from reconciler.execution.lock import RunLock
from reconciler.execution.observing import Observer, waiting_step
from reconciler.execution.partitions import lacks_partitions, misses_partitions, missing_tables
from reconciler.execution.purging import check_purges, first_purge
from reconciler.execution.removing import refuse_unproved, removal
from reconciler.execution.result import StepCounts
from reconciler.execution.returning import ReturnRows, nothing_returns
from reconciler.execution.watch import Watch, Watched
from reconciler.execution.window import refuse_outside
from reconciler.model.clock import Clock
from reconciler.model.definition import Definition, is_invalid
from reconciler.model.errors import CheckFailed, Diverged, ReconcileError, Refused, StepFailed
from reconciler.model.events import INTERRUPTED, Event, StepCompleted, StepFailure, StepSkipped, StepStarted
from reconciler.model.facts.data import DataCheck
from reconciler.model.guard import Moment
from reconciler.model.journal import about
from reconciler.model.limits import ExecutionClass
from reconciler.model.names import Key
from reconciler.model.plan import Plan
from reconciler.model.route import Route
from reconciler.model.server_error import ServerError
from reconciler.model.signals import is_interrupt
from reconciler.model.step import Step
from reconciler.model.window import Window
from reconciler.postgres import event_triggers
from reconciler.postgres.data_checks import DataChecker
from reconciler.postgres.repairs import is_other_table
from reconciler.postgres.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Executor:
    """Everything that a run needs. `stamp` is the time at the end of names in the archive, one for the whole run.
    Steps begin only in the `window`, and only if `check_use` does not refuse the route. `files` writes and reads dumps,
    if the plan has any."""

    session: Session
    lock: RunLock
    plan: Plan
    journal: Journal
    emit: Callable[[Event], None]
    checker: DataChecker
    counts: StepCounts
    observer: Observer
    stamp: str
    clock: Clock
    window: Window | None = None
    probe: Probe = NO_PROBE
    return_rows: ReturnRows = nothing_returns
    files: TableFiles | None = None
    check_use: Callable[[Route], None] = lambda _: None

    def run(self) -> None:
        """Run every route. Raises `StepFailed`, `Refused`, `ConnectionFailed` or `Interrupted`."""
        number, purge = 1, first_purge(self.plan.routes)
        # Observing repeats a few queries that take longer to plan than to run.
        self.lock.session.connection.execute("SELECT set_config('plan_cache_mode', 'force_generic_plan', false)")
        with Watch(self.session, self.emit, self.clock) as watch:
            for route in self.plan.routes:
                if route is purge:
                    check_purges(self.session, self.plan.routes)
                self._run_route(route, number, watch)
                number += len(route.steps)

    def _run_route(self, route: Route, first: int, watch: Watch) -> None:
        done = 0  # number of reported steps, completed or skipped; only the catalog determines the position
        everything = {key for state in route.states for key in state.objects}
        live, position = self._where(route, everything, everything, {}, -1)
        while True:
            if (position is None or position < done) and misses_partitions(route, live):
                raise partitions_changed(route)
            if position is None:
                raise (
                    partitions_changed(route)
                    if lacks_partitions(self.lock.session, route)
                    else self._diverged(route)
                )
            for n in range(done, position):
                self._skip(route, route.steps[n], first + n)
            if position == len(route.steps):
                return
            if position < done:
                raise no_progress(route.steps[position])
            self._run_step(route, position, first + position, watch, live)
            near = route.states[position].objects.keys() | route.states[position + 1].objects.keys()
            done = position + 1
            live, position = self._where(route, everything, near, live, done)

    def _where(
        self, route: Route, everything: Set[Key], near: Set[Key], known: Mapping[Key, Definition], expected: int
    ) -> tuple[Mapping[Key, Definition], int | None]:
        """Return the live state of the route's objects, and the last state of the route that matches it.

        Only objects that are `near` are read, because a route may have objects on hundreds of partitions. The older
        values in `known` only help to find which objects are near.
        """
        waiting = partial(waiting_step, route, max(0, expected))
        live = {key: one for key, one in known.items() if key not in near}
        live |= self.observer.settled(near, waiting)
        position = route.locate(live, expected)
        if near < everything and (position is None or not route.states[position].objects.keys() <= near):
            live = dict(self.observer.settled(everything, waiting))
            position = route.locate(live, expected)
        return live, position

    def _skip(self, route: Route, step: Step, number: int) -> None:
        reason = "already done"
        if step.execution is ExecutionClass.CONCURRENT:  # it may be a build whose client was lost
            record_finished(self.session, self.journal, self.plan.journal)
        entry = {**about(route, step), "reason": reason}
        self._attempts(route, step).write(step, "skipped", entry)
        self.counts.skipped += 1
        self.emit(StepSkipped(step=step, number=number, reason=reason))

    def _run_step(
        self, route: Route, position: int, number: int, watch: Watch, live: Mapping[Key, Definition]
    ) -> None:
        refuse_outside(self.window, self.clock.now())
        self.check_use(route)
        step = route.steps[position]
        bind = binder(self.session, step, route.change.key.schema, self.stamp, live)
        self._check_proof(route, position)
        refused = self._failed_guard(route, step, bind)
        if refused is None:
            try:
                return self._carry_out(route, step, number, watch, bind)
            except CheckFailed as by_guard:
                refused = by_guard
        raise self._put_back(route, step, number, watch, bind, refused)

    def _put_back(
        self, route: Route, step: Step, number: int, watch: Watch, bind: Bind, refused: CheckFailed
    ) -> ReconcileError:
        """Execute the steps in place of the refused one, and return the error that ends the run.

        A step that fails does not keep the others from being executed: applications need the table in its place, even
        without one of its foreign keys. Only another step of the same object is left out.
        """
        done: list[Step] = []
        failed: dict[Key, tuple[Step, ReconcileError]] = {}
        for one in step.otherwise:
            if one.id.key in failed:
                continue
            try:
                self._carry_out(route, one, number, watch, bind)
                done.append(one)
            except (StepFailed, Refused) as error:
                failed[one.id.key] = (one, error)
        return put_back(refused, done, list(failed.values()))

    def _carry_out(self, route: Route, step: Step, number: int, watch: Watch, bind: Bind) -> None:
        work, run = self._actions.prepared(route, step, bind)
        attempts, watched = self._attempts(route, step), watch.of(step)
        try:
            with watch.over(watched):
                attempts.write(step, "started", work.about)
                self.emit(StepStarted(route=route, step=step, number=number))
                rows = run(work, watched)
        except (psycopg.Error, ReconcileError, KeyboardInterrupt) as error:
            entry = self._completed_entry(work) if is_interrupt(error) else None
            if entry is None:
                raise self._ended_by(error, route, work, number, watched) from None
            self._completed(route, work, number, watched, entry.rows_affected)
            raise KeyboardInterrupt from None
        self._completed(route, work, number, watched, rows)

    def _completed_entry(self, work: Work) -> Entry | None:
        """Return the entry of the step if it was committed before an interrupt."""
        with suppress(psycopg.Error, ReconcileError):
            run_id = str(self.journal.common["run_id"])
            entry = last_entry(self.lock.session, self.plan.journal, run_id, str(work.step.id))
            return entry if entry is not None and entry.status == "completed" else None
        return None

    def _completed(self, route: Route, work: Work, number: int, watched: Watched, rows: int | None) -> None:
        self.counts.completed += work.step in route.steps  # not a step in place of a refused one
        self.emit(
            StepCompleted(
                step=work.step,
                number=number,
                duration_s=(took := work.elapsed_s()),
                lock_wait_s=min(took, work.lost_s + watched.lock_wait_s),
                rows=rows,
            )
        )

    @property
    def _actions(self) -> ActionRuns:
        return ActionRuns(
            session=self.session,
            lock=self.lock,
            plan=self.plan,
            journal=self.journal,
            emit=self.emit,
            checker=self.checker,
            clock=self.clock,
            window=self.window,
            at_end=self.probe.at_end,
            return_rows=self.return_rows,
            files=self.files,
            attempts=self._attempts,
        )

    def _attempts(self, route: Route, step: Step) -> Attempts:
        return Attempts(
            session=self.session,
            plan=self.plan,
            journal=self.journal,
            emit=self.emit,
            check=partial(self._check, route),
            cleanup=partial(self._cleanup, route, step),
            clock=self.clock,
            probe=self.probe,
            repair=self._actions.repair_before(route, step),
        )

    def _check(self, route: Route) -> None:
        """Raise an error if the step must not be tried again."""
        self.lock.check()
        self.check_use(route)

    def _cleanup(self, route: Route, step: Step) -> Sequence[str]:
        """Return the statements that remove the remnant of a cancelled attempt."""
        if step.builds is None:
            return ()
        found = self.observer.settled({step.builds}, lambda _: step).get(step.builds)
        return removal(self.session, route, step.builds, found, self.plan.journal, self._diverged)

    def _check_proof(self, route: Route, position: int) -> None:
        """Require that the journal has an unfinished build of an invalid index before the index is removed."""
        state = route.states[position].objects
        for key, expected in state.items():
            dead = is_invalid(expected)
            if not dead:
                continue
            refuse_unproved(self.session, key, self.plan.journal)

    def _failed_guard(self, route: Route, step: Step, bind: Bind) -> CheckFailed | None:
        """Return the refusal of the first guard that does not pass right before the step; None if all pass."""
        key, place = route.change.key, route.change.place
        for guard in step.guards:
            if guard.moment is not Moment.BEFORE:
                continue
            data_check = DataCheck(
                guard=guard.bind(bind), key=key, place=place, path=self.plan.policy.path_for(key.schema)
            )
            finding = self.checker.check(self.session, data_check)
            if finding.error is not None and finding.refuses:
                return not_checked(step, finding)
            if finding.refuses or not (finding.count is not None or guard.unchecked_ok):
                return refused_by(step, guard, finding.count, finding.reason)
        return None

    def _ended_by(
        self,
        error: psycopg.Error | ReconcileError | KeyboardInterrupt,
        route: Route,
        work: Work,
        number: int,
        watched: Watched,
    ) -> ReconcileError:
        """Return the error that ends the run, after the failure was written to the journal and sent to listeners."""
        if isinstance(error, ReconcileError):
            self._failed(work, number, error.message)
            return error
        lost = self.session.connection.closed
        if isinstance(error, KeyboardInterrupt) or is_interrupt(error):
            return failure_of(work.step, None, lost=lost, leaves=self._failed(work, number, INTERRUPTED))
        explanation = self._explained(error, work, watched)
        if is_other_table(error):
            self._actions.journal_failure(work, str(explanation))
            return self._diverged(route)
        if isinstance(error, psycopg.errors.UndefinedTable) and lacks_partitions(self.lock.session, route):
            self._actions.journal_failure(work, str(explanation))
            return partitions_changed(route)
        if explanation.in_function:
            explanation = self._with_event_triggers(explanation)
        return failure_of(work.step, explanation, lost=lost, leaves=self._failed(work, number, str(explanation)))

    def _explained(self, error: psycopg.Error, work: Work, watched: Watched) -> ServerError:
        """Return the error, with the tables that the step locks and that no longer exist, if that is its cause."""
        explanation = explained(error, watched, took_s=work.since_sent_s(), max_build=self.plan.max_build)
        if isinstance(error, psycopg.errors.UndefinedTable):
            with suppress(psycopg.Error, ReconcileError):
                missing = missing_tables(self.lock.session, work.step)
                if missing:
                    text = f"{', '.join(map(str, missing))} no longer exist{'s' if len(missing) == 1 else ''}"
                    return replace(explanation, text=text, in_function=False)
        return explanation

    def _diverged(self, route: Route) -> Diverged:
        """Return the error for a live state that is on no route, with the event triggers that may have altered it."""
        found: list[str] = []
        with suppress(psycopg.Error, ReconcileError):
            found = event_triggers.firing(self.lock.session, "sql_drop")
        return diverged(route, found)

    def _with_event_triggers(self, explanation: ServerError) -> ServerError:
        """Name the event triggers that fire if a function raised the error, because one of them may have raised it."""
        with suppress(psycopg.Error, ReconcileError):
            found = event_triggers.firing(self.lock.session, "sql_drop", "table_rewrite")
            return replace(explanation, text=explanation.text + event_triggers.named(found))
        return explanation

    def _failed(self, work: Work, number: int, message: str) -> str:
        """Write the failure to the journal, and send it to the listeners. Returns what the step left behind."""
        self._actions.journal_failure(work, message)
        leaves, elapsed_s = self._left_behind(work.step), work.elapsed_s()
        self.counts.failed += 1
        self.emit(StepFailure(step=work.step, number=number, duration_s=elapsed_s, message=message, leaves=leaves))
        return leaves

    def _left_behind(self, step: Step) -> str:
        """Return what the step left behind. For a build, the catalog is read if possible."""
        if self.session.connection.closed:
            return UNKNOWN_RESULT
        if step.builds is None:
            return step.leaves
        try:
            found = self.observer.now({step.builds}).get(step.builds)
        except (psycopg.Error, ReconcileError):
            return step.leaves
        if found is None:
            return NOTHING_BUILT
        invalid = is_invalid(found)
        return INVALID_INDEX if invalid else step.leaves
