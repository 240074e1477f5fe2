"""Moves quarantined rows back to their tables in batches. A row that does not fit stays in the quarantine.

Each batch is one transaction, so progress is what the data shows: a run that was killed has moved complete batches.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

import psycopg

from reconciler.execution.journal import Journal, existing_journal
from reconciler.execution.lock import RunLock, run_lock
from reconciler.execution.repair import next_size
from reconciler.execution.retrying import NOT_NOW
from reconciler.model.clock import Clock
from reconciler.model.errors import DatabaseError, Diverged, ReconcileError, Refused
from reconciler.model.journal import RUN_STEP
from reconciler.model.plan import ExecutionClass, JournalAt, limits_for
from reconciler.model.private import NOTHING, Private
from reconciler.model.repair import RowShape, shape_key
from reconciler.model.rules.connections import QUERY_FAILED
from reconciler.model.rules.consent import HAZARD_NOT_ACCEPTED
from reconciler.model.rules.dependencies import DIVERGED
from reconciler.model.rules.hazards import FIRES_TRIGGERS
from reconciler.model.rules.runs import NOT_APPROVED
from reconciler.model.state import Policy
from reconciler.postgres.any_bytes import to_bytes
from reconciler.postgres.archive_check import refuse_untrusted_archive
from reconciler.postgres.quarantine import row_shapes
from reconciler.postgres.repairs import pages_of
from reconciler.postgres.server_error import server_error
from reconciler.postgres.session import Session, one, set_limits
from reconciler.restoring.batch import OTHER_TABLES, batch_text
from reconciler.restoring.home import HomeTable, home_of
from reconciler.restoring.misfits import Misfit, known_names, reason_of
from reconciler.restoring.moving import find_rows, lossy_rows, move_rows
from reconciler.restoring.quarantined import QuarantinedRows, find_quarantined

_FIRST_PAGES, _MOST_PAGES = 4, 512
_NAME = "restore of quarantined rows"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarantined:
    """Quarantined rows, and the table to which they go back; None if it does not exist. `obstacle` is the reason why
    none of them can be moved."""

    rows: QuarantinedRows
    home: HomeTable | None

    @property
    def obstacle(self) -> str | None:
        if self.rows.count is None:
            return "the role may not read the quarantine table"
        if self.rows.was_in is None:
            return "the quarantine does not say in which table they were"
        return "the table does not exist" if self.home is None else self.home.obstacle


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoredRows:
    """What became of the rows of a candidate: the number that was moved, and those that do not fit."""

    candidate: Quarantined
    moved: int
    misfits: tuple[Misfit, ...]

    @property
    def left(self) -> int:
        return sum(one.count for one in self.misfits)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarantineOptions:
    """Which rows to bring back, and how.

    `name` is that of a quarantine table or of the table whose rows they are, `run` the id of the run that took them.
    `allow` are accepted hazards. `samples` is the number of keys to read of the rows that do not fit.
    """

    name: str | None = None
    run: str | None = None
    allow: frozenset[str] = frozenset()
    trusted_roles: frozenset[str] = frozenset()
    samples: int = 0
    policy: Policy = field(default_factory=Policy)


def quarantined_rows(session: Session, options: QuarantineOptions) -> list[Quarantined]:
    """Return the rows that are quarantined, changed ones last taken first."""
    found = find_quarantined(session, options.name, options.run)
    return [Quarantined(rows=one, home=None if one.was_in is None else home_of(session, one)) for one in found]


def bring_back(
    session: Session,
    options: QuarantineOptions,
    *,
    clock: Clock,
    approve: Callable[[Sequence[Quarantined]], bool],
    emit: Callable[[Quarantined, int], None],
) -> list[RestoredRows]:
    """Move all rows that fit back to their tables. `emit` receives the number of rows that have been moved so far.

    Raises `Refused` if the archive or the journal cannot be trusted, another run is active, a trigger would fire that
    was not accepted, or `approve` returns false; and `Diverged` if a table is altered meanwhile.
    """
    with run_lock(session) as lock:
        refuse_untrusted_archive(session, options.trusted_roles)
        found = quarantined_rows(session, options)
        _refuse_triggers(found, options.allow)
        if not any(one.obstacle is None for one in found):
            return [_immovable(one) for one in found]
        if not approve(found):
            raise Refused("the rows were not to be restored; nothing was changed", rule=NOT_APPROVED)
        return _Run(session=session, lock=lock, options=options, clock=clock, emit=emit).carry_out(found)


def _refuse_triggers(found: Iterable[Quarantined], allow: frozenset[str]) -> None:
    fired = dict.fromkeys(
        f"{one.home.name}: trigger {text}"
        for one in found
        if one.home is not None and one.obstacle is None
        for text in one.home.triggers
    )
    if fired and FIRES_TRIGGERS.id not in allow:
        raise Refused(
            f"{FIRES_TRIGGERS.id}: {'; '.join(fired)}",
            rule=HAZARD_NOT_ACCEPTED,
            hint=f"read the functions; then run the same command again with --allow {FIRES_TRIGGERS.id}",
        )


def _immovable(one: Quarantined) -> RestoredRows:
    reason = one.obstacle or "unknown"
    return RestoredRows(
        candidate=one, moved=0, misfits=(Misfit(reason=reason, count=one.rows.count or 0, keys=NOTHING),)
    )


@dataclass(slots=True, kw_only=True)
class _Run:
    """One run, with one id, whose entries are written to the journal if there is one."""

    session: Session
    lock: RunLock
    options: QuarantineOptions
    clock: Clock
    emit: Callable[[Quarantined, int], None]
    journal: Journal | None = None

    def carry_out(self, found: Sequence[Quarantined]) -> list[RestoredRows]:
        policy = self.options.policy
        limits = limits_for(ExecutionClass.BATCHED, lock_timeout=policy.lock_timeout, max_build=policy.max_build)
        set_limits(self.session.connection, limits)
        at = JournalAt(schema=policy.journal_schema, trusted_roles=self.options.trusted_roles)
        self.journal = existing_journal(self.session, at, self.clock.new_id(), _NAME, policy.lock_timeout)
        self._write(RUN_STEP, "started")
        error: str | None = "interrupted"
        try:
            done = self._rounds(found)
            error = None
        except ReconcileError as failure:
            error = failure.message
            raise
        finally:
            with suppress(psycopg.Error, Refused):
                self._write(RUN_STEP, "completed" if error is None else "failed", error=error)
        return done

    def _rounds(self, found: Sequence[Quarantined]) -> list[RestoredRows]:
        """Move rows as long as any can be moved: they may refer to rows that were restored after them."""
        done = {one: _immovable(one) if one.obstacle is not None else self._restore(one) for one in found}
        while again := [one for one in found if one.obstacle is None and done[one].left]:
            moved = {one: self._restore(one) for one in again}
            if not any(one.moved for one in moved.values()):
                break
            done |= {one: replace(last, moved=done[one].moved + last.moved) for one, last in moved.items()}
        return [done[one] for one in found]

    def _write(self, step: str, status: str, *, moved: int | None = None, error: str | None = None) -> None:
        if self.journal is not None:
            details = {"title": _NAME, "outcome": status, "table": self.options.name, "of_run": self.options.run}
            self.journal.write(self.session, step, status, rows_affected=moved, error=error, metadata=details)

    def _restore(self, one: Quarantined) -> RestoredRows:
        """Go through the quarantine table once, from its beginning to its present end."""
        assert one.home is not None
        moving = _Moving(run=self, candidate=one, home=one.home)
        step = f"restore {one.rows.table} to {one.home.name}"
        self._write(step, "started")
        restored = moving.through()
        self._write(step, "completed", moved=restored.moved)
        return restored


@dataclass(slots=True, kw_only=True)
class _Moving:
    """The batches of one candidate."""

    run: _Run
    candidate: Quarantined
    home: HomeTable
    moved: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    keys: dict[str, list[str]] = field(default_factory=dict)

    def through(self) -> RestoredRows:
        session, quarantined = self.run.session, self.candidate.rows
        shape = row_shapes(session, [self.home.name])[shape_key(self.home.name)]
        assert isinstance(shape, RowShape)
        move = move_rows(quarantined, self.home, dict(shape.pairs))
        self._count("the table no longer has a column in which they have a value", self._lossy())
        names = known_names(session, self.home.name)
        pages, first, size = pages_of(session, quarantined.table), 0, _FIRST_PAGES
        while first < pages:
            self.run.lock.check()
            began = self.run.clock.monotonic()
            result = self._send(find_rows(quarantined, self.home, first, size), move)
            took_s = self.run.clock.monotonic() - began
            self.moved += result["moved"]
            for found in result["misfits"]:
                reason = reason_of(found, names, changed=bool(quarantined.written))
                self._count(reason, 1, found["key"])
            first += size
            size = next_size(size, took_s, self.run.options.policy.batch.target, _MOST_PAGES)
            self.run.emit(self.candidate, self.moved)
        misfits = (
            Misfit(reason=reason, count=count, keys=Private(*self.keys.get(reason, ())))
            for reason, count in self.counts.items()
        )
        return RestoredRows(candidate=self.candidate, moved=self.moved, misfits=tuple(misfits))

    def _lossy(self) -> int:
        if not self.home.gone:
            return 0
        return int(one(self.run.session.connection, lossy_rows(self.candidate.rows, self.home))["count"])

    def _count(self, reason: str, count: int, key: str | None = None) -> None:
        if count:
            self.counts[reason] = self.counts.get(reason, 0) + count
        if key is not None and len(self.keys.setdefault(reason, [])) < self.run.options.samples:
            self.keys[reason].append(key)

    def _send(self, find: str, move: str) -> dict[str, Any]:
        """Send a batch until its locks are available."""
        options, clock = self.run.options, self.run.clock
        text = batch_text(
            self.candidate.rows,
            self.home,
            find=find,
            move=move,
            path=options.policy.path_for(self.home.name.schema),
            keys=options.samples > 0,
        )
        deadline = clock.monotonic() + options.policy.max_lock_wait.total_seconds()
        while True:
            try:
                return _result(self.run.session, text)
            except NOT_NOW:
                if clock.monotonic() >= deadline:
                    raise
                clock.sleep(0.5 + clock.chance())
            except psycopg.Error as error:
                if error.sqlstate == OTHER_TABLES:
                    raise Diverged(
                        f"{self.candidate.rows.table} or {self.home.name} was altered meanwhile; "
                        f"rows that have been restored stay",
                        rule=DIVERGED,
                        hint="run the same command again",
                    ) from None
                if self.run.session.connection.closed:
                    raise
                said = server_error(error)
                raise DatabaseError(
                    f"rows of {self.candidate.rows.table} could not be restored: {said}",
                    rule=QUERY_FAILED,
                    hint="rows that have been restored stay; run the same command again",
                    server=said,
                ) from None


def _result(session: Session, text: str) -> dict[str, Any]:
    """Run a batch. Statements that are sent together form one transaction."""
    query = f"{text}; SELECT current_setting('reconcile.restored') AS result"
    cursor = session.connection.execute(to_bytes(query), prepare=False)
    while cursor.nextset():
        pass
    row = cursor.fetchone()
    assert row is not None
    result: dict[str, Any] = json.loads(row["result"])
    return result
