"""How a partition is detached concurrently: its parent can be read and written all the time.

PostgreSQL does that in two transactions, and an interrupted detachment leaves the partition pending. So the comment of
the partition says beforehand how it comes back. The constraint that PostgreSQL adds to the detached table is dropped:
it repeats the bounds that the comment has.
Source: https://www.postgresql.org/docs/current/sql-altertable.html (DETACH PARTITION)
"""

from __future__ import annotations

from collections.abc import Iterator

from psycopg import sql

from reconciler.kinds.base import ddl
from reconciler.kinds.dropped_table.detached import Mark
from reconciler.model.names import TableName
from reconciler.model.retired import ParentTable, PartitionConstraints
from reconciler.model.statement import Statement
from reconciler.model.step import DetachAction


def detach_at_once(table: TableName, parent: ParentTable) -> Statement:
    """Detach a partition or an inheritance child in the transaction that moves or drops it."""
    if parent.bound is None:
        return ddl.alter_table(table, ddl.compose("NO INHERIT {parent}", parent=ddl.relation(parent.table)))
    return _detach(table, parent, "")


def detach_action(table: TableName, mark: Mark) -> DetachAction:
    return DetachAction(
        table=table,
        mark=comment_on(table, mark.text()),
        unmark=comment_on(table, mark.comment),
        detach=_detach(table, mark.parent, " CONCURRENTLY"),
        finalize=_detach(table, mark.parent, " FINALIZE"),
    )


def _detach(table: TableName, parent: ParentTable, how: str) -> Statement:
    action = ddl.compose(f"DETACH PARTITION {{table}}{how}", table=ddl.relation(table))
    return ddl.alter_table(parent.table, action)


def comment_on(table: TableName, comment: str | None) -> Statement:
    text = ddl.compose(
        "COMMENT ON TABLE {table} IS {comment}", table=ddl.relation(table), comment=ddl.literal(comment)
    )
    return ddl.statement(text)


def drop_added_check(table: TableName, detaching: PartitionConstraints) -> Iterator[Statement]:
    """Yield the statement that drops the CHECK constraint which PostgreSQL has added to the detached table, if it has.

    It is one that the table did not have before, of its own and validated, with the condition of the partition. In the
    constraint, PostgreSQL prints lists of values in another way, so only what precedes one is compared.
    """
    if detaching.condition is None:
        return
    name = sql.Literal(ddl.text_of(ddl.relation(table)))
    before = ddl.joined((sql.Literal(one) for one in detaching.checks), ", ")
    template = " ".join(_DROP_CHECK.split())
    body = ddl.compose(template, table=name, before=before, condition=sql.Literal(detaching.condition))
    yield ddl.statement(ddl.compose("DO {body}", body=sql.Literal(ddl.text_of(body))))


_DROP_CHECK = """
    DECLARE
      added text;
    BEGIN
      FOR added IN
        SELECT c.conname FROM pg_constraint c
         WHERE c.conrelid = {table}::regclass AND c.contype = 'c' AND c.convalidated AND c.conislocal
           AND c.coninhcount = 0 AND c.conname <> ALL (ARRAY[{before}]::text[])
           AND regexp_replace(pg_get_expr(c.conbin, c.conrelid), ' = ANY [(].*', '')
               = regexp_replace({condition}, ' = ANY [(].*', '')
      LOOP
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', {table}::regclass, added);
      END LOOP;
    END"""
