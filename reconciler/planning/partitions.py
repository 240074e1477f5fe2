"""Names for the indexes that partitions get because their partitioned table gets one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import partial

from reconciler.kinds.key_constraint import KeyConstraint
from reconciler.kinds.partition_names import Partitionable, base_name, indexes_of, is_default, names_of
from reconciler.kinds.primary_key.definition import PrimaryKey
from reconciler.model.change import Action, Change, given_name
from reconciler.model.definition import UNMANAGED, Definition, PartitionNames
from reconciler.model.names import Key, TableName, cut
from reconciler.model.plan import Note, Refusal
from reconciler.model.state import Declared, DesiredState, LiveState, LiveTable
from reconciler.planning.completion import essence
from reconciler.planning.inheritance import ancestors
from reconciler.planning.outcome import Outcome
from reconciler.postgres.session import Session, rows

_TAKEN = """
    SELECT n.nspname::text AS schema, wanted.name
      FROM unnest(%(schemas)s::text[], %(names)s::text[]) AS wanted(schema, name)
      JOIN pg_namespace n ON n.nspname = wanted.schema
     WHERE EXISTS (SELECT FROM pg_class c WHERE c.relnamespace = n.oid AND c.relname = wanted.name)
        OR EXISTS (SELECT FROM pg_constraint c WHERE c.connamespace = n.oid AND c.conname = wanted.name)"""


def known_partitions(declared: Sequence[Declared], live: LiveState, outcome: Outcome) -> list[Declared]:
    """The declared objects without names for partitions that are not there: they come and go."""
    return [_with_known(one, live, outcome) for one in declared]


def _with_known(declared: Declared, live: LiveState, outcome: Outcome) -> Declared:
    definition = declared.definition
    if not isinstance(definition, Partitionable) or not isinstance(definition.partitions, tuple):
        return declared
    below = {table.name for table in indexed_below(live, declared.key.table_name)}
    for table, _ in definition.partitions:
        if table not in below:
            message = f"{table} is no partition of {declared.key.table_name}: the name for its index has no effect"
            place = declared.place_of("partitions")
            outcome.notes.append(Note(rule="no-partition", key=declared.key, place=place, message=message))
    if not definition.partitions:
        return declared
    known = tuple(pair for pair in definition.partitions if pair[0] in below)
    if known:
        return replace(declared, definition=replace(definition, partitions=known))
    fields = {name: place for name, place in declared.fields.items() if name != "partitions"}
    return replace(declared, definition=replace(definition, partitions=UNMANAGED), fields=fields)


def indexed_below(live: LiveState, table: TableName) -> Iterator[LiveTable]:
    """The partitions that have an index if their table has one: all but foreign tables."""
    known = live.tables.get(table)
    below = live.below(table) if known is not None and known.is_partitioned else ()
    return (one for one in below if one.relkind != "f")


@dataclass(slots=True, kw_only=True)
class _Wish:
    """A partition's index without a name. `named` gives it one by a number, 0 at first, which is raised until the name
    is free."""

    change: int
    table: TableName
    named: Callable[[int], str]
    number: int = 0

    @property
    def index(self) -> TableName:
        return TableName(schema=self.table.schema, name=self.named(self.number))


def name_partitions(session: Session, desired: DesiredState, live: LiveState, outcome: Outcome) -> None:
    """Give the changes a name for the index of each partition.

    A name that PostgreSQL would choose, and free; or that of an index of the partition itself which is just what is
    needed, as an interrupted run leaves it.
    """
    changes = outcome.changes
    named = {n: _given_names(change) for n, change in enumerate(changes) if _needs_names(change, live)}
    if not named:
        return
    gone = [change for change in changes if change.action is Action.DROP]
    freed = {index for change in gone for index in indexes_of(change.key, change.before)}
    given_up = {
        _index(table, name)
        for n, given in named.items()
        for table, name in names_of(changes[n].before).items() - given.items()
    }
    named_now = [(changes[n], given) for n, given in named.items()]
    outcome.refusals += _clashes(session, named_now, freed | given_up, live)
    outcome.refusals += _out_of_step(changes, named, live)
    namer = _Namer(
        session=session,
        live=live,
        freed=freed,
        declared=_declared_names(desired),
        reserved={_index(table, name) for given in named.values() for table, name in given.items()},
        there=_with_new(live, changes),
    )
    # What a partition that is partitioned in turn gets for itself has names before it becomes a part of the whole.
    depths = {n: sum(1 for _ in ancestors(changes[n].key.table_name, live)) for n in named}
    for depth in sorted(set(depths.values()), reverse=True):
        namer.name({n: given for n, given in named.items() if depths[n] == depth}, changes)


@dataclass(slots=True, kw_only=True)
class _Namer:
    """What decides whether a name can be had: `freed` become free, `declared` are the file's, `reserved` are given by
    now; `there` are the objects that are there, or are made by themselves before."""

    session: Session
    live: LiveState
    freed: Set[TableName]
    declared: Set[TableName]
    reserved: set[TableName]
    there: dict[Key, Definition]

    def name(self, named: Mapping[int, dict[TableName, str]], changes: list[Change]) -> None:
        """Name the partitions' indexes of some changes, by number, beyond those that are named already."""
        waiting = [
            _Wish(change=n, table=table.name, named=_naming(changes[n], table.name, self.live, self.freed))
            for n, given in named.items()
            for table in indexed_below(self.live, changes[n].key.table_name)
            if table.name not in given
        ]
        while waiting:
            taken = _taken(self.session, [wish.index for wish in waiting]) - self.freed
            waiting = [wish for wish in waiting if not self._is_met(wish, named[wish.change], changes, taken)]
            for wish in waiting:
                wish.number += 1
        for n, names in named.items():
            changes[n] = _with_names(changes[n], tuple(sorted(names.items())))
            key, after = changes[n].key, changes[n].after
            if key in self.there and after is not None:
                self.there[key] = after

    def _is_met(
        self, wish: _Wish, names: dict[TableName, str], changes: Sequence[Change], taken: Set[TableName]
    ) -> bool:
        if wish.table in names:
            return True  # attached already to what its partitioned table has
        index = wish.index
        found = _found(changes[wish.change], self.live.tables[wish.table], index.name, self.there)
        if index in self.reserved or (index in taken | self.declared and found is None):
            return False
        self.reserved.add(index)
        names.update({wish.table: index.name, **names_of(found)})
        return True


def _clashes(
    session: Session,
    named: Sequence[tuple[Change, Mapping[TableName, str]]],
    freed: Set[TableName],
    live: LiveState,
) -> Iterator[Refusal]:
    """Refusals of names that the file gives and something else has, which does not go."""
    new = [
        (change, table, name)
        for change, given in named
        for table, name in given.items()
        if names_of(change.before).get(table) != name
    ]
    taken = _taken(session, [_index(table, name) for _, table, name in new]) - freed
    for change, table, name in new:
        index = _index(table, name)
        if index in taken and _found(change, live.tables[table], name, live.objects) is None:
            yield Refusal(
                rule="name-taken",
                key=change.key,
                place=change.place,
                cause=f"the name {index} for the index of partition {table} is taken",
                remedy="give another name under `partitions`, or leave it out",
            )


def _out_of_step(
    changes: Sequence[Change], named: Mapping[int, Mapping[TableName, str]], live: LiveState
) -> Iterator[Refusal]:
    """Refusals of what a partition is to have for itself of an index that is made anew in the same plan: the successor
    brings its own parts."""
    for n, names in named.items():
        whole = changes[n]
        if whole.action is not Action.ALTER or not isinstance(whole.after, Partitionable):
            continue
        below = {table.name for table in live.below(whole.key.table_name)}
        for change in changes:
            table, after = change.key.table_name, change.after
            if change.action is not Action.CREATE or table not in below or after is None:
                continue
            part = names.get(table, base_name(whole.after, table))
            if given_name(change.key, after) == part and essence(after) == essence(whole.after):
                yield Refusal(
                    rule="inherited",
                    key=change.key,
                    place=change.place,
                    cause=f"{change.key} would be a part of {whole.key}, which is made anew in this plan",
                    remedy="take it out of the file until that is applied, and declare it again then",
                )


def _with_new(live: LiveState, changes: Sequence[Change]) -> dict[Key, Definition]:
    """The live objects, and those that the file gives to partitions: they are there before they become parts."""
    new = {
        change.key: change.after
        for change in changes
        if change.action is Action.CREATE
        and change.after is not None
        and live.tables[change.key.table_name].parents
    }
    return {**live.objects, **new}


def _index(table: TableName, name: str) -> TableName:
    """The index of this name on the table: as another relation of its schema."""
    return TableName(schema=table.schema, name=name)


def _needs_names(change: Change, live: LiveState) -> bool:
    table = live.tables.get(change.key.table_name)
    partitioned = table is not None and table.is_partitioned and isinstance(change.after, Partitionable)
    return partitioned and change.action not in (Action.DROP, Action.RENAME)


def _given_names(change: Change) -> dict[TableName, str]:
    """Names that the file gives, or that the partitions' indexes have already; but none that PostgreSQL made of the
    columns of an index that gets others."""
    before, after = change.before, change.after
    assert isinstance(after, Partitionable)
    names = names_of(after)
    if not isinstance(before, Partitionable):
        return names
    return {table: name for table, name in names.items() if not _is_outdated(name, table, before, after)}


def _is_outdated(name: str, table: TableName, before: Partitionable, after: Partitionable) -> bool:
    kept = names_of(before).get(table) == name and is_default(name, before, table)
    return kept and not is_default(name, after, table)


def _naming(change: Change, table: TableName, live: LiveState, freed: Set[TableName]) -> Callable[[int], str]:
    after = change.after
    assert isinstance(after, Partitionable)
    own = live.objects.get(Key(schema=table.schema, table=table.name, kind="primary_key"))
    if isinstance(after, PrimaryKey) and isinstance(own, PrimaryKey) and _index(table, str(own.name)) not in freed:
        return partial(_always, str(own.name))
    return partial(base_name, after, table)


def _always(name: str, number: int) -> str:
    return name if not number else cut(name, str(number))


def _with_names(change: Change, names: PartitionNames) -> Change:
    after = change.after
    assert isinstance(after, Partitionable)
    return replace(change, after=replace(after, partitions=names))


def _declared_names(desired: DesiredState) -> set[TableName]:
    kinds = ("index", "unique", "exclusion", "primary_key")
    return {
        TableName(schema=key.schema, name=given_name(key, one.definition))
        for key, one in desired.objects.items()
        if key.kind in kinds
    }


def _taken(session: Session, names: Collection[TableName]) -> set[TableName]:
    parameters = {"schemas": [one.schema for one in names], "names": [one.name for one in names]}
    return {
        TableName(schema=row["schema"], name=row["name"]) for row in rows(session.connection, _TAKEN, parameters)
    }


def _found(change: Change, table: LiveTable, name: str, there: Mapping[Key, Definition]) -> Definition | None:
    """The very index of this name that the partition has, not attached yet; or the constraint, or what it can adopt.

    What takes the place of something else is built anew, whatever is there.
    """
    if change.action is not Action.CREATE:
        return None
    from reconciler.kinds.sql.key_ddl import index_of  # late: most plans name no partition's index

    key = Key(schema=table.name.schema, table=table.name.name, kind="index", name=name)
    own = key._replace(kind=change.key.kind, name="" if change.key.kind == "primary_key" else name)
    after = change.after
    assert isinstance(after, Partitionable)
    candidates = [(there.get(own), after)]
    if isinstance(after, KeyConstraint) and not table.is_partitioned:
        candidates.append((there.get(key), index_of(after)))
    fitting = (found for found, wanted in candidates if found is not None and essence(found) == essence(wanted))
    return next(fitting, None)
