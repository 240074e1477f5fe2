"""Renders what is quarantined, and what became of the rows that were to be restored."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from reconciler.model.names import display
from reconciler.model.time_text import utc_text
from reconciler.report.json import dumps
from reconciler.report.wording import one_line, plural

if TYPE_CHECKING:
    from reconciler.restoring.quarantined import QuarantinedRows
    from reconciler.restoring.rows import Quarantined, RestoredRows

FORMAT_VERSION = 1

_RUNS = 3
"""Number of ids of runs that are shown in text."""


def render_quarantined_text(found: Sequence[Quarantined]) -> str:
    """Return a block for each group of rows that repairs kept in the same way."""
    if not found:
        return "No rows are quarantined.\n"
    return "".join(f"{one_line(line)}\n" for one in found for line in _candidate(one))


def _candidate(one: Quarantined) -> Iterator[str]:
    rows = one.rows
    yield f"{rows.table}: {_counts(rows)} {rows.origin}"
    if rows.since is not None and rows.until is not None:
        first, last = utc_text(rows.since), utc_text(rows.until)
        yield f"    taken: {first}" + ("" if first == last else f" to {last}")
        more = f" and {plural(len(rows.runs) - _RUNS, 'run')} more" if len(rows.runs) > _RUNS else ""
        yield f"    by: {', '.join(rows.runs[:_RUNS])}{more}"
    if rows.written:
        yield f"    in the table: {', '.join(map(display, rows.written))} got new values"
    if one.home is not None:
        yield f"    back to: {one.home.name}"
    if one.obstacle is not None:
        yield f"    cannot be restored: {one.obstacle}"


def _counts(rows: QuarantinedRows) -> str:
    if rows.count is None:
        return "rows (their number is unknown) that violated"
    moved = f"{plural(rows.moved, 'row')} that referred to duplicates through"
    if rows.moved and rows.moved == rows.count:
        return moved
    violating = f"{plural(rows.count - rows.moved, 'row')} that violated"
    return f"{violating}, and {moved}" if rows.moved else violating


def render_restored_text(done: Sequence[RestoredRows], samples: int) -> str:
    """Return what was restored and what was not; with up to `samples` primary keys for each reason."""
    if not done:
        return "No rows are quarantined.\n"
    return "".join(f"{one_line(line)}\n" for one in done for line in _restored(one, samples))


def _restored(one: RestoredRows, samples: int) -> Iterator[str]:
    home = one.candidate.home
    to = "" if home is None else f" to {home.name}"
    yield f"{one.candidate.rows.table}: {plural(one.moved, 'row')} restored{to}"
    for misfit in one.misfits:
        yield f"    {plural(misfit.count, 'row')} left: {misfit.reason}"
        yield from (f"        {key}" for key in misfit.keys.up_to(samples))


def render_quarantined_json(found: Sequence[Quarantined]) -> str:
    return dumps({"format_version": FORMAT_VERSION, "quarantined": [candidate_json(one) for one in found]})


def render_restored_json(done: Sequence[RestoredRows]) -> str:
    """Return the result without any value of a row."""
    return dumps(
        {
            "format_version": FORMAT_VERSION,
            "restored": [
                {
                    **candidate_json(one.candidate),
                    "restored": one.moved,
                    "left": [{"reason": misfit.reason, "count": misfit.count} for misfit in one.misfits],
                }
                for one in done
            ],
        }
    )


def candidate_json(one: Quarantined) -> dict[str, Any]:
    """Return a group of rows for programs, without any value of a row."""
    rows = one.rows
    return {
        "quarantine": rows.table._asdict(),
        "violated": rows.origin._asdict(),
        "table": None if one.home is None else one.home.name._asdict(),
        "changed_columns": list(rows.written),
        "count": rows.count,
        "references_moved": rows.moved,
        "bytes": rows.bytes,
        "since": None if rows.since is None else rows.since.isoformat(),
        "until": None if rows.until is None else rows.until.isoformat(),
        "runs": list(rows.runs),
        "obstacle": one.obstacle,
    }


QUARANTINED: dict[str, Callable[[Sequence[Quarantined]], str]] = {
    "text": render_quarantined_text,
    "json": render_quarantined_json,
}
