"""Plans how tables come back from their dumps to the archive. From there, they are restored like any archived table.

A table counts as loaded once its comment no longer says `unfinished`. Until then it may lack what its dump does not
hold, and may have other rows: the step that removes the word compares them, whichever run has loaded them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from reconciler.kinds import key_for
from reconciler.kinds.base import ddl
from reconciler.kinds.base.quarantine import create_archive
from reconciler.kinds.base.routing import RouteBuilder
from reconciler.kinds.dropped_table.checks import loaded_rows
from reconciler.kinds.dropped_table.origin import finished
from reconciler.kinds.kind import Purpose
from reconciler.model.change import Action, Change
from reconciler.model.limits import ExecutionClass
from reconciler.model.locks import LockMode
from reconciler.model.names import ARCHIVE_SCHEMA, Place, TableName
from reconciler.model.options import Options
from reconciler.model.plan import Plan, Refusal
from reconciler.model.retired import RestoredTable
from reconciler.model.route import DefinitionPattern, Route
from reconciler.model.rules.objects import NAME_TAKEN
from reconciler.model.state import ARCHIVE_KEY, Policy, archived_key
from reconciler.model.statement import Statement
from reconciler.model.step import LoadAction, Step
from reconciler.model.step_id import Verb
from reconciler.planning.plan import superuser_notes
from reconciler.postgres.archive import archive_exists, archived_tables, taken_names
from reconciler.postgres.archive_check import refuse_untrusted_archive
from reconciler.postgres.session import Session, rows
from reconciler.restoring.dumped import DumpedTable
from reconciler.restoring.finishing import finish_plan

_MAY_CREATE = """
    SELECT has_schema_privilege(r.oid, n.oid, 'CREATE') AS may
      FROM pg_roles r, pg_namespace n WHERE r.rolname = %(role)s AND n.nspname = %(schema)s"""


def load_plan(
    session: Session, tables: Sequence[DumpedTable], to: TableName | None, policy: Policy, options: Options
) -> Plan:
    """Return the plan that loads tables from their dumps into the archive. Changes nothing.

    `to` is the name that the table gets after that. Raises `Refused` if the archive cannot be trusted.
    """
    refuse_untrusted_archive(session, options.trusted_roles)
    there = {one.name for one in archived_tables(session).values()}
    exists = archive_exists(session)
    routes: list[Route] = []
    for table in tables:
        may_create = exists and _may_create(session, table.dump.owner)
        is_first = not exists and not routes
        routes.append(_route(table, is_loaded=table.name in there, exists=not is_first, may_create=may_create))
    plan = Plan(
        server=session.server.info,
        sources=tuple(one.dump.file for one in tables),
        declared=len(tables),
        lock_timeout=policy.lock_timeout,
        max_lock_wait=policy.max_lock_wait,
        max_build=policy.max_build,
        journal_schema=policy.journal_schema,
        policy=policy,
        trusted_roles=options.trusted_roles,
        routes=tuple(routes),
        findings=(),
        refusals=tuple(_clashes(session, tables, to)),
        notes=tuple(superuser_notes(session.server, routes)),
        digest="",
        allow=options.allow,
    )
    return finish_plan(session, plan)


def _may_create(session: Session, owner: str) -> bool:
    found = rows(session.connection, _MAY_CREATE, {"role": owner, "schema": ARCHIVE_SCHEMA})
    return bool(found and found[0]["may"])


def _route(table: DumpedTable, *, is_loaded: bool, exists: bool, may_create: bool) -> Route:
    name, there = TableName(schema=ARCHIVE_SCHEMA, name=table.name), archived_key(table.name)
    key = key_for(Purpose.DROPS_TABLE, name)
    loaded = DefinitionPattern(fields=(("unfinished", True),))
    if is_loaded:
        builder = RouteBuilder("loaded", {there: loaded})
    else:
        builder = RouteBuilder("in the dump", {there: None})
        if not exists:
            builder.expect({ARCHIVE_KEY: None})
            title = f"create schema {ARCHIVE_SCHEMA}"
            create = ddl.brief(Verb.CREATE.of(ARCHIVE_KEY), title, create_archive(), ())
            builder.then(create, "in the dump", {ARCHIVE_KEY: DefinitionPattern()})
        builder.then(_load(table, name), "loaded", {there: loaded})
    archived = DefinitionPattern(fields=(("unfinished", False),))
    builder.then(_finish(table, name, may_create=may_create), "archived", {there: archived})
    place = Place(file=table.dump.file, line=0, column=0)
    after = RestoredTable(table=name, comment=None)
    return builder.build(Change(action=Action.CREATE, key=key, before=None, after=after, place=place))


def _load(table: DumpedTable, name: TableName) -> Step:
    return Step(
        id=Verb.LOAD.of(key_for(Purpose.DROPS_TABLE, name)),
        title=f"load {name} from {table.dump.file}",
        action=LoadAction(table=table.name, dump=table.dump),
        execution=ExecutionClass.SCAN,
        locks=(),
        leaves=ddl.NOTHING_LEFT,
    )


def _owned(table: DumpedTable, name: TableName, *, may_create: bool) -> Iterator[Statement]:
    """Yield the statements that give the table its owner, who must be able to create tables in the schema for that. The
    transaction ends without this right."""
    names = {"archive": ddl.name(ARCHIVE_SCHEMA), "owner": ddl.name(table.dump.owner)}
    if not may_create:
        yield ddl.statement(ddl.compose("GRANT CREATE ON SCHEMA {archive} TO {owner}", **names))
    yield ddl.statement(ddl.compose("ALTER TABLE {table} OWNER TO {owner}", table=ddl.relation(name), **names))
    if not may_create:
        yield ddl.statement(ddl.compose("REVOKE CREATE ON SCHEMA {archive} FROM {owner}", **names))


def _finish(table: DumpedTable, name: TableName, *, may_create: bool) -> Step:
    """Return the step that compares the rows with the dump, gives the table what is not loaded, and marks it as a whole
    one."""
    comment = ddl.compose(
        "COMMENT ON TABLE {table} IS {comment}",
        table=ddl.relation(name),
        comment=ddl.literal(finished(table.comment)),
    )
    statements = [
        *_owned(table, name, may_create=may_create),
        *(Statement(parts=(one,)) for one in table.dump.statements),
        ddl.statement(comment),
    ]
    step = ddl.brief(
        Verb.COMMENT.of(key_for(Purpose.DROPS_TABLE, name)),
        f"compare {name} with its dump, give it its owner, grants and statistics, and mark it as archived",
        statements,
        ddl.claims(LockMode.ACCESS_EXCLUSIVE, name),
        guards=[loaded_rows(name, table.dump)],
    )
    return replace(step, archives=True, execution=ExecutionClass.SCAN)  # the rows are read under the lock


def _clashes(session: Session, tables: Sequence[DumpedTable], to: TableName | None) -> Iterator[Refusal]:
    """Yield a refusal for each table whose own name is taken: it could not leave the archive."""
    for one in tables:
        target = to or one.origin.table
        if taken_names(session, target.schema, [target.name]):
            yield Refusal(
                rule=NAME_TAKEN,
                key=key_for(Purpose.DROPS_TABLE, target),
                place=None,
                cause=f"another object has the name {target}",
                remedy="rename that object, or restore the table under another name with --as",
            )
