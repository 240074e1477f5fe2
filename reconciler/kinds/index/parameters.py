"""Storage parameters of indexes: those that act on an index that exists, and those that only its build reads."""

from __future__ import annotations

from collections.abc import Mapping, Set

from reconciler.kinds.exclusion.definition import Exclusion
from reconciler.kinds.index.definition import Index
from reconciler.model.definition import Definition

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


def need_rebuild(before: Definition, after: Definition) -> bool:
    """Whether the storage parameters of two definitions of a kind differ in one that only a build reads."""
    old, new = _parameters(before), _parameters(after)
    changed = {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}
    return not all(acts(after, name) for name in changed)


def acts(definition: Definition, parameter: str) -> bool:
    """Whether a storage parameter acts on such an index once it exists."""
    return parameter in ACTING.get(_method(definition), set())


def _parameters(definition: Definition) -> Mapping[str, str]:
    found = getattr(definition, "with_", ())
    return dict(found) if isinstance(found, tuple) else {}


def _method(definition: Definition) -> str:
    """The access method of the index, or of the one that enforces a key."""
    if isinstance(definition, Index | Exclusion):
        return definition.method
    return "gist" if getattr(definition, "without_overlaps", False) else "btree"
