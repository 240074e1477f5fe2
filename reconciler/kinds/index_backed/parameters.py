"""Storage parameters of indexes: those that act on an index that exists, and those that only its build reads."""

from __future__ import annotations

from collections.abc import Mapping, Set

# The others are copied into the index when it is built, or shape its pages then. Measured with pg_relation_size and
# pageinspect: after ALTER INDEX, `fillfactor` changes what inserts do to a btree or spgist index, and nothing of a gist
# or hash index.
ACTING: Mapping[str, Set[str]] = {
    "brin": {"autosummarize"},
    "btree": {"fillfactor", "deduplicate_items"},
    "gin": {"fastupdate", "gin_pending_list_limit"},
    "spgist": {"fillfactor"},
}
"""By access method, the parameters that act without a rebuild. An index is built again for any other parameter, among
them all of access methods that are not listed."""


def acts(method: str, parameter: str) -> bool:
    """Whether a storage parameter acts on an index of this access method once it exists."""
    return parameter in ACTING.get(method, set())
