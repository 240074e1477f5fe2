"""How a table is dropped or archived: moved to the archive with everything that belongs to it, or dropped.

A table whose rows are compared with its replacement is moved first. The move waits for every transaction that uses
the table, and ends access by name. So nobody can add rows while they are counted in the archive, without a lock.
Then the table is kept there, dropped, or moved back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from reconciler.kinds.base import ddl
from reconciler.kinds.base.quarantine import begin_with_archive
from reconciler.kinds.base.routing import RouteBuilder, RouteContext
from reconciler.kinds.dropped_table.checks import enough_rows, nothing_depends, out_of_reach
from reconciler.kinds.dropped_table.moving import Move
from reconciler.kinds.dropped_table.rules import DROP_TABLE, NAMED_IN_TRIGGER
from reconciler.model.change import Change
from reconciler.model.definition import Definition
from reconciler.model.hazards import Hazard
from reconciler.model.locks import LockClaim, LockMode
from reconciler.model.names import ARCHIVE_SCHEMA, Key, TableName
from reconciler.model.plan import DefinitionPattern, Route, Statement, Step
from reconciler.model.retired import Backup, DroppedTable, Moved, TableToRetire
from reconciler.model.rules.hazards import NAMED_IN_FUNCTION
from reconciler.model.state import ARCHIVE_KEY, moved_key
from reconciler.model.step_id import Verb


@dataclass(frozen=True, slots=True, kw_only=True)
class _Going:
    """A table to drop or archive, and its possible steps. `references` are the tables that it refers to."""

    key: Key
    move: Move
    wanted: DroppedTable
    references: tuple[TableName, ...]

    @property
    def table(self) -> TableName:
        return self.move.table

    @property
    def _goes(self) -> bool:
        """Whether no copy is kept."""
        return self.wanted.backup is Backup.NONE

    def drop_at_once(self) -> Step:
        drop = ddl.statement(ddl.compose("DROP TABLE {table}", table=ddl.relation(self.table)))
        title = f"drop table {self.table}"
        return ddl.brief(
            Verb.DROP.of(self.key),
            title,
            [drop],
            ddl.claims(LockMode.ACCESS_EXCLUSIVE, self.table, *self.references),
        )

    def archive_at_once(self) -> Step:
        title = f"archive table {self.table}"
        return self._moving(Verb.ARCHIVE, f"{title} to {ARCHIVE_SCHEMA}", unfinished=False)

    def move_there(self) -> Step:
        title = f"move table {self.table} to {ARCHIVE_SCHEMA}"
        return self._moving(Verb.MOVE, f"{title}, to count its rows there", unfinished=True)

    def _moving(self, verb: Verb, title: str, *, unfinished: bool) -> Step:
        statements = [*self.move.there(), self.move.mark(unfinished=unfinished)]
        claims = ddl.claims(LockMode.ACCESS_EXCLUSIVE, self.table)
        guards = [nothing_depends(self.table), *([out_of_reach(self.table)] if unfinished and self._goes else [])]
        step = ddl.brief(verb.of(self.key), title, statements, claims, guards=guards)
        return replace(step, archives=True)

    def finish(self) -> Step:
        """Keep or drop the table that was moved."""
        if self._goes:
            locks = self._locks(LockMode.ACCESS_EXCLUSIVE, *self.references)
            return self._finishing(
                Verb.DROP, f"drop table {self.table} from {ARCHIVE_SCHEMA}", self.move.drop(), locks
            )
        keep = self.move.mark(unfinished=False)
        locks = self._locks(LockMode.SHARE_UPDATE_EXCLUSIVE)
        return self._finishing(Verb.ARCHIVE, f"keep table {self.table} in {ARCHIVE_SCHEMA}", keep, locks)

    def _finishing(self, verb: Verb, title: str, statement: Statement, locks: tuple[LockClaim, ...]) -> Step:
        back = f"move table {self.table} back"
        replacement = self.wanted.replaced_by
        guards = [enough_rows(self.table, replacement, self.move.archived)] if replacement else []
        if self._goes:
            guards.append(out_of_reach(self.table, self.move.archived))
        return replace(
            ddl.brief(verb.of(self.key), title, [statement], locks, guards=guards),
            archives=not self._goes,
            leaves=f"the table in {ARCHIVE_SCHEMA}: the next run counts its rows again",
            otherwise=ddl.brief(
                Verb.MOVE_BACK.of(self.key), back, self.move.back(), self._locks(LockMode.ACCESS_EXCLUSIVE)
            ),
        )

    def _locks(self, mode: LockMode, *references: TableName) -> tuple[LockClaim, ...]:
        there = TableName(schema=ARCHIVE_SCHEMA, name=str(self.move.archived))
        return ddl.claims(mode, there, *references)


class DroppedTableRouter:
    def route(self, change: Change, context: RouteContext) -> Route:
        assert isinstance(change.after, DroppedTable)
        assert isinstance(change.before, TableToRetire | Moved)
        key, before, wanted = change.key, change.before, change.after
        table = key.table_name
        going = _Going(
            key=key,
            move=Move(
                table=table,
                comment=before.comment,
                indexes=before.indexes,
                sequences=before.sequences,
                names=context.archive_names.get(key, {}),
            ),
            wanted=wanted,
            references=_references(table, before, context),
        )
        hazards = _hazards(table, before, wanted)
        if isinstance(before, Moved):
            return _finished(RouteBuilder("moved", {key: None, moved_key(table): _ONE}), going).build(
                change, hazards=hazards
            )
        guards = [enough_rows(table, wanted.replaced_by)] if wanted.replaced_by else []
        return _whole(going, context).build(change, guards=guards, hazards=hazards)

    def probe(
        self, _key: Key, _definition: Definition, _copies: Mapping[TableName, TableName]
    ) -> Sequence[Statement]:
        return ()


_ONE = DefinitionPattern(fields=(("claims", 1),))
"""The comment of one table in the archive says that it comes from this table."""


def _whole(going: _Going, context: RouteContext) -> RouteBuilder:
    """Return the route of a table that is still in its own schema."""
    key, moved = going.key, moved_key(going.table)
    if not going.wanted.moves:
        return RouteBuilder("present", {key: DefinitionPattern()}).then(
            going.drop_at_once(), "dropped", {key: None}
        )
    start = {key: DefinitionPattern(), moved: None}
    builder = RouteBuilder("present" if ARCHIVE_KEY in context.live.objects else "no archive schema", start)
    begin_with_archive(builder, context, "present")
    if going.wanted.replaced_by is None:
        return builder.then(going.archive_at_once(), "archived", {key: None})
    return _finished(builder.then(going.move_there(), "moved", {key: None, moved: _ONE}), going)


def _finished(builder: RouteBuilder, going: _Going) -> RouteBuilder:
    """Return the route with its last step, from the state in which the table has been moved."""
    label = "dropped" if going.wanted.backup is Backup.NONE else "archived"
    return builder.then(going.finish(), label, {moved_key(going.table): None})


def _references(table: TableName, before: TableToRetire | Moved, context: RouteContext) -> tuple[TableName, ...]:
    """Return the other tables that its foreign keys refer to: dropping the table locks them as well."""
    if isinstance(before, Moved):
        return before.references
    found = {reference[0] for one in context.live.on(table).values() if (reference := one.reference())}
    return tuple(sorted(found - {table}))


def _hazards(table: TableName, before: TableToRetire | Moved, wanted: DroppedTable) -> list[Hazard]:
    mentions, named_by = (before.mentions, before.named_by) if isinstance(before, TableToRetire) else ((), ())
    named = [Hazard(kind=NAMED_IN_FUNCTION, detail=f"{function} mentions {table.name}") for function in mentions]
    named += [Hazard(kind=NAMED_IN_TRIGGER, detail=f"{trigger} names {table.name}") for trigger in named_by]
    if wanted.backup is Backup.ARCHIVE:
        return named
    return [Hazard(kind=DROP_TABLE, detail=f"{table} is dropped without a copy"), *named]


ROUTER = DroppedTableRouter()
