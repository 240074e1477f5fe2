"""Foreign keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reconciler.kinds.foreign_key import rules
from reconciler.kinds.foreign_key.catalog import CATALOG
from reconciler.kinds.foreign_key.definition import ForeignKey
from reconciler.kinds.foreign_key.fields import SECTION
from reconciler.kinds.kind import Kind
from reconciler.model.rules.rule import rules_of

if TYPE_CHECKING:
    from reconciler.kinds.base.routing import Router


def _router() -> Router:
    from reconciler.kinds.foreign_key.route import ROUTER

    return ROUTER


KIND = Kind(
    id="foreign_key",
    definition=ForeignKey,
    section=SECTION,
    catalog=CATALOG,
    absent_section="constraints",
    router=_router,
    rules=rules_of(rules),
    contype="f",
)
