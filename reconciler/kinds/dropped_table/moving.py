"""The statements that move a table to the archive, with everything that belongs to it, and back.

SET SCHEMA also moves indexes, owned sequences and the types of the table. Their names share one namespace with all
other relations of the archive, so each gets the time of the run as a suffix. Triggers, policies and constraints
have names within their table; extended statistics stay in their schema; TOAST tables are in pg_toast.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from psycopg import sql

from reconciler.kinds.base import ddl
from reconciler.kinds.base.carried import words_of
from reconciler.kinds.dropped_table.detaching import (
    comment_on,
    detach_action,
    detach_at_once,
    leave_detached,
    unmark,
)
from reconciler.kinds.dropped_table.origin import origin_comment
from reconciler.model.bound import BoundName, Parameter
from reconciler.model.names import ARCHIVE_SCHEMA, TableName
from reconciler.model.retired import CopiedTrigger, KeptKey, ParentTable
from reconciler.model.statement import Statement
from reconciler.model.step import DetachAction

_ARCHIVE = ddl.name(ARCHIVE_SCHEMA)


def attach(table: TableName, parent: ParentTable) -> Iterator[Statement]:
    """Make the table a partition or an inheritance child again."""
    if parent.bound is None:
        yield ddl.alter_table(table, ddl.compose("INHERIT {parent}", parent=ddl.relation(parent.table)))
        return
    action = "ATTACH PARTITION {table} {bound}"
    bound = ddl.fragment(parent.bound)
    yield ddl.alter_table(parent.table, ddl.compose(action, table=ddl.relation(table), bound=bound))
    for trigger in parent.triggers:
        yield _set_state(table, trigger)


def _set_state(table: TableName, trigger: CopiedTrigger) -> Statement:
    """Give the new copy of a trigger the state that the former one had, if the parent still has the trigger."""
    body = ddl.compose(
        "BEGIN IF EXISTS (SELECT FROM pg_catalog.pg_trigger g WHERE g.tgrelid = {relation}::pg_catalog.regclass "
        "AND g.tgparentid <> 0 AND g.tgname = {trigger}) THEN ALTER TABLE ONLY {table} {words} {name}; END IF; END",
        relation=ddl.literal(ddl.text_of(ddl.relation(table))),
        trigger=ddl.literal(trigger.name),
        table=ddl.relation(table),
        words=ddl.fragment(words_of(trigger.state)),
        name=ddl.name(trigger.name),
    )
    return ddl.statement(ddl.compose("DO {body}", body=ddl.literal(ddl.text_of(body))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A table to move. `indexes` and `sequences` are the names of its parts, `names` their names in the archive.
    `foreign_keys` are those to other tables, which it loses in the archive, `parents` those that it is detached
    from. `detaching`: a step of its own detaches it before it moves; `marked`: an interrupted run was to do so.
    `counted_with` is the table with whose rows its own are counted, `archived_with` the one above it whose entry in the
    file archives it."""

    table: TableName
    comment: str | None
    indexes: tuple[str, ...]
    sequences: tuple[str, ...]
    names: Mapping[str, BoundName]
    foreign_keys: tuple[KeptKey, ...] = ()
    parents: tuple[ParentTable, ...] = ()
    detaching: bool = False
    marked: bool = False
    counted_with: TableName | None = None
    archived_with: TableName | None = None

    @property
    def archived(self) -> BoundName:
        return self.names[self.table.name]

    def there(self) -> list[Statement]:
        """Move the table to the archive. `mark` writes its comment."""
        schema = ddl.name(self.table.schema)
        rename = ddl.compose("ALTER TABLE {table} RENAME TO ", table=ddl.relation(self.table))
        parts = [
            ddl.statement(
                ddl.compose(f"ALTER {words} {{part}} RENAME TO ", part=sql.Identifier(self.table.schema, part)),
                self.names[part],
            )
            for words, part in self._parts()
        ]
        set_schema = (
            ddl.compose("ALTER TABLE {schema}.", schema=schema),
            self.archived,
            ddl.compose(" SET SCHEMA {archive}", archive=_ARCHIVE),
        )
        return [*self.leave(), ddl.statement(rename, self.archived), *parts, ddl.statement(*set_schema)]

    def leave(self) -> list[Statement]:
        """Make the table one of its own, in the transaction that moves or drops it."""
        if self.detaching:
            return [leave_detached(self.table)]
        unmarked = [unmark(self.table)] if self.marked else []
        return [*(detach_at_once(self.table, parent) for parent in self.parents), *unmarked]

    def detach(self) -> DetachAction:
        """Detach the partition, in a step of its own."""
        (parent,) = self.parents
        return detach_action(self.table, parent)

    def attach_again(self) -> list[Statement]:
        """Make the table that was detached a partition again, where it is. The constraint that PostgreSQL has added
        saves it from reading the rows."""
        return [*(one for parent in self.parents for one in attach(self.table, parent)), leave_detached(self.table)]

    def mark(self, *, unfinished: bool) -> Statement:
        """Write the origin of the archived table into its comment."""
        renamed = [self.names[part] for _, part in self._parts()]
        return ddl.statement(
            ddl.compose("COMMENT ON TABLE {archive}.", archive=_ARCHIVE),
            self.archived,
            ddl.fragment(" IS "),
            origin_comment(
                self.table,
                self.comment,
                renamed,
                unfinished=unfinished,
                foreign_keys=self.foreign_keys,
                parents=self.parents,
                counted_with=self.counted_with,
                archived_with=self.archived_with,
            ),
        )

    def mark_dumped(self) -> Statement:
        """Write the parameter `origin` into the comment of the archived table: its origin, with the dump."""
        return ddl.statement(
            ddl.compose("COMMENT ON TABLE {archive}.", archive=_ARCHIVE),
            self.archived,
            ddl.fragment(" IS "),
            Parameter(name="origin", shown="'<the origin of the table, with file and hashes of the dump>'"),
        )

    def drop(self) -> Statement:
        """Drop the archived table."""
        return ddl.statement(ddl.compose("DROP TABLE {archive}.", archive=_ARCHIVE), self.archived)

    def back(self) -> list[Statement]:
        """Move the table back to its schema, with its own names and comment."""
        schema = ddl.name(self.table.schema)
        parts = [
            ddl.statement(
                ddl.compose(f"ALTER {words} {{schema}}.", schema=schema),
                self.names[part],
                ddl.compose(" RENAME TO {part}", part=ddl.name(part)),
            )
            for words, part in self._parts()
        ]
        return [
            ddl.statement(
                ddl.compose("ALTER TABLE {archive}.", archive=_ARCHIVE),
                self.archived,
                ddl.compose(" SET SCHEMA {schema}", schema=schema),
            ),
            *parts,
            ddl.statement(
                ddl.compose("ALTER TABLE {schema}.", schema=schema),
                self.archived,
                ddl.compose(" RENAME TO {table}", table=ddl.name(self.table.name)),
            ),
            comment_on(self.table, self.comment),
            *(one for parent in self.parents for one in attach(self.table, parent)),
        ]

    def _parts(self) -> list[tuple[str, str]]:
        return [*(("INDEX", name) for name in self.indexes), *(("SEQUENCE", name) for name in self.sequences)]
