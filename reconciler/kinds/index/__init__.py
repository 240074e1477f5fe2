"""Indexes that belong to no constraint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reconciler.kinds.index.catalog import CATALOG
from reconciler.kinds.index.fields import SECTION
from reconciler.kinds.index_backed.index import Index
from reconciler.kinds.kind import Kind, Purpose

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
    absent_words=("Names of indexes that enforce no constraint.", "idx_wallets_old"),
    router=_router,
    on_views=True,
    purpose=Purpose.IS_INDEX,
    nouns=("index", "indexes"),
)
