"""The names that tables and their parts get in the archive: all names of a plan differ, whatever the time of the
run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace

from reconciler.kinds import section_for
from reconciler.kinds.kind import Purpose
from reconciler.model.bound import ANY_TIME, LAST_NUMBER, BoundName, free_number
from reconciler.model.change import Change, given_name
from reconciler.model.definition import Definition, has_index
from reconciler.model.errors import Refused
from reconciler.model.names import Key
from reconciler.model.retired import Moved, TableToRetire
from reconciler.model.rules.consent import TOO_MANY_DROPS
from reconciler.model.state import LiveState
from reconciler.planning.inheritance import ancestors
from reconciler.planning.target import Target


def with_later_indexes(changes: Sequence[Change], live: LiveState) -> list[Change]:
    """Return the ordered changes, each table that is dropped or archived with the indexes that it has when its change
    begins: earlier changes of a partitioned table build, rename and drop indexes of its partitions."""
    return [_with_later_indexes(change, changes[:number], live) for number, change in enumerate(changes)]


def _with_later_indexes(change: Change, earlier: Sequence[Change], live: LiveState) -> Change:
    before, table = change.before, change.key.table_name
    if not isinstance(before, TableToRetire):
        return change
    changed = {table, *ancestors(table, live)}
    if not any(one.key.table_name in changed for one in earlier):
        return change
    unknown = set(before.indexes) - _index_names(live.all_on(table))
    later = _index_names(Target(earlier, live).on(table))
    return replace(change, before=replace(before, indexes=tuple(sorted(unknown | later))))


def _index_names(objects: Mapping[Key, Definition]) -> set[str]:
    return {given_name(key, one) for key, one in objects.items() if has_index(one)}


def archive_names(changes: Sequence[Change]) -> Mapping[Key, Mapping[str, BoundName]]:
    """Return, for each table that is dropped or archived, the bound names of the table, its indexes and its owned
    sequences."""
    taken: set[str] = set()
    found: dict[Key, dict[str, BoundName]] = {}
    for change in sorted(changes, key=lambda one: one.key):
        before = change.before
        if isinstance(before, TableToRetire | Moved):
            present, own = before.names_in_archive(), dict[str, BoundName]()
            for name in (change.key.table, *before.indexes, *before.sequences):
                own[name] = _free(name, present.get(name), taken)
                # A table's array type is named after the table, with an underscore before the name.
                taken.update((str(own[name]), f"_{own[name]}"))
            found[change.key] = own
    return found


def _free(original: str, present: str | None, taken: Set[str]) -> BoundName:
    name = BoundName(original=original, present=present)
    number = free_number(name, ANY_TIME, taken)
    if number is None:
        raise Refused(
            f"more than {LAST_NUMBER} tables, indexes or sequences would get the name {name} in the archive",
            rule=TOO_MANY_DROPS,
            hint=f"list fewer tables under `{section_for(Purpose.DROPS_TABLE)}` at a time",
        )
    return BoundName(original=original, number=number, present=present)
