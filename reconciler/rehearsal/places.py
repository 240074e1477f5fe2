"""Where a plan is rehearsed: on an embedded server of its own, or in an empty database that the operator names."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import quote

import psycopg
from psycopg import sql

from reconciler.model.errors import UsageError
from reconciler.model.facts.values import FIRST_USER_OID
from reconciler.model.rules.connections import REHEARSAL_PLACE
from reconciler.postgres.embedded import EmbeddedServer, embedded_server
from reconciler.postgres.session import Session, connect, rows, send
from reconciler.rehearsal.source import Source
from reconciler.rehearsal.tables import TableBuilder
from reconciler.snapshots.rebuild import ROLE, Builder
from reconciler.snapshots.skeleton import BROUGHT

_FAST = ("fsync = off", "full_page_writes = off", "synchronous_commit = off")

_CATALOGS = (
    *("pg_am", "pg_cast", "pg_collation", "pg_conversion", "pg_event_trigger", "pg_foreign_data_wrapper"),
    *("pg_foreign_server", "pg_language", "pg_largeobject", "pg_opclass", "pg_operator", "pg_opfamily"),
    *("pg_publication", "pg_transform", "pg_ts_config", "pg_ts_dict"),
)
"""The catalogs of objects that need no relation, function, type or schema of a user."""
_OTHERS = " UNION ALL ".join(
    f"SELECT '{name}'::regclass AS class, oid FROM {name}{'_metadata' if name == 'pg_largeobject' else ''}"
    for name in _CATALOGS
)

# Whatever a user may have created, but for what belongs to an extension.
_CONTENT = f"""
    SELECT found.what || ' ' || found.name AS found
      FROM (SELECT 'pg_class'::regclass AS class, c.oid, 'relation' AS what, c.relname::text AS name,
                   c.relnamespace AS space
              FROM pg_class c
             UNION ALL SELECT 'pg_proc'::regclass, p.oid, 'function', p.proname::text, p.pronamespace FROM pg_proc p
             UNION ALL SELECT 'pg_type'::regclass, t.oid, 'type', t.typname::text, t.typnamespace FROM pg_type t
             UNION ALL SELECT 'pg_namespace'::regclass, n.oid, 'schema', n.nspname::text, n.oid FROM pg_namespace n
                        WHERE n.nspname <> 'public') AS found
      JOIN pg_namespace n ON n.oid = found.space
     WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
       AND NOT EXISTS (SELECT FROM pg_depend d
                        WHERE d.classid = found.class AND d.objid = found.oid AND d.deptype IN ('e', 'i'))
     UNION ALL
    SELECT named.type || ' ' || named.identity
      FROM ({_OTHERS}) AS other CROSS JOIN LATERAL pg_identify_object(other.class, other.oid, 0) AS named
     WHERE other.oid >= {FIRST_USER_OID} AND coalesce(named.schema, '') !~ '^pg_'
       AND NOT EXISTS (SELECT FROM pg_depend d
                        WHERE d.classid = other.class AND d.objid = other.oid AND d.deptype IN ('e', 'i'))
     ORDER BY 1 LIMIT 3"""


@contextmanager
def embedded_place(source: Source) -> Iterator[tuple[Session, TableBuilder]]:
    """Start an embedded server that has everything except tables, and return a session of the role that owns its
    database: an ordinary role, which cannot read files."""
    with embedded_server() as server, connect(server.url()) as owner:
        for setting in _FAST:
            owner.connection.execute(f"ALTER SYSTEM SET {setting}".encode())
        owner.connection.execute("SELECT pg_reload_conf()")
        Builder(owner, source.skeleton).prepare(hide_newer=False)
        _make_tablespaces(owner, source.tablespaces)
        constrain_domains(owner, source.domains)
        for role in source.roles:
            owner.connection.execute(sql.SQL("CREATE ROLE {}").format(sql.Identifier(role)))
        _give(owner, source.skeleton.schemas)
        with connect(_url(server)) as session:
            yield session, TableBuilder(session, source.skeleton)


def _url(server: EmbeddedServer) -> str:
    return f"postgresql://{ROLE}@/postgres?host={quote(str(server.socket_folder), safe='')}"


def _make_tablespaces(owner: Session, names: tuple[str, ...]) -> None:
    """Create tablespaces within the folder of the server."""
    owner.connection.execute("SET allow_in_place_tablespaces = on")
    for name in names:
        if not name.startswith("pg_"):
            space = sql.Identifier(name)
            owner.connection.execute(sql.SQL("CREATE TABLESPACE {} LOCATION ''").format(space))
            owner.connection.execute(
                sql.SQL("GRANT CREATE ON TABLESPACE {} TO {}").format(space, sql.Identifier(ROLE))
            )


def constrain_domains(owner: Session, statements: tuple[str, ...]) -> None:
    """Give domains their constraints, so that rows must respect them. No value exists that they could check; the values
    of rows are checked as the role that inserts them."""
    for statement in statements:
        with suppress(psycopg.Error):  # it may need a function that the server lacks
            send(owner.connection, statement)


def _give(owner: Session, schemas: tuple[str, ...]) -> None:
    role = sql.Identifier(ROLE)
    owner.connection.execute(sql.SQL("ALTER DATABASE postgres OWNER TO {}").format(role))
    for schema in dict.fromkeys(("public", *schemas)):
        owner.connection.execute(sql.SQL("ALTER SCHEMA {} OWNER TO {}").format(sql.Identifier(schema), role))


@contextmanager
def named_place(url: str, source: Source) -> Iterator[tuple[Session, TableBuilder]]:
    """Connect to a database that the operator names, and create everything except tables in it.

    Raise `UsageError` if it may be on the server that the plan was made for, or is not empty.
    """
    with connect(url) as session:
        _refuse_same_server(session, source)
        _refuse_older(session, source)
        _refuse_content(session)
        extensions = {name for name, _ in source.skeleton.extensions} if source.trusted else BROUGHT
        builder = TableBuilder(session, source.skeleton, extensions=extensions, stand_ins=False)
        builder.make_objects()
        yield session, builder


def _refuse_same_server(session: Session, source: Source) -> None:
    here, there = session.server.info.system_identifier, source.server.info.system_identifier
    if not here or not there:
        raise UsageError(
            "the server of --rehearse-on may be that of the plan: a role may not read the system identifier",
            rule=REHEARSAL_PLACE,
            hint="GRANT EXECUTE ON FUNCTION pg_control_system() to the role, or rehearse on the embedded server",
        )
    if here == there:
        raise UsageError(
            "--rehearse-on names the server that the plan was made for, or a physical copy of it",
            rule=REHEARSAL_PLACE,
            hint=REHEARSAL_PLACE.remedy,
        )


def _refuse_older(session: Session, source: Source) -> None:
    if session.server.major < source.server.major:
        raise UsageError(
            f"the server of --rehearse-on is PostgreSQL {session.server.major}, older than the plan's",
            rule=REHEARSAL_PLACE,
            hint=REHEARSAL_PLACE.remedy,
        )


def _refuse_content(session: Session) -> None:
    found = rows(session.connection, _CONTENT)
    if found:
        names = ", ".join(row["found"] for row in found)
        raise UsageError(
            f"the database of --rehearse-on is not empty: it has {names}",
            rule=REHEARSAL_PLACE,
            hint=REHEARSAL_PLACE.remedy,
        )
