"""The steps that repair the rows that violate an object: after it rejects new ones, and before it is validated."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from reconciler.kinds.base import ddl, guards
from reconciler.kinds.base.moved_references import why_it_stays
from reconciler.kinds.base.new_values import checks_of_new_values
from reconciler.kinds.base.quarantine import quarantine_of
from reconciler.kinds.base.referring_keys import ReferringKey, referred
from reconciler.kinds.base.routing import RouteBuilder, RouteContext
from reconciler.kinds.base.row_changes import RowChanges, Violating
from reconciler.model.guard import Guard
from reconciler.model.hazards import Hazard
from reconciler.model.limits import ExecutionClass
from reconciler.model.locks import LockMode
from reconciler.model.names import Key, TableName, display
from reconciler.model.repair import REFUSED_ROWS, RowAction
from reconciler.model.rules.data import REFERENCED_ROWS
from reconciler.model.rules.hazards import DATA_LOSS, KEPT_ROWS, REPAIRED_ROWS
from reconciler.model.rules.rule import HazardKind
from reconciler.model.state import LiveState
from reconciler.model.step import RepairAction, Step
from reconciler.model.step_id import Verb


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair(RowChanges):
    """The steps and data checks of a repair."""

    def add_first(self, builder: RouteBuilder) -> None:
        """Add the same steps before the object is added, if the file says so. It rejects new rows only after that, so
        this repair goes through the table once."""
        if not self.policy.first:
            return
        self._begin(builder)
        step = self._step(self.key)
        assert isinstance(step.action, RepairAction)
        step = replace(step, id=replace(step.id, interim=True), action=replace(step.action, once=True))
        builder.then(step, "repaired before", {})

    def _begin(self, builder: RouteBuilder) -> None:
        for quarantine in self.quarantines:
            quarantine.begin(builder, self.context, "ready to repair")

    def add_to(self, builder: RouteBuilder, owner: Key | None = None, rows: Violating | None = None) -> None:
        """Add the steps that create the quarantine table, and that repair the rows. For one partition, `owner` is the
        object on it and `rows` are its rows."""
        self._begin(builder)
        one = self if rows is None else replace(self, rows=rows)
        builder.then(one._step(owner or self.key), "repaired", {})

    def _step(self, owner: Key) -> Step:
        tables = _with_rows(owner.table_name, self.context.live, inherits=self.rows.inherits)
        action = RepairAction(
            policy=self.policy,
            batches=tuple(self.batch(table) for table in tables),
            check=self.rows.check,
            emptied=self.rows.emptied if self.policy.action is RowAction.SET_NULL else (),
            written=tuple(column for column, _ in self.written()),
            unidentified=tuple(self._unidentified(tables)),
        )
        quarantines = (one.table for one in self.quarantines)
        referring = (one for moved in self.moved for one in moved.tables())
        lost = [Hazard(kind=DATA_LOSS, detail=f"rows that violate {self.key} are deleted")]
        return Step(
            id=Verb.REPAIR.of(owner),
            title=self._title(owner),
            action=action,
            execution=ExecutionClass.BATCHED,
            locks=(
                *ddl.claims(LockMode.ROW_EXCLUSIVE, *dict.fromkeys((*tables, *referring, *quarantines))),
                *ddl.claims(LockMode.ACCESS_SHARE, *(one for one in self.rows.reads if one not in tables)),
            ),
            hazards=tuple(lost) if self.policy.action is RowAction.DELETE else (),
            archives=bool(self.quarantines),
            leaves="complete batches: the next run continues with the rows that are left",
        )

    def _unidentified(self, tables: Sequence[TableName]) -> Iterator[TableName]:
        """Yield the tables in which an undo cannot find the rows that change, because no primary key identifies
        them."""
        changed = tables if self.quarantine is not None and not self.policy.removes else ()
        moved = (table for one in self.moved for table in one.tables())
        yield from (one for one in (*changed, *moved) if one not in self.context.row_keys)

    def _reported(self, guard: Guard) -> Guard:
        """Return the data check of the rows that it changes: what it finds is reported, and does not refuse the
        plan."""
        match self.policy.action:
            case RowAction.QUARANTINE if self.quarantine is not None:
                future = f"to move to {self.quarantine.table}"
            case RowAction.SET_NULL | RowAction.SET:
                future = f"to set {self._values()}"
            case _:
                future = "to delete"
        hazard = REPAIRED_ROWS if self.policy.first else self.rows.hazard
        return replace(guard, hazard=hazard, cause=f"{guard.cause}, {future}")

    def _title(self, owner: Key) -> str:
        rows = f"rows of {owner.table_name} that violate {self.key}"
        match self.policy.action:
            case RowAction.QUARANTINE if self.quarantine is not None:
                return f"move {rows} to {self.quarantine.table}"
            case RowAction.SET_NULL | RowAction.SET:
                return f"set {self._values()} in {rows}"
            case _:
                return f"delete {rows}"

    def _values(self) -> str:
        return ", ".join(f"{display(column)} = {text}" for column, text in self.written())

    def guards(self, found: Sequence[Guard]) -> list[Guard]:
        """Return the data checks of a route with this repair, from those without it."""
        ties = self.rows.equal.ties() if self.rows.equal is not None else ()
        return [*map(self._reported, found), *ties, *self._referring(), *checks_of_new_values(self)]

    @property
    def _moves(self) -> bool:
        """Whether references are to move to the rows that stay."""
        return self.policy.kept is not None and self.policy.kept.moves_references

    def _referring(self) -> Iterator[Guard]:
        """Yield a check for each of them: no row refers to a row that would go, or get another key."""
        table, moved = self.key.table_name, [one.one for one in self.moved]
        for one in self.concerned():
            if one in moved:
                continue
            source = ddl.compose(
                "FROM {rows} WHERE ({condition}) AND {referred}",
                rows=self.everything(table),
                condition=self.rows.condition,
                referred=referred(one, self.rows.alias, self.context),
            )
            whole = ddl.compose("{alias}.*", alias=ddl.name(self.rows.alias))
            why = why_it_stays(one, table, self.context) if self._moves else ""
            label = guards.labelled(guards.identification(self.context.live, table), self.rows.alias)
            yield Guard(
                id=REFERENCED_ROWS,
                title=f"rows of {table} that would be repaired and that {one.key} refers to",
                count=ddl.statement(ddl.compose("SELECT count(*) {source}", source=source)),
                sample=ddl.statement(ddl.compose("SELECT {label} {source} ORDER BY 1", label=label, source=source)),
                more=ddl.statement(ddl.compose("SELECT {whole} {source}", whole=whole, source=source)),
                noun="row",
                cause=f"to repair in {table} that rows of {one.key.table_name} refer to by {one.key}"
                + (", which the plan creates" if self._comes_later(one) else "")
                + (f"; `references: move` does not move them, because {why}" if why else ""),
                remedy=self._way_out(one, why),
                unchecked_ok=True,
            )

    def _comes_later(self, one: ReferringKey) -> bool:
        """Whether the foreign key is another object that does not exist yet."""
        return one.key != self.key and one.key not in self.context.live.objects

    def _way_out(self, one: ReferringKey, why: str) -> str:
        """Return what to do about rows that refer to rows to repair by a foreign key, which may not exist yet. `why`
        says why these references do not move."""
        table, live = self.key.table_name, self.context.live
        first = _BY_HAND if why else REFERENCED_ROWS.remedy
        if not self._comes_later(one):
            return first
        apart = f"run `apply --table {table}` before"
        if {*live.tree(table)} & {*live.tree(one.key.table_name)} or table in live.tree(one.key.table_name):
            apart = "leave the foreign key out of the file until the repair was applied"
        return f"{first}; or {apart}: the `orphans` of the foreign key then say what happens to these rows"


_BY_HAND = "remove what prevents it, or change these references by hand first, then plan again"


def waits(key: Key, context: RouteContext) -> bool:
    """Whether the object stays NOT VALID while rows violate it."""
    declared = context.declared.get(key)
    return declared is not None and declared.rows.waits


def waiting(guard: Guard, hazard: HazardKind) -> Guard:
    """Return the data check of rows that stay, for the object that is about to reject new ones."""
    return replace(guard, hazard=KEPT_ROWS if hazard is REPAIRED_ROWS else hazard)


def repair_of(key: Key, context: RouteContext, rows: Callable[[], Violating | None]) -> Repair | None:
    """Return the repair that the file declares for the rows that violate the object; None if there is none."""
    declared = context.declared.get(key)
    policy = declared.rows if declared is not None else REFUSED_ROWS
    violating = rows() if policy.repairs else None
    if violating is None:
        return None
    quarantine = quarantine_of(key, context) if policy.keeps_copies else None
    return Repair(key=key, policy=policy, rows=violating, context=context, quarantine=quarantine)


def _with_rows(table: TableName, live: LiveState, *, inherits: bool) -> tuple[TableName, ...]:
    """Return the table, or the partitions with rows; with the inheritance children if they comply as well."""
    whole = live.tables[table]
    below = live.below(table) if whole.is_partitioned or inherits else ()
    return tuple(one.name for one in (whole, *below) if not one.is_partitioned)
