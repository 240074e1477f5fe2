"""A step of a plan: its action, with its locks, checks and title."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from reconciler.model.bound import BoundName
from reconciler.model.definition import Definition
from reconciler.model.dumped import Dump
from reconciler.model.guard import Guard
from reconciler.model.hazards import Hazard
from reconciler.model.limits import ExecutionClass
from reconciler.model.locks import LockClaim
from reconciler.model.names import Key, TableName
from reconciler.model.repair import RowPolicy
from reconciler.model.statement import Statement
from reconciler.model.step_id import StepId


@dataclass(frozen=True, slots=True, kw_only=True)
class Replaced:
    """An object that another one replaces in a step, with both definitions. `temporary` is the name that the
    successor had until then; empty if it is created in the step."""

    key: Key
    before: Definition
    after: Definition
    temporary: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SqlAction:
    """Send statements: in one short transaction, or, in a concurrent step, one after the other outside of any
    transaction."""

    name: ClassVar[str] = "sql"
    is_observed: ClassVar[bool] = True
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceMove:
    """How the rows of a table that refer to rows which leave are changed in a batch, so that they refer to rows that
    stay: `find` locks those that refer to the rows at the places `$1`, and returns their places; `change` changes the
    rows at the places `$2`."""

    table: TableName
    find: Statement
    change: Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """How the rows of one table are repaired in batches.

    `find` locks the violating rows of a range of pages, and returns their places; `change` moves, deletes or changes
    the rows at the places `$1`. The queries `as_planned` return true while the table has the columns, triggers and
    referring keys of the plan, and the quarantine keeps each row. The tables `also_locked` cannot be altered either
    between these queries and `change`.

    Rows that violate an object together are not found page by page: `listing` returns the place of each row to repair,
    and that of the row that stays, for the whole table. `find` then locks the rows at some of these places. `moves`
    come between `find` and `change`.
    """

    table: TableName
    find: Statement
    change: Statement
    as_planned: tuple[Statement, ...]
    also_locked: tuple[TableName, ...] = ()
    listing: Statement | None = None
    moves: tuple[ReferenceMove, ...] = ()

    @property
    def changes(self) -> tuple[Statement, ...]:
        """Return the statements after `find`, in order."""
        return (*(one for move in self.moves for one in (move.find, move.change)), self.change)


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairAction:
    """Repair rows in batches, each in a transaction of its own, until `check` finds none.

    `emptied` are the columns that are set to NULL, `written` all columns that get another value. `once`: go through the
    tables once, even if `check` finds rows after that, because the repair is repeated. `unidentified` are the tables in
    which no primary key identifies the rows that get other values, so that an undo cannot find them.
    """

    name: ClassVar[str] = "repair"
    is_observed: ClassVar[bool] = False
    policy: RowPolicy
    batches: tuple[Batch, ...]
    check: Guard
    emptied: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    once: bool = False
    unidentified: tuple[TableName, ...] = ()

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Return what a batch of each table sends."""
        return tuple(
            one for batch in self.batches for one in (batch.listing, batch.find, *batch.changes) if one is not None
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnAction:
    """Move the rows that the `run` took back from the `quarantine` to their `table`, in batches. Rows that do not fit
    stay in the quarantine.

    `was_in` and `written` distinguish the rows that a quarantine table keeps: the table that they were in, as SQL, and
    the columns that got new values, which get their former ones. `as_planned` is what both tables are like, as text:
    nothing is moved if that has changed. `statements` are those of a batch, for people.
    """

    name: ClassVar[str] = "return"
    is_observed: ClassVar[bool] = False
    quarantine: TableName
    table: TableName
    run: str
    was_in: str
    written: tuple[str, ...]
    as_planned: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DumpAction:
    """Dump a table of the archive to a file, restore the file elsewhere, compare the rows, and write the result into
    the comment of the table.

    `table` is its name in the archive. `mark` writes the comment; its parameter is the new text. A run that finds a
    whole dump of the same rows does not dump the table again.
    """

    name: ClassVar[str] = "dump"
    is_observed: ClassVar[bool] = False
    table: BoundName
    mark: Statement

    @property
    def statements(self) -> tuple[Statement, ...]:
        return (self.mark,)


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadAction:
    """Load a table from its `dump` into the archive, under the name `table` that it had there."""

    name: ClassVar[str] = "load"
    is_observed: ClassVar[bool] = True
    table: str
    dump: Dump

    @property
    def statements(self) -> tuple[Statement, ...]:
        return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DetachAction:
    """Detach the partition `table` from its parent concurrently, or complete that if an interrupted attempt has left it
    pending.

    `mark` writes into the comment of the table's row type how it comes back, and is sent first; `unmark` removes that
    if the server refuses to begin. `finalize` takes the place of `detach` while the catalog shows that the
    partition is being detached.
    """

    name: ClassVar[str] = "detach"
    is_observed: ClassVar[bool] = True
    table: TableName
    mark: Statement
    unmark: Statement
    detach: Statement
    finalize: Statement

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Return what is sent if no attempt was interrupted: an interrupted run and the next one have the same
        plan."""
        return (self.mark, self.detach)


StepAction = SqlAction | RepairAction | ReturnAction | DumpAction | LoadAction | DetachAction
"""What a step can do. If an action is added, the type checker shows all places that must handle it. After an action
that is not `is_observed`, the catalog is as before it: a run that did not carry it out itself begins before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """The transition of a route from one state to the next: an `action`, and everything that is needed to execute
    it.

    `only_if_clean`: a plan has the step, and those after it, only if the data checks of the route find nothing.
    `builds` is the relation that a concurrent step builds and may leave unfinished. `id` is unique in the plan; as
    text it is the journal's `step_name`. A step that `archives` leaves a table in the archive, and its transaction
    checks who owns that. Each of the `guards` runs again at its moment. If a guard fails before the step,
    the steps `otherwise` are executed in its place, which lead back to an earlier state; then the run is refused.
    `leaves` says what a failure leaves behind. `lock_order` are the claims on tables that the transaction takes before
    anything else, in this order; its statements take the others. `replaces` are the objects that successors
    replace, so that their other properties in PostgreSQL can be carried over.
    """

    id: StepId
    title: str
    action: StepAction
    execution: ExecutionClass
    locks: tuple[LockClaim, ...]
    lock_order: tuple[LockClaim, ...] = ()
    hazards: tuple[Hazard, ...] = ()
    guards: tuple[Guard, ...] = ()
    only_if_clean: bool = False
    builds: Key | None = None
    archives: bool = False
    otherwise: tuple[Step, ...] = ()
    leaves: str
    replaces: tuple[Replaced, ...] = ()

    def saying(self, *statements: Statement) -> Step:
        """Return the same step with these statements in place of its own."""
        return replace(self, action=SqlAction(statements=statements))

    def replacing(self, key: Key, before: Definition, after: Definition, temporary: str = "") -> Step:
        """Return the same step, which also replaces an object."""
        one = Replaced(key=key, before=before, after=after, temporary=temporary)
        return replace(self, replaces=(*self.replaces, one))
