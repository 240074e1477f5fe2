"""`reconcile drift`: for a cron job."""

from __future__ import annotations

import sys

from reconciler.cli.options import (
    Allow,
    CheckTimeout,
    Color,
    Database,
    Files,
    Follow,
    NoDataChecks,
    PlanFormat,
    Quiet,
    Samples,
    TrustFile,
    TrustRole,
    Verbose,
    files_or_default,
    one_of,
    options_of,
)


def drift(
    file: Files = None,
    follow: Follow = False,
    db: Database = None,
    format_: PlanFormat = "text",
    allow: Allow = None,
    check_timeout: CheckTimeout = 30,
    samples: Samples = None,
    no_data_checks: NoDataChecks = False,
    trust_file: TrustFile = False,
    trust_role: TrustRole = None,
    verbose: Verbose = False,
    quiet: Quiet = False,
    color: Color = "auto",
) -> int:
    """Like plan, for a cron job: exits with 2 if the database differs. Changes nothing."""
    import reconciler
    from reconciler.cli.checking import checks_on
    from reconciler.cli.show import exit_code, show
    from reconciler.report import report_of

    del color  # noted when it was parsed
    one_of(verbose=verbose, quiet=quiet)
    options = options_of(
        allow=allow,
        check_timeout=check_timeout,
        samples=samples,
        no_data_checks=no_data_checks,
        trust_file=trust_file,
        trust_role=trust_role,
        format_=format_,
    )
    with checks_on(sys.stderr, quiet=quiet) as checks:
        found = reconciler.plan_files(
            files_or_default(file), db, options=options, follow=follow, listeners=(checks,)
        )
    report = report_of(found)
    show(report, format_, verbose=verbose, quiet=quiet)
    return exit_code(report)
