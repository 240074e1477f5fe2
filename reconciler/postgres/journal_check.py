"""Whether the journal can be trusted: it has the form that the tool creates, and only trusted roles control it.

A role that owns the table, or may create a trigger on it, can act with the rights of every role that writes to it.
So each transaction that uses the journal first locks it, which prevents changes, and then checks it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from psycopg import sql

from reconciler.model.names import JOURNAL_FUNCTION, JOURNAL_TABLE, display
from reconciler.model.plan import JournalAt
from reconciler.postgres.journal import (
    COLUMNS,
    CONSTRAINTS,
    FUNCTION_ARGUMENTS,
    function_body,
    function_statement,
    journal_lock_statement,
    qualified,
)
from reconciler.postgres.own import JOURNAL, do, raising, refuse_if, summary
from reconciler.postgres.session import Session, one
from reconciler.postgres.trust import GRANTEE, is_trusted


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedTable:
    """A table of the tool: its name, and its columns and constraints as the catalog shows them."""

    name: str
    columns: Sequence[tuple[str, str, bool, str | None]]
    constraints: Sequence[str]


THE_JOURNAL = ExpectedTable(name=JOURNAL_TABLE, columns=COLUMNS, constraints=CONSTRAINTS)

# Each query returns `problem`, and `fix`: the statement that corrects it, or NULL if there is none. All names in
# them are those of pg_catalog. `t` is the table, `f` are the functions, `s` is the sequence of the identity column.

_OBJECTS = """
    WITH t AS (SELECT c.* FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = {schema} AND c.relname = {name}),
         s AS (SELECT c.* FROM t JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = t.oid
                                                 AND d.classid = 'pg_class'::regclass AND d.deptype = 'i'
                 JOIN pg_class c ON c.oid = d.objid AND c.relkind = 'S'),
         f AS (SELECT p.oid, p.proowner,
                      p.prokind = 'f' AND p.prosrc = {body} AND NOT p.prosecdef AND NOT p.proretset
                      AND p.proconfig IS NOT DISTINCT FROM ARRAY['search_path=pg_catalog, pg_temp']
                      AND p.prorettype = 'uuid'::regtype
                      AND pg_get_function_arguments(p.oid) = {arguments}
                      AND (SELECT l.lanname FROM pg_language l WHERE l.oid = p.prolang) = 'sql' AS ours
                 FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
                WHERE n.nspname = {schema} AND p.proname = {function})"""

_SHAPE = """
    SELECT 'it is not a table, or its columns, defaults or constraints are not the journal''s' AS problem, NULL AS fix
      FROM t
     WHERE t.relkind <> 'r' OR t.reloftype <> 0
        OR {columns}::jsonb IS DISTINCT FROM (
             SELECT jsonb_agg(jsonb_build_array(c.attname, format_type(c.atttypid, c.atttypmod), c.attnotnull,
                                                CASE WHEN c.attgenerated <> '' THEN 'generated'
                                                     WHEN c.attidentity <> '' THEN 'identity'
                                                     ELSE pg_get_expr(d.adbin, d.adrelid) END) ORDER BY c.attnum)
               FROM pg_attribute c LEFT JOIN pg_attrdef d ON d.adrelid = c.attrelid AND d.adnum = c.attnum
              WHERE c.attrelid = t.oid AND c.attnum > 0 AND NOT c.attisdropped)
        OR {constraints} <> ARRAY(SELECT pg_get_constraintdef(c.oid) FROM pg_constraint c
                                   WHERE c.conrelid = t.oid AND c.contype NOT IN ('n', 't') ORDER BY 1)
        OR NOT EXISTS (SELECT FROM s JOIN pg_sequence q ON q.seqrelid = s.oid
                        WHERE q.seqincrement > 0 AND NOT q.seqcycle)"""

_PERSISTENCE = """
    SELECT 'it is not logged: a crash would empty it', format('ALTER TABLE %s SET LOGGED', {table})
      FROM t WHERE t.relpersistence <> 'p' AND t.relkind = 'r'"""

_TRIGGERS = """
    SELECT format('it has the trigger %I', g.tgname), format('DROP TRIGGER %I ON %s', g.tgname, {table})
      FROM t JOIN pg_trigger g ON g.tgrelid = t.oid AND NOT g.tgisinternal"""

_RULES = """
    SELECT format('it has the rule %I', r.rulename), format('DROP RULE %I ON %s', r.rulename, {table})
      FROM t JOIN pg_rewrite r ON r.ev_class = t.oid AND t.relkind = 'r'"""

_ROW_SECURITY = """
    SELECT 'row security is forced on its owner', format('ALTER TABLE %s NO FORCE ROW LEVEL SECURITY', {table})
      FROM t WHERE t.relforcerowsecurity
     UNION ALL
    SELECT format('row security hides its rows from role %I', current_user),
           format('ALTER TABLE %s DISABLE ROW LEVEL SECURITY', {table})
      FROM t WHERE NOT t.relforcerowsecurity AND row_security_active(t.oid)"""

_PARENTS = """
    SELECT format('%s is its parent', i.inhparent::regclass),
           CASE WHEN t.relispartition THEN format('ALTER TABLE %s DETACH PARTITION %s', i.inhparent::regclass, {table})
                ELSE format('ALTER TABLE %s NO INHERIT %s', {table}, i.inhparent::regclass) END
      FROM t JOIN pg_inherits i ON i.inhrelid = t.oid"""

_CHILDREN = """
    SELECT format('%s inherits from it', i.inhrelid::regclass),
           format('ALTER TABLE %s NO INHERIT %s', i.inhrelid::regclass, {table})
      FROM t JOIN pg_inherits i ON i.inhparent = t.oid AND t.relkind = 'r'"""

_INDEXES = """
    SELECT format('its index %I may call functions or reject rows', i.relname), format('DROP INDEX %s', i.oid::regclass)
      FROM t JOIN pg_index x ON x.indrelid = t.oid JOIN pg_class i ON i.oid = x.indexrelid
     WHERE (x.indisunique OR x.indexprs IS NOT NULL OR x.indpred IS NOT NULL)
       AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = x.indexrelid AND c.conrelid = t.oid)"""

_STATISTICS = """
    SELECT format('its statistics %I may call functions', e.stxname),
           format('DROP STATISTICS %I.%I', n.nspname, e.stxname)
      FROM t JOIN pg_statistic_ext e ON e.stxrelid = t.oid AND e.stxexprs IS NOT NULL
      JOIN pg_namespace n ON n.oid = e.stxnamespace"""

_FUNCTION = """
    SELECT format('the function %s exists, and is not the journal''s', f.oid::regprocedure),
           format('DROP FUNCTION %s', f.oid::regprocedure)
      FROM f WHERE NOT f.ours OR NOT EXISTS (SELECT FROM t)
     UNION ALL
    SELECT 'its function is missing', {function_statement}
     WHERE EXISTS (SELECT FROM t) AND NOT EXISTS (SELECT FROM f WHERE f.ours)"""

_TYPE = """
    SELECT format('the type %s has the name of its table', y.oid::regtype), format('DROP TYPE %s', y.oid::regtype)
      FROM pg_type y JOIN pg_namespace n ON n.oid = y.typnamespace
     WHERE n.nspname = {schema} AND y.typname = {name} AND y.typrelid = 0 AND NOT EXISTS (SELECT FROM t)"""

_FUNCTION_OWNER = """
    SELECT format('its function belongs to role %I, which is not trusted', pg_get_userbyid(f.proowner)),
           format('ALTER FUNCTION %s OWNER TO %I', f.oid::regprocedure, current_user)
      FROM f WHERE f.ours AND EXISTS (SELECT FROM t) AND NOT {trusted_function}"""

_SCHEMA_OWNER = """
    SELECT format('its schema belongs to role %I, which is not trusted', pg_get_userbyid(owner.oid)),
           format('ALTER SCHEMA %I OWNER TO %I', n.nspname, current_user)
      FROM pg_namespace n
      JOIN pg_database d ON d.datname = current_database()
     CROSS JOIN LATERAL (SELECT CASE WHEN pg_get_userbyid(n.nspowner) = 'pg_database_owner' THEN d.datdba
                                     ELSE n.nspowner END AS oid) owner
     WHERE n.nspname = {schema} AND NOT (n.nspname = 'public' AND owner.oid = d.datdba) AND NOT {trusted_schema}"""

_OWNER = """
    SELECT format('its table belongs to role %I, which is not trusted', pg_get_userbyid(t.relowner)),
           format('ALTER TABLE %s OWNER TO %I', {table}, current_user)
      FROM t WHERE NOT {trusted_table}"""

# Rows are only added: others may read and insert them.
_PRIVILEGES = """
    SELECT format('%s may use %s on it', grantee.name, string_agg(a.privilege_type, ', ' ORDER BY a.privilege_type)),
           format('REVOKE %s ON TABLE %s FROM %s%s',
                  string_agg(a.privilege_type, ', ' ORDER BY a.privilege_type), {table}, grantee.name,
                  CASE WHEN bool_or(a.is_grantable) THEN ' CASCADE' ELSE '' END)
      FROM t, aclexplode(t.relacl) a, {grantee}
     WHERE a.privilege_type IN ('TRIGGER', 'UPDATE', 'DELETE', 'TRUNCATE')
       AND a.grantee <> t.relowner AND NOT {trusted_grantee}
     GROUP BY grantee.name"""

_COLUMN_PRIVILEGES = """
    SELECT format('%s may use UPDATE on its column %I', grantee.name, c.attname),
           format('REVOKE UPDATE (%I) ON TABLE %s FROM %s%s', c.attname, {table}, grantee.name,
                  CASE WHEN a.is_grantable THEN ' CASCADE' ELSE '' END)
      FROM t JOIN pg_attribute c ON c.attrelid = t.oid AND NOT c.attisdropped, aclexplode(c.attacl) a, {grantee}
     WHERE a.privilege_type = 'UPDATE' AND a.grantee <> t.relowner AND NOT {trusted_grantee}"""

_SEQUENCE_PRIVILEGES = """
    SELECT format('%s may set its sequence', grantee.name),
           format('REVOKE UPDATE ON SEQUENCE %s FROM %s%s', s.oid::regclass, grantee.name,
                  CASE WHEN a.is_grantable THEN ' CASCADE' ELSE '' END)
      FROM s, aclexplode(s.relacl) a, {grantee}
     WHERE a.privilege_type = 'UPDATE' AND a.grantee <> s.relowner AND NOT {trusted_grantee}"""

# Changes that another role could have made since the run began: only a trusted owner can change the rest.
_CLEAN = """
    EXISTS (SELECT FROM pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace
             WHERE n.nspname = {schema} AND t.relname = {name}
               AND t.relkind = 'r' AND t.relpersistence = 'p' AND t.reloftype = 0
               AND NOT t.relhasrules AND NOT t.relforcerowsecurity AND NOT row_security_active(t.oid)
               AND NOT t.relispartition AND NOT t.relhassubclass
               AND NOT EXISTS (SELECT FROM pg_trigger g WHERE g.tgrelid = t.oid AND NOT g.tgisinternal)
               AND NOT EXISTS (SELECT FROM aclexplode(t.relacl) a
                                WHERE a.privilege_type IN ('TRIGGER', 'UPDATE', 'DELETE', 'TRUNCATE')
                                  AND a.grantee <> t.relowner)
               AND {trusted_table}
               AND (n.nspname = 'public' AND pg_get_userbyid(n.nspowner) = 'pg_database_owner'
                    OR {trusted_namespace}))"""

_MADE_OTHERWISE = (
    _SHAPE,
    _PERSISTENCE,
    _TRIGGERS,
    _RULES,
    _ROW_SECURITY,
    _PARENTS,
    _CHILDREN,
    _INDEXES,
    _STATISTICS,
)
_IN_OTHER_HANDS = (_SCHEMA_OWNER, _OWNER, _PRIVILEGES, _COLUMN_PRIVILEGES, _SEQUENCE_PRIVILEGES)
_OF_THE_FUNCTION = (_FUNCTION, _FUNCTION_OWNER)


def check(journal: JournalAt) -> str:
    """Return the body of a DO statement that fails if the journal's table cannot be trusted.

    It runs in each transaction that uses the table, after the lock.
    """
    problems = table_problems(journal)
    return raising(JOURNAL, display_name(journal.schema), problems, clean=_text(_CLEAN, journal))


def opening_summary(journal: JournalAt) -> str:
    """Return a query for `message` and `hint`, which describe the result of `opening_problems`, or are NULL."""
    return summary(JOURNAL, display_name(journal.schema), opening_problems(journal))


def guard_statements(journal: JournalAt) -> tuple[str, ...]:
    """Return the statements before an entry in its transaction. They need no answer, and fail if the journal cannot
    be trusted."""
    path = "SET LOCAL search_path = pg_catalog, pg_temp"  # for names in the check and in the statements after it
    return (path, journal_lock_statement(journal.schema, write=True), do(check(journal)))


def journal_exists(session: Session, schema: str) -> bool:
    """Whether a relation has the name of the journal's table."""
    query = "SELECT to_regclass(%(name)s) IS NOT NULL AS found"
    return bool(one(session.connection, query, {"name": qualified(schema)})["found"])


@contextmanager
def readable_journal(session: Session, journal: JournalAt) -> Iterator[bool]:
    """Begin a transaction that may read the journal, and return whether there is a journal. Raise `Refused` if it
    cannot be trusted."""
    with session.connection.transaction():
        there = journal_exists(session, journal.schema)
        if there:
            refuse_if(
                session, JOURNAL, display_name(journal.schema), table_problems(journal)
            )  # a relation that cannot even be locked
            session.connection.execute(journal_lock_statement(journal.schema, write=False).encode())
            refuse_if(session, JOURNAL, display_name(journal.schema), table_problems(journal))
        yield there


def opening_problems(journal: JournalAt) -> str:
    """Return a query for all problems of table and function, also if the table does not exist."""
    return _query((*_MADE_OTHERWISE, _TYPE, *_OF_THE_FUNCTION, *_IN_OTHER_HANDS), journal)


def differences_query(schema: str, expected: ExpectedTable = THE_JOURNAL) -> str:
    """Return a query for the differences between table and function and those that the tool creates, whoever owns
    them."""
    parts = (*_MADE_OTHERWISE, _FUNCTION) if expected is THE_JOURNAL else _MADE_OTHERWISE
    return _query(parts, JournalAt(schema=schema), expected)


def display_name(schema: str) -> str:
    """Return the journal's name for people."""
    return f"{display(schema)}.{JOURNAL_TABLE}"


def table_problems(journal: JournalAt, expected: ExpectedTable = THE_JOURNAL) -> str:
    """Return a query for the problems of a table of the tool in the journal's schema."""
    return _query((*_MADE_OTHERWISE, *_IN_OTHER_HANDS), journal, expected)


def _query(parts: Sequence[str], journal: JournalAt, expected: ExpectedTable = THE_JOURNAL) -> str:
    return _text(_OBJECTS + "\n     UNION ALL".join(parts), journal, expected)


def _text(template: str, journal: JournalAt, expected: ExpectedTable = THE_JOURNAL) -> str:
    literals = {
        "schema": journal.schema,
        "name": expected.name,
        "table": qualified(journal.schema, expected.name),
        "function": JOURNAL_FUNCTION,
        "function_statement": function_statement(journal.schema),
        "body": function_body(journal.schema),
        "arguments": FUNCTION_ARGUMENTS,
        "columns": json.dumps(expected.columns),
    }
    values = {name: sql.Literal(text) for name, text in literals.items()}
    trusted = {
        f"trusted_{name}": sql.SQL(is_trusted(role, journal.trusted_roles))
        for name, role in (
            ("function", "f.proowner"),
            ("schema", "owner.oid"),
            ("namespace", "n.nspowner"),
            ("table", "t.relowner"),
            ("grantee", "a.grantee"),
        )
    }
    constraints = sql.SQL("ARRAY[{}]").format(sql.SQL(", ").join(map(sql.Literal, expected.constraints)))
    more = {"constraints": constraints, "grantee": sql.SQL(GRANTEE)}
    return sql.SQL(template).format(**values, **trusted, **more).as_string(None)
