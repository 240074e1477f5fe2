"""Unique constraints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reconciler.kinds.kind import Kind
from reconciler.kinds.unique.catalog import CATALOG
from reconciler.kinds.unique.definition import Unique
from reconciler.kinds.unique.fields import SECTION

if TYPE_CHECKING:
    from reconciler.kinds.base.routing import Router


def _router() -> Router:
    from reconciler.kinds.key.route import ROUTER

    return ROUTER


KIND = Kind(
    id="unique",
    definition=Unique,
    section=SECTION,
    catalog=CATALOG,
    absent_section="constraints",
    router=_router,
    contype="u",
    nouns=("unique constraint", "unique constraints"),
)
