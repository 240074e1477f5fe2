"""Detects partitions that were added or removed after the plan was made, and tables that were removed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reconciler.model.change import indexes_of
from reconciler.model.definition import Definition, has_index, parts_of
from reconciler.model.index_facts import IndexStatus
from reconciler.model.names import ARCHIVE_SCHEMA, Key, TableName
from reconciler.model.route import Route
from reconciler.model.step import Step
from reconciler.postgres.session import Session, rows

_MISSING = """
    SELECT FROM unnest(%(schemas)s::text[], %(names)s::text[]) AS locked (schema, name)
     WHERE to_regclass(format('%%I.%%I', schema, name)) IS NULL
       AND EXISTS (SELECT FROM pg_class WHERE oid = to_regclass(format('%%I.%%I', %(schema)s::text, %(name)s::text))
                                          AND relkind = 'p')
     LIMIT 1"""


_GONE = """
    SELECT schema, name FROM unnest(%(schemas)s::text[], %(names)s::text[]) AS locked (schema, name)
     WHERE to_regclass(format('%%I.%%I', schema, name)) IS NULL
     ORDER BY 1, 2"""


def missing_tables(session: Session, step: Step) -> Sequence[TableName]:
    """Return the tables that the step locks and that do not exist, without those in the archive, whose names are not
    known here."""
    locked = [claim.table for claim in step.locks if claim.table.schema != ARCHIVE_SCHEMA]
    parameters = {"schemas": [table.schema for table in locked], "names": [table.name for table in locked]}
    return [
        TableName(schema=one["schema"], name=one["name"]) for one in rows(session.connection, _GONE, parameters)
    ]


def misses_partitions(route: Route, live: Mapping[Key, Definition]) -> bool:
    """Return whether the parent is incomplete, although all partitions in the route are attached."""
    whole, after = live.get(route.change.key), route.change.after
    return (
        whole is not None
        and has_index(after)
        and whole.index_status() is IndexStatus.INCOMPLETE
        and set(parts_of(after)) <= set(parts_of(whole))
    )


def lacks_partitions(session: Session, route: Route) -> bool:
    """Return whether the table of the route is partitioned, and a partition that its steps lock no longer exists."""
    whole = route.change.key.table_name
    locked = {claim.table for step in route.steps for claim in (*step.lock_order, *step.locks)}
    locked -= indexes_of(route.change.key, route.change.after)  # the steps create these
    parameters = {
        "schema": whole.schema,
        "name": whole.name,
        "schemas": [table.schema for table in locked],
        "names": [table.name for table in locked],
    }
    return bool(rows(session.connection, _MISSING, parameters))
