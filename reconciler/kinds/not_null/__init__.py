"""Not-null constraints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reconciler.kinds.kind import Kind, Purpose
from reconciler.kinds.not_null import rules
from reconciler.kinds.not_null.catalog import CATALOG
from reconciler.kinds.not_null.definition import NotNull
from reconciler.kinds.not_null.fields import SECTION
from reconciler.model.rules.rule import rules_of

if TYPE_CHECKING:
    from reconciler.kinds.base.routing import Router


def _router() -> Router:
    from reconciler.kinds.not_null.route import ROUTER

    return ROUTER


KIND = Kind(
    id="not_null",
    definition=NotNull,
    section=SECTION,
    catalog=CATALOG,
    absent_section="not_null",
    absent_words=("Columns that may contain null.", "nickname"),
    router=_router,
    rules=rules_of(rules),
    purpose=Purpose.FORBIDS_NULL,
    nouns=("not-null", "not-nulls"),
    is_copied=True,
)
