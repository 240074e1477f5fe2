"""What the file wants gone: objects under `absent`, and dropped tables."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from reconciler.kinds import KINDS, key_for, kind_of, purpose_of
from reconciler.kinds.base.partitions import partitions_of
from reconciler.kinds.kind import Purpose
from reconciler.model.change import Action, Change, former_key
from reconciler.model.names import Key, TableName
from reconciler.model.plan import Refusal
from reconciler.model.retired import Backup, Dependent, DroppedTable, Leftover, Moved
from reconciler.model.rules.consent import ROW_SECURITY
from reconciler.model.rules.dependencies import CONFLICT, HAS_DEPENDENTS, INHERITED, STILL_REFERENCED
from reconciler.model.state import Absent, Declared, DesiredState, LiveState, moved_key
from reconciler.planning import refusals
from reconciler.planning.outcome import Outcome


def remove_absent(desired: DesiredState, live: LiveState, outcome: Outcome) -> None:
    """Drop what stands under `absent` and is there, unless it is taken over by a rename."""
    if not desired.absent:
        return
    from reconciler.planning.adoption import is_adopted  # late: most files name nothing that is to go

    renamed = {
        change.key._replace(name=change.renamed_from)
        for change in outcome.changes
        if change.renamed_from is not None
    }
    known = {change.key for change in outcome.changes if change.action is Action.DROP}
    for absent in desired.absent:
        for key in live_keys(absent, live):
            if key in renamed or key in known or is_adopted(key, outcome.changes, live):
                continue
            if purpose_of(key) is Purpose.IDENTIFIES_ROWS and key in desired.objects:
                continue  # the declared one takes its place
            before = live.objects[key]
            forbids_null = purpose_of(key) is Purpose.FORBIDS_NULL
            holder = _kept_by(key, desired, live) if forbids_null else None
            if holder is not None:
                outcome.refusals.append(_needed_by_primary_key(key, absent, holder))
                continue
            above = _above_with(key, desired, live) if forbids_null else None
            if above is not None:
                outcome.refusals.append(_inherited_from(key, absent, above))
                continue
            outcome.changes.append(
                Change(action=Action.DROP, key=key, before=before, after=None, place=absent.place)
            )


def live_keys(absent: Absent, live: LiveState) -> list[Key]:
    """The live objects that an entry under `absent` names."""
    kinds = [kind.id for kind in KINDS if kind.absent_section == absent.section]
    own = live.on(absent.table).items()
    return [key for key, one in own if key.kind in kinds and (key.name or one.given_name("")) == absent.name]


def _kept_by(key: Key, desired: DesiredState, live: LiveState) -> TableName | None:
    """The table whose primary key needs the not-null when the plan is done. Before PostgreSQL 18, when not-nulls have
    no names, a partition loses it with the partitioned table, whatever it needs."""
    table = live.tables[key.table_name]
    if _stays_in_primary_key(table.name, key.name, desired, live):
        return table.name
    if not table.is_partitioned or live.objects[key].given_name(key.name):
        return None
    below = (one.name for one in live.below(table.name))
    return next((one for one in below if _stays_there(one, key.name, desired, live)), None)


def _stays_there(table: TableName, column: str, desired: DesiredState, live: LiveState) -> bool:
    """Whether a live primary key has the column, now and when the plan is done."""
    found = live.objects.get(key_for(Purpose.IDENTIFIES_ROWS, table))
    has_it = found is not None and column in found.indexed_columns()
    return has_it and _stays_in_primary_key(table, column, desired, live)


def _stays_in_primary_key(table: TableName, column: str, desired: DesiredState, live: LiveState) -> bool:
    """Whether the column belongs to the primary key that the table has when the plan is done."""
    key = key_for(Purpose.IDENTIFIES_ROWS, table)
    declared = desired.objects.get(key)
    if declared is not None:
        return column in declared.definition.indexed_columns()
    definition = live.objects.get(key)
    if definition is None or any(key in live_keys(one, live) for one in desired.absent if one.table == table):
        return False
    return column in definition.indexed_columns()


def _above_with(key: Key, desired: DesiredState, live: LiveState) -> TableName | None:
    """A table above that has the not-null when the plan is done, so that this one inherits it."""
    waiting = [key.table_name]
    while waiting:
        known = live.tables.get(waiting.pop())
        above = [one.name for one in live.tables.values() if known is not None and one.oid in known.parents]
        for table in above:
            if _will_be_not_null(key._replace(schema=table.schema, table=table.name), desired, live):
                return table
        waiting += above
    return None


def _will_be_not_null(key: Key, desired: DesiredState, live: LiveState) -> bool:
    """Whether a column is not null when the plan is done, in a way that children inherit."""
    primary_key = desired.objects.get(key_for(Purpose.IDENTIFIES_ROWS, key.table_name))
    if primary_key is not None and key.name in primary_key.definition.indexed_columns():
        return True
    declared, found = desired.objects.get(key), live.get(key)
    unwanted = (key.table_name, kind_of(key).absent_section, key.name)
    gone = any((one.table, one.section, one.name) == unwanted for one in desired.absent)
    definition = declared.definition if declared is not None else None if gone else found
    return definition is not None and definition.passes_on()


def _inherited_from(key: Key, absent: Absent, above: TableName) -> Refusal:
    return Refusal(
        rule=INHERITED,
        key=key,
        place=absent.place,
        cause=f"{key} cannot go: {above} has it when the plan is done, and {key.table_name} inherits it",
        remedy=f"take it out of `absent`, or put it under `absent` of {above} as well",
    )


def _needed_by_primary_key(key: Key, absent: Absent, holder: TableName) -> Refusal:
    which = "the primary key" if holder == key.table_name else f"the primary key of partition {holder}"
    return Refusal(
        rule=STILL_REFERENCED,
        key=key,
        place=absent.place,
        cause=f"{key} cannot go: the column is part of {which}",
        remedy="take it out of `absent`, or drop the primary key first",
    )


def drop_tables(desired: DesiredState, live: LiveState, outcome: Outcome) -> None:
    """Drop the tables under `dropped_tables` that are there, unless something depends on them."""
    said = {table: one.definition.retirement() for table, one in desired.dropped_tables.items()}
    dropped = {table: definition for table, definition in said.items() if definition is not None}
    for table, definition in sorted(dropped.items(), key=lambda one: one[0]):
        declared = desired.dropped_tables[table]
        key = declared.key
        moved = live.objects.get(moved_key(key.table_name))
        before = live.objects.get(key) if moved is None else moved
        if before is None:
            continue
        assert isinstance(before, Leftover | Moved)
        leaving = set(_leaving(key.table_name, outcome.changes, live))
        found = list(_objections(declared, definition, before, live, dropped, leaving))
        outcome.refusals.extend(found)
        if not found:
            outcome.changes.append(
                Change(
                    action=Action.DROP,
                    key=key,
                    before=before,
                    after=definition,
                    place=declared.place,
                )
            )


def _leaving(table: TableName, changes: Sequence[Change], live: LiveState) -> Iterator[tuple[TableName, str]]:
    """Table and name of the foreign keys that refer to a table until the plan drops them, or has them refer to another.
    Partitions have them under the same name, or are in the way."""
    for change in changes:
        before, after = (one.reference() if one is not None else None for one in (change.before, change.after))
        if before is not None and before.table == table and (after is None or after.table != table):
            yield from ((one, former_key(change).name) for one in partitions_of(change.key.table_name, live))


def _objections(
    declared: Declared,
    definition: DroppedTable,
    before: Leftover | Moved,
    live: LiveState,
    dropped: Mapping[TableName, DroppedTable],
    leaving: Collection[tuple[TableName | None, str | None]],
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
    table = live.tables[key.table_name]
    if before.relkind != "r" or table.is_partition or table.is_inherited:
        yield refusals.undroppable(key, declared.place)
        return
    for dependent in before.dependents:
        if (dependent.table, dependent.name) not in leaving and not _goes_as_well(dependent, definition, dropped):
            yield Refusal(
                rule=HAS_DEPENDENTS,
                key=key,
                place=declared.place,
                cause=f"{dependent.description} depends on {key.table_name}",
                remedy="change or drop it first; nothing is ever dropped by CASCADE",
            )


def _objections_to_replacement(
    declared: Declared, replacement: TableName, live: LiveState, dropped: Mapping[TableName, DroppedTable]
) -> Iterator[Refusal]:
    place, table = declared.place_of("replaced_by"), declared.key.table_name
    if replacement in dropped:
        yield Refusal(
            rule=CONFLICT,
            key=declared.key,
            place=place,
            cause=f"{replacement}, which is to replace {table}, is to go as well",
            remedy=f"take {replacement} out of `dropped_tables` until {table} is gone, or name a table that stays",
        )
    for one in (table, replacement):
        if one in live.tables and live.tables[one].hides_rows:
            yield Refusal(
                rule=ROW_SECURITY,
                key=declared.key,
                place=place,
                cause=f"row security of {one} hides rows from the role, so that they cannot be counted",
                remedy="plan and apply as a role that sees all rows: one with BYPASSRLS, or the owner unless row "
                "security is forced; or take `replaced_by` out of the file",
            )


def _goes_as_well(
    dependent: Dependent, definition: DroppedTable, dropped: Mapping[TableName, DroppedTable]
) -> bool:
    """A foreign key of another leftover is no objection if that goes first, and for good or with this one."""
    other = dropped.get(dependent.table) if dependent.table else None
    return other is not None and (definition.backup is Backup.ARCHIVE or other.backup is Backup.NONE)
