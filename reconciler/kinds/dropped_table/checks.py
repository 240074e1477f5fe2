"""The conditions for keeping a table in the archive, and for dropping it."""

from __future__ import annotations

import json
from collections.abc import Sequence

from psycopg import sql

from reconciler.kinds.base import ddl
from reconciler.kinds.base.row_hash import hash_of_rows, row_of, row_value
from reconciler.kinds.base.table_state import state_of
from reconciler.kinds.dropped_table.catalog import EDGES
from reconciler.kinds.dropped_table.origin import COUNTED_WITH
from reconciler.kinds.dropped_table.rules import (
    CHANGED_AFTER_DUMP,
    CHANGED_AFTER_LOAD,
    FEWER_ROWS,
    REACHABLE_IN_ARCHIVE,
)
from reconciler.model.bound import BoundName
from reconciler.model.dumped import Dump
from reconciler.model.guard import Guard, Moment
from reconciler.model.names import ARCHIVE_SCHEMA, TableName
from reconciler.model.rules.dependencies import HAS_DEPENDENTS


def enough_rows(table: TableName, replacement: TableName, archived: BoundName | None = None) -> Guard:
    """Check that the replacement has at least as many rows, at one moment. `archived` is the table's name in the
    archive: nobody can add rows to it there, so the result holds until the table is dropped."""
    here = _place(table, archived)
    old = (ddl.fragment("(SELECT count(*) FROM "), *here, ddl.fragment(")"))
    new = ddl.compose("(SELECT count(*) FROM {table})", table=ddl.relation(replacement))
    label = ddl.compose("SELECT {label} || ", label=sql.Literal(f"{table}: "))
    middle = ddl.compose(" || {label} || {new}", label=sql.Literal(f" rows, {replacement}: "), new=new)
    return Guard(
        id=FEWER_ROWS,
        title=f"{replacement} holds at least as many rows as {table}",
        count=ddl.statement(ddl.fragment("SELECT greatest("), *old, ddl.compose(" - {new}, 0)", new=new)),
        sample=ddl.statement(label, *old, middle),
        more=ddl.statement(
            ddl.fragment("SELECT "), *old, ddl.compose(" AS dropped, {new} AS replacement", new=new)
        ),
        noun="more row",
        cause=f"in {table} than in {replacement}, its replacement",
        remedy=f"copy the missing rows to {replacement}, or remove `replaced_by` from the file",
        unchecked_ok=False,
    )


def enough_rows_of_parts(table: TableName, replacement: TableName, archived: BoundName) -> Guard:
    """Check that the replacement has at least as many rows as a partitioned table and its partitions, which are all in
    the archive. The comments of the partitions say that they are counted with the table."""
    whole = sql.Literal(json.dumps(table, ensure_ascii=False))
    words = " ".join(_ROWS_OF_PARTS.split())
    old = (
        ddl.compose(f"(({words}) + (SELECT count(*) FROM ", whole=whole),
        *_place(table, archived),
        ddl.fragment("))"),
    )
    new = ddl.compose("(SELECT count(*) FROM {table})", table=ddl.relation(replacement))
    more = ddl.statement(ddl.fragment("SELECT "), *old, ddl.compose(" AS dropped, {new} AS replacement", new=new))
    return Guard(
        id=FEWER_ROWS,
        title=f"{replacement} holds at least as many rows as {table} with its partitions",
        count=ddl.statement(ddl.fragment("SELECT greatest("), *old, ddl.compose(" - {new}, 0)", new=new)),
        sample=more,
        more=more,
        noun="more row",
        cause=f"in {table} and its partitions than in {replacement}, its replacement",
        remedy=f"copy the missing rows to {replacement}, and run the same command again; or run `reconcile restore "
        f"{table}`, which brings the table and its partitions back",
        unchecked_ok=False,
        moment=Moment.WITHIN,
    )


# An earlier run may have moved some of them, so no statement can name them. ts_stat runs a query that is given as text,
# on every server; query_to_xml needs one with libxml.
_ROWS_OF_PARTS = f"""
    SELECT coalesce(sum(counted.word::bigint), 0)
      FROM pg_class t
     CROSS JOIN LATERAL ts_stat(
             format('SELECT array_to_tsvector(ARRAY[count(*)::text]) FROM %s', t.oid::regclass)) AS counted
     WHERE t.relnamespace = (SELECT n.oid FROM pg_namespace n WHERE n.nspname = '{ARCHIVE_SCHEMA}')
       AND t.relkind IN ('r', 'p') AND position('"{COUNTED_WITH}": ' IN obj_description(t.oid, 'pg_class')) > 0
       AND obj_description(t.oid, 'pg_class')::jsonb -> '{COUNTED_WITH}' = {{whole}}::jsonb"""


def _place(table: TableName, archived: BoundName | None) -> tuple[ddl.Sql | BoundName, ...]:
    if archived is None:
        return (ddl.relation(table),)
    return ddl.compose("{archive}.", archive=ddl.name(ARCHIVE_SCHEMA)), archived


# Roles that may act as a superuser or as the session's role can do anything in any case.
_WRITERS = f"""
    FROM pg_catalog.pg_class t JOIN pg_catalog.pg_namespace n ON n.nspname = '{ARCHIVE_SCHEMA}',
         pg_catalog.pg_roles w
   WHERE w.rolname !~ '^pg_' AND pg_catalog.has_schema_privilege(w.oid, n.oid, 'USAGE')
     AND (pg_catalog.pg_has_role(w.oid, t.relowner, 'USAGE')
          OR pg_catalog.has_any_column_privilege(w.oid, t.oid, 'INSERT'))
     AND NOT EXISTS (SELECT FROM pg_catalog.pg_roles s
                      WHERE (s.rolsuper OR s.rolname = current_user) AND pg_catalog.pg_has_role(w.oid, s.oid, 'MEMBER'))
     AND t.reltype = pg_catalog.pg_typeof(NULL::"""


def out_of_reach(table: TableName, archived: BoundName | None = None) -> Guard:
    """Check that no other role may add rows to the table in the archive between the count and the drop."""
    writers = (ddl.fragment(" ".join(_WRITERS.split())), *_place(table, archived), ddl.fragment(")"))
    more = ddl.statement(ddl.fragment("SELECT w.rolname "), *writers, ddl.fragment(" ORDER BY 1"))
    return Guard(
        id=REACHABLE_IN_ARCHIVE,
        title=f"no other role may add rows to {table} in {ARCHIVE_SCHEMA}",
        count=ddl.statement(ddl.fragment("SELECT count(*) "), *writers),
        sample=more,
        more=more,
        noun="role",
        cause=f"that could add rows to {table} in {ARCHIVE_SCHEMA} after its rows are counted and before it is dropped",
        remedy=f"during the run, revoke USAGE on schema {ARCHIVE_SCHEMA} from them, and membership in "
        "pg_write_all_data",
        unchecked_ok=False,
        moment=Moment.WITHIN,
    )


def as_dumped(table: TableName, archived: BoundName) -> Guard:
    """Check that the table in the archive has the rows, the definition and the sequences of the dump that its comment
    describes."""
    place = _place(table, archived)
    rows = (ddl.fragment("("), *hash_of_rows(place, row_value()), ddl.fragment(")"))
    state = (ddl.fragment("("), *state_of(place), ddl.fragment(")"))
    of_dump = (
        ddl.fragment("(SELECT pg_catalog.obj_description(t.oid, 'pg_class')::jsonb -> 'dump' "),
        ddl.fragment("FROM pg_catalog.pg_class t WHERE t.reltype = pg_catalog.pg_typeof(NULL::"),
        *place,
        ddl.fragment("))"),
    )
    more = ddl.statement(
        *(ddl.fragment("SELECT "), *rows, ddl.fragment(" AS rows, "), *state, ddl.fragment(" AS state, ")),
        *(*of_dump, ddl.fragment(" AS dumped")),
    )
    return Guard(
        id=CHANGED_AFTER_DUMP,
        title=f"{table} in {ARCHIVE_SCHEMA} has the rows, definition and sequences of its dump",
        count=ddl.statement(
            *(
                ddl.fragment("SELECT CASE WHEN "),
                *rows,
                ddl.fragment(" = "),
                *of_dump,
                ddl.fragment(" ->> 'rows' AND "),
            ),
            *(*state, ddl.fragment(" = "), *of_dump, ddl.fragment(" ->> 'state' THEN 0 ELSE 1 END")),
        ),
        sample=more,
        more=more,
        noun="table",
        cause=f"in {ARCHIVE_SCHEMA} with other rows, another definition or other values of sequences than its dump: "
        f"{table}",
        remedy="find out who changes it there, and revoke USAGE on the schema from these roles; then run the same "
        "command again, which dumps the table again",
        unchecked_ok=False,
        moment=Moment.WITHIN,
    )


def loaded_rows(table: TableName, dump: Dump) -> Guard:
    """Check that the rows of a table that was loaded are those of its dump. Generated columns are computed again."""
    found = (ddl.fragment("("), *hash_of_rows((ddl.relation(table),), row_of(dump.columns)), ddl.fragment(")"))
    of_dump = ddl.literal(dump.stored)
    dropped = ddl.text_of(ddl.compose("DROP TABLE {table}", table=ddl.relation(table)))
    more = ddl.statement(ddl.fragment("SELECT "), *found, ddl.compose(" AS found, {dump} AS dumped", dump=of_dump))
    return Guard(
        id=CHANGED_AFTER_LOAD,
        title=f"the rows of {table} are those of its dump",
        count=ddl.statement(
            ddl.fragment("SELECT CASE WHEN "),
            *found,
            ddl.compose(" = {dump} THEN 0 ELSE 1 END", dump=of_dump),
        ),
        sample=more,
        more=more,
        noun="table",
        cause=f"with other rows than its dump: {table}",
        remedy=f"find out what writes to it there; then run `{dropped}`, and the same command again: it loads the "
        "dump again",
        unchecked_ok=False,
        moment=Moment.WITHIN,
    )


def nothing_depends(
    table: TableName, archived: BoundName | None = None, *, stays: bool, besides: Sequence[str] = ()
) -> Guard:
    """Check that no object depends on the table: it would still reach the table in the archive, or prevent the
    drop. `archived` is its name there, if it has been moved. If it `stays` there, other tables in the archive may use
    its sequences. `besides` are descriptions of objects that go before the table."""
    edges = ddl.compose(
        "FROM pg_catalog.pg_class t CROSS JOIN LATERAL ({edges}) AS edge WHERE ",
        edges=ddl.fragment(" ".join(EDGES.split())),
    )
    name = sql.Literal(ddl.text_of(ddl.relation(table)))
    this: tuple[ddl.Sql | BoundName, ...] = (ddl.compose("t.oid = {table}::pg_catalog.regclass", table=name),)
    if archived is not None:
        this = (
            ddl.fragment("t.reltype = pg_catalog.pg_typeof(NULL::"),
            *_place(table, archived),
            ddl.fragment(")"),
        )
    if stays:
        this = (*this, ddl.fragment(f" AND found ->> 'schema' IS DISTINCT FROM '{ARCHIVE_SCHEMA}'"))
    if besides:
        known = ddl.joined(map(sql.Literal, besides), ", ")
        this = (*this, ddl.compose(" AND found ->> 'description' <> ALL (ARRAY[{known}])", known=known))
    described = (ddl.fragment("SELECT found ->> 'description' "), edges, *this, ddl.fragment(" ORDER BY 1"))
    return Guard(
        id=HAS_DEPENDENTS,
        title=f"nothing {'else ' if besides else ''}depends on {table}",
        count=ddl.statement(ddl.fragment("SELECT count(*) "), edges, *this),
        sample=ddl.statement(*described, ddl.fragment(" LIMIT 5")),
        more=ddl.statement(*described),
        noun="object",
        cause=f"with a dependency on {table}",
        remedy="change or drop the dependent object first; nothing is ever dropped by CASCADE",
        unchecked_ok=False,
        moment=Moment.WITHIN,
    )
