"""Indexes that belong to no constraint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reconciler.kinds.base.kind import Kind, Purpose
from reconciler.kinds.index.catalog import CATALOG
from reconciler.kinds.index.fields import SECTION
from reconciler.kinds.index_backed.index import Index

if TYPE_CHECKING:
    from reconciler.kinds.base.routing import Router


def _router() -> Router:
    from reconciler.kinds.index.route import ROUTER

    return ROUTER


KIND = Kind(
    id="index",
    definition=Index,
    section=SECTION,
    catalog=CATALOG,
    absent_section="indexes",
    router=_router,
    purpose=Purpose.IS_INDEX,
)
