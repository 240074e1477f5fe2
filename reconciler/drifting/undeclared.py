"""Lists the objects on declared tables that no file declares."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from reconciler.exporting.declare import declare
from reconciler.kinds import KINDS
from reconciler.kinds.file.fields import Naming
from reconciler.model.change import former_key
from reconciler.model.definition import Definition
from reconciler.model.names import Key, TableName, is_temporary
from reconciler.model.plan import Note, Plan
from reconciler.model.rules.notes import UNDECLARED_OBJECT
from reconciler.model.state import DesiredState, LiveState

_ON_TABLES = frozenset(kind.id for kind in KINDS if kind.section.naming is not Naming.FILE)


def undeclared_objects(desired: DesiredState, live: LiveState, plan: Plan) -> dict[Key, Definition]:
    """Return the live objects on declared tables that the files neither declare nor remove, as a file would declare
    them, in the order of their tables.

    The not-nulls of a primary key belong to it. Objects that an unfinished run left are not listed.
    """
    found = {
        key: definition
        for table in sorted(_tables(desired, plan))
        for key, definition in sorted(live.on(table).items())
        if key.kind in _ON_TABLES and not is_temporary(key.name)
    }
    known = {*desired.objects, *_in_changes(plan)}
    return {key: one for key, one in declare(found).items() if key not in known}


def undeclared_notes(desired: DesiredState, undeclared: Collection[Key]) -> Iterator[Note]:
    """Return a note for each of these objects, at the place of its table in the file."""
    places = {key.table_name: one.place for key, one in reversed(list(desired.objects.items()))}
    places.update(desired.required_tables)
    for key in undeclared:
        yield Note(
            rule=UNDECLARED_OBJECT,
            key=key,
            place=places.get(key.table_name),
            message="exists, and no file declares it",
        )


def _tables(desired: DesiredState, plan: Plan) -> set[TableName]:
    tables = {key.table_name for key in desired.objects} | set(desired.required_tables)
    patterns = plan.tables
    return {one for one in tables if not patterns or any(one.matches(pattern) for pattern in patterns)}


def _in_changes(plan: Plan) -> Iterator[Key]:
    for route in plan.routes:
        yield from (route.change.key, former_key(route.change))
        yield from route.change.also_altered
