"""What differs between the plan that was approved and the plan of now, change by change and field by field."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from reconciler.kinds import name_of
from reconciler.model.names import Key
from reconciler.model.retired import Backup

_MOST_LINES = 40
_LONGEST_VALUE = 200

ChangeAsJson = Mapping[str, Any]
"""One of the `changes` in the JSON of a plan. An approved one comes from a plan file: it may hold anything."""


def drift_between(
    unapproved: Sequence[ChangeAsJson], planned: Sequence[ChangeAsJson], approved: Sequence[ChangeAsJson] | None
) -> list[str]:
    """Return a line for each change that is not approved, with the fields that differ, and for each that is gone.

    `planned` are all changes of the plan of now, `approved` those of the plan file; None: only a digest is known.
    """
    if approved is None:
        lines = list(_without_a_file(unapproved))
    else:
        lines = [*_not_approved(unapproved, approved), *_gone(planned, approved)]
    left = len(lines) - _MOST_LINES
    return lines if left <= 0 else [*lines[:_MOST_LINES], f"… and {left} more lines"]


def _without_a_file(unapproved: Sequence[ChangeAsJson]) -> Iterator[str]:
    if not unapproved:
        yield "nothing is left to do, and the journal has no run of the approved plan in this database"
    else:
        yield "the digest may also be that of a plan for another database; with the plan file, `apply` shows each field"
    for change in unapproved:
        yield f"planned now: {_title(change)}"


def _not_approved(unapproved: Sequence[ChangeAsJson], approved: Sequence[ChangeAsJson]) -> Iterator[str]:
    known = {_identity(change): change for change in approved}
    for change in unapproved:
        before = known.get(_identity(change))
        if before is None:
            yield f"new: {_title(change)}"
        else:
            yield f"differs: {_title(change)}"
            yield from (f"  {line}" for line in _fields(before, change))


def _gone(planned: Sequence[ChangeAsJson], approved: Sequence[ChangeAsJson]) -> Iterator[str]:
    there = {_identity(change) for change in planned}
    yield from (f"gone: {_title(change)}" for change in approved if _identity(change) not in there)


def _fields(approved: ChangeAsJson, planned: ChangeAsJson) -> Iterator[str]:
    for name in ("action", "renamed_from", "search_path"):
        if approved[name] != planned[name]:
            yield _line(name, approved[name], planned[name])
    for name in ("before", "after"):
        old, new = (one[name] if isinstance(one[name], dict) else {} for one in (approved, planned))
        for one in dict.fromkeys((*old, *new)):
            if old.get(one) != new.get(one):
                yield _line(f"{name}.{one}", old.get(one), new.get(one))
    none: ChangeAsJson = {}
    for number, (old, new) in enumerate(zip_longest(approved["steps"], planned["steps"], fillvalue=none), start=1):
        for field in ("sql", "execution", "otherwise"):
            if old.get(field) != new.get(field):
                yield _line(f"step {number}, {field}", old.get(field), new.get(field))


def _line(what: str, approved: object, planned: object) -> str:
    return f"{_text(what)}: {_text(approved)} → {_text(planned)}"


def _title(change: ChangeAsJson) -> str:
    """Return the words of a plan, such as `archive table public.chats`."""
    key = Key(**{part: str(change["key"][part]) for part in Key._fields})
    retired = (one for one in (change["after"], change["before"]) if isinstance(one, dict))
    kept = (one["backup"] for one in retired if one.get("backup") in (Backup.ARCHIVE, Backup.DUMP))
    return _text(f"{next(kept, change['action'])} {name_of(key)}")


def _identity(change: ChangeAsJson) -> str:
    """An object can have two changes in one plan."""
    return json.dumps([change["key"], change["action"] == "rename"], sort_keys=True)


def _text(value: object) -> str:
    """A value on one line, cut to a maximum length."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]}…"
