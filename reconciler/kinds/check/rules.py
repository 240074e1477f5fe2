"""The rules of checks."""

from __future__ import annotations

from reconciler.model.rules.rule import REFUSAL, Example, Rule

VIOLATIONS = Rule(
    "violations",
    REFUSAL,
    meaning="rows violate a check",
    remedy="correct these rows, or the expression, then plan again; or say with `violators` what happens to them: "
    "`set` corrects them, `quarantine` moves them",
    bad=Example(
        sql="CREATE TABLE accounts (balance int);\nINSERT INTO accounts VALUES (-5);",
        yaml="tables:\n  accounts:\n    checks: {accounts_balance_check: balance >= 0}",
    ),
    good=Example(
        sql="UPDATE accounts SET balance = 0 WHERE balance < 0;",
    ),
)
