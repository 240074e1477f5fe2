"""Why a change cannot be made as long as other objects are as they are."""

from __future__ import annotations

from reconciler.model.rules.rule import PROBLEM, REFUSAL, Rule

HAS_DEPENDENTS = Rule(
    "has-dependents",
    REFUSAL,
    meaning="a view, a foreign key or something else depends on a leftover table, an extension owns it, or a "
    "subscription writes to it; or a view, rule, policy or SQL-standard function depends on a constraint that "
    "is to be dropped or replaced; nothing is dropped by CASCADE",
    remedy="change or drop what depends on it first",
)
STILL_REFERENCED = Rule(
    "still-referenced",
    REFUSAL,
    meaning="a key or index is to be dropped or replaced, and foreign keys depend on it which the file does not "
    "declare, or which nothing would serve any more; or a column's not-null that a primary key, an identity "
    "column or a replica identity needs",
    remedy="declare these foreign keys, or put them under `absent` as well; or declare another unique key over "
    "the same columns. For a not-null: take it out of `absent`",
)
CANNOT_CARRY_OVER = Rule(
    "cannot-carry-over",
    REFUSAL,
    meaning="an object must be replaced, and nothing can give its successor what it has: a partition's replica "
    "identity",
    remedy="give the partition another replica identity first",
)
CIRCULAR = Rule(
    "circular",
    REFUSAL,
    meaning="changes of keys and foreign keys each need another one to be made first, such as two keys that "
    "exchange their columns",
    remedy="leave all but one out of the file, apply, then put them in again",
)
CONFLICT = Rule(
    "conflict",
    PROBLEM,
    REFUSAL,
    meaning="two statements contradict each other: in the file, or the file and what the database has",
    remedy="keep the one that is meant, and take the other out of the file",
)
INHERITED = Rule(
    "inherited",
    REFUSAL,
    meaning="what a partition or child has from its parent is declared there otherwise; or the plan drops or "
    "replaces the parent's, and the partition is to keep its part",
    remedy="declare it on the parent only, and change it there",
)
PARTITIONED_TABLE = Rule(
    "partitioned-table",
    REFUSAL,
    meaning="PostgreSQL does not allow it on a partitioned table: a unique key without the columns that it is "
    "partitioned by, `no_inherit`, `clustered`, a partition that is a foreign table or has another primary key, "
    "an index that belongs to one of the whole and enforces a constraint of the partition's own, and is to be "
    "dropped or changed",
    remedy="declare what PostgreSQL allows on a partitioned table, such as a key that contains the partition "
    "columns",
)
DETACH_PENDING = Rule(
    "detach-pending",
    REFUSAL,
    meaning="a partition is being detached, or `DETACH … CONCURRENTLY` was interrupted; the message has the "
    "statement that finishes it",
    remedy="wait for the session that detaches it; if there is none, finish it by hand, then plan again",
)
DIVERGED = Rule(
    "diverged",
    REFUSAL,
    meaning="the live state matches no step of the change; another session may have altered it",
    remedy="plan again and look at the new plan; if it is refused again, look for objects of that name, or with "
    "the endings `__reconcile_new` and `__reconcile_old`",
)
INVALID_INDEX = Rule(
    "invalid-index",
    REFUSAL,
    meaning="an invalid index is in the way, and the journal does not prove that an unfinished build of this "
    "tool left it",
    remedy="if nobody is building it, drop it by hand; the message has the statement",
)
