"""What the plan of an undo says in addition: what stays as it is, and what the file still declares."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from reconciler.kinds import name_of
from reconciler.model.change import Action, Change
from reconciler.model.facets import Facet, fields_with
from reconciler.model.journal import RecordedObject
from reconciler.model.names import Key, Place, TableName, display
from reconciler.model.plan import Note
from reconciler.model.repair import RowPolicy
from reconciler.model.retired import Backup, RestoredTable
from reconciler.model.rules.undoing import NOT_UNDONE, STILL_DECLARED
from reconciler.model.state import LiveState
from reconciler.planning.undo import Later, RunToUndo, Touched, can_return, is_as_made


def what_stays(
    run: RunToUndo,
    undone: RunToUndo | None,
    live: LiveState,
    returning: Collection[TableName],
    kept_for: Collection[Key],
) -> Iterator[Note]:
    """Yield a note for everything that the undo leaves as it is.

    `undone` is the run that this one took back. `returning` are the tables that are not in their place and come back,
    `kept_for` the objects for which the quarantine has rows of the run.
    """
    for one in run.touched:
        if not can_return(one):
            yield _stays(one.key, one.place, f"{name_of(one.key)} stays: it was an invalid index before the run")
        elif is_validation(one) and _is_validated(one, live):
            yield _stays(one.key, one.place, f"{name_of(one.key)} stays validated: a validation is not undone")
    for table in run.tables:
        is_restored = isinstance(table.after, RestoredTable) and not table.after.is_loaded
        if not is_restored and table.key.table_name not in returning:
            note = _stays(table.key, table.place, _about_table(table, run))
            yield replace(note, gone=table.key in run.views)
    if run.restored != 0:
        yield Note(rule=NOT_UNDONE, key=None, place=None, message=_about_restored(run, undone))
    for key, rows in sorted(run.repaired.items()):
        if key not in kept_for:
            cut_off = any(key == one.key for one in run.begun)
            yield _stays(key, None, _about_repair(key, rows, run.rows.get(key), cut_off=cut_off))


def repaired_later(changes: Iterable[Change], later: Mapping[Key, Sequence[Later]]) -> Iterator[Note]:
    """Yield a note for each object that goes and for which later runs have repaired rows, which it has kept from
    returning."""
    for change in changes:
        runs = [one for one in later.get(change.key, ()) if one.repaired] if change.action is Action.DROP else []
        if runs:
            message = (
                f"the rows that {', '.join(map(str, runs))} repaired for {name_of(change.key)} stay as they are; "
                f"{', then '.join(f'`reconcile undo {one.run_id}`' for one in reversed(runs))} after this undo brings "
                "those back that have a copy"
            )
            yield _stays(change.key, change.place, message)


def made_and_changed(made: Mapping[Key, Touched], live: LiveState) -> Iterator[Note]:
    """Yield a note for each object that is no longer as the run made it for another one."""
    for key, one in made.items():
        if not is_as_made(key, one, live):
            message = f"{name_of(key)} stays: it is no longer as the run made it for {name_of(one.key)}"
            yield _stays(key, one.place, message)


def _about_table(table: RecordedObject, run: RunToUndo) -> str:
    if isinstance(table.after, RestoredTable):
        return (
            f"{name_of(table.key)} was loaded from its dump, and stays in the archive: DROP TABLE removes it there"
        )
    retired = table.after.retirement() if table.after is not None else None
    if table.key in run.views:
        return (
            f"view {table.key.table_name} stays dropped; the journal has its definition: "
            f"`reconcile history {run.run_id}` prints the statements that create it"
        )
    if retired is None or not retired.keeps_copy:
        return f"{name_of(table.key)} was dropped without a copy: nothing brings it back"
    if retired.backup is Backup.DUMP:
        name = f"{display(table.key.schema)}.{display(table.key.table)}"
        return f"{name_of(table.key)} stays in its dump: `reconcile restore {name} --backup-dir DIR` brings it back"
    return f"the archive has no {name_of(table.key)} of this run: it was restored or purged, or another run archived it"


def _about_restored(run: RunToUndo, undone: RunToUndo | None) -> str:
    if run.restored is None:  # it was cut off
        rows = "rows that the run brought"
    else:
        rows = "1 row that the run brought" if run.restored == 1 else f"{run.restored:,} rows that the run brought"
    again = "" if undone is None else f", unless they violate an object for which run {undone.run_id} repaired rows"
    them = "it" if run.restored == 1 else "them"
    return f"{rows} back from the quarantine: an undo does not take {them} out again{again}"


def _about_repair(key: Key, rows: int | None, policy: RowPolicy | None, *, cut_off: bool) -> str:
    if cut_off:
        repair = f"the repair for {name_of(key)} was cut off"
        if policy is not None and not policy.keeps_copies:
            return f"{repair}: nothing brings the rows back that it deleted, as they have no copy"
        return f"{repair}: the quarantine has no rows of it, or none any more"
    repaired = "rows" if rows is None else "1 row" if rows == 1 else f"{rows:,} rows"
    if policy is not None and not policy.keeps_copies:
        return f"the repair for {name_of(key)} deleted {repaired} without a copy: nothing brings them back"
    return (
        f"the repair for {name_of(key)} moved or changed {repaired}: the quarantine has none of them any more, "
        "because they were brought back, or removed there"
    )


def never_return(run: RunToUndo) -> set[Key]:
    """Return the objects that stay and were there before the run: the rows that they have driven out do not fit. They
    reject new rows also if the run has not validated them."""
    return {one.key for one in (*run.touched, *run.begun) if is_validation(one)}


def _is_validated(one: Touched, live: LiveState) -> bool:
    """Whether the run came to the validation, and the object is still there: its table may be in the archive."""
    found = live.objects.get(one.key)
    return one.key.table_name not in live.tables if found is None else found.is_validated()


def is_validation(one: Touched) -> bool:
    """Whether the run did nothing to the object but validate it."""
    before, after = one.before, one.after
    if before is None or after is None or type(before) is not type(after):
        return False
    if before.is_validated() or not after.is_validated():
        return False
    rules = fields_with(type(after), Facet.RULE)
    return all(getattr(before, name) == getattr(after, name) for name in rules)


def _stays(key: Key, place: Place | None, message: str) -> Note:
    return Note(rule=NOT_UNDONE, key=key, place=place, message=message)


def still_declared(changed: Collection[Key], tables: Collection[TableName], run: RunToUndo) -> Iterator[Note]:
    """Yield a note with the places in the file that ask for what the undo takes back: changes of objects, and archived
    tables."""
    found = {one.place for one in run.touched if not one.keys.isdisjoint(changed)}
    found |= {one.place for one in run.tables if one.key.table_name in tables}
    places = sorted(found)
    if places:
        message = (
            f"the next `apply` would make the changes of run {run.run_id} again if the file still declares them; the "
            f"run read them at {', '.join(map(str, places))}: {STILL_DECLARED.remedy}"
        )
        yield Note(rule=STILL_DECLARED, key=None, place=None, message=message)
