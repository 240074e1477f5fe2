"""Reads the live state of a route's objects, after other sessions have finished building or dropping them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from datetime import timedelta

from reconciler.execution.lock import RunLock
from reconciler.model.clock import Clock
from reconciler.model.definition import Definition
from reconciler.model.errors import StepFailed
from reconciler.model.events import Event, StepWaiting
from reconciler.model.index_facts import IndexStatus
from reconciler.model.names import Key
from reconciler.model.route import Route
from reconciler.model.rules.runs import BUILD_TOO_LONG
from reconciler.model.step import Step
from reconciler.postgres.catalog import CatalogNames, observe

_POLL_S = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Observer:
    """Reads on the connection of the lock.

    No DDL runs on this connection, which would make the driver forget its prepared queries, and each answer proves that
    the lock is still held. `longest` is the maximum time to wait for a build of another session.
    """

    lock: RunLock
    names: CatalogNames
    longest: timedelta
    emit: Callable[[Event], None]
    clock: Clock

    def now(self, keys: Set[Key]) -> Mapping[Key, Definition]:
        """Return the current definitions of these keys."""
        return observe(self.lock.session, keys, self.names)

    def settled(self, keys: Set[Key], waiting: Callable[[Key], Step | None]) -> Mapping[Key, Definition]:
        """Return the definitions of these keys, after no other session builds them, or drops them concurrently.

        `waiting` returns the step that waits for another session. Raises `ConnectionFailed` if the lock is lost, and
        `StepFailed` if the wait takes too long.
        """
        started, reported = self.clock.monotonic(), False
        while True:
            self.lock.check()
            live = self.now(keys)
            running = next((key for key, one in live.items() if _is_building(one)), None)
            if running is None:
                return live
            elapsed = self.clock.monotonic() - started
            if elapsed > self.longest.total_seconds():
                raise _too_long(running)
            if not reported and (step := waiting(running)) is not None:
                reported = True
                reason = f"another session builds or drops {running}; waiting for it to end"
                self.emit(StepWaiting(step=step, reason=reason, elapsed_s=elapsed))
            self.clock.sleep(_POLL_S)


def waiting_step(route: Route, done: int, key: Key) -> Step | None:
    """Return the step that waits while another session builds or drops `key`, after `done` steps of the route.

    It is the first remaining step that changes the object; else the next step, or the last one.
    """
    if not route.steps:
        return None
    changing = (n for n in range(done, len(route.steps)) if _changes(route, n, key))
    return route.steps[next(changing, min(done, len(route.steps) - 1))]


def _changes(route: Route, number: int, key: Key) -> bool:
    before, after = route.states[number].objects, route.states[number + 1].objects
    return before.get(key) != after.get(key)


def _is_building(found: Definition) -> bool:
    return found is not None and found.index_status() is IndexStatus.BUILDING


def _too_long(key: Key) -> StepFailed:
    return StepFailed(
        f"another session has been building or dropping {key} for longer than policy.max_build",
        rule=BUILD_TOO_LONG,
        hint="check pg_stat_progress_create_index, cancel that build or wait for it, then run the same command again",
    )
