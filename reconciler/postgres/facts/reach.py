"""The triggers, rules, partition keys and generated columns of tables that a repair changes.

Source: https://www.postgresql.org/docs/current/catalog-pg-trigger.html
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from reconciler.model.facts.reach import FiringTrigger, GeneratedColumns, Reach, ReachOf, RowEvent
from reconciler.postgres.facts.grouping import grouped
from reconciler.postgres.session import Session, ask

_BITS = {RowEvent.DELETE: 8, RowEvent.UPDATE: 16}
_RULE_EVENTS = {RowEvent.DELETE: "4", RowEvent.UPDATE: "2"}

_REACH = """
    SELECT w.number::int AS number,
           ARRAY(SELECT ARRAY[g.tgname::text, g.tgfoid::regprocedure::text] FROM pg_trigger g
                  WHERE g.tgrelid = t.oid AND NOT g.tgisinternal AND g.tgenabled IN ('O', 'A')
                    AND g.tgtype & w.bit <> 0 ORDER BY g.tgname) AS triggers,
           ARRAY(SELECT r.rulename::text FROM pg_rewrite r
                  WHERE r.ev_class = t.oid AND r.ev_type::text = w.event AND r.ev_enabled IN ('O', 'A')
                  ORDER BY 1) AS rules,
           ARRAY(SELECT DISTINCT a.attname::text FROM pg_partition_ancestors(t.oid) p (oid)
                   JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = p.oid AND d.objsubid > 0
                                   AND d.refclassid = 'pg_class'::regclass AND d.refobjid = p.oid
                                   AND d.refobjsubid = 0 AND d.deptype = 'i'
                   JOIN pg_attribute a ON a.attrelid = p.oid AND a.attnum = d.objsubid
                   JOIN pg_partitioned_table k ON k.partrelid = p.oid ORDER BY 1) AS partition_key,
           ARRAY(SELECT a.attname::text FROM pg_attribute a
                  WHERE a.attrelid = t.oid AND a.attidentity = 'a' ORDER BY 1) AS always_identity
      FROM unnest(%(schemas)s::text[], %(tables)s::text[], %(bits)s::int[], %(events)s::text[])
           WITH ORDINALITY AS w (schema, "table", bit, event, number)
      JOIN pg_namespace n ON n.nspname = w.schema
      JOIN pg_class t ON t.relnamespace = n.oid AND t.relname = w."table\""""


def reach_of_repairs(session: Session, asked: Sequence[ReachOf]) -> Callable[[], Mapping[ReachOf, Reach]]:
    parameters = {
        "schemas": [one.table.schema for one in asked],
        "tables": [one.table.name for one in asked],
        "bits": [_BITS[one.event] for one in asked],
        "events": [_RULE_EVENTS[one.event] for one in asked],
    }
    found = ask(session.connection, _REACH, parameters)

    def answers() -> Mapping[ReachOf, Reach]:
        known = dict.fromkeys(asked, Reach())
        for row in found():
            triggers = tuple(FiringTrigger(name=name, function=function) for name, function in row.triggers)
            known[asked[row.number - 1]] = Reach(
                triggers=triggers,
                rules=tuple(row.rules),
                partition_key=tuple(row.partition_key),
                always_identity=tuple(row.always_identity),
            )
        return known

    return answers


_GENERATED = """
    SELECT w.number::int AS number, a.attname::text AS name, pg_get_expr(d.adbin, d.adrelid) AS expression
      FROM unnest(%(schemas)s::text[], %(tables)s::text[]) WITH ORDINALITY AS w (schema, "table", number)
      JOIN pg_namespace n ON n.nspname = w.schema
      JOIN pg_class t ON t.relnamespace = n.oid AND t.relname = w."table"
      JOIN pg_attribute a ON a.attrelid = t.oid AND a.attgenerated <> '' AND NOT a.attisdropped
      JOIN pg_attrdef d ON d.adrelid = t.oid AND d.adnum = a.attnum
     ORDER BY 1, a.attnum"""


def columns_with_expressions(
    session: Session, asked: Sequence[GeneratedColumns]
) -> Callable[[], Mapping[GeneratedColumns, tuple[tuple[str, str], ...]]]:
    wanted = {"schemas": [one.table.schema for one in asked], "tables": [one.table.name for one in asked]}
    found = ask(session.connection, _GENERATED, wanted)
    return lambda: grouped(asked, ((asked[row.number - 1], (row.name, row.expression)) for row in found()))
