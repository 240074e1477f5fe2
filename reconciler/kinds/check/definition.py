"""A check constraint."""

from __future__ import annotations

from dataclasses import dataclass

from reconciler.model.definition import Definition, Unmanaged, expression, unmanaged


@dataclass(frozen=True, slots=True, kw_only=True)
class Check(Definition):
    """`expression` is SQL, without the parentheses of `CHECK (…)`."""

    expression: str = expression()
    no_inherit: bool = False
    validated: bool = True
    comment: str | None | Unmanaged = unmanaged()
