"""The registry of kinds. A new kind is a folder here and a line in `KINDS`, which is sorted by the order that plans
prefer."""

from __future__ import annotations

import re
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
    statistics,
    unique,
)
from reconciler.kinds.kind import Kind, Purpose
from reconciler.model.names import Key, TableName

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
    statistics.KIND,
    dropped_table.KIND,
)

_BY_ID = {kind.id: kind for kind in KINDS}


def kind_of(key: Key) -> Kind:
    """Return the kind of the object that a key identifies."""
    return _BY_ID[key.kind]


_BY_PURPOSE = {kind.purpose: kind for kind in KINDS if kind.purpose is not None}


def purpose_of(key: Key) -> Purpose | None:
    """Return the purpose that only the key's kind has."""
    kind = _BY_ID.get(key.kind)
    return None if kind is None else kind.purpose


def kind_for(purpose: Purpose) -> Kind:
    return _BY_PURPOSE[purpose]


def section_for(purpose: Purpose) -> str:
    """Return the section of the file that declares the objects of the kind with this purpose."""
    return kind_for(purpose).section.key


def key_for(purpose: Purpose, table: TableName, name: str = "") -> Key:
    """Return the key, on a table, of an object of the kind with this purpose."""
    return Key(schema=table.schema, table=table.name, kind=kind_for(purpose).id, name=name)


def router_of(key: Key) -> Router:
    """Return the router that writes the SQL of the object's changes. It is imported late, because it needs
    psycopg."""
    router = kind_of(key).router
    assert router is not None, f"{key} is never changed"
    return router()


def rank_of(key: Key) -> int:
    """Return the position of the key's kind in the registry."""
    return KINDS.index(kind_of(key))


def nouns_of(kind_id: str) -> tuple[str, str]:
    """Return the words for one object and for several: `foreign key` and `foreign keys`. A kind that is not registered
    has the words of its id."""
    kind, words = _BY_ID.get(kind_id), kind_id.replace("_", " ")
    return kind.nouns if kind is not None and kind.nouns else (words, f"{words}s")


def name_of(key: Key) -> str:
    """Return the object for people, such as `unique constraint one on public.wallets`, with the noun of its kind."""
    kind = _BY_ID.get(key.kind)
    if kind is not None and kind.purpose is Purpose.DROPS_TABLE:
        return f"table {key.table_name}"
    return f"{nouns_of(key.kind)[0]} {key.without_kind}"


def named(key: Key | None, text: str) -> str:
    """Return a text after the object that it is about, unless it names that object itself, a dropped one as a table or
    a view."""
    if key is None:
        return text
    name = name_of(key)
    names = (name, f"view {key.table_name}") if name == f"table {key.table_name}" else (name,)
    if any(re.search(rf"(?<!\w){re.escape(one)}(?![\w.$])", text) for one in names):
        return text
    return f"{name}: {text}"
