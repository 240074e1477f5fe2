"""Runs that are killed at a chosen moment of a step: by SIGKILL of their process, or by ending their backend."""

from __future__ import annotations

import contextlib
import enum
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import psycopg

import reconciler
from reconciler.execution.result import ApplyResult
from reconciler.model.errors import ConnectionFailed
from reconciler.model.events import Event, StepCompleted, StepStarted
from reconciler.model.names import is_temporary
from reconciler.model.options import DEFAULTS, Options
from reconciler.model.state import DesiredState
from reconciler.model.step import Step
from reconciler.model.step_id import StepId, Verb
from tests.execution.support import session, wait_until
from tests.servers import NIGHTLY

STRIDE = 1 if NIGHTLY else 6
"""Number of steps between two kills of a run, because a chain of about forty runs takes long."""

FORKSERVER = multiprocessing.get_context("forkserver")
FORKSERVER.set_forkserver_preload(
    [
        __name__,
        "tests.execution.drawn_kills",
        "tests.execution.operations",
        "reconciler.execution.undo",
        "reconciler.restoring.restore",
        "sqlglot",
        "deepdiff",
    ]
)

_OF_THE_RUN = """
    SELECT pid FROM pg_stat_activity
     WHERE datname = current_database() AND application_name = 'reconcile' AND query LIKE '%migration_log%'"""
_STUCK = {
    # Its statements are done; the entry in the same transaction waits for the journal.
    "journal": "SELECT FROM pg_locks WHERE relation = 'migration_log'::regclass AND NOT granted",
    # A concurrent build or drop waits for a transaction that uses the table.
    "table": "SELECT FROM pg_locks WHERE locktype = 'virtualxid' AND NOT granted",
}


class Moment(enum.StrEnum):
    """When the run is killed. `unlogged` is after the statements and before the journal's entry for them."""

    BEFORE = "before"
    WAITING = "waiting"
    UNLOGGED = "unlogged"
    AFTER = "after"


Kill = Callable[[Sequence[Path], str, Moment, Collection[str]], str | None]


def kill_again_and_again(
    kill: Kill, files: Sequence[Path], url: str, moment: Moment, steps: Sequence[Step], stride: int = STRIDE
) -> None:
    """Kill a run at every `stride`-th of its steps; each run continues after the previous one."""
    if moment is Moment.WAITING:
        steps = [step for step in steps if step.execution.outside_transaction]
    # Each moment begins at another step.
    chosen = steps[list(Moment).index(moment) % stride :: stride] or steps[:1]
    wanted = [_names_in_next_plans(step) for step in chosen]
    others = {name for step in steps for name in _names_in_next_plans(step)}.difference(*wanted)
    hits: set[str] = set()
    while (hit := kill(files, url, moment, others | hits)) is not None:
        hits.add(hit)
    # Where an interim object is gone, the next plan creates the final one at once.
    needed = [names for names, step in zip(wanted, chosen, strict=True) if not _may_be_skipped(step.id)]
    assert [names for names in needed if not names & hits] == []


def _may_be_skipped(step: StepId) -> bool:
    return step.interim or is_temporary(step.key.name)


def _names_in_next_plans(step: Step) -> set[str]:
    """Return the names of a step in the plans after an interrupted run.

    A missing comment is an alteration of the object in the next plan; a NOT VALID constraint is an object of the next
    plan; an object that has a temporary name is created in the next plan, out of that one.
    """
    other = {Verb.COMMENT: Verb.ALTER, Verb.ALTER: Verb.CREATE}.get(step.id.verb)
    also = other.of(step.id.key) if other else replace(step.id, after=None)
    return {str(step.id), str(also)}


@dataclass
class Killer:
    """A listener that kills once, at one moment of the first step that is not in `spared`.

    It records the step in `hit`.
    """

    url: str
    moment: Moment
    spared: Collection[str]
    kill: Callable[[int], None]
    hit: Callable[[str], None]
    _pid: int = 0
    _victim: str = ""
    _threads: list[threading.Thread] = field(default_factory=list)

    def __call__(self, event: Event) -> None:
        if isinstance(event, StepStarted) and not self._victim and self._suits(event.step):
            self._victim = str(event.step.id)
            with session(self.url) as eyes:
                ((self._pid,),) = eyes.execute(_OF_THE_RUN.encode()).fetchall()
            match self.moment:
                case Moment.BEFORE:
                    self._strike()
                case Moment.UNLOGGED:
                    self._obstruct("journal", "LOCK TABLE migration_log IN SHARE MODE")
                case Moment.WAITING:
                    self._obstruct("table", f"LOCK TABLE {event.step.locks[0].table} IN ROW EXCLUSIVE MODE")
        elif (
            isinstance(event, StepCompleted) and str(event.step.id) == self._victim and self.moment is Moment.AFTER
        ):
            self._strike()

    def join(self) -> None:
        for thread in self._threads:
            thread.join()

    def _suits(self, step: Step) -> bool:
        concurrent = step.execution.outside_transaction
        return str(step.id) not in self.spared and (concurrent or self.moment is not Moment.WAITING)

    def _strike(self) -> None:
        self.hit(self._victim)
        self.kill(self._pid)

    def _obstruct(self, where: str, statement: str) -> None:
        holder: psycopg.Connection[Any] = psycopg.connect(self.url, autocommit=True)
        holder.execute("BEGIN")
        holder.execute(statement.encode())
        thread = threading.Thread(target=partial(self._strike_when_stuck, where, holder))
        self._threads.append(thread)
        thread.start()

    def _strike_when_stuck(self, where: str, holder: psycopg.Connection[Any]) -> None:
        with session(self.url) as eyes:
            wait_until(lambda: eyes.execute(_STUCK[where].encode()).fetchone() is not None, f"a {where} lock")
            self._strike()
        holder.close()


def _terminate(url: str, pid: int) -> None:
    with session(url) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])


def kill_backend(
    files: Sequence[Path],
    url: str,
    moment: Moment,
    spared: Collection[str],
    expected: Mapping[str, Any] | None = None,
    require_digest: str | None = None,
    options: Options = DEFAULTS,
) -> str | None:
    """Apply, and end the backend of the run; return the id of the step at which it ended, or None if the run completed.

    `expected` is the content of a plan file, `require_digest` the digest of a plan.
    """
    state = reconciler.load(files)
    more: Mapping[str, Any] = {"expected": expected, "require_digest": require_digest, "options": options}
    return _kill_backend(partial(reconciler.apply, state, url, **more), url, moment, spared)


def kill_undo(
    run: str, base: DesiredState, url: str, moment: Moment, spared: Collection[str], options: Options
) -> str | None:
    """Like `kill_backend`, for the undo of a run."""
    return _kill_backend(partial(reconciler.undo, run, base, url, options=options), url, moment, spared)


def _kill_backend(
    begin: Callable[..., ApplyResult], url: str, moment: Moment, spared: Collection[str]
) -> str | None:
    hits: list[str] = []
    killer = Killer(url=url, moment=moment, spared=spared, kill=partial(_terminate, url), hit=hits.append)
    try:
        result = begin(approve=lambda _: True, listeners=[killer])
        error = result.error
        assert not result.plan.refusals, [refusal.cause for refusal in result.plan.refusals]
    except ConnectionFailed as lost:
        error = lost
    finally:
        killer.join()
    assert (error is not None) == bool(hits), error
    assert error is None or isinstance(error, ConnectionFailed), error
    if hits:
        wait_for_the_dead(url)
    return hits[0] if hits else None


def kill_process(files: Sequence[Path], url: str, moment: Moment, spared: Collection[str]) -> str | None:
    """Like `kill_backend`, but in another process, which is killed by SIGKILL."""
    receiver, sender = FORKSERVER.Pipe(duplex=False)
    process = FORKSERVER.Process(target=_die, args=(files, url, moment, spared, sender))
    process.start()
    sender.close()
    process.join(60)
    hit: str | None = None
    with contextlib.suppress(EOFError):
        hit = receiver.recv()
    assert process.exitcode == (-signal.SIGKILL if hit else 0), process.exitcode
    if hit:
        wait_for_the_dead(url)
    return hit


def _die(files: Sequence[Path], url: str, moment: Moment, spared: Collection[str], sender: Connection) -> None:
    killer = Killer(
        url=url,
        moment=moment,
        spared=spared,
        kill=lambda _: os.kill(os.getpid(), signal.SIGKILL),
        hit=sender.send,
    )
    result = reconciler.apply(reconciler.load(files), url, approve=lambda _: True, listeners=[killer])
    assert result.error is None, result.message
    assert not result.plan.refusals, [refusal.cause for refusal in result.plan.refusals]


def wait_for_the_dead(url: str) -> None:
    """Wait until the server has noticed the killed client, and has released its advisory lock."""
    free = "SELECT FROM pg_locks WHERE locktype = 'advisory' AND database = " + (
        "(SELECT oid FROM pg_database WHERE datname = current_database())"
    )
    with session(url) as eyes:
        wait_until(lambda: eyes.execute(free.encode()).fetchone() is None, "the advisory lock to go")


def killed_client(files: Sequence[Path], url: str, moment: Callable[[], int]) -> int:
    """Apply in a process that is killed by SIGKILL when `moment` returns; return its result."""
    process = FORKSERVER.Process(target=_apply, args=(files, url))
    process.start()
    found = moment()
    process.kill()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    wait_for_the_dead(url)
    return found


def _apply(files: Sequence[Path], url: str) -> None:
    reconciler.apply(reconciler.load(files), url, approve=lambda _: True)
