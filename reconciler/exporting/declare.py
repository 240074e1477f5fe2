"""Turns live definitions into those that a person would write, without defaults."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from reconciler.kinds import key_for, kind_for, kind_of
from reconciler.kinds.kind import Purpose
from reconciler.model.definition import Definition
from reconciler.model.facets import UNMANAGED, Facet, Unmanaged, empty_values, fields_with
from reconciler.model.index_facts import PartitionNames
from reconciler.model.names import Key


def declare(objects: Mapping[Key, Definition]) -> dict[Key, Definition]:
    """Return the objects as a file would declare them, without the not-nulls that a primary key implies."""
    declared = {key: _as_written(key, definition) for key, definition in objects.items()}
    implied, bare = set(_implied(objects)), kind_for(Purpose.FORBIDS_NULL).definition()
    return {key: one for key, one in declared.items() if key not in implied or one != bare}


def _implied(objects: Mapping[Key, Definition]) -> Iterator[Key]:
    for key, definition in objects.items():
        for column in definition.not_null_columns():
            yield key_for(Purpose.FORBIDS_NULL, key.table_name, column)


def _as_written(key: Key, live: Definition) -> Definition:
    """Return the definition without empty values of unmanaged attributes, and without PostgreSQL's default names."""
    unsaid: dict[str, object] = {
        name: UNMANAGED for name, empty in empty_values(type(live)).items() if getattr(live, name) == empty
    }
    section = kind_of(key).section
    if section.name_label is not None and live.given_name("") == section.default_name(key):
        unsaid.update(dict.fromkeys(fields_with(type(live), Facet.NAME), UNMANAGED))
    unsaid.update(dict.fromkeys(fields_with(type(live), Facet.PARTS), _names_of_their_own(live)))
    written = live.with_short_names(("pg_catalog",), (key.schema, "public"))
    return replace(written, **unsaid) if unsaid else written


def _names_of_their_own(live: Definition) -> PartitionNames | Unmanaged:
    """Return the names of partitions' indexes that differ from PostgreSQL's default names.

    Names with a number are kept, because the number depends on which names were taken at the time.
    """
    pairs = tuple((table, name) for table, name in live.partition_indexes() if name != live.part_name(table))
    return pairs or UNMANAGED
