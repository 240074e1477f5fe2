"""How often tables were read and written, as one server counts it.

Source: https://www.postgresql.org/docs/current/monitoring-stats.html
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from reconciler.model.names import ARCHIVE_SCHEMA, TableName
from reconciler.model.usage import Counts
from reconciler.postgres.session import Session, one, rows

# A crash deletes all statistics, and sets the times of those that a server has only once; a reset of one of these
# does not reset the tables, so the earliest time counts. A promoted standby begins a new timeline.
_SERVER = """
    SELECT greatest((SELECT stats_reset FROM pg_stat_database WHERE datname = current_database()),
                    least((SELECT stats_reset FROM pg_stat_archiver), (SELECT stats_reset FROM pg_stat_bgwriter),
                          (SELECT stats_reset FROM pg_stat_wal))) AS since,
           pg_is_in_recovery() AS standby, clock_timestamp() AS now,
           CASE WHEN NOT pg_is_in_recovery() THEN left(pg_walfile_name(pg_current_wal_lsn()), 8) END AS timeline"""

# A superuser can switch the counters off for a server, a database or a role. A value for the session's role hides that
# for others.
_UNCOUNTED = """
    SELECT coalesce((SELECT 'track_counts is off for ' || string_agg(DISTINCT 'role ' || quote_ident(r.rolname), ', ')
                       FROM pg_db_role_setting c JOIN pg_roles r ON r.oid = c.setrole,
                            unnest(c.setconfig) AS one, substring(one FROM '^track_counts=(.*)$') AS value
                      WHERE NOT value::boolean AND c.setdatabase IN
                            (0, (SELECT oid FROM pg_database WHERE datname = current_database()))),
                    CASE WHEN s.setting = 'off' THEN 'track_counts is off'
                         WHEN s.source IN ('user', 'database user', 'client', 'session')
                         THEN 'track_counts has a value of its own for this session, so that of others is unknown'
                         ELSE '' END) AS why
      FROM pg_settings s WHERE s.name = 'track_counts'"""

# The tables with these names, their descendants, and those in the archive. Locks in other modes are not those of
# queries: VACUUM, ANALYZE and statements that alter the table take them.
_TABLES = """
    WITH RECURSIVE locked AS MATERIALIZED (
        SELECT l.relation, count(DISTINCT coalesce(l.pid::text, l.virtualtransaction)) AS sessions
          FROM pg_locks l JOIN pg_database d ON d.oid = l.database AND d.datname = current_database()
         WHERE l.locktype = 'relation' AND l.mode IN ('AccessShareLock', 'RowShareLock', 'RowExclusiveLock')
           AND l.pid IS DISTINCT FROM pg_backend_pid()
         GROUP BY l.relation),
    named AS (
        SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE (n.nspname, c.relname) IN (SELECT * FROM unnest(%(schemas)s::text[], %(tables)s::text[]))
            OR n.nspname = %(archive)s
         UNION
        SELECT h.inhrelid FROM pg_inherits h JOIN named ON named.oid = h.inhparent)
    SELECT s.relid AS oid, s.schemaname::text AS schema, s.relname::text AS name, s.seq_scan AS scans,
           coalesce(s.idx_scan, 0)::int8 AS index_scans, s.n_tup_ins AS inserted, s.n_tup_upd AS updated,
           s.n_tup_del AS deleted, coalesce(l.sessions, 0) AS sessions
      FROM pg_stat_all_tables s LEFT JOIN locked l ON l.relation = s.relid
     WHERE s.relid IN (SELECT oid FROM named) AND s.seq_scan IS NOT NULL
     ORDER BY 2, 3"""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCounters:
    """A table, and its counters on one server. `sessions` is the number of other sessions that use it in open
    transactions, which the counters do not have yet."""

    oid: int
    table: TableName
    scans: int
    index_scans: int
    inserted: int
    updated: int
    deleted: int
    sessions: int = 0

    @property
    def counts(self) -> Counts:
        return Counts(
            scans=self.scans, index_scans=self.index_scans, writes=self.inserted + self.updated + self.deleted
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerCounters:
    """The counters of one server. `server` identifies it: the system identifier, the oid of the database, and the
    timeline of a primary or the address of a standby, with slashes between them. A database that was made as a copy of
    another one has its tables, with the same oids, and not its counters. `uncounted` says which use the server does
    not count; then it counts `since` now."""

    server: str
    standby: bool
    now: datetime
    since: datetime | None
    uncounted: str
    tables: Sequence[TableCounters]


def read_counters(session: Session, tables: Collection[TableName]) -> ServerCounters:
    """Return the counters of these tables and those below them, and of all tables in the archive.

    The time since which the server counts is read after them: a reset in between is seen.
    """
    counted = rows(session.connection, _TABLES, _parameters(tables))
    info, found = session.server.info, one(session.connection, _SERVER)
    uncounted = str(one(session.connection, _UNCOUNTED)["why"])
    place = f"standby {info.host}:{info.port}" if found["standby"] else f"timeline {found['timeline']}"
    return ServerCounters(
        server=f"{cluster_of(session)}{place}",
        standby=found["standby"],
        now=found["now"],
        since=found["now"] if uncounted else found["since"],
        uncounted=uncounted,
        tables=[_counters(row) for row in counted],
    )


def cluster_of(session: Session) -> str:
    """Return how the identification of every server of this database begins."""
    return f"{session.server.info.database_id}/"


def _parameters(tables: Collection[TableName]) -> Mapping[str, object]:
    named = sorted(tables)
    return {
        "schemas": [one.schema for one in named],
        "tables": [one.name for one in named],
        "archive": ARCHIVE_SCHEMA,
    }


def _counters(row: Mapping[str, object]) -> TableCounters:
    values = dict(row)
    table = TableName(schema=str(values.pop("schema")), name=str(values.pop("name")))
    return TableCounters(table=table, **values)  # type: ignore[arg-type]
