"""Primary keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reconciler.kinds.kind import Kind, Purpose
from reconciler.kinds.primary_key.catalog import CATALOG
from reconciler.kinds.primary_key.definition import PrimaryKey
from reconciler.kinds.primary_key.fields import SECTION

if TYPE_CHECKING:
    from reconciler.kinds.base.routing import Router


def _router() -> Router:
    from reconciler.kinds.key.route import ROUTER

    return ROUTER


KIND = Kind(
    id="primary_key",
    definition=PrimaryKey,
    section=SECTION,
    catalog=CATALOG,
    absent_section="constraints",
    router=_router,
    purpose=Purpose.IDENTIFIES_ROWS,
    contype="p",
)
