"""Constraints that can be added without reading the existing rows, and validated later."""

from __future__ import annotations

from dataclasses import dataclass

from reconciler.model.definition import Definition, Successor
from reconciler.model.facets import Facet, Unmanaged, declared, remark, validity


@dataclass(frozen=True, slots=True, kw_only=True)
class Validated(Definition):
    """`validated`: the existing rows comply."""

    validated: bool = validity()
    comment: str | None | Unmanaged = remark()

    def is_validated(self) -> bool:
        return self.validated


@dataclass(frozen=True, slots=True, kw_only=True)
class Enforceable(Validated):
    """A constraint that is not `enforced` is never validated."""

    enforced: bool = declared(Facet.ALTERED, default=True)

    def successor(self) -> Successor:
        return Successor.CONSTRAINT

    def is_enforced(self) -> bool:
        return self.enforced
