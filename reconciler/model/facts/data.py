"""What is found in the rows of tables."""

from __future__ import annotations

from dataclasses import dataclass

from reconciler.model.facts import Question
from reconciler.model.names import Key, Place, TableName
from reconciler.model.plan import Finding, Guard, GuardResult


@dataclass(frozen=True, slots=True, kw_only=True)
class DataCheck(Question[Finding]):
    """What does a guard find? For which object it is, where the file asks for that, and which `expressions` the object
    has. `path` is where functions that the object calls look names up, unless they have a path of their own. `tables`
    are those that the guard reads."""

    guard: Guard
    key: Key
    place: Place
    expressions: tuple[str, ...] = ()
    path: tuple[str, ...] = ()
    tables: tuple[TableName, ...] = ()

    def not_run(self, reason: str) -> Finding:
        """What is known of a guard that is not run."""
        return Finding(
            guard=self.guard, key=self.key, place=self.place, result=GuardResult.NOT_RUN, count=None, reason=reason
        )
