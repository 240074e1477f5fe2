"""A check constraint."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from reconciler.kinds.base.expressions import unwrapped
from reconciler.kinds.validated.definition import Enforceable
from reconciler.model.effects import Resource, constraint_name
from reconciler.model.facets import Facet, expression
from reconciler.model.names import Key


@dataclass(frozen=True, slots=True, kw_only=True)
class Check(Enforceable):
    """`expression` is SQL, without the parentheses of `CHECK (…)`."""

    expression: str = expression(Facet.RULE)
    no_inherit: bool = False

    def normalized(self) -> Check:
        expression = unwrapped(self.expression)
        return self if expression == self.expression else replace(self, expression=expression)

    def expressions(self) -> tuple[str, ...]:
        return (self.expression,)

    def conditions(self) -> tuple[str, ...]:
        return (self.expression,)

    def with_parts(self, texts: Sequence[str]) -> Check:
        (expression,) = texts
        return replace(self, expression=expression)

    def passes_on(self) -> bool:
        return not self.no_inherit

    def features(self) -> tuple[tuple[str, str], ...]:
        return () if self.enforced else (("enforced", "not_enforced"),)

    def holds(self, key: Key) -> Iterable[Resource]:
        return (constraint_name(key.table_name, key.name),)
