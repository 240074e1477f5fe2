"""Sends one batch of a repair: a transaction that the server receives as a whole.

A batch changes rows only while the table is as it was when the plan was made, and only if each row that it removes
reaches the quarantine. Otherwise the transaction fails.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

from reconciler.model.bound import Parameter
from reconciler.model.names import TableName
from reconciler.model.state import BatchSize
from reconciler.model.statement import Statement
from reconciler.model.step import Batch
from reconciler.postgres.any_bytes import to_bytes
from reconciler.postgres.archive_check import archive_check
from reconciler.postgres.locking import block, string_literal
from reconciler.postgres.own import do
from reconciler.postgres.search_path import reset_search_path, set_search_path
from reconciler.postgres.session import Session, one, rows, search_path_text

OTHER_TABLE, ROWS_LOST, OTHER_ROWS, OTHER_VALUES = "RC012", "RC013", "RC014", "RC015"
"""SQLSTATEs of a batch: the table is not as planned; rows that were removed did not reach the quarantine; foreign keys
deleted or changed other rows; a trigger changed a row that went back."""

FIRST_PAGES, FIRST_ROWS, MOST_PAGES, GROWTH = 8, 200, 4096, 4
"""The pages of the first batch and its most rows, the most pages of any batch, and how much a batch may grow. A batch
that finds few rows reads no more than 32 MB."""

MOST_PASSES = 10
"""How often a repair goes through the table in vain: it changes rows, and their number does not become smaller."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchResult:
    """A batch that was committed. `found` is the number of rows that it locked, `changed` that of rows that it moved,
    deleted or changed, and `referring` that of rows whose references to them it moved. `more`: some of these are
    left."""

    found: int
    changed: int
    referring: int
    more: bool


def pages_of(session: Session, table: TableName) -> int:
    """Return the number of pages of a table without its partitions."""
    query = "SELECT (pg_relation_size(%(table)s::regclass) / current_setting('block_size')::int8)::int8 AS pages"
    return int(one(session.connection, query, {"table": _name(table)})["pages"])


def _name(table: TableName) -> str:
    return sql.Identifier(table.schema, table.name).as_string(None)


def planned_statement(batch: Batch) -> str:
    """Return the block that fails unless the table is as planned. No other session can alter it until the end of the
    transaction."""
    return block(["DECLARE planned boolean;", "BEGIN", *planned_lines(batch), "END"])


def in_pages(first: int, pages: int, most: int) -> Mapping[str, str]:
    """Return the parameters of the statement that locks at most `most` rows of a range of pages."""
    return {"first": f"'({first},0)'", "end": f"'({first + pages},0)'", "rows": str(most)}


def batch_statement(batch: Batch, rows_of: Mapping[str, str], *, most: int, run_id: str) -> str:
    """Return the block that runs a batch. `rows_of` are the parameters of the statement that locks its rows. It changes
    at most `most` rows of each table that refers to them."""
    find = batch.find.filled(rows_of)
    changes = [one.filled({"run": string_literal(run_id), "rows": str(most)}) for one in batch.changes]
    lines = [
        "DECLARE page record; referring record; done record; others bigint;",
        "  changed bigint := 0; referred bigint := 0; more boolean := false;",
        "BEGIN",
        f"  EXECUTE {string_literal(find)} INTO page;",
        f"  IF {FOUND} THEN",
        *(f"    {line}" for line in changing_lines(batch, [string_literal(one) for one in changes], most=most)),
        *(f"    {line}" for line in (_added("rows", "changed"), _added("references", "referred"))),
        "  END IF;",
        "  PERFORM pg_catalog.set_config('reconcile.batch', pg_catalog.jsonb_build_object(",
        "    'found', pg_catalog.cardinality(page.places), 'changed', changed, 'referring', referred,",
        "    'more', more)::pg_catalog.text, true);",
        "END",
    ]
    return block(lines)


def _added(setting: str, count: str) -> str:
    """Return the statement that adds a count to a setting of the session, which is reset if the batch is not
    committed."""
    name = f"'reconcile.{setting}'"
    total = f"(pg_catalog.current_setting({name})::bigint OPERATOR(pg_catalog.+) {count})::pg_catalog.text"
    return f"PERFORM pg_catalog.set_config({name}, {total}, false);"


# The batch runs under the search path of the file, where functions and operators of others might be found.
FOUND = "pg_catalog.cardinality(page.places) OPERATOR(pg_catalog.>) 0"

# The rows that this session has deleted or changed in other tables whose foreign keys refer to a table, or to a table
# above it, and delete or change rows together with it.
_OTHER_ROWS = """
    SELECT coalesce(pg_catalog.sum(pg_catalog.pg_stat_get_xact_tuples_deleted(t.oid)
             OPERATOR(pg_catalog.+) pg_catalog.pg_stat_get_xact_tuples_updated(t.oid)), 0)::bigint
      FROM (SELECT c.conrelid AS oid FROM pg_catalog.pg_constraint AS c
             WHERE c.contype OPERATOR(pg_catalog.=) 'f'
               AND (c.confrelid OPERATOR(pg_catalog.=) {table}::pg_catalog.regclass
                    OR c.confrelid OPERATOR(pg_catalog.=) ANY (ARRAY(
                         SELECT a.relid::pg_catalog.oid FROM pg_catalog.pg_partition_ancestors({table}) AS a)))
               AND (c.confdeltype OPERATOR(pg_catalog.=) ANY ('{{c,n,d}}'::"char"[])
                    OR c.confupdtype OPERATOR(pg_catalog.=) ANY ('{{c,n,d}}'::"char"[]))
               AND c.conrelid OPERATOR(pg_catalog.<>) {table}::pg_catalog.regclass
             GROUP BY c.conrelid) AS t"""


def other_rows(table: TableName) -> str:
    """Return the expression for the number of rows that this transaction has changed by foreign keys to a table."""
    return f"({_OTHER_ROWS.format(table=string_literal(_name(table)))})"


def changing_lines(batch: Batch, changes: Sequence[str], *, most: int) -> Iterator[str]:
    """Yield the lines that change the rows at the places of `page`, and at most `most` rows of each table that refers
    to them. `changes` are expressions for the statements. They add to `changed` and `referred`, set `more`, and
    fail unless each row reaches the quarantine, and no foreign key deletes or changes rows of other tables."""
    others = other_rows(batch.table)
    *moves, change = changes
    # The pages of these rows have just been read. With the usual cost of a random page, the server would read the whole
    # table, or the whole table that it refers to, for a few thousand rows.
    yield "PERFORM pg_catalog.set_config('random_page_cost', pg_catalog.current_setting('seq_page_cost'), true);"
    for find, move in zip(moves[::2], moves[1::2], strict=True):
        yield f"EXECUTE {find} INTO referring USING page.places;"
        yield f"EXECUTE {move} INTO done USING page.places, referring.places;"
        yield from _counted("referred")
        yield f"more := more OR (pg_catalog.cardinality(referring.places) OPERATOR(pg_catalog.>=) {most}"
        yield "  AND done.changed OPERATOR(pg_catalog.>) 0);"
    yield f"others := {others};"
    yield f"EXECUTE {change} INTO done USING page.places;"
    yield from _counted("changed")
    yield f"IF others OPERATOR(pg_catalog.<>) {others} THEN"
    yield f"  RAISE EXCEPTION USING ERRCODE = '{OTHER_ROWS}',"
    yield "    MESSAGE = 'a foreign key would delete or change rows of another table';"
    yield "END IF;"


def _counted(sum_of: str) -> Iterator[str]:
    yield "IF done.changed OPERATOR(pg_catalog.<>) done.kept THEN"
    yield f"  RAISE EXCEPTION USING ERRCODE = '{ROWS_LOST}', MESSAGE = 'not every row reached the quarantine';"
    yield "END IF;"
    yield f"{sum_of} := {sum_of} OPERATOR(pg_catalog.+) done.changed;"


def planned_lines(batch: Batch) -> Iterator[str]:
    """Yield the statements that lock the tables of a batch, and fail unless these are as planned."""
    for table in (batch.table, *batch.also_locked):
        yield f"  LOCK TABLE ONLY {_name(table)} IN ROW EXCLUSIVE MODE;"
    for query in batch.as_planned:
        yield f"  EXECUTE {string_literal(str(query))} INTO planned;"
        yield "  IF planned IS NOT TRUE THEN"
        yield f"    RAISE EXCEPTION USING ERRCODE = '{OTHER_TABLE}', MESSAGE = 'a table has changed';"
        yield "  END IF;"


def added_in_script(setting: str, count: str) -> str:
    """Return the statement that adds a count to a setting of the session, which a script writes to the journal."""
    name = f"reconcile.{setting}"
    return f"    PERFORM set_config('{name}', (current_setting('{name}')::bigint + {count})::text, false);"


def script_block(batch: Batch, path: Sequence[str], size: BatchSize, archive_check_body: str | None) -> str:
    """Return a block that goes through the whole table and commits each batch, until nothing more can be changed.

    It is for a client outside of a transaction. The setting `reconcile.run` has the id of the run.
    """
    place = "pg_catalog.quote_literal(pg_catalog.format('(%s,0)', {}))"
    find = expression_for(
        batch.find,
        {"first": place.format("at"), "end": place.format("at + size"), "rows": "most"},
    )
    change = expression_for(batch.change, {"run": "quote_literal(current_setting('reconcile.run'))"})
    half_s = size.target.total_seconds() / 2
    lines = [
        "DECLARE page record; done record; planned boolean; others bigint; fewest bigint; in_vain int := 0;",
        f"  size bigint := {FIRST_PAGES}; most bigint := {min(size.rows, FIRST_ROWS)}; at bigint; pages bigint;",
        "  changed bigint; before bigint; found bigint; here bigint; locked bigint; growth numeric; filled boolean;",
        "  statement pg_catalog.text;",
        "  began timestamp with time zone;",
        "BEGIN",
        "  LOOP",
        "    at := 0; changed := 0; found := 0;",
        f"    pages := pg_relation_size({string_literal(_name(batch.table))}::regclass)",
        "      / current_setting('block_size')::int8;",
        "    WHILE at < pages LOOP",
        "      began := clock_timestamp();",
        *(f"    {line}" for line in planned_lines(batch)),
        f"      statement := {find};",
        f"      PERFORM set_config('search_path', {string_literal(search_path_text(path))}, true);",
        "      EXECUTE statement INTO page;",
        "      before := changed;",
        f"      IF {FOUND} THEN",
        *(f"        {line}" for line in changing_lines(batch, [change], most=size.rows)),
        "      END IF;",
        "      PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);",
        *([f"      EXECUTE {string_literal(do(archive_check_body))};"] if archive_check_body else []),
        "      COMMIT;",
        f"      growth := least({GROWTH}, {half_s}",
        "        / greatest(0.000001, extract(epoch FROM clock_timestamp() - began)));",
        "      here := size; locked := cardinality(page.places); found := found + locked;",
        "      filled := locked >= most AND changed > before;",
        f"      most := greatest(CASE WHEN growth < 1 THEN 1 ELSE most END, least({size.rows}, locked * growth));",
        f"      size := greatest(1, least({MOST_PAGES}, most * 15 / 16 * size / greatest(1, found), size * growth));",
        "      IF NOT filled THEN at := at + here; found := 0; END IF;",
        "    END LOOP;",
        added_in_script("rows", "changed"),
        *(f"    {line}" for line in last_pass("changed")),
        "  END LOOP;",
        "END",
    ]
    return block(lines)


def last_pass(changed: str) -> Iterator[str]:
    """Yield the lines that leave the loop of a script when a pass has changed no row, or too many were in vain."""
    yield f"EXIT WHEN {changed} = 0 OR in_vain >= {MOST_PASSES};"
    yield f"in_vain := CASE WHEN {changed} < fewest THEN 0 ELSE in_vain + 1 END;"
    yield f"fewest := least(fewest, {changed});"


def expression_for(statement: Statement, values: Mapping[str, str]) -> str:
    """Return an SQL expression for the text of a statement, with an expression for each parameter."""
    return " || ".join(
        values[part.name] if isinstance(part, Parameter) else string_literal(str(part)) for part in statement.parts
    )


def send_batch(
    session: Session,
    first: str,
    batch_text: str,
    path: Sequence[str],
    *,
    archive: Collection[str] | None,
    at_end: Sequence[str] = (),
) -> BatchResult:
    """Run a batch in a transaction of its own, under the search path of the file, after the statement `first`.

    `archive` are the roles that may own the archive, if the batch keeps rows there. Raises `psycopg.Error`; then
    nothing was changed.
    """
    statements = [
        first,
        set_search_path(path, concurrent=False),
        batch_text,
        reset_search_path(concurrent=False),
        *([do(archive_check(archive))] if archive is not None else []),
        *at_end,
        "SELECT current_setting('reconcile.batch') AS result",
    ]
    # Statements that are sent together form one transaction. The server begins when it has received all of them.
    cursor = session.connection.execute(to_bytes("; ".join(statements)), prepare=False)
    while cursor.nextset():
        pass
    row = cursor.fetchone()
    assert row is not None
    found: dict[str, Any] = json.loads(row["result"])
    return BatchResult(**found)


COUNT_FROM_ZERO = (
    "SELECT pg_catalog.set_config('reconcile.rows', '0', false), "
    "pg_catalog.set_config('reconcile.references', '0', false)"
)
"""The statement before the first batch of a repair."""


def committed_rows(session: Session) -> tuple[int, int]:
    """Return the rows that the batches of a repair have changed, and those of tables that refer to them, as far as
    they were committed: also if the client was interrupted before it knew of the last one."""
    query = """
        SELECT current_setting('reconcile.rows')::int8 AS changed,
               current_setting('reconcile.references')::int8 AS referring"""
    found = one(session.connection, query)
    return found["changed"], found["referring"]


def is_other_table(error: psycopg.Error) -> bool:
    """Whether a batch failed because the table is not as it was when the plan was made."""
    return error.sqlstate == OTHER_TABLE


# The lag of a standby that catches up is unknown: the server measures it only for WAL that it has just written.
_LAG = """
    SELECT coalesce(max(CASE state WHEN 'catchup' THEN 'Infinity' ELSE extract(epoch FROM replay_lag)::float8 END), 0)
             AS lag_s
      FROM pg_stat_replication WHERE state IN ('streaming', 'catchup')"""

_AUTOVACUUM = """
    SELECT p.pid FROM pg_stat_progress_vacuum p JOIN pg_stat_activity a USING (pid)
     WHERE p.relid = %(table)s::regclass AND a.backend_type = 'autovacuum worker' LIMIT 1"""


def replica_lag_s(session: Session) -> float:
    """Return how far the slowest standby is behind, in seconds: infinity for one that catches up after it was
    disconnected; 0 if there is none, or the role may not see it."""
    return float(one(session.connection, _LAG)["lag_s"])


def autovacuum_of(session: Session, table: TableName) -> int | None:
    """Return the process id of an autovacuum that works on the table, None if there is none."""
    found = rows(session.connection, _AUTOVACUUM, {"table": _name(table)})
    return int(found[0]["pid"]) if found else None
