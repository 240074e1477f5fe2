"""The usage log: a table with readings of counters, in the schema of the journal. Rows are only ever added.

It has an owner and privileges as the journal, and is checked in the same way in each transaction that uses it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta

import psycopg
from psycopg import sql

from reconciler.model.limits import milliseconds
from reconciler.model.names import ARCHIVE_SCHEMA, USAGE_TABLE, display
from reconciler.model.plan import JournalAt
from reconciler.model.usage import Counts, UsageReading
from reconciler.postgres.journal import journal_lock_statement, qualified, revoke_statement
from reconciler.postgres.journal_check import ExpectedTable, differences_query, table_problems
from reconciler.postgres.own import USAGE, do, raising, refuse_if, refused
from reconciler.postgres.session import Session, in_query, one, rows, set_local
from reconciler.postgres.usage import ServerCounters

_SHAPE = ExpectedTable(
    name=USAGE_TABLE,
    columns=(
        ("sequence", "bigint", True, "identity"),
        ("taken_at", "timestamp with time zone", True, "clock_timestamp()"),
        ("server", "text", True, None),
        ("standby", "boolean", True, None),
        ("counting_since", "timestamp with time zone", False, None),
        ("table_oid", "oid", True, None),
        ("table_schema", "text", True, None),
        ("table_name", "text", True, None),
        *((name, "bigint", True, None) for name in ("seq_scan", "idx_scan", "n_tup_ins", "n_tup_upd", "n_tup_del")),
        ("own_seq_scan", "bigint", True, None),
        ("own_idx_scan", "bigint", True, None),
    ),
    constraints=("PRIMARY KEY (sequence)",),
)

_TABLE = """CREATE TABLE {table} (
    sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    taken_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
    server text NOT NULL,
    standby boolean NOT NULL,
    counting_since timestamp with time zone,
    table_oid oid NOT NULL,
    table_schema text NOT NULL,
    table_name text NOT NULL,
    seq_scan bigint NOT NULL,
    idx_scan bigint NOT NULL,
    n_tup_ins bigint NOT NULL,
    n_tup_upd bigint NOT NULL,
    n_tup_del bigint NOT NULL,
    own_seq_scan bigint NOT NULL,
    own_idx_scan bigint NOT NULL
)"""

_COMMENT = "How often tables were read and written, as their servers counted it. Rows are only added."

_INSERT = """
    INSERT INTO {log} (server, standby, counting_since, table_oid, table_schema, table_name, seq_scan, idx_scan,
                       n_tup_ins, n_tup_upd, n_tup_del, own_seq_scan, own_idx_scan)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"""

# The readings of this cluster within a time, and the last one before it of each server.
_READINGS = """
    WITH u AS MATERIALIZED (SELECT * FROM ONLY {log}
                             WHERE table_oid = %(oid)s AND starts_with(server, %(cluster)s)),
         before AS (SELECT server, max(taken_at) AS last FROM u WHERE taken_at <= now() - %(window)s GROUP BY server)
    SELECT u.server, u.taken_at AS at, u.seq_scan AS scans, u.idx_scan AS index_scans,
           u.n_tup_ins + u.n_tup_upd + u.n_tup_del AS writes, u.counting_since AS since,
           u.own_seq_scan AS own_scans, u.own_idx_scan AS own_index_scans, u.standby,
           u.table_schema = %(archive)s AS archived
      FROM u LEFT JOIN before ON before.server = u.server
     WHERE u.taken_at >= coalesce(before.last, '-infinity')
     ORDER BY u.taken_at, u.sequence"""


# The latest of the old readings of a table on a server stays, as the first one to compare others with.
_TRIM = """
    DELETE FROM ONLY {log} u
     WHERE u.taken_at < now() - %(age)s
       AND EXISTS (SELECT FROM ONLY {log} n
                    WHERE n.table_oid = u.table_oid AND n.server = u.server AND n.sequence > u.sequence
                      AND n.taken_at < now() - %(age)s)"""


def log_name(schema: str) -> str:
    """Return the log's name for people."""
    return f"{display(schema)}.{USAGE_TABLE}"


def usage_differences_query(schema: str) -> str:
    """Return a query for the differences between the log and the table that the tool creates, whoever owns it."""
    return differences_query(schema, _SHAPE)


def log_exists(session: Session, schema: str) -> bool:
    query = "SELECT to_regclass(%(name)s) IS NOT NULL AS found"
    return bool(one(session.connection, query, {"name": qualified(schema, USAGE_TABLE)})["found"])


@contextmanager
def readable_log(session: Session, at: JournalAt) -> Iterator[bool]:
    """Begin a transaction that may read the log, and return whether there is one. Raise `Refused` if it cannot be
    trusted."""
    with session.connection.transaction():
        there = log_exists(session, at.schema)
        if there:
            _refuse_untrusted(session, at)
            session.connection.execute(journal_lock_statement(at.schema, write=False, table=USAGE_TABLE).encode())
            _refuse_untrusted(session, at)
        yield there


def write_readings(
    session: Session,
    at: JournalAt,
    servers: Sequence[ServerCounters],
    lock_timeout: timedelta,
    own: Mapping[int, Counts],
) -> None:
    """Add a reading of each table on each server. `own` are the tool's own scans since the reading before, by the oid
    of the table. Create the log if it is missing; raise `Refused` if it cannot be trusted."""
    try:
        with session.connection.transaction():
            set_local(
                session.connection,
                {"lock_timeout": milliseconds(lock_timeout), "search_path": "pg_catalog, pg_temp"},
            )
            if not log_exists(session, at.schema):
                _create(session, at.schema)
            for statement in _guard_statements(at):
                session.connection.execute(statement.encode())
            insert = sql.SQL(_INSERT).format(log=in_query(at.schema, USAGE_TABLE))
            with session.connection.cursor() as cursor:
                cursor.executemany(insert, [one for server in servers for one in _values(server, own)])
    except psycopg.Error as failure:
        refusal = refused(failure)
        if refusal is None:
            raise
        raise refusal from None


def trim_readings(session: Session, at: JournalAt, older_than: timedelta) -> int:
    """Delete the readings that are older and not needed, in the open transaction; return how many. Raise `Refused` if
    the log cannot be trusted."""
    if not log_exists(session, at.schema):
        return 0
    _refuse_untrusted(session, at)
    session.connection.execute(journal_lock_statement(at.schema, write=True, table=USAGE_TABLE).encode())
    _refuse_untrusted(session, at)
    statement = sql.SQL(_TRIM).format(log=in_query(at.schema, USAGE_TABLE))
    return session.connection.execute(statement, {"age": older_than}).rowcount


def readings_of(session: Session, at: JournalAt, oid: int, cluster: str, window: timedelta) -> list[UsageReading]:
    """Return the readings of a table in the order of time, within a transaction of `readable_log`. `cluster` is how the
    identification of their servers begins."""
    query = sql.SQL(_READINGS).format(log=in_query(at.schema, USAGE_TABLE))
    wanted = {"archive": ARCHIVE_SCHEMA, "oid": oid, "cluster": cluster, "window": window}
    return [
        UsageReading(
            server=row["server"],
            at=row["at"],
            counts=Counts(scans=row["scans"], index_scans=row["index_scans"], writes=row["writes"]),
            since=row["since"],
            own=Counts(scans=row["own_scans"], index_scans=row["own_index_scans"]),
            standby=row["standby"],
            archived=row["archived"],
        )
        for row in rows(session.connection, query, wanted)
    ]


def _create(session: Session, schema: str) -> None:
    table = qualified(schema, USAGE_TABLE)
    comment = sql.SQL("COMMENT ON TABLE {} IS {}").format(sql.SQL(table), sql.Literal(_COMMENT)).as_string(None)
    for statement in (_TABLE.format(table=table), comment, revoke_statement(table)):
        session.connection.execute(statement.encode())


def _values(server: ServerCounters, own: Mapping[int, Counts]) -> Iterator[Sequence[object]]:
    for table in server.tables:
        own_scans = Counts() if server.standby else own.get(table.oid, Counts())
        yield (
            server.server,
            server.standby,
            server.since,
            table.oid,
            *table.table,
            table.scans,
            table.index_scans,
            table.inserted,
            table.updated,
            table.deleted,
            own_scans.scans,
            own_scans.index_scans,
        )


def _guard_statements(at: JournalAt) -> tuple[str, ...]:
    check = raising(USAGE, log_name(at.schema), table_problems(at, _SHAPE))
    return (journal_lock_statement(at.schema, write=True, table=USAGE_TABLE), do(check))


def _refuse_untrusted(session: Session, at: JournalAt) -> None:
    refuse_if(session, USAGE, log_name(at.schema), table_problems(at, _SHAPE))
