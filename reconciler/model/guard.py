"""Data checks, and what they found."""

from __future__ import annotations

import enum
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from reconciler.model.bound import BoundName
from reconciler.model.names import Key, Place, display
from reconciler.model.private import NOTHING, Private
from reconciler.model.rules.consent import MISSING_PRIVILEGE
from reconciler.model.rules.data import DATA_CHECK_FAILED
from reconciler.model.rules.rule import HazardKind, Rule
from reconciler.model.server_error import ServerError
from reconciler.model.statement import Statement
from reconciler.model.time_text import utc_text


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
class Assignment:
    """New values of a column, as a repair writes them. Both are queries of one column: `column` returns those that
    rows have, whose type decides what fits, and `values` the new ones."""

    column: Statement
    values: Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """A data check: a read-only query that passes when `count` returns 0. Its `id` is the rule that it enforces.

    `count` returns one number; `sample` returns rows of one text column, without a limit; `more` is the query for
    people who want to see all. `unchecked_ok`: if the time budget runs out, the step itself will find violating
    rows, so the plan may be applied. `cause` continues a number of `noun`s; `remedy` says what to do. With a
    `hazard`, a finding does not refuse the plan; only a failing query does. `ages` are those of the rows, if the table
    has their time. `values` are expressions of the file that its queries contain. With an `assignment`, the data check
    fails if that fails.
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
    values: tuple[str, ...] = ()
    assignment: Assignment | None = None

    def bind(self, name: Callable[[BoundName], str]) -> Guard:
        """Return the same data check with final names in all of its queries."""
        return replace(self, count=self.count.bind(name), sample=self.sample.bind(name), more=self.more.bind(name))

    def details(self, count: int | None) -> str:
        """Return the finding as text: `7 rows in public.wallets without …`."""
        if count is None:
            return f"could not be checked: {self.title}"
        return f"{count:,} {self.noun}{'' if count == 1 else 's'} {self.cause}"


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
    `volatile` are the volatile functions that its query calls, or would call. `as_of` is when the query was run, if a
    snapshot has the result."""

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
    as_of: datetime | None = None

    @property
    def refuses(self) -> bool:
        """Whether the step would fail for certain: rows violate the constraint, or the query fails on them."""
        found = self.result is GuardResult.FAILED and self.guard.hazard is None
        unknown = self.result is GuardResult.TIMED_OUT and not self.guard.unchecked_ok
        return found or unknown or self.denied or self.result is GuardResult.ERROR

    @property
    def denied(self) -> bool:
        """Whether the role lacks a right that the step needs as well, such as EXECUTE on a function."""
        return self.result is GuardResult.NOT_RUN and self.error is not None

    @property
    def rule(self) -> Rule:
        """Return the id of the refusal: that of the data check, that its query failed, or that a right is missing."""
        if self.denied:
            return MISSING_PRIVILEGE
        failed = self.error is not None and self.result is GuardResult.ERROR and self.guard.assignment is None
        return DATA_CHECK_FAILED if failed else self.guard.id

    @property
    def remedy(self) -> str:
        """Return what to do if it refuses."""
        if self.denied or self.remedy_for:
            return self.remedy_for
        if self.rule is not DATA_CHECK_FAILED:
            return "raise --check-timeout" if self.result is GuardResult.TIMED_OUT else self.guard.remedy
        return "correct the rows that cause it, or the expression: the step would fail on these rows as well"

    @property
    def amount(self) -> str:
        """Return the number of rows in words, as far as it is known."""
        if self.count is not None:
            return f"{self.count:,}"
        return "more than 0" if self.result is GuardResult.FAILED else "unknown"

    @property
    def since(self) -> str:
        """Return `, as of 2026-03-01 12:00:00 UTC`, if a snapshot has the result."""
        return f", as of {utc_text(self.as_of)}" if self.as_of is not None else ""

    @property
    def details(self) -> str:
        """Return what was found, or why nothing is known."""
        if self.denied or self.result is GuardResult.ERROR:
            if self.guard.assignment is not None and not self.reason:
                return f"{self.guard.title} fails: {self.error}"
            return f"{self.guard.title}: {self.reason or f'the query failed: {self.error}'}"
        if self.result is GuardResult.FAILED and self.count is None:
            return f"more than 0 {self.guard.noun}s {self.guard.cause}{self.since}"
        if self.result is GuardResult.TIMED_OUT:
            return f"not checked, because the time budget ran out: {self.guard.title}"
        return self.guard.details(self.count) + (f" ({self.by_age})" if self.by_age else "")
