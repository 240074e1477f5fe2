"""Adds entries for builds and drops that the server finished after their client was lost.

Without these entries the journal has unfinished builds, which would count as proof for an invalid index of that name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from psycopg import sql

from reconciler.execution.journal import Journal
from reconciler.kinds import key_for
from reconciler.kinds.kind import Purpose
from reconciler.model.journal import RUN_STEP, built_relation
from reconciler.model.names import JOURNAL_TABLE, Key, TableName, names_displayed
from reconciler.model.plan import JournalAt
from reconciler.model.step_id import Verb
from reconciler.postgres.journal_check import readable_journal
from reconciler.postgres.session import Session, rows

# The latest entry for each index that a step builds or drops, unless it is `completed`.
_UNFINISHED = """
    SELECT step_name, metadata
      FROM (SELECT DISTINCT ON (coalesce(metadata ->> 'builds', step_name)) step_name, status, metadata
              FROM ONLY {journal}
             WHERE (metadata ? 'builds' OR metadata -> 'step' @> '{{"verb": "drop", "kind": "index"}}')
               AND status IN ('started', 'completed', 'failed')
             ORDER BY coalesce(metadata ->> 'builds', step_name), sequence DESC) AS latest
     WHERE status <> 'completed'"""

_INDEXES = """
    SELECT n.nspname::text AS schema, t.relname::text AS "table", i.relname::text AS name, x.indisvalid AS valid
      FROM pg_index x
      JOIN pg_class i ON i.oid = x.indexrelid
      JOIN pg_class t ON t.oid = x.indrelid
      JOIN pg_namespace n ON n.oid = i.relnamespace
     WHERE (n.nspname, i.relname) IN (SELECT * FROM unnest(%(schemas)s::text[], %(names)s::text[]))"""

_KEPT = (
    "step",
    "title",
    "object",
    "schema",
    "table",
    "action",
    "before",
    "after",
    "place",
    "definitions",
    "builds",
)
"""What the new entry takes over: with it, an undo of its run can take the step back."""


def finished_steps(session: Session, at: JournalAt) -> list[tuple[str, Mapping[str, object]]]:
    """Return the steps that are done but have no final entry: the name of each, and the metadata for the entry."""
    with readable_journal(session, at) as there:
        query = sql.SQL(_UNFINISHED).format(journal=sql.Identifier(at.schema, JOURNAL_TABLE))
        unfinished = rows(session.connection, query) if there else []
    if not unfinished:
        return []
    named = [_index_of(one["metadata"]) for one in unfinished]
    parameters = {"schemas": [schema for schema, _ in named], "names": [name for _, name in named]}
    found = rows(session.connection, _INDEXES, parameters)
    return [(one["step_name"], _entry(one["metadata"])) for one in unfinished if _is_done(one, found)]


def _index_of(metadata: Mapping[str, Any]) -> tuple[str, str]:
    """Return schema and name of the index that a step builds or drops. Anybody may have written the entry."""
    if "builds" not in metadata:
        step = metadata["step"]
        return str(step.get("schema", "")), str(step.get("name", ""))
    names = names_displayed(str(metadata["builds"]))
    return (names[0], names[1]) if len(names) == 2 else ("", "")


def _index_key(row: Mapping[str, Any]) -> Key:
    return key_for(Purpose.IS_INDEX, TableName(schema=row["schema"], name=row["table"]), row["name"])


def _is_done(entry: Mapping[str, Any], indexes: Sequence[Mapping[str, Any]]) -> bool:
    keys = {_index_key(x): x["valid"] for x in indexes}
    builds = entry["metadata"].get("builds")
    if builds is None:
        return entry["step_name"] not in {str(Verb.DROP.of(key)) for key in keys}
    return builds in {built_relation(key) for key, valid in keys.items() if valid}


def _entry(metadata: Mapping[str, Any]) -> Mapping[str, object]:
    kept = {name: metadata[name] for name in _KEPT if name in metadata}
    return {**kept, "finished": "found complete: the server finished it after its client was gone"}


def record_finished(session: Session, journal: Journal, at: JournalAt) -> None:
    """Add a `completed` entry for each such step."""
    for step, metadata in finished_steps(session, at):
        journal.write(session, step, "completed", metadata=metadata)


def record_run(session: Session, journal: Journal, at: JournalAt) -> None:
    """Add the entries as a run of their own, if there is nothing else to do."""
    journal.write(session, RUN_STEP, "started", metadata={"command": "apply", "steps": 0})
    record_finished(session, journal, at)
    journal.write(session, RUN_STEP, "completed", metadata={"outcome": "completed", "completed": 0})
