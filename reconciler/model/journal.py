"""The journal's vocabulary: the entries about a run and about a step, whoever writes them.

The entries of a step have the definitions of its change twice: under the file's names, for people, and in a form that
reads back. Each later release reads that form, so its number changes only together with a reader of the older forms.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from reconciler.model.as_json import definition_as_json
from reconciler.model.change import Change
from reconciler.model.codec import codec
from reconciler.model.definition import Definition
from reconciler.model.names import Key, Place, display
from reconciler.model.plan import Plan
from reconciler.model.repair import ReturnedRows, RowPolicy
from reconciler.model.retired import RestoredTable, TableToRetire
from reconciler.model.route import Route
from reconciler.model.step import RepairAction, Step

RUN_STEP = "run"
"""The step name of the entries for a run as a whole."""
LAST_RUN = "last"
"""The word that people may give instead of the id of the latest run."""


DEFINITIONS_FORMAT = 1
"""The form in which entries have definitions that read back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedObject:
    """An object that a change creates, alters, renames or drops: its definitions, with all fields, and the place in the
    file that asked for the change. `renamed_from` is its name before, if that was another one. For a table that is
    dropped or archived, `after` is the entry of the file, and `before` is None. `rows` is the policy by which rows that
    violate the object were repaired."""

    key: Key
    before: Definition | None
    after: Definition | None
    place: Place
    renamed_from: str | None = None
    rows: RowPolicy | None = None

    @property
    def former_key(self) -> Key:
        return self.key if self.renamed_from is None else self.key._replace(name=self.renamed_from)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Definitions:
    """The objects of one change: its own first, then those that it alters, takes over or drops with it. A remnant has
    none."""

    format: int
    objects: tuple[RecordedObject, ...]


NO_DEFINITIONS: Mapping[str, object] = {"format": DEFINITIONS_FORMAT, "objects": []}
"""The definitions in the entry of a step that changes no object."""


class Unreadable(ValueError):
    """An entry has no definitions that this version can read."""


def command_of(plan: Plan) -> str:
    """Return the command that carries out a plan: `undo`, `restore` or `apply`."""
    if plan.undoes:
        return "undo"
    return "restore" if any(isinstance(route.change.after, RestoredTable) for route in plan.routes) else "apply"


def migration_name(digest: str) -> str:
    """Return the journal's name for a run of the plan with this digest."""
    return f"reconcile {digest.rpartition(':')[2][:12]}"


def built_relation(key: Key) -> str:
    """Return the journal's name for the relation that a step builds."""
    return f"{display(key.schema)}.{display(key.name)}"


def about(route: Route, step: Step) -> dict[str, object]:
    """Return the journal's data about a step: its id and title, the object of its change before and after, and the
    relation that it builds."""
    change = route.change
    details: dict[str, object] = {
        "step": {"verb": step.id.verb.value, **step.id.key._asdict()},
        "title": step.title,
        "object": str(change.key),
        "schema": change.key.schema,
        "table": change.key.table,
        "action": change.action.value,
        "before": definition_as_json(change.before),
        "after": definition_as_json(change.after),
        "place": str(change.place),
        "definitions": _written(route),
    }
    return details if step.builds is None else {**details, "builds": built_relation(step.builds)}


def _written(route: Route) -> dict[str, object]:
    """Return the change in the form that reads back. A remnant is not in it: nobody wants it back."""
    change = route.change
    no_object = change.remnant_of is not None or isinstance(change.after, ReturnedRows)
    wanted = () if no_object else (change, *change.moved_dependents)
    gone = (
        RecordedObject(key=key, before=one, after=None, place=change.place)
        for key, one in {**route.taken_over, **route.lost_parts}.items()
    )
    rows = next((one.action.policy for one in route.steps if isinstance(one.action, RepairAction)), None)
    recorded = (
        _recorded(one, route.found, rows) if one is change else _recorded(one, None, None) for one in wanted
    )
    objects = (*recorded, *gone)
    written: dict[str, object] = codec(_Definitions).write(_Definitions(format=DEFINITIONS_FORMAT, objects=objects))
    return written


def _recorded(change: Change, found: Definition | None, rows: RowPolicy | None) -> RecordedObject:
    return RecordedObject(
        key=change.key,
        before=None if _is_of_table(change) else found or change.before,  # the archive has the table itself
        after=change.after,
        place=change.place,
        renamed_from=change.renamed_from,
        rows=rows,
    )


def _is_of_table(change: Change) -> bool:
    """Whether the change archives, drops or restores a table."""
    after = change.after
    return isinstance(after, RestoredTable) or (after is not None and after.retirement() is not None)


def seconds_taken(last: Mapping[str, Any], began: datetime, ended: datetime) -> float:
    """Return how long a step or a run took: what its last entry says, or the time between its entries. Anybody may
    have written the entry."""
    own = last.get("duration_s")
    return own if isinstance(own, int | float) and not isinstance(own, bool) else (ended - began).total_seconds()


def recorded_objects(metadata: Mapping[str, Any]) -> tuple[RecordedObject, ...]:
    """Return the objects of the change that an entry is about; none if the entry is about a remnant.

    Anybody may have written the entry. Raises `Unreadable` if it has no definitions in a form that is known. All kinds
    must have been imported.
    """
    found = metadata.get("definitions")
    if found is None:
        raise Unreadable("it has no definitions that can be read back: an older version of reconcile wrote it")
    number = found.get("format") if isinstance(found, dict) else None
    if number != DEFINITIONS_FORMAT:
        raise Unreadable(f"its definitions have the unknown format {number!r}")
    try:
        read: _Definitions = codec(_Definitions).read(found)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise Unreadable(f"its definitions cannot be read: {error}") from None
    return read.objects


def view_definition(metadata: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the statements that create the view which an entry is about, as it was before it was dropped; none if the
    entry is about something else. Anybody may have written the entry."""
    before = metadata.get("before")
    is_table = isinstance(before, dict) and before.get("type") == TableToRetire.__name__
    found = before.get("definition") if isinstance(before, dict) and is_table else None
    return tuple(found) if isinstance(found, list) and all(isinstance(one, str) for one in found) else ()
