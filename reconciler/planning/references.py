"""The foreign keys around the changes of a plan. People see them in a picture; the plan does not use them."""

from __future__ import annotations

from collections.abc import Sequence

from reconciler.model.names import Key, TableName
from reconciler.model.route import Route
from reconciler.model.state import LiveState


def live_references(routes: Sequence[Route], live: LiveState) -> dict[Key, TableName]:
    """Return the live foreign keys of the tables of the changes, and those that refer to such tables or to a table
    that a change refers to. Each has the table that it refers to."""
    near = set(_near(routes))
    found = {}
    for key, definition in live.objects.items() if near else ():
        reference = definition.reference()
        if reference is not None and (key.table_name in near or reference.table in near):
            found[key] = reference.table
    return dict(sorted(found.items()))


def _near(routes: Sequence[Route]) -> list[TableName]:
    tables = [route.change.key.table_name for route in routes]
    for route in routes:
        for definition in (route.change.before, route.change.after):
            reference = definition.reference() if definition is not None else None
            if reference is not None:
                tables.append(reference.table)
    return tables
