"""Declarations that PostgreSQL does not allow on a partitioned table, but would reject only during the run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from reconciler.kinds import key_for, kind_of, purpose_of
from reconciler.kinds.kind import Purpose
from reconciler.model.change import Action, Change
from reconciler.model.definition import Definition, parts_of
from reconciler.model.features import has
from reconciler.model.index_facts import IndexRole
from reconciler.model.names import Key, display
from reconciler.model.plan import Refusal
from reconciler.model.rules.dependencies import CONFLICT, PARTITIONED_TABLE
from reconciler.model.server import Server
from reconciler.model.state import Declared, DesiredState, LiveState, LiveTable, by_table
from reconciler.planning import refusals
from reconciler.planning.completion import is_replaced


def partition_problems(
    declared: Declared, table: LiveTable, live: LiveState, desired: DesiredState, server: Server
) -> Iterator[Refusal]:
    """Return a refusal for each rule that an object on a partitioned table violates."""
    definition = declared.definition
    if not definition.passes_on():
        yield _refusal(
            declared, "no_inherit", "a constraint of a partitioned table holds for its partitions as well"
        )
    for field, feature in definition.features_if_partitioned():
        yield from _needs(declared, field, feature, server)
    if IndexRole.CLUSTERED in definition.roles():
        yield _refusal(
            declared, "clustered", "a partitioned table has no CLUSTER mark; only its partitions can have one"
        )
    if definition.compares_rows():
        yield from _lacking_key(declared, table, live)
    if purpose_of(declared.key) is Purpose.IDENTIFIES_ROWS:
        yield from _other_primary_keys(declared, live, desired)
    if definition.compares_rows() or definition.reference() is not None:
        yield from _foreign_partitions(declared, live)


def _refusal(declared: Declared, field: str, cause: str, remedy: str = "omit it") -> Refusal:
    return Refusal(
        rule=PARTITIONED_TABLE,
        key=declared.key,
        place=declared.place_of(field),
        cause=f"{declared.key}: {cause}",
        remedy=remedy,
    )


def _needs(declared: Declared, field: str, feature: str, server: Server) -> Iterator[Refusal]:
    if not has(feature, server.major):
        yield refusals.newer_server(declared, field, feature, server.info.version)


def _lacking_key(declared: Declared, table: LiveTable, live: LiveState) -> Iterator[Refusal]:
    """Report a key without the partition columns. Each partition enforces the key separately, so these columns must
    be part of it."""
    columns = declared.definition.key_columns()
    for one in (table, *(part for part in live.below(table.name) if part.is_partitioned)):
        if None in one.partition_key:
            cause = f"{one.name} is partitioned by an expression, so no key can be unique across its partitions"
            yield _refusal(declared, "columns", cause)
            return
        missing = [column for column in one.partition_key if column is not None and column not in columns]
        if missing:
            named = ", ".join(map(display, missing))
            cause = f"{one.name} is partitioned by {named}, which a unique key must have among its columns"
            yield _refusal(declared, "columns", cause, f"add {named} to its columns")
            return


def _other_primary_keys(declared: Declared, live: LiveState, desired: DesiredState) -> Iterator[Refusal]:
    """Report other primary keys of partitions. A partition has one primary key: its own, as it is after the plan,
    becomes part of this one."""
    definition, section = declared.definition, kind_of(declared.key).absent_section
    unwanted = {(one.table, one.name) for one in desired.absent if one.section == section}
    for part in live.below(declared.key.table_name):
        key = key_for(Purpose.IDENTIFIES_ROWS, part.name)
        own = live.objects.get(key)
        expected = desired.objects[key].definition if key in desired.objects else own
        if expected is None or (expected is own and (part.name, expected.given_name("")) in unwanted):
            continue
        name = expected.given_name("") or (own.given_name("") if own is not None else "")
        if _comparable(expected) != _comparable(definition):
            cause = f"partition {part.name} has another primary key" + (f", {display(name)}" if own else "")
            remedy = f"list that name under `absent: {section}` of the partition"
            yield _refusal(declared, "columns", cause, remedy if own else "declare the same columns there, or none")
        elif definition.as_index() is None and key not in live.inherited:
            cause = (
                f"the primary key of partition {part.name} itself cannot become part of this one, which is built "
            )
            cause += "on all partitions in one transaction"
            remedy = "declare it on the partitioned table only"
            if own is not None:
                remedy += f", with {display(own.given_name(''))} under `absent: {section}` of the partition"
            yield _refusal(declared, "columns", cause, remedy)
        elif name and parts_of(definition).get(part.name, name) != name:
            cause = f"partition {part.name} has the primary key {display(name)}, which becomes part of this one"
            remedy = f"write {display(name)} for {part.name} under `partitions`, or omit it there"
            yield _refusal(declared, "partitions", cause, remedy)


def _comparable(definition: Definition) -> tuple[tuple[str, ...], tuple[str, ...], bool, bool]:
    adopts_index = definition.as_index() is not None
    return definition.key_columns(), definition.columns(), definition.is_deferrable(), adopts_index


def references_below(changes: Sequence[Change], live: LiveState) -> Iterator[Refusal]:
    """Return refusals of foreign keys from a partitioned table to one of its own partitions: PostgreSQL adds them to
    each partition, and cannot do so for a table that it has open as the referenced one."""
    for change in changes:
        reference = change.after.reference() if change.after is not None else None
        table = live.tables.get(change.key.table_name)
        if reference is None or table is None or not table.is_partitioned:
            continue
        made = change.action is Action.CREATE or is_replaced(change, live)
        if made and reference.table in live.tree(table.name)[1:]:
            yield Refusal(
                rule=PARTITIONED_TABLE,
                key=change.key,
                place=change.place,
                cause=f"{change.key}: PostgreSQL cannot add a foreign key from a partitioned table to its partition "
                f"{reference.table}",
                remedy=f"declare it on the partitions of {table.name}, or refer to {table.name}",
            )


def kept_parts(changes: Sequence[Change], declared: Mapping[Key, Declared], live: LiveState) -> Iterator[Refusal]:
    """Return refusals of foreign keys of partitions that may stay NOT VALID and would become parts of one of the
    partitioned table, with which they are validated. Before PostgreSQL 18, rows that violate a part prevent that."""
    on_tables = by_table(declared)
    for change in changes:
        after = change.after
        made = change.action is Action.CREATE or is_replaced(change, live)
        if after is None or after.reference() is None or not (made and after.is_enforced()):
            continue
        for table in live.below(change.key.table_name):
            for key, one in on_tables.get(table.name, {}).items() if table.is_partition else ():
                stays = one.rows.waits or (after.is_validated() and not one.definition.is_validated())
                old = live.objects.get(key)  # stays as well while rows violate its successor
                parts = [one.definition, *([old] if old is not None and not old.is_validated() else [])]
                if stays and key.name != change.key.name and any(map(after.takes_over, parts)):
                    yield _kept_part(one, change.key)


def _kept_part(part: Declared, whole: Key) -> Refusal:
    waits = part.rows.waits
    field, text = ("orphans", "`orphans: keep`") if waits else ("validated", "`validated: false`")
    change = "write another policy than `keep`" if waits else f"omit {text}"
    return Refusal(
        rule=CONFLICT,
        key=whole,
        place=part.place_of(field),
        cause=f"{part.key} cannot have {text}: it becomes a part of {whole}, and is validated together with that",
        remedy=f"{change}, or declare the foreign key on {whole.table_name} only",
    )


def _foreign_partitions(declared: Declared, live: LiveState) -> Iterator[Refusal]:
    """Report partitions that are foreign tables. An index without uniqueness skips them."""
    for part in live.below(declared.key.table_name):
        if part.relkind == "f":
            yield _refusal(declared, "columns", f"partition {part.name} is a foreign table, which cannot have one")
            return
