"""Records the locks that each step of a run takes, and compares them with those that it claims.

The transaction of a step reads its own locks at its end, before it writes to the journal; that of each batch of a
repair does so as well. A concurrent build has no
transaction: another session keeps it waiting, by a snapshot that is older than the build, and reads its locks
meanwhile.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Final

import psycopg
from psycopg import sql

from reconciler.execution.attempt import Probe
from reconciler.model.bound import ANY_TIME
from reconciler.model.events import Event, StepCompleted, StepFailure, StepStarted
from reconciler.model.limits import ExecutionClass
from reconciler.model.locks import LockClaim, LockMode
from reconciler.model.names import ARCHIVE_SCHEMA, TableName
from reconciler.model.rehearsal import LocksTaken
from reconciler.model.step import Step
from reconciler.model.step_id import StepId, Verb
from reconciler.postgres.session import Session, one, rows

_MODES = {mode.pg_locks_mode: mode for mode in LockMode}
_TIME = re.compile(r"(?<=__)[0-9]{8}T[0-9]{6}Z\Z")
_POLL_S = 0.005

_OF_PID = """
    SELECT coalesce(jsonb_agg(DISTINCT jsonb_build_array(relation::int8, mode)), '[]')
      FROM pg_catalog.pg_locks WHERE pid = {pid} AND locktype = 'relation' AND granted"""


def _remember(setting: str) -> str:
    """Return the statement that adds the locks of its own transaction to a setting of the session."""
    locks = _OF_PID.format(pid="pg_backend_pid()")
    return f"SELECT set_config('{setting}', (current_setting('{setting}')::jsonb || ({locks}))::text, false)"


PROBE: Final = Probe(after_locks=(_remember("reconcile.first"),), at_end=(_remember("reconcile.at_end"),))
"""The statements with which a run reads its own locks."""

_FORGET = "SELECT set_config('reconcile.first', '[]', false), set_config('reconcile.at_end', '[]', false)"
_REMEMBERED = "SELECT current_setting('reconcile.first') AS first, current_setting('reconcile.at_end') AS at_end"

_RELATIONS = """
    SELECT c.oid::int8 AS oid, n.nspname::text AS schema, c.relname::text AS name,
           c.relkind IN ('r', 'p', 'm') AS is_table
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p', 'm', 'i', 'I') AND n.nspname !~ '^pg_|^information_schema'"""

_WAITS = """
    SELECT EXISTS (SELECT FROM pg_locks WHERE pid = %(pid)s AND NOT granted AND locktype = 'virtualxid') AS waits"""

_WHILE_WAITING = f"SELECT ({_OF_PID.format(pid='%(pid)s')})::text AS locks"

Locks = frozenset[LockClaim]


def without_included(locks: Iterable[LockClaim]) -> Locks:
    """Return the locks without those that another one on the same relation includes."""
    found = frozenset(locks)
    return frozenset(
        lock
        for lock in found
        if not any(lock.table == other.table and _conflicts(lock.mode) < _conflicts(other.mode) for other in found)
    )


def _conflicts(mode: LockMode) -> frozenset[LockMode]:
    return frozenset(other for other in LockMode if mode.conflicts_with(other))


def differs(step: Step, taken: Locks) -> bool:
    """Whether a step took other locks than it claims.

    When the last partition of a partition is attached, PostgreSQL locks the parents only while it checks whether
    they are complete: such a lock is released before the end. A repair that finds no row of a table takes fewer
    locks, and those of a staged step are not seen, because the server has released them at its end.
    """
    if step.execution in (ExecutionClass.BATCHED, ExecutionClass.STAGED):
        return not all(any(_includes(claim, lock) for claim in step.locks) for lock in taken)
    missing = without_included(step.locks) - taken
    momentary = step.id.verb is Verb.ATTACH and all(one.mode is LockMode.ACCESS_EXCLUSIVE for one in missing)
    return bool(taken - without_included(step.locks)) or (bool(missing) and not momentary)


def _includes(claim: LockClaim, lock: LockClaim) -> bool:
    return claim.table == lock.table and _conflicts(lock.mode) <= _conflicts(claim.mode)


@dataclass(slots=True, kw_only=True)
class LockRecorder:
    """A listener of a run that was given `PROBE`. `session` is that of the run, `eyes` and `holder` are others.

    `claimed` are the steps to compare with, by their ids; a step that it lacks is compared with its own claims.
    """

    session: Session
    eyes: Session
    holder: Session
    claimed: Mapping[StepId, Step] = field(default_factory=dict)
    differing: list[LocksTaken] = field(default_factory=list)
    completed: list[StepId] = field(default_factory=list)
    _names: dict[int, TableName] = field(default_factory=dict)
    _while_waiting: list[Locks] = field(default_factory=list)
    _ended: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def __call__(self, event: Event) -> None:
        match event:
            case StepStarted(step=step):
                self._begin(self.claimed.get(step.id, step))
            case StepCompleted(step=step):
                self.stop()
                self.completed.append(step.id)
                self.differing += self._differences(self.claimed.get(step.id, step))
            case StepFailure():
                self.stop()
            case _:
                pass

    def _begin(self, step: Step) -> None:
        """Remember the names that relations have before the step."""
        claimed = {claim.table for claim in step.locks}
        found = ((row, _planned_name(row)) for row in rows(self.eyes.connection, _RELATIONS))
        self._names = {row["oid"]: name for row, name in found if row["is_table"] or name in claimed}
        self._while_waiting.clear()
        self.session.connection.execute(_FORGET)
        if step.execution is ExecutionClass.CONCURRENT:
            self._keep_waiting(step.locks[0].table)

    def _keep_waiting(self, table: TableName) -> None:
        connection = self.holder.connection
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        query = sql.SQL("SELECT FROM ONLY {} LIMIT 0").format(sql.Identifier(*table))
        connection.execute(query)
        self._ended.clear()
        self._thread = threading.Thread(target=self._read_while_waiting, name="locks", daemon=True)
        self._thread.start()

    def _read_while_waiting(self) -> None:
        """Read the locks of the build once it waits. A lost connection leaves none, which differs from any claim."""
        connection, pid = self.holder.connection, {"pid": self.session.server.pid}
        with suppress(psycopg.Error):
            while not self._ended.wait(_POLL_S):
                if one(connection, _WAITS, pid)["waits"]:
                    self._while_waiting.append(self._read(one(connection, _WHILE_WAITING, pid)["locks"]))
                    break
        with suppress(psycopg.Error):
            connection.rollback()

    def stop(self) -> None:
        """End the transaction that a build waits for, and its thread."""
        self._ended.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _differences(self, step: Step) -> Iterator[LocksTaken]:
        if step.execution.outside_transaction:
            taken = self._while_waiting[0] if self._while_waiting else frozenset()
        else:
            remembered = one(self.session.connection, _REMEMBERED)
            taken = self._read(remembered["at_end"])
            if step.lock_order:
                first, wanted = self._read(remembered["first"]), without_included(step.lock_order)
                if first != wanted:
                    yield _taken(step, wanted, first, is_first=True)
        if differs(step, taken):
            yield _taken(step, without_included(step.locks), taken)

    def _read(self, text: str) -> Locks:
        locks = ((self._names.get(oid), _MODES.get(mode)) for oid, mode in json.loads(text))
        return without_included(LockClaim(table=name, mode=mode) for name, mode in locks if name and mode)


def _planned_name(row: Mapping[str, Any]) -> TableName:
    """Return the name of a relation as a plan has it, which does not know the time in names of the archive."""
    name = row["name"]
    if row["schema"] == ARCHIVE_SCHEMA:
        name = _TIME.sub(ANY_TIME, name)
    return TableName(schema=row["schema"], name=name)


def _taken(step: Step, claimed: Locks, taken: Locks, *, is_first: bool = False) -> LocksTaken:
    return LocksTaken(step=step.id, claimed=_sorted(claimed), taken=_sorted(taken), first=is_first)


def _sorted(locks: Locks) -> tuple[LockClaim, ...]:
    return tuple(sorted(locks, key=lambda lock: (lock.table, lock.mode.value)))


@contextmanager
def recording_locks(session: Session, claimed: Mapping[StepId, Step]) -> Iterator[LockRecorder]:
    """Record the locks of a run on the session; give the recorder to the run as a listener, with `PROBE`."""
    with session.again() as eyes, session.again() as holder:
        recorder = LockRecorder(session=session, eyes=eyes, holder=holder, claimed=claimed)
        try:
            yield recorder
        finally:
            recorder.stop()
