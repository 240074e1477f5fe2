"""The way back of a run, from the definitions in the journal: the states of its objects before and after it.

Both are states as a file would declare them, so the planner that compares a file with the database also says whether
an object is still as the run left it, and plans the way back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from reconciler.kinds import KINDS, kind_of, name_of
from reconciler.model.change import Action, Change, former_key, given_name
from reconciler.model.definition import Definition
from reconciler.model.effects import Resource
from reconciler.model.facets import Facet, empty_values, fields_with
from reconciler.model.index_facts import IndexStatus
from reconciler.model.journal import RecordedObject
from reconciler.model.names import Key, Place, TableName, is_temporary
from reconciler.model.plan import Refusal
from reconciler.model.repair import RowPolicy
from reconciler.model.retired import Backup, DroppedTable, RestoredTable
from reconciler.model.route import Route
from reconciler.model.rules.undoing import BUILT_UPON, CHANGED_SINCE
from reconciler.model.state import Absent, Declared, DesiredState, LiveState
from reconciler.model.time_text import utc_text
from reconciler.planning.adoption import index_of_its_name
from reconciler.planning.completion import complete, differs_only, essence
from reconciler.planning.inheritance import ancestors

_UNDERWAY = Facet.VALIDITY | Facet.OBSERVED | Facet.PASSING | Facet.LATER
"""What an object that a killed run left unfinished may still lack."""

_MOST_PLACES = 20
_NOWHERE = Place(file="", line=0, column=0)

KNOWN = frozenset(kind.id for kind in KINDS)
NOTHING = LiveState(tables={}, objects={})
NO_POLICIES: Mapping[Key, RowPolicy] = {}
NO_WHOLES: Mapping[Key, Key] = {}
NOTHING_MADE: Mapping[Key, Collection[Key]] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """What a run did to one object. `former` is its key before the run, `key` that after it. `before` is None if the
    run created it, and `after` if the run dropped it. `made` are the keys of what else the run's steps made for it: on
    partitions, and the index of a constraint that was not added. `whole` is the object of which it became a part, or
    with which it was dropped."""

    former: Key
    key: Key
    before: Definition | None
    after: Definition | None
    place: Place
    made: frozenset[Key] = frozenset()
    whole: Key | None = None

    @property
    def keys(self) -> set[Key]:
        return {self.former, self.key}


@dataclass(frozen=True, slots=True, kw_only=True)
class Later:
    """A change of an object by a later run, whose steps had these `actions`. `repaired`: it moved or changed rows that
    violate the object."""

    run_id: str
    at: datetime
    actions: frozenset[str] = frozenset()
    repaired: bool = False

    def __str__(self) -> str:
        return f"run {self.run_id} ({utc_text(self.at)})"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunToUndo:
    """What a run did, as far as it was completed.

    `begun` is what it would have done to the objects whose repair was cut off. `tables` are those that it archived,
    dropped or restored, `repaired` the numbers of rows that its repairs changed, by object, None if the repair was cut
    off or a script of an earlier version did not count them, and `rows` the policies by which they did. `restored` is
    the number of rows that it brought back from the quarantine, None if that was cut off. `unfinished`: it was not
    completed, or an undo of it has begun, so its objects may be on the way. `detaching` are the partitions whose
    detachment was cut off.
    `undoes` is the run that it took back, if any. `views` are those of the tables that were views: the journal has
    their definitions.
    """

    run_id: str
    touched: tuple[Touched, ...]
    tables: tuple[RecordedObject, ...] = ()
    begun: tuple[Touched, ...] = ()
    repaired: Mapping[Key, int | None] = field(default_factory=dict)
    rows: Mapping[Key, RowPolicy] = field(default_factory=dict)
    unfinished: bool = False
    detaching: frozenset[TableName] = frozenset()
    restored: int | None = 0
    undoes: str = ""
    views: frozenset[Key] = frozenset()


def touched(
    objects: Iterable[RecordedObject],
    made: Mapping[Key, Collection[Key]] = NOTHING_MADE,
    wholes: Mapping[Key, Key] = NO_WHOLES,
) -> tuple[Touched, ...]:
    """Return what changes, in their order, did to each object together. `made` are the keys of what else their steps
    made, by the object that it is for; `wholes` the objects of which others became parts."""
    found: dict[Key, Touched] = {}
    for one in objects:
        first = found.pop(one.former_key, None)
        former, before = (one.former_key, one.before) if first is None else (first.former, first.before)
        found[one.key] = Touched(
            former=former,
            key=one.key,
            before=before,
            after=one.after,
            place=one.place,
            made=frozenset(made.get(one.key, ())),
            whole=wholes.get(one.key) if one.after is None else None,
        )
    return tuple(one for one in found.values() if (one.former, one.before) != (one.key, one.after))


def elsewhere(one: Touched, names: Mapping[TableName, TableName]) -> Touched:
    """Return the same object, with foreign keys to the tables that have other `names` now: those in the archive."""
    before, after = (
        definition.moved_reference(names) if definition is not None else None
        for definition in (one.before, one.after)
    )
    return replace(one, before=before, after=after)


def at_home(route: Route, names: Mapping[TableName, TableName]) -> Route:
    """Return the route, with the definitions that its change has after the tables got these `names`."""
    change = route.change
    before, after, found = (
        definition.moved_reference(names) if definition is not None else None
        for definition in (change.before, change.after, route.found)
    )
    return replace(route, change=replace(change, before=before, after=after), found=found)


def tables_again(run: RunToUndo, undone: RunToUndo | None) -> dict[TableName, Declared]:
    """Return the tables that the run restored, as tables to archive: with the entries by which the run that it has
    undone archived them, if any. That they must be unused, or are to be purged, no longer counts: bringing a table
    back may have scanned it."""
    former = {one.key: one for one in undone.tables if one.after} if undone is not None else {}
    found = {}
    for one in run.tables:
        if isinstance(one.after, RestoredTable) and not one.after.is_loaded:
            first = former.get(one.key)
            entry = (first.after.retirement() if first and first.after else None) or DroppedTable()
            entry = replace(entry, backup=Backup.ARCHIVE, unused_for=None, purge_after=None)
            place = first.place if first else one.place
            found[one.after.table] = Declared(key=one.key, definition=entry, place=place)
    return found


def former_state(
    base: DesiredState,
    objects: Iterable[Touched],
    live: LiveState = NOTHING,
    rows: Mapping[Key, RowPolicy] = NO_POLICIES,
) -> DesiredState:
    """Return the state before the run, with the policy of `base`. `rows` are those about the rows that violate objects.

    It also declares, as they are, the objects in the live state that the way back concerns: foreign keys that refer to
    the tables of the objects, and objects with the definition of one that comes back. An object that is only a part
    of another one goes together with that, and stays if it becomes a part of one that comes back. What an interrupted
    run made on partitions goes by itself.
    """
    objects = list(objects)
    sides = [(one.former, one.before, one.key, one.after, one.place) for one in objects]
    state = _state(base, sides)
    state = replace(state, absent=(*_still_named(state.absent, objects, live), *_left_over(objects, live)))
    parts = (_is_inherited(one, live) or _becomes_part(one, state, live) for one in state.absent)
    absent = tuple(one for one, is_part in zip(state.absent, parts, strict=True) if not is_part)
    own = {key: replace(one, rows=rows.get(key, one.rows)) for key, one in state.objects.items()}
    return replace(state, objects={**_concerned(state, live), **own}, absent=absent)


def _still_named(absents: Iterable[Absent], objects: Iterable[Touched], live: LiveState) -> Iterator[Absent]:
    """Yield the entries, without those of constraints that are gone already, if an index has the name now."""
    sides = [side for one in objects for side in ((one.key, one.after), (one.former, one.before))]
    gone = {
        (key.table_name, key.kind, given_name(key, definition))
        for key, definition in sides
        if definition is not None and key not in live.objects and index_of_its_name(key, definition, live)
    }
    yield from (one for one in absents if (one.table, one.kind, one.name) not in gone)


def _left_over(objects: Iterable[Touched], live: LiveState) -> Iterator[Absent]:
    """Yield what the run made for objects that it created or replaced, and that is not a part of them yet, or again
    not: objects of partitions, indexes for constraints, and temporary checks."""
    for key, one in made_for(objects, live).items():
        section = kind_of(key).absent_section
        if section is not None and is_as_made(key, one, live):
            name = key.name or live.objects[key].given_name("")
            yield Absent(table=key.table_name, section=section, name=name, place=one.place)


def made_for(objects: Iterable[Touched], live: LiveState) -> dict[Key, Touched]:
    """Return the live objects with the keys of what the run made for others, each with the one that it was for."""
    objects = list(objects)
    known = {key for one in objects for key in one.keys}
    return {
        key: one
        for one in objects
        if one.after is not None
        for key in sorted(one.made - known)
        if key.kind in KNOWN and key in live.objects
    }


def is_as_made(key: Key, one: Touched, live: LiveState) -> bool:
    """Whether an object is still as the run made it for another one. Only what has a temporary name may have got a
    comment or a role by the run itself."""
    found = live.objects[key]
    later, empty = fields_with(type(found), Facet.LATER), empty_values(type(found))
    is_bare = is_temporary(key.name) or all(getattr(found, name) == empty[name] for name in later)
    return is_bare and _is_made_for(found, one)


def _is_made_for(found: Definition, one: Touched) -> bool:
    whole = one.after
    if whole is None:
        return False
    index = whole.as_index()
    is_index = index is not None and essence(found) == essence(index)
    return is_index or whole.takes_over(found) or whole.is_helped_by(one.key, found)


def _is_inherited(absent: Absent, live: LiveState) -> bool:
    names = {
        key.name or definition.given_name("")
        for key, definition in live.inherited_on(absent.table).items()
        if kind_of(key).absent_section == absent.section
    }
    return absent.name in names


def _becomes_part(absent: Absent, state: DesiredState, live: LiveState) -> bool:
    """Whether an object of an ancestor takes over the object, as the server does not let it go then."""
    above = set(ancestors(absent.table, live))
    coming = [one for one in state.objects.values() if one.key.table_name in above]
    return any(
        one.definition.takes_over(definition) and (one.key.kind, one.key.name) == (key.kind, key.name)
        for key, definition in (live.on(absent.table).items() if coming else ())
        if (kind_of(key).absent_section, key.name or definition.given_name("")) == (absent.section, absent.name)
        for one in coming
    )


def _concerned(state: DesiredState, live: LiveState) -> dict[Key, Declared]:
    leaving = {(one.table, one.section, one.name) for one in state.absent}
    wanted = {
        (key.table_name, key.kind, essence(complete(one.definition, None))) for key, one in state.objects.items()
    }
    found = {}
    for key, definition in live.objects.items():
        if key in state.objects or key.kind not in KNOWN or is_temporary(key.name):
            continue
        if (key.table_name, kind_of(key).absent_section, key.name or definition.given_name("")) in leaving:
            continue
        reference = definition.reference()
        refers = reference is not None and reference.table in state.required_tables
        if refers or (key.table_name, key.kind, essence(definition)) in wanted:
            place = state.required_tables.get(reference.table if refers and reference else key.table_name, _NOWHERE)
            found[key] = Declared(key=key, definition=definition, place=place)
    return found


def left_state(base: DesiredState, objects: Iterable[Touched]) -> DesiredState:
    """Return the state after the run."""
    return _state(base, [(one.key, one.after, one.former, one.before, one.place) for one in objects])


_Side = tuple[Key, Definition | None, Key, Definition | None, Place]


def _state(base: DesiredState, sides: Sequence[_Side]) -> DesiredState:
    """Return the state that has the first definition of each side, and nothing else that the other one names."""
    objects = {
        key: Declared(key=key, definition=definition, place=place)
        for key, definition, _, _, place in sides
        if definition is not None
    }
    absent = [
        Absent(
            table=key.table_name,
            section=section,
            name=key.name or definition.given_name(""),
            place=place,
            kind=key.kind,
        )
        for _, _, key, definition, place in sides
        if key not in objects and definition is not None and (section := kind_of(key).absent_section) is not None
    ]
    tables = {key.table_name: place for key, _, _, _, place in sides}
    return replace(
        base, objects=objects, required_tables=tables, dropped_tables={}, absent=tuple(absent), sources=()
    )


def able_to_return(objects: Sequence[Touched]) -> list[Touched]:
    """Return those that can be as they were before: nothing brings an invalid index back, and what became a part of it
    stays one."""
    unable = {one.key for one in objects if not can_return(one)}
    return [one for one in objects if one.key not in unable and one.whole not in unable]


def can_return(one: Touched) -> bool:
    return one.before is None or one.before.index_status() in (None, IndexStatus.VALID)


def other_than_validity(changes: Iterable[Change]) -> Iterator[Change]:
    """Return the changes of more than whether a constraint is validated. The journal has the definition that the file
    asks for; while rows that may stay violate it, the run leaves it NOT VALID, and a later one validates it."""
    for one in changes:
        if (
            one.before is None
            or one.after is None
            or type(one.before) is not type(one.after)
            or one.renamed_from is not None
            or not differs_only(one.before, one.after, Facet.VALIDITY)
        ):
            yield one


def changed_since(
    run: RunToUndo, since: Sequence[Change], back: Sequence[Change], later: Mapping[Key, Sequence[Later]]
) -> Iterator[tuple[Touched, Refusal]]:
    """Yield the objects that are neither as the run left them nor as they were before it.

    `since` are the changes from the live state to the one after the run, `back` those to the one before it.
    """
    differing = {key: one for one in other_than_validity(since) for key in (one.key, former_key(one))}
    to_do = {key: one for one in back for key in (one.key, former_key(one))}
    for one in run.touched:
        differs = [differing[key] for key in one.keys if key in differing]
        undone = not any(key in to_do for key in one.keys)
        dropped = any(Action.DROP in each.actions for key in one.keys for each in later.get(key, ()))
        if not differs or undone or (run.unfinished and not dropped and _is_underway(one, differs, to_do)):
            continue
        yield one, _refused(one, run, differs[0], later)


def done_again(
    run: RunToUndo, back: Sequence[Change], later: Mapping[Key, Sequence[Later]]
) -> Iterator[tuple[Touched, Refusal]]:
    """Yield the objects that a later run has created or dropped as well: they are the work of that run. `back` are the
    changes to the state before this run."""
    to_do = {key for one in back for key in (one.key, former_key(one))}
    for one in run.touched:
        if one.before is not None and one.after is not None:
            continue
        action, verb = (Action.CREATE, "created") if one.before is None else (Action.DROP, "dropped")
        runs = [each for key in sorted(one.keys & to_do) for each in later.get(key, ()) if action in each.actions]
        if runs:
            cause = f"{name_of(one.key)} was {verb} again, after run {run.run_id}, by {_listed(runs)}"
            remedy = f"run `reconcile undo {runs[-1].run_id}` to undo the later run"
            yield one, _changed_later(one, cause, remedy)


def made_changed(
    run: RunToUndo, made: Mapping[Key, Touched], later: Mapping[Key, Sequence[Later]]
) -> Iterator[tuple[Touched, Refusal]]:
    """Yield the objects for which the run made something else that a later run has changed."""
    for key, one in made.items():
        runs = later.get(key, ())
        if runs:
            what = f"{name_of(key)}, which run {run.run_id} made for {name_of(one.key)}"
            cause = f"{what}, was changed later by {_listed(runs)}"
            yield one, _changed_later(one, cause, f"{_undo_first(runs)}undo this run again")


def _listed(runs: Iterable[Later]) -> str:
    return ", ".join(dict.fromkeys(map(str, runs)))


def _changed_later(one: Touched, cause: str, remedy: str) -> Refusal:
    return Refusal(rule=CHANGED_SINCE, key=one.key, place=one.place, cause=cause, remedy=remedy)


def _is_underway(one: Touched, since: Sequence[Change], to_do: Mapping[Key, Change]) -> bool:
    """Whether a killed run may have left the object in this state: as one of both sides, but unfinished, or gone."""
    changes = [*since, *(to_do[key] for key in one.keys if key in to_do)]
    return any(
        change.before is None
        or (
            change.after is not None
            and type(change.before) is type(change.after)
            and differs_only(change.before, change.after, _UNDERWAY)
        )
        for change in changes
    )


def _refused(one: Touched, run: RunToUndo, difference: Change, later: Mapping[Key, Sequence[Later]]) -> Refusal:
    found = [each for key in sorted(one.keys) for each in later.get(key, ())]
    later_run = f"; {_listed(found)} changed it later" if found else "; no later run in the journal changed it"
    cause = f"{name_of(one.key)} is not as run {run.run_id} left it: {_how(one, difference)}{later_run}"
    remedy = f"{_undo_first(found)}undo this run again" if found else CHANGED_SINCE.remedy
    return _changed_later(one, cause, remedy)


def _undo_first(runs: Sequence[Later]) -> str:
    ids = dict.fromkeys(one.run_id for one in runs)
    return "".join(f"`reconcile undo {id_}`, then " for id_ in reversed(ids))


def _how(one: Touched, change: Change) -> str:
    if one.after is None or change.after is None:
        return "the run dropped it, and it exists again" if one.after is None else "it has another name"
    if change.before is None:
        return "it no longer exists"
    if change.renamed_from is not None:
        return f"its name is {change.renamed_from}"
    return "; ".join(
        f"{each.path} was {each.after} after the run, and is {each.before} now" for each in change.differences
    )


def undone_already(run: RunToUndo, later_run: str | None) -> Iterator[Refusal]:
    """Yield a refusal if the run `later_run` has undone the run: what exists now was made after that."""
    if later_run is not None:
        yield Refusal(
            rule=CHANGED_SINCE,
            key=None,
            place=None,
            cause=f"run {later_run} has undone run {run.run_id}; the current objects were made later",
            remedy="undo the run that made it: `reconcile history` lists the runs",
        )


def relying_on(run: RunToUndo, live: LiveState) -> dict[Key, Touched]:
    """Return the live objects, other than the run's own, that rely on what only an object of the run offers."""
    own = {key for one in run.touched for key in one.keys}
    going = dict[Resource, Touched]()
    for one in run.touched:
        if one.after is not None:
            kept = set() if one.before is None else set(one.before.offers(one.former))
            going |= dict.fromkeys(set(one.after.offers(one.key)) - kept, one)
    others = {key: definition for key, definition in live.objects.items() if key not in own}
    kept = {resource for key, definition in others.items() for resource in definition.offers(key)}
    return {
        key: going[resource]
        for key, definition in others.items()
        for resource in definition.relies_on(key)
        if resource in going and resource not in kept
    }


def built_upon(relying: Mapping[Key, Touched], later: Mapping[Key, Sequence[Later]]) -> Iterator[Refusal]:
    """Yield a refusal for each object of a later run that relies on an object of the run."""
    for key, one in relying.items():
        for later_run in later.get(key, ())[-1:]:
            yield Refusal(
                rule=BUILT_UPON,
                key=one.key,
                place=one.place,
                cause=f"{name_of(key)}, which {later_run} changed, relies on {name_of(one.key)}",
                remedy=f"`reconcile undo {later_run.run_id}` first, or drop {name_of(key)}",
            )
