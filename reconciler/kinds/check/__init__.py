"""Check constraints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reconciler.kinds.check import rules
from reconciler.kinds.check.catalog import CATALOG
from reconciler.kinds.check.definition import Check
from reconciler.kinds.check.fields import SECTION
from reconciler.kinds.kind import Kind
from reconciler.model.rules.rule import rules_of

if TYPE_CHECKING:
    from reconciler.kinds.base.routing import Router


def _router() -> Router:
    from reconciler.kinds.check.route import ROUTER

    return ROUTER


KIND = Kind(
    id="check",
    definition=Check,
    section=SECTION,
    catalog=CATALOG,
    absent_section="constraints",
    router=_router,
    rules=rules_of(rules),
    is_copied=True,
    contype="c",
)
