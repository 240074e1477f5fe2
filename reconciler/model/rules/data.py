"""Findings of data checks."""

from __future__ import annotations

from reconciler.model.rules.rule import REFUSAL, Example, Rule

DUPLICATES = Rule(
    "duplicates",
    REFUSAL,
    meaning="duplicate keys would violate the unique index, unique constraint or primary key",
    remedy="merge or delete the duplicate rows, then plan again; or say with `duplicates` which row of each key stays",
    bad=Example(
        sql="CREATE TABLE users (email text);\nINSERT INTO users VALUES ('ann@example.com'), ('ann@example.com');",
        yaml="tables:\n  users:\n    unique: {users_email_key: email}",
    ),
    good=Example(
        sql="DELETE FROM users AS a USING users AS b WHERE a.email = b.email AND a.ctid > b.ctid;",
    ),
)
CONFLICTS = Rule(
    "conflicts",
    REFUSAL,
    meaning="rows conflict with others under an exclusion constraint, or overlap them under a key "
    "`without_overlaps`",
    remedy="change or delete the conflicting rows, then plan again",
    bad=Example(
        sql="CREATE TABLE bookings (stay daterange);\n"
        "INSERT INTO bookings VALUES ('[2026-01-01,2026-01-05)'), ('[2026-01-04,2026-01-09)');",
        yaml="policy: {allow: [blocking-build]}\n"
        "tables:\n"
        "  bookings:\n"
        "    exclusions:\n"
        "      bookings_no_overlap: {using: gist, elements: stay with &&}",
    ),
    good=Example(
        sql="UPDATE bookings SET stay = '[2026-01-05,2026-01-09)' WHERE lower(stay) = '2026-01-04';",
    ),
)
EMPTY_RANGES = Rule(
    "empty-ranges",
    REFUSAL,
    meaning="rows have an empty range, which a key `without_overlaps` forbids",
    remedy="give these rows a period, or delete them, then plan again",
    bad=Example(
        sql="CREATE TABLE prices (item int4range, valid daterange);\nINSERT INTO prices VALUES ('[1,2)', 'empty');",
        yaml="policy: {allow: [blocking-build]}\n"
        "tables:\n"
        "  prices:\n"
        "    unique:\n"
        "      prices_item_valid_key: {columns: [item, valid], without_overlaps: true}",
    ),
    good=Example(
        sql="DELETE FROM prices WHERE isempty(valid);",
    ),
)
DATA_CHECK_FAILED = Rule(
    "data-check-failed",
    REFUSAL,
    meaning="the query of a data check failed, the message has the SQLSTATE: for example, a value does not fit "
    "its type, a function "
    "raises an error, or row security hides rows from the owner. The step would fail on the same rows",
    remedy="correct the rows that cause it, or the expression; for row security, use a role with BYPASSRLS",
    bad=Example(
        sql="CREATE TABLE events (payload text);\nINSERT INTO events VALUES ('n/a');",
        yaml='tables:\n  events:\n    checks: {events_payload_check: "payload::int > 0"}',
    ),
    good=Example(
        sql="UPDATE events SET payload = '1' WHERE payload !~ '^[0-9]+$';",
    ),
)
REFERENCED_ROWS = Rule(
    "referenced-rows",
    REFUSAL,
    meaning="a repair would remove rows, or empty columns, that rows of another table refer to: a foreign key "
    "would reject it, or delete or change those rows as well",
    remedy="repair the rows that refer to them first, for example with `orphans` on their table, then plan again",
    bad=Example(
        sql="CREATE TABLE users (id int PRIMARY KEY);\n"
        "CREATE TABLE orders (id int PRIMARY KEY, user_id int);\n"
        "CREATE TABLE items (order_id int REFERENCES orders ON DELETE CASCADE);\n"
        "INSERT INTO orders VALUES (1, 7);\n"
        "INSERT INTO items VALUES (1);",
        yaml="tables:\n"
        "  orders:\n"
        "    foreign_keys:\n"
        "      orders_user_id_fkey: {columns: user_id, references: users(id), orphans: quarantine}",
    ),
    good=Example(
        sql="DELETE FROM items WHERE order_id = 1;",
    ),
    see="repairs.md#rows-that-others-refer-to",
)
MOVED_REFERENCES = Rule(
    "moved-references",
    REFUSAL,
    meaning="with `references: move`, rows that refer to duplicates will refer to the row that stays. A unique index "
    "of their table would reject some of them, because another row has that key, or a check would, or a not-null that "
    "is NOT VALID",
    remedy="correct, merge or delete these rows first, then plan again",
    bad=Example(
        sql="CREATE TABLE users (id int PRIMARY KEY, email text, seen date);\n"
        "INSERT INTO users VALUES (1, 'ann@example.com', '2026-01-01'), (2, 'ann@example.com', '2026-01-02');\n"
        "CREATE TABLE profiles (user_id int PRIMARY KEY REFERENCES users);\n"
        "INSERT INTO profiles VALUES (1), (2);",
        yaml="tables:\n"
        "  users:\n"
        "    unique:\n"
        "      users_email_key:\n"
        "        columns: email\n"
        "        duplicates: {keep: newest, by: seen, others: quarantine, references: move}",
    ),
    good=Example(
        sql="DELETE FROM profiles WHERE user_id = 1;",
    ),
    see="repairs.md#references-to-duplicates",
)
TIED_DUPLICATES = Rule(
    "tied-duplicates",
    REFUSAL,
    meaning="of several rows with one key, no single row comes first by the columns `by` of `duplicates`, and the "
    "table has no primary key that decides",
    remedy="name more columns under `by`, or add a primary key first",
    bad=Example(
        sql="CREATE TABLE users (email text, seen date);\n"
        "INSERT INTO users VALUES ('ann@example.com', '2026-01-01'), ('ann@example.com', '2026-01-01');",
        yaml="tables:\n"
        "  users:\n"
        "    unique:\n"
        "      users_email_key: {columns: email, duplicates: {keep: newest, by: seen, others: quarantine}}",
    ),
    good=Example(
        sql="UPDATE users SET seen = '2026-01-02' WHERE ctid = '(0,2)';",
    ),
    see="repairs.md#duplicates",
)
CONTESTED_DUPLICATES = Rule(
    "contested-duplicates",
    REFUSAL,
    meaning="rows that stay for the `duplicates` of one key would be removed as `duplicates` of another key of the "
    "table: no row of their first key might be left",
    remedy="decide on these rows first: change or remove them by hand; or declare `duplicates` of one key, apply, and "
    "look at what is left for the other",
    bad=Example(
        sql="CREATE TABLE users (id int PRIMARY KEY, email text, login text);\n"
        "INSERT INTO users VALUES (1, 'ann@example.com', 'ann'), (2, 'ann@example.com', 'bob'), (3, 'bob@example.com', "
        "'bob');",
        yaml="tables:\n"
        "  users:\n"
        "    unique:\n"
        "      users_email_key: {columns: email, duplicates: {keep: newest, by: id, others: quarantine}}\n"
        "      users_login_key: {columns: login, duplicates: {keep: newest, by: id, others: quarantine}}",
    ),
    good=Example(
        sql="UPDATE users SET login = 'ann' WHERE id = 2;",
    ),
    see="repairs.md#duplicates",
)
UNFIT_REPAIR = Rule(
    "unfit-repair",
    REFUSAL,
    meaning="a repair is not possible on this table: a column that it would set to NULL is NOT NULL, or the file "
    "declares it so; new values would violate another rule, or their column cannot store them; rows that it would "
    "update violate a check or not-null that is NOT VALID, which PostgreSQL checks whenever a row is updated; a column "
    "that it sets decides the partition of a row, or is GENERATED ALWAYS AS IDENTITY; a column that it uses does not "
    "exist; a rewrite rule replaces its statements; or a publication sends the changes, and the table has no replica "
    "identity for that",
    remedy="choose another policy, or remove what prevents it",
    bad=Example(
        sql="CREATE TABLE users (id int PRIMARY KEY);\nCREATE TABLE orders (user_id int NOT NULL);",
        yaml="tables:\n"
        "  orders:\n"
        "    foreign_keys:\n"
        '      orders_user_id_fkey: {columns: user_id, references: users(id), orphans: "set null"}',
    ),
    good=Example(
        sql="ALTER TABLE orders ALTER COLUMN user_id DROP NOT NULL;",
    ),
    see="repairs.md#policies",
)
