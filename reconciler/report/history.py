"""Renders the journal for people and programs: the runs, or the steps of one run."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from reconciler.model.as_json import as_json
from reconciler.model.journal import RUN_STEP, seconds_taken, view_definition
from reconciler.model.names import JOURNAL_TABLE, display
from reconciler.model.repair import QUARANTINED_ROWS
from reconciler.model.step_id import Verb
from reconciler.report.json import dumps
from reconciler.report.page import fold, folded
from reconciler.report.theme import PLAIN, Theme
from reconciler.report.wording import duration, enumerate_words, lines_of, one_line, plural

if TYPE_CHECKING:
    from reconciler.execution.journal import Entry, Run
    from reconciler.restoring.trim import Trimmed

FORMAT_VERSION = 1

_ROLES = {
    "completed": "good",
    "failed": "refused",
    "interrupted": "hazard",
    "started": "hazard",
    "running": "hazard",
    "unfinished": "hazard",
}


_COLUMNS = ("RUN", "COMMAND", "STARTED (UTC)", "STATUS", "TOOK", "DONE", "FAILED", "SKIPPED", "BY", "MIGRATION")
_SHORT_ID = 8
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
NOTHING = "–"
"""The cell of a table in which there is nothing to say."""
_NARROWEST = 20
"""Minimum width of the last column of a table."""


def render_runs_text(
    runs: Sequence[Run], theme: Theme = PLAIN, *, width: int | None = None, schema: str = "public"
) -> str:
    """Render one line per run, newest first as given. `schema` is the schema in which the journal was searched.

    If a line does not fit into `width` columns, ids are cut to a unique prefix, and then the last columns are omitted,
    which the last line names.
    """
    if not runs:
        where = one_line(f"schema {display(schema)}")
        return f"Nothing has been applied yet: {where} has no {JOURNAL_TABLE}, or no run is recorded there.\n"
    header: tuple[str, ...] = _COLUMNS
    rows: list[tuple[str, ...]] = [
        (
            run.run_id,
            (f"{run.command} of {run.undoes[:_SHORT_ID]}" if run.undoes else run.command) or NOTHING,
            f"{run.started_at.astimezone(UTC):%Y-%m-%d %H:%M:%S}",
            run.status,
            duration(run.duration_s) if run.duration_s is not None else NOTHING,
            str(run.completed),
            str(run.failed),
            str(run.skipped),
            f"{run.user}@{run.host}" if run.host else run.user,
            run.migration_name,
        )
        for run in runs
    ]
    if width is not None and _needed(header, rows) > width:
        rows = _with_short_ids(rows, 0)
        while _needed(header, rows) > width and len(header) > _NEEDED_COLUMNS:
            header, rows = header[:-1], [row[:-1] for row in rows]
    table = table_text(header, rows, status_column=3, theme=theme)
    last = f"{plural(len(runs), 'run')}, newest first."
    if omitted := _COLUMNS[len(header) :]:
        last += f" Too wide for this terminal: {enumerate_words(omitted)}; `--format json` has all columns."
    return f"{table}{folded(last, width)}\n"


def _with_short_ids(rows: Sequence[tuple[str, ...]], column: int) -> list[tuple[str, ...]]:
    """Return the rows with the ids of runs in a column cut to a prefix that no other id has."""
    ids = {one for row in rows for one in _ID.findall(row[column])}
    size = next(size for size in range(_SHORT_ID, 65) if len({one[:size] for one in ids}) == len(ids))
    return [(*row[:column], _ID.sub(lambda one: one[0][:size], row[column]), *row[column + 1 :]) for row in rows]


_NEEDED_COLUMNS = 4
"""The columns that are never omitted: id, command, start and status."""


def _needed(header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> int:
    """Return the width of a table, whose columns are separated by two spaces."""
    columns = zip(header, *rows, strict=True)
    return sum(max(len(one_line(cell)) for cell in column) + 2 for column in columns) - 2


def render_entries_text(entries: Sequence[Entry], theme: Theme = PLAIN, *, width: int | None = None) -> str:
    """Render one line per step, in the order in which they began, followed by the message if the step failed, by the
    rows that it left in the quarantine, and by the statements that create a view if the step dropped it.

    Titles of steps and messages are folded to `width` columns, if given.
    """
    if not entries:
        return "The journal has no such run.\n"
    pairs = _steps(entries)
    shape = "%H:%M:%S" if len({_utc(entry).date() for entry in entries}) == 1 else "%Y-%m-%d %H:%M:%S"
    lines = _rows(
        ("TIME", "TOOK", "STATUS", "ROWS", "STEP"),
        [
            (
                _utc(first).strftime(shape),
                _took(first, last),
                last.status,
                "" if last.rows_affected is None else str(last.rows_affected),
                str(last.metadata.get("title") or last.step_name),
            )
            for first, last in pairs
        ],
        status_column=2,
        theme=theme,
        width=width,
    )
    output = [folded(_heading(entries[0]), width), lines[0]]
    for line, (_, last) in zip(lines[1:], pairs, strict=True):
        output.append(line)
        output += [folded(f"    {line}", width) for line in _rows_left(last.metadata)]
        if last.status == "completed":
            for statement in view_definition(last.metadata):
                output += [f"    {line}" for line in lines_of(f"{statement};")]
        if last.status == "started" and _has_batches(last):
            output.append(folded(f"    {_UNCOUNTED}", width))
        if last.error_message:
            output += [folded(f"    {line}", width) for line in lines_of(last.error_message)]
    steps = [entry for entry in entries if entry.step_name != RUN_STEP]
    failed = sum(entry.status == "failed" for entry in steps)
    completed = sum(entry.status == "completed" for entry in steps)
    output.append(
        folded(f"{entries[0].migration_name}: {plural(completed, 'step')} completed, {failed} failed.", width)
    )
    return "\n".join(output) + "\n"


_UNCOUNTED = (
    "complete batches are kept and not counted here: the run is active, was killed or lost its connection; "
    "`reconcile restore --quarantine` lists the rows that each run moved to the quarantine"
)


def _rows_left(metadata: Mapping[str, Any]) -> Iterator[str]:
    """Yield how many rows a step left in the quarantine, and why. Anybody may have written the entry."""
    left = metadata.get("left")
    for reason, count in left.items() if isinstance(left, dict) else ():
        if isinstance(count, int):
            yield one_line(f"{plural(count, 'row')} left: {reason}")


def _has_batches(entry: Entry) -> bool:
    """Whether the step repairs rows or brings them back. Anybody may have written the entry."""
    step = entry.metadata.get("step")
    of_rows = isinstance(step, dict) and (step.get("verb") == Verb.REPAIR or step.get("kind") == QUARANTINED_ROWS)
    return of_rows or (entry.step_name != RUN_STEP and "of_run" in entry.metadata)


def _heading(entry: Entry) -> str:
    """Return `Run 6f2c1b9e…, 2026-01-02 UTC, as joe on db-1`, with the parts that the journal has."""
    run, user, host, undoes = (entry.metadata.get(name) for name in ("run_id", "user", "host", "undoes"))
    who = f", as {user}" if user else ""
    undone = f", undoes run {undoes}" if undoes else ""
    return one_line(f"Run {run or '–'}, {_utc(entry).date()} UTC{who}{f' on {host}' if host else ''}{undone}")


def _steps(entries: Sequence[Entry]) -> list[tuple[Entry, Entry]]:
    """Return the first and the last entry of each attempt of a step: they are the same if it has only one."""
    found: list[tuple[Entry, Entry]] = []
    running: dict[str, int] = {}
    for entry in entries:
        began = entry.status == "started"
        if entry.step_name in running and not (began and entry.step_name != RUN_STEP):
            number = running[entry.step_name] if began else running.pop(entry.step_name)
            found[number] = (found[number][0], found[number][0] if began else entry)
            continue
        if began:
            running[entry.step_name] = len(found)
        found.append((entry, entry))
    return found


def _took(first: Entry, last: Entry) -> str:
    """Return the duration of a step: the one that its entry has, or the time between its entries."""
    if first is last:
        return NOTHING
    return duration(seconds_taken(last.metadata, first.executed_at, last.executed_at))


def _utc(entry: Entry) -> datetime:
    return entry.executed_at.astimezone(UTC)


def render_runs_json(runs: Sequence[Run]) -> str:
    """Render the runs as JSON."""
    return dumps({"format_version": FORMAT_VERSION, "runs": [as_json(run) for run in runs]})


def render_entries_json(entries: Sequence[Entry]) -> str:
    """Render the entries of one run as JSON."""
    return dumps({"format_version": FORMAT_VERSION, "entries": [as_json(entry) for entry in entries]})


def render_trimmed_text(trimmed: Trimmed) -> str:
    """Render what a trim deleted, and what it kept and why."""
    lines = [f"Deleted {plural(trimmed.entries, 'entry', 'entries')} of {plural(trimmed.runs, 'run')}."]
    lines += [
        f"Kept {plural(count, 'older run')}: each {reason}." for reason, count in sorted(trimmed.kept.items())
    ]
    if trimmed.readings:
        lines.append(f"Deleted {plural(trimmed.readings, 'reading')} of the use of tables.")
    return "\n".join(lines) + "\n"


def render_trimmed_json(trimmed: Trimmed) -> str:
    """Render the same as JSON."""
    return dumps({"format_version": FORMAT_VERSION, "trimmed": as_json(trimmed)})


RUN_FORMATS: dict[str, Callable[[Sequence[Any]], str]] = {"text": render_runs_text, "json": render_runs_json}
ENTRY_FORMATS: dict[str, Callable[[Sequence[Any]], str]] = {
    "text": render_entries_text,
    "json": render_entries_json,
}


def table_text(
    header: tuple[str, ...], rows: Sequence[tuple[str, ...]], *, status_column: int = 0, theme: Theme = PLAIN
) -> str:
    """Return aligned rows below their header."""
    return "\n".join(_rows(header, rows, status_column=status_column, theme=theme)) + "\n"


def list_text(header: tuple[str, ...], rows: Sequence[tuple[str, ...]], width: int | None) -> str:
    """Return a table. If it does not fit into `width` columns, the ids of its runs are cut to a unique prefix; if it
    still does not, return a block of lines for each row: its first cell, and below it the others with the names of
    their columns, without those that are a dash."""
    if width is not None and "RUN" in header and _needed(header, rows) > width:
        short = _with_short_ids(rows, header.index("RUN"))
        rows = short if _needed(header, short) <= width else rows
    if width is None or _needed(header, rows) <= width:
        return table_text(header, rows)
    lines = []
    for first, *others in rows:
        named = zip(header[1:], others, strict=True)
        lines += [first, *(f"    {name.lower()}: {cell}" for name, cell in named if cell != NOTHING)]
    return "".join(f"{folded(one_line(line), width)}\n" for line in lines)


def _rows(
    header: tuple[str, ...],
    rows: Sequence[tuple[str, ...]],
    *,
    status_column: int,
    theme: Theme,
    width: int | None = None,
) -> list[str]:
    """Return the aligned header and rows. If the last cell is too long for `width`, it is folded inside its column."""
    plain_rows = [header, *(tuple(one_line(cell) for cell in row) for row in rows)]
    widths = [max(len(row[i]) for row in plain_rows) for i in range(len(header))]
    before_last = sum(widths[:-1]) + 2 * (len(header) - 1)
    lines = []
    for number, row in enumerate(plain_rows):
        last = [row[-1]] if width is None else fold(row[-1], max(width - before_last, _NARROWEST))
        cells = [cell.ljust(room) for cell, room in zip(row, widths, strict=True)]
        cells[-1] = ("\n" + " " * before_last).join(last)
        if number:
            cells[status_column] = theme(_ROLES.get(row[status_column], ""), cells[status_column])
        lines.append("  ".join(cells).rstrip())
    return lines
