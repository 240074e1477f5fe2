"""Runs the routes of a plan: observe the keys, find the state, run the next step, observe again.

Only the catalog determines the progress. Steps are never counted, and after a lost connection no statement is sent
again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from itertools import takewhile

import psycopg

from reconciler.execution.attempt import NO_PROBE, Attempts, InTransaction, Probe, Work, guard_statement
from reconciler.execution.binding import Bind, binder
from reconciler.execution.failures import (
    INVALID_INDEX,
    NOTHING_BUILT,
    diverged,
    explained,
    failure_of,
    no_progress,
    not_checked,
    partitions_changed,
    refused_by,
)
from reconciler.execution.files import TableFiles
from reconciler.execution.finished import record_finished
from reconciler.execution.journal import Journal
from reconciler.execution.lock import RunLock
from reconciler.execution.observing import Observer, waiting_step
from reconciler.execution.pace import Pace, looks_at
from reconciler.execution.partitions import lacks_partitions, misses_partitions
from reconciler.execution.removing import refuse_unproved, removal
from reconciler.execution.repair import RepairRun
from reconciler.execution.result import StepCounts
from reconciler.execution.returning import Returning, ReturnRows, nothing_returns
from reconciler.execution.watch import Watch, Watched
from reconciler.execution.window import refuse_outside
from reconciler.model.clock import Clock
from reconciler.model.definition import Definition, is_invalid
from reconciler.model.dumped import with_dump
from reconciler.model.errors import CheckFailed, Diverged, ReconcileError, Refused, StepFailed
from reconciler.model.events import (
    INTERRUPTED,
    Event,
    RowsLeft,
    StepCompleted,
    StepFailure,
    StepProgress,
    StepSkipped,
    StepStarted,
    StepWaiting,
)
from reconciler.model.facts.data import DataCheck
from reconciler.model.guard import GuardResult, Moment
from reconciler.model.journal import about
from reconciler.model.limits import ExecutionClass, limits_for
from reconciler.model.names import ARCHIVE_SCHEMA, Key, TableName
from reconciler.model.plan import Plan
from reconciler.model.route import Route
from reconciler.model.server_error import ServerError
from reconciler.model.signals import follows_interrupt
from reconciler.model.statement import Statement
from reconciler.model.step import DumpAction, LoadAction, RepairAction, ReturnAction, SqlAction, Step
from reconciler.model.window import Window
from reconciler.postgres import event_triggers
from reconciler.postgres.archive import comment_of
from reconciler.postgres.client_programs import Watching
from reconciler.postgres.data_checks import DataChecker
from reconciler.postgres.locking import string_literal
from reconciler.postgres.repairs import is_other_table
from reconciler.postgres.search_path import on_search_path
from reconciler.postgres.session import Session, search_path_text, set_limits


@dataclass(frozen=True, slots=True, kw_only=True)
class Executor:
    """Everything that a run needs. `stamp` is the time at the end of names in the archive, one for the whole run.
    Steps begin only in the `window`. `files` writes and reads dumps, if the plan has any."""

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

    def run(self) -> None:
        """Run every route. Raises `StepFailed`, `Refused`, `ConnectionFailed` or `Interrupted`."""
        number = 1
        # Observing repeats a few queries that take longer to plan than to run.
        self.lock.session.connection.execute("SELECT set_config('plan_cache_mode', 'force_generic_plan', false)")
        with Watch(self.session, self.emit, self.clock) as watch:
            for route in self.plan.routes:
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
        step = route.steps[position]
        bind = binder(self.session, step, route.change.key.schema, self.stamp, live)
        self._check_proof(route, position)
        refused = self._failed_guard(route, step, bind)
        if refused is None:
            try:
                return self._carry_out(route, step, number, watch, bind)
            except CheckFailed as by_guard:
                refused = by_guard
        for one in step.otherwise:
            try:
                self._carry_out(route, one, number, watch, bind)
            except StepFailed as failed:
                raise StepFailed(f"{refused}; {failed}", rule=refused.rule, hint=step.leaves) from failed
        raise refused

    def _carry_out(self, route: Route, step: Step, number: int, watch: Watch, bind: Bind) -> None:
        match step.action:  # the only place that decides how an action is run
            case SqlAction(statements=statements):
                work = self._sql_work(route, step, statements, bind)
                run = self._attempts(route, step).carry_out
            case RepairAction() as repair:
                work = self._repair_work(route, step)
                run = partial(self._repair, route, repair)
            case ReturnAction() as action:
                work = self._repair_work(route, step)
                run = partial(self._return, route, action)
            case DumpAction() as dump:
                work = self._sql_work(route, step, (), bind)
                run = partial(self._dump, route, dump, bind)
            case LoadAction() as load:
                work = self._sql_work(route, step, (), bind)
                run = partial(self._load, route, load)
        attempts = self._attempts(route, step)
        try:
            with watch.over(step) as watched:
                attempts.write(step, "started", work.about)
                self.emit(StepStarted(route=route, step=step, number=number))
                rows = run(work, watched)
        except (psycopg.Error, ReconcileError, KeyboardInterrupt) as error:
            raise self._ended_by(error, route, work, number, watched) from None
        self.counts.completed += 1
        self.emit(
            StepCompleted(
                step=step,
                number=number,
                duration_s=(took := work.elapsed_s()),
                lock_wait_s=min(took, work.lost_s + watched.lock_wait_s),
                rows=rows,
            )
        )

    def _sql_work(self, route: Route, step: Step, planned: Sequence[Statement], bind: Bind) -> Work:
        """Return the step in the form in which it is sent now."""
        path = search_path_text(["pg_catalog"])
        statements = [statement.render(bind) for statement in planned]
        guards = [
            InTransaction(guard=guard, statement=guard_statement(guard.count.render(bind), path))
            for guard in step.guards
            if guard.moment is Moment.WITHIN
        ]
        details = {**about(route, step), "sql": statements}
        files_path = self.plan.policy.path_for(route.change.key.schema)
        concurrent = step.execution is ExecutionClass.CONCURRENT
        return Work(
            step=step,
            statements=on_search_path(files_path, statements, concurrent=concurrent),
            guards=guards,
            about=details,
            clock=self.clock,
        )

    def _repair_work(self, route: Route, step: Step) -> Work:
        details = {**about(route, step), "sql": [str(one) for one in step.action.statements]}
        return Work(step=step, statements=(), guards=(), about=details, clock=self.clock)

    def _repair(self, route: Route, repair: RepairAction, work: Work, _watched: Watched | None = None) -> int:
        """Repair rows in batches, and write the entry that says how many."""
        step, plan = work.step, self.plan
        attempts = self._attempts(route, step)
        set_limits(
            self.session.connection,
            limits_for(step.execution, lock_timeout=plan.lock_timeout, max_build=plan.max_build),
        )
        changed = RepairRun(
            session=self.session,
            step=step,
            action=repair,
            size=plan.policy.batch,
            path=plan.policy.path_for(route.change.key.schema),
            run_id=str(self.journal.common["run_id"]),
            archive=plan.trusted_roles if step.archives else None,
            pace=self._pace(step),
            retries=partial(attempts.retries, step),
            at_end=self.probe.at_end,
            rows_left=partial(self._rows_left, route, step, repair),
            longest=plan.max_lock_wait,
            emit=self.emit,
            clock=self.clock,
        ).carry_out()
        metadata = {**work.about, "duration_s": round(work.elapsed_s(), 3)}
        attempts.retries(step).until_journaled(
            lambda: self.journal.write(
                self.session, str(step.id), "completed", rows_affected=changed, metadata=metadata
            )
        )
        return changed

    def _return(self, route: Route, action: ReturnAction, work: Work, _watched: Watched | None = None) -> int:
        """Bring rows back in batches, and write the entry that says how many, and how many do not fit."""
        step = work.step
        limits = limits_for(step.execution, lock_timeout=self.plan.lock_timeout, max_build=self.plan.max_build)
        set_limits(self.session.connection, limits)
        returning = Returning(
            session=self.session,
            lock=self.lock,
            plan=self.plan,
            step=step,
            pace=self._pace(step),
            emit=self.emit,
            clock=self.clock,
        )
        returned = self.return_rows(action, returning)
        metadata = {**work.about, "duration_s": round(work.elapsed_s(), 3), "left": dict(returned.left)}
        self._attempts(route, step).retries(step).until_journaled(
            lambda: self.journal.write(
                self.session, str(step.id), "completed", rows_affected=returned.moved, metadata=metadata
            )
        )
        if returned.left:
            self.emit(RowsLeft(step=step, reasons=returned.left))
        return returned.moved

    def _pace(self, step: Step) -> Pace:
        return Pace(
            looks=looks_at(self.lock.session, self.plan.policy.max_replica_lag),
            longest=self.plan.max_lock_wait,
            say=partial(self._say_paused, step),
            check=self.lock.check,
            clock=self.clock,
            window=self.window,
        )

    def _dump(self, route: Route, dump: DumpAction, bind: Bind, work: Work, watched: Watched) -> int:
        """Dump a table, and write the result to its comment and to the journal."""
        assert self.files is not None
        table = TableName(schema=ARCHIVE_SCHEMA, name=bind(dump.table))
        self._begin_reading(work.step)
        made = self.files.dump(self.session, table, self._watching(work))
        origin = comment_of(self.session, table)
        assert origin is not None
        work.statements = [dump.mark.filled({"origin": string_literal(with_dump(origin, made))}, bind)]
        work.about |= {"dump": made.as_json(), "archived": table.name, "origin": origin}
        self._attempts(route, work.step).carry_out(work, watched)
        return made.row_count

    def _load(self, route: Route, load: LoadAction, work: Work, watched: Watched) -> int:
        """Load a table from a dump. The program commits; the journal gets its entry afterwards."""
        assert self.files is not None
        self._begin_reading(work.step)
        count = self.files.load(self.session, load, self._watching(work))
        work.about |= {"dump": load.dump.as_json(), "archived": load.table}
        self._attempts(route, work.step).carry_out(work, watched)
        return count

    def _begin_reading(self, step: Step) -> None:
        plan = self.plan
        limits = limits_for(step.execution, lock_timeout=plan.lock_timeout, max_build=plan.max_build)
        set_limits(self.session.connection, limits)

    def _watching(self, work: Work) -> Watching:
        def say() -> None:
            progress = StepProgress(
                step=work.step, phase=work.step.action.name, fraction=None, elapsed_s=work.elapsed_s()
            )
            self.emit(progress)

        return Watching(clock=self.clock, longest=self.plan.max_build, check=self.lock.check, say=say)

    def _rows_left(self, route: Route, step: Step, repair: RepairAction) -> int | None:
        key, place = route.change.key, route.change.place
        look = DataCheck(guard=repair.check, key=key, place=place, path=self.plan.policy.path_for(key.schema))
        finding = self.checker.check(self.session, look)
        if finding.result is GuardResult.ERROR:
            raise not_checked(step, finding)
        return finding.count

    def _say_paused(self, step: Step, reason: str, elapsed_s: float) -> None:
        self.emit(StepWaiting(step=step, reason=reason, elapsed_s=elapsed_s))

    def _attempts(self, route: Route, step: Step) -> Attempts:
        return Attempts(
            session=self.session,
            plan=self.plan,
            journal=self.journal,
            emit=self.emit,
            check=self.lock.check,
            cleanup=partial(self._cleanup, route, step),
            clock=self.clock,
            probe=self.probe,
            repair=self._repair_before(route, step),
        )

    def _repair_before(self, route: Route, step: Step) -> Callable[[], None] | None:
        """Return a function that repeats the repair before a build; None if there is no repair."""
        before = takewhile(lambda one: one is not step, route.steps if step.builds is not None else ())
        repairs = [(one, one.action) for one in before if isinstance(one.action, RepairAction)]
        return partial(self._repair_again, route, *repairs[-1]) if repairs else None

    def _repair_again(self, route: Route, step: Step, repair: RepairAction) -> None:
        work = self._repair_work(route, step)
        self._attempts(route, step).write(step, "started", work.about)
        self._repair(route, repair, work)

    def _cleanup(self, route: Route, step: Step) -> Sequence[str]:
        """Return the statements that remove the remnant of a cancelled attempt."""
        if step.builds is None:
            return ()
        found = self.observer.settled({step.builds}, lambda _: step).get(step.builds)
        return removal(self.session, route, step.builds, found, self.plan.journal)

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
            look = DataCheck(
                guard=guard.bind(bind), key=key, place=place, path=self.plan.policy.path_for(key.schema)
            )
            finding = self.checker.check(self.session, look)
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
        if isinstance(error, KeyboardInterrupt) or follows_interrupt(error):
            return failure_of(work.step, None, lost=lost, leaves=self._failed(work, number, INTERRUPTED))
        said = explained(error, watched, took_s=work.since_sent_s(), max_build=self.plan.max_build)
        if is_other_table(error):
            self._journal_failure(work, str(said))
            return self._diverged(route)
        if isinstance(error, psycopg.errors.UndefinedTable) and lacks_partitions(self.lock.session, route):
            self._journal_failure(work, str(said))
            return partitions_changed(route)
        if said.in_function:
            said = self._with_event_triggers(said)
        return failure_of(work.step, said, lost=lost, leaves=self._failed(work, number, str(said)))

    def _diverged(self, route: Route) -> Diverged:
        """Return the error for a live state that is on no route, with the event triggers that may have altered it."""
        found: list[str] = []
        with suppress(psycopg.Error, ReconcileError):
            found = event_triggers.firing(self.lock.session, "sql_drop")
        return diverged(route, found)

    def _with_event_triggers(self, said: ServerError) -> ServerError:
        """Name the event triggers that fire if a function raised the error, because one of them may have raised it."""
        with suppress(psycopg.Error, ReconcileError):
            found = event_triggers.firing(self.lock.session, "sql_drop", "table_rewrite")
            return replace(said, text=said.text + event_triggers.named(found))
        return said

    def _failed(self, work: Work, number: int, message: str) -> str:
        """Write the failure to the journal, and send it to the listeners. Returns what the step left behind."""
        self._journal_failure(work, message)
        leaves, elapsed_s = self._left_behind(work.step), work.elapsed_s()
        self.counts.failed += 1
        self.emit(StepFailure(step=work.step, number=number, duration_s=elapsed_s, message=message, leaves=leaves))
        return leaves

    def _journal_failure(self, work: Work, message: str) -> None:
        if self.session.connection.closed:
            return
        details = {**work.about, "duration_s": round(work.elapsed_s(), 3)}
        # Report the failure of the step, not that of writing its entry.
        with suppress(psycopg.Error, Refused):
            self.journal.write(self.session, str(work.step.id), "failed", error=message, metadata=details)

    def _left_behind(self, step: Step) -> str:
        """Return what the step left behind. For a build, the catalog is read if possible."""
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
