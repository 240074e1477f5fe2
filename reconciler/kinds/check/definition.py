"""A check constraint."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reconciler.kinds.expressions import unwrapped
from reconciler.model.definition import Definition, Unmanaged, expression, remade, unmanaged


@dataclass(frozen=True, slots=True, kw_only=True)
class Check(Definition):
    """`expression` is SQL, without the parentheses of `CHECK (…)`. What is not enforced is never validated."""

    expression: str = expression()
    no_inherit: bool = False
    validated: bool = True
    enforced: bool = True
    comment: str | None | Unmanaged = unmanaged()

    def plain(self) -> Check:
        expression = unwrapped(self.expression)
        return self if expression == self.expression else remade(self, expression=expression)

    def expressions(self) -> tuple[str, ...]:
        return (self.expression,)

    def with_parts(self, texts: Sequence[str]) -> Check:
        (expression,) = texts
        return replace(self, expression=expression)

    def features(self) -> tuple[tuple[str, str], ...]:
        return () if self.enforced else (("enforced", "not_enforced"),)
