"""The base of the constraints that a unique index enforces: primary keys and unique constraints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from reconciler.kinds.index_backed.definition import IndexBacked
from reconciler.kinds.index_backed.elements import IndexElement, plain_column
from reconciler.kinds.index_backed.index import Index
from reconciler.model.definition import Definition, Parameters, Reference, Successor
from reconciler.model.effects import Resource, constraint_name, unique_key
from reconciler.model.facets import UNMANAGED, Facet, Unmanaged, declared, index_role
from reconciler.model.index_facts import IndexRole
from reconciler.model.names import Key


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyConstraint(IndexBacked):
    """`key` are the columns.

    With `without_overlaps` the last column is a range: rows that are equal in the other columns must not overlap in
    it.
    """

    key: tuple[str, ...] = declared(Facet.RULE | Facet.LOOKED_UP, called="columns")
    without_overlaps: bool = declared(Facet.LOOKED_UP, default=False)
    deferrable: bool = False
    initially_deferred: bool = False
    replica_identity: bool | Unmanaged = index_role()

    def words(self) -> str:
        """Return the SQL keywords of such a constraint."""
        raise NotImplementedError

    def nulls_are_distinct(self) -> bool:
        return True

    def index_elements(self) -> tuple[IndexElement, ...]:
        return tuple(map(plain_column, self.key))

    def limits_values(self) -> bool:
        return True

    def access_method(self) -> str:
        return "gist" if self.without_overlaps else "btree"

    def name_label(self) -> str:
        """PostgreSQL builds a partition's key without overlaps like an exclusion constraint."""
        return "excl" if self.without_overlaps else "key"

    def columns(self) -> tuple[str, ...]:
        return self.key + self.include

    def indexed_columns(self) -> tuple[str, ...]:
        return self.key

    def unique_columns(self) -> tuple[str, ...]:
        """A foreign key cannot refer to a deferrable key; it can refer to one without overlaps only with a
        period."""
        return () if self.deferrable or self.without_overlaps else self.key

    def compares_rows(self) -> bool:
        return True

    def is_deferrable(self) -> bool:
        return self.deferrable

    def serves(self, reference: Reference) -> bool:
        if not self.without_overlaps:
            return Definition.serves(self, reference)
        same = set(self.key) == set(reference.columns) and self.key[-1] == reference.columns[-1]
        return reference.period and same and not self.deferrable

    def key_columns(self) -> tuple[str, ...]:
        return self.key

    def features(self) -> tuple[tuple[str, str], ...]:
        return (("without_overlaps", "temporal_keys"),) if self.without_overlaps else ()

    def holds(self, key: Key) -> Iterable[Resource]:
        yield constraint_name(key.table_name, self.given_name(key.name))
        yield from IndexBacked.holds(self, key)

    def offers(self, key: Key) -> Iterable[Resource]:
        yield from IndexBacked.offers(self, key)
        if self.without_overlaps and not self.deferrable:
            tables = (key.table_name, *(table for table, _ in self.partition_indexes()))
            yield from (unique_key(table, frozenset(self.key), self.key[-1]) for table in tables)

    @classmethod
    def index_in(cls, form: Mapping[str, Any]) -> Index:
        return Index(
            elements=tuple(map(plain_column, form["columns"])),
            unique=True,
            nulls_distinct=form.get("nulls_distinct", True),
            include=tuple(form["include"]),
            with_=Parameters(form["with"].items()),
            tablespace=form["tablespace"],
        ).as_built()

    def successor(self) -> Successor:
        return Successor.NONE if self.without_overlaps else Successor.INDEX

    def as_index(self) -> Index | None:
        """PostgreSQL has no USING INDEX for a key without overlaps."""
        return None if self.without_overlaps else self.own_index()

    def own_index(self) -> Index:
        """Return the unique index behind the constraint, as it is before the constraint adopts it."""
        return Index(
            elements=self.index_elements(),
            unique=True,
            nulls_distinct=self.nulls_are_distinct(),
            include=self.include,
            with_=() if self.with_ is UNMANAGED else self.with_,
            tablespace=None if self.tablespace is UNMANAGED else self.tablespace,
        ).as_built()

    def why_not(self, role: IndexRole) -> Iterator[str]:
        if role is IndexRole.REPLICA_IDENTITY and self.deferrable:
            yield "it is deferrable"
