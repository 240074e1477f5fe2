"""Objects that partitions and children have from their parents, compared without names that PostgreSQL chooses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from tests.property.tables import quoted
from tests.roundtrip.fingerprint import Entry, Identity

Found = Mapping[Identity, Entry]


def is_noise(entry: Entry) -> bool:
    """Return whether no file names the object.

    Inherited objects have a name of PostgreSQL, and the noise in their definition. A foreign key has its parent's name,
    and PostgreSQL may print columns of another partition in its SET NULL.
    """
    inherited = entry.inherited and entry.what != "foreign_keys" and "noise_" in entry.definition
    return entry.name.startswith("noise_") or inherited


def own(
    found: Iterable[Entry], named: Collection[str], below: Collection[tuple[str, str]]
) -> dict[Identity, Entry]:
    """Return the objects that a table does not inherit.

    Names of partitions' indexes are kept if they are `named` in the example; those of not-nulls of the tables `below`
    others are not, because they may come from there.
    """
    return {
        one.identity: _with_named(_nameless(one) if (one.schema, one.table) in below else one, named)
        for one in found
        if not one.inherited
    }


def _nameless(entry: Entry) -> Entry:
    """Return a not-null without its name."""
    return replace(entry, definition=entry.definition.split(" AS ", 1)[0]) if entry.what == "not_null" else entry


def with_default_name(found: Entry, wanted: Entry | None) -> Entry:
    """Return a not-null that PostgreSQL has named with the name that it would have without conflicts.

    PostgreSQL adds a number to a name that is taken, and cuts the rest.
    """
    if wanted is None or not wanted.definition.endswith("_not_null") or not _NUMBERED.search(found.definition):
        return found
    name = wanted.definition.rpartition(" AS ")[2]
    return replace(found, definition=f"{found.definition.rpartition(' AS ')[0]} AS {name}")


_NUMBERED = re.compile("_not_null[0-9]+$")


def parts(found: Iterable[Entry], named: Collection[str]) -> Counter[Entry]:
    """Return the objects that tables inherit."""
    return Counter(_alike(one, named) for one in found if one.inherited)


def missing(wanted: Counter[Entry], found: Counter[Entry]) -> Counter[Entry]:
    """Return the missing objects. A valid object must not become NOT VALID."""
    there = found.copy()
    for one in wanted - found:
        if not one.valid and (valid := replace(one, valid=True)) in there:
            there[one] += there.pop(valid)
    return wanted - there


def _with_named(entry: Entry, named: Collection[str]) -> Entry:
    if not entry.partitions:
        return entry
    endings = tuple(ending for name in named for ending in (f".{name}", f".{quoted(name)}"))
    return replace(entry, partitions=tuple(one for one in entry.partitions if one.endswith(endings)))


def _alike(entry: Entry, named: Collection[str]) -> Entry:
    """Return a value that is equal for objects that PostgreSQL may have named differently.

    It adds a number to a name that is taken, and cuts long names before that.
    """
    name = entry.name
    if entry.what == "foreign_keys":
        name = ""
    elif entry.what in ("unique", "primary_key", "exclusions", "indexes") and name not in named:
        name = name.rstrip("0123456789")[:12]
    # PostgreSQL may print an expression differently after it reads it again; the parent is compared in this form.
    definition = "" if entry.what == "checks" else _nameless(entry).definition.partition(" WHERE ")[0]
    definition = re.sub(r"[()\s]", "", definition)
    definition = re.sub(
        r"::(text|charactervarying)(\[\])?", "", definition
    )  # in lists, it moves the cast into the list
    valid = entry.valid or entry.what == "foreign_keys"
    return replace(entry, name=name, definition=definition, valid=valid, oid=0, file=0, partitions=())
