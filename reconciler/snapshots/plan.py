"""Plans from a snapshot: a preview of the plan that the database itself would give."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reconciler.kinds.rules import check_accepted
from reconciler.model.errors import DatabaseError
from reconciler.model.names import Key, Place, TableName
from reconciler.model.options import DEFAULTS, Options
from reconciler.model.plan import Note, Plan, Preview, Refusal
from reconciler.model.rules.connections import QUERY_FAILED
from reconciler.model.rules.notes import FROM_SNAPSHOT
from reconciler.model.rules.runs import NOT_IN_SNAPSHOT
from reconciler.model.state import Declared, DesiredState, LiveState
from reconciler.model.time_text import utc_text
from reconciler.planning.plan import plan
from reconciler.planning.selection import selected
from reconciler.postgres.catalog import names_of
from reconciler.snapshots.facts import snapshot_facts
from reconciler.snapshots.snapshot import Snapshot, unusable
from reconciler.snapshots.state import of_tables


def plan_from(snapshot: Snapshot, desired: DesiredState, options: Options = DEFAULTS) -> Plan:
    """Compare, order and gate as `make_plan` does, without a database.

    The plan has a `preview`, and cannot be applied. Each entry about a table that the snapshot lacks is refused.
    Raise `UsageError` if the snapshot has none of the tables that the file names.
    """
    check_accepted(options.allow)
    named = names_of(desired)
    unknown = {name for name in named.tables if _is_unknown(name, snapshot)}
    if named.tables and not named.tables & snapshot.live.tables.keys():
        database = snapshot.server.info.database
        raise unusable(
            f"it is a snapshot of database {database}, and contains none of the tables that the file names"
        )
    known, refusals = _without(desired, unknown, snapshot.live)
    live = of_tables(snapshot.live, names_of(known), snapshot.names)
    try:
        with snapshot_facts(snapshot, options) as facts:
            found = plan(facts, snapshot.server, known, live, options)
    except DatabaseError as error:
        if error.rule != QUERY_FAILED:
            raise
        # There is no other server in such a plan, and nothing that its user could change on this one.
        raise unusable(f"the embedded server rejects a part of its entry `live`: {error.server}") from None
    return replace(
        found,
        declared=selected(desired, options.tables).count,
        refusals=(*found.refusals, *refusals),
        notes=(*found.notes, _note(snapshot)),
        preview=Preview(taken=snapshot.taken, tool=snapshot.tool),
    )


def _is_unknown(name: TableName, snapshot: Snapshot) -> bool:
    """Whether the database may have a table that the snapshot lacks."""
    names = snapshot.names.get(name.schema)
    return name not in snapshot.live.tables and (names is None or name.name in names)


def _without(desired: DesiredState, unknown: set[TableName], live: LiveState) -> tuple[DesiredState, list[Refusal]]:
    """Return the desired state without declarations on unknown tables, and a refusal for each of them.

    What depends on a table is known only if the file listed it as dropped when the snapshot was taken.
    """
    retired = {name for name, one in desired.dropped_tables.items() if one.key not in live.objects}
    if not unknown and not retired & live.tables.keys():
        return desired, []
    refusals: list[Refusal] = []

    def is_known(tables: Iterator[TableName], key: Key | None, place: Place) -> bool:
        table = next((one for one in tables if one in unknown or (one in live.tables and one in retired)), None)
        if table is not None:
            refusals.append(_refusal(table, key, place))
        return table is None

    known = replace(
        desired,
        objects={key: one for key, one in desired.objects.items() if is_known(_tables(one), key, one.place)},
        required_tables={
            name: place for name, place in desired.required_tables.items() if is_known(iter([name]), None, place)
        },
        dropped_tables={
            name: one for name, one in desired.dropped_tables.items() if is_known(_tables(one), one.key, one.place)
        },
        absent=tuple(one for one in desired.absent if is_known(iter([one.table]), None, one.place)),
    )
    return known, refusals


def _tables(declared: Declared) -> Iterator[TableName]:
    yield declared.key.table_name
    reference, retired = declared.definition.reference(), declared.definition.retirement()
    if reference is not None:
        yield reference.table
    if retired is not None and retired.replaced_by is not None:
        yield retired.replaced_by


def _refusal(table: TableName, key: Key | None, place: Place) -> Refusal:
    return Refusal(
        rule=NOT_IN_SNAPSHOT,
        key=key,
        place=place,
        cause=f"the snapshot lacks table {table}, so its state in the database is unknown",
        remedy="take a snapshot with a file that names the table, or plan with access to the database",
    )


def _note(snapshot: Snapshot) -> Note:
    message = (
        f"planned from a snapshot taken at {utc_text(snapshot.taken)}: a preview; `apply` refuses its "
        "plan file, and accepts its digest only if the plan of the database is the same; privileges are not checked, "
        "nor is the data of objects that were not declared at that time"
    )
    return Note(rule=FROM_SNAPSHOT, key=None, place=None, message=message)
