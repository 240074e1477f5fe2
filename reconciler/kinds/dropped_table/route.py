"""How a leftover table goes: moved to the archive with all that it has, or dropped."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence

from psycopg import sql

from reconciler.kinds.dropped_table.definition import Backup, DroppedTable, Leftover
from reconciler.kinds.sql import ddl
from reconciler.kinds.sql.routing import RouteBuilder, Surroundings
from reconciler.model.change import Change
from reconciler.model.definition import Definition
from reconciler.model.hazards import DROP_TABLE, NAMED_IN_FUNCTION, Hazard
from reconciler.model.locks import LockClaim, LockMode
from reconciler.model.names import ARCHIVE_SCHEMA, Key, TableName, cut
from reconciler.model.plan import BoundName, Guard, Like, Route, Statement
from reconciler.model.state import ARCHIVE_KEY

_STAMP = "__" + 16 * "0"


def _stamped(name: str, others: Collection[BoundName] = ()) -> BoundName:
    """The name with the time after it; a number as well, where one of the `others` is the same after the cut."""
    bound, number = BoundName(prefix=cut(name, _STAMP)[: -len(_STAMP)] + "__"), 1
    while bound in others:
        number += 1
        ending = f"_{number}{_STAMP}"
        bound = BoundName(prefix=cut(name, ending)[: -len(_STAMP)] + "__")
    return bound


def _row_guard(table: TableName, replacement: TableName) -> Guard:
    counts = [
        ddl.compose("(SELECT count(*) FROM {table})", table=ddl.relation(name)) for name in (table, replacement)
    ]
    more = ddl.compose("SELECT {old} AS leftover, {new} AS replacement", old=counts[0], new=counts[1])
    return Guard(
        id="fewer-rows",
        title=f"{replacement} holds at least as many rows as {table}",
        count=ddl.statement(ddl.compose("SELECT greatest({old} - {new}, 0)", old=counts[0], new=counts[1])),
        sample=ddl.statement(
            ddl.compose(
                "SELECT {label} || {old} || {middle} || {new}",
                label=sql.Literal(f"{table}: "),
                old=counts[0],
                middle=sql.Literal(f" rows, {replacement}: "),
                new=counts[1],
            )
        ),
        more=ddl.statement(more),
        noun="row",
        cause=f"more in {table} than in {replacement}, which is to replace it",
        remedy=f"copy the missing rows to {replacement}, or take `replaced_by` out of the file",
        unchecked_ok=False,
    )


def _origin(table: TableName, leftover: Leftover) -> str:
    """The comment of the archived table: where it came from, to restore it to the letter."""
    renamed = list(leftover.taken)
    origin = {
        "archived_by": "reconcile",
        "schema": table.schema,
        "table": table.name,
        "comment": leftover.comment,
        "renamed": renamed,
    }
    return json.dumps(origin, ensure_ascii=False)


def _archive(table: TableName, leftover: Leftover) -> list[Statement]:
    stamped = _stamped(table.name)
    statements = [ddl.statement(ddl.compose("ALTER TABLE {table} RENAME TO ", table=ddl.relation(table)), stamped)]
    given: list[BoundName] = []
    for words, names in (("INDEX", leftover.indexes), ("SEQUENCE", leftover.sequences)):
        for name in names:
            if name in leftover.taken:
                rename = ddl.compose(f"ALTER {words} {{name}} RENAME TO ", name=sql.Identifier(table.schema, name))
                given.append(_stamped(name, given))
                statements.append(ddl.statement(rename, given[-1]))
    schema, archive = ddl.name(table.schema), ddl.name(ARCHIVE_SCHEMA)
    statements.append(
        ddl.statement(
            ddl.compose("ALTER TABLE {schema}.", schema=schema),
            stamped,
            ddl.compose(" SET SCHEMA {archive}", archive=archive),
        )
    )
    statements.append(
        ddl.statement(
            ddl.compose("COMMENT ON TABLE {archive}.", archive=archive),
            stamped,
            ddl.compose(" IS {origin}", origin=sql.Literal(_origin(table, leftover))),
        )
    )
    return statements


def _dropping_locks(table: TableName, around: Surroundings) -> tuple[LockClaim, ...]:
    """Dropping a table with foreign keys locks what they refer to as well."""
    referenced = (
        reference[0] for definition in around.live.on(table).values() if (reference := definition.reference())
    )
    return ddl.claims(LockMode.ACCESS_EXCLUSIVE, table, *sorted(referenced))


class DroppedTableRouter:
    def route(self, change: Change, around: Surroundings) -> Route:
        assert isinstance(change.after, DroppedTable)
        assert isinstance(change.before, Leftover)
        key, table, leftover = change.key, change.key.table_name, change.before
        replacement = change.after.replaced_by
        guards = [_row_guard(table, replacement)] if replacement else []
        hazards = [
            Hazard(kind=NAMED_IN_FUNCTION, detail=f"{function} mentions {table.name}")
            for function in leftover.mentions
        ]
        if change.after.backup is Backup.NONE:
            hazards.insert(0, Hazard(kind=DROP_TABLE, detail=f"{table} is dropped without a copy"))
            drop = ddl.statement(ddl.compose("DROP TABLE {table}", table=ddl.relation(table)))
            step = ddl.brief(
                f"drop table {table}", f"drop table {table}", [drop], _dropping_locks(table, around), guards=guards
            )
            builder = RouteBuilder("present", {key: Like()})
            return builder.then(step, "gone", {key: None}).build(change, guards=guards, hazards=hazards)
        title = f"archive table {table}"
        step = ddl.brief(
            title,
            f"{title} to {ARCHIVE_SCHEMA}",
            _archive(table, leftover),
            ddl.claims(LockMode.ACCESS_EXCLUSIVE, table),
            guards=guards,
        )
        if ARCHIVE_KEY in around.live.objects:
            builder = RouteBuilder("present", {key: Like()})
        else:
            builder = RouteBuilder("no archive yet", {key: Like(), ARCHIVE_KEY: None})
            create = ddl.statement(ddl.compose("CREATE SCHEMA {name}", name=ddl.name(ARCHIVE_SCHEMA)))
            make = f"create schema {ARCHIVE_SCHEMA}"
            builder.then(ddl.brief(make, make, [create], ()), "present", {ARCHIVE_KEY: Like()})
        return builder.then(step, "archived", {key: None}).build(change, guards=guards, hazards=hazards)

    def probe(
        self, _key: Key, _definition: Definition, _copies: Mapping[TableName, TableName]
    ) -> Sequence[Statement]:
        return ()


ROUTER = DroppedTableRouter()
