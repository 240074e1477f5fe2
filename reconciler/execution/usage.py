"""Records how often tables that the file drops, and those in the archive, are used."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import timedelta

import psycopg
from psycopg import sql
from psycopg.pq import TransactionStatus

from reconciler.model.errors import Refused, UsageError
from reconciler.model.facts.usage import UsageOf
from reconciler.model.names import TableName, display
from reconciler.model.options import DEFAULTS, Options
from reconciler.model.plan import JournalAt, Plan
from reconciler.model.route import Route
from reconciler.model.rules.consent import MISSING_PRIVILEGE
from reconciler.model.rules.runs import READ_ONLY
from reconciler.model.rules.usage import NOT_A_REPLICA
from reconciler.model.state import DesiredState
from reconciler.planning.usage import asked_use, refusals_of_use
from reconciler.postgres.facts.usage import usages_of
from reconciler.postgres.own_scans import OwnScans
from reconciler.postgres.session import Session, connect
from reconciler.postgres.usage import ServerCounters, read_counters
from reconciler.postgres.usage_log import log_exists, log_name, write_readings


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedUsage:
    """The tables whose counters were recorded on one server. `standby` is its address, empty for the primary."""

    standby: str
    tables: tuple[TableName, ...]


def record_usage(
    base: DesiredState, url: str | None, *, replicas: Sequence[str] = (), options: Options = DEFAULTS
) -> list[RecordedUsage]:
    """Record the counters of the tables that `base` drops, and of those in the archive, on the primary and on replicas.

    Nothing is written if there is no such table. Raises `Refused` if the usage log cannot be trusted or written, and
    `UsageError` for a replica that is not a standby of this database.
    """
    at = JournalAt(schema=base.policy.journal_schema, trusted_roles=options.trusted_roles)
    with ExitStack() as stack:
        session = stack.enter_context(connect(url, options.trusted_roles))
        if not session.server.writable:
            raise Refused(READ_ONLY.meaning, rule=READ_ONLY, hint=READ_ONLY.remedy)
        servers = [read_counters(session, base.dropped_tables)]
        for replica in replicas:
            with connect(replica) as other:
                servers.append(_of_standby(session, other, base.dropped_tables))
        _written(session, at, servers, base.policy.lock_timeout)
    return [_recorded(one) for one in servers]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunUsage:
    """Records the use of tables before the first step of a run, and after its last one, with the run's own scans.

    A role that may not write the usage log, or an untrusted one, does not prevent the run.
    """

    session: Session
    plan: Plan
    own_scans: OwnScans

    def begin(self) -> None:
        self._record()

    def check(self, route: Route) -> None:
        """Raise `Refused` if somebody has begun to use the table of the route since the plan was made, or uses it in an
        open transaction, and the file requires that nobody does. A table in the archive is out of use."""
        for change, wanted in asked_use([route.change]):
            question = UsageOf(journal=self.plan.journal, table=change.key.table_name, time=wanted.time)
            found = usages_of(self.session, [question], self.own_scans.counts)[question]
            role = self.session.server.info.user
            if found.readings:
                now = found.readings[-1].at
                for one in refusals_of_use(change, found, wanted, self.plan.journal, now, role):
                    raise Refused(one.cause, rule=one.rule, hint=one.remedy)

    def end(self) -> None:
        idle = self.session.connection.info.transaction_status is TransactionStatus.IDLE
        if self.own_scans.tables and idle:
            with suppress(psycopg.Error):
                self._record()

    def _record(self) -> None:
        retired = {
            route.change.key.table_name: found
            for route in self.plan.routes
            if route.change.after is not None and (found := route.change.after.retirement()) is not None
        }
        wanted = any(one.unused_for is not None for one in retired.values())
        with suppress(Refused, psycopg.errors.InsufficientPrivilege, psycopg.errors.LockNotAvailable):
            if wanted or log_exists(self.session, self.plan.journal_schema):
                server = read_counters(self.session, retired)
                self.own_scans.tables = frozenset(one.oid for one in server.tables)
                own = self.own_scans.counts
                write_readings(self.session, self.plan.journal, [server], self.plan.lock_timeout, own)


def _of_standby(session: Session, other: Session, tables: Collection[TableName]) -> ServerCounters:
    found, (here, there) = read_counters(other, tables), (session.server.info, other.server.info)
    same = (here.system_identifier, here.database_oid) == (there.system_identifier, there.database_oid)
    if not found.standby or not same:
        raise UsageError(
            f"the server {there.host}:{there.port} is not a standby of {here.database} on {here.host}:{here.port}",
            rule=NOT_A_REPLICA,
            hint=NOT_A_REPLICA.remedy,
        )
    return found


def _written(session: Session, at: JournalAt, servers: Sequence[ServerCounters], lock_timeout: timedelta) -> None:
    if not any(one.tables for one in servers):
        return
    try:
        write_readings(session, at, servers, lock_timeout, {})
    except psycopg.errors.InsufficientPrivilege:
        raise _may_not_write(session, at.schema) from None


def _may_not_write(session: Session, schema: str) -> Refused:
    role = session.server.info.user
    grants = sql.SQL("GRANT USAGE, CREATE ON SCHEMA {schema} TO {role};").format(
        schema=sql.Identifier(schema), role=sql.Identifier(role)
    )
    return Refused(
        f"role {display(role)} may not create or write the usage log {log_name(schema)}",
        rule=MISSING_PRIVILEGE,
        hint="record as the role that owns it; to let this role create it, run:\n" + grants.as_string(None),
    )


def _recorded(server: ServerCounters) -> RecordedUsage:
    place = server.server.split("/", 2)[2].removeprefix("standby ") if server.standby else ""
    return RecordedUsage(standby=place, tables=tuple(one.table for one in server.tables))
