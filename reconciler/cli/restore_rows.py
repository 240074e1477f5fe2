"""The part of `reconcile restore` that brings back quarantined rows."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from reconciler.cli.asking import approved, to_database
from reconciler.cli.output import emit, say, syntax_of, warn

if TYPE_CHECKING:
    from reconciler.model.plan import ServerInfo
    from reconciler.restoring.rows import Quarantined, QuarantineOptions, RestoredRows


def restore_rows(
    database: str | None, options: QuarantineOptions, format_: str, *, plan: bool, auto_approve: bool, quiet: bool
) -> int:
    """Bring back rows, print what became of them, and return the exit code. Without a name, list all rows; with `plan`,
    those that would be brought back."""
    import reconciler
    from reconciler.report.quarantined import render_restored_json, render_restored_text

    if options.name is None:
        found = reconciler.find_quarantined(database, options=options)
        if options.run is not None:
            _refuse_without_rows(found, options)
        return _listed(found, format_)
    if plan:
        found = reconciler.plan_restore_quarantined(database, options=options)
        _refuse_without_rows(found, options)
        return _listed(found, format_)
    progress = _Progress(quiet=quiet)
    done = reconciler.restore_quarantined(
        database, approve=_Approval(auto_approve=auto_approve), options=options, progress=progress
    )
    _refuse_without_rows(done, options)
    text = render_restored_json(done) if format_ == "json" else render_restored_text(done, options.samples)
    emit(text, syntax=syntax_of(format_))
    return _exit_code(done)


def _listed(found: Sequence[Quarantined], format_: str) -> int:
    from reconciler.report.quarantined import QUARANTINED

    emit(QUARANTINED[format_](found), syntax=syntax_of(format_), prose=format_ == "text")
    return 0


def _refuse_without_rows(found: Sequence[object], options: QuarantineOptions) -> None:
    from reconciler.model.errors import UsageError
    from reconciler.model.rules.runs import NOTHING_MATCHES

    if not found:
        of_table = f" of {options.name}" if options.name is not None else ""
        by_run = f" by run {options.run}" if options.run is not None else ""
        raise UsageError(
            f"no rows{of_table} are quarantined{by_run}",
            rule=NOTHING_MATCHES,
            hint="see what is quarantined with `reconcile restore --quarantine`",
        )


def _exit_code(done: Sequence[RestoredRows]) -> int:
    return 2 if any(one.misfits for one in done) else 0


def run_id(run: str) -> str:
    """Return the id of a run, or the beginning of one, as the quarantine has it."""
    import re

    if not re.fullmatch("[0-9a-f-]{1,36}", run.lower()):
        raise typer.BadParameter(f"{run!r} is not the id of a run; `reconcile history` lists them")
    return run.lower()


class _Approval:
    """Shows which rows would be brought back, and asks."""

    def __init__(self, *, auto_approve: bool) -> None:
        self._auto_approve = auto_approve

    def __call__(self, found: Sequence[Quarantined], server: ServerInfo) -> bool:
        from reconciler.report.quarantined import render_quarantined_text

        if self._auto_approve:
            return True
        warn(render_quarantined_text(found).rstrip("\n"))
        return approved(f"Bring these rows back {to_database(server)}?")


class _Progress:
    """Prints how many rows have been moved, and about how long the others take, at most once per second."""

    def __init__(self, *, quiet: bool) -> None:
        from reconciler.clock import SYSTEM

        self._monotonic, self._quiet = SYSTEM.monotonic, quiet
        self._began_s = self._reported_at_s = self._monotonic()
        self._table: Quarantined | None = None
        self._before = 0

    def __call__(self, one: Quarantined, moved: int) -> None:
        from reconciler.report.wording import duration

        now = self._monotonic()
        if one is not self._table:  # the first batch of this table has ended
            self._table, self._began_s, self._before = one, now, moved
        if not self._quiet and now - self._reported_at_s >= 1:
            self._reported_at_s = now
            count, done = one.rows.count or 0, moved - self._before
            left = duration((now - self._began_s) / done * (count - moved)) if count > moved and done > 0 else ""
            about = f", about {left} left" if left else ""
            of = f" of {count:,}" if count else ""
            say(sys.stderr, f"{one.rows.table}: {moved:,}{of} rows restored so far{about}\n")
