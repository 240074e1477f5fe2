"""Risks of a change. The text of each is part of plans."""

from __future__ import annotations

from reconciler.model.rules.rule import HazardKind

BLOCKING_BUILD = HazardKind(
    "blocking-build",
    gated=True,
    meaning="the build has no online way: nobody can read or write the table for as long as it takes",
    remedy="apply it in a maintenance window, or while the table is small",
)
VOLATILE_EXPRESSION = HazardKind(
    "volatile-expression",
    gated=True,
    meaning="a guard or constraint calls a volatile function, which may write or answer differently each time",
    remedy="use an immutable function",
)
UNCHECKED_DATA = HazardKind(
    "unchecked-data",
    gated=False,
    meaning="the rows were not checked; a step that finds violators fails",
    remedy="raise --check-timeout, or run the printed query beforehand; if you trust the file, use --trust-file",
)
NOT_TRIED = HazardKind(
    "not-tried",
    gated=False,
    meaning="the new object could not be tried out beforehand; if the server rejects it, its step fails",
    remedy="plan with a role that may create temporary tables, on the primary",
)
LARGE_KEYS = HazardKind(
    "large-keys",
    gated=False,
    meaning="a B-tree entry holds at most 2,704 bytes after compression; if a row has more, the build fails",
    remedy="shorten these values, or index a hash of them",
)
INDEX_DROPPED = HazardKind(
    "index-dropped",
    gated=False,
    meaning="queries that use the index get slower",
    remedy="look at pg_stat_user_indexes.idx_scan first",
)
CONSTRAINT_DROPPED = HazardKind(
    "constraint-dropped",
    gated=False,
    meaning="the database no longer enforces the rule",
    remedy="keep the constraint, or enforce the rule elsewhere first",
)
FOREIGN_KEY_READDED = HazardKind(
    "foreign-key-readded",
    gated=False,
    meaning="it is dropped and added again, NOT VALID, in one transaction that locks both tables; new rows are "
    "checked all the time, and it is validated again afterwards if it was valid",
    remedy="apply it while there is little traffic and no long transaction on either table",
)
NOT_CARRIED_OVER = HazardKind(
    "not-carried-over",
    gated=False,
    meaning="the object that takes its place will not have it",
    remedy="set it again afterwards, by hand",
)
NAMED_IN_FUNCTION = HazardKind(
    "named-in-function",
    gated=False,
    meaning="a function's body mentions it; PostgreSQL records no dependency for it and will not warn",
    remedy="read the function; change or drop it first if it uses the table or constraint",
)
BELONGS_TO_TABLE = HazardKind(
    "belongs-to-table",
    gated=False,
    meaning="it is moved to the archive with the table, or dropped with it",
    remedy="recreate it elsewhere first if it is still needed",
)
REPLICA_IDENTITY_LOST = HazardKind(
    "replica-identity-lost",
    gated=True,
    meaning="the table is published and has no replica identity any more: every UPDATE and DELETE on it fails",
    remedy="give another unique index `replica_identity: true` in the same file, or stop publishing the table",
)
PUBLICATION_MISMATCH = HazardKind(
    "publication-mismatch",
    gated=True,
    meaning="the row filter or column list of a publication does not fit the new replica identity: every UPDATE "
    "and DELETE on the table fails",
    remedy="change the publication first, or choose a replica identity that fits it",
)
CONCURRENT_REFRESH_LOST = HazardKind(
    "concurrent-refresh-lost",
    gated=True,
    meaning="REFRESH MATERIALIZED VIEW CONCURRENTLY fails: it needs a unique index over all rows, on columns alone",
    remedy="create another such index first",
)
