"""The plan: routes of observable states with the step between each two, and the reasons against applying it."""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import ClassVar, NamedTuple

from reconciler.model.bound import BoundName, BoundText, Parameter, bound_names_in
from reconciler.model.change import Change
from reconciler.model.definition import Definition
from reconciler.model.effects import Resource
from reconciler.model.hazards import Hazard
from reconciler.model.locks import LockClaim
from reconciler.model.names import Key, Place, TableName, display, quoted
from reconciler.model.private import NOTHING, Private
from reconciler.model.repair import RowPolicy
from reconciler.model.rules.data import DATA_CHECK_FAILED
from reconciler.model.rules.rule import HazardKind, Rule
from reconciler.model.server_error import ServerError
from reconciler.model.state import Policy
from reconciler.model.step_id import StepId


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One SQL statement without its closing semicolon. Everything except bound names, texts and parameters is final,
    quoted text."""

    parts: tuple[str | BoundName | BoundText | Parameter, ...]

    @property
    def names(self) -> tuple[BoundName, ...]:
        """Return the bound names in it, each once."""
        return tuple(dict.fromkeys(bound_names_in(self.parts)))

    def render(self, name: Callable[[BoundName], str]) -> str:
        """Return the text, with each bound name replaced by what `name` returns, which is not quoted any
        further."""
        return "".join(_quoted(part, name) for part in self.parts)

    def bind(self, name: Callable[[BoundName], str]) -> Statement:
        """Return the same statement with final names."""
        return Statement(parts=(self.render(name),))

    def filled(self, values: Mapping[str, str]) -> str:
        """Return the text of a statement without bound names, with SQL text for each parameter."""
        return Statement(
            parts=tuple(values[part.name] if isinstance(part, Parameter) else part for part in self.parts)
        ).render(str)

    def __str__(self) -> str:
        """Return the text for people, with a placeholder for the time."""
        return self.render(str)


def _quoted(part: str | BoundName | BoundText | Parameter, name: Callable[[BoundName], str]) -> str:
    match part:
        case Parameter():
            return part.shown
        case BoundName():
            return quoted(name(part))
        case BoundText():
            return _literal(part.render(name))
        case _:
            return part


class ExecutionClass(enum.StrEnum):
    """How a step is executed; its limits are derived only from this (`limits_for`).

    `brief`: in a transaction, short lock_timeout and statement_timeout, retried. `scan`: in a transaction, short
    lock_timeout, long statement_timeout, retried while it waits for the lock. `concurrent`: outside a transaction,
    no lock_timeout, `policy.max_build` as its statement_timeout. `batched`: in many transactions like `brief`.
    """

    BRIEF = "brief"
    SCAN = "scan"
    CONCURRENT = "concurrent"
    BATCHED = "batched"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Session limits of a step. Zero means no limit by the server.

    `idle` ends a transaction whose client has stopped: a transaction is sent as a whole, so its client is never
    slow.
    """

    lock_timeout: timedelta
    statement_timeout: timedelta
    idle: timedelta

    @property
    def settings(self) -> tuple[tuple[str, str], ...]:
        """Return the settings to send, as (name, value) pairs."""
        return (
            ("lock_timeout", milliseconds(self.lock_timeout)),
            ("statement_timeout", milliseconds(self.statement_timeout)),
            ("idle_in_transaction_session_timeout", milliseconds(self.idle)),
        )


def milliseconds(limit: timedelta) -> str:
    """Return a duration in the form of PostgreSQL's settings."""
    return f"{int(limit / timedelta(milliseconds=1))}ms"


def limits_for(execution: ExecutionClass, *, lock_timeout: timedelta, max_build: timedelta) -> Limits:
    """Derive limits from an execution class; no other place does.

    A concurrent build has no lock_timeout: it would end the build while it waits for old snapshots, and leave an
    invalid index behind. Its statement_timeout is `max_build`, so that the limit holds even if this process dies.
    """
    match execution:
        case ExecutionClass.BRIEF | ExecutionClass.BATCHED:
            longest = max(timedelta(seconds=30), 3 * lock_timeout)
            return Limits(lock_timeout=lock_timeout, statement_timeout=longest, idle=_IDLE)
        case ExecutionClass.SCAN:
            return Limits(lock_timeout=lock_timeout, statement_timeout=timedelta(hours=24), idle=_IDLE)
        case ExecutionClass.CONCURRENT:
            return Limits(lock_timeout=timedelta(0), statement_timeout=max_build, idle=_IDLE)


_IDLE = timedelta(seconds=2)


class Moment(enum.StrEnum):
    """When a step runs one of its data checks again.

    `before`: right before its transaction, without any lock of the step. `within`: in its transaction, once it has
    its locks, so that nobody can change the result; only for quick reads, such as of the catalog.
    """

    BEFORE = "before"
    WITHIN = "within"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ages:
    """How old the rows are that a data check finds, by a `column`. `count` returns the numbers of rows since a day, 30
    days and a year ago, of rows with a time, and of all rows."""

    column: str
    count: Statement

    def text(self, numbers: Sequence[int]) -> str:
        """Return the numbers as text: `by created_at: 2 from the last day, 4 older`."""
        day, month, year, dated, whole = numbers
        parts = (
            (day, "from the last day"),
            (month - day, "from the last 30 days before"),
            (year - month, "from the last year before"),
            (dated - year, "older"),
            (whole - dated, "without a time"),
        )
        return f"by {display(self.column)}: " + ", ".join(
            f"{number:,} {words}" for number, words in parts if number
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """A data check: a read-only query that passes when `count` returns 0. Its `id` is the rule that it enforces.

    `count` returns one number; `sample` returns rows of one text column, without a limit; `more` is the query for
    people who want to see all. `unchecked_ok`: if the time budget runs out, the step itself will find violating
    rows, so the plan may be applied. `cause` continues a number of `noun`s; `remedy` says what to do. With a
    `hazard`, a finding does not refuse the plan; only a failing query does. `ages` are those of the rows, if the table
    has their time.
    """

    id: Rule
    title: str
    count: Statement
    sample: Statement
    more: Statement
    noun: str
    cause: str
    remedy: str
    unchecked_ok: bool
    moment: Moment = Moment.BEFORE
    hazard: HazardKind | None = None
    ages: Ages | None = None

    def bind(self, name: Callable[[BoundName], str]) -> Guard:
        """Return the same data check with final names in all of its queries."""
        return replace(self, count=self.count.bind(name), sample=self.sample.bind(name), more=self.more.bind(name))

    def details(self, count: int | None) -> str:
        """Return the finding as text: `7 rows in public.wallets without …`."""
        if count is None:
            return f"could not be checked: {self.title}"
        return f"{count:,} {self.noun}{'' if count == 1 else 's'} {self.cause}"


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


class GuardResult(enum.StrEnum):
    PASSED = "passed"
    FAILED = "failed"
    TIMED_OUT = "timed out"
    ERROR = "error"
    NOT_RUN = "not run"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The result of a data check. `count` is None if the time limit ended the query, or it failed (`error`), before
    the count was known, or if a snapshot says only that there are rows. `samples` are at most as many
    offending values as the operator allows. `reason` says why the check was not run, or why it failed, if the error
    does not say so; `remedy_for` says what to do about it. `by_age` has the numbers of rows by age, if known.
    `volatile` are the volatile functions that its query calls, or would call."""

    guard: Guard
    key: Key
    place: Place
    result: GuardResult
    count: int | None
    samples: Private = NOTHING
    error: ServerError | None = None
    reason: str = ""
    remedy_for: str = ""
    volatile: tuple[str, ...] = ()
    by_age: str = ""

    @property
    def refuses(self) -> bool:
        """Whether the step would fail for certain: rows violate the constraint, or the query fails on them."""
        found = self.result is GuardResult.FAILED and self.guard.hazard is None
        unknown = self.result is GuardResult.TIMED_OUT and not self.guard.unchecked_ok
        return found or unknown or self.result is GuardResult.ERROR

    @property
    def rule(self) -> Rule:
        """Return the id of the refusal: that of the data check, or that its query failed."""
        return DATA_CHECK_FAILED if self.error is not None and self.result is GuardResult.ERROR else self.guard.id

    @property
    def remedy(self) -> str:
        """Return what to do if it refuses."""
        if self.rule is not DATA_CHECK_FAILED:
            return self.guard.remedy if self.result is GuardResult.FAILED else "raise --check-timeout"
        if self.remedy_for:
            return self.remedy_for
        return "correct the rows that cause it, or the expression: the step would fail on these rows as well"

    @property
    def details(self) -> str:
        """Return what was found, or why nothing is known."""
        if self.result is GuardResult.ERROR:
            return f"{self.guard.title}: {self.reason or f'the query failed: {self.error}'}"
        if self.result is GuardResult.FAILED and self.count is None:
            return f"more than 0 {self.guard.noun}s {self.guard.cause}, {self.reason}"
        if self.result is GuardResult.TIMED_OUT:
            return f"not checked, because the time budget ran out: {self.guard.title}"
        return self.guard.details(self.count) + (f" ({self.by_age})" if self.by_age else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class DefinitionPattern:
    """Matches any definition in which these fields have these values, those contain these members, and others have
    one of several values; without any of them, it matches every definition. Definitions that have all values in
    `unlike` do not match."""

    fields: tuple[tuple[str, object], ...] = ()
    holding: tuple[tuple[str, object], ...] = ()
    one_of: tuple[tuple[str, tuple[object, ...]], ...] = ()
    unlike: tuple[tuple[str, object], ...] = ()

    def matches(self, definition: Definition | None) -> bool:
        return (
            definition is not None
            and all(getattr(definition, name) == value for name, value in self.fields)
            and all(member in getattr(definition, name) for name, member in self.holding)
            and all(getattr(definition, name) in values for name, values in self.one_of)
            and not (self.unlike and all(getattr(definition, name) == value for name, value in self.unlike))
        )


Expected = Definition | DefinitionPattern | None
"""What a state expects of an object. None: it is absent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteState:
    """One observable state on a route: the expected definition of each key that the route changes.

    `label` is for people: `not valid`, `index built`.
    """

    label: str
    objects: Mapping[Key, Expected]

    def matches(self, live: Mapping[Key, Definition]) -> bool:
        return all(
            expected.matches(live.get(key))
            if isinstance(expected, DefinitionPattern)
            else expected == live.get(key)
            for key, expected in self.objects.items()
        )


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
    tables once, even if `check` finds rows after that, because the repair is repeated.
    """

    name: ClassVar[str] = "repair"
    policy: RowPolicy
    batches: tuple[Batch, ...]
    check: Guard
    emptied: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    once: bool = False

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Return what a batch of each table sends."""
        return tuple(
            one for batch in self.batches for one in (batch.listing, batch.find, *batch.changes) if one is not None
        )


StepAction = SqlAction | RepairAction
"""What a step can do. If an action is added, the type checker shows all places that must handle it."""


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


class Need(NamedTuple):
    """Why a change waits for another one: because of what happens to a resource, or, without one, because it begins
    where the other one ends. `only_order`: the change can also be made without the other."""

    resource: Resource | None = None
    only_order: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """How one change is made: `states[i]` becomes `states[i + 1]` by `steps[i]`. `guards` must pass before a plan
    is ready. `needs` are the routes, by their numbers in the plan from 0, that are completed before it. `found`
    is the live object of the change before the plan, which other changes may alter first. `taken_over` are the live
    objects that become part of the change's own object."""

    change: Change
    states: tuple[RouteState, ...]
    steps: tuple[Step, ...]
    guards: tuple[Guard, ...] = ()
    hazards: tuple[Hazard, ...] = ()
    needs: Mapping[int, Need] = field(default_factory=dict)
    found: Definition | None = None
    taken_over: Mapping[Key, Definition] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if len(self.states) != len(self.steps) + 1:
            raise ValueError(f"{self.change}: {len(self.states)} states for {len(self.steps)} steps")

    def locate(self, live: Mapping[Key, Definition], expected: int = -1) -> int | None:
        """Return the number of the latest state that matches, or None: the live state is not on this route.

        If the state is the `expected` one, to which a step has just led, and not the one after it, later states are
        not compared: a route over many partitions must pass each of them.
        """
        here, further = self.states[expected : expected + 1], self.states[expected + 1 : expected + 2]
        if (
            expected >= 0
            and any(one.matches(live) for one in here)
            and not any(one.matches(live) for one in further)
        ):
            return expected
        found = (n for n in reversed(range(len(self.states))) if n == expected or not self._is_repaired(n))
        return next((n for n in found if self.states[n].matches(live)), None)

    def _is_repaired(self, number: int) -> bool:
        """Whether a repair leads to the state: the catalog does not show it, so a run that did not do the repair
        itself begins before it."""
        return number > 0 and isinstance(self.steps[number - 1].action, RepairAction)

    def since(self, position: int) -> Route:
        """Return the rest of the route from state `position` on."""
        return replace(self, states=self.states[position:], steps=self.steps[position:])


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why a plan may not be applied: the object, its place in the file, the exact cause, and the remedy.

    `finding` is set if the data is the cause, `error` if the server rejected something.
    """

    rule: Rule
    key: Key | None
    place: Place | None
    cause: str
    remedy: str
    finding: Finding | None = None
    error: ServerError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Information that the reader should have and that prevents nothing."""

    rule: Rule
    key: Key | None
    place: Place | None
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerInfo:
    """The server and database that a plan was made for. `version` is the value of `server_version`.

    `host` and `port` are those that the connection reached; for a socket, `host` is its folder. `system_identifier`
    (`pg_control_system()`) is in decimal digits, and empty if the role may not read it. Physical copies of a server
    share it. `database_oid` and `encoding` belong to the database.
    """

    version: str
    version_num: int
    host: str
    port: int
    system_identifier: str
    database: str
    database_oid: int
    encoding: str
    user: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalAt:
    """The schema of a journal, and the roles that may own it in addition to superusers and the connected role.
    `path` is the search path of event triggers that fire when the journal is created."""

    schema: str
    trusted_roles: frozenset[str] = frozenset()
    path: tuple[str, ...] = ("public",)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSize:
    """The size of a table, as the catalog estimates it. `rows` is None if the table was never analyzed."""

    rows: int | None
    bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """The snapshot that a plan was made from: when it was `taken`, and by which version of the `tool`."""

    taken: datetime
    tool: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The routes in order, and the input that they were derived from.

    `trusted_roles` may own the journal and the archive, in addition to superusers and the connected role. `allow`
    are the hazards that the operator accepted in addition to the policy. `digest` is a SHA-256 of everything that
    decides what would be done, and where; the same input gives the same digest. `tables` are the patterns that the
    plan is restricted to; empty if it is for the whole file. `sizes` are those of the tables that steps lock, for
    people: they decide nothing. `references` are the live foreign keys of the tables of the changes, and those that
    refer to them, each with the table that it refers to; they are for people as well. A plan with a `preview` was made
    from a snapshot, and is never applied. `undoes` is the id of the run that the plan takes back; empty for the
    plan of a file.
    """

    server: ServerInfo
    sources: tuple[str, ...]
    declared: int
    lock_timeout: timedelta
    max_lock_wait: timedelta
    max_build: timedelta
    journal_schema: str
    trusted_roles: frozenset[str] = frozenset()
    routes: tuple[Route, ...]
    findings: tuple[Finding, ...]
    refusals: tuple[Refusal, ...]
    notes: tuple[Note, ...]
    digest: str
    policy: Policy = field(default_factory=Policy)
    allow: frozenset[str] = frozenset()
    tables: tuple[str, ...] = ()
    sizes: Mapping[TableName, TableSize] = field(default_factory=dict)
    references: Mapping[Key, TableName] = field(default_factory=dict)
    preview: Preview | None = None
    undoes: str = ""

    @property
    def steps(self) -> tuple[Step, ...]:
        return tuple(step for route in self.routes for step in route.steps)

    @property
    def journal(self) -> JournalAt:
        path = self.policy.path_for(self.journal_schema)
        return JournalAt(schema=self.journal_schema, trusted_roles=self.trusted_roles, path=path)

    @property
    def in_sync(self) -> bool:
        return not self.routes and not self.refusals

    @property
    def refused(self) -> bool:
        return bool(self.refusals)
