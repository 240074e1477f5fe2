"""Operations that are killed at a drawn moment: by SIGKILL of their process, or by ending one of their backends.

An operation runs in a process forked from one that has imported everything, and sends a signal at each of its moments.
"""

from __future__ import annotations

import enum
import multiprocessing
import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection

from reconciler.model.errors import ReconcileError
from tests.execution.kills import FORKSERVER, wait_for_the_dead
from tests.execution.support import session

Operation = Callable[[str, Callable[..., None]], str | None]
"""Acts on the database with this URL; calls the function at each of its moments. Returns why it was not completed."""

_SLOWEST_S = 120
_BACKENDS = """
    SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'reconcile' ORDER BY 1"""


class Way(enum.StrEnum):
    """What is killed: the process of the client, or one of its backends."""

    PROCESS = "process"
    BACKEND = "backend"


@dataclass(slots=True, kw_only=True)
class Killer:
    """Kills operations, and counts how often. A name stands for operations that are alike: `moments` has their
    number of moments, from which the next one is drawn."""

    url: str
    chance: random.Random
    moments: dict[str, int] = field(default_factory=dict)
    kills: Counter[tuple[str, str]] = field(default_factory=Counter)

    def completes(self, name: str, operation: Operation) -> bool:
        """Run the operation, and kill it at a drawn moment, unless it ends before. Return whether it has completed."""
        way = self.chance.choice(list(Way))
        at = self.chance.randint(1, self.moments.get(name, 8))
        delay_s = self.chance.choice([0.0, self.chance.expovariate(200), self.chance.uniform(0, 0.15)])
        receiver, sender = multiprocessing.Pipe(duplex=False)
        process = FORKSERVER.Process(target=_carry_out, args=(operation, self.url, sender))
        process.start()
        sender.close()
        ended, seen = self._wait(receiver, at)
        killed = False
        if ended is None:
            time.sleep(delay_s)
            killed = self._kill(process, way)
            ended, more = self._wait(receiver, None)
            seen += more
        process.join(_SLOWEST_S)
        assert process.exitcode in (0, -signal.SIGKILL), process.exitcode
        if process.exitcode:
            wait_for_the_dead(self.url)
        self.moments[name] = max(self.moments.get(name, 1), seen)
        if ended == "":
            return True
        assert killed, f"{name} has not completed: {ended}"
        self.kills[name, way] += 1
        return False

    def _wait(self, receiver: Connection, at: int | None) -> tuple[str | None, int]:
        """Return how the operation has ended, None if it has not yet or was killed; and the number of its moments."""
        seen = 0
        while at is None or seen < at:
            assert receiver.poll(_SLOWEST_S), "the operation does not end"
            try:
                ended = receiver.recv()
            except EOFError:
                return None, seen
            if ended is not None:
                return str(ended), seen
            seen += 1
        return None, seen

    def _kill(self, process: multiprocessing.process.BaseProcess, way: Way) -> bool:
        """Kill, and return whether there was anything left to kill."""
        if way is Way.PROCESS:
            process.kill()  # type: ignore[attr-defined]
            return True
        with session(self.url) as other:
            backends = [pid for (pid,) in other.execute(_BACKENDS)]
            if not backends:
                return False
            found = other.execute(
                "SELECT pg_terminate_backend(%s, 5000)", [self.chance.choice(backends)]
            ).fetchone()
            return bool(found and found[0])


def _carry_out(operation: Operation, url: str, sender: Connection) -> None:
    """Send None at each moment, and at the end an empty text, or why the operation was not completed."""
    try:
        ended = operation(url, lambda *_: sender.send(None)) or ""
    except ReconcileError as error:
        ended = f"{type(error).__name__}: {error}"
    sender.send(ended)
