"""The rules of not-nulls."""

from __future__ import annotations

from reconciler.model.rules.rule import REFUSAL, Example, Rule

NULLS = Rule(
    "nulls",
    REFUSAL,
    meaning="rows have NULL in a column that the file declares not null",
    remedy="give these rows a value, then plan again; or say with `nulls`, of the not-null or of the primary key "
    "that needs it, what happens to them: `fill` gives them a value, `quarantine` moves them",
    bad=Example(
        sql="CREATE TABLE users (name text);\nINSERT INTO users VALUES (NULL);",
        yaml="tables:\n  users:\n    not_null: name",
    ),
    good=Example(
        sql="UPDATE users SET name = '' WHERE name IS NULL;",
    ),
)
