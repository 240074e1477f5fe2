"""The base of definitions that have an index behind them: indexes, keys and exclusion constraints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

from reconciler.kinds.base.expressions import unwrapped
from reconciler.kinds.index_backed.effects import index_names, index_offers, index_roles, not_nulls
from reconciler.kinds.index_backed.elements import IndexElement, kept_targets
from reconciler.kinds.index_backed.names import element_names, number_of
from reconciler.kinds.index_backed.parameters import acts
from reconciler.model.definition import Definition
from reconciler.model.effects import Resource
from reconciler.model.facets import (
    UNMANAGED,
    Facet,
    Unmanaged,
    declared,
    expression,
    fields_with,
    index_role,
    observed,
    part_names,
    remark,
    statistics_targets,
    storage_parameters,
    unmanaged,
)
from reconciler.model.index_facts import IndexRole, IndexStatus, PartitionNames
from reconciler.model.names import Key, TableName, default_name


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexBacked(Definition):
    """Each partition of its table has an index as well; `partitions` can give that index a name.

    `with_` has storage parameters as (name, value) pairs.
    """

    include: tuple[str, ...] = declared(Facet.LOOKED_UP, default=())
    with_: tuple[tuple[str, str], ...] | Unmanaged = storage_parameters()
    tablespace: str | None | Unmanaged = unmanaged(Facet.TABLESPACE | Facet.INCIDENTAL | Facet.KEPT | Facet.CARRIED)
    comment: str | None | Unmanaged = remark(Facet.OWN)
    clustered: bool | Unmanaged = index_role()
    partitions: PartitionNames | Unmanaged = part_names()
    status: IndexStatus = observed(IndexStatus.VALID)

    @property
    def feature_to_attach(self) -> str | None:
        """Return the feature that the server needs to attach a partition's constraint that was created
        separately."""
        return None

    def index_elements(self) -> tuple[IndexElement, ...]:
        """Return the keys of the index."""
        raise NotImplementedError

    def named_schemas(self) -> Iterable[str]:
        named = (name for one in self.index_elements() for name in one.names())
        return [name.schema for name in named if name.schema is not None]

    def access_method(self) -> str:
        return "btree"

    def name_label(self) -> str:
        """Return the end of the name that PostgreSQL chooses for the index of a partition."""
        return "idx"

    def columns(self) -> tuple[str, ...]:
        keys = tuple(one.column for one in self.index_elements() if one.column is not None)
        return keys + self.include

    def index_status(self) -> IndexStatus:
        return self.status

    def with_index_status(self, status: IndexStatus) -> Self:
        return replace(self, status=status)

    def partition_indexes(self) -> PartitionNames:
        return self.partitions if isinstance(self.partitions, tuple) else ()

    def holds(self, key: Key) -> Iterable[Resource]:
        yield from index_names(key, self.given_name(key.name), self)
        yield from index_roles(key, self.roles())

    def offers(self, key: Key) -> Iterable[Resource]:
        return index_offers(key, self.given_name(key.name), self)

    def relies_on(self, key: Key) -> Iterable[Resource]:
        return not_nulls(key, self) if IndexRole.REPLICA_IDENTITY in self.roles() else ()

    def index_tablespace(self) -> str | None | Unmanaged:
        return self.tablespace

    def in_default_tablespace(self) -> Self:
        return replace(self, tablespace=None)

    def key_columns(self) -> tuple[str, ...]:
        return tuple(one.column for one in self.index_elements() if one.column is not None)

    def with_part_names(self, names: PartitionNames | Unmanaged) -> Self:
        return replace(self, partitions=names)

    def part_name(self, table: TableName, number: int = 0) -> str:
        return default_name(table.name, "_".join(self.index_columns()), f"{self.name_label()}{number or ''}")

    def is_part_name(self, name: str, table: TableName) -> bool:
        return name in (self.part_name(table), self.part_name(table, number_of(name)))

    def index_columns(self) -> tuple[str, ...]:
        keys = [(one.column, one.expression) for one in self.index_elements()]
        return tuple(element_names([*keys, *((column, None) for column in self.include)]))

    def index_expressions(self) -> tuple[str | None, ...]:
        return tuple(one.expression for one in self.index_elements())

    def inherit_unmanaged(self, live: Definition, name: str) -> object:
        """Fill in storage parameters and partitions' index names that the file does not manage. Storage parameters
        belong to an access method. Index names that the file omits are the live ones; if it gives none,
        PostgreSQL's own."""
        if not isinstance(live, IndexBacked):
            return Definition.inherit_unmanaged(self, live, name)
        if name == "with_" and self.access_method() != live.access_method():
            return ()
        if name == "partitions" and isinstance(self.partitions, tuple) and isinstance(live.partitions, tuple):
            return self._merged(self.partitions, live.partitions)
        return Definition.inherit_unmanaged(self, live, name)

    def _merged(self, declared: PartitionNames, live: PartitionNames) -> PartitionNames:
        if declared:
            return tuple(sorted({**dict(live), **dict(declared)}.items()))
        return tuple(
            (table, name if self.is_part_name(name, table) else self.part_name(table)) for table, name in live
        )

    def needs_rebuild(self, live: Definition) -> bool:
        if not isinstance(live, IndexBacked):
            return False
        old, new = live.storage_parameters(), self.storage_parameters()
        changed = {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}
        return not all(self.acts(name) for name in changed)

    def storage_parameters(self) -> Mapping[str, str]:
        return dict(self.with_) if isinstance(self.with_, tuple) else {}

    def acts(self, parameter: str) -> bool:
        return acts(self.access_method(), parameter)

    def has_its_own(self, whole: Definition) -> bool:
        remarked = fields_with(type(self), Facet.REMARK | Facet.ROLE)
        made = fields_with(type(self), Facet.FIXED_IF_PARTITIONED | Facet.TABLESPACE)
        return any(getattr(self, name) for name in remarked) or any(
            getattr(self, name) != getattr(whole, name) for name in made
        )

    def roles(self) -> frozenset[IndexRole]:
        return frozenset(
            IndexRole(name) for name in fields_with(type(self), Facet.ROLE) if getattr(self, name) is True
        )

    def possible_roles(self) -> frozenset[IndexRole]:
        return frozenset(map(IndexRole, fields_with(type(self), Facet.ROLE)))

    def with_roles(self, roles: frozenset[IndexRole]) -> Self:
        changed: dict[str, Any] = {role.value: role in roles for role in self.possible_roles()}
        return replace(self, **changed)


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementIndex(IndexBacked):
    """An index whose keys may be expressions, in any access method.

    `where` is the predicate, without `WHERE`. `statistics` has (element, target) pairs, sorted; elements count from
    1, and only expressions have a target.
    """

    method: str = declared(Facet.LOOKED_UP, default="btree", called="using")
    where: str | None = expression(default=None)
    statistics: tuple[tuple[int, int], ...] | Unmanaged = statistics_targets()

    def access_method(self) -> str:
        return self.method

    def inherit_unmanaged(self, live: Definition, name: str) -> object:
        """A statistics target stays with its expression, whatever the position of the expression is now."""
        if isinstance(live, ElementIndex) and name == "statistics" and live.statistics is not UNMANAGED:
            return kept_targets(self.index_elements(), live.index_elements(), live.statistics)
        return IndexBacked.inherit_unmanaged(self, live, name)

    def normalized_where(self) -> str | None:
        """Return the predicate without surrounding white space and parentheses."""
        return None if self.where is None else unwrapped(self.where)

    def conditions(self) -> tuple[str, ...]:
        return () if self.where is None else (self.where,)

    def parts(self) -> tuple[str, ...]:
        keys = tuple(one.expression for one in self.index_elements() if one.expression is not None)
        return keys if self.where is None else (*keys, self.where)

    def why_not(self, role: IndexRole) -> Iterator[str]:
        if self.where is not None:
            yield "it is a partial index"
        if role is IndexRole.CLUSTERED and self.method in _NEVER_CLUSTERED:
            yield f"a {self.method} index has no order"


_NEVER_CLUSTERED = ("hash", "gin", "brin", "spgist")
