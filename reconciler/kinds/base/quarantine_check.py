"""Whether a quarantine table stores each row that it receives, and shows it to nobody else: in SQL, for the plan and
for each batch."""

from __future__ import annotations

from reconciler.kinds.base import ddl
from reconciler.model.names import TableName
from reconciler.model.statement import Statement

# Any trigger, rule, constraint, policy or index could reject or change a row, or run code of its owner.
PLAIN = """t.relkind = 'r' AND t.relpersistence = 'p' AND NOT t.relispartition
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_rewrite AS w WHERE w.ev_class = t.oid)
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_trigger AS g WHERE g.tgrelid = t.oid)
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_constraint AS c WHERE c.conrelid = t.oid)
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_policy AS p WHERE p.polrelid = t.oid)
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_inherits AS h WHERE t.oid IN (h.inhrelid, h.inhparent))
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_index AS i WHERE i.indrelid = t.oid
                      AND (i.indisunique OR i.indexprs IS NOT NULL OR i.indpred IS NOT NULL))
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_attribute AS a WHERE a.attrelid = t.oid AND a.attnum > 0
                      AND (a.attnotnull OR a.attgenerated <> '' OR a.attidentity <> ''))"""
"""A condition: the table `t`, an alias of `pg_class`, is an ordinary one that stores each row, and runs no code of its
owner."""

SOUND = f"""{PLAIN}
   AND t.relowner = o.relowner
   AND t.relrowsecurity = o.relrowsecurity AND t.relforcerowsecurity = o.relforcerowsecurity
   AND NOT EXISTS (SELECT FROM pg_catalog.aclexplode(t.relacl) AS x WHERE x.grantee <> t.relowner)
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_attribute AS a, pg_catalog.aclexplode(a.attacl) AS x
                    WHERE a.attrelid = t.oid AND x.grantee <> t.relowner)"""
"""A condition: the table `t` is such a table, and as private as the table `o` whose rows it receives."""

COLUMNS = """ARRAY(
    SELECT ARRAY[a.attname::text, pg_catalog.format_type(a.atttypid, a.atttypmod)] FROM pg_catalog.pg_attribute AS a
     WHERE a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attname::text COLLATE "C")"""
"""The names and types of the columns of the table `t`, sorted by name."""


def still_sound(table: TableName, origin: TableName, columns: tuple[tuple[str, str], ...]) -> Statement:
    """Return a query for whether the quarantine table is as the plan made it, and still sound."""
    return ddl.statement(
        ddl.compose(
            "SELECT {sound}\n   AND {columns} = ARRAY(\n"
            "    SELECT ARRAY[w.name, w.type] FROM (VALUES {wanted}) AS w (name, type)\n"
            '     ORDER BY w.name COLLATE "C")\n'
            "  FROM pg_catalog.pg_class AS t, pg_catalog.pg_class AS o\n"
            " WHERE t.oid = {table}::pg_catalog.regclass AND o.oid = {origin}::pg_catalog.regclass",
            sound=ddl.fragment(SOUND),
            columns=ddl.fragment(COLUMNS),
            wanted=ddl.joined(
                (
                    ddl.compose("({name}::text, {type}::text)", name=ddl.literal(name), type=ddl.literal(type_))
                    for name, type_ in columns
                ),
                ", ",
            ),
            table=ddl.literal(ddl.text_of(ddl.relation(table))),
            origin=ddl.literal(ddl.text_of(ddl.relation(origin))),
        )
    )
