"""A declared definition next to a live one: the attributes that the file does not manage, and the effort of their
difference."""

from __future__ import annotations

from dataclasses import replace

from reconciler.model.change import Action, Change
from reconciler.model.definition import Definition
from reconciler.model.facets import NO_FACET, UNMANAGED, Facet, empty_values, facets_of, fields_with
from reconciler.model.state import LiveState


def complete(after: Definition, before: Definition | None) -> Definition:
    """Return `after` with all unmanaged attributes filled in: from the live object, or with empty values.

    `validated: false` is satisfied by a valid constraint: nothing is ever un-validated, except for a constraint
    that is not enforced or that differs.
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
    """Whether the live constraint is enforced, and rows that comply with it also comply with the declared one."""
    rule = fields_with(type(after), Facet.RULE)
    return after.is_enforced() and all(getattr(after, name) == getattr(before, name) for name in rule)


def differing(before: Definition, after: Definition, *, ignoring: Facet = NO_FACET) -> frozenset[str]:
    """Return the names of the fields in which two definitions of a kind differ, without those that have a facet of
    `ignoring`."""
    return frozenset(
        name
        for name, facets in facets_of(type(after)).items()
        if not facets & ignoring and getattr(after, name) != getattr(before, name)
    )


def differs_only(before: Definition, after: Definition, facets: Facet) -> bool:
    """Whether two definitions of a kind differ only in fields that have one of the facets."""
    return not differing(before, after, ignoring=facets)


def must_be_replaced(
    before: Definition, after: Definition, *, partitioned: bool, ignoring: Facet = NO_FACET
) -> bool:
    """Whether another object must replace the live one, because a field differs that cannot be changed on it.
    `partitioned`: it belongs to a partitioned table. Fields with a facet of `ignoring` do not count."""
    kind = type(after)
    fixed = fields_with(kind, Facet.FIXED_IF_PARTITIONED) if partitioned else ()
    alterable = set(fields_with(kind, Facet.IN_PLACE)).difference(fixed)
    return not differing(before, after, ignoring=ignoring) <= alterable or after.needs_rebuild(before)


def is_replaced(change: Change, live: LiveState) -> bool:
    """Whether the live object is dropped, and another one replaces it."""
    if change.action is not Action.ALTER or change.before is None or change.after is None:
        return False
    # A table that an interrupted run has moved to the archive is no longer among the tables.
    table = live.tables.get(change.key.table_name)
    partitioned = table is not None and table.is_partitioned
    return must_be_replaced(change.before, change.after, partitioned=partitioned)


def is_its_own(before: Definition, after: Definition, *, partitioned: bool) -> bool:
    """Whether a partition's index may differ from the inherited one in this way."""
    return differs_only(before, after, Facet.OWN) and not must_be_replaced(before, after, partitioned=partitioned)


def keeping(after: Definition, old: Definition, facet: Facet) -> Definition:
    """Return `after`, with its unmanaged fields taken from `old`, which it replaces under another name, for the
    fields that have the facet in both."""
    there = fields_with(type(old), facet)
    unsaid = [
        name for name in fields_with(type(after), facet) if getattr(after, name) is UNMANAGED and name in there
    ]
    return replace(after, **{name: after.inherit_unmanaged(old, name) for name in unsaid})


def essence(definition: Definition) -> Definition:
    """Return the parts of a definition that two equivalent objects share."""
    return replace(definition, **dict.fromkeys(fields_with(type(definition), Facet.INCIDENTAL)))
