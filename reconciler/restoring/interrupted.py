"""Partitions that an interrupted run has detached, or was detaching, and not moved to the archive: a restore completes
that first, and then brings them back from there."""

from __future__ import annotations

from dataclasses import replace

from reconciler.kinds import key_for
from reconciler.kinds.dropped_table.detached import DETACHED_BY
from reconciler.kinds.kind import Purpose
from reconciler.model.events import Listener
from reconciler.model.names import Place, TableName
from reconciler.model.options import Options
from reconciler.model.plan import Plan
from reconciler.model.retired import DroppedTable
from reconciler.model.state import Declared, DesiredState, Policy
from reconciler.planner import make_plan
from reconciler.postgres.session import Session, rows
from reconciler.restoring.find import is_archived

_MARKED = """
    SELECT n.nspname::text AS schema, t.relname::text AS name
      FROM pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace
     WHERE t.relkind IN ('r', 'p') AND %(name)s::text IN (t.relname::text, concat(n.nspname, '.', t.relname))
       AND starts_with(obj_description(t.oid, 'pg_class'), %(mark)s)"""


def plan_to_complete(session: Session, name: str, policy: Policy, options: Options, emit: Listener) -> Plan | None:
    """Return the plan that moves such a partition to the archive; None if there is none of this name."""
    found = rows(session.connection, _MARKED, {"name": name, "mark": DETACHED_BY})
    if len(found) != 1 or is_archived(session, name):
        return None
    table = TableName(**found[0])
    place = Place(file=str(table), line=0, column=0)
    declared = Declared(key=key_for(Purpose.DROPS_TABLE, table), definition=DroppedTable(), place=place)
    desired = DesiredState(objects={}, dropped_tables={table: declared}, policy=policy, sources=(str(table),))
    return make_plan(session, desired, replace(options, tables=()), emit=emit, applying=True)
