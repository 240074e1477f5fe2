"""The pauses between two batches of rows, each with its reason."""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from math import isinf

from reconciler.execution.window import refuse_outside
from reconciler.model.clock import Clock
from reconciler.model.errors import StepFailed
from reconciler.model.names import TableName
from reconciler.model.rules.runs import REPLICA_LAG
from reconciler.model.window import Window
from reconciler.postgres.repairs import autovacuum_of, replica_lag_s
from reconciler.postgres.session import Session

_POLL_S = 1.0


class PauseReason(enum.StrEnum):
    """Why batches pause: a standby is too far behind, or an autovacuum works on the table."""

    REPLICA_LAG = "replica lag"
    AUTOVACUUM = "autovacuum"


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseCheck:
    """Reads the present reason to pause, as text for people; None if there is none."""

    reason: PauseReason
    read: Callable[[TableName], str | None]


def pause_checks(session: Session, max_replica_lag: timedelta) -> tuple[PauseCheck, ...]:
    """Return all reasons for a pause; `session` reads them."""

    def lagging(_table: TableName) -> str | None:
        lag_s = replica_lag_s(session)
        if lag_s <= max_replica_lag.total_seconds():
            return None
        how = "still catching up" if isinf(lag_s) else f"{lag_s:.0f} s behind"
        return f"a standby is {how} (policy.max_replica_lag)"

    def vacuumed(table: TableName) -> str | None:
        pid = autovacuum_of(session, table)
        return None if pid is None else f"process {pid} vacuums {table}"

    return (
        PauseCheck(reason=PauseReason.REPLICA_LAG, read=lagging),
        PauseCheck(reason=PauseReason.AUTOVACUUM, read=vacuumed),
    )


@dataclass(slots=True, kw_only=True)
class Pace:
    """Pauses before a batch while there is a reason. It checks at most once per second.

    `longest` limits all pauses for one reason: then an autovacuum is no longer a reason, and replica lag ends the run.
    The end of the `window` ends the run. `say` gets the reason of a pause, and the seconds since it began.
    """

    checks: tuple[PauseCheck, ...]
    longest: timedelta
    say: Callable[[str, float], None]
    check: Callable[[], None]
    clock: Clock
    window: Window | None = None
    checked_at_s: float | None = None

    def before_batch(self, table: TableName) -> None:
        """Pause as long as necessary. Raises `StepFailed` if a standby does not catch up, and `Refused` outside the
        window."""
        now = self.clock.monotonic()
        if self.checked_at_s is not None and now - self.checked_at_s < _POLL_S:
            return
        refuse_outside(self.window, self.clock.now())
        for check in self.checks:
            self._wait(check, table)
        self.checked_at_s = self.clock.monotonic()

    def _wait(self, check: PauseCheck, table: TableName) -> None:
        began, reported = self.clock.monotonic(), False
        while (text := check.read(table)) is not None:
            elapsed = self.clock.monotonic() - began
            if elapsed >= self.longest.total_seconds():
                if check.reason is PauseReason.AUTOVACUUM:
                    return
                raise StepFailed(
                    f"paused for {elapsed:.0f} s: {text}",
                    rule=REPLICA_LAG,
                    hint=REPLICA_LAG.remedy,
                )
            if not reported:
                reported = True
                self.say(f"paused for {check.reason}: {text}", elapsed)
            self.clock.sleep(_POLL_S)
            self.check()
