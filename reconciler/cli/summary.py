"""What a run came to, counted from its events and told at the end."""

from __future__ import annotations

from reconciler.model.events import Event, RunStarted, RunStatus, StepCompleted, StepFailed, StepSkipped
from reconciler.model.plan import ServerInfo
from reconciler.report.text import server_place
from reconciler.report.wording import duration, lines_of, one_line

_EXIT_CODES = {RunStatus.COMPLETED: 0, RunStatus.DIVERGED: 3, RunStatus.INTERRUPTED: 130}


class Tally:
    """A listener that counts SQL statements: those of completed steps, and one for each step that failed."""

    def __init__(self) -> None:
        self.planned = 0
        self.executed = 0
        self.failed = 0
        self.skipped = 0

    def __call__(self, event: Event) -> None:
        match event:
            case RunStarted():
                self.planned = sum(len(step.statements) for step in event.plan.steps)
            case StepCompleted():
                self.executed += len(event.step.statements)
            case StepFailed():
                self.failed += 1
            case StepSkipped():
                self.skipped += len(event.step.statements)

    @property
    def success_rate(self) -> float:
        """Percent of the statements that were sent; 100 if none was."""
        sent = self.executed + self.failed
        return 100.0 * self.executed / sent if sent else 100.0


def exit_code_of(status: RunStatus) -> int:
    """0 for a completed run, 3 for one that was refused on the way, 130 for an interrupted one, else 1."""
    return _EXIT_CODES.get(status, 1)


def render_summary(
    tally: Tally, status: RunStatus, message: str, seconds: float, run_id: str | None, server: ServerInfo
) -> str:
    """The run as a small table, and how to go on where it did not complete."""
    rows = [
        ("Database", one_line(server_place(server).removeprefix("Database ") + f", as {server.user}")),
        ("Statements executed", str(tally.executed)),
        ("Success rate", f"{tally.success_rate:.1f}%"),
        ("Failed", str(tally.failed)),
        ("Time", duration(seconds)),
        ("Status", status.value),
    ]
    if tally.skipped:
        rows.insert(4, ("Already there", str(tally.skipped)))
    lines = [f"{label:<21}{value}" for label, value in rows]
    if message:
        lines += lines_of(message)
    if status is not RunStatus.COMPLETED:
        lines.append("What is done stays done: run `reconcile apply` again to go on from there.")
    if run_id:
        lines.append(f"`reconcile history {run_id}` shows each step.")
    return "\n".join(lines) + "\n"
