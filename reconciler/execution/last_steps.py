"""Reads from the journal which step changed an object last."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from reconciler.execution.journal import read_journal
from reconciler.model.names import Key
from reconciler.model.plan import JournalAt
from reconciler.postgres.session import Session

_LONGEST = 200
_MOST_BYTES = 1 << 20
"""A definition that takes more space as JSON is not read."""

# A change has steps of other objects too: its quarantine table, the schema of the archive, a helper check. They show
# nothing of the object itself, and neither does a step that only prepares it. Steps that rename have the old name.
_LAST = """
    SELECT DISTINCT ON (metadata ->> 'object') metadata ->> 'object' AS object, executed_at,
           left(metadata ->> 'run_id', %(longest)s) AS run_id, left(metadata ->> 'user', %(longest)s) AS "user",
           left(metadata ->> 'action', %(longest)s) AS action,
           CASE WHEN octet_length((metadata -> 'after')::text) <= %(most)s THEN metadata -> 'after' END AS after,
           coalesce(max(sequence) FILTER (WHERE metadata -> 'step' ->> 'verb' = 'validate') OVER same
               > coalesce(max(sequence) FILTER (WHERE metadata -> 'step' ->> 'verb' = 'add') OVER same, 0), false)
               AS validated
      FROM {journal}
     WHERE status = 'completed' AND step_name <> 'run' AND metadata ->> 'object' = ANY (%(objects)s)
       AND (metadata -> 'step' IS NULL OR metadata -> 'step' ->> 'verb' = 'rename'
            OR (metadata -> 'step') - 'verb' = %(keys)s::jsonb -> (metadata ->> 'object')
               AND metadata -> 'step' ->> 'verb' NOT IN ('repair', 'detach', 'move'))
    WINDOW same AS (PARTITION BY metadata ->> 'object')
     ORDER BY metadata ->> 'object', sequence DESC"""

_COMMANDS = """
    SELECT left(metadata ->> 'run_id', %(longest)s) AS run_id, left(metadata ->> 'command', %(longest)s) AS command
      FROM {journal}
     WHERE step_name = 'run' AND metadata ->> 'command' IS NOT NULL AND metadata ->> 'run_id' = ANY (%(runs)s)"""


@dataclass(frozen=True, slots=True, kw_only=True)
class LastStep:
    """The last completed step that changed an object, as the journal says; every role with INSERT may have written it.

    `action` is that of its change, `after` the JSON of the definition that the change leads to, or None if it is not
    known or the object was dropped. `command` is that of the run, such as `undo`; empty if it is not known.
    `validated`: a run has validated the object since one added it last.
    """

    run_id: str
    at: datetime
    user: str
    action: str
    after: Any
    command: str = ""
    validated: bool = False


def last_steps(session: Session, journal: JournalAt, keys: Sequence[Key]) -> Mapping[Key, LastStep]:
    """Return the last step of each of these objects, as far as there is a journal that has one.

    Raises what `read_runs` raises.
    """
    objects = {str(key): key for key in keys}
    own = json.dumps({name: key._asdict() for name, key in objects.items()})
    parameters = {"objects": list(objects), "keys": own, "longest": _LONGEST, "most": _MOST_BYTES}
    found = read_journal(session, journal.schema, journal.trusted_roles, _LAST, parameters)
    runs = {"runs": sorted({row["run_id"] for row in found if row["run_id"]}), "longest": _LONGEST}
    of_runs = read_journal(session, journal.schema, journal.trusted_roles, _COMMANDS, runs) if runs["runs"] else []
    commands = {row["run_id"]: row["command"] for row in of_runs}
    return {
        objects[row["object"]]: LastStep(
            run_id=row["run_id"] or "",
            at=row["executed_at"],
            user=row["user"] or "",
            action=row["action"] or "",
            after=row["after"],
            command=commands.get(row["run_id"], ""),
            validated=row["validated"],
        )
        for row in found
    }
