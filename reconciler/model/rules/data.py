"""What data checks find."""

from __future__ import annotations

from reconciler.model.rules.rule import REFUSAL, Rule

DUPLICATES = Rule(
    "duplicates",
    REFUSAL,
    meaning="keys occur more than once; the unique index, unique constraint or primary key would not hold",
    remedy="keep one row of each key, then plan again",
)
CONFLICTS = Rule(
    "conflicts",
    REFUSAL,
    meaning="rows conflict with others under an exclusion constraint, or overlap them under a key "
    "`without_overlaps`",
    remedy="correct or delete one row of each pair, then plan again",
)
EMPTY_RANGES = Rule(
    "empty-ranges",
    REFUSAL,
    meaning="rows have an empty range, which a key `without_overlaps` forbids",
    remedy="give these rows a period, or delete them, then plan again",
)
VIOLATIONS = Rule(
    "violations",
    REFUSAL,
    meaning="rows violate a check",
    remedy="correct these rows, or the expression, then plan again",
)
NULLS = Rule(
    "nulls",
    REFUSAL,
    meaning="rows have NULL in a column that is to be not null",
    remedy="give these rows a value, then plan again",
)
DATA_CHECK_FAILED = Rule(
    "data-check-failed",
    REFUSAL,
    meaning="the query of a data check failed, with its SQLSTATE: a value does not fit its type, a function "
    "raises an error, row security hides rows from the owner. The step would fail on the same rows",
    remedy="correct the rows that cause it, or the expression; if it is row security, use a role with BYPASSRLS",
)
