"""The rules of foreign keys."""

from __future__ import annotations

from reconciler.model.rules.rule import REFUSAL, Rule

ORPHANS = Rule(
    "orphans",
    REFUSAL,
    meaning="rows refer to nothing; the foreign key would not hold",
    remedy="add the missing rows, or correct or delete the orphans, then plan again",
)
