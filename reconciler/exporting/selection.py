"""Selects the tables and objects of a database that a file can declare, and makes warnings about the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from reconciler.kinds import key_for, kind_for, kind_of, purpose_of
from reconciler.kinds.kind import Purpose
from reconciler.model.change import given_name
from reconciler.model.definition import Definition, parts_of
from reconciler.model.index_facts import IndexStatus
from reconciler.model.names import (
    ARCHIVE_SCHEMA,
    BUILDING_SUFFIX,
    OWN_NAMES,
    REPLACED_SUFFIX,
    Key,
    TableName,
)
from reconciler.postgres.inventory import Inventory

_NOT_VALID: Final = {
    IndexStatus.BUILDING: "left out, still being built",
    IndexStatus.INVALID: "left out, not valid",
    IndexStatus.INCOMPLETE: "left out, not attached to all partitions",
}

_MAX_NAMED: Final = 20
"""Maximum number of objects that one warning names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The live objects to declare, with a required table for each table, and warnings of one line each."""

    objects: Mapping[Key, Definition]
    warnings: tuple[str, ...]


@dataclass(slots=True, kw_only=True)
class _Left:
    """The objects that are left out, by reason."""

    reasons: dict[str, list[str]] = field(default_factory=dict)

    def add(self, reason: str, what: object) -> None:
        self.reasons.setdefault(reason, []).append(str(what))

    def warnings(self) -> Iterator[str]:
        for reason, things in sorted(self.reasons.items()):
            named = sorted(set(things))
            more = f", and {len(named) - _MAX_NAMED} more" if len(named) > _MAX_NAMED else ""
            yield f"{reason}: {', '.join(named[:_MAX_NAMED])}{more}"


def choose(inventory: Inventory) -> Selection:
    """Select every object that can be declared so that a plan finds it in sync."""
    left = _Left()
    objects: dict[Key, Definition] = {}
    for text in inventory.undecodable:
        left.add("left out, not valid UTF-8", text)
    kept = _kept_by_table(inventory)
    for name, table in inventory.tables.items():
        found = kept.get(name, {})
        if table.relkind == "f":
            _leave_objects(name, found, left)
            continue
        # A materialized view or a partition is declared only for objects of its own.
        if not found and (table.relkind == "m" or table.is_partition):
            continue
        objects[key_for(Purpose.REQUIRES_TABLE, name)] = kind_for(Purpose.REQUIRES_TABLE).definition()
        objects.update(_declarable(found, left))
    for name in inventory.strangers:
        left.add("left out, has the name of the tool's journal, but is not the journal", name)
    return Selection(objects=objects, warnings=tuple(left.warnings()))


def _kept_by_table(inventory: Inventory) -> dict[TableName, dict[Key, Definition]]:
    by_table: dict[TableName, dict[Key, Definition]] = {}
    for key, definition in (*inventory.objects.items(), *_peculiar(inventory)):
        # A materialized view has no constraints; the not-nulls of its columns are not declared.
        if inventory.tables[key.table_name].relkind != "m" or kind_of(key).on_views:
            by_table.setdefault(key.table_name, {})[key] = definition
    return by_table


def _peculiar(inventory: Inventory) -> Iterator[tuple[Key, Definition]]:
    """Yield the indexes of partitions that belong to an index of the parent, but have attributes of their own."""
    wholes = {
        part: definition for definition in inventory.objects.values() for part in parts_of(definition).items()
    }
    for key, definition in inventory.inherited.items():
        whole = wholes.get((key.table_name, given_name(key, definition)))
        if whole is not None and definition.has_its_own(whole):
            yield key, definition


def _leave_objects(name: TableName, found: Collection[Key], left: _Left) -> None:
    if not found:
        return
    counts = Counter(key.kind.replace("_", " ") for key in found)
    listed = ", ".join(f"{count} {kind}" for kind, count in sorted(counts.items()))
    left.add("left out, because foreign tables are not supported yet", f"{name} ({listed})")


def _declarable(found: Mapping[Key, Definition], left: _Left) -> dict[Key, Definition]:
    kept = {}
    for key, definition in found.items():
        reason = objection(key, definition)
        if reason is None:
            kept[key] = definition
        else:
            left.add(reason, key)
    return kept


def objection(key: Key, definition: Definition) -> str | None:
    """Return why an object cannot be declared, or None if it can."""
    status, reference = definition.index_status(), definition.reference()
    if status is not None and status is not IndexStatus.VALID:
        return _NOT_VALID[status]
    if reference is not None and reference.table.schema == ARCHIVE_SCHEMA:
        return "left out, refers to the tool's archive"
    if purpose_of(key) is not Purpose.FORBIDS_NULL and key.name.endswith((BUILDING_SUFFIX, REPLACED_SUFFIX)):
        return "left out, left behind by an unfinished apply"
    if key.schema == "public" and (key.name or given_name(key, definition)) in OWN_NAMES:
        return "left out, has a name of the tool's journal" if kind_of(key).section.in_relations else None
    return None


def table_names(objects: Iterable[Key]) -> list[TableName]:
    """Return the tables of these objects, each once, in order."""
    return list(dict.fromkeys(key.table_name for key in objects))
