"""How a partition is detached concurrently: its parent can be read and written all the time.

PostgreSQL does that in two transactions, and an interrupted detachment leaves the partition pending. So the partition
gets a mark beforehand, which says how it comes back. The constraint that PostgreSQL adds to the detached table is
dropped: it repeats the bounds that the mark has.
Source: https://www.postgresql.org/docs/current/sql-altertable.html (DETACH PARTITION)
"""

from __future__ import annotations

from psycopg import sql

from reconciler.kinds.base import ddl
from reconciler.kinds.dropped_table.detached import MARK, mark_text
from reconciler.model.names import TableName
from reconciler.model.retired import ParentTable
from reconciler.model.statement import Statement
from reconciler.model.step import DetachAction


def detach_at_once(table: TableName, parent: ParentTable) -> Statement:
    """Detach a partition or an inheritance child in the transaction that moves or drops it."""
    if parent.bound is None:
        return ddl.alter_table(table, ddl.compose("NO INHERIT {parent}", parent=ddl.relation(parent.table)))
    return _detach(table, parent, "")


def detach_action(table: TableName, parent: ParentTable) -> DetachAction:
    return DetachAction(
        table=table,
        mark=_mark(table, parent),
        unmark=unmark(table),
        detach=_detach(table, parent, " CONCURRENTLY"),
        finalize=_detach(table, parent, " FINALIZE"),
    )


def _detach(table: TableName, parent: ParentTable, how: str) -> Statement:
    action = ddl.compose(f"DETACH PARTITION {{table}}{how}", table=ddl.relation(table))
    return ddl.alter_table(parent.table, action)


def comment_on(table: TableName, comment: str | None) -> Statement:
    text = ddl.compose(
        "COMMENT ON TABLE {table} IS {comment}", table=ddl.relation(table), comment=ddl.literal(comment)
    )
    return ddl.statement(text)


def unmark(table: TableName) -> Statement:
    return ddl.statement(ddl.compose("COMMENT ON TYPE {table} IS NULL", table=ddl.relation(table)))


def _mark(table: TableName, parent: ParentTable) -> Statement:
    mark = sql.Literal(mark_text(parent))
    return _block(_MARK, table, mark=mark, comment=_named("COMMENT ON TYPE {table} IS ", table))


def leave_detached(table: TableName) -> Statement:
    """Remove what the detachment has left on the table: the CHECK constraint that PostgreSQL has added, and the mark.

    The constraint is one that the table did not have before, of its own and validated, with the condition of the
    partition; if there are several, somebody has added the others later. PostgreSQL prints lists of values in another
    way in the constraint, so only what precedes one is compared.
    """
    return _block(_LEAVE, table, relation=ddl.relation(table), drop=_named("ALTER TABLE {table} DROP ", table))


def _named(words: str, table: TableName) -> sql.Literal:
    return sql.Literal(ddl.text_of(ddl.compose(words, table=ddl.relation(table))))


def _block(template: str, table: TableName, **parts: ddl.Sql) -> Statement:
    body = ddl.compose(" ".join(template.split()), table=_named("{table}", table), **parts)
    return ddl.statement(ddl.compose("DO {body}", body=sql.Literal(ddl.text_of(body))))


# The condition and the checks are those of the moment, not of the plan: somebody may have added a check since. While
# the partition is pending, the constraint that PostgreSQL has added is from the same transaction.
_MARK = """
    DECLARE
      mark text;
    BEGIN
      FOR mark IN
        SELECT concat({mark}, ', "condition": ', coalesce(to_json(pg_get_partition_constraintdef(t.oid)), 'null'),
                      ', "checks": ', array_to_json(ARRAY(
                        SELECT c.oid::int8 FROM pg_constraint c
                         WHERE c.conrelid = t.oid AND c.contype = 'c' AND NOT (h.inhdetachpending AND c.xmin = h.xmin)
                         ORDER BY 1)), '}}')
          FROM pg_class t JOIN pg_inherits h ON h.inhrelid = t.oid
         WHERE t.oid = {table}::regclass
      LOOP
        EXECUTE {comment} || quote_literal(mark);
      END LOOP;
    END"""

_LEAVE = f"""
    DECLARE
      mark jsonb;
      added name;
    BEGIN
      SELECT {MARK} INTO mark FROM pg_class t WHERE t.oid = {{table}}::regclass;
      SELECT c.conname INTO added FROM pg_constraint c
       WHERE c.conrelid = {{table}}::regclass AND c.contype = 'c' AND c.convalidated AND c.conislocal
         AND c.coninhcount = 0 AND NOT mark -> 'checks' @> to_jsonb(c.oid::int8)
         AND regexp_replace(pg_get_expr(c.conbin, c.conrelid), ' = ANY [(].*', '')
             = regexp_replace(mark ->> 'condition', ' = ANY [(].*', '')
       ORDER BY c.oid LIMIT 1;
      IF FOUND THEN
        EXECUTE {{drop}} || format('CONSTRAINT %I', added);
      END IF;
      COMMENT ON TYPE {{relation}} IS NULL;
    END"""
