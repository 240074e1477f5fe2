"""Whether an undo takes a step back, and what that costs. It depends only on the change."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass

from reconciler.model.change import Action, Change
from reconciler.model.definition import Definition, has_index
from reconciler.model.index_facts import IndexStatus
from reconciler.model.names import TableName
from reconciler.model.plan import TableSize
from reconciler.model.repair import QUARANTINE
from reconciler.model.retired import ArchivedTable, Backup, RestoredTable, TableToRetire
from reconciler.model.route import Route
from reconciler.model.size_text import byte_count
from reconciler.model.state import ARCHIVE_KEY
from reconciler.model.step import LoadAction, RepairAction, ReturnAction, Step
from reconciler.planning.completion import must_be_replaced


class Verdict(enum.StrEnum):
    """Whether `reconcile undo`, or `reconcile restore`, brings back what was there before."""

    REVERSIBLE = "reversible"
    WITH_COST = "reversible with cost"
    NOT_REVERSIBLE = "not reversible"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reversal:
    """How a step is taken back: the verdict, and why."""

    verdict: Verdict
    why: str

    def __str__(self) -> str:
        return f"{self.verdict}: {self.why}"


def reversal_of(route: Route, step: Step, sizes: Mapping[TableName, TableSize]) -> Reversal:
    """Return how a step of a route is taken back."""
    change = route.change
    match step.action:
        case RepairAction() as repair:
            return _of_repair(repair)
        case ReturnAction():
            return _costly("an undo repairs the rows again, with the object that they violate")
        case LoadAction():
            return _cheap("the dump stays as it is")
        case _ if _is_dumped(change):
            return _of_dumped(dropped=step is route.steps[-1])
    if change.remnant_of is not None:
        return _never("nobody needs what an interrupted run left")
    if step.id.kind in (ARCHIVE_KEY.kind, QUARANTINE):
        return _cheap("it stays, for the tables and rows of other runs")
    if change.after is not None and (of_table := _of_table(change, change.after)) is not None:
        return of_table
    size = sizes.get(change.key.table_name)
    where = f"{change.key.table_name}{f' ({byte_count(size.bytes)})' if size is not None and size.bytes else ''}"
    if change.action is Action.VALIDATE:
        return _never("a validated constraint stays validated, which takes nothing away")
    if any(map(has_index, route.taken_over.values())):
        return _costly(f"an undo builds the indexes on {where} again that the new object takes over")
    if route.taken_over:
        return _costly(f"an undo creates again what the new object takes over, and reads {where}")
    if change.before is None:
        return _cheap("an undo drops the new object")
    return _of_former(change, change.before, where)


def _of_repair(action: RepairAction) -> Reversal:
    if action.policy.keeps_copies and action.unidentified:
        tables = " and ".join(map(str, action.unidentified))
        return _never(f"no primary key identifies the rows of {tables} that get other values")
    if action.policy.keeps_copies:
        return _costly("an undo brings the rows back, except for those that no longer fit their table")
    return _never("no copy of the rows is kept")


def _is_dumped(change: Change) -> bool:
    retired = change.after.retirement() if change.after is not None else None
    return retired is not None and retired.backup is Backup.DUMP


def _of_dumped(*, dropped: bool) -> Reversal:
    """Return how a table comes back that was dumped, and `dropped` unless it is still in the archive."""
    if dropped:
        return _costly("`reconcile restore` loads the table from its dump, and brings it back")
    return _cheap("`reconcile restore` brings the table back")


def _of_table(change: Change, after: Definition) -> Reversal | None:
    """Return how the change of a whole table is taken back; None for any other change."""
    if isinstance(after, RestoredTable) and after.is_loaded:
        return _cheap("the dump stays as it is")
    if isinstance(after, RestoredTable):
        return _cheap("an undo archives the table again")
    retired = after.retirement()
    if retired is None:
        return None
    if not retired.keeps_copy or isinstance(change.before, ArchivedTable):
        is_view = isinstance(change.before, TableToRetire) and change.before.query is not None
        return _never(_OF_VIEW if is_view else "no copy of the table is kept")
    return _cheap("an undo, or `reconcile restore`, brings the table back")


_OF_VIEW = "no undo creates a dropped view again, whose definition the journal keeps"


def _of_former(change: Change, before: Definition, where: str) -> Reversal:
    """Return how an object that exists now comes back."""
    if before.index_status() not in (None, IndexStatus.VALID):
        return _never("nothing brings an invalid index back")
    if change.action is Action.RENAME:
        return _cheap("an undo gives the former name back")
    if change.after is not None and not must_be_replaced(before, change.after, partitioned=False):
        return _cheap("an undo sets the former values")
    if has_index(before):
        return _costly(f"an undo builds the former index on {where} again")
    if before.is_enforced() and before.is_validated():
        return _costly(f"an undo creates the former object again, and reads {where}")
    return _cheap("an undo creates the former object again")


def _cheap(why: str) -> Reversal:
    return Reversal(verdict=Verdict.REVERSIBLE, why=why)


def _costly(why: str) -> Reversal:
    return Reversal(verdict=Verdict.WITH_COST, why=why)


def _never(why: str) -> Reversal:
    return Reversal(verdict=Verdict.NOT_REVERSIBLE, why=why)
