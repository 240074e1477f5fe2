"""The repair of rows whose keys a unique index rejects.

It comes before the build. If other sessions add duplicate keys until the build rejects them, the run repairs those as
well and builds again.
"""

from __future__ import annotations

from dataclasses import dataclass

from reconciler.kinds.base import guards
from reconciler.kinds.base.duplicates import EqualKeys
from reconciler.kinds.base.repairs import Repair, repair_of
from reconciler.kinds.base.routing import RouteBuilder, RouteContext
from reconciler.kinds.base.row_changes import Violating
from reconciler.model.names import Key, display
from reconciler.model.plan import Guard
from reconciler.model.repair import KeptRow
from reconciler.model.rules.data import DUPLICATES

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
                guards.duplicates(
                    context.live,
                    self.key.table_name,
                    self.name,
                    self.unique,
                    nulls_distinct=self.nulls_distinct,
                    where=self.where,
                )
            ]
        return repair.guards([self._others(repair.rows, context)])

    def add_repair(self, builder: RouteBuilder, context: RouteContext) -> None:
        """Add the steps of the repair, if the file declares one."""
        repair = self.repair(context)
        if repair is not None:
            repair.add_to(builder)

    def repair(self, context: RouteContext) -> Repair | None:
        """Return the repair that the file declares; None if there is none."""
        declared = context.declared.get(self.key)
        kept = declared.rows.kept if declared is not None else None
        return None if kept is None else repair_of(self.key, context, lambda: self._violating(kept, context))

    def _violating(self, kept: KeptRow, context: RouteContext) -> Violating:
        equal = EqualKeys(
            live=context.live,
            table=self.key.table_name,
            name=self.name,
            unique=self.unique,
            nulls_distinct=self.nulls_distinct,
            where=self.where,
            kept=kept,
        )
        return Violating(condition=equal.outranked(_ALIAS), alias=_ALIAS, check=equal.check(), equal=equal)

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
            cause=f"in {table} for whose key of {display(self.name)} another row stays",
            by_value=False,
            alias=_ALIAS,
        )
