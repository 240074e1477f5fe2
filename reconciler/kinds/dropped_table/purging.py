"""How a table that has been in the archive for long enough is dropped there."""

from __future__ import annotations

from reconciler.kinds.base import ddl
from reconciler.kinds.base.routing import RouteBuilder
from reconciler.kinds.dropped_table.checks import nothing_depends
from reconciler.model.change import Change
from reconciler.model.hazards import Hazard
from reconciler.model.locks import LockMode
from reconciler.model.retired import ArchivedTable
from reconciler.model.route import DefinitionPattern, Route
from reconciler.model.rules.hazards import PURGE
from reconciler.model.size_text import freed
from reconciler.model.step_id import Verb
from reconciler.model.time_text import utc_text


def purge_route(change: Change, before: ArchivedTable) -> Route:
    """Return the route of an archived table that is dropped for good."""
    table = change.key.table_name
    step = ddl.brief(
        Verb.DROP.of(change.key),
        f"drop table {table}",
        [ddl.statement(ddl.compose("DROP TABLE {table}", table=ddl.relation(table)))],
        ddl.claims(LockMode.ACCESS_EXCLUSIVE, table),
        guards=[nothing_depends(table, stays=False)],
    )
    builder = RouteBuilder("archived", {change.key: DefinitionPattern()}).then(step, "dropped", {change.key: None})
    when = utc_text(before.at) if before.at else "an unknown time"
    hazard = Hazard(
        kind=PURGE,
        detail=f"{table}, which was {before.moved.table} until {when}; this frees {freed(before.rows, before.bytes)}",
    )
    return builder.build(change, hazards=[hazard])
