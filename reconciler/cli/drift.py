"""`reconcile drift`: for a cron job."""

from __future__ import annotations

from reconciler.cli.options import Allow, CheckTimeout, Database, Files, PlanFormat, files_or_default, seconds


def drift(
    file: Files = None,
    db: Database = None,
    format_: PlanFormat = "text",
    allow: Allow = None,
    check_timeout: CheckTimeout = 30,
) -> int:
    """Like plan, for a cron job: exits with 2 if the database differs. Changes nothing."""
    import reconciler
    from reconciler.cli.show import exit_code, show
    from reconciler.report import report_of

    found = reconciler.plan_files(
        files_or_default(file), db, allow=frozenset(allow or ()), check_timeout=seconds(check_timeout)
    )
    report = report_of(found)
    show(report, format_)
    return exit_code(report)
