"""The names that a table and its parts get when they leave the archive."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import count

from reconciler.model.change import Change
from reconciler.model.names import ARCHIVE_SCHEMA, TableName, cut, display
from reconciler.model.plan import Refusal
from reconciler.model.retired import ArchivedTable
from reconciler.model.rules.objects import NAME_TAKEN

Taken = Callable[[Collection[str]], Collection[str]]
"""Returns those of the names that are taken in the schema."""


def names_after(table: ArchivedTable, taken: Taken, *, renamed: bool) -> dict[str, str]:
    """Return the names of the indexes and sequences after the restore, by their names in the archive.

    They are the old names. If the table gets another name (`renamed`), names that are taken get a number.
    """
    there = table.moved.names_in_archive()
    found = {there[old]: old for old in (*table.moved.indexes, *table.moved.sequences)}
    if not renamed:
        return found
    given = set[str]()
    for name, old in found.items():
        found[name] = next(one for one in _numbered(old) if one not in given and not taken([one]))
        given.add(found[name])
    return found


def _numbered(name: str) -> Iterator[str]:
    yield name
    yield from (cut(name, f"_{number}") for number in count(2))


def clashes(change: Change, to: TableName, names: Mapping[str, str], taken: Taken) -> Iterator[Refusal]:
    """Return a refusal for each name that another object has."""
    for name in sorted(taken([to.name, *names.values()])):
        what = f"{to}" if name == to.name else f"{display(name)} in schema {display(to.schema)}"
        yield Refusal(
            rule=NAME_TAKEN,
            key=change.key,
            place=change.place,
            cause=f"another object has the name {what}",
            remedy="rename that object, or restore the table under another name with --as",
        )


def place_in_archive(table: ArchivedTable) -> str:
    """Return the name in the archive, for people."""
    return str(TableName(schema=ARCHIVE_SCHEMA, name=table.name))
