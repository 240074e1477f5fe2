"""Facts about the rows of tables."""

from __future__ import annotations

from dataclasses import dataclass

from reconciler.model.facts import Question
from reconciler.model.guard import Finding, Guard, GuardResult
from reconciler.model.names import Key, Place, TableName


@dataclass(frozen=True, slots=True, kw_only=True)
class DataCheck(Question[Finding]):
    """What does a data check find? With its object, the place in the file that asks for it, and the object's
    `expressions`, of which `conditions` are boolean and decide which rows count. `path` is the search path of functions
    that the object calls, unless they set their own. `tables` are those that the check reads."""

    guard: Guard
    key: Key
    place: Place
    expressions: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    path: tuple[str, ...] = ()
    tables: tuple[TableName, ...] = ()

    @property
    def code(self) -> tuple[str, ...]:
        """Return all expressions of the file that the queries may contain."""
        return (*self.expressions, *self.guard.values)

    def not_run(self, reason: str) -> Finding:
        """Return the finding of a data check that is not run."""
        return Finding(
            guard=self.guard, key=self.key, place=self.place, result=GuardResult.NOT_RUN, count=None, reason=reason
        )
