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

    from reconciler.execution.journal import Entry as Entry
    from reconciler.execution.journal import Run as Run
    from reconciler.execution.result import ApplyResult as ApplyResult
    from reconciler.exporting import Export as Export
    from reconciler.model.errors import ConnectionFailed as ConnectionFailed
    from reconciler.model.errors import DatabaseError as DatabaseError
    from reconciler.model.errors import Interrupted as Interrupted
    from reconciler.model.errors import InvalidFile as InvalidFile
    from reconciler.model.errors import Problem as Problem
    from reconciler.model.errors import ReconcileError as ReconcileError
    from reconciler.model.errors import Refused as Refused
    from reconciler.model.errors import StepFailed as StepFailed
    from reconciler.model.errors import UsageError as UsageError
    from reconciler.model.events import Listener
    from reconciler.model.events import RunStatus as RunStatus
    from reconciler.model.options import Options as Options
    from reconciler.model.plan import Plan as Plan
    from reconciler.model.plan import Refusal as Refusal
    from reconciler.model.rules.rule import Rule as Rule
    from reconciler.model.state import DesiredState as DesiredState
    from reconciler.model.state import LiveState as LiveState
    from reconciler.report import render_json as render_json
    from reconciler.report import render_markdown as render_markdown
    from reconciler.report import render_sql as render_sql
    from reconciler.report import render_text as render_text
    from reconciler.report import report_of as report_of

__version__ = "0.1.0"

_WHERE = {
    "ApplyResult": "execution.result",
    "ConnectionFailed": "model.errors",
    "DatabaseError": "model.errors",
    "DesiredState": "model.state",
    "Entry": "execution.journal",
    "Export": "exporting",
    "Interrupted": "model.errors",
    "InvalidFile": "model.errors",
    "LiveState": "model.state",
    "Options": "model.options",
    "Plan": "model.plan",
    "Problem": "model.errors",
    "ReconcileError": "model.errors",
    "Refusal": "model.plan",
    "Refused": "model.errors",
    "Rule": "model.rules.rule",
    "Run": "execution.journal",
    "RunStatus": "model.events",
    "StepFailed": "model.errors",
    "UsageError": "model.errors",
    "render_json": "report",
    "render_markdown": "report",
    "render_sql": "report",
    "render_text": "report",
    "report_of": "report",
}
"""Where each exported name is defined. A module is imported when one of its names is first asked for."""

__all__ = [
    *_WHERE,
    "apply",
    "explain",
    "export",
    "history",
    "history_of",
    "load",
    "plan",
    "plan_files",
    "read",
    "rules",
]


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


def load(paths: str | Path | Sequence[str | Path], *, follow: bool = False) -> DesiredState:
    """Read files and folders of YAML, one or several, as one desired state.

    A path that is a symbolic link, a pipe or a device is read only if `follow`. Raises `InvalidFile` with every
    problem.
    """
    from reconciler.spec import load

    return load(_several(paths), follow=follow)


def _several(paths: str | Path | Sequence[str | Path]) -> Sequence[str | Path]:
    """One path is as good as a list of it: a text is never taken for a list of characters."""
    import os

    return [paths] if isinstance(paths, str | os.PathLike) else paths


def read(desired: DesiredState, url: str | None = None) -> LiveState:
    """Read the live state of the tables that the file names.

    Raises `ConnectionFailed`, `DatabaseError`, and `Refused` for a pooler in transaction mode.
    """
    from reconciler.postgres.catalog import read_state
    from reconciler.postgres.session import connect

    with connect(url) as session:
        return read_state(session, desired)


def plan(
    desired: DesiredState,
    url: str | None = None,
    *,
    options: Options | None = None,
    listeners: Sequence[Listener] = (),
) -> Plan:
    """Work out what would change. Changes nothing.

    `url` is a connection URI or string; None looks into RECONCILE_DB, DATABASE_URL and libpq's environment.
    `listeners` hear how far the data checks are (`DataChecks`), from two threads. A plan that may not be applied says
    why in `refusals`. Raises `UsageError` for an empty URL, `ConnectionFailed`,
    `DatabaseError`, and `Refused` for a pooler in transaction mode.
    """
    from reconciler.model.events import fan_out
    from reconciler.model.options import DEFAULTS
    from reconciler.planner import make_plan
    from reconciler.postgres.session import connect

    with connect(url) as session:
        return make_plan(session, desired, options or DEFAULTS, emit=fan_out(listeners))


def plan_files(
    paths: str | Path | Sequence[str | Path],
    url: str | None = None,
    *,
    options: Options | None = None,
    listeners: Sequence[Listener] = (),
    follow: bool = False,
) -> Plan:
    """`load` and `plan` in one, which is faster: the database answers while the files are read.

    Raises what `load` and `plan` raise; `InvalidFile` takes precedence over errors of the database.
    """
    from reconciler.model.options import DEFAULTS
    from reconciler.postgres.read_ahead import read_ahead
    from reconciler.spec import desired_of, outline_of, read_files

    files = read_files(_several(paths), follow=follow)
    with read_ahead(url, outline_of(files)) as ready_for:
        desired = desired_of(files)
        from reconciler.model.events import fan_out
        from reconciler.planner import make_plan  # now, as the server is busy

        session, live = ready_for(desired)
        return make_plan(session, desired, options or DEFAULTS, live=live, emit=fan_out(listeners))


def apply(
    desired: DesiredState,
    url: str | None = None,
    *,
    approve: Callable[[Plan], bool],
    listeners: Sequence[Listener] = (),
    options: Options | None = None,
    expected: Mapping[str, Any] | None = None,
) -> ApplyResult:
    """Make the database as desired, step by step.

    `approve` is asked once, for a plan that is not refused and has steps. `expected` is the content of a plan file:
    every other step is refused. `listeners` are called with each event of the run. The `status` of the result says how
    the run ended. It is `refused` for a plan that may not be applied, whose `refusals` say why. Raises what `plan`
    raises, and `Refused` if the plan was declined or another run is at work.
    """
    from reconciler.clock import SYSTEM
    from reconciler.execution.apply import apply
    from reconciler.model.options import DEFAULTS

    return apply(
        desired,
        url,
        clock=SYSTEM,
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


def history(
    url: str | None = None, journal_schema: str = "public", *, trusted_roles: Collection[str] = ()
) -> list[Run]:
    """The runs that the journal knows, oldest first. `trusted_roles` may own the journal, beside superusers and you.

    Raises what `plan` raises, and `Refused` for a journal that is not the tool's own.
    """
    from reconciler.execution.journal import read_runs
    from reconciler.postgres.session import connect

    with connect(url) as session:
        return read_runs(session, journal_schema, trusted_roles)


def history_of(
    run: str, url: str | None = None, journal_schema: str = "public", *, trusted_roles: Collection[str] = ()
) -> list[Entry]:
    """The journal's entries of one run, named by its id or the beginning of it.

    Raises what `history` raises, and `UsageError` if no run, or several, match.
    """
    from reconciler.execution.journal import read_entries
    from reconciler.postgres.session import connect

    with connect(url) as session:
        return read_entries(session, journal_schema, run, trusted_roles)


def rules() -> tuple[Rule, ...]:
    """All rules: the ids of refusals, errors, problems, notes and hazards, with what they mean."""
    from reconciler.kinds.rules import RULES

    return RULES


def explain(rule: str) -> Rule:
    """The rule with this id. Raises `UsageError` for an id that no rule has, and names those that are near it."""
    from reconciler.kinds.rules import rule_of

    return rule_of(rule)
