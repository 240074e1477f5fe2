"""Partitions that an interrupted run has detached, or was detaching, and not moved to the archive: they are attached
again where they are."""

from __future__ import annotations

from collections.abc import Iterable

from reconciler.kinds import key_for
from reconciler.kinds.dropped_table.route import attach_route
from reconciler.kinds.kind import Purpose
from reconciler.model.change import Action, Change
from reconciler.model.names import Place, TableName
from reconciler.model.options import Options
from reconciler.model.plan import Plan
from reconciler.model.retired import DroppedTable, RestoredTable, TableToRetire, UnfinishedDetachment
from reconciler.model.route import Route
from reconciler.model.state import Declared, DesiredState, Policy
from reconciler.planning.lock_order import with_lock_order
from reconciler.postgres.catalog import read_state
from reconciler.postgres.detaching import unfinished_detachments
from reconciler.postgres.session import Session
from reconciler.restoring.find import is_archived
from reconciler.restoring.plan import Restores, plan_of


def plan_to_attach(session: Session, name: str, policy: Policy, options: Options) -> Plan | None:
    """Return the plan that attaches such a partition again; None if there is none of this name."""
    found = [one for one in unfinished_detachments(session) if name in (one.table.name, ".".join(one.table))]
    if len(found) != 1 or is_archived(session, name):
        return None
    routes = attach_routes(session, found)
    return plan_of(session, (str(found[0].table),), policy, Restores(routes=tuple(routes)), options)


def attach_routes(session: Session, partitions: Iterable[UnfinishedDetachment]) -> list[Route]:
    """Return the routes by which these partitions are attached again."""
    declared, required = dict[TableName, Declared](), dict[TableName, Place]()
    for one in partitions:
        place = Place(file=str(one.table), line=0, column=0)
        key = key_for(Purpose.DROPS_TABLE, one.table)
        declared[one.table] = Declared(key=key, definition=DroppedTable(), place=place)
        required[one.parent] = place
    if not declared:
        return []
    live = read_state(session, DesiredState(objects={}, required_tables=required, dropped_tables=declared))
    changes = []
    for table, one_declared in declared.items():
        before = live.objects.get(one_declared.key)
        if isinstance(before, TableToRetire) and before.marked:
            after = RestoredTable(table=table, comment=before.comment, attached=True)
            changes.append(
                Change(
                    action=Action.CREATE,
                    key=one_declared.key,
                    before=before,
                    after=after,
                    place=one_declared.place,
                )
            )
    return with_lock_order([attach_route(change, live) for change in changes], changes, live)
