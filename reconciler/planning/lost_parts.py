"""What a plan would cost partitions, refused before the first step: an index of their own that goes with one of the
whole, a second index where they have one under another name, an index that a table would need when it is attached, and
anything at all while a partition is being detached."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from reconciler.kinds.index_backed.definition import IndexBacked
from reconciler.model.change import Action, Change, former_key, given_name
from reconciler.model.definition import Definition, has_index, parts_of
from reconciler.model.facts import Answers
from reconciler.model.facts.dependents import PartitionsBeingDetached
from reconciler.model.names import Key, TableName, is_temporary
from reconciler.model.plan import Refusal
from reconciler.model.rules.dependencies import CONFLICT, DETACH_PENDING, INHERITED
from reconciler.model.rules.objects import DUPLICATE_OBJECT
from reconciler.model.state import Declared, DesiredState, LiveState
from reconciler.planning.completion import essence, must_be_replaced
from reconciler.planning.inheritance import ancestors
from reconciler.planning.part_names import indexed_below, own_part


def lost_parts(changes: Sequence[Change], declared: Mapping[Key, Declared], live: LiveState) -> Iterator[Refusal]:
    """Refusals of changes that take a part from a partition for which the file declares it as well."""
    changed = {change.key for change in changes}
    for whole in changes:
        for table, name in parts_of(whole.before).items():
            key = _inherited_index(table, name, live)
            if key is None or key in changed or key not in declared:
                continue
            if not _keeps(whole, key, name, declared[key].definition):
                verb = "drops" if whole.action is Action.DROP else "replaces"
                yield Refusal(
                    rule=INHERITED,
                    key=key,
                    place=declared[key].place,
                    cause=f"{key} is a part of {whole.key}, which this plan {verb}: {table} would lose it",
                    remedy="declare it under another name, which is built first; or take it out of the file, apply, "
                    "and declare it again",
                )


def _inherited_index(table: TableName, name: str, live: LiveState) -> Key | None:
    """What a partition has of this name: a key of the whole may have a part of another kind."""
    inherited = ((key, one) for key, one in live.all_on(table).items() if key in live.inherited)
    return next((key for key, one in inherited if has_index(one) and given_name(key, one) == name), None)


def _keeps(whole: Change, key: Key, name: str, part: Definition) -> bool:
    """Whether the partition still has such an index of this name, or a primary key, after the change."""
    named = parts_of(whole.after).get(key.table_name)
    if whole.after is None or (named != name and not key.kind == whole.key.kind == "primary_key"):
        return False
    assert whole.before is not None
    anew = must_be_replaced(whole.before, whole.after, partitioned=True)
    return not anew or essence(part) == essence(whole.after)


def parts_under_other_names(
    changes: Sequence[Change], named: Mapping[int, Mapping[TableName, str]], desired: DesiredState, live: LiveState
) -> Iterator[Refusal]:
    """Refusals of new objects whose part a partition has already, under a name that nothing declares: it would be built
    a second time. `named` are the names that parts have or the file gives, by the number of the change."""
    known = {*desired.objects, *(former_key(change) for change in changes)}
    for number, given in named.items():
        whole = changes[number]
        if whole.action is not Action.CREATE:
            continue
        there = {
            table.name: name
            for table in indexed_below(live, whole.key.table_name)
            if table.name not in given and (name := _under_another_name(whole, table.name, live, known))
        }
        if there:
            yield _built_twice(whole, desired.objects[whole.key].definition, {**given, **there}, there)


def _under_another_name(whole: Change, table: TableName, live: LiveState, known: Collection[Key]) -> str | None:
    found = []
    for key, one in live.on(table).items():
        name = given_name(key, one)
        if key in known or is_temporary(name) or key.kind not in (whole.key.kind, "index"):
            continue
        if own_part(whole, live.tables[table], name, live.objects) is not None:
            found.append(name)
    if any(_is_planned(whole, table, name) for name in found):
        return None  # the one that has the planned name becomes the part
    return min(found, default=None)


def _is_planned(whole: Change, table: TableName, name: str) -> bool:
    assert isinstance(whole.after, IndexBacked)
    return whole.key.kind == "primary_key" or whole.after.is_part_name(name, table)


def _built_twice(
    whole: Change, said: Definition, names: Mapping[TableName, str], there: Mapping[TableName, str]
) -> Refusal:
    """`said` is what the file declares, `names` are those that it should give to have what is `there` attached."""
    from reconciler.spec.writer import in_a_file  # late: only a refusal needs it

    assert isinstance(said, IndexBacked)
    paste = in_a_file({whole.key: replace(said, partitions=tuple(sorted(names.items())))})
    listed = ", ".join(f"{name} on {table}" for table, name in sorted(there.items()))
    return Refusal(
        rule=DUPLICATE_OBJECT,
        key=whole.key,
        place=whole.place,
        cause=f"partitions have its index already, under names that the file does not give: {listed}; "
        "each would get a second one",
        remedy=f"to attach these, give their names: `{paste}`; to build others, give other names under `partitions`",
    )


def parts_of_later(changes: Sequence[Change], desired: DesiredState, live: LiveState) -> Iterator[Refusal]:
    """Refusals of changes that take from a table the index which `partitions` names for it, for when it is attached."""
    later = {
        (table, name): declared.key
        for declared in desired.objects.values()
        for table, name in parts_of(declared.definition).items()
        if declared.key.table_name not in ancestors(table, live)
    }
    for change in changes if later else ():
        former = former_key(change)
        index = former.table_name, given_name(former, change.before)
        if index in later and _gives_up(change):
            whole = later[index]
            yield Refusal(
                rule=CONFLICT,
                key=change.key,
                place=change.place,
                cause=f"{former.table_name} would lose {index[1]}, which `partitions` names as its part of {whole}",
                remedy=f"keep it until {former.table_name} is attached to {whole.table_name}, or take its name out of "
                "`partitions`",
            )


def _gives_up(change: Change) -> bool:
    if change.before is None or change.after is None or change.action in (Action.DROP, Action.RENAME):
        return change.before is not None
    return must_be_replaced(change.before, change.after, partitioned=False) or given_name(
        change.key, change.before
    ) != given_name(change.key, change.after)


def being_detached(answers: Answers, changes: Sequence[Change], live: LiveState) -> Iterator[Refusal]:
    """Refusals of changes in a tree of partitions one of which is being detached: it can get no part of an index, and
    what the whole gets does not reach it."""
    if not any(one.is_partition for one in live.tables.values()):
        return
    pending = {one.partition: one.parent for one in answers[PartitionsBeingDetached()]}
    for change in changes if pending else ():
        for part, parent in sorted(pending.items()):
            reference = change.after.reference() if change.after else None
            concerned = {change.key.table_name, *([reference.table] if reference else [])}
            if concerned & {*live.tree(part), parent, *ancestors(part, live)}:
                yield Refusal(
                    rule=DETACH_PENDING,
                    key=change.key,
                    place=change.place,
                    cause=f"{part} is being detached from {parent}, or that was interrupted",
                    remedy="wait for the session that detaches it; if there is none, run "
                    f"`ALTER TABLE {parent} DETACH PARTITION {part} FINALIZE`, then plan again",
                )
