"""How a view or a materialized view that is dropped could be created again: the journal keeps the statements."""

from __future__ import annotations

_NAME = "format('%%I.%%I', n.nspname, t.relname)"
_NOUN = "CASE t.relkind WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'VIEW' END"

_CREATE = f"""
    SELECT concat(
             'CREATE ', {_NOUN}, ' ', {_NAME},
             (SELECT ' USING ' || quote_ident(m.amname) FROM pg_am m WHERE m.oid = t.relam),
             (SELECT ' WITH (' || string_agg(concat(quote_ident(o.option_name), '=', quote_literal(o.option_value)),
                                             ', ' ORDER BY o.option_name) || ')'
                FROM pg_options_to_table(t.reloptions) AS o),
             (SELECT ' TABLESPACE ' || quote_ident(s.spcname) FROM pg_tablespace s WHERE s.oid = t.reltablespace),
             ' AS', E'\\n', rtrim(pg_get_viewdef(t.oid), ';'),
             CASE WHEN t.relkind = 'm' AND NOT t.relispopulated THEN E'\\n WITH NO DATA' END)"""

# A grant of the owner to itself is the default, unless somebody has revoked it.
_GRANTS = f"""
    SELECT format('GRANT %%s%%s ON %%s TO %%s%%s', a.privilege_type,
                  CASE WHEN held.attname IS NOT NULL THEN format(' (%%I)', held.attname) END, {_NAME},
                  CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END,
                  CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' END)
      FROM (SELECT NULL::name, t.relacl
             UNION ALL
            SELECT c.attname, c.attacl FROM pg_attribute c
             WHERE c.attrelid = t.oid AND c.attnum > 0 AND NOT c.attisdropped) AS held (attname, acl)
     CROSS JOIN aclexplode(held.acl) AS a
     WHERE a.grantee <> t.relowner
     ORDER BY 1"""

_COMMENTS = f"""
    SELECT CASE WHEN d.objsubid = 0 THEN format('COMMENT ON %%s %%s IS %%L', {_NOUN}, {_NAME}, d.description)
                ELSE format('COMMENT ON COLUMN %%s.%%I IS %%L', {_NAME}, c.attname, d.description) END
      FROM pg_description d LEFT JOIN pg_attribute c ON c.attrelid = t.oid AND c.attnum = d.objsubid
     WHERE d.classoid = 'pg_class'::regclass AND d.objoid = t.oid
     ORDER BY d.objsubid"""

_DEFAULTS = f"""
    SELECT format('ALTER VIEW %%s ALTER COLUMN %%I SET DEFAULT %%s', {_NAME}, c.attname, pg_get_expr(f.adbin, t.oid))
      FROM pg_attrdef f JOIN pg_attribute c ON c.attrelid = t.oid AND c.attnum = f.adnum
     WHERE f.adrelid = t.oid
     ORDER BY f.adnum"""

_PARTS = (
    _CREATE,
    _DEFAULTS,
    "SELECT pg_get_indexdef(x.indexrelid) FROM pg_index x WHERE x.indrelid = t.oid ORDER BY 1",
    "SELECT rtrim(pg_get_ruledef(r.oid), ';') FROM pg_rewrite r"
    " WHERE r.ev_class = t.oid AND r.rulename <> '_RETURN' ORDER BY 1",
    "SELECT pg_get_triggerdef(g.oid) FROM pg_trigger g WHERE g.tgrelid = t.oid AND NOT g.tgisinternal ORDER BY 1",
    f"SELECT format('ALTER %%s %%s OWNER TO %%I', {_NOUN}, {_NAME}, pg_get_userbyid(t.relowner))",
    _GRANTS,
    _COMMENTS,
)

VIEW_DEFINITION = (
    "SELECT part.statement FROM ("
    + " UNION ALL ".join(
        f"SELECT {number}, row_number() OVER (), one.statement FROM ({part}) AS one (statement)"
        for number, part in enumerate(_PARTS)
    )
    + ") AS part (section, number, statement) ORDER BY part.section, part.number"
)
"""The statements that create the view or materialized view `t` of the schema `n`, one a row, in order."""
