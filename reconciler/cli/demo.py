"""`reconcile demo`: runs the example on an embedded PostgreSQL."""

from __future__ import annotations

import shlex
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reconciler.cli.installed import CHECKOUT, PACKAGE
from reconciler.cli.output import emit, warn
from reconciler.model.rules.connections import MISSING_EXAMPLE

if TYPE_CHECKING:
    from reconciler.postgres.embedded import EmbeddedServer

DATABASE = "samia_tarot"


def demo(
    keep: Annotated[
        bool, typer.Option("--keep", help="Keep the server running, and print how to use and stop it.")
    ] = False,
) -> int:
    """Run the example on an embedded PostgreSQL.

    Loads the example database, plans, applies, and plans again.
    """
    from reconciler.postgres.embedded import embedded_server

    setup, schema = example_files()
    warn("Starting an embedded PostgreSQL …")
    with embedded_server(keep=keep) as server:
        try:
            return _run(server, setup, schema)
        finally:
            if keep:
                emit(_how_to_go_on(server, schema))


def example_files() -> tuple[Path, Path]:
    """Return the example's setup.sql and schema.yaml, from an installed package or a source checkout."""
    from reconciler.model.errors import ReconcileError

    for setup, schema in (
        (PACKAGE / "demo" / "setup.sql", PACKAGE / "demo" / "schema.yaml"),
        (CHECKOUT / "examples" / "samia_tarot" / "setup.sql", CHECKOUT / "schema.yaml"),
    ):
        if setup.is_file() and schema.is_file():
            return setup, schema
    raise ReconcileError(
        "the example files are missing from this installation",
        rule=MISSING_EXAMPLE,
        hint=MISSING_EXAMPLE.remedy,
    )


def _run(server: EmbeddedServer, setup: Path, schema: Path) -> int:
    import reconciler
    from reconciler.cli.progress import progress_on
    from reconciler.cli.show import show
    from reconciler.cli.summary import RunStatistics, exit_code_of, outcome_line
    from reconciler.model.events import RunStatus
    from reconciler.report import report_of

    url = server.url(DATABASE)
    _load(server, setup)
    desired = reconciler.load([schema])
    first = reconciler.plan(desired, url)
    emit("\n$ reconcile plan\n")
    show(report_of(first))
    if first.refused or first.in_sync:
        warn("Error: the plan of the example is refused or empty.")
        return 1

    emit("\n$ reconcile apply --auto-approve\n")
    statistics = RunStatistics()
    with progress_on(sys.stderr) as progress:
        result = reconciler.apply(desired, url, listeners=(statistics, progress), approve=lambda _plan: True)
    emit(f"{outcome_line(statistics, result.status, result.duration_s)}\n")
    if result.status is not RunStatus.COMPLETED:
        if result.status is not RunStatus.INTERRUPTED:
            warn(f"Error: {result.message}")
        return exit_code_of(result.status)

    second = reconciler.plan(desired, url)
    emit("\n$ reconcile plan\n")
    show(report_of(second))
    emit("\n")
    emit(_table(statistics, result.duration_s, "in sync" if second.in_sync else "NOT in sync"))
    return 0 if second.in_sync else 1


def _load(server: EmbeddedServer, setup: Path) -> None:
    """Create the example database, and print its size."""
    from reconciler.clock import SYSTEM

    warn("Loading the example database …")
    started = SYSTEM.monotonic()
    server.psql("-c", f"CREATE DATABASE {DATABASE}")
    server.psql("-v", "scale=1", "-f", str(setup), database=DATABASE)
    tables = server.psql("-At", "-c", _COUNT_TABLES, database=DATABASE).strip()
    warn(f"Loaded {tables} tables in {SYSTEM.monotonic() - started:.1f} s.")


_COUNT_TABLES = (
    "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
    " WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'"
)


def _table(statistics: object, seconds: float, status: str) -> str:
    from reconciler.cli.summary import RunStatistics
    from reconciler.report.wording import duration

    assert isinstance(statistics, RunStatistics)
    rows = (
        ("Metric", "Value"),
        ("Statements executed", str(statistics.executed)),
        ("Success rate", f"{statistics.success_rate:.1f}%"),
        ("Failed", str(statistics.failed)),
        ("Time", duration(seconds)),
        ("Status", status),
    )
    width = max(len(value) for _, value in rows)
    lines = [f"| {label:<19} | {value:<{width}} |" for label, value in rows]
    lines.insert(1, f"|{'-' * 21}|{'-' * (width + 2)}|")
    return "\n".join(lines) + "\n"


def own_command(python: str = sys.executable) -> str:
    """Return what a shell has to run for this installation: `reconcile`, if the shell finds that one."""
    script = Path(python).with_name("reconcile")
    if not script.is_file():
        return f"{shlex.quote(python)} -m reconciler.cli.main"
    found = shutil.which("reconcile")
    return "reconcile" if found is not None and script.samefile(found) else shlex.quote(str(script))


def _how_to_go_on(server: EmbeddedServer, schema: Path) -> str:
    command = own_command()
    url = shlex.quote(server.url(DATABASE))
    stop = f"{shlex.quote(str(server.server_programs / 'pg_ctl'))} -D {shlex.quote(str(server.data))} -m fast stop"
    if server.account is not None:
        # PostgreSQL refuses to run as root, and so does the program that stops it.
        stop = f"su -s /bin/sh {shlex.quote(server.account.name)} -c {shlex.quote(stop)}"
    return (
        f"\nThe server is still running: {server.url(DATABASE)}\n"
        f"  connect:      {shlex.quote(str(server.programs / 'psql'))} {url}\n"
        f"  plan:         {command} plan -f {shlex.quote(str(schema))} --db {url}\n"
        f"  history:      {command} history --db {url}\n"
        f"  stop:         {stop} && rm -r {shlex.quote(str(server.folder))}\n"
    )
