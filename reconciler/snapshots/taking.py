"""Takes a snapshot: reads the live state, asks every question that a plan may ask, and checks the declared data."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from typing import Any

from reconciler.model.facts import Question
from reconciler.model.facts.rights import AccessToJournal, JournalAccess
from reconciler.model.guard import Finding, GuardResult
from reconciler.model.listening import DataChecks, unheard
from reconciler.model.names import TableName
from reconciler.model.options import Options
from reconciler.model.plan import Plan
from reconciler.model.server import Server
from reconciler.model.state import DesiredState, LiveState
from reconciler.planner import make_plan
from reconciler.postgres.catalog import is_text, names_of, read_also, read_named
from reconciler.postgres.facts import LiveFacts
from reconciler.postgres.session import Session, rows
from reconciler.snapshots.questions import normal, questions_about, usual_answer
from reconciler.snapshots.skeleton import read_skeleton
from reconciler.snapshots.snapshot import CheckedData, Result, Snapshot, query_hash
from reconciler.snapshots.state import of_tables, referenced_tables, referring_tables, without_rights

# The names of a schema, by the sort of the object. The first are those of relations that a file may name.
_NAMES = """
    SELECT n.nspname::text AS schema, c.relname::text AS name, c.relkind IN ('r', 'p', 'm', 'f', 'v') AS is_table
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ANY (%(schemas)s)
     UNION SELECT n.nspname::text, c.conname::text, false
      FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace WHERE n.nspname = ANY (%(schemas)s)
     UNION SELECT n.nspname::text, s.stxname::text, false
      FROM pg_statistic_ext s JOIN pg_namespace n ON n.oid = s.stxnamespace WHERE n.nspname = ANY (%(schemas)s)
     ORDER BY 1, 2"""

_OPCLASSES = """
    SELECT n.nspname::text AS schema, o.opcname::text AS name
      FROM pg_opclass o JOIN pg_namespace n ON n.oid = o.opcnamespace JOIN pg_am m ON m.oid = o.opcmethod
     WHERE m.amname = 'btree' ORDER BY 1, 2"""

_RESULTS = {GuardResult.PASSED: Result.NONE, GuardResult.FAILED: Result.SOME}


def take(
    session: Session,
    desired: DesiredState,
    options: Options,
    *,
    tool: str,
    now: datetime,
    environment: str = "",
    emit: Callable[[DataChecks], None] = unheard,
) -> Snapshot:
    """Read what plans of this file, and of changed versions of it, need to know. Nothing is changed.

    `tool` is the version of the tool, `environment` the name of that of --env. This raises the same errors as planning.
    """
    named = names_of(desired)
    live = read_named(session, named)
    others = referenced_tables(live) | referring_tables(live, live.tables)
    live = read_also(session, live, others - live.tables.keys())
    schemas = sorted({name.schema for name in (*named.tables, *live.tables) if is_text(name.schema)})
    found = list(_names(session, schemas))
    tables: dict[str, tuple[str, ...]] = dict.fromkeys(schemas, ())
    for schema, group in groupby(found, key=lambda one: one[0]):
        tables[schema] = tuple(name for _, name, is_table in group if is_table)
    plan = make_plan(session, desired, options, live=of_tables(live, named, tables), emit=emit)
    names = [TableName(schema=schema, name=name) for schema, name, _ in found]
    return Snapshot(
        tool=tool,
        taken=now,
        environment=environment,
        server=_server(session.server),
        live=without_rights(live, desired.policy.small_table_rows),
        names=tables,
        checks=tuple(_checked(finding) for finding in plan.findings),
        skeleton=read_skeleton(session, list(live.tables.values()), options.trusted_roles),
        answers=dict(_answers(session, options, live, names, plan)),
    )


def _names(session: Session, schemas: list[str]) -> Iterator[tuple[str, str, bool]]:
    for row in rows(session.connection, _NAMES, {"schemas": schemas}):
        if is_text(row["name"]):
            yield row["schema"], row["name"], row["is_table"]


def _answers(
    session: Session, options: Options, live: LiveState, names: list[TableName], plan: Plan
) -> Iterator[tuple[Question[Any], Any]]:
    """Return the answers that are not the usual ones."""
    facts = LiveFacts(session=session, options=options, live=live)
    opclasses = [TableName(schema=one["schema"], name=one["name"]) for one in rows(session.connection, _OPCLASSES)]
    asked = dict.fromkeys(questions_about(live, dict.fromkeys(names), opclasses, plan.journal))
    for question, answer in facts.ask(asked).known.items():
        if answer != usual_answer(question):
            yield normal(question), answer
    journal = AccessToJournal(schema=plan.journal_schema)
    if not facts.ask([journal])[journal].schema_exists:
        yield journal, JournalAccess(schema_exists=False)


def _checked(finding: Finding) -> CheckedData:
    result = _RESULTS.get(finding.result, Result.UNKNOWN)
    return CheckedData(key=finding.key, query=query_hash(finding.guard.count), result=result)


def _server(server: Server) -> Server:
    """Return the server without address and role, as if the role had all privileges."""
    info = replace(server.info, host="", port=0, user="")
    return replace(
        server,
        info=info,
        pid=0,
        started="",
        superuser=False,
        writable=True,
        may_create_temp=True,
        may_create_schema=True,
        reads_statistics=True,
    )
