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
from reconciler.model.plan import Batch, Statement
from reconciler.model.state import BatchSize
from reconciler.postgres.any_bytes import to_bytes
from reconciler.postgres.archive_check import archive_check
from reconciler.postgres.locking import block, string_literal
from reconciler.postgres.own import do
from reconciler.postgres.search_path import reset_search_path, set_search_path
from reconciler.postgres.session import Session, one, rows, search_path_text

OTHER_TABLE, ROWS_LOST, OTHER_ROWS = "RC012", "RC013", "RC014"
"""SQLSTATEs of a batch: the table is not as planned; rows that were removed did not reach the quarantine; foreign keys
deleted or changed other rows."""

Place = Sequence[str] | int | None
"""Where a batch begins: the key of the last row before it, the number of a page, or None at the beginning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchResult:
    """A batch that was committed. `looked_at` is the number of rows that it read, `found` that of rows that it
    locked, and `changed` that of rows that it moved, deleted or changed. `last` is the key of the last row."""

    looked_at: int
    found: int
    changed: int
    last: Sequence[str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """The size of a table: the planner's number of rows (-1: never analyzed), and its pages now."""

    rows: int
    pages: int


_EXTENT = """
    SELECT reltuples::int8 AS rows,
           (pg_relation_size(oid) / current_setting('block_size')::int8)::int8 AS pages
      FROM pg_class WHERE oid = %(table)s::regclass"""


def extent_of(session: Session, table: TableName) -> Extent:
    """Return the size of a table without its partitions."""
    return Extent(**one(session.connection, _EXTENT, {"table": _name(table)}))


def _name(table: TableName) -> str:
    return sql.Identifier(table.schema, table.name).as_string(None)


def planned_statement(batch: Batch) -> str:
    """Return the block that fails unless the table is as planned. No other session can alter it until the end of the
    transaction."""
    lines = [
        "DECLARE planned boolean;",
        "BEGIN",
        *_as_planned(batch),
        "END",
    ]
    return block(lines)


def batch_statement(batch: Batch, *, after: Place, size: int, most: int, run_id: str) -> str:
    """Return the block that runs a batch: it reads `size` rows, or pages for a table without a primary key, and changes
    at most `most` rows."""
    find = batch.find.filled({"range": _range(batch, after, size), "page": str(size), "rows": str(most)})
    change = batch.change.filled({"run": string_literal(run_id)})
    lines = [
        "DECLARE page record; done record; others bigint;",
        "BEGIN",
        f"  EXECUTE {string_literal(find)} INTO page;",
        f"  IF {_FOUND} THEN",
        *(f"    {line}" for line in _changing(batch, string_literal(change))),
        "  ELSE",
        "    SELECT 0::bigint AS changed INTO done;",
        "  END IF;",
        "  PERFORM pg_catalog.set_config('reconcile.batch', pg_catalog.jsonb_build_object(",
        "    'looked_at', page.looked_at, 'last', page.last, 'found', pg_catalog.cardinality(page.places),",
        "    'changed', done.changed)::pg_catalog.text, true);",
        "END",
    ]
    return block(lines)


# The batch runs under the search path of the file, where functions and operators of others might be found.
_FOUND = "pg_catalog.cardinality(page.places) OPERATOR(pg_catalog.>) 0"

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


def _changing(batch: Batch, change: str) -> Iterator[str]:
    """Yield the lines that change the rows of a page, by the expression `change` for the statement. They fail unless
    each row reaches the quarantine, and no foreign key deletes or changes rows of other tables."""
    others = _OTHER_ROWS.format(table=string_literal(_name(batch.table)))
    yield f"others := ({others});"
    yield f"EXECUTE {change} INTO done USING page.places;"
    yield "IF done.changed OPERATOR(pg_catalog.<>) done.kept THEN"
    yield f"  RAISE EXCEPTION USING ERRCODE = '{ROWS_LOST}', MESSAGE = 'not every row reached the quarantine';"
    yield "END IF;"
    yield f"IF others OPERATOR(pg_catalog.<>) ({others}) THEN"
    yield f"  RAISE EXCEPTION USING ERRCODE = '{OTHER_ROWS}',"
    yield "    MESSAGE = 'a foreign key would delete or change rows of another table';"
    yield "END IF;"


def _as_planned(batch: Batch) -> Iterator[str]:
    """Yield the statements that lock the tables of a batch, and fail unless these are as planned."""
    for table in (batch.table, *batch.also_locked):
        yield f"  LOCK TABLE ONLY {_name(table)} IN ROW EXCLUSIVE MODE;"
    for query in batch.as_planned:
        yield f"  EXECUTE {string_literal(str(query))} INTO planned;"
        yield "  IF planned IS NOT TRUE THEN"
        yield f"    RAISE EXCEPTION USING ERRCODE = '{OTHER_TABLE}', MESSAGE = 'a table has changed';"
        yield "  END IF;"


def script_block(batch: Batch, path: Sequence[str], size: BatchSize, archive_check_body: str | None) -> str:
    """Return a block that goes through the whole table and commits each batch, until nothing more can be changed.

    It is for a client outside of a transaction. The setting `reconcile.run` has the id of the run.
    """
    in_pages = not batch.key
    find = _expression(batch.find, {"range": "condition", "page": "size::text", "rows": f"'{size.rows}'"})
    change = _expression(batch.change, {"run": "quote_literal(current_setting('reconcile.run'))"})
    half_s = size.target.total_seconds() / 2
    lines = [
        "DECLARE page record; done record; planned boolean; others bigint;",
        f"  size int := {_FIRST_PAGES if in_pages else size.rows};",
        "  last pg_catalog.text[]; at bigint; condition pg_catalog.text; changed bigint; pages bigint;",
        "  began timestamp with time zone;",
        "BEGIN",
        "  LOOP",
        "    last := NULL; at := 0; changed := 0;",
        f"    pages := pg_relation_size({string_literal(_name(batch.table))}::regclass)",
        "      / current_setting('block_size')::int8;",
        "    LOOP",
        "      began := clock_timestamp();",
        *(f"    {line}" for line in _as_planned(batch)),
        f"      condition := {_range_expression(batch)};",
        f"      PERFORM set_config('search_path', {string_literal(search_path_text(path))}, true);",
        f"      EXECUTE {find} INTO page;",
        f"      IF {_FOUND} THEN",
        *(f"        {line}" for line in _changing(batch, change)),
        "        changed := changed OPERATOR(pg_catalog.+) done.changed;",
        "      END IF;",
        "      PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);",
        *([f"      EXECUTE {string_literal(do(archive_check_body))};"] if archive_check_body else []),
        "      COMMIT;",
        "      at := at + size; last := page.last;",
        f"      EXIT WHEN {'at >= pages' if in_pages else 'page.looked_at < size'};",
        f"      size := greatest(1, least({size.rows * ROWS_READ}, size * least(2, {half_s} /",
        "        greatest(0.000001, extract(epoch FROM clock_timestamp() - began)))))::int;",
        "    END LOOP;",
        "    EXIT WHEN changed = 0;",
        "  END LOOP;",
        "END",
    ]
    return block(lines)


_FIRST_PAGES = 8
_ABOVE, _BELOW, _NOT_BELOW = (f"OPERATOR(pg_catalog.{one})" for one in (">", "<", ">="))

ROWS_READ = 20
"""A batch reads at most this many times the rows that it may change."""


def _expression(statement: Statement, values: Mapping[str, str]) -> str:
    """Return an SQL expression for the text of a statement, with an expression for each parameter."""
    return " || ".join(
        values[part.name] if isinstance(part, Parameter) else string_literal(str(part)) for part in statement.parts
    )


def _range_expression(batch: Batch) -> str:
    if not batch.key:
        places = "'(' || at || ',0)', '(' || at + size || ',0)'"
        condition = string_literal(f"%1$s.ctid {_NOT_BELOW} %2$L AND %1$s.ctid {_BELOW} %3$L")
        return f"format({condition}, {string_literal(batch.alias)}, {places})"
    columns = ", ".join(f"{batch.alias}.{sql.Identifier(name).as_string(None)}" for name, _ in batch.key)
    values = " || ', ' || ".join(
        f"quote_literal(last[{n}]) || {string_literal(f'::{kind}')}" for n, (_, kind) in enumerate(batch.key, 1)
    )
    return f"CASE WHEN last IS NULL THEN 'true' ELSE {string_literal(f'({columns}) {_ABOVE} (')} || {values} || ')' END"


def _range(batch: Batch, after: Place, size: int) -> str:
    """Return the condition for the rows of a batch."""
    alias = batch.alias
    if not batch.key:
        begin = after if isinstance(after, int) else 0
        first, end = f"'({begin},0)'", f"'({begin + size},0)'"
        return f"{alias}.ctid {_NOT_BELOW} {first} AND {alias}.ctid {_BELOW} {end}"
    if after is None or isinstance(after, int):
        return "true"
    columns = ", ".join(f"{alias}.{sql.Identifier(name).as_string(None)}" for name, _ in batch.key)
    values = (f"{string_literal(text)}::{kind}" for text, (_, kind) in zip(after, batch.key, strict=True))
    return f"({columns}) {_ABOVE} ({', '.join(values)})"


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


def is_other_table(error: psycopg.Error) -> bool:
    """Whether a batch failed because the table is not as it was when the plan was made."""
    return error.sqlstate == OTHER_TABLE


_LAG = """
    SELECT coalesce(max(extract(epoch FROM replay_lag)), 0)::float8 AS lag_s
      FROM pg_stat_replication WHERE state = 'streaming'"""

_AUTOVACUUM = """
    SELECT p.pid FROM pg_stat_progress_vacuum p JOIN pg_stat_activity a USING (pid)
     WHERE p.relid = %(table)s::regclass AND a.backend_type = 'autovacuum worker' LIMIT 1"""


def replica_lag_s(session: Session) -> float:
    """Return how far the slowest standby is behind, in seconds; 0 if there is none, or the role may not see it."""
    return float(one(session.connection, _LAG)["lag_s"])


def autovacuum_of(session: Session, table: TableName) -> int | None:
    """Return the process id of an autovacuum that works on the table, None if there is none."""
    found = rows(session.connection, _AUTOVACUUM, {"table": _name(table)})
    return int(found[0]["pid"]) if found else None
