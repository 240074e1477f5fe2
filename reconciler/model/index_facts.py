"""What a definition says of the index behind it."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from typing import Self

from reconciler.model.facets import Unmanaged
from reconciler.model.names import TableName


class IndexStatus(enum.StrEnum):
    """`building`: a backend builds it, or drops it concurrently. `invalid`: none does, and no query can use the index.
    `incomplete`: it belongs to a partitioned table, and some partition has no valid index attached to it."""

    VALID = "valid"
    BUILDING = "building"
    INVALID = "invalid"
    INCOMPLETE = "incomplete"


class IndexRole(enum.StrEnum):
    """What at most one index of a table is: the one that CLUSTER goes by, or the one by which logical replication tells
    rows apart. The values are the attributes of the file."""

    CLUSTERED = "clustered"
    REPLICA_IDENTITY = "replica_identity"


PartitionNames = tuple[tuple[TableName, str], ...]
"""The names of the indexes that belong to one of a partitioned table, by partition, sorted."""


class IndexFacts:
    """The answers of a definition that is no index and has none behind it."""

    __slots__ = ()

    def index_status(self) -> IndexStatus | None:
        """The status of the index that it is, or has. None: there is no index behind it, and so no answer to what
        follows."""
        return None

    def with_index_status(self, status: IndexStatus) -> Self:
        del status
        return self

    def index_columns(self) -> tuple[str, ...]:
        """The names that PostgreSQL gives the columns of the index."""
        return ()

    def index_expressions(self) -> tuple[str | None, ...]:
        """The expressions among the keys of the index, None for each column."""
        return ()

    def access_method(self) -> str | None:
        return None

    def may_build_btree(self) -> bool:
        """Whether a B-tree index may have to be built for it."""
        return self.access_method() == "btree"

    def comparing_opclasses(self) -> Iterator[tuple[str, str]]:
        """Schema and name of each operator class that decides which rows are duplicates."""
        return iter(())

    def storage_parameters(self) -> Mapping[str, str]:
        return {}

    def acts(self, parameter: str) -> bool:
        """Whether a storage parameter acts on the index once it exists."""
        del parameter
        return False

    def needs_rebuild(self, live: Self) -> bool:
        """Whether they differ in a storage parameter that only a build reads."""
        del live
        return False

    def index_tablespace(self) -> str | None | Unmanaged:
        """None is the database's default."""
        return None

    def with_part_names(self, names: PartitionNames | Unmanaged) -> Self:
        del names
        return self

    def part_name(self, table: TableName, number: int = 0) -> str:
        """The name that PostgreSQL gives a partition's index if nothing else has it; with a number, from 1 on, if
        something has."""
        raise NotImplementedError

    def is_part_name(self, name: str, table: TableName) -> bool:
        """Whether PostgreSQL may have chosen the name."""
        del name, table
        return False

    def has_its_own(self, whole: Self) -> bool:
        """Whether a partition's index has something that it would not have if it had been made with the whole."""
        del whole
        return False

    def roles(self) -> frozenset[IndexRole]:
        """What the index is to its table."""
        return frozenset()

    def possible_roles(self) -> frozenset[IndexRole]:
        """What such an index can be to its table."""
        return frozenset()

    def with_roles(self, roles: frozenset[IndexRole]) -> Self:
        del roles
        return self

    def why_not(self, role: IndexRole) -> Iterator[str]:
        """Reasons why the index cannot be that to its table, whatever the table is like."""
        del role
        return iter(())

    def in_default_tablespace(self) -> Self:
        """The same definition with its index in the tablespace of the database."""
        return self
