"""Compares desired and live state, object by object, by all their fields.

A comparison has three answers: same, different (a change), unknown (a refusal). What a definition means is asked of
the server where the text alone does not tell.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace

from reconciler.kinds.partition_names import Partitionable, merged, part_leftovers
from reconciler.model.change import Action, Change
from reconciler.model.definition import UNMANAGED, Definition, expression_fields, field_values
from reconciler.model.hazards import SIMILAR_INDEX
from reconciler.model.names import BUILDING_SUFFIX, REPLACED_SUFFIX, Key, temporary_name
from reconciler.model.plan import Note, Refusal
from reconciler.model.state import Declared, LiveState
from reconciler.planning import refusals
from reconciler.planning.differences import differences
from reconciler.planning.inheritance import Fate, fate_of, on_its_own
from reconciler.postgres.canonical import Answer, Meaning, Question, Rejected, Unknown

Judge = Callable[[Sequence[Question]], Sequence[Answer]]


@dataclass(slots=True, kw_only=True)
class Outcome:
    """What comparing has found so far. `volatile`: the volatile functions that an object's expressions call."""

    changes: list[Change] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    volatile: dict[Key, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A declared object, what it means, and its live counterpart, which may have its former name, or be `inherited`."""

    declared: Declared
    after: Definition
    before: Definition | None
    live_key: Key
    inherited: bool = False


def compare(
    declared: Sequence[Declared],
    live: LiveState,
    judge: Judge,
    search_path: Callable[[Key], tuple[str, ...]],
    unwanted: Collection[Key],
    outcome: Outcome,
) -> None:
    """Find the changes of objects whose tables, columns and references are known to exist.

    `unwanted` are the live objects that the file names under `absent`. One of them that is just what another
    declared object should be is renamed to it, instead of being made anew and dropped.
    """
    leftovers = any(key.name.endswith((BUILDING_SUFFIX, REPLACED_SUFFIX)) for key in live.objects)
    fates = _fates(declared, live, unwanted)
    pairs = [pair for one in declared if (pair := _pair(one, live, leftovers, fates.get(one.key))) is not None]
    known = {one.key for one in declared}.union(unwanted)
    left: dict[tuple[str, str, str], list[Key]] = defaultdict(list)
    for key in sorted(unwanted):
        left[key.schema, key.table, key.kind].append(key)
    met = []
    for understood in _understood(pairs, live, judge, search_path, outcome):
        key = understood.declared.key
        rivals = left.get((key.schema, key.table, key.kind), [])
        pair = _taking_over(understood, live, rivals)
        if pair.live_key in rivals:
            rivals.remove(pair.live_key)
        met.append(_adopting(pair, live))
    anew = _in_new_words([pair for pair in met if _is_made_anew(pair)], judge, search_path)
    for pair in met:
        key = pair.declared.key
        change = _change(pair, anew.get(key, pair.after))
        if change is not None and pair.inherited:
            outcome.refusals.append(refusals.inherited(pair.declared))
        elif change is not None:
            outcome.changes.extend(change)
        elif leftovers and _leftovers(key, live):
            outcome.changes.append(_tidying(pair))
        if pair.before is None:
            _look_for_twin(pair, live, known, outcome)


def _fates(declared: Sequence[Declared], live: LiveState, unwanted: Collection[Key]) -> Mapping[Key, Fate]:
    heirs = [one for one in declared if one.key in live.inherited] if live.inherited else []
    by_key = {one.key: one for one in declared} if heirs else {}
    return {one.key: fate_of(one, by_key, unwanted, live) for one in heirs}


def _pair(declared: Declared, live: LiveState, leftovers: bool, fate: Fate | None) -> Pair | None:
    """None for most: nothing that the file manages differs, and there are no leftovers of the tool's own.

    Where the texts alone tell so, the server is not asked.
    """
    live_key = declared.key
    before = live.objects.get(live_key)
    if before is None and declared.renamed_from is not None:
        former = live_key._replace(name=declared.renamed_from)
        before = live.objects.get(former)
        live_key = live_key if before is None else former
    inherited = before is None and fate is not None and fate is not Fate.GOES
    if inherited:
        if fate is Fate.FOLLOWS:
            return None
        before = live.inherited[live_key]
    after = declared.definition.plain() if fate is not Fate.GOES else on_its_own(declared, live.inherited[live_key])
    after = after if before is None else after.beside(before)
    in_sync = before is not None and live_key is declared.key and _in_sync(after, before)
    if in_sync and not (leftovers and _leftovers(live_key, live)):
        return None
    return Pair(declared=declared, after=after, before=before, live_key=live_key, inherited=inherited)


def _taking_over(pair: Pair, live: LiveState, unwanted: Sequence[Key]) -> Pair:
    """The pair with an unwanted object of its table and kind as its live side, if that is what the declared one should
    be."""
    key = pair.declared.key
    if pair.before is not None or not key.name or key.kind == "not_null":
        return pair
    for other in unwanted:
        if complete(pair.after, live.objects[other]) == live.objects[other]:
            return replace(pair, before=live.objects[other], live_key=other)
    return pair


def _understood(
    pairs: Sequence[Pair],
    live: LiveState,
    judge: Judge,
    search_path: Callable[[Key], tuple[str, ...]],
    outcome: Outcome,
) -> Iterable[Pair]:
    """The pairs whose meaning is known, with desired expressions in the live object's words where they mean the same,
    in the server's words elsewhere."""
    doubtful = [pair for pair in pairs if _is_doubtful(pair, live)]
    if not doubtful:
        return pairs
    settled = {pair.declared.key: pair for pair in pairs}
    for pair in doubtful:
        del settled[pair.declared.key]
    asked = [
        Question(
            key=pair.declared.key,
            definition=pair.after,
            search_path=search_path(pair.declared.key),
            hoped=pair.before,
        )
        for pair in doubtful
    ]
    answers = list(judge(asked)) if asked else []
    compared = [
        (pair, answer)
        for pair, answer in zip(doubtful, answers, strict=True)
        if isinstance(answer, Meaning) and pair.before is not None and _words_differ(answer.definition, pair.before)
    ]
    live_questions = [
        Question(key=pair.declared.key, definition=pair.before, search_path=("pg_catalog",))
        for pair, _ in compared
        if pair.before is not None
    ]
    live_answers = judge(live_questions) if live_questions else []
    live_meanings = {pair.declared.key: answer for (pair, _), answer in zip(compared, live_answers, strict=True)}
    for pair, answer in zip(doubtful, answers, strict=True):
        match answer:
            case Rejected():
                outcome.refusals.append(refusals.rejected(pair.declared, answer.message))
            case Unknown():
                outcome.refusals.append(refusals.unknown(pair.declared, answer.reason))
            case Meaning():
                if answer.volatile:
                    outcome.volatile[pair.declared.key] = answer.volatile
                settled[pair.declared.key] = _in_live_words(pair, answer, live_meanings.get(pair.declared.key))
    return [settled[pair.declared.key] for pair in pairs if pair.declared.key in settled]


def _words_differ(one: Definition, other: Definition) -> bool:
    names = expression_fields(one)
    return bool(names) and any(getattr(one, name) != getattr(other, name) for name in names)


def _is_doubtful(pair: Pair, live: LiveState) -> bool:
    """Whether the server must be asked: about what it would have to make, and about texts that differ. A foreign key
    between columns of the same types needs no judge."""
    if pair.before is None or pair.live_key != pair.declared.key or _is_of_others(pair.after, pair.before):
        return not _refers_by_same_types(pair, live)
    return _words_differ(pair.after, pair.before)


# Fields of keys and foreign keys on which it depends what the server looks up for them.
_MADE_OF = ("key", "without_overlaps", "ref_table", "ref_columns", "period")


def _is_of_others(after: Definition, before: Definition) -> bool:
    """Whether a key or foreign key is to be made of other columns, for which there may be no operators."""
    return any(getattr(after, name, None) != getattr(before, name, None) for name in _MADE_OF)


def _refers_by_same_types(pair: Pair, live: LiveState) -> bool:
    reference = pair.after.reference()
    if reference is None or pair.after.features():
        return False
    ours, theirs = live.tables[pair.declared.key.table_name], live.tables[reference[0]]
    columns = zip(pair.after.columns(), reference[1], strict=False)
    return all(
        (ours.columns[one].type_oid, ours.columns[one].collation_oid)
        == (theirs.columns[other].type_oid, theirs.columns[other].collation_oid)
        for one, other in columns
    )


def _in_live_words(pair: Pair, meaning: Meaning, live: Answer | None) -> Pair:
    """Where both mean the same, the desired definition takes the live text, so that plain equality decides."""
    names = expression_fields(pair.after)
    after = meaning.definition
    if isinstance(live, Meaning) and pair.before is not None:
        same = [name for name in names if getattr(live.definition, name) == getattr(after, name)]
        after = replace(after, **{name: getattr(pair.before, name) for name in same})
    return replace(pair, after=after)


# Fields that are changed where the object is, if no others are.
_IN_PLACE = frozenset(
    ("name", "comment", "with_", "statistics", "clustered", "replica_identity", "validated"),
)


def _is_made_anew(pair: Pair) -> bool:
    """Whether another object takes the place of the live one."""
    if pair.before is None:
        return False
    after = complete(pair.after, pair.before)
    if pair.live_key != pair.declared.key:
        return after != pair.before
    return any(
        getattr(after, one.name) != getattr(pair.before, one.name)
        for one in fields(after)
        if one.name not in _IN_PLACE
    )


def _in_new_words(
    pairs: Sequence[Pair], judge: Judge, search_path: Callable[[Key], tuple[str, ...]]
) -> Mapping[Key, Definition]:
    """The definitions as the server prints them of new objects: it may have printed the live ones otherwise, and would
    not do so again."""
    asked = [
        Question(key=pair.declared.key, definition=pair.after, search_path=search_path(pair.declared.key))
        for pair in pairs
        if not pair.after.is_verbatim()
    ]
    answers = judge(asked) if asked else ()
    return {
        question.key: answer.definition
        for question, answer in zip(asked, answers, strict=True)
        if isinstance(answer, Meaning)
    }


def complete(after: Definition, before: Definition | None) -> Definition:
    """`after` with everything that the file leaves open filled in: from the live object, else empty.

    `validated: false` is satisfied by a valid constraint: nothing is ever un-validated, but what is not enforced.
    """
    filled: dict[str, object] = {}
    for one in fields(after):
        value = getattr(after, one.name)
        if value is UNMANAGED:
            filled[one.name] = _EMPTY.get(one.name) if before is None else after.kept_from(before, one.name)
        elif before is not None and one.name == "validated" and not value and getattr(after, "enforced", True):
            filled[one.name] = getattr(before, one.name)
        elif before is not None and one.name == "partitions":
            filled[one.name] = _partition_names(after, before)
    return replace(after, **filled) if filled else after


def _in_sync(after: Definition, before: Definition) -> bool:
    """Whether every field that `after` manages is the same, so that `complete(after, before)` would be `before`. Most
    are, and nothing is copied to find out."""
    if type(after) is not type(before):
        return False
    for mine, theirs in zip(field_values(after), field_values(before), strict=True):
        if mine is not theirs and mine is not UNMANAGED and mine != theirs:
            return False
    return True


_EMPTY: Mapping[str, object] = {
    "with_": (),
    "statistics": (),
    "clustered": False,
    "replica_identity": False,
    "partitions": (),
}


def _partition_names(after: Definition, before: Definition) -> object:
    """The live names of partitions' indexes, with the declared ones in their places."""
    if not isinstance(after, Partitionable) or not isinstance(before, Partitionable):
        return ()
    declared, live = after.partitions, before.partitions
    return merged(declared, live, after) if isinstance(declared, tuple) and isinstance(live, tuple) else live


def _change(pair: Pair, anew: Definition) -> list[Change] | None:
    """The changes that the pair needs; None if it is in sync. `anew` is `after` in the words of a new object."""
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
        # The successor is made under its own name; the old one, which the file names, goes afterwards.
        gone = Change(action=Action.DROP, key=pair.live_key, before=before, after=None, place=declared.place)
        return [_create(declared, complete(_keeping(anew, before), None)), gone]
    if after == before:
        return None
    found = differences(before, after, declared)
    paths = {difference.path for difference in found}
    only_validity = "validated" in paths and paths <= {"validated", "comment"}
    return [
        Change(
            action=_revival(found) or (Action.VALIDATE if only_validity else Action.ALTER),
            key=declared.key,
            before=before,
            after=complete(anew, before),
            place=declared.place,
            differences=found,
        )
    ]


_CARRIED = ("statistics", "clustered", "replica_identity")


def _keeping(after: Definition, old: Definition) -> Definition:
    """`after` with what a table must not lose when an object of another name takes the place of `old`."""
    unsaid = [name for name in _CARRIED if getattr(after, name, None) is UNMANAGED and hasattr(old, name)]
    return replace(after, **{name: after.kept_from(old, name) for name in unsaid})


def _adopting(pair: Pair, live: LiveState) -> Pair:
    """The pair with the marks of the index that a new constraint takes over, if there is one of its name."""
    key = pair.declared.key
    if pair.before is not None or key.kind not in ("primary_key", "unique"):
        return pair
    name = key.name or getattr(pair.after, "name", "")
    index = live.objects.get(key._replace(kind="index", name=name)) if isinstance(name, str) else None
    return pair if index is None else replace(pair, after=_keeping(pair.after, index))


def _revival(found: Sequence[object]) -> Action | None:
    """An index that differs only in not being valid is built anew."""
    paths = {getattr(difference, "path", "") for difference in found}
    return Action.CREATE if "status" in paths else None


def _create(declared: Declared, after: Definition) -> Change:
    return Change(action=Action.CREATE, key=declared.key, before=None, after=after, place=declared.place)


def _leftovers(key: Key, live: LiveState) -> list[Key]:
    tables = live.tree(key.table_name)
    own = [one._replace(schema=table.schema, table=table.name) for one in own_names(key) for table in tables]
    whole = [candidate for candidate in own if candidate in live.objects]
    return whole or part_leftovers(live.objects.get(key), live)


def own_names(key: Key) -> list[Key]:
    """The keys of the tool's own under which parts of a replacement of `key` stand for a while. An exclusion constraint
    is replaced in one step."""
    if not key.name or key.kind in ("not_null", "exclusion"):
        return []
    kinds = ("index",) if key.kind in ("index", "unique") else (key.kind,)
    return [
        key._replace(kind=kind, name=temporary_name(key.name, suffix))
        for kind in kinds
        for suffix in (BUILDING_SUFFIX, REPLACED_SUFFIX)
    ]


def _tidying(pair: Pair) -> Change:
    return Change(
        action=Action.ALTER,
        key=pair.declared.key,
        before=pair.before,
        after=pair.before,
        place=pair.declared.place,
    )


# Fields in which two objects that do the same may differ.
_INCIDENTAL = (
    *("name", "comment", "with_", "tablespace", "validated", "status"),
    *("statistics", "clustered", "replica_identity", "partitions"),
)


def essence(definition: Definition) -> Definition:
    """What two objects that do the same have in common."""
    present = {one.name for one in fields(definition)}
    return replace(definition, **{name: None for name in _INCIDENTAL if name in present})


def _look_for_twin(pair: Pair, live: LiveState, known: Collection[Key], outcome: Outcome) -> None:
    """An undeclared object with the same definition: a hint for an index, a refusal for a constraint."""
    key = pair.declared.key
    if not key.name or key.kind == "not_null":
        return
    for other, definition in live.on(key.table_name).items():
        if other.kind != key.kind or other in known or other in own_names(key):
            continue
        if essence(definition) != essence(complete(pair.after, None)):
            continue
        if key.kind == "index":
            message = f"{other} has the same definition and is not declared: {SIMILAR_INDEX.safer}"
            outcome.notes.append(Note(rule=SIMILAR_INDEX.id, key=key, place=pair.declared.place, message=message))
        else:
            outcome.refusals.append(refusals.silent_duplicate(pair.declared, other))
