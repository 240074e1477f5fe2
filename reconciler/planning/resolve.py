"""Checks each declared object against the tables that are there, and fills in what the file says implicitly.

What does not fit is refused with its cause; what fits goes on to the comparison.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache, partial
from itertools import chain
from operator import attrgetter

from reconciler.kinds.exclusion.definition import Exclusion
from reconciler.kinds.foreign_key.definition import ForeignKey
from reconciler.kinds.index_backed.index import Index
from reconciler.kinds.key.definition import KeyConstraint
from reconciler.kinds.not_null.definition import NotNull
from reconciler.kinds.primary_key.definition import PrimaryKey
from reconciler.model.definition import Definition, Reference
from reconciler.model.facets import UNMANAGED
from reconciler.model.features import has
from reconciler.model.names import Key, TableName, default_name
from reconciler.model.plan import Refusal
from reconciler.model.server import Server
from reconciler.model.state import Declared, DesiredState, LiveState, LiveTable
from reconciler.planning import refusals
from reconciler.planning.inheritance import ancestors
from reconciler.planning.partition_rules import partition_problems

_RELKINDS = {
    "f": "a foreign table",
    "v": "a view",
}


def resolve(desired: DesiredState, live: LiveState, server: Server, refused: list[Refusal]) -> list[Declared]:
    """The declared constraints and indexes whose tables, columns and references exist, in key order."""
    objects = dict(desired.objects)
    objects.update({one.key: one for one in _implied(desired, live) if one.key not in objects})
    tables = {(name.schema, name.name): table for name, table in live.tables.items()}
    resolved = []
    serves = cache(partial(_is_served, live, desired))
    for declared in sorted(objects.values(), key=attrgetter("key")):
        if len(refused) > refusals.HINTED:
            live = replace(live, neighbours={}) if live.neighbours else live
        key = declared.key
        if key.kind == "dropped_table":
            continue
        table = tables.get((key.schema, key.table))
        if table is None:
            if key.kind == "required_table":
                refused.append(refusals.missing_table(key, declared.place, key.table_name, live))
            continue
        if key.kind == "required_table":
            continue
        hinted = len(refused) <= refusals.HINTED
        problems = _problems(declared, table, live, desired, server, serves, hinted=hinted)
        if problems:
            refused.extend(problems)
        else:
            resolved.append(_filled(declared, live, desired, server))
    return resolved


def _implied(desired: DesiredState, live: LiveState) -> Iterator[Declared]:
    """A primary key needs its columns to be not null. That goes first and online, so it is a change of its own."""
    for key, declared in desired.objects.items():
        columns = declared.definition.not_null_columns()
        table = live.tables.get(key.table_name) if columns else None
        for column in columns:
            if table is not None and column in table.columns and not _has_not_null(desired, live, key, column):
                yield Declared(
                    key=key._replace(kind="not_null", name=column), definition=NotNull(), place=declared.place
                )


def _has_not_null(desired: DesiredState, live: LiveState, key: Key, column: str) -> bool:
    """One with which PostgreSQL makes a primary key: valid (an interrupted run may have left it NOT VALID), and
    inherited by children. One that goes with that of a parent is none."""
    not_null = key._replace(kind="not_null", name=column)
    found = live.get(not_null)
    if not isinstance(found, NotNull) or not found.validated or found.no_inherit:
        return False
    return not_null in live.objects or not any(
        one.section == "not_null" and one.name == column and one.table in ancestors(key.table_name, live)
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
    if isinstance(definition, NotNull):
        found += _other_names_below(declared, definition, live)
    if isinstance(definition, NotNull) and not definition.validated and _in_declared_key(declared, desired):
        found.append(refusals.needed_by_key(declared))
    columns = (key.name,) if key.kind == "not_null" else definition.columns()
    found += [
        refusals.missing_column(key, declared.place, table.name, column, table.columns if hinted else ())
        for column in columns
        if column not in table.columns
    ]
    if isinstance(definition, ForeignKey):
        found += _reference_problems(declared, definition, live, desired, serves, hinted=hinted)
    if table.is_partitioned:
        found += partition_problems(declared, table, live, desired, server)
    return found


def _other_names_below(declared: Declared, definition: NotNull, live: LiveState) -> Iterator[Refusal]:
    """PostgreSQL renames a not-null together with those that partitions and children inherit, and only if all of them
    have the same name."""
    before = live.get(declared.key)
    if not isinstance(before, NotNull) or before.no_inherit or definition.name in (UNMANAGED, before.name):
        return
    for table in live.below(declared.key.table_name):
        part = declared.key._replace(schema=table.name.schema, table=table.name.name)
        found = live.get(part)
        if isinstance(found, NotNull) and found.name != before.name:
            yield refusals.named_otherwise_below(declared, table.name, str(before.name), str(found.name))
            return


def _in_declared_key(declared: Declared, desired: DesiredState) -> bool:
    primary_key = desired.objects.get(declared.key._replace(kind="primary_key", name=""))
    return primary_key is not None and declared.key.name in primary_key.definition.indexed_columns()


def _unsupported(table: LiveTable, key: Key) -> str | None:
    if table.relkind == "m":
        return None if key.kind == "index" else "a materialized view, which can have indexes only"
    return _RELKINDS.get(table.relkind)


def _reference_problems(
    declared: Declared,
    definition: ForeignKey,
    live: LiveState,
    desired: DesiredState,
    serves: Callable[[Reference], bool],
    *,
    hinted: bool,
) -> Iterator[Refusal]:
    target = live.tables.get(definition.ref_table)
    if target is None:
        place, role = declared.place_of("references"), "the referenced table"
        yield refusals.missing_table(declared.key, place, definition.ref_table, live, role)
        return
    meant = _meant(definition, live, desired)
    columns = meant.ref_columns
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
    if len(columns) != len(definition.key):
        yield refusals.column_count(declared, len(definition.key), len(columns))
        return
    reference = meant.reference()
    if reference is not None and not serves(reference):
        yield refusals.no_unique_key(declared, reference)
    # pg_class.relpersistence: what survives a crash may not refer to what does not.
    if target.persistence == "u" and live.tables[declared.key.table_name].persistence == "p":
        yield refusals.unlogged_reference(declared, target.name)


def _primary_key(table: TableName, live: LiveState, desired: DesiredState) -> Definition | None:
    """The primary key that the table has when the plan is done. A partition gets that of a table above it."""
    key = Key(schema=table.schema, table=table.name, kind="primary_key")
    keys = (key._replace(schema=one.schema, table=one.name) for one in (table, *_wholes(table, live)))
    declared = next((desired.objects[one] for one in keys if one in desired.objects), None)
    return declared.definition if declared else live.get(key)


def _wholes(table: TableName, live: LiveState) -> Iterable[TableName]:
    """The partitioned tables, at every level, that a table is a partition of."""
    known = live.tables.get(table)
    return ancestors(table, live) if known is not None and known.is_partition else ()


def _meant(definition: ForeignKey, live: LiveState, desired: DesiredState) -> ForeignKey:
    """A foreign key that names a table alone means its primary key, with its period if that has one."""
    primary_key = _primary_key(definition.ref_table, live, desired) if not definition.ref_columns else None
    if not isinstance(primary_key, PrimaryKey):
        return definition
    return replace(definition, ref_columns=primary_key.key, period=primary_key.without_overlaps)


def _is_served(live: LiveState, desired: DesiredState, reference: Reference) -> bool:
    """Whether something lets a foreign key refer to the table in this way, now or when the plan is done: mostly its
    primary key."""
    primary_key = _primary_key(reference.table, live, desired)
    return (primary_key is not None and primary_key.serves(reference)) or any(
        one.serves(reference) for one in _final(reference.table, live, desired)
    )


def _final(table: TableName, live: LiveState, desired: DesiredState) -> Iterable[Definition]:
    """What is on the table, now or when the plan is done."""
    declared = desired.on(table)
    kept = (one for key, one in live.all_on(table).items() if key not in declared)
    of_wholes = (one.definition for whole in _wholes(table, live) for one in desired.on(whole).values())
    return chain((one.definition for one in declared.values()), kept, of_wholes)


def _is_unwanted(table: TableName, before: Definition, desired: DesiredState) -> bool:
    """Whether the name that a primary key has stands under `absent`: it gets another one then."""
    name = getattr(before, "name", None)
    return any(one.section == "constraints" and one.table == table and one.name == name for one in desired.absent)


_WITH_TABLESPACE = (Index, KeyConstraint, Exclusion)


def _filled(declared: Declared, live: LiveState, desired: DesiredState, server: Server) -> Declared:
    """The declared object with what the file leaves to PostgreSQL's defaults."""
    definition, key = declared.definition, declared.key
    if isinstance(definition, ForeignKey):
        definition = _meant(definition, live, desired)
    elif (
        isinstance(definition, PrimaryKey)
        and definition.name is UNMANAGED
        and ((before := live.get(key)) is None or _is_unwanted(key.table_name, before, desired))
    ):
        definition = replace(definition, name=default_name(key.table, None, "pkey"))
    elif isinstance(definition, NotNull) and definition.name is UNMANAGED and live.get(key) is None:
        named = has("not_null_constraints", server.major)
        definition = replace(definition, name=default_name(key.table, key.name, "not_null") if named else None)
    if isinstance(definition, _WITH_TABLESPACE) and definition.tablespace == server.default_tablespace:
        definition = replace(definition, tablespace=None)  # the catalog has no entry for the database's own
    return declared if definition is declared.definition else replace(declared, definition=definition)
