"""Verifies a dump: restores it into a database that has only what the dump refers to, and reads its rows there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import psycopg
from psycopg import sql

from reconciler.dumping.needs import Needs, read_needs
from reconciler.model.clock import Clock
from reconciler.model.errors import Refused
from reconciler.model.names import TableName
from reconciler.model.rules.dumps import NO_VERIFYING_SERVER
from reconciler.postgres.client_programs import (
    ClientPrograms,
    Watching,
)
from reconciler.postgres.load_dump import load_dump
from reconciler.postgres.row_hash import RowHashes, row_hashes
from reconciler.postgres.session import Session, connect, one
from reconciler.rehearsal.places import constrain_domains, embedded_place
from reconciler.rehearsal.tables import TableBuilder
from reconciler.snapshots.skeleton import BROUGHT

_WITHOUT_ACCESS_METHODS = 15
_OPTIONS = (
    *("--no-owner", "--no-privileges", "--no-tablespaces"),
    *("--no-security-labels", "--no-publications", "--no-subscriptions"),
)
_MAY_CREATE = "SELECT rolcreatedb AS may FROM pg_roles WHERE rolname = current_user"


@dataclass(slots=True, kw_only=True)
class Verifier:
    """Restores one dump of the `table`, which `session` sees. `url` names the verifying server; None: an embedded one.

    `missing` are the objects that it lacks, which the dump may need.
    """

    session: Session
    table: TableName
    programs: ClientPrograms
    url: str | None
    clock: Clock
    missing: tuple[str, ...] = field(default=())

    def restored(self, file: int, watching: Watching) -> tuple[RowHashes, tuple[str, ...]]:
        """Return the hashes of the rows that a restore of the open file gives, and what the server lacks.

        Raise `ProgramFailed` if the file cannot be restored.
        """
        needs = read_needs(self.session, self.table)
        place = embedded_place(needs.source) if self.url is None else _scratch_place(self.url, needs, self.clock)
        with place as (session, builder):
            builder.make_tables(needs.tables)
            _make_sequences(session, needs)
            rebuilt = builder.rebuilt
            self.missing = (*(one.what for one in rebuilt.missing), *(f"table {name}" for name in rebuilt.tables))
            options = [*_OPTIONS]
            if self.programs.major >= _WITHOUT_ACCESS_METHODS:
                options.append("--no-table-access-method")
            load_dump(self.programs, session, file, options, watching)
            seen = sql.SQL("ALTER TABLE {} NO FORCE ROW LEVEL SECURITY").format(sql.Identifier(*self.table))
            session.connection.execute(seen)
            return row_hashes(session, self.table), self.missing


def _make_sequences(session: Session, needs: Needs) -> None:
    for name in needs.sequences:
        session.connection.execute(sql.SQL("CREATE SEQUENCE {}").format(sql.Identifier(*name)))


def refuse_verifying_role(verifying: Session, session: Session) -> None:
    """Raise `Refused` unless the role can verify dumps. As a superuser, it would run code of table owners with all
    rights."""
    if verifying.server.superuser:
        why = "its role is a superuser, with whose rights code in the dump would run"
    elif not one(verifying.connection, _MAY_CREATE)["may"]:
        why = "its role may not create databases"
    elif verifying.server.major < session.server.major:
        why = f"it is PostgreSQL {verifying.server.major}, older than the server of the tables"
    else:
        return
    raise Refused(
        f"the server of --verify-db cannot verify dumps: {why}",
        rule=NO_VERIFYING_SERVER,
        hint=NO_VERIFYING_SERVER.remedy,
    )


@contextmanager
def _scratch_place(url: str, needs: Needs, clock: Clock) -> Iterator[tuple[Session, TableBuilder]]:
    """Create a database for one dump on a server that the operator names, and drop it at the end."""
    with connect(url) as maintenance:
        name = f"reconcile_verify_{clock.new_id().replace('-', '')}"
        created = "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'"
        maintenance.connection.execute(sql.SQL(created).format(sql.Identifier(name)))
        try:
            with maintenance.in_database(name) as session:
                builder = TableBuilder(session, needs.source.skeleton, extensions=BROUGHT, stand_ins=False)
                builder.make_objects()
                constrain_domains(session, needs.source.domains)
                yield session, builder
        finally:
            _drop(maintenance, name)


def _drop(maintenance: Session, name: str) -> None:
    """Drop the database, unless the connection is lost."""
    if not maintenance.connection.closed:
        try:
            drop = sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
            maintenance.connection.execute(drop)
        except psycopg.OperationalError:
            if not maintenance.connection.closed:
                raise
