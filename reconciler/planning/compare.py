"""Compares desired and live state, object by object, by all their fields.

A comparison has three results: same, different (a change), unknown (a refusal). The server is asked what a
definition means if the text alone does not decide.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from reconciler.kinds import kind_of, purpose_of
from reconciler.kinds.kind import Purpose
from reconciler.model.change import Action, Change
from reconciler.model.definition import Definition, is_in_sync
from reconciler.model.facets import Facet, fields_with
from reconciler.model.facts import Answers
from reconciler.model.index_facts import IndexStatus
from reconciler.model.names import BUILDING_SUFFIX, REPLACED_SUFFIX, Key, is_temporary, temporary_name
from reconciler.model.plan import Note
from reconciler.model.rules.notes import FORMER_NAME, SIMILAR_INDEX
from reconciler.model.state import Declared, LiveState
from reconciler.planning import refusals
from reconciler.planning.adoption import index_of_its_name
from reconciler.planning.completion import (
    complete,
    differing,
    differs_only,
    essence,
    is_its_own,
    keeping,
    must_be_replaced,
)
from reconciler.planning.differences import differences
from reconciler.planning.draft import Draft
from reconciler.planning.inheritance import Inheritance, as_own_object, inheritance_of, leaves_copies, origins_of
from reconciler.planning.meaning import Pair, SearchPath, in_new_words, understood


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The declared objects that are out of sync, as far as the texts decide, in `pairs`.

    `unwanted` are the live objects that the file names under `absent`. If one of them is exactly what another
    declared object should be, it is renamed instead of dropped, and the declared object is not built. `deviating` are
    inherited objects that the file declares differently from their parents'. `role` is the session's role.
    """

    declared: Sequence[Declared]
    live: LiveState
    unwanted: Collection[Key]
    pairs: Sequence[Pair]
    deviating: Sequence[Declared]
    role: str


def compare(declared: Sequence[Declared], live: LiveState, unwanted: Collection[Key], role: str) -> Comparison:
    """Find the objects that are out of sync. Their tables, columns and references are known to exist."""
    suspects = list(_out_of_sync(declared, live))
    inherited = _inheritances(suspects, declared, live, unwanted)
    pairs = [
        _pair(one, live, inherited.get(one.key))
        for one in suspects
        if inherited.get(one.key) not in (Inheritance.FOLLOWS, Inheritance.DEVIATES)
    ]
    deviating = [one for one in suspects if inherited.get(one.key) is Inheritance.DEVIATES]
    return Comparison(declared=declared, live=live, unwanted=unwanted, pairs=pairs, deviating=deviating, role=role)


def find_changes(comparison: Comparison, search_path: SearchPath, draft: Draft, answers: Answers) -> Draft:
    """Return the draft with the changes that the objects need. This asks what definitions mean."""
    declared, live, unwanted = comparison.declared, comparison.live, comparison.unwanted
    known = {one.key for one in declared}.union(unwanted)
    draft, pairs = understood(draft, comparison.pairs, live, answers, search_path, comparison.role)
    met = [_adopting(pair, live) for pair in _with_taken_over(pairs, live, unwanted)]
    restated = in_new_words([pair for pair in met if _has_successor(pair, live)], answers, search_path)
    found: list[Change] = []
    refused = [refusals.inherited(one) for one in comparison.deviating]
    for pair in met:
        changes = _changes(pair, restated.get(pair.declared.key, pair.after), live)
        if changes and pair.inherited and not _stays_inherited(pair, live):
            refused.append(refusals.inherited(pair.declared))
        else:
            found += changes
    refused += (refusals.inherited(one) for one in _changed_above(met, found, live))
    twins = [(pair, twin) for pair in met if pair.before is None for twin in _twins(pair, live, known)]
    refused += (refusals.silent_duplicate(one.declared, twin) for one, twin in twins if not _is_index(twin))
    similar = (_similar(pair.declared, twin) for pair, twin in twins if _is_index(twin))
    return draft.changing(found, refused).noting([*similar, *_former_names(declared, known, live)])


def _changed_above(pairs: Sequence[Pair], changes: Sequence[Change], live: LiveState) -> Iterator[Declared]:
    """Return the inherited objects that are as declared, and that would change together with their parents'."""
    changed = {
        one.key
        for one in changes
        if one.action is Action.ALTER
        and not kind_of(one.key).has_index  # partitions' indexes have names of their own
        and one.before is not None
        and one.after is not None
        and essence(one.before) != essence(one.after)
        and not leaves_copies(one)
    }
    for pair in pairs if changed else ():
        as_declared = pair.inherited and complete(pair.after, pair.before) == pair.before
        if as_declared and not changed.isdisjoint(origins_of(pair.declared.key, live)):
            yield pair.declared


def _inheritances(
    suspects: Sequence[Declared], declared: Sequence[Declared], live: LiveState, unwanted: Collection[Key]
) -> Mapping[Key, Inheritance]:
    inherited_ones = [one for one in suspects if one.key in live.inherited]
    by_key = {one.key: one for one in declared} if inherited_ones else {}
    return {one.key: inheritance_of(one, by_key, unwanted, live) for one in inherited_ones}


def _out_of_sync(declared: Iterable[Declared], live: LiveState) -> Iterator[Declared]:
    """Return the few pairs that differ in a managed field, as far as the texts decide.

    Many tables have the same definitions on both sides, so each two definitions are compared once.
    """
    same: dict[tuple[int, int], bool] = {}
    for one in declared:
        before = live.objects.get(one.key)
        if before is not None:
            both = id(one.definition), id(before)
            if both not in same:
                same[both] = is_in_sync(one.definition.normalized().qualified_like(before), before)
            if same[both]:
                continue
        yield one


def _pair(declared: Declared, live: LiveState, inheritance: Inheritance | None) -> Pair:
    live_key = declared.key
    before = live.objects.get(live_key)
    if before is None and declared.renamed_from is not None:
        former = live_key._replace(name=declared.renamed_from)
        before = live.objects.get(former)
        live_key = live_key if before is None else former
    inherited = before is None and inheritance is not None and inheritance is not Inheritance.LOST
    if inherited:
        before = live.inherited[live_key]
    after = (
        declared.definition.normalized()
        if inheritance is not Inheritance.LOST
        else as_own_object(declared, live.inherited[live_key])
    )
    after = after if before is None else after.qualified_like(before)
    return Pair(declared=declared, after=after, before=before, live_key=live_key, inherited=inherited)


def _with_taken_over(pairs: Sequence[Pair], live: LiveState, unwanted: Collection[Key]) -> Iterator[Pair]:
    """Return the pairs, each with an unwanted object of its table and kind as its live side, if that equals the
    declared object; or with an object that a dead run left under a temporary name."""
    left: dict[tuple[str, str, str], list[Key]] = defaultdict(list)
    for key in sorted(unwanted):
        left[key[:3]].append(key)
    for pair in pairs:
        rivals = left.get(pair.declared.key[:3], [])
        found = next(
            (
                one
                for one in _candidates(pair, live, rivals)
                if _is_meant(pair, live.objects[one]) or _is_moving(pair, one, live.objects[one])
            ),
            None,
        )
        if found is not None:
            pair = replace(pair, before=live.objects[found], live_key=found)
        if pair.live_key in rivals:
            rivals.remove(pair.live_key)
        yield pair


def _candidates(pair: Pair, live: LiveState, unwanted: Sequence[Key]) -> list[Key]:
    key = pair.declared.key
    if pair.before is not None or not _is_named(key):
        return []
    aside = key._replace(name=temporary_name(key.name, BUILDING_SUFFIX))
    return [*unwanted, aside] if aside in live.objects else list(unwanted)


def _is_meant(pair: Pair, definition: Definition) -> bool:
    return complete(pair.after, definition) == definition


def _is_moving(pair: Pair, key: Key, definition: Definition) -> bool:
    """Whether a run has given the object a temporary name to move it to another schema, and did not finish."""
    kind = type(pair.after)
    movable = {*fields_with(kind, Facet.LOOKED_UP)}.intersection(fields_with(kind, Facet.IN_PLACE))
    return is_temporary(key.name) and differing(complete(pair.after, definition), definition) <= movable


def _has_successor(pair: Pair, live: LiveState) -> bool:
    """Whether another object replaces the live one."""
    if pair.before is None:
        return False
    after = complete(pair.after, pair.before)
    if pair.live_key != pair.declared.key:
        return after != pair.before
    return must_be_replaced(pair.before, after, partitioned=_is_partitioned(pair, live))


def _stays_inherited(pair: Pair, live: LiveState) -> bool:
    """Whether all differences are properties that a partition's index may have for itself."""
    if pair.before is None:
        return False
    after = complete(pair.after, pair.before)
    return is_its_own(pair.before, after, partitioned=_is_partitioned(pair, live))


def _is_partitioned(pair: Pair, live: LiveState) -> bool:
    return live.tables[pair.declared.key.table_name].is_partitioned


def _changes(pair: Pair, restated: Definition, live: LiveState) -> list[Change]:
    """Return the changes that the pair needs. `restated` is `after` in the words of a new object."""
    declared, before = pair.declared, pair.before
    after = complete(pair.after, before)
    if before is None:
        return [_create(declared, after)]
    if pair.live_key != declared.key:
        if after == before:
            return [
                Change(
                    action=Action.RENAME,
                    key=declared.key,
                    before=before,
                    after=after,
                    place=declared.place,
                    renamed_from=pair.live_key.name,
                )
            ]
        if _is_moving(pair, pair.live_key, before):
            return [replace(_alter(pair, restated, before, live), renamed_from=pair.live_key.name)]
        # The successor is built under its own name; the old object, which the file names, is dropped afterwards.
        gone = Change(action=Action.DROP, key=pair.live_key, before=before, after=None, place=declared.place)
        return [_create(declared, complete(keeping(restated, before, Facet.KEPT), None)), gone]
    if after == before:
        return []
    return [_alter(pair, restated, before, live)]


def _alter(pair: Pair, restated: Definition, before: Definition, live: LiveState) -> Change:
    return Change(
        action=_action(before, complete(pair.after, before), partitioned=_is_partitioned(pair, live)),
        key=pair.declared.key,
        before=before,
        after=complete(restated, before),
        place=pair.declared.place,
        differences=differences(before, complete(pair.after, before), pair.declared),
    )


def _action(before: Definition, after: Definition, *, partitioned: bool) -> Action:
    """Return the action that turns the live object into the declared one. An index that some partitions lack is
    completed, unless it must be replaced; any other invalid index is rebuilt."""
    if before.index_status() is not after.index_status():
        incomplete = before.index_status() is IndexStatus.INCOMPLETE
        replaced = must_be_replaced(before, after, partitioned=partitioned, ignoring=Facet.OBSERVED)
        return Action.ALTER if incomplete and replaced else Action.CREATE
    validated = differing(before, after, ignoring=Facet.REMARK) and differs_only(
        before, after, Facet.REMARK | Facet.VALIDITY
    )
    return Action.VALIDATE if validated else Action.ALTER


def _adopting(pair: Pair, live: LiveState) -> Pair:
    """Return the pair with the roles, parameters and tablespace of the index that a new constraint adopts, if there
    is one of its name."""
    found = index_of_its_name(pair.declared.key, pair.after, live) if pair.before is None else None
    return pair if found is None else replace(pair, after=keeping(pair.after, live.objects[found], Facet.CARRIED))


def _is_named(key: Key) -> bool:
    """Whether objects of this kind on one table are identified by their names."""
    return key.name != "" and purpose_of(key) is not Purpose.FORBIDS_NULL


def _create(declared: Declared, after: Definition) -> Change:
    return Change(action=Action.CREATE, key=declared.key, before=None, after=after, place=declared.place)


def _twins(pair: Pair, live: LiveState, known: Collection[Key]) -> Iterator[Key]:
    """Return the undeclared objects with the same definition: a hint for an index, a refusal for a constraint."""
    key = pair.declared.key
    if not _is_named(key):
        return
    own_names = {temporary_name(key.name, suffix) for suffix in (BUILDING_SUFFIX, REPLACED_SUFFIX)}
    wanted = essence(complete(pair.after, None))
    for other, definition in live.on(key.table_name).items():
        undeclared = other.kind == key.kind and other not in known and other.name not in own_names
        if undeclared and essence(definition) == wanted:
            yield other


def _is_index(key: Key) -> bool:
    return purpose_of(key) is Purpose.IS_INDEX


def _similar(declared: Declared, other: Key) -> Note:
    message = f"{other} has the same definition and is not declared; {SIMILAR_INDEX.remedy}"
    return Note(rule=SIMILAR_INDEX, key=declared.key, place=declared.place, message=message)


def _former_names(declared: Sequence[Declared], known: Collection[Key], live: LiveState) -> Iterator[Note]:
    """Report objects whose former name is also in use: by another object, or by the old one, if a run was killed
    before it removed that."""
    for one in declared:
        if one.renamed_from is None or one.key not in live.objects:
            continue
        former = one.key._replace(name=one.renamed_from)
        if former in live.objects and former not in known:
            message = f"{former} has its former name; to drop that object, list it under `absent`"
            yield Note(rule=FORMER_NAME, key=one.key, place=one.place, message=message)
