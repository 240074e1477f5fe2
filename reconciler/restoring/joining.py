"""What a table needs to become a partition or an inheritance child again.

Its parent may have got columns, constraints and indexes since it was archived, and its rows may belong to another
partition by now. Attaching the table would build missing indexes under names of the archive and a strong lock, and fail
for everything else. So the table gets them while it is in the archive; whatever stands against that is found before the
first step.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import count

from reconciler.kinds import kind_of, rank_of
from reconciler.kinds.base import guards
from reconciler.kinds.base.ddl import fragment
from reconciler.model.change import Action, Change, given_name
from reconciler.model.definition import Definition
from reconciler.model.facets import Facet, empty_values, fields_with
from reconciler.model.guard import Guard
from reconciler.model.index_facts import IndexStatus
from reconciler.model.names import ARCHIVE_SCHEMA, Key, Place, TableName, cut, display
from reconciler.model.plan import Refusal
from reconciler.model.retired import ArchivedTable, ParentTable
from reconciler.model.rules.objects import CANNOT_ATTACH
from reconciler.model.state import Column, LiveState
from reconciler.planning.completion import essence
from reconciler.postgres.bounds import BoundsTaken

_ELSEWHERE = "or restore the table under another name with --as"


def new_parts(
    table: ArchivedTable,
    to: TableName,
    parents: Mapping[ParentTable, Mapping[Key, Definition]],
    live: LiveState,
    returning: Iterable[Change],
    taken: Callable[[str], bool],
    place: Place,
) -> list[Change]:
    """Return the changes that create what the parents have and the table lacks, and that complete what a killed restore
    has begun. `parents` have the objects of each parent. `returning` are the changes that bring the table's foreign
    keys back; `taken` says whether a name is taken in the archive or the schema of the table `to`."""
    there = TableName(schema=ARCHIVE_SCHEMA, name=table.name)
    own = {key: one for key, one in live.all_on(there).items() if _is_whole(one)}
    own |= {one.key: one.after for one in returning if one.after is not None}
    found: list[Change] = []
    for parent, objects in parents.items():
        for key, definition in sorted(objects.items(), key=lambda one: (rank_of(one[0]), one[0])):
            if not is_passed_on(key, definition, parent):
                continue
            mine = _part_of(own, key, definition)
            if mine is None:
                named = {given_name(one.key, one.after) for one in found}
                begun = _begun(definition, live.all_on(there)) - named
                at, after = _as_part(key, definition, there, to, own, begun, taken)
                found.append(Change(action=Action.CREATE, key=at, before=None, after=after, place=place))
                own[at] = after
            elif definition.is_validated() and not own[mine].is_validated():
                _, after = _as_part(key, definition, there, to, own, set(), taken)
                found.append(Change(action=Action.VALIDATE, key=mine, before=own[mine], after=after, place=place))
    return found


def _is_whole(definition: Definition) -> bool:
    return definition.index_status() in (None, IndexStatus.VALID)


def _begun(definition: Definition, there: Mapping[Key, Definition]) -> set[str]:
    """Return the names of indexes that a killed restore may have built for a part of the parent's object."""
    return {
        one.given_name(key.name)
        for key, one in there.items()
        if not _is_whole(one)
        or (
            one.as_index() is one
            and definition.as_index() is not definition
            and _is_same(definition.as_index(), one)
        )
    }


def is_passed_on(key: Key, definition: Definition, parent: ParentTable) -> bool:
    """Whether a table that joins the parent has to have its part of the parent's object."""
    kind = kind_of(key)
    if kind.is_copied:
        return definition.passes_on()
    return parent.bound is not None and (kind.has_index or definition.reference() is not None)


def _part_of(own: Mapping[Key, Definition], key: Key, definition: Definition) -> Key | None:
    """Return the object of the table that becomes the part of the parent's object."""
    if kind_of(key).is_copied:
        found = (mine for mine in own if (mine.kind, mine.name) == (key.kind, key.name))
    elif definition.reference() is not None:
        found = (mine for mine, one in own.items() if definition.takes_over(one))
    elif definition.as_index() is definition:  # it may also be the index of a constraint
        found = (mine for mine, one in own.items() if _is_same(one.as_index(), definition))
    else:
        found = (mine for mine, one in own.items() if mine.kind == key.kind and _is_same(one, definition))
    return next(found, None)


def _is_same(one: Definition | None, definition: Definition) -> bool:
    return one is not None and essence(one) == essence(definition)


def _as_part(
    key: Key,
    definition: Definition,
    there: TableName,
    to: TableName,
    own: Mapping[Key, Definition],
    begun: Container[str],
    taken: Callable[[str], bool],
) -> tuple[Key, Definition]:
    """Return the part of the table: without comments and roles, which are the parent's, and with PostgreSQL's name for
    it on the restored table. An index that has been `begun` may have the name."""
    kind = type(definition)
    empty = empty_values(kind)
    bare = fields_with(kind, Facet.LATER | Facet.PARTS | Facet.REMARK)
    part = replace(definition, **{name: empty[name] for name in bare if name in empty})
    mine = key._replace(schema=there.schema, table=there.name)
    if kind_of(key).is_copied:
        return mine, part
    used = {one.given_name(other.name) for other, one in own.items()}
    if not kind_of(key).has_index:
        names = (cut(key.name, str(number or "")) for number in count())
        return mine._replace(name=next(name for name in names if name not in used)), part
    part = part.with_index_status(IndexStatus.VALID)
    names = (part.part_name(to, number) for number in count())
    name = next(one for one in names if one in begun or not (one in used or taken(one)))
    return mine._replace(name=name if key.name else ""), part.with_name(name)


def unlike_parents(
    change: Change, table: ArchivedTable, parents: Iterable[ParentTable], live: LiveState
) -> Iterator[Refusal]:
    """Yield a refusal for each column and check in which the table differs from its parents."""
    there = TableName(schema=ARCHIVE_SCHEMA, name=table.name)
    columns = live.tables[there].columns
    for parent in parents:
        wanted = live.tables[parent.table].columns
        for name, column in wanted.items():
            yield from _column(change, there, parent, columns.get(name), column)
        for name in columns if parent.bound is not None else ():
            if name not in wanted:
                cause = (
                    f"{parent.table} has no column {display(name)} any more, and a partition has no other columns"
                )
                yield _refused(change, cause, f"drop the column from {there}, {_ELSEWHERE}")
        for key, definition in live.all_on(parent.table).items():
            mine = live.get(key._replace(schema=there.schema, table=there.name))
            copied = kind_of(key).is_copied and definition.passes_on() and mine is not None
            if copied and mine is not None and not _can_merge(mine, definition):
                cause = f"{key} is not the same as the one of {there}, which would have to inherit it"
                yield _refused(change, cause, f"rename or drop that of {there}, {_ELSEWHERE}")


def _can_merge(mine: Definition, inherited: Definition) -> bool:
    """Whether PostgreSQL merges a constraint of the table with one that it inherits under the same name."""
    return (
        mine.passes_on()
        and mine.expressions() == inherited.expressions()
        and (mine.is_enforced() or not inherited.is_enforced())
    )


def _column(
    change: Change, there: TableName, parent: ParentTable, mine: Column | None, wanted: Column
) -> Iterator[Refusal]:
    name = display(wanted.name)
    if mine is None:
        if wanted.generated:
            how = f"add it to {there} with the same expression"
        else:
            how = f"run ALTER TABLE {there} ADD COLUMN {name} {wanted.type};"
        yield _refused(change, f"{parent.table} has the column {name}, and {there} does not", f"{how} {_ELSEWHERE}")
    elif (mine.type, mine.collation_oid, mine.generated) != (wanted.type, wanted.collation_oid, wanted.generated):
        cause = f"column {name} of {parent.table} has the type {wanted.type}, and that of {there} {mine.type}"
        if mine.type == wanted.type:
            what = "collation" if mine.generated == wanted.generated else "generation expression"
            cause = f"column {name} of {parent.table} has another {what} than that of {there}"
        yield _refused(change, cause, f"alter the column of {there}, {_ELSEWHERE}")


def overlapping(change: Change, parent: ParentTable, taken: BoundsTaken) -> Iterator[Refusal]:
    for other in taken.overlap:
        cause = f"its rows belong to {other} by now: its bounds in {parent.table} were {parent.bound}"
        yield _refused(change, cause, f"detach or archive {other}, {_ELSEWHERE}")


def rows_of_default(change: Change, parent: ParentTable, taken: BoundsTaken, live: LiveState) -> Iterator[Guard]:
    """Yield the check that the default partition has no row that belongs to the table."""
    default = taken.default
    if default is None or default not in live.tables:
        return
    yield guards.rows_guard(
        live,
        default,
        guard_id=CANNOT_ATTACH,
        title=f"rows of the default partition {default} that belong to {change.key.table_name}",
        columns=guards.identification(live, default),
        condition=fragment(taken.condition),
        cause=f"in {default}, the default partition of {parent.table}, that belong to {change.key.table_name}",
        by_value=False,
        remedy=f"move these rows to {change.place} first, {_ELSEWHERE}",
        alias=None,
    )


def _refused(change: Change, cause: str, remedy: str) -> Refusal:
    return Refusal(rule=CANNOT_ATTACH, key=change.key, place=change.place, cause=cause, remedy=remedy)
