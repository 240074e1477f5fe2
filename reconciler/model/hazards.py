"""Hazards: risks with a stable id. A gated one must be accepted (`policy.allow`, `--allow`); others inform."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardKind:
    """`effect`: what can go wrong. `safer`: what to do instead, or how to make it safe."""

    id: str
    gated: bool
    effect: str
    safer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hazard:
    """A hazard of one step or route, with what is special about this case in `detail`."""

    kind: HazardKind
    detail: str


DROP_TABLE = HazardKind(
    id="drop-table",
    gated=True,
    effect="the table and its rows are gone; no copy is kept",
    safer="use `backup: archive`, which moves the table to reconcile_archive",
)
BLOCKING_BUILD = HazardKind(
    id="blocking-build",
    gated=True,
    effect="the build has no online way: nobody can read or write the table for as long as it takes",
    safer="apply it in a maintenance window, or while the table is small",
)
DATA_LOSS = HazardKind(
    id="data-loss",
    gated=True,
    effect="rows are deleted or overwritten",
    safer="use `orphans: refuse` and repair the rows by hand",
)
VOLATILE_EXPRESSION = HazardKind(
    id="volatile-expression",
    gated=True,
    effect="a guard or constraint calls a volatile function, which may write or answer differently each time",
    safer="use an immutable function",
)
UNCHECKED_DATA = HazardKind(
    id="unchecked-data",
    gated=False,
    effect="the rows were not checked; a step that finds violators fails",
    safer="raise --check-timeout, or run the printed query beforehand; if you trust the file, use --trust-file",
)
NOT_TRIED = HazardKind(
    id="not-tried",
    gated=False,
    effect="the new object could not be tried out beforehand; if the server rejects it, its step fails",
    safer="plan with a role that may create temporary tables, on the primary",
)
LARGE_KEYS = HazardKind(
    id="large-keys",
    gated=False,
    effect="a B-tree entry holds at most 2,704 bytes after compression; if a row has more, the build fails",
    safer="shorten these values, or index a hash of them",
)
INDEX_DROPPED = HazardKind(
    id="index-dropped",
    gated=False,
    effect="queries that use the index get slower",
    safer="look at pg_stat_user_indexes.idx_scan first",
)
CONSTRAINT_DROPPED = HazardKind(
    id="constraint-dropped",
    gated=False,
    effect="the database no longer enforces the rule",
    safer="keep the constraint, or enforce the rule elsewhere first",
)
FOREIGN_KEY_READDED = HazardKind(
    id="foreign-key-readded",
    gated=False,
    effect="it is dropped and added again, NOT VALID, in one transaction that locks both tables; new rows are checked "
    "all the time, and it is validated again afterwards if it was valid",
    safer="apply it while there is little traffic and no long transaction on either table",
)
NOT_CARRIED_OVER = HazardKind(
    id="not-carried-over",
    gated=False,
    effect="the object that takes its place will not have it",
    safer="set it again afterwards, by hand",
)
NAMED_IN_FUNCTION = HazardKind(
    id="named-in-function",
    gated=False,
    effect="a function's body mentions it; PostgreSQL records no dependency for it and will not warn",
    safer="read the function; change or drop it first if it uses the table or constraint",
)
BELONGS_TO_TABLE = HazardKind(
    id="belongs-to-table",
    gated=False,
    effect="it is moved to the archive with the table, or dropped with it",
    safer="recreate it elsewhere first if it is still needed",
)
REPLICA_IDENTITY_LOST = HazardKind(
    id="replica-identity-lost",
    gated=True,
    effect="the table is published and has no replica identity any more: every UPDATE and DELETE on it fails",
    safer="give another unique index `replica_identity: true` in the same file, or stop publishing the table",
)
PUBLICATION_MISMATCH = HazardKind(
    id="publication-mismatch",
    gated=True,
    effect="the row filter or column list of a publication does not fit the new replica identity: every UPDATE and "
    "DELETE on the table fails",
    safer="change the publication first, or choose a replica identity that fits it",
)
CONCURRENT_REFRESH_LOST = HazardKind(
    id="concurrent-refresh-lost",
    gated=True,
    effect="REFRESH MATERIALIZED VIEW CONCURRENTLY fails: it needs a unique index over all rows, on columns alone",
    safer="create another such index first",
)
NAMED_IN_TRIGGER = HazardKind(
    id="named-in-trigger",
    gated=False,
    effect="an argument of a trigger names the table; if its function uses that, writes to the trigger's table fail "
    "from then on",
    safer="read the trigger's function; drop the trigger first if it uses the table",
)
SIMILAR_INDEX = HazardKind(
    id="similar-index",
    gated=False,
    effect="an undeclared index with the same definition exists under another name",
    safer="declare it with `renamed_from`, or put its name under `absent`",
)

HAZARDS = (
    DROP_TABLE,
    BLOCKING_BUILD,
    DATA_LOSS,
    VOLATILE_EXPRESSION,
    UNCHECKED_DATA,
    NOT_TRIED,
    LARGE_KEYS,
    INDEX_DROPPED,
    CONSTRAINT_DROPPED,
    FOREIGN_KEY_READDED,
    NOT_CARRIED_OVER,
    NAMED_IN_FUNCTION,
    NAMED_IN_TRIGGER,
    BELONGS_TO_TABLE,
    REPLICA_IDENTITY_LOST,
    PUBLICATION_MISMATCH,
    CONCURRENT_REFRESH_LOST,
    SIMILAR_INDEX,
)
GATED = frozenset(kind.id for kind in HAZARDS if kind.gated)
