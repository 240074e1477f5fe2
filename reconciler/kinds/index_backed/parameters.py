"""Storage parameters of indexes: those that affect an existing index, and those that only its build reads."""

from __future__ import annotations

from collections.abc import Mapping, Set

# The others are copied into the index when it is built, or shape only its first pages. Measured with
# pg_relation_size and pageinspect: after ALTER INDEX, `fillfactor` changes how inserts fill a btree or spgist
# index, and nothing in a gist or hash index.
ACTING: Mapping[str, Set[str]] = {
    "brin": {"autosummarize"},
    "btree": {"fillfactor", "deduplicate_items"},
    "gin": {"fastupdate", "gin_pending_list_limit"},
    "spgist": {"fillfactor"},
}
"""By access method, the parameters that take effect without a rebuild. Any other parameter needs a rebuild, as do
all parameters of access methods that are not listed."""


def acts(method: str, parameter: str) -> bool:
    """Whether a storage parameter affects an existing index of this access method."""
    return parameter in ACTING.get(method, set())
