"""Objects that the file removes: those under `absent`, and dropped tables."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from reconciler.kinds import KINDS, key_for, purpose_of, section_for
from reconciler.kinds.kind import Purpose
from reconciler.model.change import Action, Change, former_key
from reconciler.model.names import ARCHIVE_SCHEMA, Key, TableName
from reconciler.model.plan import Note, Refusal
from reconciler.model.retired import (
    ArchivedTable,
    Backup,
    DependentOfTable,
    DroppedTable,
    Moved,
    TableToRetire,
    drops_for_good,
    with_entry_of,
)
from reconciler.model.rules.dependencies import CONFLICT
from reconciler.model.rules.hazards import PURGE
from reconciler.model.state import Absent, Declared, DesiredState, LiveState, moved_key
from reconciler.planning import refusals
from reconciler.planning.adoption import is_adopted
from reconciler.planning.inheritance import ancestors


def drops_of_absent(changes: Sequence[Change], desired: DesiredState, live: LiveState) -> Iterator[Change]:
    """Return drops of the existing objects listed under `absent`, unless one of the changes takes them over."""
    if not desired.absent:
        return
    renamed = {
        change.key._replace(name=change.renamed_from) for change in changes if change.renamed_from is not None
    }
    known = {change.key for change in changes if change.action is Action.DROP}
    for absent in desired.absent:
        for key in live_keys(absent, live):
            if key in renamed or key in known or is_adopted(key, changes, live):
                continue
            if purpose_of(key) is Purpose.IDENTIFIES_ROWS and key in desired.objects:
                continue  # the declared one takes its place
            yield Change(action=Action.DROP, key=key, before=live.objects[key], after=None, place=absent.place)


def live_keys(absent: Absent, live: LiveState) -> list[Key]:
    """Return the live objects that an entry under `absent` names."""
    kinds = [absent.kind] if absent.kind else [one.id for one in KINDS if one.absent_section == absent.section]
    own = live.on(absent.table).items()
    return [key for key, one in own if key.kind in kinds and (key.name or one.given_name("")) == absent.name]


def with_dropped_tables(
    changes: Sequence[Change], desired: DesiredState, live: LiveState
) -> tuple[list[Change], list[Refusal]]:
    """Return the changes, with drops of the existing tables listed under `dropped_tables`; and refusals of tables on
    which something depends."""
    found, refused = list(changes), list[Refusal]()
    listed = _with_parts(desired.dropped_tables, live)
    retired = {table: one.definition.retirement() for table, one in listed.items()}
    dropped = {table: definition for table, definition in retired.items() if definition is not None}
    for table, definition in sorted(dropped.items(), key=lambda one: one[0]):
        declared = listed[table]
        key = declared.key
        moved = live.objects.get(moved_key(key.table_name))
        before = live.objects.get(key) if moved is None else moved
        if before is None:
            continue
        assert isinstance(before, TableToRetire | Moved)
        before = _with_parent(before, dropped)
        leaving = set(_leaving({key.table_name, *ancestors(key.table_name, live)}, changes))
        objections = list(_objections(declared, definition, before, live, dropped, leaving))
        refused += objections
        if not objections:
            found.append(Change(action=Action.DROP, key=key, before=before, after=definition, place=declared.place))
    return found, refused


def _with_parent(before: TableToRetire | Moved, dropped: Mapping[TableName, DroppedTable]) -> TableToRetire | Moved:
    """Return a partition whose parent goes as well with the reason why it is not detached concurrently: that would wait
    for everybody who uses the parent, for each partition."""
    if isinstance(before, Moved) or not before.detaches:
        return before
    leaving = [parent.table for parent in before.parents if parent.table in dropped]
    return replace(before, detaching=False, at_once=f"{leaving[0]} is dropped as well") if leaving else before


def _with_parts(declared: Mapping[TableName, Declared], live: LiveState) -> dict[TableName, Declared]:
    """Return the entries of the dropped tables, and one for each of their partitions and inheritance children: that of
    the nearest table above it."""
    found = dict(declared)
    for table, one in sorted(declared.items(), key=lambda one: len(live.below(one[0]))):
        wanted = one.definition.retirement()
        if wanted is None:
            continue
        for part in live.below(table):
            key, whole = key_for(Purpose.DROPS_TABLE, part.name), table if wanted.replaced_by is not None else None
            definition = replace(
                wanted, replaced_by=None, purge_after=None, counted_with=whole, archived_with=table
            )
            if (own := found.get(part.name)) is None:
                found[part.name] = replace(one, key=key, definition=definition)
            elif whole is not None and (own_wanted := own.definition.retirement()) is not None:
                found[part.name] = replace(own, definition=replace(own_wanted, counted_with=whole))
    return found


def due_purges(
    desired: DesiredState, live: LiveState, now: datetime
) -> Iterator[tuple[Key, ArchivedTable, Declared]]:
    """Yield the archived tables whose `purge_after` is over, each with its entry in the file, or that of the table it
    was archived with."""
    found = {key: one for key, one in live.objects.items() if isinstance(one, ArchivedTable)}
    for key, archived in sorted(found.items()):
        if archived.at is None:
            continue
        table = with_entry_of(archived, desired.dropped_tables, found.values())
        declared = desired.dropped_tables[table] if table is not None else None
        wanted = declared.definition.retirement() if declared is not None else None
        if declared is None or wanted is None or wanted.purge_after is None:
            continue
        if archived.at + wanted.purge_after <= now:
            yield key, archived, declared


def purges(
    due: Sequence[tuple[Key, ArchivedTable, Declared]], accepted: Collection[str], others: Sequence[Change]
) -> tuple[list[Change], list[Refusal], list[Note]]:
    """Return drops of these tables, if the operator accepts that, and refusals of those on which something depends that
    neither these drops nor the `others` remove; otherwise notes.

    The policy of a file cannot accept it: a purge is never the effect of a plan that nobody has looked at.
    """
    changes, notes = list[Change](), list[Note]()
    for key, archived, declared in due:
        wanted = declared.definition.retirement()
        if PURGE in accepted and wanted is not None:
            gone = replace(wanted, backup=Backup.NONE, replaced_by=None)
            changes.append(Change(action=Action.DROP, key=key, before=archived, after=gone, place=declared.place))
        else:
            notes.append(refusals.purge_due(declared, archived))
    leaving = {one.key.table_name for one in (*changes, *others) if drops_for_good(one.after)}
    refused = [
        refusals.has_dependents(change.key, change.place, one.description)
        for change in changes
        if isinstance(change.before, ArchivedTable)
        for one in change.before.dependents
        if one.table not in leaving
    ]
    return changes, refused, notes


def _leaving(tables: Collection[TableName], changes: Sequence[Change]) -> Iterator[Key]:
    """Return the foreign keys that refer to one of these tables, a table and those above it, until the plan drops
    them, or makes them refer to another table."""
    for change in changes:
        before, after = (one.reference() if one is not None else None for one in (change.before, change.after))
        if before is not None and before.table in tables and (after is None or after.table not in tables):
            yield former_key(change)


def _objections(
    declared: Declared,
    definition: DroppedTable,
    before: TableToRetire | Moved,
    live: LiveState,
    dropped: Mapping[TableName, DroppedTable],
    leaving: Collection[Key],
) -> Iterator[Refusal]:
    key = declared.key
    if definition.replaced_by is not None and definition.replaced_by not in live.tables:
        place, role = declared.place_of("replaced_by"), "the replacing table"
        yield refusals.missing_table(key, place, definition.replaced_by, live, role)
    elif definition.replaced_by is not None:
        yield from _objections_to_replacement(declared, definition.replaced_by, live, dropped)
    if isinstance(before, Moved):
        if key.table_name in live.tables:
            yield refusals.moved_and_present(declared, before.names_in_archive()[key.table])
        elif before.claims > 1:
            yield refusals.moved_twice(declared, before.claims)
        return
    if definition.backup is Backup.DUMP and live.tables[key.table_name].hides_rows:
        yield refusals.rows_hidden(declared, key.table_name)
    if not before.is_table and definition.keeps_copy:
        dumped = definition.backup is Backup.DUMP
        yield refusals.only_droppable(key, declared.place, before.noun.lower(), dumped=dumped)
        return
    is_foreign_part = before.relkind == "f" and before.parents
    parts = [part.name for part in live.below(key.table_name)]
    kept = (dropped[one].backup is Backup.ARCHIVE for one in (key.table_name, *parts) if one in dropped)
    is_counted = before.is_partitioned and all(kept)
    if is_foreign_part or (definition.replaced_by is not None and parts and not is_counted):
        yield refusals.undroppable(key, declared.place)
        return
    for dependent in before.dependents:
        if dependent.foreign_key not in leaving and not _goes_as_well(dependent, definition, dropped):
            yield refusals.has_dependents(key, declared.place, dependent.description)


def _objections_to_replacement(
    declared: Declared, replacement: TableName, live: LiveState, dropped: Mapping[TableName, DroppedTable]
) -> Iterator[Refusal]:
    place, table = declared.place_of("replaced_by"), declared.key.table_name
    if replacement in dropped:
        yield Refusal(
            rule=CONFLICT,
            key=declared.key,
            place=place,
            cause=f"{replacement}, which replaces {table}, would be dropped as well",
            remedy=f"remove {replacement} from `{section_for(Purpose.DROPS_TABLE)}` until {table} is dropped, or "
            "name a table that stays",
        )
    for one in (*live.tree(table), replacement):
        if one in live.tables and live.tables[one].hides_rows:
            yield refusals.rows_hidden(declared, one, place)


def _goes_as_well(
    dependent: DependentOfTable, definition: DroppedTable, dropped: Mapping[TableName, DroppedTable]
) -> bool:
    """Whether a foreign key or a default of another table, or a view, does not prevent the drop: its table, or the
    view, is dropped first, for good or together with this one, or is in the archive, to which this one moves."""
    if dependent.table is not None and dependent.table.schema == ARCHIVE_SCHEMA:
        return definition.backup is Backup.ARCHIVE
    other = dropped.get(dependent.table) if dependent.table else None
    if dependent.is_default and other is not None and Backup.DUMP in (definition.backup, other.backup):
        return False  # nothing would load its dump, without the sequence
    return other is not None and (definition.keeps_copy or not other.keeps_copy)
