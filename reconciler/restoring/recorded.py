"""Reads from the journal what a run did, which later runs changed the same objects, and which run has undone it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reconciler.execution.journal import Entry, no_such_run, read_entries, read_journal, read_runs
from reconciler.kinds import purpose_of
from reconciler.kinds.kind import Purpose
from reconciler.model.errors import Refused
from reconciler.model.journal import (
    LAST_RUN,
    RUN_STEP,
    RecordedObject,
    Unreadable,
    recorded_objects,
    view_definition,
)
from reconciler.model.names import ARCHIVE_SCHEMA, Key, TableName, display, is_temporary
from reconciler.model.plan import JournalAt, Refusal
from reconciler.model.repair import QUARANTINED_ROWS, RowPolicy
from reconciler.model.retired import RestoredTable
from reconciler.model.rules.undoing import JOURNAL_OPEN, UNREADABLE_ENTRY
from reconciler.model.step_id import Verb
from reconciler.planning import undo as way_back
from reconciler.planning.undo import Later, RunToUndo
from reconciler.postgres.facts.journal import journal_writers
from reconciler.postgres.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedRuns:
    """The runs in a journal."""

    session: Session
    at: JournalAt

    def entries(self, run: str) -> list[Entry]:
        """Return the entries of the run. Raise `Refused` if other roles could have written them."""
        if run == LAST_RUN:
            run = self._last()
        found = read_entries(self.session, self.at.schema, run, self.at.trusted_roles)
        writers = journal_writers(self.session, self.at)
        if writers:
            raise Refused(
                f"the journal does not prove what the run did: {', '.join(map(display, writers))} may write to it",
                rule=JOURNAL_OPEN,
                hint=JOURNAL_OPEN.remedy,
            )
        return found

    def _last(self) -> str:
        """Return the latest run that completed a step, or began a repair or a detachment, except for restores of rows,
        which are not undone; if that is an undo that did not complete, the run that it undoes."""
        begun = {row["run_id"] for row in self._rows(_BEGUN, {})}
        idle = {row["run_id"] for row in self._rows(_RESTORES_OF_ROWS, {})}
        found = read_runs(self.session, self.at.schema, self.at.trusted_roles)
        runs = [one for one in found if (one.completed and one.run_id not in idle) or one.run_id in begun]
        if not runs:
            raise no_such_run(self.session, self.at.schema, "no run in the journal has completed a step")
        last = runs[-1]
        return (last.status != "completed" and self._undoes(last.run_id)) or last.run_id

    def _undoes(self, run: str) -> str | None:
        found = self._rows(_UNDOES, {"run": run})
        return found[0]["undoes"] if found else None

    def run_of(self, entries: Sequence[Entry]) -> tuple[RunToUndo, list[Refusal]]:
        """Return what the run did, and a refusal for each entry that cannot be read."""
        refused = dict[str, Refusal]()
        steps = [one for one in entries if one.step_name != RUN_STEP]
        cut_off = _cut_off(steps)
        completed = list(_readable([one for one in steps if one.status == "completed"], refused))
        begun = [objects[0] for _, objects in _readable([one for one in cut_off if _is_repair(one)], refused)]
        recorded = dict.fromkeys(_changed(completed))
        repaired: dict[Key, int | None] = {}
        for entry, objects in completed:
            key = objects[0].key
            if _is_repair(entry) and entry.rows_affected != 0:
                before, count = repaired.get(key, 0), entry.rows_affected
                repaired[key] = None if before is None or count is None else before + count
        repaired |= {one.key: None for one in begun}
        run_id = str(entries[0].metadata["run_id"])
        of_tables = [one for one in recorded if purpose_of(one.key) is Purpose.DROPS_TABLE]
        objects_of_tables = [one for one in recorded if one not in of_tables and one.key.schema != ARCHIVE_SCHEMA]
        in_place = _put_back(completed)
        tables = [one for one in of_tables if isinstance(one.after, RestoredTable) or one.key not in in_place]
        ended = any(entry.step_name == RUN_STEP and entry.status == "completed" for entry in entries)
        returned = [one.rows_affected or 0 for one in steps if one.status == "completed" and _brings_back(one)]
        run = RunToUndo(
            run_id=run_id,
            touched=way_back.touched(objects_of_tables, _made(completed), _wholes(completed)),
            begun=way_back.touched(begun),
            tables=tuple(tables),
            repaired=repaired,
            rows=_policies([*recorded, *begun]),
            restored=None if any(map(_brings_back, cut_off)) else sum(returned),
            detaching=frozenset(_detached(cut_off)),
            unfinished=not ended or bool(self._rows(_UNDONE, {"run": run_id})),
            views=frozenset(objects[0].key for entry, objects in completed if view_definition(entry.metadata)),
            undoes=next((str(one.metadata["undoes"]) for one in entries if one.metadata.get("undoes")), ""),
        )
        return run, list(refused.values())

    def undone_by(self, run: RunToUndo) -> RunToUndo | None:
        """Return the run that this one took back; None if it is not an undo, or the journal no longer has that run."""
        if not run.undoes or not self._rows(_KNOWN, {"run": run.undoes}):
            return None
        entries = read_entries(self.session, self.at.schema, run.undoes, self.at.trusted_roles)
        return self.run_of(entries)[0]

    def takes_back(self, run: RunToUndo) -> bool:
        """Whether the run took back what a file asks for. An undo of such a run makes these changes again."""
        found, undoes = False, run.undoes or None
        seen = set[str]()
        while undoes is not None and undoes not in seen:
            seen.add(undoes)
            found, undoes = not found, self._undoes(undoes)
        return found

    def later(self, entries: Sequence[Entry], keys: Iterable[Key]) -> Mapping[Key, Sequence[Later]]:
        """Return the changes of objects by later runs, in their order, without those that were undone."""
        objects, run = {str(key): key for key in keys}, str(entries[0].metadata["run_id"])
        wanted = {"after": entries[-1].sequence, "objects": sorted(objects), "run": run}
        found: dict[Key, list[Later]] = {}
        changes = self._rows(_LATER, wanted)
        since = {row["run_id"] for row in self._rows(_SINCE, {"after": wanted["after"]})} if changes else set()
        reverted = self._reverted({run, *since})
        for row in changes:
            if row["run_id"] not in reverted:
                later_run = Later(
                    run_id=row["run_id"],
                    at=row["executed_at"],
                    actions=frozenset(filter(None, row["actions"])),
                    repaired=row["repaired"],
                )
                found.setdefault(objects[row["object"]], []).append(later_run)
        return found

    def _reverted(self, runs: Collection[str]) -> set[str]:
        """Return the runs that were undone as a whole, and those of the runs that did so for one of them, with those
        before that were cut off. An undo of a run that is none of these has changed what they found."""
        found = set[str]()
        for row in reversed(self._rows(_UNDOS, {})):
            whole = row["completed"] and not row["partial"]
            if row["run_id"] not in found and (whole or row["undoes"] in found):
                found |= {row["undoes"], *({row["run_id"]} if row["undoes"] in runs else ())}
        return found

    def undoing(self, run: str, keys: Iterable[Key]) -> str | None:
        """Return a run that has undone this one, unless that one was undone itself. If it was restricted to some
        tables, it has undone what it did to one of these objects."""
        undone: dict[str, list[Any]] = {}
        for row in reversed([one for one in self._rows(_UNDOS, {}) if one["completed"]]):
            if all(one["partial"] for one in undone.get(row["run_id"], ())):
                undone.setdefault(row["undoes"], []).append(row)
        objects = sorted(map(str, keys))
        for row in undone.get(run, ()):
            if not row["partial"] or self._rows(_CHANGED, {"run": row["run_id"], "objects": objects}):
                return str(row["run_id"])
        return None

    def _rows(self, query: str, parameters: Mapping[str, object]) -> Sequence[dict[str, Any]]:
        return read_journal(self.session, self.at.schema, self.at.trusted_roles, query, parameters)


_BEGUN = """
    SELECT DISTINCT metadata ->> 'run_id' AS run_id FROM {journal}
     WHERE status = 'started' AND metadata -> 'step' ->> 'verb' IN ('repair', 'detach')"""

_RESTORES_OF_ROWS = "SELECT DISTINCT metadata ->> 'run_id' AS run_id FROM {journal} WHERE metadata ? 'of_run'"

_UNDOES = """
    SELECT metadata ->> 'undoes' AS undoes FROM {journal}
     WHERE step_name = 'run' AND metadata ->> 'run_id' = %(run)s AND metadata ? 'undoes' LIMIT 1"""

_KNOWN = "SELECT 1 AS found FROM {journal} WHERE metadata ->> 'run_id' = %(run)s LIMIT 1"

# A run that was cut off after its last step has no other entry.
_UNDOS = """
    SELECT metadata ->> 'run_id' AS run_id, max(metadata ->> 'undoes') AS undoes,
           bool_or(metadata ? 'selected') AS partial,
           bool_or(step_name = 'run' AND status = 'completed')
           OR max(metadata ->> 'steps') FILTER (WHERE step_name = 'run')
            = (count(DISTINCT step_name) FILTER (WHERE step_name <> 'run' AND status = 'completed'))::text AS completed
      FROM {journal}
     WHERE metadata ? 'run_id'
     GROUP BY 1 HAVING max(metadata ->> 'undoes') FILTER (WHERE step_name = 'run') IS NOT NULL
     ORDER BY min(sequence)"""

_CHANGED = """
    SELECT 1 AS found FROM {journal}
     WHERE metadata ->> 'run_id' = %(run)s AND status = 'completed' AND metadata ->> 'object' = ANY (%(objects)s)
     LIMIT 1"""

_UNDONE = """
    SELECT 1 AS found FROM {journal}
     WHERE step_name = 'run' AND status = 'started' AND metadata ->> 'undoes' = %(run)s LIMIT 1"""

_SINCE = """
    SELECT DISTINCT metadata ->> 'run_id' AS run_id FROM {journal}
     WHERE sequence > %(after)s AND metadata ? 'run_id'"""

# A run that completes an index which a killed one began does not create it.
_LATER = """
    SELECT metadata ->> 'run_id' AS run_id, metadata ->> 'object' AS object, max(executed_at) AS executed_at,
           array_agg(DISTINCT CASE WHEN metadata ->> 'action' <> 'create' OR metadata -> 'before' = 'null'
                                   THEN metadata ->> 'action' END) AS actions,
           coalesce(bool_or(metadata -> 'step' ->> 'verb' = 'repair' AND rows_affected IS DISTINCT FROM 0), false)
           AS repaired
      FROM {journal}
     WHERE sequence > %(after)s AND status = 'completed' AND metadata ->> 'object' = ANY (%(objects)s)
       AND metadata ->> 'run_id' <> %(run)s
     GROUP BY 1, 2
     ORDER BY max(sequence)"""


def _policies(recorded: Iterable[RecordedObject]) -> dict[Key, RowPolicy]:
    return {one.key: one.rows for one in recorded if one.rows is not None}


def _changed(completed: Sequence[tuple[Entry, Sequence[RecordedObject]]]) -> Iterator[RecordedObject]:
    """Yield the objects of the entries, without those that became parts and that do not come back: indexes that the run
    itself built, and what an interrupted replacement left."""
    built = {_key_of_step(entry) for entry, _ in completed if "builds" in entry.metadata}
    for entry, (own, *others) in completed:
        yield own
        yield from (
            one
            for one in others
            if one.after is not None
            or (one.key not in built and not is_temporary(one.key.name) and _ends(one.key, own.key, entry))
        )


_MAKING = (Verb.ADD, Verb.BEGIN, Verb.BUILD)
"""What makes an object that may not have the name or the table of the one it is for."""


def _made(completed: Sequence[tuple[Entry, Sequence[RecordedObject]]]) -> Mapping[Key, Collection[Key]]:
    """Return the keys of what steps made for other objects, by the object: on partitions; and on its own table, if no
    step has made the object itself, of which they become a part."""
    made: dict[Key, set[Key]] = {}
    begun: set[Key] = set()
    for entry, objects in completed:
        step, key = _key_of_step(entry), objects[0].key
        if step is None or _is_repair(entry):
            continue
        if step == key:
            begun.add(key)
        if _verb(entry) in _MAKING:
            made.setdefault(key, set()).add(step)
    return {
        key: {one for one in keys if key not in begun or one.table_name != key.table_name}
        for key, keys in made.items()
    }


def _wholes(completed: Iterable[tuple[Entry, Sequence[RecordedObject]]]) -> Mapping[Key, Key]:
    """Return the objects of which others became parts, by the keys of those."""
    return {
        one.key: whole.key
        for entry, (whole, *others) in completed
        for one in others
        if one.after is None and _ends(one.key, whole.key, entry)
    }


_PREPARING = (Verb.BUILD, Verb.REPAIR, Verb.VALIDATE)


def _ends(part: Key, whole: Key, entry: Entry) -> bool:
    """Whether an object becomes a part of the whole, or goes with it, in the step of this entry or, if that begins the
    whole, in a later one, perhaps of another run. The entries of all steps of the change name the object."""
    step, verb = _key_of_step(entry), _verb(entry)
    if step is None:
        return True
    if verb == Verb.ATTACH:
        return step.table_name == part.table_name
    is_own = step.table_name == whole.table_name and (verb != Verb.ADD or step.kind == whole.kind)
    return is_own and verb not in _PREPARING


def _put_back(completed: Iterable[tuple[Entry, Sequence[RecordedObject]]]) -> set[Key]:
    """Return the tables that the run moved or detached, and then put in their place again, because a check failed."""
    last = {objects[0].key: entry for entry, objects in completed}
    return {key for key, entry in last.items() if _verb(entry) in (Verb.MOVE_BACK, Verb.ATTACH)}


def _verb(entry: Entry) -> object:
    """Return the verb of the step. Anybody may have written the entry."""
    step = entry.metadata.get("step")
    return step.get("verb") if isinstance(step, dict) else None


def _key_of_step(entry: Entry) -> Key | None:
    """Return the object of the step. Anybody may have written the entry."""
    step = entry.metadata.get("step")
    names = [step.get(name) for name in Key._fields] if isinstance(step, dict) else []
    texts = [name for name in names if isinstance(name, str)]
    return Key(*texts) if len(texts) == len(Key._fields) else None


def _is_repair(entry: Entry) -> bool:
    return _verb(entry) == Verb.REPAIR


def _detached(entries: Iterable[Entry]) -> Iterator[TableName]:
    for entry in entries:
        key = _key_of_step(entry)
        if key is not None and _verb(entry) == Verb.DETACH:
            yield key.table_name


def _brings_back(entry: Entry) -> bool:
    """Whether the entry is about quarantined rows that go back to their table."""
    step = entry.metadata.get("step")
    of_undo = isinstance(step, dict) and step.get("kind") == QUARANTINED_ROWS
    return of_undo or "of_run" in entry.metadata


def _cut_off(entries: Iterable[Entry]) -> Collection[Entry]:
    """Return the last entries of the steps that were started and not completed: a batch may have been committed."""
    last = {one.step_name: one for one in entries if one.status != "skipped"}
    return [one for one in last.values() if one.status != "completed"]


def _readable(
    entries: Iterable[Entry], refused: dict[str, Refusal]
) -> Iterator[tuple[Entry, Sequence[RecordedObject]]]:
    """Yield the entries that change objects, with these; add a refusal for each one that cannot be read."""
    for entry in entries:
        try:
            objects = recorded_objects(entry.metadata)
        except Unreadable as error:
            refused[entry.step_name] = _unreadable(entry, str(error))
            continue
        if objects:
            yield entry, objects


def _unreadable(entry: Entry, reason: str) -> Refusal:
    return Refusal(
        rule=UNREADABLE_ENTRY,
        key=None,
        place=None,
        cause=f"the entry of step {entry.step_name}: {reason}",
        remedy=UNREADABLE_ENTRY.remedy,
    )
