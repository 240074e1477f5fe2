"""Checks each declared object against the existing tables, and fills in what the file says implicitly.

Objects that do not fit are refused with the cause; the others are compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache, partial
from itertools import chain

from reconciler.kinds import key_for, kind_for, kind_of, purpose_of
from reconciler.kinds.kind import Purpose
from reconciler.model.definition import Definition, Reference
from reconciler.model.features import has
from reconciler.model.names import Key, TableName, display
from reconciler.model.plan import Refusal
from reconciler.model.server import Server
from reconciler.model.state import Declared, DesiredState, LiveState, LiveTable
from reconciler.planning import refusals
from reconciler.planning.inheritance import ancestors
from reconciler.planning.partition_rules import partition_problems

_RELKINDS = {
    "f": "a foreign table, whose constraints are not supported yet",
    "v": "a view, which has no constraints or indexes",
}


def resolve(desired: DesiredState, live: LiveState, server: Server) -> tuple[list[Declared], list[Refusal]]:
    """Return the declared constraints and indexes whose tables, columns and references exist, sorted by key; and
    refusals of the others."""
    refused = list(_missing_tables(desired, live))
    objects = dict(desired.objects)
    objects.update({one.key: one for one in _implied(desired, live) if one.key not in objects})
    tables = {(name.schema, name.name): table for name, table in live.tables.items()}
    resolved = []
    serves = cache(partial(_is_served, live, desired))
    for declared in sorted(objects.values(), key=lambda one: one.key):
        if len(refused) > refusals.HINTED:
            live = replace(live, neighbours={}) if live.neighbours else live
        key = declared.key
        table = tables.get((key.schema, key.table))
        if table is None:
            continue
        hinted = len(refused) <= refusals.HINTED
        problems = _problems(declared, table, live, desired, server, serves, hinted=hinted)
        if problems:
            refused.extend(problems)
        else:
            resolved.append(_filled(declared, live, desired, server))
    return resolved, refused


def _missing_tables(desired: DesiredState, live: LiveState) -> Iterator[Refusal]:
    """Return a refusal for each required table that does not exist; with hints unless there are many."""
    missing = sorted(desired.required_tables.keys() - live.tables.keys())
    for number, table in enumerate(missing):
        known = live if number <= refusals.HINTED else replace(live, neighbours={})
        key = key_for(Purpose.REQUIRES_TABLE, table)
        yield refusals.missing_table(key, desired.required_tables[table], table, known)


def _implied(desired: DesiredState, live: LiveState) -> Iterator[Declared]:
    """Add the not-nulls that a primary key needs. Each is created first and online, so it is a change of its
    own."""
    for key, declared in desired.objects.items():
        columns = declared.definition.not_null_columns()
        table = live.tables.get(key.table_name) if columns else None
        for column in columns:
            if table is not None and column in table.columns and not _has_not_null(desired, live, key, column):
                not_null = key_for(Purpose.FORBIDS_NULL, key.table_name, column)
                bare = kind_for(Purpose.FORBIDS_NULL).definition()
                yield Declared(key=not_null, definition=bare, place=declared.place, rows=declared.nulls)


def _has_not_null(desired: DesiredState, live: LiveState, key: Key, column: str) -> bool:
    """Whether there is a not-null with which PostgreSQL creates a primary key: valid (an interrupted run may have
    left it NOT VALID), and inherited by children. A not-null that is dropped with the parent's does not count."""
    not_null = key_for(Purpose.FORBIDS_NULL, key.table_name, column)
    found = live.get(not_null)
    if found is None or not found.is_validated() or not found.passes_on():
        return False
    section = kind_of(not_null).absent_section
    return not_null in live.objects or not any(
        one.section == section and one.name == column and one.table in ancestors(key.table_name, live)
        for one in desired.absent
    )


def _problems(
    declared: Declared,
    table: LiveTable,
    live: LiveState,
    desired: DesiredState,
    server: Server,
    serves: Callable[[Reference], bool],
    *,
    hinted: bool,
) -> list[Refusal]:
    key, definition = declared.key, declared.definition
    what = _unsupported(table, key)
    if what:
        return [refusals.unsupported_table(key, declared.place, what)]
    found = [
        refusals.newer_server(declared, field, feature, server.info.version)
        for field, feature in definition.features()
        if not has(feature, server.major)
    ]
    if purpose_of(key) is Purpose.FORBIDS_NULL:
        found += _other_names_below(declared, live)
        if not definition.is_validated() and _in_declared_key(declared, desired):
            found.append(refusals.needed_by_key(declared))
    columns = kind_of(key).columns_of(key, definition)
    found += [
        refusals.missing_column(key, declared.place, table.name, column, table.columns if hinted else ())
        for column in columns
        if column not in table.columns
    ]
    reference = definition.reference()
    if reference is not None:
        found += _reference_problems(declared, reference, live, desired, serves, hinted=hinted)
    if table.is_partitioned:
        found += partition_problems(declared, table, live, desired, server)
    return found


def _other_names_below(declared: Declared, live: LiveState) -> Iterator[Refusal]:
    """Return names that differ below. PostgreSQL renames a not-null together with those that partitions and
    children inherit, and only if all have the same name."""
    key, definition, before = declared.key, declared.definition, live.get(declared.key)
    if before is None or not before.passes_on() or definition.leaves_name_open():
        return
    name = before.given_name(key.name)
    if definition.given_name(key.name) == name:
        return
    for table in live.below(key.table_name):
        found = live.get(key._replace(schema=table.name.schema, table=table.name.name))
        if found is not None and found.given_name(key.name) != name:
            yield refusals.named_otherwise_below(declared, table.name, name, found.given_name(key.name))
            return


def _in_declared_key(declared: Declared, desired: DesiredState) -> bool:
    primary_key = desired.objects.get(key_for(Purpose.IDENTIFIES_ROWS, declared.key.table_name))
    return primary_key is not None and declared.key.name in primary_key.definition.indexed_columns()


def _unsupported(table: LiveTable, key: Key) -> str | None:
    if table.relkind == "m":
        return None if kind_of(key).on_views else "a materialized view, which can have only indexes and statistics"
    return _RELKINDS.get(table.relkind)


def _reference_problems(
    declared: Declared,
    unresolved: Reference,
    live: LiveState,
    desired: DesiredState,
    serves: Callable[[Reference], bool],
    *,
    hinted: bool,
) -> Iterator[Refusal]:
    target = live.tables.get(unresolved.table)
    if target is None:
        place, role = declared.place_of("references"), "the referenced table"
        refusal = refusals.missing_table(declared.key, place, unresolved.table, live, role)
        schema, name = unresolved.table.schema, unresolved.table.name
        if hinted and not unresolved.columns and schema != declared.key.schema and schema not in live.neighbours:
            # `users.id` is read as table `id` of a schema `users`, in which there is nothing.
            hint = f"if {display(name)} is a column of table {display(schema)}, write `{schema}({name})`"
            refusal = replace(refusal, remedy=f"{refusal.remedy}; {hint}")
        yield refusal
        return
    reference = _resolved(declared.definition, live, desired).reference()
    columns = () if reference is None else reference.columns
    if not columns:
        yield refusals.no_primary_key(declared, target.name, live)
        return
    missing = [column for column in columns if column not in target.columns]
    for column in missing:
        place = declared.place_of("references")
        known = target.columns if hinted else ()
        yield refusals.missing_column(declared.key, place, target.name, column, known)
    if missing:
        return
    referring = declared.definition.referring_columns()
    if len(columns) != len(referring):
        yield refusals.column_count(declared, len(referring), len(columns))
        return
    if reference is not None and not serves(reference):
        yield refusals.no_unique_key(declared, reference)
    # pg_class.relpersistence: a table that survives a crash may not refer to one that does not.
    if target.persistence == "u" and live.tables[declared.key.table_name].persistence == "p":
        yield refusals.unlogged_reference(declared, target.name)


def _primary_key(table: TableName, live: LiveState, desired: DesiredState) -> Definition | None:
    """Return the primary key of the table after the plan. A partition inherits that of an ancestor."""
    key = key_for(Purpose.IDENTIFIES_ROWS, table)
    keys = (key._replace(schema=one.schema, table=one.name) for one in (table, *_wholes(table, live)))
    declared = next((desired.objects[one] for one in keys if one in desired.objects), None)
    return declared.definition if declared else live.get(key)


def _wholes(table: TableName, live: LiveState) -> Iterable[TableName]:
    """Return the partitioned tables, at every level, of which a table is a partition."""
    known = live.tables.get(table)
    return ancestors(table, live) if known is not None and known.is_partition else ()


def _resolved(definition: Definition, live: LiveState, desired: DesiredState) -> Definition:
    """Return the full meaning: a foreign key that names only a table means its primary key, with its period if it
    has one."""
    unresolved = definition.reference()
    primary_key = (
        _primary_key(unresolved.table, live, desired) if unresolved is not None and not unresolved.columns else None
    )
    target = primary_key.target(unresolved.table) if unresolved is not None and primary_key is not None else None
    return definition if target is None else definition.referring_to(target)


def _is_served(live: LiveState, desired: DesiredState, reference: Reference) -> bool:
    """Whether a key allows a foreign key to refer to the table in this way, now or after the plan. It is usually
    the primary key."""
    primary_key = _primary_key(reference.table, live, desired)
    return (primary_key is not None and primary_key.serves(reference)) or any(
        one.serves(reference) for one in _definitions_after(reference.table, live, desired)
    )


def _definitions_after(table: TableName, live: LiveState, desired: DesiredState) -> Iterable[Definition]:
    """Return the objects of the table now and after the plan."""
    declared = desired.on(table)
    kept = (one for key, one in live.all_on(table).items() if key not in declared)
    of_wholes = (one.definition for whole in _wholes(table, live) for one in desired.on(whole).values())
    return chain((one.definition for one in declared.values()), kept, of_wholes)


def _is_unwanted(key: Key, before: Definition, desired: DesiredState) -> bool:
    """Whether the current name of a primary key is listed under `absent`: it gets another name then."""
    section, name = kind_of(key).absent_section, before.given_name(key.name)
    unwanted = {(one.section, one.table, one.name) for one in desired.absent}
    return not key.name and section is not None and (section, key.table_name, name) in unwanted


def _filled(declared: Declared, live: LiveState, desired: DesiredState, server: Server) -> Declared:
    """Return the declared object with PostgreSQL's defaults filled in."""
    key = declared.key
    definition = _resolved(declared.definition.on_table(key.table_name), live, desired)
    before = live.get(key)
    if definition.leaves_name_open() and (before is None or _is_unwanted(key, before, desired)):
        named = definition.with_name(kind_of(key).section.default_name(key))
        has_names = all(has(feature, server.major) for _, feature in named.features())
        definition = named if has_names else definition.with_name(None)
    if definition.index_tablespace() == server.default_tablespace:
        definition = definition.in_default_tablespace()  # the catalog has no entry for the database's own
    return declared if definition is declared.definition else replace(declared, definition=definition)
