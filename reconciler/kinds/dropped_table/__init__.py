"""Tables to drop or archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reconciler.kinds.dropped_table import rules
from reconciler.kinds.dropped_table.catalog import CATALOG
from reconciler.kinds.dropped_table.fields import SECTION
from reconciler.kinds.kind import Kind, Purpose
from reconciler.model.retired import DroppedTable
from reconciler.model.rules.rule import rules_of

if TYPE_CHECKING:
    from reconciler.kinds.base.routing import Router


def _router() -> Router:
    from reconciler.kinds.dropped_table.route import ROUTER

    return ROUTER


KIND = Kind(
    id="dropped_table",
    definition=DroppedTable,
    section=SECTION,
    catalog=CATALOG,
    only_declared=True,
    router=_router,
    rules=rules_of(rules),
    purpose=Purpose.DROPS_TABLE,
    nouns=("table", "tables"),
)
