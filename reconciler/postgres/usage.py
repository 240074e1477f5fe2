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

# The tables with these names, the tables below them, and those in the archive.
_TABLES = """
    WITH RECURSIVE named AS (
        SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE (n.nspname, c.relname) IN (SELECT * FROM unnest(%(schemas)s::text[], %(tables)s::text[]))
            OR n.nspname = %(archive)s
         UNION
        SELECT h.inhrelid FROM pg_inherits h JOIN named ON named.oid = h.inhparent)
    SELECT s.relid AS oid, s.schemaname::text AS schema, s.relname::text AS name, s.seq_scan AS scans,
           coalesce(s.idx_scan, 0)::int8 AS index_scans, s.n_tup_ins AS inserted, s.n_tup_upd AS updated,
           s.n_tup_del AS deleted
      FROM pg_stat_all_tables s
     WHERE s.relid IN (SELECT oid FROM named) AND s.seq_scan IS NOT NULL
     ORDER BY 2, 3"""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCounters:
    """A table, and its counters on one server."""

    oid: int
    table: TableName
    scans: int
    index_scans: int
    inserted: int
    updated: int
    deleted: int

    @property
    def counts(self) -> Counts:
        return Counts(
            scans=self.scans, index_scans=self.index_scans, writes=self.inserted + self.updated + self.deleted
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerCounters:
    """The counters of one server. `server` identifies it: the system identifier, a slash, and the timeline of a primary
    or the address of a standby."""

    server: str
    standby: bool
    now: datetime
    since: datetime | None
    tables: Sequence[TableCounters]


def read_counters(session: Session, tables: Collection[TableName]) -> ServerCounters:
    """Return the counters of these tables and those below them, and of all tables in the archive."""
    info, found = session.server.info, one(session.connection, _SERVER)
    place = f"standby {info.host}:{info.port}" if found["standby"] else f"timeline {found['timeline']}"
    return ServerCounters(
        server=f"{info.system_identifier}/{place}",
        standby=found["standby"],
        now=found["now"],
        since=found["since"],
        tables=[_counters(row) for row in rows(session.connection, _TABLES, _parameters(tables))],
    )


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
