"""Refusals for objects that a plan cannot read because the database has bytes that are not text, and for
declarations that the database cannot store.

A database with the encoding SQL_ASCII accepts any bytes in a name, a comment or a constant. Invalid UTF-8 cannot be
compared with a file, so the object is unknown: neither the same nor absent.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from reconciler.kinds import KINDS, key_for, kind_for, purpose_of
from reconciler.kinds.kind import Purpose
from reconciler.model.as_json import as_json
from reconciler.model.encodings import has_characters
from reconciler.model.names import Key, TableName
from reconciler.model.plan import Refusal
from reconciler.model.rules.objects import NOT_IN_ENCODING, UNKNOWN
from reconciler.model.state import Absent, Declared, DesiredState, LiveState

_REMEDY = "rename or alter it by hand so that it is valid UTF-8, then plan again"


def encoding_problems(desired: DesiredState, live: LiveState, encoding: str) -> list[Refusal]:
    """Return a refusal for each object in the file, declared or absent, whose live state is not valid UTF-8, or
    that has characters which the database cannot store."""
    if encoding == "UTF8":
        return []
    return [*_declared(desired, live), *_absent(desired, live), *_without_characters(desired, encoding)]


def _everything(desired: DesiredState) -> Iterator[Declared]:
    """Return the objects and tables that the file declares or drops."""
    yield from desired.objects.values()
    yield from desired.dropped_tables.values()
    exists = kind_for(Purpose.REQUIRES_TABLE).definition()
    for table, place in desired.required_tables.items():
        yield Declared(key=key_for(Purpose.REQUIRES_TABLE, table), definition=exists, place=place)


def _without_characters(desired: DesiredState, encoding: str) -> Iterator[Refusal]:
    for declared in _everything(desired):
        text = "".join(declared.key) + json.dumps(as_json(declared.definition), ensure_ascii=False)
        if not has_characters(encoding, text):
            yield Refusal(
                rule=NOT_IN_ENCODING,
                key=declared.key,
                place=declared.place,
                cause=f"the encoding of the database, {encoding}, lacks characters of the declaration",
                remedy=NOT_IN_ENCODING.remedy,
            )


def _declared(desired: DesiredState, live: LiveState) -> Iterator[Refusal]:
    for declared in _everything(desired):
        key = declared.key
        former = key._replace(name=declared.renamed_from) if declared.renamed_from else key
        if key in live.undecodable or former in live.undecodable:
            cause = f"cannot read {former}: its definition in the database is not valid UTF-8"
        elif any(one.name in _tables(live) for one in live.below(key.table_name)):
            cause = f"a partition or child of {key.table_name} has a name that is not valid UTF-8"
        else:
            continue
        yield Refusal(rule=UNKNOWN, key=key, place=declared.place, cause=cause, remedy=_REMEDY)


def _tables(live: LiveState) -> set[TableName]:
    return {key.table_name for key in live.undecodable if purpose_of(key) is Purpose.REQUIRES_TABLE}


def undecodable_keys(absent: Absent, live: LiveState) -> list[Key]:
    """Return the objects that an entry under `absent` names, or may name, but that cannot be read."""
    kinds = {kind.id for kind in KINDS if kind.absent_section == absent.section}
    found = (key for key in live.undecodable if key.kind in kinds and key.table_name == absent.table)
    return sorted(key for key in found if key.name in ("", absent.name))


def _absent(desired: DesiredState, live: LiveState) -> Iterator[Refusal]:
    for absent in desired.absent:
        for key in undecodable_keys(absent, live):
            cause = f"cannot read {key}: its definition in the database is not valid UTF-8"
            yield Refusal(rule=UNKNOWN, key=key, place=absent.place, cause=cause, remedy=_REMEDY)
