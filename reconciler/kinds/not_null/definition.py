"""A not-null constraint. Its identity is its column; the name is an attribute (a constraint row since 18)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from reconciler.kinds.validated.definition import Validated
from reconciler.model.definition import Definition
from reconciler.model.effects import Resource, Sort, constraint_name
from reconciler.model.facets import UNMANAGED, Facet, Unmanaged, declared, name_attribute
from reconciler.model.names import Key, display, quoted

PRESENT = ("IS NOT NULL", "IS DISTINCT FROM NULL")
"""The words that follow a column in the condition that it has a value."""


def helper_words(column: str, present: str) -> tuple[str, ...]:
    """Return the ways in which PostgreSQL may print that condition: the column is in double quotes if necessary."""
    return tuple(dict.fromkeys(f"{form} {present}" for form in (display(column), quoted(column))))


@dataclass(frozen=True, slots=True, kw_only=True)
class NotNull(Validated):
    """`name` and `comment` are None before PostgreSQL 18, which has no constraint row for them."""

    name: str | None | Unmanaged = name_attribute()
    no_inherit: bool = declared(Facet.IN_PLACE, default=False)

    def given_name(self, key_name: str) -> str:
        del key_name  # the column
        return self.name if isinstance(self.name, str) else ""

    def passes_on(self) -> bool:
        return not self.no_inherit

    def needs_rebuild(self, live: Self) -> bool:
        """PostgreSQL would read the rows of all children under a strong lock to pass it on."""
        return live.no_inherit and not self.no_inherit

    def takes_over(self, other: Definition) -> bool:
        """Before PostgreSQL 18, nothing shows any longer that a descendant has a not-null for itself once it also
        inherits one. Since then, a partition loses one of the same name together with the inherited one."""
        return isinstance(other, NotNull) and other.name in (None, self.name) and self.passes_on()

    def is_helped_by(self, key: Key, other: Definition) -> bool:
        """Before PostgreSQL 18, a check is added first."""
        return other.conditions() in {(words,) for present in PRESENT for words in helper_words(key.name, present)}

    def features(self) -> tuple[tuple[str, str], ...]:
        managed = (("name", self.name), ("comment", self.comment), ("no_inherit", self.no_inherit or UNMANAGED))
        return tuple(
            (field, "not_null_constraints")
            for field, value in managed
            if value is not UNMANAGED and value is not None
        )

    def holds(self, key: Key) -> Iterable[Resource]:
        return (constraint_name(key.table_name, self.name),) if isinstance(self.name, str) else ()

    def offers(self, key: Key) -> Iterable[Resource]:
        return (Resource(Sort.NOT_NULL, key.table_name, key.name),) if self.validated else ()
