"""The state of a table without its rows: a hash of its definition, and of the values of the sequences that it owns.

It is compared with an earlier state of the same table on the same server, so it is made of the rows of the catalog:
whatever pg_dump writes is in them. The comment of the table itself does not count, because a run changes it.
"""

from __future__ import annotations

from reconciler.kinds.base import ddl
from reconciler.kinds.base.row_hash import Parts

# A query can read a sequence only by its name. ts_stat() executes a query that is given as text.
_VALUE = (
    "SELECT pg_catalog.array_to_tsvector(ARRAY[pg_catalog.concat(s.last_value, '' '', s.is_called)]) FROM %s AS s"
)

_OF_TABLE = {
    "pg_attribute": "a.attrelid IN (SELECT oid FROM relations) AND a.attnum > 0",
    "pg_attrdef": "a.adrelid = t.oid",
    "pg_constraint": "a.conrelid = t.oid",
    "pg_index": "a.indrelid = t.oid",
    "pg_inherits": "t.oid IN (a.inhrelid, a.inhparent)",
    "pg_policy": "a.polrelid = t.oid",
    "pg_rewrite": "a.ev_class = t.oid",
    "pg_sequence": "a.seqrelid IN (SELECT oid FROM relations)",
    "pg_statistic_ext": "a.stxrelid = t.oid",
    "pg_trigger": "a.tgrelid = t.oid",
}
"""The catalogs whose rows count as a whole, and which rows are those of the table `t` and its `relations`."""

_OBJECTS = " ".join(
    f"UNION SELECT '{name}'::regclass, a.oid FROM pg_catalog.{name} a WHERE {_OF_TABLE[name]}"
    for name in ("pg_constraint", "pg_policy", "pg_rewrite", "pg_statistic_ext", "pg_trigger")
)
_ROWS = " ".join(
    f"UNION ALL SELECT format('{name} %s', a) FROM pg_catalog.{name} a WHERE {which}"
    for name, which in _OF_TABLE.items()
)

_STATE = f"""
    SELECT encode(sha256(convert_to(string_agg(parts.part, chr(10) ORDER BY parts.part COLLATE "C"), 'UTF8')), 'hex')
      FROM pg_catalog.pg_class t CROSS JOIN LATERAL (
        WITH relations AS (
          SELECT t.oid UNION SELECT i.indexrelid FROM pg_catalog.pg_index i WHERE i.indrelid = t.oid
           UNION
          SELECT d.objid FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_class s ON s.oid = d.objid AND s.relkind = 'S'
           WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass AND d.refobjid = t.oid
             AND d.deptype IN ('a', 'i')),
        objects AS (
          SELECT 'pg_class'::regclass AS class, oid FROM relations
          {_OBJECTS})
        SELECT format('pg_class %s %s', c.oid, ROW(c.relname, c.relnamespace, c.relowner, c.relam,
                      c.reltablespace, c.relpersistence, c.relrowsecurity, c.relforcerowsecurity, c.relreplident,
                      c.relacl, c.reloptions))
          FROM pg_catalog.pg_class c JOIN relations ON relations.oid = c.oid
         UNION ALL
        SELECT format('toast %s', c.reloptions) FROM pg_catalog.pg_class c WHERE c.oid = t.reltoastrelid
         UNION ALL
        SELECT format('value %s %s', s.seqrelid, v.word)
          FROM pg_catalog.pg_sequence s JOIN relations ON relations.oid = s.seqrelid
         CROSS JOIN LATERAL ts_stat(format('{_VALUE}', s.seqrelid::regclass)) AS v
         UNION ALL
        SELECT format('comment %s', a)
          FROM pg_catalog.pg_description a JOIN objects o ON (a.classoid, a.objoid) = (o.class, o.oid)
         WHERE (a.objoid, a.objsubid) <> (t.oid, 0)
         UNION ALL
        SELECT format('label %s', a)
          FROM pg_catalog.pg_seclabel a JOIN objects o ON (a.classoid, a.objoid) = (o.class, o.oid)
        {_ROWS}
      ) AS parts (part)
     WHERE t.reltype = pg_typeof(NULL::"""


def state_of(table: Parts) -> Parts:
    """Return a query for the state of the table."""
    return ddl.fragment(" ".join(_STATE.split())), *table, ddl.fragment(")")
