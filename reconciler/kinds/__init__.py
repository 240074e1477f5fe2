"""The registry of kinds: a new one is a folder here and a line in `KINDS`, in the order in which plans prefer them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reconciler.kinds import (
    check,
    dropped_table,
    exclusion,
    foreign_key,
    index,
    not_null,
    primary_key,
    required_table,
    unique,
)
from reconciler.kinds.base.kind import Kind
from reconciler.model.names import Key

if TYPE_CHECKING:
    from reconciler.kinds.base.routing import Router

KINDS: tuple[Kind, ...] = (
    required_table.KIND,
    not_null.KIND,
    primary_key.KIND,
    unique.KIND,
    index.KIND,
    check.KIND,
    exclusion.KIND,
    foreign_key.KIND,
    dropped_table.KIND,
)

_BY_ID = {kind.id: kind for kind in KINDS}


def kind_of(key: Key) -> Kind:
    """The kind of the object that a key identifies."""
    return _BY_ID[key.kind]


def router_of(key: Key) -> Router:
    """What writes the SQL of the object's changes. Imported late: it needs psycopg."""
    router = kind_of(key).router
    assert router is not None, f"{key} is never changed"
    return router()


def rank_of(key: Key) -> int:
    """The place of the key's kind in the registry."""
    return KINDS.index(kind_of(key))
