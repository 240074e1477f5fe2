"""Changes: the differences of one object, and the places in the file that ask for them."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from reconciler.model.definition import Definition, has_index, parts_of
from reconciler.model.names import Key, Place, TableName


class Action(enum.StrEnum):
    """What a change does to its object. `drop` of a table with `backup: archive` moves it; `create` of one in the
    archive moves it back."""

    CREATE = "create"
    ALTER = "alter"
    RENAME = "rename"
    DROP = "drop"
    VALIDATE = "validate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One field that differs: its `path`, such as `on_delete` or `elements[0].order`, and its place in the file."""

    path: str
    before: str
    after: str
    place: Place | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One key, its definition before (live) and after (desired), and the place in the file that asks for the
    change.

    `renamed_from` is the live object's name, if it has another one. `differences` is empty for create and drop.
    `dependents` are the live foreign keys that depend on the index that the change drops or replaces, and that are
    added again with it. `moved_dependents` are the changes of those that move to the columns of its new index,
    which are made in between. `remnant_of` is set for the removal of a remnant: the declared object whose
    replacement was interrupted. `journaled`: the journal has that replacement. `continues`: the change begins where
    another change of the same object ends.
    """

    action: Action
    key: Key
    before: Definition | None
    after: Definition | None
    place: Place
    differences: tuple[Difference, ...] = ()
    renamed_from: str | None = None
    dependents: Mapping[Key, Definition] = field(default_factory=dict)
    moved_dependents: tuple[Change, ...] = ()
    remnant_of: Key | None = None
    journaled: bool = False
    continues: bool = False

    @property
    def also_altered(self) -> tuple[Key, ...]:
        """Return what changes in addition to the change's own object."""
        return (*self.dependents, *(one.key for one in self.moved_dependents))

    def __str__(self) -> str:
        return f"{self.action} {self.key}"


def given_name(key: Key, definition: Definition | None) -> str:
    """Return the name of the object in the catalog: an attribute if something else identifies the object. Empty if
    it has none, such as a not-null before PostgreSQL 18."""
    if definition is not None:
        return definition.given_name(key.name)
    return "" if key.kind == "not_null" else key.name


def indexes_of(key: Key, definition: Definition | None) -> set[TableName]:
    """Return the indexes that the object has, or is, on its table and on partitions. A schema has only one relation
    with a name."""
    if definition is None or not has_index(definition):
        return set()
    own = TableName(schema=key.schema, name=given_name(key, definition))
    return {own, *(TableName(schema=table.schema, name=name) for table, name in parts_of(definition).items())}


def enforced_by(index: Key, on_table: Mapping[Key, Definition]) -> Definition | None:
    """Return the constraint that the index enforces, among the objects of its table."""
    named = (one for key, one in on_table.items() if key != index and given_name(key, one) == index.name)
    return next((one for one in named if one.as_index() is not None), None)


def former_key(change: Change) -> Key:
    """Return the key of the object before the change."""
    return change.key if change.renamed_from is None else change.key._replace(name=change.renamed_from)


def continued(changes: Sequence[Change]) -> Iterator[tuple[int, int]]:
    """Return the numbers of two changes of one object of which the second begins where the first ends. An object
    releases names that others need before it gets its declared form."""
    by_former = {former_key(change): number for number, change in enumerate(changes) if change.continues}
    for first, change in enumerate(changes):
        later = by_former.get(change.key, first)
        if later != first and change.after is not None and change.after == changes[later].before:
            yield first, later
