"""What depends on the constraints and indexes that a plan takes away, other than foreign keys.

A view, a rule, a policy or an SQL-standard function that PostgreSQL knows of keeps them from going: the plan is
refused. A function whose body is a text can only be searched for their names: that is a hazard.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from reconciler.kinds.dropped_table.definition import DroppedTable
from reconciler.model.change import Action, Change, former_key, given_name
from reconciler.model.hazards import Hazard
from reconciler.model.names import Key, display, is_temporary
from reconciler.model.plan import Refusal
from reconciler.model.rules.dependencies import HAS_DEPENDENTS
from reconciler.model.rules.hazards import BELONGS_TO_TABLE, NAMED_IN_FUNCTION
from reconciler.model.state import LiveState
from reconciler.planning.completion import must_be_replaced
from reconciler.postgres.session import Session, rows

# Constraints with what partitions have of them, and indexes with their parts.
_DEPENDENTS = """
    WITH RECURSIVE wanted AS (
      SELECT w.number::int AS number, n.oid AS schema, w."table", w.name, w.is_index
        FROM unnest(%(schemas)s::text[], %(tables)s::text[], %(names)s::text[], %(indexes)s::bool[])
             WITH ORDINALITY AS w (schema, "table", name, is_index, number)
        JOIN pg_namespace n ON n.nspname = w.schema
    ), constraints AS (
      SELECT w.number, c.oid, c.conindid
        FROM wanted w JOIN pg_class t ON t.relnamespace = w.schema AND t.relname = w."table"
        JOIN pg_constraint c ON c.conrelid = t.oid AND c.conname = w.name
       WHERE NOT w.is_index
       UNION SELECT a.number, c.oid, c.conindid FROM constraints a JOIN pg_constraint c ON c.conparentid = a.oid
    ), indexes AS (
      SELECT w.number, i.oid FROM wanted w JOIN pg_class i ON i.relnamespace = w.schema AND i.relname = w.name
       WHERE w.is_index
       UNION SELECT a.number, h.inhrelid FROM indexes a JOIN pg_inherits h ON h.inhparent = a.oid
    ), taken AS (
      SELECT number, 'pg_constraint'::regclass AS class, oid FROM constraints
       UNION SELECT c.number, 'pg_class'::regclass, c.conindid
        FROM constraints c JOIN pg_constraint k ON k.oid = c.oid AND k.contype IN ('p', 'u', 'x')
       UNION SELECT number, 'pg_class'::regclass, oid FROM indexes)
    SELECT DISTINCT taken.number,
           CASE WHEN v.rulename = '_RETURN' THEN pg_describe_object('pg_class'::regclass, v.ev_class, 0)
                ELSE pg_describe_object(d.classid, d.objid, d.objsubid) END AS what
      FROM taken
      JOIN pg_depend d ON d.refclassid = taken.class AND d.refobjid = taken.oid AND d.deptype = 'n'
      LEFT JOIN pg_rewrite v ON d.classid = 'pg_rewrite'::regclass AND v.oid = d.objid
     WHERE d.classid <> 'pg_constraint'::regclass
       AND NOT EXISTS (SELECT FROM taken other WHERE other.class = d.classid AND other.oid = d.objid)
     ORDER BY 1, 2"""

_MENTIONS = r"""
    WITH naming AS MATERIALIZED (
      SELECT p.oid, p.prosrc
        FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang AND l.lanname NOT IN ('internal', 'c')
       WHERE p.pronamespace <> 'pg_catalog'::regnamespace AND p.prosrc ~* '\mON\s+CONSTRAINT\M')
    SELECT w.number::int AS number, n.oid::regprocedure::text AS function
      FROM unnest(%(names)s::text[]) WITH ORDINALITY AS w (name, number)
      JOIN naming n
        ON n.prosrc ~* ('\mON\s+CONSTRAINT\s+"?' || regexp_replace(w.name, '(\W)', '\\\1', 'g') || '"?(?!\w)')
     ORDER BY 1, 2"""

# Parts of a table that are objects of their own. Its indexes and constraints are named in the steps.
_PARTS = """
    SELECT w.number::int AS number, pg_describe_object(d.classid, d.objid, d.objsubid) AS what
      FROM unnest(%(schemas)s::text[], %(tables)s::text[]) WITH ORDINALITY AS w (schema, "table", number)
      JOIN pg_namespace n ON n.nspname = w.schema
      JOIN pg_class t ON t.relnamespace = n.oid AND t.relname = w."table"
      JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = t.oid AND d.deptype IN ('a', 'i')
      LEFT JOIN pg_trigger g ON d.classid = 'pg_trigger'::regclass AND g.oid = d.objid
      LEFT JOIN pg_class s ON d.classid = 'pg_class'::regclass AND s.oid = d.objid
     WHERE d.classid IN ('pg_policy'::regclass, 'pg_statistic_ext'::regclass) OR NOT g.tgisinternal OR s.relkind = 'S'
        OR (d.classid = 'pg_rewrite'::regclass AND t.relkind = 'r')
     GROUP BY 1, 2 ORDER BY 1, 2"""

_CONFLICT_TARGETS = ("primary_key", "unique", "exclusion")


def still_needed(session: Session, changes: Sequence[Change], live: LiveState) -> Iterator[Refusal]:
    """A refusal for each change that takes away what something else depends on. Foreign keys are no such dependents:
    they are changes of their own, or are replaced together with the index."""
    taken = [(change, key) for change in changes for key in _taken(change, live)]
    if not taken:
        return
    parameters: dict[str, Any] = {
        "schemas": [key.schema for _, key in taken],
        "tables": [key.table for _, key in taken],
        "names": [key.name for _, key in taken],
        "indexes": [key.kind == "index" for _, key in taken],
    }
    found: dict[int, list[str]] = {}
    for row in rows(session.connection, _DEPENDENTS, parameters):
        found.setdefault(row["number"] - 1, []).append(row["what"])
    for number, dependents in found.items():
        change, key = taken[number]
        which = "is to be dropped" if change.action is Action.DROP else "must be replaced"
        yield Refusal(
            rule=HAS_DEPENDENTS,
            key=change.key,
            place=change.place,
            cause=f"{', '.join(dependents)} depend{'s' if len(dependents) == 1 else ''} on {key}, which {which}",
            remedy="drop or change what depends on it first; nothing is ever dropped by CASCADE",
        )


def _taken(change: Change, live: LiveState) -> Iterator[Key]:
    """The constraints and indexes that the change takes away, under the names that they have in the catalog."""
    if change.before is not None and change.key.kind != "dropped_table" and _goes(change, live):
        key = former_key(change)
        name = given_name(key, change.before)
        if name:
            yield key._replace(name=name)
    yield from change.dependents
    yield from (one.key for one in change.companions)


def _goes(change: Change, live: LiveState) -> bool:
    """Whether the live object goes, be it that another one takes its place, or that it gives up its name first."""
    if change.action is Action.DROP or change.after is None or is_temporary(change.key.name):
        return True
    table = live.tables[change.key.table_name]
    return (
        change.action in (Action.ALTER, Action.CREATE)
        and change.before is not None
        and must_be_replaced(change.before, change.after, partitioned=table.is_partitioned)
    )


def hazards_of_dependents(session: Session, changes: Sequence[Change]) -> dict[Key, list[Hazard]]:
    """Functions whose bodies name a constraint that they lose, and what belongs to tables."""
    found: dict[Key, list[Hazard]] = {}
    losing = [(change, name) for change in changes if (name := _lost_name(change))]
    for number, row in _rows(session, _MENTIONS, {"names": [name for _, name in losing]}):
        change, name = losing[number]
        detail = f"{row['function']} mentions ON CONSTRAINT {display(name)}"
        found.setdefault(change.key, []).append(Hazard(kind=NAMED_IN_FUNCTION, detail=detail))
    tables = [change.key for change in changes if isinstance(change.after, DroppedTable)]
    names = {"schemas": [key.schema for key in tables], "tables": [key.table for key in tables]}
    for number, row in _rows(session, _PARTS, names):
        found.setdefault(tables[number], []).append(Hazard(kind=BELONGS_TO_TABLE, detail=row["what"]))
    return found


def _lost_name(change: Change) -> str:
    """The name of a constraint that cannot be named in ON CONFLICT ON CONSTRAINT any more; empty if there is none."""
    if change.key.kind not in _CONFLICT_TARGETS or change.before is None:
        return ""
    name = given_name(former_key(change), change.before)
    if change.action is Action.DROP or change.after is None or given_name(change.key, change.after) != name:
        return name
    turns_deferrable = getattr(change.after, "deferrable", False) and not getattr(
        change.before, "deferrable", False
    )
    return name if turns_deferrable else ""


def _rows(session: Session, query: str, parameters: Mapping[str, Sequence[str]]) -> Iterator[tuple[int, Any]]:
    """The rows of a query, each with the number, from 0, of the parameter that it is about. None without parameters."""
    if any(parameters.values()):
        for row in rows(session.connection, query, parameters):
            yield row["number"] - 1, row
