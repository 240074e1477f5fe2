"""Features that a table or materialized view loses by a plan: replicating changes of rows, concurrent refresh,
finding the rows of a foreign key by an index."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from reconciler.kinds import purpose_of
from reconciler.kinds.kind import Purpose
from reconciler.model.change import Change, former_key
from reconciler.model.definition import Definition
from reconciler.model.facts import Answers
from reconciler.model.facts.values import PublicationsOf, Published
from reconciler.model.hazards import Hazard
from reconciler.model.index_facts import IndexRole, IndexStatus
from reconciler.model.names import Key, TableName, display
from reconciler.model.rules.hazards import (
    CONCURRENT_REFRESH_LOST,
    INDEX_DROPPED,
    PUBLICATION_MISMATCH,
    REPLICA_IDENTITY_LOST,
)
from reconciler.model.rules.rule import HazardKind
from reconciler.model.state import LiveState
from reconciler.planning.target import Target

Losses = dict[Key, list[Hazard]]


def losses(answers: Answers, changes: Sequence[Change], live: LiveState) -> Losses:
    """Return hazards by the key of the change that causes them."""
    losing = [one for one in changes if _may_identify(one.before)]
    marking = [one for one in changes if one.before is None and _is_identity(one.after)]
    if not losing and not marking:
        return {}
    found: Losses = {}
    target = Target(changes, live)
    hazards = [*_without_index(losing, target, live), *_not_replicated(answers, [*losing, *marking], target, live)]
    for change, hazard in hazards:
        found.setdefault(change.key, []).append(hazard)
    return found


def _without_index(losing: Sequence[Change], target: Target, live: LiveState) -> Iterator[tuple[Change, Hazard]]:
    """Report foreign keys without an index that finds the referring rows when a referenced row is deleted; and
    materialized views without an index that identifies their rows."""
    for change in losing:
        objects, former = target.on(change.key.table_name), former_key(change)
        for key, one in sorted(objects.items()):
            supported = one.reference() is not None and _supports(change.before, one)
            if supported and not any(_supports(other, one) for other in objects.values()):
                yield change, Hazard(kind=INDEX_DROPPED, detail=f"{former}, the last index that supports {key}")
        of_view = live.tables[change.key.table_name].relkind == "m" and _identifies(change.before)
        if of_view and not any(map(_identifies, objects.values())):
            yield change, Hazard(kind=CONCURRENT_REFRESH_LOST, detail=f"{former} is the only such index")


def _supports(definition: Definition | None, foreign_key: Definition) -> bool:
    """Whether the index finds the rows that refer to one row."""
    if definition is None or not _may_identify(definition) or definition.index_status() is not IndexStatus.VALID:
        return False
    columns = foreign_key.columns()
    usable = definition.access_method() not in ("gin", "brin")
    return usable and set(definition.indexed_columns()[: len(columns)]) == set(columns)


def _identifies(definition: Definition | None) -> bool:
    return definition is not None and definition.as_index() is definition and bool(definition.unique_columns())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Identity:
    """The columns that identify changed rows. `full`: all columns."""

    columns: frozenset[str] = frozenset()
    full: bool = False

    def __bool__(self) -> bool:
        return self.full or bool(self.columns)

    def problem(self, table: TableName, sent: Published) -> tuple[HazardKind, str] | None:
        """Return why the table's rows cannot be updated or deleted."""
        for one in sent.publications:
            name = f"publication {display(one.name)}"
            if not self:
                return REPLICA_IDENTITY_LOST, f"{table} is in {name}"
            missing = set() if self.full else one.filtered - self.columns
            if missing:
                return PUBLICATION_MISMATCH, f"the row filter of {name} reads {_listed(missing)} of {table}"
            unlisted = self.columns - one.listed if one.listed is not None else set()
            if unlisted or (self.full and one.listed is not None):
                what = _listed(unlisted) if unlisted else "all columns"
                return PUBLICATION_MISMATCH, f"{name} does not list {what} of {table}, its replica identity"
        return None


def _listed(columns: Set[str]) -> str:
    return ", ".join(map(display, sorted(columns)))


def why_not_sent(objects: Mapping[Key, Definition], table: TableName, sent: Published) -> str | None:
    """Return why the server rejects changes of the table's rows: `objects` are those of the table."""
    problem = _identity(objects, sent.replica_identity).problem(table, sent)
    return problem and problem[1]


def _not_replicated(
    answers: Answers, candidates: Sequence[Change], target: Target, live: LiveState
) -> Iterator[tuple[Change, Hazard]]:
    """Report published tables whose rows can no longer be updated or deleted."""
    concerned = {name for one in candidates for name in live.tree(one.key.table_name)}
    # The rows of a partitioned table are those of its partitions.
    tables = [name for name in concerned if live.tables[name].relkind == "r"]
    tables.sort(key=lambda name: live.tables[name].oid)
    published = answers.of(PublicationsOf(table=live.tables[name].oid) for name in tables)
    for table, sent in zip(tables, published, strict=True):
        if sent is None:
            continue
        before, after = live.all_on(table), target.on(table)
        then = _identity(after, _setting_after(sent, before, after, live)).problem(table, sent)
        if then is not None and _identity(before, sent.replica_identity).problem(table, sent) is None:
            kind, detail = then
            yield _cause(candidates, table, live), Hazard(kind=kind, detail=detail)


def _setting_after(
    sent: Published, before: Mapping[Key, Definition], after: Mapping[Key, Definition], live: LiveState
) -> str:
    """Return `relreplident` after the plan. If the tool removes the role from an index, the default applies again;
    if a partition's index is dropped with that of the partitioned table, the partition has no replica identity."""
    lost = [key for key, one in before.items() if _is_identity(one) and not _is_identity(after.get(key))]
    if not lost:
        return sent.replica_identity
    return "n" if any(key in live.inherited for key in lost) else "d"


def _cause(candidates: Sequence[Change], table: TableName, live: LiveState) -> Change:
    """Return the change of the table's replica identity, or otherwise the one that makes another object the
    identity."""
    near = [one for one in candidates if table in live.tree(one.key.table_name)]
    identity = (one for one in near if _is_identity(one.before) or purpose_of(one.key) is Purpose.IDENTIFIES_ROWS)
    return next(identity, near[0])


def _is_identity(definition: Definition | None) -> bool:
    return definition is not None and IndexRole.REPLICA_IDENTITY in definition.roles()


def _may_identify(definition: Definition | None) -> bool:
    """Whether such an object can be a replica identity: indexes and keys can, exclusion constraints cannot."""
    return definition is not None and IndexRole.REPLICA_IDENTITY in definition.possible_roles()


def _identity(objects: Mapping[Key, Definition], setting: str) -> _Identity:
    """Return the replica identity of a table with these objects; `setting` is its `relreplident`."""
    marked = next((one for one in objects.values() if _is_identity(one)), None)
    if marked is not None:
        return _Identity(columns=frozenset(_columns(marked)))
    if setting in ("f", "n"):
        return _Identity(full=setting == "f")
    keys = (one for key, one in objects.items() if purpose_of(key) is Purpose.IDENTIFIES_ROWS)
    return _Identity(columns=frozenset(column for one in keys for column in _columns(one)))


def _columns(definition: Definition) -> tuple[str, ...]:
    """Return the columns; none for a deferrable key, which cannot identify rows."""
    return () if definition.is_deferrable() else definition.indexed_columns()
