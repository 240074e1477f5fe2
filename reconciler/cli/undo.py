"""`reconcile undo`: takes back what a run changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from reconciler.cli.apply import Approval, run_and_report
from reconciler.cli.history import base_of
from reconciler.cli.planning import Planning, with_planning

if TYPE_CHECKING:
    from reconciler.execution.result import ApplyResult
    from reconciler.model.events import Listener

_FILE = (
    "The file whose policy and protected tables apply; may be given several times. Its declarations are not read. "
    "[default: schema.yaml, if there is one]"
)


def _undo(
    shared: Planning,
    run: Annotated[
        str,
        typer.Argument(
            metavar="RUN", help="The id of a run as `history` prints it, or `last`.", show_default=False
        ),
    ],
    journal_schema: Annotated[
        str | None,
        typer.Option(
            "--journal-schema",
            metavar="SCHEMA",
            help="Where migration_log lives. [default: the file's policy, or public]",
            show_default=False,
        ),
    ] = None,
    auto_approve: Annotated[bool, typer.Option("--auto-approve", "-y", help="Undo without asking.")] = False,
) -> int:
    """Print the plan that takes a run back, ask, and apply it step by step."""
    import reconciler

    def take_back(approve: Approval, listeners: Sequence[Listener]) -> ApplyResult:
        options = shared.options()
        base = base_of(shared.file, follow=shared.follow, journal_schema=journal_schema)
        return reconciler.undo(run, base, shared.database, approve=approve, listeners=listeners, options=options)

    return run_and_report(shared, take_back, auto_approve=auto_approve)


undo = with_planning(_undo, helps={"file": _FILE})
