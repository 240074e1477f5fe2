"""The meaning of declared definitions whose text alone does not decide: the server is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from reconciler.kinds import kind_of
from reconciler.model.definition import Definition, expression_fields, words_differ
from reconciler.model.facets import UNMANAGED, Facet, fields_with
from reconciler.model.facts import Answers
from reconciler.model.facts.meaning import Interpretation, Meaning, MeaningOf, Rejected, Unknown
from reconciler.model.names import Key, TableName
from reconciler.model.plan import Note, Refusal
from reconciler.model.rules.notes import HIDES_BUILT_IN
from reconciler.model.state import Declared, LiveState
from reconciler.planning import refusals
from reconciler.planning.copying import copy_grants
from reconciler.planning.draft import Draft, Judged
from reconciler.planning.executing import schema_grants

SearchPath = Callable[[Key], tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A declared object, its meaning, and its live counterpart, which may have its former name, or be
    `inherited`."""

    declared: Declared
    after: Definition
    before: Definition | None
    live_key: Key
    inherited: bool = False


def understood(
    draft: Draft, pairs: Sequence[Pair], live: LiveState, answers: Answers, search_path: SearchPath, role: str
) -> tuple[Draft, Sequence[Pair]]:
    """Return the draft with what the server says about definitions, and the pairs whose meaning is known. Desired
    expressions are in the live object's words if they mean the same, otherwise in the server's words. A new object is
    compared with nothing, so it may keep the file's words."""
    doubtful = [pair for pair in pairs if _is_doubtful(pair, live)]
    asked = [
        MeaningOf(
            key=pair.declared.key,
            definition=pair.after,
            search_path=search_path(pair.declared.key),
            expected=pair.before,
        )
        for pair in doubtful
    ]
    answered = [(*both, both[0].declared.key) for both in zip(doubtful, answers.of(asked), strict=True)]
    refused = {
        key: one
        for pair, answer, key in answered
        if (one := _objection(pair, answer, live, answers, role)) is not None
    }
    accepted = [one for one in answered if one[2] not in refused]
    meant = [(pair, answer, key) for pair, answer, key in accepted if isinstance(answer, Meaning)]
    unsaid = {key: answer for _, answer, key in accepted if isinstance(answer, Unknown)}
    denied = {key: answer.reason for key, answer in unsaid.items() if answer.is_denied}
    judged = Judged(
        volatile={key: answer.volatile for _, answer, key in meant if answer.volatile},
        untried={key: answer.untried for _, answer, key in meant if answer.untried},
        not_tried={key: answer.reason for key, answer in unsaid.items() if key not in denied},
        denied=denied,
        named={key: answer.named for _, answer, key in meant if answer.named},
        inexact=frozenset(key for _, answer, key in meant if not answer.exact) | denied.keys(),
    )
    hidden = (note for pair, answer, _ in meant for note in _hidden(pair, answer))
    known = {key: _in_live_words(pair, answer) for pair, answer, key in meant}
    known |= {
        key: replace(pair, after=answer.same)
        for pair, answer, key in accepted
        if isinstance(answer, Unknown) and answer.same is not None
    }
    left = [known.get(one.declared.key, one) for one in pairs if one.declared.key not in refused]
    return replace(draft, judged=judged).refusing(refused.values()).noting(hidden), left


def _objection(pair: Pair, answer: Interpretation, live: LiveState, answers: Answers, role: str) -> Refusal | None:
    match answer:
        case Rejected():
            return refusals.rejected(pair.declared, answer.error)
        case Unknown(same=None) if pair.before is not None and words_differ(pair.after, pair.before):
            grants = _grants(pair, answers, role) if answer.is_denied else ()
            return refusals.unknown(pair.declared, answer.reason, answer.error, grants)
        case Meaning() if answer.whole_row and (below := _made_below(pair, live)):
            return refusals.whole_row(pair.declared, below)
    return None


def _grants(pair: Pair, answers: Answers, role: str) -> Sequence[str]:
    key, definition = pair.declared.key, pair.after
    found = (*schema_grants(answers, definition, key, role), *copy_grants(answers, key, definition, role))
    return list(dict.fromkeys(found))


def _made_below(pair: Pair, live: LiveState) -> TableName | None:
    """Return a partition or child on which the object would have to be created as well."""
    below = live.below(pair.declared.key.table_name)
    table = live.tables[pair.declared.key.table_name]
    if not below or (pair.before is not None and not words_differ(pair.after, pair.before)):
        return None
    copied = kind_of(pair.declared.key).is_copied and pair.after.passes_on()
    return below[0].name if table.is_partitioned or copied else None


def _hidden(pair: Pair, meaning: Meaning) -> Iterable[Note]:
    written = " ".join(pair.declared.definition.expressions())
    for name in meaning.hiding:
        if name.split("(")[0] in written:
            continue  # the file names the schema
        message = f"it calls {name}, which is found instead of PostgreSQL's own: "
        message += "write pg_catalog before the name if you mean PostgreSQL's own"
        yield Note(rule=HIDES_BUILT_IN, key=pair.declared.key, place=pair.declared.place, message=message)


def _is_doubtful(pair: Pair, live: LiveState) -> bool:
    """Whether the server must be asked: about objects that it would have to build, and about texts that differ. A
    foreign key between columns of the same types needs no check."""
    if pair.before is None or pair.live_key != pair.declared.key or _is_of_others(pair.after, pair.before):
        return not _refers_by_same_types(pair, live)
    return words_differ(pair.after, pair.before)


def _is_of_others(after: Definition, before: Definition) -> bool:
    """Whether it would be built on other columns, for which operators may be missing, or in another way, for which
    the access method may lack a parameter or a capability."""
    wanted = ((getattr(after, name), getattr(before, name)) for name in fields_with(type(after), Facet.LOOKED_UP))
    return any(new is not UNMANAGED and new != old for new, old in wanted)


def _refers_by_same_types(pair: Pair, live: LiveState) -> bool:
    reference = pair.after.reference()
    if reference is None or pair.after.features():
        return False
    ours, theirs = live.tables[pair.declared.key.table_name], live.tables[reference[0]]
    columns = zip(pair.after.columns(), reference[1], strict=False)
    return all(
        (ours.columns[one].type_oid, ours.columns[one].collation_oid)
        == (theirs.columns[other].type_oid, theirs.columns[other].collation_oid)
        and not (ours.columns[one].generated or theirs.columns[other].generated)
        for one, other in columns
    )


def _in_live_words(pair: Pair, meaning: Meaning) -> Pair:
    """If both mean the same, use the live text in the desired definition, so that plain equality decides."""
    after, live = meaning.definition, meaning.of_expected
    if live is not None and pair.before is not None:
        same = [name for name in expression_fields(after) if getattr(live, name) == getattr(after, name)]
        after = replace(after, **{name: getattr(pair.before, name) for name in same})
    return replace(pair, after=after)


def in_new_words(pairs: Sequence[Pair], answers: Answers, search_path: SearchPath) -> Mapping[Key, Definition]:
    """Return the definitions of new objects as the server prints them. It may have printed the live ones
    differently, and would not print them so again."""
    asked = [
        MeaningOf(key=pair.declared.key, definition=pair.after, search_path=search_path(pair.declared.key))
        for pair in pairs
        if not pair.after.is_verbatim()
    ]
    return {
        question.key: answer.definition
        for question, answer in zip(asked, answers.of(asked), strict=True)
        if isinstance(answer, Meaning)
    }
