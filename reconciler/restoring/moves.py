"""Goes through a quarantine table in batches, and moves the rows that fit."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import psycopg

from reconciler.execution.lock import RunLock
from reconciler.execution.pace import Pace
from reconciler.execution.repair import next_size
from reconciler.execution.retrying import NOT_NOW
from reconciler.model.clock import Clock
from reconciler.model.errors import DatabaseError, Diverged
from reconciler.model.private import Private
from reconciler.model.repair import RowShape, shape_key
from reconciler.model.rules.connections import QUERY_FAILED
from reconciler.model.rules.dependencies import DIVERGED
from reconciler.postgres.any_bytes import to_bytes
from reconciler.postgres.quarantine import row_shapes
from reconciler.postgres.repairs import OTHER_TABLE, pages_of
from reconciler.postgres.server_error import server_error
from reconciler.postgres.session import SESSION_ENDED, Session, one
from reconciler.restoring.batch import FOREIGN_KEY_VIOLATION, batch_text
from reconciler.restoring.home import HomeTable
from reconciler.restoring.misfits import Misfit, known_names, reason_of
from reconciler.restoring.rows import Quarantined, QuarantineOptions, RestoredRows
from reconciler.restoring.statements import find_rows, lossy_rows, move_rows, rows_left

_FIRST_PAGES, _MOST_PAGES = 4, 128


@dataclass(slots=True, kw_only=True)
class Moves:
    """The batches of rows that go back to one table."""

    session: Session
    lock: RunLock
    options: QuarantineOptions
    clock: Clock
    emit: Callable[[Quarantined, int], None]
    pace: Pace
    candidate: Quarantined
    home: HomeTable
    moved: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    keys: dict[str, list[str]] = field(default_factory=dict)
    referring: set[str] = field(default_factory=set)

    def through(self) -> RestoredRows:
        session, quarantined = self.session, self.candidate.rows
        shape = row_shapes(session, [self.home.name])[shape_key(self.home.name)]
        assert isinstance(shape, RowShape)
        move = move_rows(quarantined, self.home, dict(shape.pairs))
        lossy = self._number(lossy_rows(quarantined, self.home)) if self.home.gone else 0
        self._count("the table no longer has a column in which they have a value", lossy)
        names = known_names(session, self.home.name)
        pages, first, size = pages_of(session, quarantined.table), 0, _FIRST_PAGES
        while first < pages:
            self.lock.check()
            self.pace.before_batch(quarantined.table)
            began = self.clock.monotonic()
            result = self._send(find_rows(quarantined, self.home, first, size), move)
            took_s = self.clock.monotonic() - began
            self.moved += result["moved"]
            for found in result["misfits"]:
                reason = reason_of(found, names, changed=bool(quarantined.written))
                self._count(reason, 1, found["key"])
                if found["sqlstate"] == FOREIGN_KEY_VIOLATION:
                    self.referring.add(reason)
            first += size
            size = next_size(size, took_s, self.options.policy.batch.target, _MOST_PAGES)
            self.emit(self.candidate, self.moved)
        skipped = self._number(rows_left(quarantined)) - sum(self.counts.values())
        self._count("another session has locked them", skipped)
        misfits = (
            Misfit(
                reason=reason,
                count=count,
                keys=Private(*self.keys.get(reason, ())),
                may_fit_later=reason in self.referring,
            )
            for reason, count in self.counts.items()
        )
        return RestoredRows(candidate=self.candidate, moved=self.moved, misfits=tuple(misfits))

    def _number(self, query: str) -> int:
        return int(one(self.session.connection, query)["count"])

    def _count(self, reason: str, count: int, key: str | None = None) -> None:
        if count > 0:
            self.counts[reason] = self.counts.get(reason, 0) + count
        if key is not None and len(self.keys.setdefault(reason, [])) < self.options.samples:
            self.keys[reason].append(key)

    def _send(self, find: str, move: str) -> dict[str, Any]:
        """Send a batch until its locks are available."""
        options, clock = self.options, self.clock
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
                return _result(self.session, text)
            except NOT_NOW:
                if clock.monotonic() >= deadline:
                    raise
                clock.sleep(0.5 + clock.chance())
            except psycopg.Error as error:
                if error.sqlstate == OTHER_TABLE:
                    raise Diverged(
                        f"{self.candidate.rows.table} or {self.home.name} was altered in between; "
                        f"rows that have been restored stay",
                        rule=DIVERGED,
                        hint="run the same command again",
                    ) from None
                if self.session.connection.closed or isinstance(error, SESSION_ENDED):
                    raise
                failure = server_error(error)
                raise DatabaseError(
                    f"rows of {self.candidate.rows.table} could not be restored: {failure}",
                    rule=QUERY_FAILED,
                    hint="rows that have been restored stay; run the same command again",
                    server=failure,
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
