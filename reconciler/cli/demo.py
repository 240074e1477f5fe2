"""`reconcile demo`: runs the example on an embedded PostgreSQL."""

from __future__ import annotations

import shlex
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from reconciler.cli.installed import CHECKOUT, PACKAGE
from reconciler.cli.output import emit, warn
from reconciler.model.rules.connections import MISSING_EXAMPLE

if TYPE_CHECKING:
    from reconciler.model.plan import Plan
    from reconciler.postgres.embedded import EmbeddedServer

DATABASE = "samia_tarot"


def demo(
    keep: Annotated[
        bool, typer.Option("--keep", help="Keep the server running, and print how to use and stop it.")
    ] = False,
    dirty: Annotated[
        bool, typer.Option("--dirty", help="Add bad rows to the database, and repair them with a second file.")
    ] = False,
) -> int:
    """Run the example on an embedded PostgreSQL.

    Loads the example database, plans, applies, and plans again.
    """
    from reconciler.postgres.embedded import embedded_programs, embedded_server

    files = example_files()
    embedded_programs()
    warn("Starting an embedded PostgreSQL …")
    with embedded_server(keep=keep) as server:
        demonstration = _Demo(server, files)
        try:
            return demonstration.repair() if dirty else demonstration.run()
        finally:
            if keep:
                emit(_how_to_go_on(server, files.schema))


class ExampleFiles(NamedTuple):
    """The files of the example: the database, bad rows for it, their repair, and the desired state."""

    setup: Path
    dirty: Path
    repair: Path
    schema: Path


def example_files() -> ExampleFiles:
    """Return the files of the example, from an installed package or a source checkout."""
    from reconciler.model.errors import ReconcileError

    checkout = CHECKOUT / "examples" / "samia_tarot"
    for folder, schema in ((PACKAGE / "demo", PACKAGE / "demo"), (checkout, CHECKOUT)):
        files = ExampleFiles(
            setup=folder / "setup.sql",
            dirty=folder / "dirty.sql",
            repair=folder / "repair.yaml",
            schema=schema / "schema.yaml",
        )
        if all(file.is_file() for file in files):
            return files
    raise ReconcileError(
        "the example files are missing from this installation",
        rule=MISSING_EXAMPLE,
        hint=MISSING_EXAMPLE.remedy,
    )


@dataclass(slots=True)
class _Demo:
    """The commands that the demo shows, on its server."""

    server: EmbeddedServer
    files: ExampleFiles

    @property
    def url(self) -> str:
        return self.server.url(DATABASE)

    def run(self) -> int:
        """Plan the example, apply it, and plan again."""
        self._load()
        return self._bring_in_sync(self.files.schema)

    def repair(self) -> int:
        """Show which bad rows refuse the plan of the example, repair them, and go on as without them."""
        self._load()
        warn("Adding bad rows …")
        self.server.psql("-f", str(self.files.dirty), database=DATABASE)
        if not self._plan(self.files.schema).refused:
            warn("Error: the plan of the example is not refused.")
            return 1
        drop = "DROP VIEW voice_note_minutes"  # an object that the file does not name is never dropped
        emit(f'\n$ psql -c "{drop}"\n')
        self.server.psql("-c", drop, database=DATABASE)
        code = self._bring_in_sync(self.files.repair, named=self.files.repair.name)
        return code or self._bring_in_sync(self.files.schema)

    def _load(self) -> None:
        """Create the example database, and print its size."""
        from reconciler.clock import SYSTEM

        warn("Loading the example database …")
        started = SYSTEM.monotonic()
        self.server.psql("-c", f"CREATE DATABASE {DATABASE}")
        self.server.psql("-v", "scale=1", "-f", str(self.files.setup), database=DATABASE)
        tables = self.server.psql("-At", "-c", _COUNT_TABLES, database=DATABASE).strip()
        warn(f"Loaded {tables} tables in {SYSTEM.monotonic() - started:.1f} s.")

    def _plan(self, file: Path, options: str = "") -> Plan:
        import reconciler
        from reconciler.cli.show import show
        from reconciler.cli.values import values_on
        from reconciler.model.options import Options
        from reconciler.report import report_of

        plan = reconciler.plan(reconciler.load([file]), self.url, options=Options(samples=values_on(sys.stdout)))
        emit(f"\n$ reconcile plan{options}\n\n")
        show(report_of(plan))
        return plan

    def _bring_in_sync(self, file: Path, *, named: str | None = None) -> int:
        """Plan, apply, and plan again; return the exit code. `named` is shown as the file's name."""
        import reconciler
        from reconciler.cli.progress import progress_on
        from reconciler.cli.summary import RunStatistics, exit_code_of, outcome_line
        from reconciler.model.events import RunStatus

        options = f" -f {named}" if named else ""
        first = self._plan(file, options)
        if first.refused or first.in_sync:
            warn("Error: the plan of the example is refused or empty.")
            return 1
        emit(f"\n$ reconcile apply{options} --auto-approve\n")
        statistics = RunStatistics()
        with progress_on(sys.stderr) as progress:
            result = reconciler.apply(
                reconciler.load([file]), self.url, listeners=(statistics, progress), approve=lambda _plan: True
            )
        emit(f"{outcome_line(statistics, result.status, result.duration_s)}\n")
        if result.status is not RunStatus.COMPLETED:
            if result.status is not RunStatus.INTERRUPTED:
                warn(f"Error: {result.message}")
            return exit_code_of(result.status)
        second = self._plan(file, options)
        emit("\n")
        emit(_table(statistics, result.duration_s, "in sync" if second.in_sync else "NOT in sync"))
        return 0 if second.in_sync else 1


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
