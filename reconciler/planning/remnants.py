"""Remnants: objects that a dead run left under a temporary name of the tool.

A name proves nothing: anybody may use it. An object is a remnant only if its definition is exactly that of the
predecessor or the successor of a declared object. Both are known from the plan, or from the journal's entries about
an earlier replacement. Other roles may write such entries, so an entry counts only if it was committed by the very
transaction that last changed the object, or if no other role may write to the journal.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reconciler.kinds import KINDS, key_for, purpose_of
from reconciler.kinds.kind import Purpose
from reconciler.model.as_json import definition_as_json, field_as_json
from reconciler.model.change import Action, Change, given_name
from reconciler.model.definition import Definition, Successor, has_index, parts_of
from reconciler.model.facets import Facet, empty_values, facets_of, fields_with, file_names
from reconciler.model.facts import Answers
from reconciler.model.facts.dependents import CatalogObject
from reconciler.model.facts.journal import LastChanged, Replacement, ReplacementsOf, UnfinishedBuild
from reconciler.model.index_facts import IndexStatus
from reconciler.model.names import (
    BUILDING_SUFFIX,
    REPLACED_SUFFIX,
    Key,
    TableName,
    temporary_name,
)
from reconciler.model.plan import JournalAt, Note
from reconciler.model.rules.notes import REMNANT
from reconciler.model.state import Declared, LiveState
from reconciler.planning.draft import Draft
from reconciler.planning.lost_parts import parts_with_own
from reconciler.planning.temporary_names import needed_names

Form = Mapping[str, Any]
"""A definition as JSON's own types, as in the journal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    """A live object with a temporary name of the tool. `change` is that of the declared object, if there is one."""

    key: Key
    definition: Definition
    declared: Declared
    before: Definition
    change: Change | None

    @property
    def successor(self) -> Definition | None:
        return None if self.change is None else self.change.after

    def is_left_by(self, replacement: Replacement) -> bool:
        """Whether a replacement in the journal left it."""
        return _is_either(self.definition, _form_of_entry(replacement.before), _form_of_entry(replacement.after))


def without_remnants(
    draft: Draft, answers: Answers, declared: Sequence[Declared], live: LiveState, major: int, journal: JournalAt
) -> Draft:
    """Return the draft with a drop, and a note, for each remnant of a replacement that does not continue."""
    going = {change.key for change in draft.changes if change.action is Action.DROP}
    changes = {change.key: change for change in draft.changes if change.action is not Action.DROP}
    candidates = [
        candidate
        for item in declared
        for candidate in _candidates(item, changes.get(item.key), live)
        if candidate.key not in going and not _is_continued(candidate, live, major)
    ]
    entries = answers.of(ReplacementsOf(journal=journal, object=one.declared.key) for one in candidates)
    transactions = answers.of(LastChanged(object=_in_catalog(one.key)) for one in candidates)
    removed: dict[Key, Change] = {}
    notes: list[Note] = []
    for candidate, replacements, transaction in zip(candidates, entries, transactions, strict=True):
        believed = (one for one in replacements.entries if replacements.trusted or one.transaction == transaction)
        journaled = any(map(candidate.is_left_by, believed))
        found = candidate.definition
        known = journaled or _is_either(
            found, _as_form(candidate.before, found), _as_form(candidate.successor, found)
        )
        if known and candidate.key not in removed and _is_dead(answers, candidate, journal):
            removed[candidate.key] = _removal(candidate, journaled=journaled)
            notes.append(_note(candidate))
    again = (one for change in removed.values() for one in _taken_along(change, live))
    return draft.changing([*draft.changes, *removed.values(), *again]).noting(notes)


def _candidates(item: Declared, change: Change | None, live: LiveState) -> Iterator[_Candidate]:
    before = live.objects.get(item.key)
    if before is None:
        return
    for key in _own_keys(item.key, before, change.after if change else None, live):
        definition = live.objects.get(key)
        if definition is not None and key != item.key:
            yield _Candidate(key=key, definition=definition, declared=item, before=before, change=change)


def _own_keys(key: Key, before: Definition, after: Definition | None, live: LiveState) -> Iterator[Key]:
    """Return the keys that a replacement of an object uses temporarily. Constraints are never renamed to free a
    name."""
    successors = {one.successor() for one in (before, after) if one is not None}
    if not successors.isdisjoint((Successor.INDEX, Successor.SWAPPED_INDEX)):
        index = key_for(Purpose.IS_INDEX, key.table_name)
        names = {given_name(key, one) for one in (before, after) if one is not None}
        swapped = Successor.SWAPPED_INDEX in successors
        suffixes = (BUILDING_SUFFIX, REPLACED_SUFFIX) if swapped else (BUILDING_SUFFIX,)
        for name in sorted(names):
            yield from (index._replace(name=temporary_name(name, suffix)) for suffix in suffixes)
        parts = {*parts_of(before).items(), *parts_of(after).items()}
        for table, name in sorted(parts):
            yield _on(table, index._replace(name=temporary_name(name, BUILDING_SUFFIX)))
    elif Successor.CONSTRAINT in successors:
        for table in live.tree(key.table_name):
            yield _on(table, key._replace(name=temporary_name(key.name, BUILDING_SUFFIX)))


def _on(table: TableName, key: Key) -> Key:
    return key._replace(schema=table.schema, table=table.name)


def _is_continued(candidate: _Candidate, live: LiveState, major: int) -> bool:
    """Whether the route of the change continues from the object: it is the successor, possibly unfinished."""
    if candidate.change is None or candidate.key.name.endswith(REPLACED_SUFFIX):
        return False
    key, needed = candidate.key, needed_names(candidate.change, live, major)
    found = candidate.definition
    return not needed.isdisjoint(found.names(key)) and _is_either(found, None, _as_form(candidate.successor, found))


def _is_either(definition: Definition, before: Form | None, after: Form | None) -> bool:
    """Whether the definition is exactly the predecessor's or the successor's, except for properties that are set
    after an object is built: those may be missing, or be those of either."""
    found, kind = _form(definition), type(definition)
    names, facets, empty = file_names(kind), facets_of(kind), empty_values(kind)
    later = {names[name]: field_as_json(empty[name], facets[name]) for name in fields_with(kind, Facet.LATER)}
    passing = {names[name] for name in fields_with(kind, Facet.PASSING)}
    for known in (before, after):
        if known is None or known.get("type") != found["type"]:
            continue
        given = {
            key: [form, *(one.get(key) for one in (before, after) if one is not None)]
            for key, form in later.items()
        }
        if all(
            value in given[key] if key in given else key in known and value == known[key]
            for key, value in found.items()
            if key not in passing
        ):
            return True
    return False


def _form(definition: Definition) -> Form:
    form = definition_as_json(definition)
    assert form is not None
    return form


def _as_form(definition: Definition | None, found: Definition) -> Form | None:
    """Return a definition in the form of the found one: for a constraint that an index enforces, that of its
    index."""
    if definition is None:
        return None
    index = definition.as_index() if found.as_index() is found else None
    return _form(definition if index is None else index)


def _form_of_entry(entry: Form | None) -> Form | None:
    """Return a definition in the journal; for a constraint, that of its index. Anybody may have written it."""
    named = (
        kind.definition for kind in KINDS if entry is not None and kind.definition.__name__ == entry.get("type")
    )
    definition = next(named, None)
    if entry is None or definition is None:
        return entry
    try:
        index = definition.index_in(entry)
        return entry if index is None else _form(index)
    except (KeyError, TypeError, AttributeError):
        return None


def _in_catalog(key: Key) -> CatalogObject:
    return CatalogObject(table=key.table_name, name=key.name, is_index=purpose_of(key) is Purpose.IS_INDEX)


def _is_dead(answers: Answers, candidate: _Candidate, journal: JournalAt) -> bool:
    """Whether an invalid index has an unfinished build or drop in the journal, and nobody is building it now."""
    status = candidate.definition.index_status()
    if status is IndexStatus.INVALID:
        return answers[UnfinishedBuild(journal=journal, index=candidate.key)] is None
    return status is not IndexStatus.BUILDING


def _removal(candidate: _Candidate, *, journaled: bool) -> Change:
    return Change(
        action=Action.DROP,
        key=candidate.key,
        before=candidate.definition,
        after=None,
        place=candidate.declared.place,
        remnant_of=candidate.declared.key,
        journaled=journaled,
    )


def _taken_along(removal: Change, live: LiveState) -> Iterator[Change]:
    """Yield the changes that create what partitions had for themselves before it became a part of the remnant, with
    which it is dropped. An index that replaces another one takes over nothing."""
    for key, found in parts_with_own(removal, live).items():
        if not has_index(found):
            yield Change(action=Action.CREATE, key=key, before=None, after=found, place=removal.place)


def _note(candidate: _Candidate) -> Note:
    owner = candidate.declared.key
    return Note(
        rule=REMNANT,
        key=candidate.key,
        place=candidate.declared.place,
        message=f"an interrupted replacement of {owner} left it, and it has exactly the definition of the "
        "old or new object: it is removed",
    )
