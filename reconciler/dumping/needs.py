"""What a dump refers to but does not hold: types, functions, operators, other relations, roles of policies."""

from __future__ import annotations

from dataclasses import dataclass, replace

from reconciler.kinds.base import ddl
from reconciler.model.facts.values import FIRST_USER_OID
from reconciler.model.names import TableName
from reconciler.model.state import LiveTable, Named
from reconciler.postgres.catalog import read_named
from reconciler.postgres.session import Session, rows
from reconciler.rehearsal.source import Source, domain_constraints
from reconciler.snapshots.skeleton import QualifiedName, UserFunction, read_skeleton

# Functions with a result of type `trigger` are in no expression, so a skeleton does not have them.
_TRIGGER_FUNCTIONS = f"""
    SELECT DISTINCT n.nspname::text AS schema, p.proname::text AS name
      FROM pg_trigger g JOIN pg_proc p ON p.oid = g.tgfoid JOIN pg_namespace n ON n.oid = p.pronamespace
     WHERE g.tgrelid = %(table)s::regclass AND NOT g.tgisinternal AND p.oid >= {FIRST_USER_OID}
     ORDER BY 1, 2"""

_ROLES = """
    SELECT DISTINCT r.rolname::text AS name
      FROM pg_policy p JOIN pg_roles r ON r.oid = ANY (p.polroles)
     WHERE p.polrelid = %(table)s::regclass ORDER BY 1"""

# Its policies, rules, defaults, triggers and constraints may name other relations.
_RELATIONS = f"""
    WITH parts (class, oid) AS (
      SELECT 'pg_policy'::regclass, oid FROM pg_policy WHERE polrelid = %(table)s::regclass
       UNION ALL SELECT 'pg_rewrite'::regclass, oid FROM pg_rewrite WHERE ev_class = %(table)s::regclass
       UNION ALL SELECT 'pg_attrdef'::regclass, oid FROM pg_attrdef WHERE adrelid = %(table)s::regclass
       UNION ALL SELECT 'pg_trigger'::regclass, oid FROM pg_trigger WHERE tgrelid = %(table)s::regclass
       UNION ALL SELECT 'pg_constraint'::regclass, oid FROM pg_constraint WHERE conrelid = %(table)s::regclass)
    SELECT DISTINCT n.nspname::text AS schema, c.relname::text AS name, c.relkind = 'S' AS is_sequence
      FROM parts JOIN pg_depend d ON d.classid = parts.class AND d.objid = parts.oid
      JOIN pg_class c ON c.oid = d.refobjid AND d.refclassid = 'pg_class'::regclass
      JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.oid >= {FIRST_USER_OID} AND c.oid <> %(table)s::regclass AND c.relkind <> 'i'
       AND NOT EXISTS (SELECT FROM pg_depend o WHERE o.classid = 'pg_class'::regclass AND o.objid = c.oid
                          AND o.refobjid = %(table)s::regclass AND o.deptype IN ('a', 'i'))
     ORDER BY 1, 2"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """The `source` of the verifying database, and the `tables` and `sequences` that it gets without rows."""

    source: Source
    tables: tuple[LiveTable, ...]
    sequences: tuple[TableName, ...]


def read_needs(session: Session, table: TableName) -> Needs:
    """Return what a dump of the table refers to. The search path must be `pg_catalog`."""
    name = {"table": ddl.text_of(ddl.relation(table))}
    relations = rows(session.connection, _RELATIONS, name)
    names = {TableName(schema=row["schema"], name=row["name"]): row["is_sequence"] for row in relations}
    others = frozenset(one for one, is_sequence in names.items() if not is_sequence)
    live = read_named(session, Named(tables=others | {table}, dropped=frozenset()))
    skeleton = read_skeleton(session, list(live.tables.values()), ())
    functions = (
        UserFunction(name=QualifiedName(**row), arguments=(), result="trigger", volatility="v")
        for row in rows(session.connection, _TRIGGER_FUNCTIONS, name)
    )
    return Needs(
        source=Source(
            server=session.server,
            live=live,
            skeleton=replace(skeleton, functions=(*skeleton.functions, *functions)),
            trusted=True,
            domains=domain_constraints(session),
            roles=tuple(row["name"] for row in rows(session.connection, _ROLES, name)),
        ),
        tables=tuple(live.tables[one] for one in sorted(others) if one in live.tables),
        sequences=tuple(one for one, is_sequence in names.items() if is_sequence),
    )
