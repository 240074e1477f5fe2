"""The digest of a plan, `v2:<time>:<hash>`: what would be done, and in which database.

The hash is a tree: over the sorted hashes of the changes, the system identifier and the database. A change is hashed
from its key, its definitions before and after, and its steps. Data checks, sizes, locks, notes, titles, the order of
the changes and the time are not hashed: planning twice gives the same hash. Whoever has the hashes of the changes can
prove by the digest that they are genuine.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from reconciler.model.bound import stamp_of, without_numbers
from reconciler.model.errors import UsageError
from reconciler.model.names import is_temporary
from reconciler.model.rules.connections import DIGEST

VERSION = "v2"
"""Grows when the same plan gets another hash."""

PLACE = ("system_identifier", "database", "database_oid")
"""What a digest is bound to, by the names of `ServerInfo`."""


_TIME = "%Y%m%dT%H%M%SZ"
_FORM = re.compile(rf"{VERSION}:([0-9]{{8}}T[0-9]{{6}}Z):([0-9a-f]{{64}})")
_OTHER_VERSION = re.compile(r"(v[0-9]{1,6}):[0-9A-Za-z]+:[0-9a-f]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """When a plan was made, by the server's clock, and the hash of the plan."""

    made_at: datetime
    hash: str

    def __str__(self) -> str:
        return f"{VERSION}:{stamp_of(self.made_at)}:{self.hash}"


def parse_digest(text: str) -> Digest:
    """Return the digest that `text` says. Raises `UsageError` if it is not one; an empty text is not one either."""
    match = _FORM.fullmatch(text)
    if match is not None:
        try:
            return Digest(made_at=datetime.strptime(match[1], _TIME).replace(tzinfo=UTC), hash=match[2])
        except ValueError:
            raise _no_digest("its time does not exist") from None
    other = _OTHER_VERSION.fullmatch(text)
    if other is not None and other[1] != VERSION:
        raise _no_digest(f"it has the form {other[1]}, and this version of reconcile uses {VERSION}")
    raise _no_digest(
        "it is empty" if not text else f"expected {VERSION}:<time>:<hash>"
    )  # never quoted: it may be a secret


def _no_digest(why: str) -> UsageError:
    return UsageError(f"the digest cannot be used: {why}", rule=DIGEST, hint=DIGEST.remedy)


def hashes_of(change: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parts that the hash of a change is made of.

    `change` is one of the `changes` in the JSON of a plan. `steps` has the hash of each step, and the key of the
    relation that it builds. `temporary` are the keys of objects with a name of the tool's own that the change creates.
    Raises `KeyError`, `TypeError`, `AttributeError` or `ValueError` for JSON of another form.
    """
    return {
        "key": change["key"],
        "before": _hash([change["renamed_from"], change["before"]]),
        "after": _hash(change["after"]),
        "temporary": _temporary_keys(change["states"]),
        "steps": [
            {"hash": step_hash(step, change["search_path"]), "builds": step["builds"]} for step in change["steps"]
        ],
    }


def step_hash(step: Mapping[str, Any], search_path: Sequence[str]) -> str:
    """Return the hash of what a step sends, and of how it sends it. A run may give the archived names other numbers."""
    other = step["otherwise"]
    return _hash(
        [
            search_path,
            step["action"],
            [without_numbers(statement) for statement in step["sql"]],
            step["execution"],
            step["archives"],
            None if other is None else [other["action"], [without_numbers(one) for one in other["sql"]]],
        ]
    )


def plan_hash(place: Mapping[str, Any], changes: Iterable[Mapping[str, Any]], tables: Collection[str] = ()) -> str:
    """Return the hash of a plan from the `hashes_of` its changes.

    `place` has the names of `PLACE`, or more. `tables` are the patterns of the tables to which the plan is restricted.
    """
    parts = [VERSION, [place[name] for name in PLACE], sorted(_hash(one) for one in changes)]
    return _hash([*parts, sorted(tables)] if tables else parts)


def _temporary_keys(states: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    keys = (one["key"] for state in states for one in state["objects"])
    found = {_canonical(key): key for key in keys if is_temporary(key["name"])}
    return [found[text] for text in sorted(found)]


def _hash(value: object) -> str:
    """SHA-256, in hexadecimal."""
    return hashlib.sha256(_canonical(value).encode("ascii")).hexdigest()


def _canonical(value: object) -> str:
    """JSON with sorted keys, without spaces and non-ASCII characters."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)
