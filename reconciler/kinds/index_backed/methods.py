"""Capabilities of the access methods of indexes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """The capabilities of PostgreSQL's own access methods (pg_indexam_has_property). Other methods are not
    restricted here."""

    ordered: bool = False
    unique: bool = False
    include: bool = False
    several: bool = True
    clusterable: bool = False


METHODS: Final = {
    "btree": Method(ordered=True, unique=True, include=True, clusterable=True),
    "hash": Method(several=False),
    "gist": Method(include=True, clusterable=True),
    "spgist": Method(include=True, several=False),
    "gin": Method(),
    "brin": Method(),
}


def is_clusterable(method: str) -> bool:
    """Whether CLUSTER can use such an index. True for unknown access methods."""
    return method not in METHODS or METHODS[method].clusterable
