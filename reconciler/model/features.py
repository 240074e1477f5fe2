"""Server features by name: the one table of differences between PostgreSQL's versions.

Sources: the release notes at https://www.postgresql.org/docs/release/
"""

from __future__ import annotations

from dataclasses import dataclass

OLDEST = 14
NEWEST = 18
"""The major versions that the product supports."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """A feature. `since` is the first major version that has it; `title` is its name in messages."""

    since: int
    title: str


FEATURES: dict[str, Feature] = {
    "nulls_not_distinct": Feature(since=15, title="NULLS NOT DISTINCT"),
    "set_null_columns": Feature(since=15, title="ON DELETE SET NULL or SET DEFAULT of chosen columns"),
    "publication_schemas": Feature(since=15, title="publications of whole schemas"),
    "adoption_locks_partitioned_targets": Feature(
        since=15, title="a strong lock on the partitioned table that adopted foreign keys refer to"
    ),
    "partitioned_exclusions": Feature(since=17, title="exclusion constraints on partitioned tables"),
    "transaction_timeout": Feature(since=17, title="transaction_timeout"),
    "safe_path_for_indexes": Feature(since=17, title="index builds with only pg_catalog in the search path"),
    "attachable_exclusions": Feature(since=18, title="attaching exclusion constraints of partitions"),
    "partitioned_not_valid_foreign_keys": Feature(since=18, title="NOT VALID foreign keys on partitioned tables"),
    "foreign_keys_name_their_children": Feature(
        since=18,
        title="names of foreign keys for referenced partitions that are derived from the name of the "
        "partitioned table's foreign key",
    ),
    "no_inherit_checks_lock_children": Feature(since=18, title="a lock on children for a check with NO INHERIT"),
    "not_enforced": Feature(since=18, title="NOT ENFORCED"),
    "temporal_keys": Feature(since=18, title="WITHOUT OVERLAPS and PERIOD"),
    "not_null_constraints": Feature(since=18, title="not-null constraints with a name, NO INHERIT or a comment"),
}


def has(feature: str, major: int) -> bool:
    """Whether a server of this major version has the feature."""
    return major >= FEATURES[feature].since
