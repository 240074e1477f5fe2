"""What a run does with files: it writes dumps, and reads them. The run itself knows only this protocol."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from reconciler.model.dumped import Dump
from reconciler.model.names import TableName
from reconciler.model.plan import Plan, Refusal
from reconciler.model.route import Route
from reconciler.model.rules.dumps import NO_BACKUP_DIR
from reconciler.model.step import DumpAction, LoadAction
from reconciler.postgres.client_programs import Watching
from reconciler.postgres.session import Session


class TableFiles(Protocol):
    """Writes and reads dumps of tables in the archive."""

    def objections(self, session: Session, plan: Plan) -> Sequence[Refusal]:
        """Return why dumps of this plan cannot be written or read. Writes nothing that stays."""
        ...

    def dump(self, session: Session, table: TableName, watching: Watching) -> Dump:
        """Write and verify a dump of a table, or return the dump of the same rows that exists."""
        ...

    def load(self, session: Session, action: LoadAction, watching: Watching) -> int:
        """Load a table into the archive, and return the number of its rows."""
        ...


def routes_with_files(plan: Plan) -> list[Route]:
    """Return the routes of a plan that write or read dumps."""
    return [
        route
        for route in plan.routes
        if any(isinstance(step.action, DumpAction | LoadAction) for step in route.steps)
    ]


def file_objections(session: Session, plan: Plan, files: TableFiles | None) -> Sequence[Refusal]:
    """Return the reasons why the files of a plan cannot be written or read; none if it has none."""
    routes = routes_with_files(plan)
    if not routes:
        return ()
    if files is not None:
        return files.objections(session, plan)
    change = routes[0].change
    cause = f"{change.key.table_name} is in a file, and no folder for files is given"
    return [
        Refusal(rule=NO_BACKUP_DIR, key=change.key, place=change.place, cause=cause, remedy=NO_BACKUP_DIR.remedy)
    ]
