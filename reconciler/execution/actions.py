"""How the action of a step is carried out: SQL, repairs, rows that return, dumps."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from itertools import takewhile

import psycopg

from reconciler.execution.attempt import Attempts, InTransaction, Work, guard_statement
from reconciler.execution.binding import Bind
from reconciler.execution.failures import not_checked
from reconciler.execution.files import TableFiles
from reconciler.execution.journal import Journal
from reconciler.execution.lock import RunLock
from reconciler.execution.pace import Pace, pause_checks
from reconciler.execution.repair import RepairRun
from reconciler.execution.returning import Returning, ReturnRows
from reconciler.execution.watch import Watched
from reconciler.model.clock import Clock
from reconciler.model.dumped import with_dump
from reconciler.model.errors import ReconcileError, Refused
from reconciler.model.events import INTERRUPTED, Event, RowsChanged, RowsLeft, StepProgress, StepWaiting
from reconciler.model.facts.data import DataCheck
from reconciler.model.guard import GuardResult, Moment
from reconciler.model.journal import about
from reconciler.model.limits import limits_for
from reconciler.model.names import ARCHIVE_SCHEMA, TableName
from reconciler.model.plan import Plan
from reconciler.model.route import Route
from reconciler.model.statement import Statement
from reconciler.model.step import DetachAction, DumpAction, LoadAction, RepairAction, ReturnAction, SqlAction, Step
from reconciler.model.window import Window
from reconciler.postgres.archive import comment_of
from reconciler.postgres.client_programs import Watching
from reconciler.postgres.data_checks import DataChecker
from reconciler.postgres.detaching import detach_pending
from reconciler.postgres.locking import string_literal
from reconciler.postgres.quarantine import root_oids
from reconciler.postgres.search_path import on_search_path
from reconciler.postgres.server_error import server_error
from reconciler.postgres.session import Session, search_path_text, send, set_limits

RunOfAction = Callable[[Work, Watched], int | None]
"""Carries a step out, and returns the number of rows, if it is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionRuns:
    """What the actions of a run need. `attempts` returns those of a step; `files` writes and reads dumps."""

    session: Session
    lock: RunLock
    plan: Plan
    journal: Journal
    emit: Callable[[Event], None]
    checker: DataChecker
    clock: Clock
    window: Window | None
    at_end: Sequence[str]
    return_rows: ReturnRows
    files: TableFiles | None
    attempts: Callable[[Route, Step], Attempts]

    def prepared(self, route: Route, step: Step, bind: Bind) -> tuple[Work, RunOfAction]:
        """Return the step in the form in which it is sent now, and how it is carried out."""
        match step.action:  # the only place that decides how an action is run
            case SqlAction(statements=statements):
                return self._sql_work(route, step, statements, bind), self.attempts(route, step).carry_out
            case DetachAction() as detach:
                return self._detach_work(route, step, detach, bind), partial(self._detach, route, detach, bind)
            case RepairAction() as repair:
                return self._rows_work(route, step), partial(self._repair, route, repair)
            case ReturnAction() as action:
                return self._rows_work(route, step), partial(self._return, route, action)
            case DumpAction() as dump:
                return self._sql_work(route, step, (), bind), partial(self._dump, route, dump, bind)
            case LoadAction() as load:
                return self._sql_work(route, step, (), bind), partial(self._load, route, load)

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
        concurrent = step.execution.outside_transaction
        return Work(
            step=step,
            statements=on_search_path(files_path, statements, concurrent=concurrent),
            guards=guards,
            about=details,
            clock=self.clock,
        )

    def _detach_work(self, route: Route, step: Step, action: DetachAction, bind: Bind) -> Work:
        """Return the step with what is left of it: an earlier attempt may have been interrupted, here or in the
        server."""

        def left() -> Sequence[str]:
            is_pending = detach_pending(self.lock.session, action.table)
            if is_pending is None:
                return ()
            return self._sql_work(
                route, step, (action.mark, action.finalize if is_pending else action.detach), bind
            ).statements

        work = self._sql_work(route, step, action.statements, bind)
        work.statements, work.again = left(), left
        return work

    def _detach(self, route: Route, action: DetachAction, bind: Bind, work: Work, watched: Watched) -> int | None:
        """Detach a partition. If the server refuses to begin, the mark is removed."""
        try:
            return self.attempts(route, work.step).carry_out(work, watched)
        except psycopg.Error:
            connection = self.session.connection
            with suppress(psycopg.Error):
                if not connection.closed and detach_pending(self.lock.session, action.table) is False:
                    send(connection, action.unmark.render(bind))
            raise

    def _rows_work(self, route: Route, step: Step) -> Work:
        details = {**about(route, step), "sql": [str(one) for one in step.action.statements]}
        if isinstance(step.action, RepairAction):  # a table of the same name is not the same table
            oids = root_oids(self.session, [one.table for one in step.action.batches])
            details["tables"] = {"database": self.session.server.info.database_id, "oids": oids}
        return Work(step=step, statements=(), guards=(), about=details, clock=self.clock)

    def _repair(self, route: Route, repair: RepairAction, work: Work, _watched: Watched | None = None) -> int:
        """Repair rows in batches, and write the entry that says how many."""
        step, plan = work.step, self.plan
        self._limit(step)
        run = RepairRun(
            session=self.session,
            step=step,
            action=repair,
            size=plan.policy.batch,
            path=plan.policy.path_for(route.change.key.schema),
            run_id=str(self.journal.common["run_id"]),
            archive=plan.trusted_roles if step.archives else None,
            pace=self._pace(step),
            retries=partial(self.attempts(route, step).retries, step),
            at_end=self.at_end,
            rows_left=partial(self._rows_left, route, step, repair),
            longest=plan.max_lock_wait,
            emit=self.emit,
            clock=self.clock,
        )
        with self._counted(work, lambda: (run.changed, run.referring)):
            run.carry_out()
        self._completed(route, work)
        return run.changed

    def _return(self, route: Route, action: ReturnAction, work: Work, _watched: Watched | None = None) -> int:
        """Bring rows back in batches, and write the entry that says how many, and how many do not fit."""
        step = work.step
        self._limit(step)
        returning = Returning(
            session=self.session,
            lock=self.lock,
            plan=self.plan,
            step=step,
            pace=self._pace(step),
            emit=self.emit,
            clock=self.clock,
        )
        with self._counted(work, lambda: (returning.moved, 0)):
            returned = self.return_rows(action, returning)
        self._completed(route, work, left=dict(returned.left))
        if returned.left:
            self.emit(RowsLeft(step=step, reasons=returned.left))
        return returning.moved

    @contextmanager
    def _counted(self, work: Work, counts: Callable[[], tuple[int, int]]) -> Iterator[None]:
        """Report and record the rows of committed batches, whether the step ends or fails. `counts` returns the number
        of rows of the table, and that of rows of other tables whose references moved."""
        cut_off = True
        try:
            yield
            cut_off = False
        finally:
            work.rows, moved = counts()
            work.about |= {"references_moved": moved} if moved else {}
            unknown = self.session.connection.closed or isinstance(work.step.action, ReturnAction)
            event = RowsChanged(
                step=work.step,
                rows=work.rows,
                references_moved=moved,
                cut_off=cut_off,
                at_least=cut_off and unknown,
            )
            self.emit(event)

    def _completed(self, route: Route, work: Work, **more: object) -> None:
        """Write the entry of a step whose batches are committed, until that succeeds."""
        step = work.step
        metadata = {**work.about, "duration_s": round(work.elapsed_s(), 3), **more}
        self.attempts(route, step).retries(step).until_journaled(
            lambda: self.journal.write(
                self.session, str(step.id), "completed", rows_affected=work.rows, metadata=metadata
            )
        )

    def journal_failure(self, work: Work, message: str) -> None:
        """Write the entry of a step that failed, with the rows of its committed batches."""
        if self.session.connection.closed:
            return
        details = {**work.about, "duration_s": round(work.elapsed_s(), 3)}
        # Report the failure of the step, not that of writing its entry.
        with suppress(psycopg.Error, Refused):
            self.journal.write(
                self.session,
                str(work.step.id),
                "failed",
                rows_affected=work.rows,
                error=message,
                metadata=details,
            )

    def _pace(self, step: Step) -> Pace:
        return Pace(
            checks=pause_checks(self.lock.session, self.plan.policy.max_replica_lag),
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
        self._limit(work.step)
        made = self.files.dump(self.session, table, self._watching(work))
        origin = comment_of(self.session, table)
        assert origin is not None
        work.statements = [dump.mark.filled({"origin": string_literal(with_dump(origin, made))}, bind)]
        work.about |= {"dump": made.as_json(), "archived": table.name, "origin": origin}
        self.attempts(route, work.step).carry_out(work, watched)
        return made.row_count

    def _load(self, route: Route, load: LoadAction, work: Work, watched: Watched) -> int:
        """Load a table from a dump. The program commits; the journal gets its entry afterwards."""
        assert self.files is not None
        self._limit(work.step)
        count = self.files.load(self.session, load, self._watching(work))
        work.about |= {"dump": load.dump.as_json(), "archived": load.table}
        self.attempts(route, work.step).carry_out(work, watched)
        return count

    def _limit(self, step: Step) -> None:
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
        data_check = DataCheck(guard=repair.check, key=key, place=place, path=self.plan.policy.path_for(key.schema))
        finding = self.checker.check(self.session, data_check)
        if finding.result is GuardResult.ERROR:
            raise not_checked(step, finding)
        return finding.count

    def _say_paused(self, step: Step, reason: str, elapsed_s: float) -> None:
        self.emit(StepWaiting(step=step, reason=reason, elapsed_s=elapsed_s))

    def repair_before(self, route: Route, step: Step) -> Callable[[], None] | None:
        """Return a function that repeats the repair before a build; None if there is no repair."""
        before = takewhile(lambda one: one is not step, route.steps if step.builds is not None else ())
        repairs = [(one, one.action) for one in before if isinstance(one.action, RepairAction)]
        return partial(self._repair_again, route, *repairs[-1]) if repairs else None

    def _repair_again(self, route: Route, step: Step, repair: RepairAction) -> None:
        work = self._rows_work(route, step)
        self.attempts(route, step).write(step, "started", work.about)
        message = INTERRUPTED
        try:
            self._repair(route, repair, work)
            message = ""
        except ReconcileError as error:
            message = error.message
            raise
        except psycopg.Error as error:
            message = str(server_error(error))
            raise
        finally:
            if message:  # the build is the step that fails
                self.journal_failure(work, message)
