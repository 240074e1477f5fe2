"""The options of rehearsals, and how a command rehearses its plan."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from reconciler.cli.options import refuse_alone
from reconciler.cli.planning import Planning
from reconciler.cli.snapshot import snapshot_content
from reconciler.report.wording import plural

if TYPE_CHECKING:
    from reconciler.model.plan import Plan
    from reconciler.model.rehearsal import Rehearsal

Rehearse = Annotated[
    bool,
    typer.Option(
        "--rehearse",
        help="Also rebuild the tables on an embedded server, apply the plan there, and compare its locks.",
    ),
]
RehearseOn = Annotated[
    str | None,
    typer.Option(
        "--rehearse-on",
        metavar="URL",
        help="Rehearse in this empty database on another server instead.",
        show_default=False,
    ),
]
RowCount = Annotated[
    int,
    typer.Option("--rows", metavar="N", min=0, max=1000, help="With --rehearse: made-up rows for each table."),
]

_SHOWN_IN: Final = ("text", "json", "markdown")


def wants_rehearsal(rehearse: bool, on: str | None, rows: int) -> bool:
    """Whether a rehearsal was asked for. Raise `BadParameter` for rows without one."""
    refuse_alone("--rows", rows > 0, rehearse=rehearse, rehearse_on=on is not None)
    return rehearse or on is not None


def rehearsal_of(
    found: Plan, shared: Planning, format_: str, *, live: Path | None, on: str | None, rows: int
) -> Rehearsal | None:
    """Rehearse a plan that has steps. The summary is printed on standard error if the format does not have it."""
    import reconciler
    from reconciler.cli.output import warn
    from reconciler.report.rehearsal import rehearsal_summary

    if not found.steps:
        return None

    def started() -> None:
        place = "an embedded PostgreSQL" if on is None else "the database of --rehearse-on"
        if not shared.quiet:
            warn(f"Rehearsing {plural(len(found.steps), 'step')} on {place} …")

    desired = reconciler.load(shared.files, follow=shared.follow)
    snapshot = None if live is None else snapshot_content(live, follow=shared.follow)
    url = shared.database if live is None else None
    rehearsal = reconciler.rehearse(
        found, desired, url, snapshot=snapshot, options=shared.options("json"), on=on, rows=rows, started=started
    )
    if shared.quiet or format_ not in _SHOWN_IN:
        warn(rehearsal_summary(rehearsal))
    return rehearsal
