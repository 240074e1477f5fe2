"""Plan files and snapshots: both are strict JSON, and one is easily given in place of the other."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any, Final, NamedTuple, NoReturn


class OwnFile(NamedTuple):
    """What a file is, and how it is used."""

    title: str
    usage: str


PLAN: Final = OwnFile("a plan", "apply it: `reconcile apply PLANFILE`")
SNAPSHOT: Final = OwnFile("a snapshot", "plan from it: `reconcile plan --live FILE`")

_KEYS: Final = {"verdict": PLAN, "skeleton": SNAPSHOT}
"""A key that only such a file has."""


def own_file(keys: Collection[str]) -> OwnFile | None:
    """Return what the JSON object with these keys is; None if it is another one."""
    return next((file for key, file in _KEYS.items() if key in keys and "format_version" in keys), None)


def strict_json(text: bytes) -> Any:
    """Return the value of a JSON text. Raise `ValueError` or `RecursionError` if it is not JSON, or has a key twice: a
    reader may see one value while the program uses the other."""
    return json.loads(text, object_pairs_hook=_without_doubles, parse_constant=_no_number)


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key occurs twice")
    return found


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")
