"""Lists the rows that repairs have kept in quarantine tables."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import psycopg

from reconciler.kinds.base import ddl
from reconciler.kinds.base.quarantine import Pairs, own_columns
from reconciler.kinds.base.quarantine_check import PLAIN
from reconciler.model.names import Key, TableName
from reconciler.model.repair import QuarantineTable, quarantine_key
from reconciler.model.rules.data import DUPLICATES
from reconciler.postgres.quarantine import quarantine_tables
from reconciler.postgres.session import Session, one, rolled_back, rows, send, set_local


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarantinedRows:
    """Rows of a quarantine table that repairs kept in the same way.

    `origin` is the object that they violated, and `was_in` the table that they were in, as SQL; None if the quarantine
    does not say so, and the table of the origin for all partitions of it. `written` are the columns that got new
    values: such rows stayed in their table, and the quarantine has copies of them as they were. `count` is None if the
    role may not read the table, or it is locked. `since` and `until` are the times of the first and the last of them,
    and `runs` the ids of the runs that took them. `identified`: some of them have a primary key. `bytes` is the size of
    the whole quarantine table, without indexes, None if it is locked or not readable. `pairs` are the names and types
    of the quarantine table's columns. `partitions`: the origin is partitioned or a partition. `plain`: reading the
    quarantine runs no code of its owner. `run` is the only run whose rows they are: it was asked for, or has changed
    them, since copies of changed rows go back run by run, the last one first. `moved` of the rows did not violate
    it: they referred to duplicates, and `references: move` changed them.
    """

    table: TableName
    origin: Key
    pairs: Pairs
    partitions: bool = False
    plain: bool = True
    bytes: int | None = None
    run: str | None = None
    was_in: str | None = None
    written: tuple[str, ...] = ()
    count: int | None = None
    moved: int = 0
    since: datetime | None = None
    until: datetime | None = None
    runs: tuple[str, ...] = ()
    identified: bool = True

    @property
    def own(self) -> Mapping[str, str]:
        """The names that the tool's columns have in the quarantine table, by their usual names."""
        return own_columns(self.pairs)


_ABOUT = f"""
    SELECT {PLAIN} AS plain, pg_table_size(t.oid)::int8 AS bytes,
           EXISTS (SELECT FROM pg_class o JOIN pg_namespace m ON m.oid = o.relnamespace
                    WHERE m.nspname = %(origin_schema)s AND o.relname = %(origin)s
                      AND (o.relkind = 'p' OR o.relispartition)) AS partitions
      FROM pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace
     WHERE n.nspname = %(schema)s AND t.relname = %(name)s"""
NOT_PLAIN = (
    "the quarantine table has triggers, rules, constraints, policies or children, or indexes with expressions"
)
_LOCK_TIMEOUT = "2s"
_NEEDED = {"reconcile_run", "reconcile_at", "reconcile_key"}


def find_quarantined(session: Session, name: str | None = None, run: str | None = None) -> list[QuarantinedRows]:
    """Return what is in the quarantine tables. `name` is that of a quarantine table, or of the table whose rows they
    are; `run` is the id of the run that took the rows, or the beginning of it."""
    found: list[QuarantinedRows] = []
    for key, table in sorted(quarantine_tables(session).items(), key=lambda item: item[0]):
        origin = table.origin if isinstance(table, QuarantineTable) else None
        if isinstance(table, QuarantineTable) and origin is not None and _is_made_for(origin, key):
            whole = QuarantinedRows(table=key.table_name, origin=origin, pairs=table.pairs, run=run)
            named = {origin.table, str(origin.table_name), key.table, str(key.table_name)}
            if whole.own.keys() >= _NEEDED and (name is None or name in named):
                found += _groups(session, whole)
    return found


def _is_made_for(origin: Key, key: Key) -> bool:
    """Whether the tool gives this name to a quarantine table of the origin. Its owner may have written the comment."""
    numbers = (1, *(int(digits) for digits in re.findall(r"_(\d{1,9})$", key.table)))
    return key in (quarantine_key(origin, number) for number in numbers)


def _groups(session: Session, whole: QuarantinedRows) -> list[QuarantinedRows]:
    """Read a quarantine table, unless the query could run code of its owner, who cannot alter it meanwhile."""
    lock = ddl.compose("LOCK TABLE ONLY {table} IN ACCESS SHARE MODE", table=ddl.relation(whole.table))
    origin = {"origin_schema": whole.origin.schema, "origin": whole.origin.table}
    with rolled_back(session.connection):
        set_local(session.connection, {"lock_timeout": _LOCK_TIMEOUT})
        try:
            send(session.connection, ddl.text_of(lock))
        except (psycopg.errors.InsufficientPrivilege, psycopg.errors.LockNotAvailable):
            return [whole]
        about = one(session.connection, _ABOUT, {**whole.table._asdict(), **origin})
        whole = replace(whole, **about)
        found = rows(session.connection, _query(whole)) if whole.plain else []
    groups = [
        replace(
            whole,
            **{**row, "run": row["run"] or whole.run, "written": tuple(row["written"]), "runs": tuple(row["runs"])},
        )
        for row in found
    ]
    return groups if whole.plain else [whole]


def _query(whole: QuarantinedRows) -> str:
    query = ddl.compose(
        "SELECT {was_in} AS was_in, {written} AS written,\n"
        "       CASE WHEN {wrote} IS NOT NULL THEN q.{run_id}::text END AS run,\n"
        "       count(*) AS count, min(q.{at}) AS since,\n"
        "       count(*) FILTER (WHERE {moved}) AS moved, max(q.{at}) AS until,\n"
        "       array_agg(DISTINCT q.{run_id}::text) AS runs, count(q.{key}) > 0 AS identified\n"
        "  FROM ONLY {table} AS q\n WHERE {run}\n GROUP BY 1, 2, 3\n ORDER BY 1, 2, since",
        was_in=was_in(whole),
        written=written(whole),
        wrote=wrote(whole),
        moved=_moved(whole),
        at=ddl.name(whole.own["reconcile_at"]),
        table=ddl.relation(whole.table),
        run_id=ddl.name(whole.own["reconcile_run"]),
        key=ddl.name(whole.own["reconcile_key"]),
        run=of_run(whole),
    )
    return ddl.text_of(query)


def was_in(quarantined: QuarantinedRows) -> ddl.Sql:
    """Return the table that a row was in; NULL for earlier quarantine tables. For partitions, it is that of the
    origin."""
    column = _column(quarantined, "reconcile_table", "text")
    if not quarantined.partitions:
        return column
    origin = ddl.literal(ddl.text_of(ddl.relation(quarantined.origin.table_name)))
    return ddl.compose("CASE WHEN {column} IS NOT NULL THEN {origin} END", column=column, origin=origin)


def wrote(quarantined: QuarantinedRows) -> ddl.Sql:
    """Return the column with the new values of a row that stayed in its table; NULL for earlier quarantine tables."""
    return _column(quarantined, "reconcile_wrote", "jsonb")


def written(quarantined: QuarantinedRows) -> ddl.Sql:
    """Return the array of the columns that got new values."""
    return ddl.compose(
        "CASE WHEN {wrote} IS NULL THEN '{{}}' ELSE"
        " ARRAY(SELECT k.name FROM jsonb_object_keys({wrote}) AS k (name) ORDER BY k.name) END",
        wrote=wrote(quarantined),
    )


def _moved(quarantined: QuarantinedRows) -> ddl.Sql:
    """Return the condition that a row was changed because it referred to a duplicate: the origin is its foreign key."""
    if quarantined.origin.kind != "foreign_key":
        return ddl.fragment("false")
    reason = _column(quarantined, "reconcile_reason", "text")
    return ddl.compose("{reason} = {moved}", reason=reason, moved=ddl.literal(str(DUPLICATES)))


def of_run(quarantined: QuarantinedRows) -> ddl.Sql:
    """Return the condition that a row was taken by the run that was asked for."""
    if quarantined.run is None:
        return ddl.fragment("true")
    return ddl.compose(
        "starts_with(q.{column}::text, {run})",
        column=ddl.name(quarantined.own["reconcile_run"]),
        run=ddl.literal(quarantined.run),
    )


def _column(quarantined: QuarantinedRows, column: str, type_: str) -> ddl.Sql:
    if column not in quarantined.own:
        return ddl.fragment(f"NULL::{type_}")
    return ddl.compose("q.{name}", name=ddl.name(quarantined.own[column]))
