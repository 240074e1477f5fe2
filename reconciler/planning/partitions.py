"""Indexes that partitions get because their partitioned table gets one: what the file says about them, and which of
that is impossible."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from reconciler.kinds import purpose_of
from reconciler.kinds.kind import Purpose
from reconciler.model.change import Action, Change, former_key, given_name, indexes_of
from reconciler.model.definition import Definition, has_index, parts_of
from reconciler.model.facets import UNMANAGED
from reconciler.model.facts import Answers
from reconciler.model.index_facts import PartitionNames
from reconciler.model.names import Key, TableName, display, is_temporary
from reconciler.model.plan import Note, Refusal
from reconciler.model.rules.dependencies import INHERITED, PARTITIONED_TABLE
from reconciler.model.rules.notes import NO_PARTITION
from reconciler.model.rules.objects import NAME_TAKEN
from reconciler.model.state import Declared, DesiredState, LiveState
from reconciler.planning.adoption import ByTable, attachable, own_part
from reconciler.planning.completion import essence
from reconciler.planning.inheritance import ancestors
from reconciler.planning.names import TakenNames, given_names
from reconciler.planning.part_names import (
    Namer,
    NamesByChange,
    index_name,
    indexed_below,
)
from reconciler.planning.target import Target


def known_partitions(declared: Sequence[Declared], live: LiveState) -> tuple[list[Declared], list[Note]]:
    """Return the declared objects without index names for tables that are not partitions now, and notes about these:
    partitions are added and removed over time."""
    found, notes = list[Declared](), list[Note]()
    for one in declared:
        named = one.definition.partition_indexes()
        below = {table.name for table in indexed_below(live, one.key.table_name)} if named else set()
        unknown = [table for table, _ in named if table not in below]
        notes += (_no_partition(one, table) for table in unknown)
        found.append(_with_known(one, tuple(pair for pair in named if pair[0] in below)) if unknown else one)
    return found, notes


def _no_partition(declared: Declared, table: TableName) -> Note:
    message = f"{table} is not a partition of {declared.key.table_name}, so the name for its index has no effect"
    return Note(rule=NO_PARTITION, key=declared.key, place=declared.place_of("partitions"), message=message)


def _with_known(declared: Declared, known: PartitionNames) -> Declared:
    if known:
        return replace(declared, definition=declared.definition.with_part_names(known))
    fields = {name: place for name, place in declared.fields.items() if name != "partitions"}
    return replace(declared, definition=declared.definition.with_part_names(UNMANAGED), fields=fields)


def with_named_parts(
    answers: Answers, changes: Sequence[Change], desired: DesiredState, live: LiveState
) -> tuple[list[Change], list[Refusal]]:
    """Return the changes, with a name for the index of each partition; and refusals of names that cannot be given.

    A name is the free one that PostgreSQL would choose; or that of an index of the partition itself that is exactly
    the needed one, as an interrupted run leaves it.
    """
    changes = _without_drops_of_parts(changes, desired, live)
    named: NamesByChange = {
        n: _given_names(change, desired) for n, change in enumerate(changes) if _needs_names(change, live)
    }
    if not named:
        return changes, []
    named = _without_taken_defaults(answers, changes, named, desired, live)
    by_file, refused = [(changes[n], given) for n, given in named.items()], list(_out_of_step(changes, named, live))
    named = {
        n: {**given, **_there_already(changes[n], given, changes, desired, live)} for n, given in named.items()
    }
    free = TakenNames(answers=answers, freed=Target(changes, live).freely_taken)
    declared = given_names(changes, desired)
    # Objects of a partition that is partitioned too have names before they become parts of the partitioned table's.
    depths = {n: sum(1 for _ in ancestors(changes[n].key.table_name, live)) for n in named}
    for depth in sorted(set(depths.values()), reverse=True):
        namer = Namer(
            free=free,
            live=live,
            given=declared,
            reserved={index_name(*part) for given in named.values() for part in given.items()},
            there=attachable(Target(changes, live).own, live),
            declared=desired.objects,
        )
        found = namer.names({n: changes[n] for n in named if depths[n] == depth}, named)
        named = {**named, **found}
        changes = [_with_names(one, found[n]) if n in found else one for n, one in enumerate(changes)]
    final = [(changes[n], given) for n, (_, given) in zip(named, by_file, strict=True)]
    return changes, [
        *_clashes(answers, by_file, Target(changes, live), desired, live),
        *_otherwise(final),
        *refused,
    ]


def _with_names(change: Change, names: Mapping[TableName, str]) -> Change:
    assert change.after is not None
    return replace(change, after=change.after.with_part_names(tuple(sorted(names.items()))))


def _without_drops_of_parts(changes: Sequence[Change], desired: DesiredState, live: LiveState) -> list[Change]:
    """Return the changes without drops of a partition's own objects, if an object of the partitioned table takes
    exactly that object, by its name, as its part: then the partition no longer has an own object."""
    wholes = [one for one in changes if one.action is Action.CREATE and _needs_names(one, live)]
    single = attachable(live.objects, live) if wholes else {}
    return [
        change
        for change in changes
        if change.action is not Action.DROP
        or not any(_becomes_part_of(whole, change, desired, live, single) for whole in wholes)
    ]


def _becomes_part_of(whole: Change, gone: Change, desired: DesiredState, live: LiveState, single: ByTable) -> bool:
    table, name = gone.key.table_name, given_name(gone.key, gone.before)
    if not _may_be_part(gone.key, whole.key) or whole.key.table_name not in ancestors(table, live):
        return False
    assert whole.after is not None
    wanted = parts_of(whole.after).get(table, whole.after.part_name(table))
    return name == wanted and own_part(whole, live.tables[table], name, single, desired.objects) is not None


def _without_taken_defaults(
    answers: Answers, changes: Sequence[Change], named: NamesByChange, desired: DesiredState, live: LiveState
) -> dict[int, Mapping[TableName, str]]:
    """Return the names without those that the file leaves to PostgreSQL and that another index has or gets: PostgreSQL
    would append a number."""
    new = [(n, *part) for n, given in named.items() for part in _new_defaults(changes[n], given, desired)]
    if not new:
        return dict(named)
    target = Target(changes, live)
    names, there = TakenNames(answers=answers, freed=target.freed), attachable(target.own, live)
    taken = names.in_use([index_name(table, name) for _, table, name in new], of_index=True)
    taken |= given_names([one for n, one in enumerate(changes) if n not in named], desired)
    taken |= {index_name(*part) for n, given in named.items() for part in given.items() if (n, *part) not in new}
    left: dict[int, dict[TableName, str]] = {n: dict(given) for n, given in named.items()}
    for n, table, name in new:
        index = index_name(table, name)
        if index in taken and own_part(changes[n], live.tables[table], name, there, desired.objects) is None:
            del left[n][table]
        taken.add(index)
    return dict(left)


def _new_defaults(
    change: Change, given: Mapping[TableName, str], desired: DesiredState
) -> Iterator[tuple[TableName, str]]:
    """Yield the names that the change gives to existing indexes of partitions without the file giving them."""
    declared = desired.objects.get(change.key)
    by_file = parts_of(declared.definition) if declared is not None else {}
    before = parts_of(change.before)
    if change.before is not None:
        yield from (
            (table, name) for table, name in given.items() if name not in (by_file.get(table), before.get(table))
        )


def _there_already(
    whole: Change,
    given: Mapping[TableName, str],
    changes: Sequence[Change],
    desired: DesiredState,
    live: LiveState,
) -> dict[TableName, str]:
    """Return the names of existing partitions' indexes that nothing declares: PostgreSQL would not build a second
    index, but attach these."""
    if whole.action is not Action.CREATE:
        return {}
    known = {*desired.objects, *(former_key(change) for change in changes)}
    single = attachable(live.objects, live)
    found: dict[TableName, str] = {}
    for table in indexed_below(live, whole.key.table_name):
        if table.name not in given and table.name not in found:
            found |= _undeclared_part(whole, table.name, live, known, single)
    return found


def _may_be_part(key: Key, whole: Key) -> bool:
    """Whether an object of this key is, or can become, a partition's part of the partitioned table's object."""
    return key.kind == whole.kind or purpose_of(key) is Purpose.IS_INDEX


def _undeclared_part(
    whole: Change, table: TableName, live: LiveState, known: Collection[Key], single: ByTable
) -> dict[TableName, str]:
    """Return the existing part of a partition, with its own parts. The index with the name that the part would get
    takes precedence."""
    found: dict[str, Definition] = {}
    for key, one in live.on(table).items():
        name = given_name(key, one)
        if key in known or is_temporary(name) or not _may_be_part(key, whole.key):
            continue
        part = own_part(whole, live.tables[table], name, single, known)
        if part is not None:
            found[name] = part
    assert whole.after is not None
    if (
        not found
        or purpose_of(whole.key) is Purpose.IDENTIFIES_ROWS
        or any(whole.after.is_part_name(name, table) for name in found)
    ):
        return {}
    name = min(found)
    return {table: name, **parts_of(found[name])}


def _clashes(
    answers: Answers,
    named: Sequence[tuple[Change, Mapping[TableName, str]]],
    target: Target,
    desired: DesiredState,
    live: LiveState,
) -> Iterator[Refusal]:
    """Return refusals of names that the file gives and that another object has and keeps."""
    new = [
        (change, table, name)
        for change, given in named
        for table, name in given.items()
        if parts_of(change.before).get(table) != name
    ]
    names, there = TakenNames(answers=answers, freed=target.freed), attachable(target.own, live)
    taken = names.in_use([index_name(table, name) for _, table, name in new], of_index=True)
    for change, table, name in new:
        index = index_name(table, name)
        if index in taken and own_part(change, live.tables[table], name, there, desired.objects) is None:
            holder = next(
                (key for key in desired.on(table) if index in indexes_of(key, live.objects.get(key))), None
            )
            by = f"by {holder} ({desired.objects[holder].place})" if holder is not None else ""
            yield Refusal(
                rule=NAME_TAKEN,
                key=change.key,
                place=change.place,
                cause=f"the name {index} for the index of partition {table} is taken {by}".rstrip(),
                remedy="write another name under `partitions`, or omit it",
            )


def _otherwise(named: Sequence[tuple[Change, Mapping[TableName, str]]]) -> Iterator[Refusal]:
    """Return refusals of names that the file gives to parts of an object of a partition, which names them itself."""
    for change, given in named:
        for table, name in given.items():
            actual = parts_of(change.after).get(table, name)
            if actual != name:
                yield Refusal(
                    rule=PARTITIONED_TABLE,
                    key=change.key,
                    place=change.place,
                    cause=f"the index of partition {table} is named {display(name)} here, but it belongs to an index "
                    f"of a partition above {table.name}, which names it {display(actual)}",
                    remedy="write the same name under `partitions` in both places, or omit it here",
                )


def _out_of_step(
    changes: Sequence[Change], named: Mapping[int, Mapping[TableName, str]], live: LiveState
) -> Iterator[Refusal]:
    """Return refusals of a partition's own declarations for an index that the same plan rebuilds: the successor
    brings its own parts."""
    for n, names in named.items():
        whole = changes[n]
        if whole.action is not Action.ALTER or whole.after is None:
            continue
        below = {table.name for table in live.below(whole.key.table_name)}
        for change in changes:
            table, after = change.key.table_name, change.after
            if change.action is not Action.CREATE or table not in below or after is None:
                continue
            part = names.get(table, whole.after.part_name(table))
            if given_name(change.key, after) == part and essence(after) == essence(whole.after):
                yield Refusal(
                    rule=INHERITED,
                    key=change.key,
                    place=change.place,
                    cause=f"{change.key} would become part of {whole.key}, which this plan rebuilds",
                    remedy="remove it from the file, apply, then declare it again",
                )


def _needs_names(change: Change, live: LiveState) -> bool:
    table = live.tables.get(change.key.table_name)
    partitioned = table is not None and table.is_partitioned and has_index(change.after)
    return partitioned and change.action not in (Action.DROP, Action.RENAME)


def _given_names(change: Change, desired: DesiredState) -> dict[TableName, str]:
    """Return the names that the file gives, or that the partitions' indexes have already; of these, no names that
    PostgreSQL derived from the columns of an index that gets other columns."""
    before, after = change.before, change.after
    assert after is not None
    names, declared = parts_of(after), desired.objects.get(change.key)
    if before is None:
        return dict(names)
    declared_parts = parts_of(declared.definition) if declared is not None else {}
    return {
        table: name
        for table, name in names.items()
        if table in declared_parts or not _is_outdated(name, table, before, after)
    }


def _is_outdated(name: str, table: TableName, before: Definition, after: Definition) -> bool:
    kept = parts_of(before).get(table) == name and before.is_part_name(name, table)
    return kept and not after.is_part_name(name, table)
