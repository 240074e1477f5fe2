"""Entries under `absent` and `dropped_tables` that name nothing, where a similar name exists: a misspelled entry would
be silent, because nothing is left to drop."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from reconciler.kinds import KINDS, kind_for
from reconciler.kinds.kind import Purpose
from reconciler.model.change import given_name
from reconciler.model.facts import Answers
from reconciler.model.facts.journal import ReplacementsOf
from reconciler.model.names import Key, Place, TableName, display, is_temporary
from reconciler.model.plan import JournalAt, Note
from reconciler.model.rules.notes import SIMILAR_NAME
from reconciler.model.state import Absent, DesiredState, LiveState, moved_key

_CLOSE = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspicion:
    """An entry that may be misspelled. `keys` are those that its object would have in the journal, `meant` is the
    similar name."""

    section: str
    name: str
    keys: tuple[Key, ...]
    place: Place
    meant: str


def suspicions(gone: Sequence[Absent], desired: DesiredState, live: LiveState) -> tuple[Suspicion, ...]:
    """Return the entries that name nothing, for which there is a similar name that no file mentions.

    `gone` are the entries under `absent` that match no object.
    """
    return (*_under_absent(gone, desired, live), *_dropped_tables(desired, live))


def misspelled(answers: Answers, journal: JournalAt, found: Sequence[Suspicion]) -> Iterator[Note]:
    """Return a note for each of the entries that the journal does not know either."""
    for one in found:
        if not any(
            known.entries for known in answers.of(ReplacementsOf(journal=journal, object=key) for key in one.keys)
        ):
            message = (
                f"`{one.section}` names {one.name}, which does not exist, and the journal has no entry about it; "
                f"did you mean {one.meant}?"
            )
            yield Note(rule=SIMILAR_NAME, key=one.keys[0], place=one.place, message=message)


def _under_absent(gone: Sequence[Absent], desired: DesiredState, live: LiveState) -> Iterator[Suspicion]:
    for one in gone:
        table = one.table
        kinds = [kind.id for kind in KINDS if kind.absent_section == one.section]
        former = {declared.renamed_from for declared in desired.on(table).values()}
        meant = None if one.name in former else _similar(one.name, _unmentioned(table, kinds, desired, live))
        if meant is not None:
            name = f"{display(one.name)} on {table}"
            keys = tuple(Key(schema=table.schema, table=table.name, kind=kind, name=one.name) for kind in kinds)
            section = f"absent: {one.section}"
            yield Suspicion(section=section, name=name, keys=keys, place=one.place, meant=display(meant))


def _unmentioned(table: TableName, kinds: Collection[str], desired: DesiredState, live: LiveState) -> set[str]:
    """Return the names of a table's objects of these kinds that the file neither declares nor lists as absent."""
    own = {key: key.name or one.given_name("") for key, one in live.on(table).items() if key.kind in kinds}
    declared = {given_name(key, one.definition) for key, one in desired.on(table).items()}
    absent = {one.name for one in desired.absent if one.table == table}
    return {
        name
        for key, name in own.items()
        if key not in desired.objects and name not in declared | absent and not is_temporary(name)
    }


def _dropped_tables(desired: DesiredState, live: LiveState) -> Iterator[Suspicion]:
    for table, one in desired.dropped_tables.items():
        if table in live.tables or moved_key(table) in live.objects or table.schema not in live.neighbours:
            continue
        mentioned = {known.name for known in desired.tables() if known.schema == table.schema}
        meant = _similar(table.name, set(live.neighbours[table.schema]) - mentioned)
        if meant is not None:
            shown = TableName(schema=table.schema, name=meant)
            section = kind_for(Purpose.DROPS_TABLE).section.key
            yield Suspicion(section=section, name=str(table), keys=(one.key,), place=one.place, meant=str(shown))


def _similar(name: str, candidates: Collection[str]) -> str | None:
    return next(iter(difflib.get_close_matches(name, sorted(candidates), n=1, cutoff=_CLOSE)), None)
