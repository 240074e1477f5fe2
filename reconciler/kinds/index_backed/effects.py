"""What an index-backed object holds, offers and relies on: names of relations, index roles, keys."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from reconciler.model.definition import Definition
from reconciler.model.effects import Resource, Sort, relation_name, unique_key
from reconciler.model.index_facts import IndexRole
from reconciler.model.names import Key

_WORDS = {IndexRole.CLUSTERED: "CLUSTER mark", IndexRole.REPLICA_IDENTITY: "replica identity"}


def index_names(key: Key, name: str, definition: Definition) -> Iterator[Resource]:
    """Return the index's own name, and the names of its indexes on partitions."""
    yield relation_name(key.schema, name)
    yield from (relation_name(table.schema, part) for table, part in definition.partition_indexes())


def index_roles(key: Key, roles: Collection[IndexRole]) -> Iterable[Resource]:
    """Return the roles that only one index of a table can have."""
    return [Resource(Sort.INDEX_ROLE, key.table_name, _WORDS[role]) for role in sorted(roles)] if roles else ()


def index_offers(key: Key, name: str, definition: Definition) -> Iterator[Resource]:
    """Return the keys that foreign keys can refer to, on the table and on its partitions; the columns by which rows
    are found; and the index itself, which an index of the partitioned table can use as its part."""
    columns = frozenset(definition.unique_columns())
    below = [table for table, _ in definition.partition_indexes()]
    yield from (unique_key(table, columns) for table in (key.table_name, *below) if columns)
    indexed = definition.indexed_columns()
    for length in range(1, len(indexed) + 1):
        yield Resource(Sort.LEADING_COLUMNS, key.table_name, columns=frozenset(indexed[:length]))
    yield Resource(Sort.PARTITION_INDEX, key.table_name, name)


def not_nulls(key: Key, definition: Definition) -> Iterator[Resource]:
    """Return the columns that must not be null."""
    return (Resource(Sort.NOT_NULL, key.table_name, column) for column in definition.indexed_columns())
