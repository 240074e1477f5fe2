"""Extended statistics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reconciler.kinds.kind import Kind
from reconciler.kinds.statistics import rules
from reconciler.kinds.statistics.catalog import CATALOG
from reconciler.kinds.statistics.definition import Statistics
from reconciler.kinds.statistics.fields import SECTION
from reconciler.model.rules.rule import rules_of

if TYPE_CHECKING:
    from reconciler.kinds.base.routing import Router


def _router() -> Router:
    from reconciler.kinds.statistics.route import ROUTER

    return ROUTER


KIND = Kind(
    id="statistics",
    definition=Statistics,
    section=SECTION,
    catalog=CATALOG,
    absent_section="statistics",
    absent_words=("Names of extended statistics.", "wallets_currency_status"),
    router=_router,
    on_views=True,
    rules=rules_of(rules),
    nouns=("statistics", "statistics"),
)
