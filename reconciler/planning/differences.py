"""The differences between two definitions of one object, for people."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from reconciler.model.as_json import as_json
from reconciler.model.change import Difference
from reconciler.model.definition import Definition
from reconciler.model.facets import Wording, wordings
from reconciler.model.state import Declared


def differences(before: Definition, after: Definition, declared: Declared) -> tuple[Difference, ...]:
    """Return every difference, sorted by path, with its place in the file."""
    from deepdiff import DeepDiff

    tree = DeepDiff(as_json(before), as_json(after), view="tree", verbose_level=2)
    words = {**wordings(before), **wordings(after)}
    found = [_difference(level, declared, words) for levels in tree.values() for level in levels]
    return tuple(sorted(found, key=lambda difference: (difference.path, difference.before)))


def _difference(level: Any, declared: Declared, words: Mapping[str, Wording]) -> Difference:
    path: list[str | int] = level.path(output_format="list")
    first, values = words.get(str(path[0]), _AS_IT_IS), words.get(str(path[-1]), _AS_IT_IS).values
    return Difference(
        path=re.sub(r"\.\[", "[", ".".join(_part(part, words) for part in path)),
        before=values[level.t1] if values else _shown(level.t1),
        after=values[level.t2] if values else _shown(level.t2),
        place=declared.place_of(first.under or str(path[0])),
    )


_AS_IT_IS = Wording()


def _part(part: str | int, words: Mapping[str, Wording]) -> str:
    return f"[{part}]" if isinstance(part, int) else words.get(part, _AS_IT_IS).path or part


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "[" + ", ".join(_shown(item) for item in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_shown(item)}" for key, item in value.items() if item) + "}"
    return "none" if value is None or repr(value) == "not present" else str(value)
