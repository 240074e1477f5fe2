"""Refusals of tables that must be unused before they are dropped."""

from __future__ import annotations

from reconciler.model.rules.rule import ERROR, NOTE, REFUSAL, Example, Rule

_USED = Example(
    sql="CREATE TABLE users_old (id int);\nINSERT INTO users_old VALUES (1);",
    yaml="dropped_tables:\n  users_old: {unused_for: 14d}",
)
STILL_USED = Rule(
    "still-used",
    REFUSAL,
    meaning="the statistics of a server show that a table with `unused_for` was read or written; the message has the "
    "numbers, and the rate of sequential scans. A nightly dump is a sequential scan, too. Or another session uses the "
    "table in an open transaction, which the statistics do not have yet",
    remedy="find out who uses it, for example in pg_stat_statements",
    bad=Example(
        shell="reconcile history --record --db postgresql://shop@db/shop\n"
        "psql -c 'SELECT count(*) FROM users_old'  # after some days\n"
        "reconcile plan --db postgresql://shop@db/shop",
    ),
    good=Example(yaml="dropped_tables:\n  users_old: {unused_for: {time: 14d, scans: 1/day}}"),
    see="journal.md#use-of-tables",
)
USAGE_UNKNOWN = Rule(
    "usage-unknown",
    REFUSAL,
    NOTE,
    meaning="it is not known whether a table with `unused_for` was used: too little has been recorded, statistics were "
    "reset, lost in a crash or switched off (`track_counts`), another server took over, the database is a copy of "
    "another one, or other roles may write to the usage log. The message says from when it can be known. In a plan "
    "from a snapshot this is a note",
    remedy="run `reconcile history --record` once a day, with `--replica` for each standby, until the time is over",
    bad=_USED,
    good=Example(yaml="dropped_tables:\n  users_old: {}"),
    see="journal.md#use-of-tables",
)
USED_IN_ARCHIVE = Rule(
    "used-in-archive",
    NOTE,
    meaning="a table whose `purge_after` is over was read or written in the archive, under its name there; the "
    "message says how often, without the scans of this tool",
    remedy="find out who uses it, and bring it back with `reconcile restore` if it is needed",
    bad=Example(
        yaml="dropped_tables:\n  users_old: {purge_after: 30d, unused_for: 14d}",
        shell="psql -c 'SELECT count(*) FROM reconcile_archive.\"users_old__20260131T120000Z\"'\nreconcile plan",
    ),
    good=Example(shell="reconcile restore users_old"),
    see="journal.md#use-of-tables",
)
NOT_A_REPLICA = Rule(
    "not-a-replica",
    ERROR,
    error_code=64,
    meaning="the server given with `--replica` is not a standby of the database whose use is recorded",
    remedy="give the address of a standby, and the same database",
    bad=Example(shell="reconcile history --record --db postgresql://db/shop --replica postgresql://db/shop"),
    good=Example(shell="reconcile history --record --db postgresql://db/shop --replica postgresql://db-2/shop"),
    see="journal.md#use-of-tables",
)
