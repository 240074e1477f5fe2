"""What exactly differs between two definitions of one object, for people."""

from __future__ import annotations

import re
from typing import Any

from reconciler.model.change import Difference
from reconciler.model.definition import Definition
from reconciler.model.plain import plain
from reconciler.model.state import Declared


def differences(before: Definition, after: Definition, declared: Declared) -> tuple[Difference, ...]:
    """Every difference, sorted by path, with the place where the file says it."""
    from deepdiff import DeepDiff

    tree = DeepDiff(plain(before), plain(after), view="tree", verbose_level=2)
    found = [_difference(level, declared) for levels in tree.values() for level in levels]
    return tuple(sorted(found, key=lambda difference: (difference.path, difference.before)))


def _difference(level: Any, declared: Declared) -> Difference:
    path: list[str | int] = level.path(output_format="list")
    field = str(path[0])
    return Difference(
        path=re.sub(r"\.\[", "[", ".".join([field, *(_part(part) for part in path[1:])])),
        before=_shown(level.t1),
        after=_shown(level.t2),
        place=declared.place_of("references" if field.startswith("ref_") else field),
    )


def _part(part: str | int) -> str:
    return f"[{part}]" if isinstance(part, int) else part


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "[" + ", ".join(_shown(item) for item in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_shown(item)}" for key, item in value.items() if item is not None) + "}"
    return "none" if value is None or repr(value) == "not present" else str(value)
