"""A foreign key."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from reconciler.kinds.validated.definition import Enforceable
from reconciler.model.definition import Definition, Reference
from reconciler.model.effects import Resource, Sort, constraint_name, unique_key
from reconciler.model.facets import Facet, Wording, declared
from reconciler.model.names import Key, TableName


class ReferentialAction(enum.StrEnum):
    """What happens to the rows that refer to a changed or deleted row."""

    NO_ACTION = "no action"
    RESTRICT = "restrict"
    CASCADE = "cascade"
    SET_NULL = "set null"
    SET_DEFAULT = "set default"


class Match(enum.StrEnum):
    """How null columns of a composite key count. PostgreSQL has no MATCH PARTIAL."""

    SIMPLE = "simple"
    FULL = "full"


def _said_as(part: str) -> Wording:
    return Wording(path=f"references.{part}", under="references")


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignKey(Enforceable):
    """A foreign key. `key` are the referring columns. `ref_columns` is empty if the file says `references: users`:
    then it means the primary key.

    `on_delete_columns` are the columns of `set null (…)` / `set default (…)`; empty: all. With `period`, the last
    column on either side is a range: the referenced rows cover it together.
    """

    key: tuple[str, ...] = declared(Facet.RULE | Facet.LOOKED_UP, called="columns")
    ref_table: TableName = declared(Facet.RULE | Facet.LOOKED_UP, wording=_said_as("table"))
    ref_columns: tuple[str, ...] = declared(Facet.RULE | Facet.LOOKED_UP, default=(), wording=_said_as("columns"))
    match: Match = declared(Facet.RULE, default=Match.SIMPLE)
    on_update: ReferentialAction = ReferentialAction.NO_ACTION
    on_delete: ReferentialAction = ReferentialAction.NO_ACTION
    on_delete_columns: tuple[str, ...] = declared(default=(), wording=Wording(under="on_delete"))
    period: bool = declared(Facet.RULE | Facet.LOOKED_UP, default=False, wording=_said_as("period"))
    deferrable: bool = declared(Facet.ALTERED, default=False)
    initially_deferred: bool = declared(Facet.ALTERED, default=False)

    def columns(self) -> tuple[str, ...]:
        return self.key + tuple(column for column in self.on_delete_columns if column not in self.key)

    def referring_columns(self) -> tuple[str, ...]:
        return self.key

    def changes_referring_rows(self) -> bool:
        return self.on_delete not in (ReferentialAction.NO_ACTION, ReferentialAction.RESTRICT)

    def referring_to(self, target: Reference) -> ForeignKey:
        return self if self.ref_columns else replace(self, ref_columns=target.columns, period=target.period)

    def moved_reference(self, names: Mapping[TableName, TableName]) -> ForeignKey:
        return replace(self, ref_table=names.get(self.ref_table, self.ref_table))

    def features_if_partitioned(self) -> tuple[tuple[str, str], ...]:
        return () if self.validated else (("validated", "partitioned_not_valid_foreign_keys"),)

    def is_deferrable(self) -> bool:
        return self.deferrable

    def features(self) -> tuple[tuple[str, str], ...]:
        needed = (
            (bool(self.on_delete_columns), ("on_delete", "set_null_columns")),
            (self.period, ("references", "temporal_keys")),
            (not self.enforced, ("enforced", "not_enforced")),
        )
        return tuple(feature for needs, feature in needed if needs)

    def reference(self) -> Reference:
        return Reference(self.ref_table, self.ref_columns, self.period)

    def holds(self, key: Key) -> Iterable[Resource]:
        return (constraint_name(key.table_name, key.name),)

    def offers(self, key: Key) -> Iterable[Resource]:
        return (self._enforcement(key, enforced=self.enforced),)

    def rules_out(self, key: Key) -> Iterable[Resource]:
        """On a partitioned table, PostgreSQL does not allow two foreign keys over the same columns if one is
        enforced and the other is not."""
        return (self._enforcement(key, enforced=not self.enforced),)

    def takes_over(self, other: Definition) -> bool:
        """Whether the rule is the same; name and comment may differ. One that is NOT VALID is validated before it is
        taken over, or with the other one."""
        return isinstance(other, ForeignKey) and self._rule() == other._rule()

    def _rule(self) -> ForeignKey:
        return replace(self, validated=True, comment=None)

    def relies_on(self, key: Key) -> Iterable[Resource]:
        del key
        return (
            unique_key(self.ref_table, frozenset(self.ref_columns), self.ref_columns[-1] if self.period else ""),
        )

    def prefers(self, key: Key) -> Iterable[Resource]:
        """Prefer an index that finds the rows that refer to a row."""
        return (Resource(Sort.LEADING_COLUMNS, key.table_name, columns=frozenset(self.key)),)

    def _enforcement(self, key: Key, *, enforced: bool) -> Resource:
        what = "enforced" if enforced else "not enforced"
        return Resource(Sort.ENFORCEMENT, key.table_name, what, frozenset(self.key))
