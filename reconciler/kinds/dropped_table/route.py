"""How a table is dropped or archived: moved to the archive with everything that belongs to it, or dropped.

A table whose rows are compared with its replacement is moved first. The move waits for every transaction that uses
the table, and ends access by name. So nobody can add rows while they are counted in the archive, without a lock.
Then the table is kept there, dropped, or moved back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from reconciler.kinds.base import ddl
from reconciler.kinds.base.quarantine import begin_with_archive
from reconciler.kinds.base.routing import RouteBuilder, RouteContext
from reconciler.kinds.dropped_table.checks import (
    as_dumped,
    enough_rows,
    enough_rows_of_parts,
    nothing_depends,
    out_of_reach,
)
from reconciler.kinds.dropped_table.detaching import unmark
from reconciler.kinds.dropped_table.keys import ArchivedKey, kept_keys
from reconciler.kinds.dropped_table.moving import Move
from reconciler.kinds.dropped_table.purging import purge_route
from reconciler.kinds.dropped_table.rules import DROP_TABLE, NAMED_IN_TRIGGER, ONLY_IN_DUMP
from reconciler.model.change import Change
from reconciler.model.definition import Definition
from reconciler.model.guard import Guard
from reconciler.model.hazards import Hazard
from reconciler.model.limits import ExecutionClass
from reconciler.model.locks import LockClaim, LockMode
from reconciler.model.names import ARCHIVE_SCHEMA, Key, TableName
from reconciler.model.retired import ArchivedTable, Backup, DroppedTable, Moved, TableToRetire
from reconciler.model.route import DefinitionPattern, Route
from reconciler.model.rules.hazards import NAMED_IN_FUNCTION
from reconciler.model.state import ARCHIVE_KEY, LiveState, moved_key
from reconciler.model.statement import Statement
from reconciler.model.step import DumpAction, SqlAction, Step
from reconciler.model.step_id import Verb


@dataclass(frozen=True, slots=True, kw_only=True)
class _Going:
    """A table to drop or archive, and its possible steps. `references` are the tables that it refers to.

    `keys` are the foreign keys that an archived table loses, `left` those that it still has, `unchecked` those that
    are NOT VALID until they are validated again. `at_once` says why a partition is not detached concurrently; it is
    `pending` if that was interrupted.
    """

    key: Key
    move: Move
    wanted: DroppedTable
    references: tuple[TableName, ...]
    keys: tuple[ArchivedKey, ...] = ()
    left: tuple[str, ...] = ()
    unchecked: tuple[str, ...] = ()
    noun: str = "TABLE"
    at_once: str = ""
    pending: bool = False
    is_partitioned: bool = False

    @property
    def table(self) -> TableName:
        return self.move.table

    @property
    def parents(self) -> tuple[TableName, ...]:
        return tuple(parent.table for parent in self.move.parents)

    @property
    def _goes(self) -> bool:
        """Whether no copy is kept."""
        return self.wanted.backup is Backup.NONE

    @property
    def _stays(self) -> bool:
        """Whether the table stays in the archive."""
        return self.wanted.backup is Backup.ARCHIVE

    @property
    def _dumps(self) -> bool:
        return self.wanted.backup is Backup.DUMP

    @property
    def goes_at_once(self) -> bool:
        """Whether one step archives the table."""
        return self.wanted.replaced_by is None and not self.keys and not self._dumps

    @property
    def detaches_first(self) -> bool:
        """Whether a step of its own detaches the partition concurrently."""
        return self.move.detaching

    @property
    def _locked_parents(self) -> tuple[TableName, ...]:
        """Return the parents from which the table is detached in the step that moves or drops it."""
        return () if self.detaches_first else self.parents

    @property
    def _at_once(self) -> str:
        """Return words for a partition that is not detached concurrently."""
        why = self.at_once and f", because {self.at_once}"
        return f"; it is detached from {self.parents[0]} in the same transaction{why}" if why else ""

    def detach(self) -> Step:
        """Detach the partition while others read and write its parent."""
        title = f"detach partition {self.table} from {self.parents[0]} concurrently"
        return Step(
            id=Verb.DETACH.of(self.key),
            title=f"complete the interrupted step: {title}" if self.pending else title,
            action=self.move.detach(),
            execution=ExecutionClass.STAGED,
            locks=(
                *ddl.claims(LockMode.SHARE_UPDATE_EXCLUSIVE, *self.parents),
                *ddl.claims(LockMode.ACCESS_EXCLUSIVE, self.table),
                *ddl.claims(LockMode.SHARE_ROW_EXCLUSIVE, *self.references),
            ),
            leaves="the partition attached, being detached, or detached under its own name, with a mark that says how "
            "it comes back: the next run continues",
        )

    def attach_again(self) -> Step:
        """Attach the table, which the run has detached and cannot move."""
        return Step(
            id=Verb.ATTACH.of(self.key),
            title=f"attach {self.table} to {self.parents[0]} again",
            action=SqlAction(statements=tuple(self.move.attach_again())),
            execution=ExecutionClass.SCAN,
            locks=(
                *ddl.claims(LockMode.ACCESS_EXCLUSIVE, self.table),
                *ddl.claims(LockMode.SHARE_UPDATE_EXCLUSIVE, *self.parents),
                *ddl.claims(LockMode.SHARE_ROW_EXCLUSIVE, *self.references),
            ),
            leaves=ddl.NOTHING_LEFT,
        )

    def unmark(self) -> Step:
        """Remove the mark of a partition that a run was about to detach."""
        return ddl.brief(
            Verb.COMMENT.of(self.key),
            f"remove the mark of an interrupted run from {self.table}",
            [unmark(self.table)],
            (),
        )

    def drop_at_once(self) -> Step:
        words = ddl.fragment(self.noun)
        drop = ddl.statement(ddl.compose("DROP {words} {table}", words=words, table=ddl.relation(self.table)))
        title = f"drop {self.noun.lower()} {self.table}{self._at_once}"
        locked = (self.table, *self._locked_parents, *self.references)
        step = ddl.brief(Verb.DROP.of(self.key), title, [drop], ddl.claims(LockMode.ACCESS_EXCLUSIVE, *locked))
        return self._or_attached(step, nothing_depends(self.table, stays=False))

    def _or_attached(self, step: Step, *guards: Guard) -> Step:
        """Return the step after that which detaches the partition. If one of the checks fails, it is attached again."""
        if not self.detaches_first:
            return step
        leaves = (
            f"{self.table} detached from {self.parents[0]}, with a mark that says how it comes back: the next run "
            f"continues, `reconcile restore {self.table}` attaches it again"
        )
        attach_again = replace(self.attach_again(), leaves=leaves)
        return replace(step, guards=(*step.guards, *guards), otherwise=(attach_again,), leaves=leaves)

    def archive_at_once(self) -> Step:
        title = f"archive table {self.table} to {ARCHIVE_SCHEMA}{self._at_once}"
        return self._moving(Verb.ARCHIVE, title, unfinished=False)

    def move_there(self) -> Step:
        title = f"move table {self.table} to {ARCHIVE_SCHEMA}"
        purpose = (
            ", to count its rows there" if self.wanted.replaced_by else ", to dump it there" if self._dumps else ""
        )
        return self._moving(Verb.MOVE, f"{title}{purpose}{self._at_once}", unfinished=True)

    @property
    def counted_keys(self) -> tuple[str, ...] | None:
        """Return the foreign keys whose number tells how far the route is; None if it does not drop any."""
        return None if self._goes or not self.keys else self.left

    def without_keys(self) -> Iterator[tuple[Step, tuple[str, ...]]]:
        """Yield the steps that drop the foreign keys which the table still has in the archive, with the names of those
        that are left after each. The checks run before the first one; a run that continues after it leaves them to the
        last step, so that its steps are those of the approved plan."""
        left = [] if self._goes else [key for key in self.keys if key.kept.name in self.left]
        for number, key in enumerate(left):
            dropped = key.drop()
            # The rows of partitions are counted in the transaction of a step, which must not lock other tables.
            is_counted = self.wanted.replaced_by is not None and not self.is_partitioned
            counted = is_counted and number == 0 and len(left) == len(self.keys)
            yield (
                self._guarded(dropped, present=self.left) if counted else dropped,
                tuple(one.kept.name for one in left[number + 1 :]),
            )

    def _moving(self, verb: Verb, title: str, *, unfinished: bool) -> Step:
        statements = [*self.move.there(), self.move.mark(unfinished=unfinished)]
        claims = ddl.claims(LockMode.ACCESS_EXCLUSIVE, self.table, *self._locked_parents)
        if self._locked_parents:  # foreign keys of the parent become the table's own
            claims += ddl.claims(LockMode.SHARE_ROW_EXCLUSIVE, *self.references)
        guards = [
            nothing_depends(self.table, stays=self._stays),
            *([out_of_reach(self.table)] if unfinished and self._goes else []),
        ]
        step = ddl.brief(verb.of(self.key), title, statements, claims, guards=guards)
        return self._or_attached(replace(step, archives=True))

    def finish(self) -> Iterator[Step]:
        """Yield the steps that keep, dump or drop the table that was moved."""
        if self._dumps:
            yield self._dump()
            yield self._drop_dumped()
        else:
            yield self._keep_or_drop()

    def _dump(self) -> Step:
        step = Step(
            id=Verb.DUMP.of(self.key),
            title=f"dump table {self.table} from {ARCHIVE_SCHEMA} to a file, and verify it",
            action=DumpAction(table=self.move.archived, mark=self.move.mark_dumped()),
            execution=ExecutionClass.SCAN,
            locks=self._locks(LockMode.SHARE_UPDATE_EXCLUSIVE),
            archives=True,
            leaves="",
        )
        return self._guarded(step, present=())

    def _drop_dumped(self) -> Step:
        title = f"drop table {self.table} from {ARCHIVE_SCHEMA}, if it is still as in the dump"
        locks = self._locks(LockMode.ACCESS_EXCLUSIVE)
        archived = self.move.archived
        guards = [nothing_depends(self.table, archived, stays=False), as_dumped(self.table, archived)]
        step = ddl.brief(Verb.DROP.of(self.key), title, [self.move.drop()], locks, guards=guards)
        leaves = f"the table in {ARCHIVE_SCHEMA}, and its dump"
        return replace(step, execution=ExecutionClass.SCAN, leaves=leaves)  # the rows are read under the lock

    def _keep_or_drop(self) -> Step:
        if self._goes:
            locks = self._locks(LockMode.ACCESS_EXCLUSIVE, *self.references)
            return self._finishing(
                Verb.DROP, f"drop table {self.table} from {ARCHIVE_SCHEMA}", self.move.drop(), locks
            )
        keep = self.move.mark(unfinished=False)
        locks = self._locks(LockMode.SHARE_UPDATE_EXCLUSIVE)
        return self._finishing(Verb.ARCHIVE, f"keep table {self.table} in {ARCHIVE_SCHEMA}", keep, locks)

    def _finishing(self, verb: Verb, title: str, statement: Statement, locks: tuple[LockClaim, ...]) -> Step:
        step = replace(ddl.brief(verb.of(self.key), title, [statement], locks), archives=not self._goes)
        return self._guarded(step, present=self.left if self._goes else ())

    def _guarded(self, step: Step, *, present: tuple[str, ...]) -> Step:
        """Return the step with the checks of the table in the archive. If one of them fails, the table gets those of
        its foreign keys that are not `present` back, and is moved back."""
        replacement = self.wanted.replaced_by
        if replacement is not None and self.is_partitioned:
            return self._guarded_with_parts(step, replacement)
        guards = [enough_rows(self.table, replacement, self.move.archived)] if replacement else []
        if self._goes:
            guards.append(out_of_reach(self.table, self.move.archived))
        if self.keys:
            guards.append(nothing_depends(self.table, self.move.archived, stays=self._stays))
        again = "counts its rows again" if replacement else "continues"
        return replace(
            step,
            guards=tuple(guards),
            leaves=f"the table in {ARCHIVE_SCHEMA}: the next run {again}",
            otherwise=(*self._keys_back(present), self._back()) if guards else (),
        )

    def _guarded_with_parts(self, step: Step, replacement: TableName) -> Step:
        """Return the step of a partitioned table, which counts the rows of its partitions in the archive. If they are
        too many, all stay there: the table and its partitions come back by a restore."""
        counted = enough_rows_of_parts(self.table, replacement, self.move.archived)
        depends = [nothing_depends(self.table, self.move.archived, stays=self._stays)] if self.keys else []
        leaves = f"the table and its partitions in {ARCHIVE_SCHEMA}: the next run counts their rows again"
        locks = (*step.locks, *ddl.claims(LockMode.ACCESS_SHARE, replacement))
        title = f"{step.title}, once its rows and those of its partitions are counted"
        return replace(
            step, title=title, guards=(counted, *depends), execution=ExecutionClass.SCAN, locks=locks, leaves=leaves
        )

    def _keys_back(self, present: tuple[str, ...]) -> Iterator[Step]:
        for key in self.keys:
            name = key.kept.name
            if name not in present or name in self.unchecked:
                yield from key.put_back(present=name in present)

    def _back(self) -> Step:
        title, locks = f"move table {self.table} back", self._locks(LockMode.ACCESS_EXCLUSIVE, *self.parents)
        step = ddl.brief(Verb.MOVE_BACK.of(self.key), title, self.move.back(), locks)
        leaves = f"the table in {ARCHIVE_SCHEMA}: remove the cause and run the same command again"
        # ATTACH PARTITION reads all rows.
        return replace(step, execution=ExecutionClass.SCAN if self.parents else step.execution, leaves=leaves)

    def _locks(self, mode: LockMode, *references: TableName) -> tuple[LockClaim, ...]:
        there = TableName(schema=ARCHIVE_SCHEMA, name=str(self.move.archived))
        return ddl.claims(mode, there, *references)


class DroppedTableRouter:
    def route(self, change: Change, context: RouteContext) -> Route:
        assert isinstance(change.after, DroppedTable)
        if isinstance(change.before, ArchivedTable):
            return purge_route(change, change.before)
        assert isinstance(change.before, TableToRetire | Moved)
        key, before, wanted = change.key, change.before, change.after
        table = key.table_name
        going = _going(change, before, wanted, context)
        hazards = _hazards(table, before, wanted)
        if isinstance(before, Moved):
            start = {key: None, moved_key(table): _one(going.counted_keys)}
            return _finished(RouteBuilder("moved", start), going).build(change, hazards=hazards)
        # Counting is a scan, so a plan of a table that must be unused leaves it to the run.
        replacement = wanted.replaced_by if wanted.unused_for is None else None
        guards = [enough_rows(table, replacement)] if replacement else []
        route = _whole(going, context).build(change, guards=guards, hazards=hazards)
        return replace(route, guards_of_needs=tuple(_nothing_else_depends(table, before, wanted)))

    def probe(
        self, _key: Key, _definition: Definition, _copies: Mapping[TableName, TableName]
    ) -> Sequence[Statement]:
        return ()


def _nothing_else_depends(table: TableName, before: TableToRetire, wanted: DroppedTable) -> Iterator[Guard]:
    """Yield the check that nothing depends on the table but what the plan drops before it."""
    if before.dependents:
        known = [one.description for one in before.dependents]
        yield nothing_depends(table, stays=wanted.backup is Backup.ARCHIVE, besides=known)


def _going(change: Change, before: TableToRetire | Moved, wanted: DroppedTable, context: RouteContext) -> _Going:
    key, table, names = change.key, change.key.table_name, context.archive_names.get(change.key, {})
    if isinstance(before, Moved):
        kept, left, unchecked = before.foreign_keys, before.keys_left, before.unchecked_keys
    else:
        kept = kept_keys(table, context.live) if wanted.keeps_copy else ()
        left, unchecked = tuple(one.name for one in kept), ()
    return _Going(
        key=key,
        move=Move(
            table=table,
            comment=before.comment,
            indexes=before.indexes,
            sequences=before.sequences,
            names=names,
            foreign_keys=kept,
            parents=before.parents,
            detaching=isinstance(before, TableToRetire) and before.detaching,
            marked=isinstance(before, TableToRetire) and before.marked,
            counted_with=wanted.counted_with,
            archived_with=wanted.archived_with,
        ),
        wanted=wanted,
        references=_references(table, before, context.live),
        keys=tuple(
            ArchivedKey(
                kept=one,
                table=table,
                archived=names[table.name],
                context=context,
                is_partitioned=before.is_partitioned,
            )
            for one in kept
        ),
        left=left,
        unchecked=unchecked,
        noun=before.noun if isinstance(before, TableToRetire) else "TABLE",
        at_once=before.at_once if isinstance(before, TableToRetire) else "",
        pending=isinstance(before, TableToRetire) and before.pending,
        is_partitioned=before.is_partitioned,
    )


def _one(left: tuple[str, ...] | None = None) -> DefinitionPattern:
    """Match if the comment of one table in the archive says that it comes from this table, and, if they matter, if it
    has these foreign keys left."""
    keys = () if left is None else (("keys_left", left),)
    return DefinitionPattern(fields=(("claims", 1), *keys))


def _whole(going: _Going, context: RouteContext) -> RouteBuilder:
    """Return the route of a table that is still in its own schema."""
    key, moved = going.key, moved_key(going.table)
    present = _detached(False) if going.detaches_first else DefinitionPattern()
    if not going.wanted.moves or going.noun != "TABLE":
        builder = _with_detach(RouteBuilder("present", {key: present}), going)
        return builder.then(going.drop_at_once(), "dropped", {key: None})
    start = {key: present, moved: None}
    builder = RouteBuilder("present" if ARCHIVE_KEY in context.live.objects else "no archive schema", start)
    begin_with_archive(builder, context, "present")
    _with_detach(builder, going)
    if going.goes_at_once:
        return builder.then(going.archive_at_once(), "archived", {key: None})
    there = _one(going.counted_keys)
    return _finished(builder.then(going.move_there(), "moved", {key: None, moved: there}), going)


def _with_detach(builder: RouteBuilder, going: _Going) -> RouteBuilder:
    """Return the route, with the step that detaches the partition if that is possible without blocking its parent."""
    if going.detaches_first:
        builder.then(going.detach(), "detached", {going.key: _detached(True)})
    return builder


def attach_route(change: Change, live: LiveState) -> Route:
    """Return the route by which a partition that an interrupted run was to detach becomes an ordinary one again."""
    before = change.before
    assert isinstance(before, TableToRetire)
    key, table = change.key, change.key.table_name
    move = Move(
        table=table,
        comment=before.comment,
        indexes=before.indexes,
        sequences=before.sequences,
        names={},
        parents=before.parents,
        detaching=before.detaching,
    )
    going = _Going(
        key=key,
        move=move,
        wanted=DroppedTable(),
        references=_references(table, before, live),
        pending=before.pending,
    )
    attached = DefinitionPattern(fields=(("detached", False), ("marked", False)))
    if not (before.pending or before.detached):
        marked = DefinitionPattern(fields=(("detached", False), ("pending", False), ("marked", True)))
        return RouteBuilder("marked", {key: marked}).then(going.unmark(), "attached", {key: attached}).build(change)
    pending = DefinitionPattern(fields=(("pending", True),))
    builder = RouteBuilder("pending", {key: pending}) if before.pending else None
    if builder is not None:
        builder.then(going.detach(), "detached", {key: _detached(True)})
    else:
        builder = RouteBuilder("detached", {key: _detached(True)})
    return builder.then(going.attach_again(), "attached", {key: attached}).build(change)


def _detached(value: bool) -> DefinitionPattern:
    return DefinitionPattern(fields=(("detached", value),))


def _finished(builder: RouteBuilder, going: _Going) -> RouteBuilder:
    """Return the route with its last steps, from the state in which the table has been moved."""
    for step, left in going.without_keys():
        builder.then(
            step,
            f"{len(left)} foreign keys left" if left else "no foreign keys",
            {moved_key(going.table): _one(left)},
        )
    *before, last = going.finish()
    for step in before:
        builder.then(step, "dumped", {})
    label = "archived" if going.wanted.backup is Backup.ARCHIVE else "dropped"
    return builder.then(last, label, {moved_key(going.table): None})


def _references(table: TableName, before: TableToRetire | Moved, live: LiveState) -> tuple[TableName, ...]:
    """Return the other tables that its foreign keys refer to: dropping the table locks them as well."""
    if isinstance(before, Moved):
        return before.references
    found = {reference[0] for one in live.all_on(table).values() if (reference := one.reference())}
    return tuple(sorted(found - {table}))


def _hazards(table: TableName, before: TableToRetire | Moved, wanted: DroppedTable) -> list[Hazard]:
    mentions, named_by = (before.mentions, before.named_by) if isinstance(before, TableToRetire) else ((), ())
    named = [Hazard(kind=NAMED_IN_FUNCTION, detail=f"{function} mentions {table.name}") for function in mentions]
    named += [Hazard(kind=NAMED_IN_TRIGGER, detail=f"{trigger} names {table.name}") for trigger in named_by]
    if wanted.backup is Backup.ARCHIVE:
        return named
    if wanted.backup is Backup.DUMP:
        what = f"{table} leaves the database; the only copy will be a file in the folder of --backup-dir"
        return [Hazard(kind=ONLY_IN_DUMP, detail=what), *named]
    what = f"{table} is dropped"
    if isinstance(before, TableToRetire) and before.query is not None:
        what = f"{before.noun.lower()} {table} is dropped; the journal keeps its definition"
    return [Hazard(kind=DROP_TABLE, detail=what), *named]


ROUTER = DroppedTableRouter()
