"""Reasons why a run is refused, or fails."""

from __future__ import annotations

from reconciler.model.rules.rule import ERROR, NOTE, REFUSAL, Example, Rule

NOT_APPROVED = Rule(
    "not-approved",
    ERROR,
    error_code=3,
    meaning="the prompt was declined, or there is no terminal to ask for approval",
    remedy="review the plan, then run it with `--auto-approve`",
    bad=Example(
        shell="reconcile apply < /dev/null",
    ),
    good=Example(
        shell="reconcile plan\nreconcile apply --auto-approve",
    ),
)
PLAN_CHANGED = Rule(
    "plan-changed",
    ERROR,
    error_code=3,
    meaning="the plan is not the one that was approved, by a plan file or by `--require-digest`: a change is new or "
    "differs; or it is another server or database, or the policy differs from that of the plan file. The message says "
    "what differs",
    remedy="connect to the database that the plan was made for, or plan again and review the new plan",
    bad=Example(
        shell="reconcile plan -o plan.json --db service=staging\nreconcile apply plan.json --db service=production",
    ),
    good=Example(
        shell="reconcile plan -o plan.json --db service=production\n"
        "reconcile apply plan.json --db service=production",
    ),
    see="plans.md",
)
PLAN_EXPIRED = Rule(
    "plan-expired",
    ERROR,
    error_code=3,
    meaning="the plan that was approved is older than `policy.plan_expires`, or its digest has a time in the future",
    remedy="plan again, review the new plan, and apply that; or raise `policy.plan_expires`",
    bad=Example(
        shell="reconcile plan -o plan.json\n# two days later\nreconcile apply plan.json",
    ),
    good=Example(
        yaml="policy: {plan_expires: 7d}",
    ),
    see="plans.md",
)
PREVIEW = Rule(
    "preview",
    ERROR,
    error_code=3,
    meaning="the plan file was made from a snapshot: the database may have changed since, and privileges are "
    "not checked",
    remedy="plan with access to the database, and apply that plan",
    bad=Example(
        shell="reconcile plan --live catalog.json -o plan.json\nreconcile apply plan.json",
    ),
    good=Example(
        shell="reconcile plan -o plan.json\nreconcile apply plan.json",
    ),
    see="snapshots.md",
)
NOT_IN_SNAPSHOT = Rule(
    "not-in-snapshot",
    REFUSAL,
    meaning="the snapshot lacks a table that the file names, and the database may have it",
    remedy="take a snapshot with a file that declares the table, or plan with access to the database",
    bad=Example(
        shell="reconcile snapshot -f old.yaml -o catalog.json\nreconcile plan -f new.yaml --live catalog.json",
    ),
    good=Example(
        shell="reconcile snapshot -f new.yaml -o catalog.json\nreconcile plan -f new.yaml --live catalog.json",
    ),
    see="snapshots.md",
)
ALREADY_RUNNING = Rule(
    "already-running",
    ERROR,
    error_code=3,
    meaning="another run holds the database's lock; the message names it",
    remedy="wait until it has ended, then run this again",
    bad=Example(
        shell="reconcile apply & reconcile apply",
    ),
    good=Example(
        shell="reconcile apply && reconcile apply",
    ),
)
JOURNAL_NOT_OURS = Rule(
    "journal-not-ours",
    ERROR,
    REFUSAL,
    NOTE,
    error_code=3,
    meaning="`migration_log` or `log_migration_step` exists and is not exactly the journal's, or a role that is "
    "not trusted owns it or may change it. The same for the usage log, `reconcile_usage`",
    remedy="run the statements in the message, or set `policy.journal_schema`",
    bad=Example(
        sql="CREATE TABLE migration_log (id int);",
    ),
    good=Example(
        yaml="policy: {journal_schema: audit}",
    ),
    see="journal.md",
)
EVENT_TRIGGER = Rule(
    "event-trigger",
    ERROR,
    error_code=3,
    meaning="an event trigger rejects the journal when it is created, or changes it so that it cannot be "
    "trusted; the message names the event triggers that fire",
    remedy="change them so that they ignore the journal, or set `policy.journal_schema` to a schema that they ignore",
    bad=Example(
        sql="CREATE EVENT TRIGGER no_tables ON ddl_command_start WHEN TAG IN ('CREATE TABLE')\n"
        "  EXECUTE FUNCTION reject();",
    ),
    good=Example(
        sql="ALTER EVENT TRIGGER no_tables DISABLE;",
    ),
    see="journal.md",
)
ARCHIVE_NOT_OURS = Rule(
    "archive-not-ours",
    ERROR,
    REFUSAL,
    error_code=3,
    meaning="a role that is not trusted owns the schema `reconcile_archive`, or may create objects in it",
    remedy="run the statements in the message, or rename the schema",
    bad=Example(
        sql="CREATE SCHEMA reconcile_archive AUTHORIZATION app;",
    ),
    good=Example(
        sql="ALTER SCHEMA reconcile_archive OWNER TO deploy;",
    ),
    see="journal.md#the-archive",
)
READ_ONLY = Rule(
    "read-only",
    ERROR,
    error_code=3,
    meaning="the server accepts no changes: it is a standby, or transactions are read-only",
    remedy="apply on the primary, and check `default_transaction_read_only` of the role and the database",
    bad=Example(
        shell="reconcile apply --db postgresql://standby/shop",
    ),
    good=Example(
        shell="reconcile apply --db postgresql://primary/shop",
    ),
)
PARTITIONS_CHANGED = Rule(
    "partitions-changed",
    ERROR,
    error_code=3,
    meaning="partitions were added or removed during a run from a plan file; a run without a plan file plans "
    "again and includes them",
    remedy="run the same command again: it continues with the partitions that exist",
    bad=Example(
        shell="reconcile apply plan.json\n"
        "# during the run, in another session: CREATE TABLE events_2 PARTITION OF events …",
    ),
    good=Example(
        shell="reconcile plan -o plan.json\nreconcile apply plan.json",
    ),
)
NOT_FOR_PSQL = Rule(
    "not-for-psql",
    ERROR,
    error_code=3,
    meaning="a statement cannot be written for psql",
    remedy="apply the plan with `reconcile apply`",
    bad=Example(
        shell="reconcile plan --format sql | psql",
    ),
    good=Example(
        shell="reconcile apply",
    ),
)
SERVER_UNKNOWN = Rule(
    "server-unknown",
    ERROR,
    error_code=3,
    meaning="a script or plan file cannot be bound to the server, because the role may not execute "
    "`pg_control_system()`",
    remedy="let a superuser grant EXECUTE on it, or use `reconcile apply` without a plan file",
    bad=Example(
        shell="reconcile plan --format sql --db postgresql://deploy@db/shop",
    ),
    good=Example(
        sql="GRANT EXECUTE ON FUNCTION pg_catalog.pg_control_system() TO deploy;",
    ),
)
STEP_FAILED = Rule(
    "step-failed",
    ERROR,
    error_code=1,
    meaning="the server rejected a step. Completed steps are kept",
    remedy="remove the cause in the message, then run the same command again: it continues from there",
    bad=Example(
        shell="reconcile apply\n# another session inserts rows that violate a new constraint, right before its "
        "validation",
    ),
    good=Example(
        shell="reconcile plan\nreconcile apply",
    ),
    see="troubleshooting.md#apply-failed-or-was-killed",
)
NO_PROGRESS = Rule(
    "no-progress",
    ERROR,
    error_code=1,
    meaning="a step reported success, but the catalog does not show it",
    remedy="look for event triggers or another session that undid it, then plan again",
    bad=Example(
        sql="CREATE EVENT TRIGGER undo ON ddl_command_end EXECUTE FUNCTION drop_new_indexes();",
    ),
    good=Example(
        sql="ALTER EVENT TRIGGER undo DISABLE;",
    ),
)
BUILD_TOO_LONG = Rule(
    "build-too-long",
    ERROR,
    error_code=1,
    meaning="another session's build of the same index took longer than `policy.max_build`",
    remedy="check `pg_stat_progress_create_index`, cancel that build or wait, then run this again",
    bad=Example(
        yaml="policy: {max_build: 10min}",
    ),
    good=Example(
        yaml="policy: {max_build: 24h}",
    ),
)
NOTHING_MATCHES = Rule(
    "nothing-matches",
    ERROR,
    error_code=64,
    meaning="`--table` or `--schema` matches nothing: in the database for `export`, in the file for `plan`, "
    "`drift` and `apply`. Also: the schema given to `history`, or a role of `--trust-role`, does not exist",
    remedy="correct the pattern: it matches a table's name, or schema.table; `*` and `?` are wildcards",
    bad=Example(
        shell="reconcile plan --table user",
    ),
    good=Example(
        shell="reconcile plan --table 'user*'",
    ),
    see="commands.md#some-tables-only",
)
UNKNOWN_RUN = Rule(
    "unknown-run",
    ERROR,
    error_code=64,
    meaning="the journal has no run with the id given to `history` or `undo`, or several runs whose ids begin with it; "
    "or there is no journal",
    remedy="`reconcile history` lists the runs",
    bad=Example(
        shell="reconcile history latest",
    ),
    good=Example(
        shell="reconcile history\nreconcile history 6f2c1b9e",
    ),
)
INTERRUPTED = Rule(
    "interrupted",
    ERROR,
    error_code=130,
    meaning="the run was stopped by Ctrl-C or SIGTERM. Completed steps are kept",
    remedy="run the same command again: it continues from there",
    bad=Example(
        shell="timeout --signal INT 60 reconcile apply --auto-approve",
    ),
    good=Example(
        shell="reconcile apply --auto-approve",
    ),
)
ROWS_REMAIN = Rule(
    "rows-remain",
    ERROR,
    error_code=1,
    meaning="a repair went through the whole table, and its data check still finds rows: other sessions hold locks on "
    "them, rows of other tables refer to them, or a trigger keeps them or brings them back",
    remedy="run the query in the message, end the sessions or repair the other tables, then run the same command again",
    bad=Example(
        sql="BEGIN;\nSELECT * FROM orders WHERE user_id = 7 FOR UPDATE; -- and the session stays open",
    ),
    good=Example(
        sql="COMMIT;",
    ),
    see="repairs.md",
)
NEW_DUPLICATE_KEYS = Rule(
    "new-duplicates",
    ERROR,
    error_code=1,
    meaning="duplicate keys were repaired, and other sessions added new ones before the unique index was complete, "
    "each time",
    remedy="stop what adds duplicate keys, or run at a quieter time; then run the same command again",
    bad=Example(
        sql="INSERT INTO users (email) VALUES ('ann@example.com'); -- while the index is built, again and again",
    ),
    good=Example(
        shell="reconcile apply --auto-approve # at night",
    ),
    see="repairs.md#duplicates",
)
REPLICA_LAG = Rule(
    "replica-lag",
    ERROR,
    error_code=1,
    meaning="a repair paused because a standby was further behind than `policy.max_replica_lag`, for longer than "
    "`policy.max_lock_wait`",
    remedy="find out what holds the standby back, see pg_stat_replication; then run the same command again",
    bad=Example(
        yaml="policy: {max_replica_lag: 1s}",
    ),
    good=Example(
        yaml="policy: {max_replica_lag: 60s}",
    ),
    see="repairs.md#pauses",
)
