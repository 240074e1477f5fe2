"""The parts of a definition that are about its index."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from typing import Self

from reconciler.model.facets import Unmanaged
from reconciler.model.names import TableName


class IndexStatus(enum.StrEnum):
    """The status of an index. `building`: a backend is building it, or dropping it concurrently. `invalid`: no
    backend is, and no query can use the index. `incomplete`: it belongs to a partitioned table, and a partition has
    no valid index attached to it."""

    VALID = "valid"
    BUILDING = "building"
    INVALID = "invalid"
    INCOMPLETE = "incomplete"


class IndexRole(enum.StrEnum):
    """A role that at most one index of a table has: CLUSTER uses it, or it is the replica identity. The values are
    the attributes in the file."""

    CLUSTERED = "clustered"
    REPLICA_IDENTITY = "replica_identity"


PartitionNames = tuple[tuple[TableName, str], ...]
"""The names of the partitions' indexes of one partitioned index, by partition, sorted."""


class IndexFacts:
    """The answers of a definition that is not, and has no, index."""

    __slots__ = ()

    def index_status(self) -> IndexStatus | None:
        """Return the status of the index that it is, or has. None: it has no index, and the following answers do
        not apply."""
        return None

    def with_index_status(self, status: IndexStatus) -> Self:
        del status
        return self

    def index_columns(self) -> tuple[str, ...]:
        """Return the names that PostgreSQL gives the columns of the index."""
        return ()

    def index_expressions(self) -> tuple[str | None, ...]:
        """Return the expressions among the keys of the index, None for each column."""
        return ()

    def access_method(self) -> str | None:
        return None

    def limits_values(self) -> bool:
        """Whether an index whose entries hold values, which limits their size, may have to be built for it."""
        return self.access_method() in ("btree", "brin", "gin", "gist")

    def comparing_opclasses(self) -> Iterator[tuple[str, str]]:
        """Return schema and name of each operator class that decides which rows are duplicates."""
        return iter(())

    def opclasses_of_key(self) -> Mapping[str, tuple[str, str]]:
        """Return schema and name of the operator classes of unique columns, if they are not the default."""
        return {}

    def storage_parameters(self) -> Mapping[str, str]:
        return {}

    def acts(self, parameter: str) -> bool:
        """Whether a storage parameter affects an existing index."""
        del parameter
        return False

    def needs_rebuild(self, live: Self) -> bool:
        """Whether they differ in a storage parameter that only a build reads."""
        del live
        return False

    def index_tablespace(self) -> str | None | Unmanaged:
        """Return the tablespace; None is the database's default."""
        return None

    def with_part_names(self, names: PartitionNames | Unmanaged) -> Self:
        del names
        return self

    def part_name(self, table: TableName, number: int = 0) -> str:
        """Return the name that PostgreSQL gives a partition's index if the name is free; with a number, from 1, if
        it is not."""
        raise NotImplementedError

    def is_part_name(self, name: str, table: TableName) -> bool:
        """Whether PostgreSQL may have chosen the name."""
        del name, table
        return False

    def has_its_own(self, whole: Self) -> bool:
        """Whether a partition's index has a property that it would not have if it had been created with the
        partitioned table's."""
        del whole
        return False

    def roles(self) -> frozenset[IndexRole]:
        """Return the roles of the index."""
        return frozenset()

    def possible_roles(self) -> frozenset[IndexRole]:
        """Return the roles that such an index can have."""
        return frozenset()

    def with_roles(self, roles: frozenset[IndexRole]) -> Self:
        del roles
        return self

    def why_not(self, role: IndexRole) -> Iterator[str]:
        """Return the reasons why the index cannot have the role, independent of its table."""
        del role
        return iter(())

    def in_default_tablespace(self) -> Self:
        """Return the same definition with its index in the tablespace of the database."""
        return self
