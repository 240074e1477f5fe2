"""The rules of dropped tables."""

from __future__ import annotations

from reconciler.model.rules.rule import REFUSAL, Example, HazardKind, Rule

FEWER_ROWS = Rule(
    "fewer-rows",
    REFUSAL,
    meaning="a dropped table has more rows than the table in its `replaced_by`, or the rows could not be counted "
    "in time",
    remedy="copy the missing rows to the replacement, then plan again; or remove `replaced_by` from the file",
    bad=Example(
        sql="CREATE TABLE users (id int);\n"
        "CREATE TABLE users_old (id int);\n"
        "INSERT INTO users_old VALUES (1), (2);",
        yaml="dropped_tables:\n  users_old: {replaced_by: users}",
    ),
    good=Example(
        sql="INSERT INTO users SELECT id FROM users_old;",
    ),
    see="journal.md#tables-with-a-replacement",
)
REACHABLE_IN_ARCHIVE = Rule(
    "reachable-in-archive",
    REFUSAL,
    meaning="a table would be dropped without a copy, and other roles could add rows to it in the "
    "archive after its rows are counted: these roles may use the schema, and insert into the table or act as its owner",
    remedy="during the run, revoke USAGE on schema `reconcile_archive` from them",
    bad=Example(
        sql="GRANT USAGE ON SCHEMA reconcile_archive TO app;\nGRANT INSERT ON users_old TO app;",
        yaml="policy: {allow: [drop-table]}\ndropped_tables:\n  users_old: {replaced_by: users, backup: none}",
    ),
    good=Example(
        sql="REVOKE USAGE ON SCHEMA reconcile_archive FROM app;",
    ),
)
CHANGED_AFTER_DUMP = Rule(
    "changed-after-dump",
    REFUSAL,
    meaning="a table in the archive no longer has the rows, the definition or the values of sequences that were "
    "dumped, so it was not dropped: a role has changed it there. It is compared under the lock of the drop",
    remedy="revoke USAGE on schema `reconcile_archive` from these roles, and run the same command again: it dumps the "
    "table again",
    bad=Example(
        yaml="dropped_tables:\n  users_old: {backup: dump}",
        shell="reconcile apply --backup-dir /backups",
    ),
    good=Example(
        sql="REVOKE USAGE ON SCHEMA reconcile_archive FROM app;",
    ),
    see="journal.md#dumps",
)
CHANGED_AFTER_LOAD = Rule(
    "changed-after-load",
    REFUSAL,
    meaning="a table that was loaded from its dump into `reconcile_archive` has other rows than when it was dumped, so "
    "it is not restored: a role, or an event trigger, has written to it. The rows are compared in the last step of the "
    "load, under its lock",
    remedy="find out what writes to the table; then drop it in `reconcile_archive`, and run the same command again: it "
    "loads the dump again",
    bad=Example(shell="reconcile restore users_old --backup-dir /backups"),
    good=Example(
        sql="REVOKE USAGE ON SCHEMA reconcile_archive FROM app;\n"
        'DROP TABLE reconcile_archive."users_old__20260101T000000Z";',
        shell="reconcile restore users_old --backup-dir /backups",
    ),
    see="journal.md#dumps",
)
ONLY_IN_DUMP = HazardKind(
    "only-in-dump",
    gated=False,
    meaning="the table is dropped after its dump was verified; from then on, the file is the only copy",
    remedy="keep the folder of `--backup-dir` as long as you may need the table, or use `backup: archive`",
    bad=Example(
        sql="CREATE TABLE users_old (id int);",
        yaml="dropped_tables:\n  users_old: {backup: dump}",
    ),
    good=Example(
        yaml="dropped_tables:\n  users_old: {backup: archive}",
    ),
    see="journal.md#dumps",
)
DROP_TABLE = HazardKind(
    "drop-table",
    gated=True,
    meaning="the rows of a dropped table or view are deleted, and no copy of them is kept",
    remedy="for a table, use `backup: archive`, which moves it to reconcile_archive",
    bad=Example(
        sql="CREATE TABLE users_old (id int);",
        yaml="dropped_tables:\n  users_old: {backup: none}",
    ),
    good=Example(
        yaml="dropped_tables:\n  users_old: {backup: archive}",
    ),
    see="journal.md#the-archive",
)
NAMED_IN_TRIGGER = HazardKind(
    "named-in-trigger",
    gated=False,
    meaning="an argument of a trigger names the table; if the trigger's function uses the table, writes to the "
    "trigger's table "
    "fail after the drop",
    remedy="read the trigger's function; drop the trigger first if it uses the table",
    bad=Example(
        sql="CREATE TABLE users_old (id int);\n"
        "CREATE TABLE users (id int);\n"
        "CREATE FUNCTION copy_row() RETURNS trigger LANGUAGE plpgsql AS $$\n"
        "BEGIN\n"
        "  EXECUTE format('INSERT INTO %I VALUES ($1)', TG_ARGV[0]) USING NEW.id;\n"
        "  RETURN NEW;\n"
        "END $$;\n"
        "CREATE TRIGGER copy AFTER INSERT ON users FOR EACH ROW EXECUTE FUNCTION copy_row('users_old');",
        yaml="dropped_tables:\n  users_old:",
    ),
    good=Example(
        sql="DROP TRIGGER copy ON users;",
    ),
)
