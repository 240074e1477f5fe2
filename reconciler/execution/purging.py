"""Tables in the archive that a plan drops for good: no one goes while an object prevents the drop of another one."""

from __future__ import annotations

from collections.abc import Sequence

from reconciler.model.errors import Refused
from reconciler.model.retired import ArchivedTable, drops_for_good
from reconciler.model.route import Route
from reconciler.model.rules.dependencies import HAS_DEPENDENTS
from reconciler.postgres.archive import dependents_in_archive
from reconciler.postgres.session import Session


def first_purge(routes: Sequence[Route]) -> Route | None:
    return next((one for one in routes if _purges(one)), None)


def check_purges(session: Session, routes: Sequence[Route]) -> None:
    """Raise `Refused` if something depends on one of the tables that the routes purge, unless they drop it too."""
    leaving = {one.change.key.table_name for one in routes if drops_for_good(one.change.after)}
    purged = [one.change.key.table_name for one in routes if _purges(one)]
    found = dependents_in_archive(session, [one.name for one in purged])
    for table in purged:
        for dependent in found.get(table.name, ()):
            if dependent.table not in leaving:
                raise Refused(
                    f"before the first table is purged: {dependent.description} depends on {table}",
                    rule=HAS_DEPENDENTS,
                    hint="change or drop the dependent object first; nothing is ever dropped by CASCADE",
                )


def _purges(route: Route) -> bool:
    return isinstance(route.change.before, ArchivedTable) and drops_for_good(route.change.after)
