"""Findings of data checks."""

from __future__ import annotations

from reconciler.model.rules.rule import REFUSAL, Example, Rule

DUPLICATES = Rule(
    "duplicates",
    REFUSAL,
    meaning="duplicate keys would violate the unique index, unique constraint or primary key",
    remedy="merge or delete the duplicate rows, then plan again",
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
