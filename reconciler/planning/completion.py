"""A declared definition beside a live one: what the file leaves open, and what their difference takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace

from reconciler.kinds.index.parameters import need_rebuild
from reconciler.kinds.partition_names import ITS_OWN, Partitionable, merged
from reconciler.model.definition import UNMANAGED, Definition, field_values


def complete(after: Definition, before: Definition | None) -> Definition:
    """`after` with everything that the file leaves open filled in: from the live object, else empty.

    `validated: false` is satisfied by a valid constraint: nothing is ever un-validated, but what is not enforced, and
    what is another rule.
    """
    filled: dict[str, object] = {}
    for one in fields(after):
        value = getattr(after, one.name)
        if value is UNMANAGED:
            filled[one.name] = _EMPTY.get(one.name) if before is None else after.kept_from(before, one.name)
        elif before is not None and one.name == "validated" and not value and _asks_for_no_more(after, before):
            filled[one.name] = getattr(before, one.name)
        elif before is not None and one.name == "partitions":
            filled[one.name] = _partition_names(after, before)
    return replace(after, **filled) if filled else after


# Fields that say which rows comply.
_RULE = ("expression", "key", "ref_table", "ref_columns", "period", "match")


def _asks_for_no_more(after: Definition, before: Definition) -> bool:
    """Whether it is enforced, and rows that comply with the live rule comply with it."""
    same = all(getattr(after, name, None) == getattr(before, name, None) for name in _RULE)
    return same and bool(getattr(after, "enforced", True))


def is_in_sync(after: Definition, before: Definition) -> bool:
    """Whether every field that `after` manages is the same, so that `complete(after, before)` would be `before`. Most
    are, and nothing is copied to find out."""
    if type(after) is not type(before):
        return False
    for mine, theirs in zip(field_values(after), field_values(before), strict=True):
        if mine is not theirs and mine is not UNMANAGED and mine != theirs:
            return False
    return True


_EMPTY: Mapping[str, object] = {
    "with_": (),
    "statistics": (),
    "clustered": False,
    "replica_identity": False,
    "partitions": (),
}


def _partition_names(after: Definition, before: Definition) -> object:
    """The live names of partitions' indexes, with the declared ones in their places."""
    if not isinstance(after, Partitionable) or not isinstance(before, Partitionable):
        return ()
    declared, live = after.partitions, before.partitions
    return merged(declared, live, after) if isinstance(declared, tuple) and isinstance(live, tuple) else live


BUILD = "with_ for the build"

# Fields that are changed on the object itself, if no others are.
_IN_PLACE = frozenset(
    ("name", "comment", "with_", "statistics", "clustered", "replica_identity", "validated", "partitions")
)


def differing(before: Definition, after: Definition) -> frozenset[str]:
    """The names of the fields in which two definitions of a kind differ; `BUILD` among them if a storage parameter
    does that only the build of an index reads."""
    names = {one.name for one in fields(after) if getattr(after, one.name) != getattr(before, one.name)}
    return frozenset({*names, BUILD} if "with_" in names and need_rebuild(before, after) else names)


def is_made_anew(names: frozenset[str], *, partitioned: bool) -> bool:
    """Whether another object takes the place of one that differs in these fields. The storage parameters of a
    `partitioned` index cannot be changed."""
    return not names <= (_IN_PLACE - {"with_"} if partitioned else _IN_PLACE)


def is_its_own(names: frozenset[str], definition: Definition, *, partitioned: bool) -> bool:
    """Whether a partition's index may differ in these fields from what it inherits."""
    own = isinstance(definition, Partitionable) and names <= ITS_OWN
    return own and not is_made_anew(names, partitioned=partitioned)


_CARRIED = ("statistics", "clustered", "replica_identity")


def keeping_marks(after: Definition, old: Definition) -> Definition:
    """`after` with what a table must not lose when an object of another name takes the place of `old`."""
    return _keeping(_CARRIED, after, old)


def keeping_all(after: Definition, old: Definition) -> Definition:
    """`after` with all that the file leaves open as `old` has it, which it replaces under another name."""
    return _keeping((*_CARRIED, "comment", "with_", "tablespace"), after, old)


def _keeping(names: Iterable[str], after: Definition, old: Definition) -> Definition:
    unsaid = [name for name in names if getattr(after, name, None) is UNMANAGED and hasattr(old, name)]
    return replace(after, **{name: after.kept_from(old, name) for name in unsaid})


# Fields in which two objects that do the same may differ.
_INCIDENTAL = (
    *("name", "comment", "with_", "tablespace", "validated", "status"),
    *("statistics", "clustered", "replica_identity", "partitions"),
)


def essence(definition: Definition) -> Definition:
    """What two objects that do the same have in common."""
    present = {one.name for one in fields(definition)}
    return replace(definition, **{name: None for name in _INCIDENTAL if name in present})
