"""`reconcile snapshot`: what plans need to know of a database, as a file without rows."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from reconciler.cli.options import STDOUT
from reconciler.cli.planning import Again, Planning, with_planning

if TYPE_CHECKING:
    from reconciler.model.plan import Plan

_LONGEST_DAYS = 36_500


def _some_days(value: float | None) -> float | None:
    if value is not None and not 0 < value <= _LONGEST_DAYS:
        raise typer.BadParameter(f"must be a number of days above 0, and at most {_LONGEST_DAYS}")
    return value


Live = Annotated[
    Path | None,
    typer.Option(
        "--live",
        metavar="SNAPSHOT",
        help="Plan from this file of `reconcile snapshot`, without any database. Its plan file cannot be applied.",
        show_default=False,
    ),
]
MaxAge = Annotated[
    float | None,
    typer.Option(
        "--max-age",
        metavar="DAYS",
        callback=_some_days,
        help="With --live: how old the snapshot may be, in days. [default: 7]",
        show_default=False,
    ),
]


_HELPS: Final = {
    "file": "A YAML file that names the tables, or a folder of them; may be given several times. "
    "[default: schema.yaml]",
    "table": "Run only the data checks of such a plan: of tables that match; may be given several times.",
    "allow": "Run the data checks of a plan that accepts this gated hazard; may be given several times.",
    "samples": "Without effect: a snapshot has no values.",
    "no_data_checks": "Send no query to user tables: the snapshot has no results of data checks.",
    "verbose": "Without effect.",
    "quiet": "Print nothing, and no progress.",
    "color": "Without effect.",
}


@partial(with_planning, helps=_HELPS)
def snapshot(
    shared: Planning,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="SNAPSHOT", help="The file to write; - is standard output.")
    ],
) -> int:
    """Write a file for `plan --live`, without any rows. Changes nothing."""
    import reconciler
    from reconciler.cli.checking import checks_on
    from reconciler.cli.output import Syntax, emit, warn, write_file
    from reconciler.report.wording import one_line

    desired = reconciler.load(shared.files, follow=shared.follow)
    with checks_on(sys.stderr, quiet=shared.quiet) as checks:
        text = reconciler.take_snapshot(
            desired, shared.database, options=shared.options(), environment=shared.env, listeners=(checks,)
        )
    if output == STDOUT:
        emit(text, syntax=Syntax.EXACT)
        return 0
    write_file(output, text)
    if not shared.quiet:
        command = Again(options=shared.planning_options).command("reconcile", "plan", "--live", str(output))
        warn(f"The snapshot was written to {one_line(str(output))}. {command} plans from it.")
    return 0


def plan_live(path: Path, shared: Planning, format_: str, max_age_days: float | None) -> Plan:
    """Plan from the snapshot at this path."""
    from datetime import timedelta

    import reconciler

    if shared.db is not None:
        raise typer.BadParameter("--live and --db cannot be used together")
    if format_ == "sql":
        raise typer.BadParameter(
            "a plan from a snapshot cannot be applied: --live and --format sql cannot be used together"
        )
    desired = reconciler.load(shared.files, follow=shared.follow)
    content = snapshot_content(path, follow=shared.follow)
    age = None if max_age_days is None else timedelta(days=max_age_days)
    return reconciler.plan_snapshot(
        desired, content, options=shared.options(format_), max_age=age, environment=shared.environment
    )


def snapshot_content(path: Path, *, follow: bool) -> bytes:
    """Return the bytes of a snapshot's file. Raise `UsageError` if it cannot be read."""
    from reconciler.cli.given_file import read_given
    from reconciler.snapshots.snapshot import unusable

    return read_given(path, unusable, follow=follow)
