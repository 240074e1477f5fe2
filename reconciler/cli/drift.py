"""`reconcile drift`: for a cron job."""

from __future__ import annotations

import sys

from reconciler.cli.options import PlanFormat
from reconciler.cli.planning import Planning, with_planning


@with_planning
def drift(shared: Planning, format_: PlanFormat = "text") -> int:
    """Like plan, for a cron job: exits with 2 if the database differs. Changes nothing."""
    import reconciler
    from reconciler.cli.checking import checks_on
    from reconciler.cli.show import exit_code, show
    from reconciler.report import report_of

    options = shared.options(format_)
    with checks_on(sys.stderr, quiet=shared.quiet) as checks:
        found = reconciler.plan_files(
            shared.files, shared.database, options=options, follow=shared.follow, listeners=(checks,)
        )
    report = report_of(found)
    show(report, format_, verbose=shared.verbose, quiet=shared.quiet)
    return exit_code(report)
