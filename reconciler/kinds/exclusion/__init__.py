"""Exclusion constraints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reconciler.kinds.exclusion.catalog import CATALOG
from reconciler.kinds.exclusion.definition import Exclusion
from reconciler.kinds.exclusion.fields import SECTION
from reconciler.kinds.kind import Kind

if TYPE_CHECKING:
    from reconciler.kinds.base.routing import Router


def _router() -> Router:
    from reconciler.kinds.exclusion.route import ROUTER

    return ROUTER


KIND = Kind(
    id="exclusion",
    definition=Exclusion,
    section=SECTION,
    catalog=CATALOG,
    absent_section="constraints",
    router=_router,
    contype="x",
    nouns=("exclusion constraint", "exclusion constraints"),
)
