"""The repair of rows whose keys a unique index rejects.

It comes before the build. If other sessions add duplicate keys until the build rejects them, the run repairs those as
well and builds again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from reconciler.kinds.base import ddl, guards
from reconciler.kinds.base.duplicates import EqualKeys
from reconciler.kinds.base.moved_references import MovedReference, why_it_stays
from reconciler.kinds.base.quarantine import quarantine_of
from reconciler.kinds.base.repairs import Repair, repair_of
from reconciler.kinds.base.routing import RouteBuilder, RouteContext
from reconciler.kinds.base.row_changes import Violating
from reconciler.kinds.index_backed.build import keys_of
from reconciler.kinds.index_backed.elements import IndexElement
from reconciler.kinds.index_backed.index import Index
from reconciler.model.definition import is_in_sync
from reconciler.model.guard import Guard
from reconciler.model.names import Key, TableName, display, free_name
from reconciler.model.repair import KeptRow
from reconciler.model.rules.data import CONTESTED_DUPLICATES, DUPLICATES, MOVED_REFERENCES

_ALIAS = "r"


@dataclass(frozen=True, slots=True, kw_only=True)
class UniqueRows:
    """The keys that the index `name` of the object `key` compares. Samples show the columns `shown`."""

    key: Key
    name: str
    unique: tuple[guards.UniqueKey, ...]
    nulls_distinct: bool
    where: str | None
    shown: tuple[str, ...]

    def guards(self, context: RouteContext) -> list[Guard]:
        """Return the data checks: no two rows have equal keys, or how many rows a repair will remove."""
        repair = self.repair(context)
        if repair is None:
            return [
                guards.duplicates_guard(
                    context.live,
                    self.key.table_name,
                    self.name,
                    self.unique,
                    nulls_distinct=self.nulls_distinct,
                    where=self.where,
                )
            ]
        found = repair.guards([self._others(repair.rows, context)])
        for moved in repair.moved:
            found += [moved.reported(), *_rejected(moved, context), *moved.broken()]
        return [*found, *self._contested(repair.rows.equal, context)]

    def _contested(self, equal: EqualKeys | None, context: RouteContext) -> Iterator[Guard]:
        """Yield a check for each other key of the table with such a repair: it removes no row that stays here."""
        for key, one in context.declared.items():
            index = one.definition.as_index()
            if key == self.key or key.table_name != self.key.table_name or one.rows.kept is None:
                continue
            live = context.live.objects.get(key)
            is_there = live is not None and is_in_sync(one.definition.normalized(), live)
            if equal is None or is_there or not isinstance(index, Index):
                continue
            name = one.definition.given_name(key.name)
            unique = tuple(compared(element, key.table_name, context) for element in index.elements)
            other = replace(
                equal,
                name=name,
                unique=unique,
                nulls_distinct=index.nulls_distinct,
                where=index.where,
                kept=one.rows.kept,
            )
            yield guards.rows_guard(
                context.live,
                key.table_name,
                guard_id=CONTESTED_DUPLICATES,
                title=f"rows of {key.table_name} that stay for {display(self.name)}, as duplicates of {display(name)}",
                columns=self.shown,
                condition=ddl.compose(
                    "{stays}\n   AND {outranked}", stays=equal.stays(_ALIAS), outranked=other.outranked(_ALIAS)
                ),
                cause=f"in {key.table_name} to stay for a key of {display(self.name)}, which the repair for "
                f"{display(name)} would remove",
                by_value=False,
                alias=_ALIAS,
            )

    def add_repair(self, builder: RouteBuilder, context: RouteContext) -> None:
        """Add the steps of the repair, if the file declares one."""
        repair = self.repair(context)
        if repair is not None:
            repair.add_to(builder)

    def repair(self, context: RouteContext) -> Repair | None:
        """Return the repair that the file declares; None if there is none."""
        declared = context.declared.get(self.key)
        kept = declared.rows.kept if declared is not None else None
        if kept is None:
            return None
        equal = self._equal(kept, context)
        violating = Violating(condition=equal.outranked(_ALIAS), alias=_ALIAS, check=equal.check(), equal=equal)
        found = repair_of(self.key, context, lambda: violating)
        if found is None or not kept.moves_references:
            return found
        return replace(found, moved=tuple(_moved(found, equal, context)))

    def _equal(self, kept: KeptRow, context: RouteContext) -> EqualKeys:
        return EqualKeys(
            live=context.live,
            table=self.key.table_name,
            name=self.name,
            unique=self.unique,
            nulls_distinct=self.nulls_distinct,
            where=self.where,
            kept=kept,
        )

    def _others(self, rows: Violating, context: RouteContext) -> Guard:
        """Return the check for the rows that make way for another row of their key."""
        table = self.key.table_name
        return guards.rows_guard(
            context.live,
            table,
            guard_id=DUPLICATES,
            title=f"rows of {table} with duplicate keys of {display(self.name)}",
            columns=self.shown,
            condition=rows.condition,
            cause=f"in {table} with a key of {display(self.name)} that another row keeps",
            by_value=False,
            alias=_ALIAS,
        )


def compared(element: IndexElement, table: TableName, context: RouteContext) -> guards.UniqueKey:
    """Return the key of a row as its operator class compares it: `text_ops` distinguishes citext values by case."""
    (key,) = keys_of([element])
    opclass = element.opclass
    found = context.opclasses.get((opclass.schema or "", opclass.name)) if opclass is not None else None
    if found is not None and found.type is not None:
        key = ddl.compose("({key})::{type}", key=key, type=ddl.fragment(found.type))
    column = element.column
    present = "IS DISTINCT FROM NULL" if column is None else guards.is_present(context.live, table, column)
    return guards.UniqueKey(value=key, present=present, less=found.less if found is not None else None)


def _moved(repair: Repair, equal: EqualKeys, context: RouteContext) -> Iterator[MovedReference]:
    """Yield the references that can move to the rows that stay. The plan is refused if there are others."""
    for one in repair.concerned():
        if not why_it_stays(one, repair.key.table_name, context):
            yield MovedReference(one=one, equal=equal, context=context, quarantine=quarantine_of(one.key, context))


def _rejected(moved: MovedReference, context: RouteContext) -> Iterator[Guard]:
    """Yield a check for each unique key of the referring table: no row that refers to another row than before has the
    key of another row."""
    table = moved.table
    declared = {key: one.definition for key, one in context.declared.items() if key.table_name == table}
    for key, definition in {**declared, **context.live.all_on(table)}.items():
        index = definition.as_index()
        if not isinstance(index, Index) or not index.unique or not _reads(index, moved.one.columns):
            continue
        marker = free_name("reconcile_moved", context.live.tables[table].columns)
        found = guards.duplicates_guard(
            context.live,
            table,
            definition.given_name(key.name),
            [compared(one, table, context) for one in index.elements],
            nulls_distinct=index.nulls_distinct,
            where=index.where,
            rows=moved.rows_after(marker, table),
            having=ddl.compose("pg_catalog.bool_or({marker})", marker=ddl.name(marker)),
        )
        yield replace(
            found,
            id=MOVED_REFERENCES,
            title=f"{found.title}, once its rows refer to the rows that stay",
            cause=f"{found.cause}, once its rows refer to the rows that stay",
            remedy=MOVED_REFERENCES.remedy,
        )


def _reads(index: Index, columns: Sequence[str]) -> bool:
    return bool(index.expressions()) or not set(index.columns()).isdisjoint(columns)
