"""The rules of foreign keys."""

from __future__ import annotations

from reconciler.model.rules.rule import REFUSAL, Example, Rule

BY_HAND = "add the missing rows, or correct or delete the orphans, then plan again"
ORPHANS = Rule(
    "orphans",
    REFUSAL,
    meaning="rows refer to rows that do not exist, and would violate the foreign key",
    remedy=f"{BY_HAND}; or say with `orphans` what happens to them, such as `orphans: quarantine`",
    bad=Example(
        sql="CREATE TABLE users (id int PRIMARY KEY);\n"
        "CREATE TABLE orders (user_id int);\n"
        "INSERT INTO orders VALUES (7);",
        yaml="tables:\n"
        "  orders:\n"
        "    foreign_keys:\n"
        "      orders_user_id_fkey: {columns: user_id, references: users(id)}",
    ),
    good=Example(
        sql="DELETE FROM orders WHERE user_id NOT IN (SELECT id FROM users);",
    ),
)
