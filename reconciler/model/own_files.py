"""Tells plan files and snapshots apart: both are JSON, and one is easily given in place of the other."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final, NamedTuple


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
