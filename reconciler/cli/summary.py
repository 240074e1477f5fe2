"""The summary of a run, counted from its events and printed at its end."""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.cli.output import Reported
from reconciler.cli.planning import Again
from reconciler.model.events import (
    Event,
    RowsChanged,
    RowsLeft,
    RunReplanned,
    RunStarted,
    RunStatus,
    StepCompleted,
    StepFailure,
    StepSkipped,
)
from reconciler.model.names import Key
from reconciler.model.plan import ServerInfo
from reconciler.model.step_id import StepId, Verb
from reconciler.report.text import server_place
from reconciler.report.wording import duration, left_in_quarantine, lines_of, one_line, plural

_EXIT_CODES = {RunStatus.COMPLETED: 0, RunStatus.REFUSED: 3, RunStatus.DIVERGED: 3, RunStatus.INTERRUPTED: 130}
_LABELS = {
    RunStatus.COMPLETED: "",
    RunStatus.REFUSED: "Refused: ",
    RunStatus.DIVERGED: "Refused: ",
    RunStatus.INTERRUPTED: "Interrupted: ",
}

_SHORTEST_WAIT_S = 0.05


class RunStatistics:
    """A listener that counts steps, SQL statements, and the time spent waiting for locks.

    `executed` is the number of statements of completed steps. A run that plans again continues with the remaining
    steps. Steps that are executed in place of a refused one are not steps of the plan, and not counted in `completed`.
    """

    def __init__(self) -> None:
        self.steps = 0
        self._planned: set[StepId] = set()
        self.completed = 0
        self.skipped = 0
        self.failed = 0
        self.executed = 0
        self.lock_wait_s = 0.0
        self.archived_tables: set[Key] = set()
        self.dumped_tables = False
        self.quarantined_rows = 0
        self.cut_off: RowsChanged | None = None
        self.rows_left: dict[str, int] = {}

    def __call__(self, event: Event) -> None:
        match event:
            case RunStarted() | RunReplanned():
                self.steps = self.completed + self.skipped + self.failed + len(event.plan.steps)
                self._planned.update(step.id for step in event.plan.steps)
            case StepCompleted():
                self.completed += event.step.id in self._planned
                self.executed += len(event.step.action.statements)
                self._count_tables(event.step.id)
                self.lock_wait_s += event.lock_wait_s
            case RowsChanged():
                if event.step.archives:
                    self.quarantined_rows += event.rows + event.references_moved
                if event.cut_off and event.rows:
                    self.cut_off = event
            case RowsLeft():
                for reason, count in event.reasons.items():
                    self.rows_left[reason] = self.rows_left.get(reason, 0) + count
            case StepFailure():
                self.failed += 1
            case StepSkipped():
                self.skipped += 1

    @property
    def success_rate(self) -> float:
        """Percentage of statements that succeeded, or 100 if none was sent. A failed step counts as one statement."""
        sent = self.executed + self.failed
        return 100.0 * self.executed / sent if sent else 100.0

    def _count_tables(self, step: StepId) -> None:
        """Remember the tables that are in the archive, and whether one is only in a dump."""
        if step.verb is Verb.ARCHIVE:
            self.archived_tables.add(step.key)
        elif step.verb is Verb.DROP and step.key in self.archived_tables:
            self.archived_tables.remove(step.key)
        self.dumped_tables |= step.verb is Verb.DUMP


def exit_code_of(status: RunStatus) -> int:
    """Return 0 for a completed run, 3 for a refused one, 130 for an interrupted one, else 1."""
    return Reported(_EXIT_CODES.get(status, 1))


def outcome_line(statistics: RunStatistics, status: RunStatus, seconds: float) -> str:
    """`20 of 20 steps completed in 19.4 s (2.1 s waiting for locks).`"""
    label = _LABELS.get(status, "Failed: ")
    done = f"{statistics.completed:,} of {plural(statistics.steps, 'step')} completed"
    already = f", {statistics.skipped:,} already done," if statistics.skipped else ""
    wait = min(statistics.lock_wait_s, seconds)
    waited = f" ({duration(wait)} waiting for locks)" if wait >= _SHORTEST_WAIT_S else ""
    return f"{label}{done}{already} in {duration(seconds)}{waited}."


def render_summary(
    statistics: RunStatistics,
    status: RunStatus,
    message: str,
    seconds: float,
    run_id: str | None,
    server: ServerInfo,
    again: Again = Again(),  # noqa: B008 - a frozen value
    loaded: str = "",
) -> str:
    """Return how the run ended, in which database, and how to continue if it did not complete. `loaded`
    is the id of the run before it that brought the table to the archive."""
    lines = [*_summary(statistics, status, message, seconds, run_id, server, again)]
    if loaded:
        lines.append(
            f"{again.command('reconcile', 'history', loaded)} shows the steps that brought the table to the archive."
        )
    return "\n".join(lines) + "\n"


def _summary(
    statistics: RunStatistics,
    status: RunStatus,
    message: str,
    seconds: float,
    run_id: str | None,
    server: ServerInfo,
    again: Again,
) -> Iterator[str]:
    yield outcome_line(statistics, status, seconds)
    if message:
        # The interruption has already been reported, but not what it left behind.
        yield from lines_of(message)[1 if status is RunStatus.INTERRUPTED else 0 :]
    if statistics.cut_off is not None:
        yield _cut_off(statistics.cut_off, interrupted=status is RunStatus.INTERRUPTED)
    if statistics.quarantined_rows:
        rows = plural(statistics.quarantined_rows, "repaired row")
        listed = again.command("reconcile", "restore", "--quarantine")
        yield f"The quarantine in schema reconcile_archive keeps {rows} as before the repair: {listed} lists them."
    yield from left_in_quarantine(statistics.rows_left)
    if statistics.rows_left:
        keys = again.command("reconcile", "restore", "--quarantine", "TABLE")
        yield f"Correct the rows or the tables, and run the same command again; {keys} also shows keys."
    if statistics.archived_tables:
        listed = again.command("reconcile", "restore")
        yield f"Archived tables are in schema reconcile_archive: {listed} lists them, and brings them back."
    if statistics.dumped_tables:
        listed = again.command("reconcile", "restore")
        yield f"Dumped tables are in the folder of --backup-dir: {listed} lists their files, and brings them back."
    if status is not RunStatus.COMPLETED:
        kept = "Completed steps are kept." if statistics.completed else ""
        known = "the same command again" in message
        more = "" if known else "Run the same command again to continue."
        if kept or more:
            yield " ".join(filter(None, (kept, more)))
    yield one_line(f"{server_place(server)}, as {server.user}.")
    if run_id:
        yield f"{again.command('reconcile', 'history', run_id)} shows each step."


def _cut_off(event: RowsChanged, *, interrupted: bool) -> str:
    """Return how many rows the step that did not end has changed."""
    rows = f"{plural(event.rows, 'row')} {'was' if event.rows == 1 else 'were'}"
    done = "repaired" if event.step.id.verb is Verb.REPAIR else "brought back"
    before = "the interruption" if interrupted else "the failure"
    at_least = "At least " if event.at_least else ""
    return f"{at_least}{rows} {done} before {before}: the next run continues with the rows that are left."
