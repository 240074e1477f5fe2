"""Whether a table is another one than that from which a repair took rows: dropped since, and created again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress

from reconciler.execution.journal import read_journal
from reconciler.model.errors import Refused, UsageError
from reconciler.model.names import TableName
from reconciler.model.plan import JournalAt
from reconciler.postgres.session import Session

Oids = Mapping[tuple[str, str], frozenset[int]]
"""The oids that a table had in a run, by the id of the run and the name of the table."""

_OIDS = """
    SELECT metadata ->> 'run_id' AS run_id, its.table, array_agg(DISTINCT its.oid) AS oids
      FROM {journal},
           LATERAL (SELECT metadata -> 'tables' -> 'oids') AS recorded (oids),
           LATERAL jsonb_each_text(CASE jsonb_typeof(recorded.oids) WHEN 'object' THEN recorded.oids ELSE '{{}}' END)
             AS its ("table", oid)
     WHERE metadata ->> 'run_id' = ANY (%(runs)s) AND metadata -> 'tables' ->> 'database' = %(database)s
     GROUP BY 1, 2"""


def recorded_oids(session: Session, at: JournalAt, runs: Sequence[str]) -> Oids:
    """Return what the journal says; nothing if it is missing, may not be read or trusted, or is that of a database from
    which this one was restored."""
    parameters = {"runs": list(runs), "database": session.server.info.database_id}
    with suppress(Refused, UsageError):
        found = read_journal(session, at.schema, at.trusted_roles, _OIDS, parameters)
        return {
            (row["run_id"], row["table"]): frozenset(int(one) for one in row["oids"] if one.isdecimal())
            for row in found
        }
    return {}


def runs_before(table: TableName, oid: int, runs: Sequence[str], known: Oids) -> tuple[str, ...]:
    """Return those of the runs for which the table of this name was another one."""
    return tuple(run for run in runs if oid not in known.get((run, str(table)), frozenset({oid})))
