"""Runs one step, and retries it while its locks are not available.

A concurrent build or drop is cancelled and retried if a session that it waits for begins to wait for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count

import psycopg

from reconciler.execution.failures import GAVE_WAY, MOST_ROUNDS, NEW_DUPLICATES, refused_by, still_duplicates
from reconciler.execution.journal import Journal
from reconciler.execution.pipeline import AT_ONCE, StatementFailed, send_transaction
from reconciler.execution.retrying import NOT_NOW, Retries
from reconciler.execution.watch import Watched
from reconciler.model.clock import Clock
from reconciler.model.errors import CheckFailed
from reconciler.model.events import Event, StepRetried
from reconciler.model.guard import Guard
from reconciler.model.limits import ExecutionClass, limits_for
from reconciler.model.plan import Plan
from reconciler.model.step import Step
from reconciler.postgres.archive_check import archive_check
from reconciler.postgres.locking import (
    block,
    end_autovacuum,
    end_autovacuums,
    measured,
    string_literal,
    take_locks,
)
from reconciler.postgres.own import do, refused
from reconciler.postgres.search_path import reset_search_path
from reconciler.postgres.server_error import raised_number
from reconciler.postgres.session import Session, send, set_limits

GUARD_FAILED = "RC010"
"""The SQLSTATE that a guard raises on the server. No SQLSTATE of PostgreSQL begins with these letters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InTransaction:
    """A guard as a statement of the step's transaction. It fails with `GUARD_FAILED` if the guard finds rows."""

    guard: Guard
    statement: str


def guard_statement(query: str, search_path: str) -> str:
    """Return a statement that fails unless the query, which returns a number, returns 0."""
    lines = (
        "DECLARE",
        "  path text := current_setting('search_path');",
        "  counted bigint;",
        "BEGIN",
        f"  PERFORM set_config('search_path', {string_literal(search_path)}, true);",
        f"  EXECUTE {string_literal(query)} INTO counted;",
        "  PERFORM set_config('search_path', path, true);",
        "  IF counted <> 0 THEN",
        f"    RAISE EXCEPTION USING ERRCODE = '{GUARD_FAILED}', MESSAGE = 'guard failed', DETAIL = counted;",
        "  END IF;",
        "END",
    )
    return block(lines)


def bundled(statements: Sequence[str], at_most: int = AT_ONCE // 2) -> Sequence[str]:
    """Return the same statements in at most a given number: if there are more, each block runs several of them."""
    size = -(-len(statements) // at_most)
    if size <= 1:
        return statements
    parts = (statements[n : n + size] for n in range(0, len(statements), size))
    return [block(["BEGIN", *(f"  EXECUTE {string_literal(one)};" for one in part), "END"]) for part in parts]


def _refused(step: Step, guard: Guard, error: psycopg.Error) -> CheckFailed:
    return refused_by(step, guard, raised_number(error))


@dataclass(slots=True, kw_only=True)
class Work:
    """A running step.

    `statements` are final SQL, with those that set the search path. `guards` are evaluated in the transaction, after
    its locks are taken. `about` is the metadata of the step in the journal. `lost_s` is the time of failed attempts and
    of the pauses between them. `again` returns the statements of a further attempt, if they may be others.
    `rows` is the number of rows that committed batches repaired or brought back, None if the step has no batches.
    """

    step: Step
    statements: Sequence[str]
    guards: Sequence[InTransaction]
    about: dict[str, object]
    clock: Clock
    lost_s: float = 0.0
    rows: int | None = None
    again: Callable[[], Sequence[str]] | None = None
    started: float = field(init=False)
    sent: float = field(init=False)

    def __post_init__(self) -> None:
        self.started = self.sent = self.clock.monotonic()

    def elapsed_s(self) -> float:
        """Return the time since the step began."""
        return self.clock.monotonic() - self.started

    def since_sent_s(self) -> float:
        """Return the time since the last statement of a concurrent step was sent."""
        return self.clock.monotonic() - self.sent


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """Statements that a rehearsal adds to the transaction of each step: after its first locks, and at its end."""

    after_locks: tuple[str, ...] = ()
    at_end: tuple[str, ...] = ()


NO_PROBE = Probe()


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempts:
    """Runs a step with as many attempts as it needs.

    `check` raises an error if the run must stop. `cleanup` returns the statements that remove the remnant of a
    cancelled build; it raises `Refused` without proof that this tool left it. `repair` repairs the rows that prevent a
    unique build, if the file says how.
    """

    session: Session
    plan: Plan
    journal: Journal
    emit: Callable[[Event], None]
    check: Callable[[], None]
    cleanup: Callable[[], Sequence[str]]
    clock: Clock
    probe: Probe = NO_PROBE
    repair: Callable[[], None] | None = None

    def carry_out(self, work: Work, watched: Watched) -> int | None:
        """Send the step until its locks are available.

        Returns the affected rows, if known. Raises `psycopg.Error` after `policy.max_lock_wait`, or for another error;
        `Refused` if a guard finds rows.
        """
        step, plan = work.step, self.plan
        limits = limits_for(step.execution, lock_timeout=plan.lock_timeout, max_build=plan.max_build)
        set_limits(self.session.connection, limits)
        if step.execution.outside_transaction:
            self._carry_out_concurrent(work, watched)
            return None
        retries = self.retries(step, since=work.started)
        for attempt in count(1):
            begun = self.clock.monotonic()
            try:
                self._end_autovacuum(work, attempt)
                begun = self.clock.monotonic()
                return self._send(work)
            except NOT_NOW as error:
                retries.pause_after(error, took_s=self.clock.monotonic() - begun)
            # From here on the watch counts the waiting time of the next attempt; the whole time of this one is lost.
            work.lost_s, watched.lock_wait_s = work.elapsed_s(), 0.0
        raise AssertionError("unreachable")

    def retries(self, step: Step, *, since: float | None = None) -> Retries:
        return Retries(
            step=step,
            longest_s=self.plan.max_lock_wait.total_seconds(),
            emit=self.emit,
            check=self.check,
            clock=self.clock,
            since=self.clock.monotonic() if since is None else since,
        )

    def write(self, step: Step, status: str, metadata: Mapping[str, object]) -> None:
        """Add an entry to the journal; retry while the journal is locked."""
        self.retries(step).until_journaled(
            lambda: self.journal.write(self.session, str(step.id), status, metadata=metadata)
        )

    def _end_autovacuum(self, work: Work, attempt: int) -> None:
        """Make the server end an autovacuum of one of the tables, without blocking traffic."""
        gentle = end_autovacuums(work.step.lock_order)
        if attempt > 1 and gentle:
            with suppress(psycopg.errors.LockNotAvailable):  # the attempt reports the blocking sessions
                self._transaction([end_autovacuum(gentle[attempt % len(gentle)])])

    def _carry_out_concurrent(self, work: Work, watched: Watched) -> None:
        """Run a concurrent build. `policy.max_lock_wait` counts from its first cancellation."""
        retries: Retries | None = None
        rounds = 0
        for attempt in count(1):
            try:
                self._send_concurrent(work, watched, again=attempt > 1)
                break
            except (*NOT_NOW, psycopg.errors.QueryCanceled) as error:
                if isinstance(error, psycopg.errors.QueryCanceled) and not watched.cancelled:
                    raise
                retries = retries or self.retries(work.step)
                staged = work.step.execution is ExecutionClass.STAGED  # its locks block others
                took_s = work.since_sent_s() if staged else 0.0
                retries.pause_after(error, GAVE_WAY if watched.cancelled else None, took_s=took_s)
            except psycopg.errors.UniqueViolation:
                if self.repair is None:
                    raise
                rounds += 1
                self._repair_again(work, self.repair, rounds)
            work.lost_s, watched.lock_wait_s = work.elapsed_s(), 0.0
        lock_wait_s = work.lost_s + watched.lock_wait_s
        measured_s = {"duration_s": round(work.elapsed_s(), 3), "lock_wait_s": round(lock_wait_s, 3)}
        self.write(work.step, "completed", {**work.about, **measured_s})

    def _repair_again(self, work: Work, repair: Callable[[], None], rounds: int) -> None:
        """Repair the rows that other sessions have added since the repair before the build, which rejected them."""
        if rounds == MOST_ROUNDS:
            raise still_duplicates(work.step)
        self.emit(StepRetried(step=work.step, attempt=rounds, reason=NEW_DUPLICATES, pause_s=0.0))
        for statement in self.cleanup():
            send(self.session.connection, statement)
        repair()
        limits = limits_for(work.step.execution, lock_timeout=self.plan.lock_timeout, max_build=self.plan.max_build)
        set_limits(self.session.connection, limits)

    def _send_concurrent(self, work: Work, watched: Watched, *, again: bool) -> None:
        cleanup = self.cleanup() if again else ()
        statements = work.again() if again and work.again is not None else work.statements
        try:
            with watched.cancellable():
                for statement in (*cleanup, *statements):
                    work.sent = self.clock.monotonic()
                    send(self.session.connection, statement)
        finally:
            if not self.session.connection.closed:
                send(self.session.connection, reset_search_path(concurrent=True))

    def _send(self, work: Work) -> int | None:
        """Send one transaction: the locks, the statements, and the journal entry that commits with them."""
        claims = work.step.lock_order
        locks = [take_locks(claims, self.plan.lock_timeout), *self.probe.after_locks] if claims else []
        before = [*locks, *(one.statement for one in work.guards)]
        entry = self.journal.entry(
            str(work.step.id),
            "completed",
            metadata=work.about,
            measured=measured(elapsed_s=work.elapsed_s(), lock_wait_s=work.lost_s),
        )
        statements = bundled(work.statements)
        archive = [do(archive_check(self.plan.trusted_roles))] if work.step.archives else []
        try:
            counts = self._transaction([*before, *statements, *archive, *self.probe.at_end, *entry])
        except StatementFailed as failed:
            number = failed.number - len(locks)
            if not 0 <= number < len(work.guards):
                raise failed.error from None  # a function that the step called raised the SQLSTATE of guards
            raise _refused(work.step, work.guards[number].guard, failed.error) from None
        affected = [count for count in counts[len(before) :][: len(statements)] if count >= 0]
        return affected[-1] if affected else None

    def _transaction(self, statements: Sequence[str]) -> list[int]:
        """Send a transaction.

        Raises `StatementFailed` for a guard that found rows, `Refused` for a journal that cannot be trusted, else the
        server's error.
        """
        try:
            return send_transaction(self.session.connection, statements)
        except StatementFailed as failed:
            if failed.error.sqlstate == GUARD_FAILED:
                raise
            raise refused(failed.error) or failed.error from None
