"""A check constraint."""

from __future__ import annotations

from dataclasses import dataclass

from reconciler.kinds.expressions import unwrapped
from reconciler.model.definition import Definition, Unmanaged, expression, remade, shared, unmanaged


@dataclass(frozen=True, slots=True, kw_only=True)
class Check(Definition):
    """`expression` is SQL, without the parentheses of `CHECK (…)`."""

    expression: str = expression()
    no_inherit: bool = False
    validated: bool = True
    comment: str | None | Unmanaged = unmanaged()

    def plain(self) -> Check:
        expression = unwrapped(self.expression)
        return self if expression == self.expression else remade(self, expression=expression)

    def expressions(self) -> tuple[str, ...]:
        return (self.expression,)


make_check = shared(Check)
