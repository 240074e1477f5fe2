"""Losses of partitions that are refused before the first step: a partition's own index that would be dropped with
the partitioned table's, a second index that it has under another name, an index that a table needs when it is
attached, and any change while a partition is being detached."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from reconciler.kinds import kind_of
from reconciler.model.change import Action, Change, former_key, given_name
from reconciler.model.definition import Definition, has_index, parts_of
from reconciler.model.facets import Facet, empty_values, facets_of
from reconciler.model.facts import Answers
from reconciler.model.facts.dependents import PartitionsBeingDetached
from reconciler.model.names import Key, TableName
from reconciler.model.plan import Refusal
from reconciler.model.retired import TableToRetire
from reconciler.model.rules.dependencies import CONFLICT, DETACH_PENDING, INHERITED
from reconciler.model.state import Declared, DesiredState, LiveState
from reconciler.planning.completion import essence, is_replaced, must_be_replaced
from reconciler.planning.inheritance import ancestors
from reconciler.planning.names_aside import can_be_made_aside, in_two
from reconciler.planning.target import Target


def with_own_parts(
    changes: Sequence[Change], declared: Mapping[Key, Declared], live: LiveState
) -> tuple[list[Change], list[Refusal]]:
    """Return the changes, with those that build for a partition the declared object that it loses as part of the
    partitioned table's; and refusals where that is impossible. It is built under another name while the old part
    exists."""
    found, refused = list(changes), []
    for whole, key in _lost(changes, declared, live):
        own = Change(
            action=Action.CREATE, key=key, before=None, after=live.inherited[key], place=declared[key].place
        )
        if can_be_made_aside(own) and not live.tables[key.table_name].is_partitioned:
            found += in_two(own)
        else:
            refused.append(_loss(whole, key, declared[key]))
    return found, refused


def _lost(
    changes: Sequence[Change], declared: Mapping[Key, Declared], live: LiveState
) -> Iterator[tuple[Change, Key]]:
    """Return the changes that drop a partition's part which the file also declares for the partition, each with that
    part."""
    changed, target = {change.key for change in changes}, Target(changes, live)
    for whole in changes:
        for table, name in parts_of(whole.before).items():
            key = _inherited_index(table, name, live)
            if key is None or key in changed or key not in declared:
                continue
            then = target.objects.get(key)
            if then is None or (then != live.inherited[key] and essence(then) != essence(declared[key].definition)):
                yield whole, key


def _loss(whole: Change, key: Key, declared: Declared) -> Refusal:
    verb = "drops" if whole.action is Action.DROP else "replaces"
    return Refusal(
        rule=INHERITED,
        key=key,
        place=declared.place,
        cause=f"{key} belongs to {whole.key}, which this plan {verb}: {key.table_name} would lose it",
        remedy="declare it under another name, which is built first; or remove it from the file, apply, "
        "and declare it again",
    )


def _inherited_index(table: TableName, name: str, live: LiveState) -> Key | None:
    """Return the partition's object of this name: a key of the partitioned table may have a part of another
    kind."""
    inherited = ((key, one) for key, one in live.all_on(table).items() if key in live.inherited)
    return next((key for key, one in inherited if has_index(one) and given_name(key, one) == name), None)


def parts_with_own(change: Change, live: LiveState) -> Mapping[Key, Definition]:
    """Return the objects of partitions that go with a dropped or replaced object, and have a name or attributes of
    their own: another object of the partitioned table would not give them those."""
    whole, found = change.before, dict[Key, Definition]()
    if whole is None or not (change.action is Action.DROP or is_replaced(change, live)):
        return found
    names = parts_of(whole) if change.action is Action.DROP else {}  # a successor keeps what parts of indexes have
    for table in live.below(change.key.table_name):
        for key, one in live.inherited_on(table.name).items():
            if kind_of(key).is_copied:
                continue  # it has the same name, and nothing of its own
            if has_index(one):
                part = names.get(table.name) == given_name(key, one) and _has_own(one, whole)
            else:
                passed_on = _name_from_above(table.name, change.key, found, live)
                part = key.kind == change.key.kind and key.name != passed_on and whole.takes_over(one)
            if part:
                found[key] = one
    return found


def _name_from_above(table: TableName, whole: Key, found: Collection[Key], live: LiveState) -> str:
    """Return the name of the part that the table would get from the nearest of those found, or from the whole."""
    names = {one.table_name: one.name for one in found}
    return next((names[one] for one in ancestors(table, live) if one in names), whole.name)


def _has_own(part: Definition, whole: Definition) -> bool:
    """Whether an index of a partition differs from what it got when it was built."""
    empty = empty_values(type(part))
    for name, facets in facets_of(type(part)).items():
        if facets & (Facet.OWN | Facet.LATER):
            built = empty[name] if facets & Facet.LATER else getattr(whole, name, empty[name])
            if getattr(part, name) != built:
                return True
    return False


def parts_of_later(changes: Sequence[Change], desired: DesiredState, live: LiveState) -> Iterator[Refusal]:
    """Return refusals of changes that drop an index that `partitions` names for a table that will be attached
    later."""
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
                cause=f"{former.table_name} would lose {index[1]}, which `partitions` names as its index of {whole}",
                remedy=f"keep it until {former.table_name} is attached to {whole.table_name}, or remove its name from "
                "`partitions`",
            )


def _gives_up(change: Change) -> bool:
    if change.before is None or change.after is None or change.action in (Action.DROP, Action.RENAME):
        return change.before is not None
    return must_be_replaced(change.before, change.after, partitioned=False) or given_name(
        change.key, change.before
    ) != given_name(change.key, change.after)


def blocked_by_detaching(answers: Answers, changes: Sequence[Change], live: LiveState) -> Iterator[Refusal]:
    """Return refusals of changes in a partition tree while one of its partitions is being detached: that partition
    cannot get a part of an index, new objects of the partitioned table do not reach it, and PostgreSQL begins to detach
    no other partition. If the plan completes the detachment, other partitions are detached after that."""
    if not any(one.is_partition for one in live.tables.values()):
        return
    pending = {one.partition: one.parent for one in answers[PartitionsBeingDetached()]}
    retired = {one.key.table_name for one in changes if one.after is not None and one.after.retirement()}
    for change in changes if pending else ():
        for part, parent in sorted(pending.items()):
            if change.key.table_name in live.tree(part) and change.after is not None and change.after.retirement():
                continue  # its own route completes the detachment
            reference = change.after.reference() if change.after else None
            concerned = {change.key.table_name, *([reference.table] if reference else [])}
            if isinstance(change.before, TableToRetire) and change.before.detaches and part not in retired:
                concerned |= {one.table for one in change.before.parents}
            if concerned & {*live.tree(part), parent, *ancestors(part, live)}:
                yield Refusal(
                    rule=DETACH_PENDING,
                    key=change.key,
                    place=change.place,
                    cause=f"{part} is being detached from {parent}, or the detaching was interrupted",
                    remedy="wait for the session that detaches it; if there is none, run "
                    f"`ALTER TABLE {parent} DETACH PARTITION {part} FINALIZE`, then plan again",
                )
