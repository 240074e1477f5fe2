"""Allows one run per database, with a session advisory lock on a separate connection."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import psycopg

from reconciler.model.errors import ConnectionFailed, Refused
from reconciler.model.rules.connections import LOCK_LOST
from reconciler.model.rules.runs import ALREADY_RUNNING
from reconciler.model.time_text import SQL_UTC_TEXT
from reconciler.postgres.session import Session, one, rows

LOCK_KEY = 0x7265_636F_6E63_6C65
"""The key of the advisory lock: the letters `reconcle`. Advisory locks are per database."""

_HOLDER = f"""
    SELECT l.pid, a.usename::text AS role, a.application_name AS application,
           {SQL_UTC_TEXT.format("a.backend_start")} AS since, host(a.client_addr) AS address
      FROM pg_locks l LEFT JOIN pg_stat_activity a ON a.pid = l.pid
     WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
       AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
       AND (l.classid::int8 << 32 | l.objid::int8) = %(key)s"""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunLock:
    """The held lock. Its connection is used only for reading."""

    session: Session

    def check(self) -> None:
        """Raise `ConnectionFailed` if the lock is lost: its connection broke, so another run may have begun.

        A session lock lasts as long as its session, so only the connection has to be checked.
        """
        try:
            one(self.session.connection, "SELECT 1 AS alive")
        except psycopg.Error:
            raise ConnectionFailed(
                "the connection that holds the lock of this run was lost",
                rule=LOCK_LOST,
                hint="run the same command again: it continues from the current state",
            ) from None


@contextmanager
def run_lock(first: Session) -> Iterator[RunLock]:
    """Hold the lock on the server of the `first` session, or raise `Refused` with the process that holds it."""
    with first.again() as session:
        connection = session.connection
        if not one(connection, "SELECT pg_try_advisory_lock(%(key)s) AS got", {"key": LOCK_KEY})["got"]:
            raise _taken(rows(connection, _HOLDER, {"key": LOCK_KEY}))
        yield RunLock(session=session)
        # The server notices the end of a connection only later, and a run that follows at once would be refused.
        with suppress(psycopg.Error):
            one(connection, "SELECT pg_advisory_unlock(%(key)s) AS released", {"key": LOCK_KEY})


def lock_is_held(session: Session) -> bool:
    """Return whether a run, of this tool or of its script for psql, is active in the database of the session."""
    return bool(rows(session.connection, _HOLDER, {"key": LOCK_KEY}))


def _taken(holders: list[dict[str, object]]) -> Refused:
    who = "; ".join(
        f"process {row['pid']} of role {row['role']} ({row['application'] or 'no name'}), since {row['since']}"
        for row in holders
    )
    return Refused(
        "another run of reconcile is active in this database" + (f": {who}" if who else ""),
        rule=ALREADY_RUNNING,
        hint=ALREADY_RUNNING.remedy,
    )
