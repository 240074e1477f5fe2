"""`reconcile restore`: lists the archive, and brings tables back."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reconciler.cli import values
from reconciler.cli.apply import Approval, tell_interrupts
from reconciler.cli.options import (
    DEFAULT_FILE,
    Allow,
    BackupDir,
    CheckTimeout,
    Color,
    ConfigPath,
    Database,
    EnvironmentName,
    FilePaths,
    Follow,
    Quiet,
    Samples,
    TextOrJson,
    TrustRole,
    Verbose,
    trusted_roles,
)
from reconciler.cli.output import emit, syntax_of, warn, width_of
from reconciler.cli.planning import Again, chosen_database, option_words, with_help
from reconciler.cli.restore_rows import restore_rows, run_id

if TYPE_CHECKING:
    from reconciler.model.options import Options
    from reconciler.model.plan import Plan
    from reconciler.model.state import DesiredState, Policy
    from reconciler.restoring.dumped import DumpedTable

_SAMPLES = (
    "With --quarantine: number of primary keys shown of rows that do not fit, for each reason, in text only. "
    "[default: 5 on a terminal, else 0]"
)
_LOADED = (
    "The table was loaded from its dump into reconcile_archive, and stays there: "
    "run the same command again to restore it."
)
_FILE = "The file whose policy applies; may be given several times. [default: schema.yaml, if it is there]"

_Name = Annotated[
    str | None,
    typer.Argument(
        metavar="NAME",
        help="An archived or dumped table: its name in the archive, or its original one. Without it, list all.",
        show_default=False,
    ),
]
_As = Annotated[
    str | None,
    typer.Option("--as", metavar="NAME", help="Restore it under another name: table, or schema.table."),
]
_PlanOnly = Annotated[bool, typer.Option("--plan", help="Print the plan, or the rows, only; change nothing.")]
_Quarantine = Annotated[
    bool,
    typer.Option(
        "--quarantine",
        help="List quarantined rows, or bring back those of the table NAME or of this quarantine.",
    ),
]
_Run = Annotated[
    str | None,
    typer.Option(
        "--run",
        metavar="RUN",
        help="With --quarantine: only rows that this run took; its id, or the beginning of it.",
        show_default=False,
    ),
]
_AutoApprove = Annotated[bool, typer.Option("--auto-approve", "-y", help="Restore without asking.")]


def restore(
    name: _Name = None,
    as_: _As = None,
    backup_dir: BackupDir = None,
    plan: _PlanOnly = False,
    quarantine: _Quarantine = False,
    run: _Run = None,
    allow: with_help(Allow, "With --quarantine: accept a gated hazard.") = None,  # type: ignore[valid-type]
    samples: with_help(Samples, _SAMPLES) = None,  # type: ignore[valid-type]
    auto_approve: _AutoApprove = False,
    file: with_help(FilePaths, _FILE) = None,  # type: ignore[valid-type]
    follow: Follow = False,
    db: Database = None,
    env: EnvironmentName = None,
    config: ConfigPath = None,
    format_: TextOrJson = "text",
    check_timeout: CheckTimeout = 30,
    trust_role: TrustRole = None,
    verbose: Verbose = False,
    quiet: Quiet = False,
    color: Color = "auto",
) -> int:
    """List what was archived, dumped or quarantined, or bring it back.

    Rows come back from the quarantine, with --quarantine.
    """
    from datetime import timedelta

    import reconciler
    from reconciler.model.options import Options
    from reconciler.model.state import Policy
    from reconciler.restoring.rows import QuarantineOptions

    del color  # stored when it was parsed
    _refuse_without_effect(
        {"--as": as_} if quarantine else {"--run": run, "--allow": allow, "--samples": samples},
        quarantine=quarantine,
    )
    if name is None:
        _refuse_without_name({"--as": as_, "--plan": plan})
    same = {"-f": file, "--follow": follow, "--env": env, "--config": config, "--trust-role": trust_role}
    again = Again(options=option_words(same), same_db=db is not None)
    database = chosen_database(reconciler.find_environment(env, config=config), db, env)
    desired = _desired(file, follow=follow)
    if quarantine:
        return restore_rows(
            database,
            QuarantineOptions(
                name=name,
                run=run and run_id(run),
                allow=frozenset(allow or ()),
                trusted_roles=trusted_roles(trust_role),
                samples=values.allow(samples, format_),
                policy=desired.policy if desired else Policy(),
            ),
            format_,
            plan=plan,
            auto_approve=auto_approve,
            quiet=quiet,
        )
    options = Options(check_timeout=timedelta(seconds=check_timeout), trusted_roles=trusted_roles(trust_role))
    if name is None:
        _list(database, desired.policy if desired else Policy(), options, format_)
        return 0
    restoring = _Restoring(
        name=name,
        to=as_,
        database=database,
        desired=desired,
        options=options,
        again=again,
        backup_dir=backup_dir,
        verbose=verbose,
        quiet=quiet,
    )
    return restoring.planned(format_) if plan else restoring.carried_out(auto_approve=auto_approve)


def _list(database: str | None, policy: Policy, options: Options, format_: str) -> None:
    """Print the archived and dumped tables, and what is quarantined."""
    import reconciler
    from reconciler.report.archive import render_archived_json, render_archived_text
    from reconciler.restoring.rows import QuarantineOptions

    found = reconciler.archived(database, policy.journal_schema, trusted_roles=options.trusted_roles)
    dumped = _dumped(database, policy.journal_schema, options)
    rows = QuarantineOptions(trusted_roles=options.trusted_roles, policy=policy)
    quarantined = reconciler.find_quarantined(database, options=rows)
    unfinished = reconciler.unfinished_detachments(database)
    emit(
        render_archived_json(found, dumped, quarantined, unfinished)
        if format_ == "json"
        else render_archived_text(found, dumped, quarantined, unfinished, width=width_of(sys.stdout)),
        syntax=syntax_of(format_),
    )


def _dumped(database: str | None, schema: str, options: Options) -> list[DumpedTable]:
    """Return the tables that are only in dumps; none if the journal cannot be read, which the archive does not need."""
    import reconciler
    from reconciler.model.errors import Refused, UsageError

    try:
        return reconciler.dumped(database, schema, trusted_roles=options.trusted_roles)
    except (Refused, UsageError):
        return []


def _refuse_without_name(given: Mapping[str, object]) -> None:
    for option, value in given.items():
        if value:
            raise typer.BadParameter(f"{option} needs the name of a table")


def _refuse_without_effect(given: Mapping[str, object], *, quarantine: bool) -> None:
    for option, value in given.items():
        if value:
            problem = "cannot be used with" if quarantine else "needs"
            raise typer.BadParameter(f"{option} {problem} --quarantine")


def _desired(file: FilePaths, *, follow: bool) -> DesiredState | None:
    """Return what the files declare; None without `-f` if the default file is missing or invalid."""
    import reconciler
    from reconciler.model.errors import InvalidFile

    if file is None and not DEFAULT_FILE.exists():
        return None
    try:
        return reconciler.load(file or [DEFAULT_FILE], follow=follow)
    except InvalidFile:
        if file is not None:
            raise
        warn(f"{DEFAULT_FILE} cannot be read: its policy does not apply")
        return None


class _Restoring:
    """A restore with its options."""

    def __init__(
        self,
        *,
        name: str,
        to: str | None,
        database: str | None,
        desired: DesiredState | None,
        options: Options,
        again: Again,
        backup_dir: Path | None,
        verbose: bool,
        quiet: bool,
    ) -> None:
        self._name, self._to, self._database, self._options = name, to, database, options
        self._again, self._verbose, self._quiet = again, verbose, quiet
        self._desired, self._backup_dir = desired, backup_dir
        self._policy = desired.policy if desired else None

    def planned(self, format_: str) -> int:
        """Print the plan, and return the exit code."""
        import reconciler
        from reconciler.cli.show import exit_code, show

        plan = reconciler.plan_restore(
            self._name,
            self._database,
            to=self._to,
            policy=self._policy,
            options=self._options,
            backup_dir=self._backup_dir,
        )
        report = reconciler.report_of(plan)
        show(report, format_, verbose=self._verbose, quiet=self._quiet)
        return exit_code(report, differs=0)

    def carried_out(self, *, auto_approve: bool) -> int:
        """Print the plan, ask, and carry it out; return the exit code."""
        import reconciler
        from reconciler.cli.progress import progress_on
        from reconciler.cli.show import REFUSED
        from reconciler.cli.summary import RunStatistics, exit_code_of, render_summary
        from reconciler.cli.values import server_words
        from reconciler.model.errors import Refused

        statistics, approval = RunStatistics(), Approval(auto_approve=auto_approve, show=self._show)
        try:
            with progress_on(sys.stderr, quiet=self._quiet, summed_up=sys.stdout.isatty()) as progress:
                result = reconciler.restore(
                    self._name,
                    self._database,
                    to=self._to,
                    policy=self._policy,
                    options=self._options,
                    approve=approval,
                    listeners=(statistics, progress, tell_interrupts),
                    backup_dir=self._backup_dir,
                )
        except Refused:
            if not approval.declined:
                raise
            warn(_LOADED if statistics.completed else "Nothing was changed.")
            return REFUSED
        if not result.run_id:
            self._show(result.plan)
            if result.loaded is not None:
                warn(_LOADED)
            return exit_code_of(result.status)
        message = result.message + server_words(result.error, sys.stdout)
        summary = render_summary(
            statistics,
            result.status,
            message,
            result.duration_s + (result.loaded.duration_s if result.loaded is not None else 0.0),
            result.run_id,
            result.plan.server,
            self._again,
            loaded=result.loaded.run_id if result.loaded is not None else "",
        )
        emit(summary, prose=True)
        self._warn_of_file(result.plan)
        return exit_code_of(result.status)

    def _show(self, plan: Plan) -> None:
        from reconciler.cli.show import show
        from reconciler.report import report_of

        show(report_of(plan), verbose=self._verbose, quiet=self._quiet)

    def _warn_of_file(self, plan: Plan) -> None:
        """Say if the file would archive the table again."""
        tables = [route.change.key.table_name for route in plan.routes]
        for table in tables:
            if self._desired is not None and table in self._desired.dropped_tables:
                again = "remove that entry, or the next `reconcile apply` archives it again"
                warn(f"{table} is still under dropped_tables: {again}.")
