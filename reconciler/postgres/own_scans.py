"""Counts the tool's own scans of tables, so that they are not taken for use by others."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from reconciler.model.usage import Counts
from reconciler.postgres.session import Session, rows, set_local

_SCANS = """
    SELECT relid AS oid, coalesce(seq_scan, 0)::int8 AS scans, coalesce(idx_scan, 0)::int8 AS index_scans
      FROM pg_stat_xact_all_tables WHERE relid = ANY (%(tables)s::oid[])"""


@dataclass(slots=True, kw_only=True)
class OwnScans:
    """The scans of some `tables`, by their oids, in the transactions of data checks."""

    tables: frozenset[int] = frozenset()
    counts: dict[int, Counts] = field(default_factory=dict)

    @contextmanager
    def counted(self, session: Session, relations: Collection[int]) -> Iterator[None]:
        """Count the scans within this context, even if it fails. It is part of a transaction that reads only.

        Parallel workers count for themselves, outside of this transaction, so there are none.
        """
        tables = sorted(self.tables.intersection(relations))
        if not tables:
            yield
            return
        set_local(session.connection, {"max_parallel_workers_per_gather": "0"})
        session.connection.execute("SAVEPOINT counted")
        try:
            yield
        finally:
            if not session.connection.closed:
                session.connection.execute("ROLLBACK TO SAVEPOINT counted")
                for row in rows(session.connection, _SCANS, {"tables": tables}):
                    more = Counts(scans=row["scans"], index_scans=row["index_scans"])
                    self.counts[row["oid"]] = self.counts.get(row["oid"], Counts()) + more
