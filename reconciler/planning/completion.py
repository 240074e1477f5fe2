"""A declared definition next to a live one: what the file leaves open, and what their difference takes."""

from __future__ import annotations

from dataclasses import replace

from reconciler.model.definition import Definition, field_values
from reconciler.model.facets import NO_FACET, UNMANAGED, Facet, empty_values, facets_of, fields_with


def complete(after: Definition, before: Definition | None) -> Definition:
    """`after` with everything that the file leaves open filled in: from the live object, else empty.

    `validated: false` is satisfied by a valid constraint: nothing is ever un-validated, but what is not enforced, and
    what is another rule.
    """
    empty = empty_values(type(after))
    filled: dict[str, object] = {}
    for name, facets in facets_of(type(after)).items():
        value = getattr(after, name)
        if value is UNMANAGED:
            filled[name] = empty[name] if before is None else after.inherit_unmanaged(before, name)
        elif before is not None and facets & Facet.VALIDITY and not value and _asks_for_no_more(after, before):
            filled[name] = getattr(before, name)
        elif before is not None and facets & Facet.PARTS:
            filled[name] = after.inherit_unmanaged(before, name)
    return replace(after, **filled) if filled else after


def _asks_for_no_more(after: Definition, before: Definition) -> bool:
    """Whether it is enforced, and rows that comply with the live rule comply with it."""
    rule = fields_with(type(after), Facet.RULE)
    return after.is_enforced() and all(getattr(after, name) == getattr(before, name) for name in rule)


def is_in_sync(after: Definition, before: Definition) -> bool:
    """Whether every field that `after` manages is the same, so that `complete(after, before)` would be `before`. Most
    are, and nothing is copied to find out."""
    if type(after) is not type(before):
        return False
    for mine, theirs in zip(field_values(after), field_values(before), strict=True):
        if mine is not theirs and mine is not UNMANAGED and mine != theirs:
            return False
    return True


def differing(before: Definition, after: Definition, *, ignoring: Facet = NO_FACET) -> frozenset[str]:
    """The fields in which two definitions of a kind differ, by name, without those that have a facet of `ignoring`."""
    return frozenset(
        name
        for name, facets in facets_of(type(after)).items()
        if not facets & ignoring and getattr(after, name) != getattr(before, name)
    )


def differs_only(before: Definition, after: Definition, facets: Facet) -> bool:
    """Whether two definitions of a kind differ at most in fields that have one of the facets."""
    return not differing(before, after, ignoring=facets)


def must_be_replaced(
    before: Definition, after: Definition, *, partitioned: bool, ignoring: Facet = NO_FACET
) -> bool:
    """Whether another object must take the place of the live one, because they differ in something that cannot be
    changed on it. `partitioned`: it belongs to a partitioned table. Fields with a facet of `ignoring` do not count."""
    kind = type(after)
    fixed = fields_with(kind, Facet.FIXED_IF_PARTITIONED) if partitioned else ()
    alterable = set(fields_with(kind, Facet.IN_PLACE)).difference(fixed)
    return not differing(before, after, ignoring=ignoring) <= alterable or after.needs_rebuild(before)


def is_its_own(before: Definition, after: Definition, *, partitioned: bool) -> bool:
    """Whether a partition's index may differ like this from what it inherits."""
    return differs_only(before, after, Facet.OWN) and not must_be_replaced(before, after, partitioned=partitioned)


def keeping(after: Definition, old: Definition, facet: Facet) -> Definition:
    """`after`, with what the file leaves out as `old` has it, which it replaces under another name, in the fields that
    have the facet in both."""
    there = fields_with(type(old), facet)
    unsaid = [
        name for name in fields_with(type(after), facet) if getattr(after, name) is UNMANAGED and name in there
    ]
    return replace(after, **{name: after.inherit_unmanaged(old, name) for name in unsaid})


def essence(definition: Definition) -> Definition:
    """What two objects that do the same have in common."""
    return replace(definition, **dict.fromkeys(fields_with(type(definition), Facet.INCIDENTAL)))
