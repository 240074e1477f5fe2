"""Information for the reader of a plan, or the author of a file, that prevents nothing."""

from __future__ import annotations

from reconciler.model.rules.rule import NOTE, WARNING, Example, Rule

SUPERUSER = Rule(
    "superuser",
    NOTE,
    meaning="the connected role is a superuser: code of table owners runs with all its rights when the plan is "
    "applied",
    remedy="connect as a role that owns the tables, and is not a superuser",
    bad=Example(
        shell="reconcile apply --db postgresql://postgres@db/shop",
    ),
    good=Example(
        shell="reconcile apply --db postgresql://shop_owner@db/shop",
    ),
    see="roles.md",
)
FROM_SNAPSHOT = Rule(
    "from-snapshot",
    NOTE,
    meaning="the plan was made from a snapshot, and is a preview: its plan file cannot be applied, its digest "
    "approves the same plan of the database, and privileges are not checked",
    remedy="plan with access to the database, or approve the digest: `apply --require-digest` plans again, and refuses "
    "any other plan",
    bad=Example(
        shell="reconcile plan --live catalog.json",
    ),
    good=Example(
        shell="reconcile plan",
    ),
    see="snapshots.md",
)
FIRES_EVENT_TRIGGERS = Rule(
    "fires-event-triggers",
    NOTE,
    meaning="steps fire event triggers of the database, which may reject a step or change what it does; the message "
    "names them and the commands. One that rejects DROP INDEX CONCURRENTLY when it ends leaves the index invalid: no "
    "query uses it any more, and each run fails again until the event trigger allows the command",
    remedy="read their functions; where one rejects a command of the plan, change it so that it ignores these objects, "
    "or disable it for the run",
    bad=Example(
        sql="CREATE TABLE users (email text);\n"
        "CREATE FUNCTION keep() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN\n"
        "    IF EXISTS (SELECT FROM pg_event_trigger_dropped_objects() WHERE object_type = 'index') THEN\n"
        "        RAISE 'no drops of indexes'; END IF; END $$;\n"
        "CREATE EVENT TRIGGER keeper ON sql_drop EXECUTE FUNCTION keep();\n"
        "CREATE INDEX users_email_idx ON users (email);",
        yaml="tables:\n  users:\n    absent: {indexes: [users_email_idx]}",
    ),
    good=Example(
        sql="ALTER EVENT TRIGGER keeper DISABLE;",
    ),
)
PUBLISHES_OWN_TABLES = Rule(
    "publishes-own-tables",
    NOTE,
    meaning="a publication FOR ALL TABLES, or FOR TABLES IN SCHEMA, sends the rows of tables that the run creates for "
    "itself: the journal, or tables in `reconcile_archive` for rows that a repair takes out. The worker of a "
    "subscription that lacks such a table stops with an error, and the other tables are not replicated until it "
    "exists; they lose no rows",
    remedy="create the same tables on each subscriber before the run, or as soon as its worker reports that one is "
    "missing; the worker retries and continues once the table exists",
    bad=Example(
        sql="CREATE TABLE users (email text);\nCREATE PUBLICATION everything FOR ALL TABLES;",
        yaml="tables:\n  users:\n    indexes: {users_email_idx: email}",
    ),
    good=Example(
        sql="DROP PUBLICATION everything;\nCREATE PUBLICATION users FOR TABLE users;",
    ),
)
NO_PAUSES = Rule(
    "no-pauses",
    NOTE,
    meaning="the role may not see how far standbys are behind, nor what autovacuum does, so the plan's repairs do not "
    "pause for either, and a standby may fall further behind than `policy.max_replica_lag`",
    remedy="grant the role `pg_monitor`, or `pg_read_all_stats`, then plan again; without standbys, a repair and an "
    "autovacuum of the same table only slow each other down",
    bad=Example(
        shell="reconcile apply --db postgresql://shop_owner@db/shop",
    ),
    good=Example(
        sql="GRANT pg_monitor TO shop_owner;",
    ),
    see="repairs.md#pauses",
)
PURGE_DUE = Rule(
    "purge-due",
    NOTE,
    meaning="a table has been in the archive for longer than its `purge_after`",
    remedy="plan with `--allow purge` to drop it for good, or set a longer `purge_after`",
    bad=Example(
        sql="CREATE SCHEMA reconcile_archive;\n"
        'CREATE TABLE reconcile_archive."users_old__20200131T120000Z" (id int);\n'
        'COMMENT ON TABLE reconcile_archive."users_old__20200131T120000Z" IS\n'
        '  \'{"archived_by": "reconcile", "schema": "public", "table": "users_old", "comment": null, \'\n'
        "  '\"renamed\": {}}';",
        yaml="dropped_tables:\n  users_old: {purge_after: 30d}",
    ),
    good=Example(
        yaml="dropped_tables:\n  users_old: {purge_after: 3650d}",
    ),
    see="journal.md#purging",
)
FORMER_NAME = Rule(
    "former-name",
    NOTE,
    meaning="an object exists, and another one has the name in its `renamed_from`: possibly the old object, after a "
    "run that was killed",
    remedy="if nobody needs the old one, list it under `absent`; otherwise remove `renamed_from` from the file",
    bad=Example(
        sql="CREATE TABLE users (email text);\n"
        "CREATE INDEX users_email ON users (email);\n"
        "CREATE INDEX users_email_idx ON users (email);",
        yaml="tables:\n  users:\n    indexes: {users_email_idx: {columns: email, renamed_from: users_email}}",
    ),
    good=Example(
        yaml="tables:\n  users:\n    indexes: {users_email_idx: email}\n    absent: {indexes: [users_email]}",
    ),
)
NO_PARTITION = Rule(
    "no-partition",
    NOTE,
    meaning="`partitions` names a table that is not, or no longer, a partition: the entry has no effect",
    remedy="remove the entry from `partitions`, or correct the name of the partition",
    bad=Example(
        sql="CREATE TABLE events (day int) PARTITION BY LIST (day);",
        yaml="tables:\n"
        "  events:\n"
        "    indexes: {events_day_idx: {columns: day, partitions: {events_2019: old_day_idx}}}",
    ),
    good=Example(
        yaml="tables:\n  events:\n    indexes: {events_day_idx: day}",
    ),
)
REMNANT = Rule(
    "remnant",
    NOTE,
    meaning="an interrupted replacement left an object behind; the plan removes it",
    remedy="nothing to do; `plan -v` shows the object, if you want to keep a copy",
    bad=Example(
        sql="CREATE TABLE users (email text);\n"
        "CREATE INDEX users_email_idx ON users (email);\n"
        "CREATE INDEX users_email_idx__reconcile_old ON users (email);",
        yaml="tables:\n  users:\n    indexes: {users_email_idx: email}",
    ),
    good=Example(
        sql="DROP INDEX users_email_idx__reconcile_old;",
    ),
    see="decisions/0007-names-of-the-tools-own.md",
)
UNFINISHED_DETACHMENT = Rule(
    "unfinished-detachment",
    NOTE,
    meaning="an interrupted run has detached a partition, or was to do so, and neither archived nor dropped it. The "
    "database does not count as in sync",
    remedy="`reconcile restore` attaches the partition again; a run with the entry under `dropped_tables` completes "
    "the detachment",
    bad=Example(
        shell="reconcile apply  # interrupted while it detached events_2020\n"
        "reconcile plan  # the file no longer has events_2020",
    ),
    good=Example(
        shell="reconcile restore events_2020",
    ),
    see="journal.md#partitions-and-inheritance-children",
)
SIMILAR_INDEX = Rule(
    "similar-index",
    NOTE,
    meaning="an undeclared index with the same definition exists under another name",
    remedy="declare it with `renamed_from`, or list its name under `absent`",
    bad=Example(
        sql="CREATE TABLE users (email text);\nCREATE INDEX by_email ON users (email);",
        yaml="tables:\n  users:\n    indexes: {users_email_idx: email}",
    ),
    good=Example(
        yaml="tables:\n  users:\n    indexes: {users_email_idx: {columns: email, renamed_from: by_email}}",
    ),
)
SIMILAR_NAME = Rule(
    "similar-name",
    NOTE,
    meaning="an entry under `absent` or `dropped_tables` names nothing that exists, or that the journal knows, and an "
    "object that no file mentions has a similar name: the entry may be misspelled",
    remedy="correct the name, or remove the entry",
    bad=Example(
        sql="CREATE TABLE users (email text);\nCREATE INDEX users_email_idx ON users (email);",
        yaml="tables:\n  users:\n    absent: {indexes: [users_emial_idx]}",
    ),
    good=Example(
        yaml="tables:\n  users:\n    absent: {indexes: [users_email_idx]}",
    ),
)
CHANGED_OUTSIDE = Rule(
    "changed-outside",
    NOTE,
    meaning="the journal, or the log of statements if there is one, shows that an object that differs was changed "
    "outside reconcile: since a run left it, or as a whole. `drift` prints it",
    remedy="`apply` brings the object into the declared state; `drift --write` writes the live one into the file",
    bad=Example(
        shell="reconcile apply\npsql -c 'DROP INDEX users_email_idx'\nreconcile drift",
    ),
    good=Example(
        shell="reconcile apply\nreconcile drift",
    ),
    see="drift.md",
)
LAST_CHANGE = Rule(
    "last-change",
    NOTE,
    meaning="what the journal says about an object that differs, and that nothing shows to be changed outside "
    "reconcile: the file has changed since a run, a run could not validate it yet, an undo or a restore left it so, or "
    "no run has changed it. Also: why the journal or the log of statements is not used. `drift` prints it",
    remedy="`apply` brings the object into the declared state",
    bad=Example(
        sql="CREATE TABLE users (email text);",
        yaml="tables:\n  users:\n    indexes: {users_email_idx: email}",
        shell="reconcile drift",
    ),
    good=Example(
        sql="CREATE TABLE users (email text);",
        yaml="tables:\n  users:\n    indexes: {users_email_idx: email}",
        shell="reconcile apply\nreconcile drift",
    ),
    see="drift.md",
)
UNDECLARED_OBJECT = Rule(
    "undeclared-object",
    NOTE,
    meaning="a declared table has an object that no file declares. `drift` prints it, and nothing ever changes it; "
    "with `--strict`, it counts as a difference",
    remedy="declare it (`drift --write --strict` does), list it under `absent` to drop it, or leave it as it is",
    bad=Example(
        sql="CREATE TABLE users (email text);\nCREATE INDEX by_email ON users (email);",
        yaml="tables:\n  users: {}",
        shell="reconcile drift",
    ),
    good=Example(
        yaml="tables:\n  users:\n    indexes: {by_email: email}",
        shell="reconcile drift",
    ),
    see="drift.md",
)
HIDES_BUILT_IN = Rule(
    "hides-built-in",
    NOTE,
    meaning="an expression in the file calls a user's function or operator instead of PostgreSQL's own, because it has "
    "the same name and matches the arguments better",
    remedy="if you mean PostgreSQL's own, write it with its schema, or drop the other one",
    bad=Example(
        sql="CREATE TABLE users (name varchar);\n"
        "CREATE FUNCTION lower(varchar) RETURNS varchar IMMUTABLE LANGUAGE sql AS 'SELECT upper($1)';",
        yaml="tables:\n  users:\n    checks: {users_name_check: lower(name) <> ''}",
    ),
    good=Example(
        yaml="tables:\n  users:\n    checks: {users_name_check: pg_catalog.lower(name) <> ''}",
    ),
)
QUOTED_NAME = Rule(
    "quoted-name",
    WARNING,
    meaning="a name contains double quotes; names are never quoted in the file",
    remedy="write the name without quotes, exactly as PostgreSQL stores it",
    bad=Example(
        yaml="tables:\n  users:\n    indexes: {'\"Email\"': email}",
    ),
    good=Example(
        yaml="tables:\n  users:\n    indexes: {Email: email}",
    ),
)
DOUBTFUL_EXPRESSION = Rule(
    "doubtful-expression",
    WARNING,
    meaning="an expression looks like a mistake",
    remedy="write the expression that the message suggests",
    bad=Example(
        yaml="tables:\n  users:\n    checks: {users_name_check: name <> NULL}",
    ),
    good=Example(
        yaml="tables:\n  users:\n    checks: {users_name_check: name IS NOT NULL}",
    ),
)
ADVICE_LEFT_OUT = Rule(
    "advice-left-out",
    WARNING,
    meaning="there are so many expressions that some were not checked for likely mistakes",
    remedy="validate the files in parts",
    bad=Example(
        shell="reconcile validate -f schema",
    ),
    good=Example(
        shell="reconcile validate -f schema/billing\nreconcile validate -f schema/shop",
    ),
)
VALIDATES_CHILDREN = Rule(
    "validates-children",
    NOTE,
    meaning="the validation of a not-null or a check also validates that of inheritance children that is NOT VALID",
    remedy="none is needed if their rows are correct; otherwise the validation fails: correct them first",
    bad=Example(
        sql="CREATE TABLE events (at timestamptz);\n"
        "CREATE TABLE old_events () INHERITS (events);\n"
        "ALTER TABLE events ADD CONSTRAINT at_known CHECK (at IS NOT NULL) NOT VALID;",
        yaml="tables:\n  events:\n    checks: {at_known: at IS NOT NULL}",
    ),
    good=Example(
        sql="ALTER TABLE old_events VALIDATE CONSTRAINT at_known;",
    ),
)
ROWS_LEFT = Rule(
    "rows-left",
    NOTE,
    meaning="an object with the policy `keep` stays NOT VALID, because rows violate it, or because they could "
    "not be counted",
    remedy="repair the rows: the next run validates the object once none is left",
    bad=Example(
        sql="CREATE TABLE users (id int PRIMARY KEY);\n"
        "CREATE TABLE orders (user_id int);\n"
        "INSERT INTO orders VALUES (7);",
        yaml="tables:\n"
        "  orders:\n"
        "    foreign_keys:\n"
        "      orders_user_id_fkey: {columns: user_id, references: users(id), orphans: keep}",
    ),
    good=Example(
        sql="DELETE FROM orders WHERE user_id = 7;",
    ),
    see="repairs.md#keep",
)
