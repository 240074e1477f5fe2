"""A live definition → the one that a person would have written: nothing in it that goes without saying."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace

from reconciler.kinds import kind_of
from reconciler.kinds.exclusion.definition import Exclusion
from reconciler.kinds.index_backed.definition import IndexBacked
from reconciler.kinds.index_backed.elements import Element, ObjectName
from reconciler.kinds.index_backed.index import Index
from reconciler.kinds.not_null.definition import NotNull
from reconciler.kinds.primary_key.definition import PrimaryKey
from reconciler.model.definition import Definition, PartitionNames, parts_of
from reconciler.model.facets import UNMANAGED, Unmanaged
from reconciler.model.names import Key


def declare(objects: Mapping[Key, Definition]) -> dict[Key, Definition]:
    """The objects as a file would declare them. Not-nulls that a primary key brings along are left out."""
    declared = {key: _as_written(key, definition) for key, definition in objects.items()}
    implied = set(_implied(objects))
    return {key: one for key, one in declared.items() if key not in implied or one != NotNull()}


def _implied(objects: Mapping[Key, Definition]) -> Iterator[Key]:
    for key, definition in objects.items():
        if isinstance(definition, PrimaryKey):
            yield from (key._replace(kind="not_null", name=column) for column in definition.key)


def _as_written(key: Key, live: Definition) -> Definition:
    """The definition without empty values of what the file need not manage, and without PostgreSQL's own names."""
    unsaid: dict[str, object] = {
        one.name: UNMANAGED
        for one in fields(live)
        if one.default is UNMANAGED and getattr(live, one.name) in (None, (), False)
    }
    default_name = kind_of(key).section.default_name
    if default_name is not None and getattr(live, "name", None) == default_name(key):
        unsaid["name"] = UNMANAGED
    if isinstance(live, Index) and any(element.opclass or element.collation for element in live.elements):
        unsaid["elements"] = tuple(_short_names(one, key) for one in live.elements)
    if isinstance(live, Exclusion):
        unsaid["excluded"] = tuple(
            replace(_short_names(one, key), operator=_short_name(one.operator, key) or one.operator)
            for one in live.excluded
        )
    if isinstance(live, IndexBacked):
        unsaid["partitions"] = _names_of_their_own(live)
    return replace(live, **unsaid) if unsaid else live


def _names_of_their_own(live: IndexBacked) -> PartitionNames | Unmanaged:
    """The names of partitions' indexes but for those that PostgreSQL gives to the first of its kind: which numbers it
    gives to others depends on what was there at the time."""
    pairs = tuple((table, name) for table, name in parts_of(live).items() if name != live.part_name(table))
    return pairs or UNMANAGED


def _short_names(element: Element, key: Key) -> Element:
    return replace(
        element, opclass=_short_name(element.opclass, key), collation=_short_name(element.collation, key)
    )


def _short_name(name: ObjectName | None, key: Key) -> ObjectName | None:
    """A name without its schema, if the file's search path finds it: PostgreSQL's own schema comes first, then those of
    the table and public, where the name may exist in one schema only."""
    if name is None:
        return None
    found = name.schema == "pg_catalog" or (name.unambiguous and name.schema in (key.schema, "public"))
    return ObjectName(name=name.name) if found else name
