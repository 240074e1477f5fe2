"""What the access methods of indexes can do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """What PostgreSQL's own access methods can do (pg_indexam_has_property); other methods are not judged here."""

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
    """Whether CLUSTER can go by such an index, or nothing is known that speaks against it."""
    return method not in METHODS or METHODS[method].clusterable
