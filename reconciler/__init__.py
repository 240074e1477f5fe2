"""Declarative desired-state reconciler for PostgreSQL constraints, indexes and leftover tables.

    desired = reconciler.load(["schema.yaml"])
    plan = reconciler.plan(desired, "postgresql:///shop")
    result = reconciler.apply(desired, "postgresql:///shop", approve=lambda plan: True)

Everything that the command line does is here. The database packages are imported when they are first needed.
"""

from __future__ import annotations

# Nothing is imported at once: the command takes charge of signals first, and this module comes before it.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from pathlib import Path
    from typing import Any

    from reconciler.execution.apply import ApplyResult, Listener
    from reconciler.execution.journal import Entry, Run
    from reconciler.exporting import Export
    from reconciler.model.options import Options
    from reconciler.model.plan import Plan
    from reconciler.model.state import DesiredState, LiveState

__version__ = "0.1.0"
__all__ = ["Options", "apply", "export", "history", "history_of", "load", "plan", "plan_files", "read"]


def __getattr__(name: str) -> Any:
    if name == "Options":
        from reconciler.model.options import Options

        return Options
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def load(paths: Sequence[str | Path]) -> DesiredState:
    """Read files and folders of YAML as one desired state. Raises `InvalidFile` with every problem."""
    from reconciler.spec import load

    return load(paths)


def read(desired: DesiredState, url: str | None = None) -> LiveState:
    """Read what the database has of the tables that the file names."""
    from reconciler.postgres.catalog import read_state
    from reconciler.postgres.session import connect

    with connect(url) as session:
        return read_state(session, desired)


def plan(
    desired: DesiredState,
    url: str | None = None,
    *,
    options: Options | None = None,
) -> Plan:
    """Work out what would change. Changes nothing.

    `url` is a connection URI or string; None looks into RECONCILE_DB, DATABASE_URL and libpq's environment.
    """
    from reconciler.model.options import DEFAULTS
    from reconciler.planning import make_plan
    from reconciler.postgres.session import connect

    with connect(url) as session:
        return make_plan(session, desired, options or DEFAULTS)


def plan_files(
    paths: Sequence[str | Path],
    url: str | None = None,
    *,
    options: Options | None = None,
) -> Plan:
    """`load` and `plan` in one, which is faster: the database answers while the files are read.

    What is wrong with the files is told first, even if the database cannot be reached.
    """
    from reconciler.model.garbage import collection_paused
    from reconciler.model.options import DEFAULTS
    from reconciler.postgres.ahead import read_ahead
    from reconciler.spec import desired_of, names_in, read_files

    files = read_files(paths)
    with collection_paused(), read_ahead(url, names_in(files)) as ready_for:
        desired = desired_of(files)
        from reconciler.planning import make_plan  # now, as the server is busy

        session, live = ready_for(desired)
        return make_plan(session, desired, options or DEFAULTS, live=live)


def apply(
    desired: DesiredState,
    url: str | None = None,
    *,
    approve: Callable[[Plan], bool],
    listeners: Sequence[Listener] = (),
    options: Options | None = None,
    expected: Mapping[str, Any] | None = None,
) -> ApplyResult:
    """Make the database as desired, step by step. See `reconciler.execution.apply.apply`."""
    from reconciler.execution.apply import apply
    from reconciler.model.options import DEFAULTS

    return apply(
        desired,
        url,
        approve=approve,
        listeners=listeners,
        options=options or DEFAULTS,
        expected=expected,
    )


def export(
    url: str | None = None,
    *,
    schemas: Collection[str] = (),
    tables: Sequence[str] = (),
    split: str | None = None,
) -> Export:
    """Write the YAML of a live database. Changes nothing there.

    No `schemas`: all that are not PostgreSQL's, an extension's or the tool's own. `tables` are patterns, as `users`,
    `audit_*` or `billing.*`. `split` is `schema` or `table` for a file each; None for one file. Raises `UsageError`
    for a schema or pattern that nothing answers to.
    """
    from reconciler.exporting import Split, make_export
    from reconciler.postgres.session import connect

    with connect(url) as session:
        return make_export(session, schemas=schemas, tables=tables, split=Split(split) if split else None)


def history(url: str | None = None, journal_schema: str = "public") -> list[Run]:
    """The runs that the journal knows, oldest first."""
    from reconciler.execution.journal import read_runs
    from reconciler.postgres.session import connect

    with connect(url) as session:
        return read_runs(session, journal_schema)


def history_of(run: str, url: str | None = None, journal_schema: str = "public") -> list[Entry]:
    """The journal's entries of one run, named by its id or the beginning of it."""
    from reconciler.execution.journal import read_entries
    from reconciler.postgres.session import connect

    with connect(url) as session:
        return read_entries(session, journal_schema, run)
