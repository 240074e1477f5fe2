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


# How the file says what a definition holds in a field of another shape: its words, and the words for values.
_WORDS = {
    "ref_table": "references.table",
    "ref_columns": "references.columns",
    "period": "references.period",
    "descending": "order",
    "nulls_first": "nulls",
}
_VALUES: dict[object, dict[object, str]] = {
    "descending": {False: "asc", True: "desc"},
    "nulls_first": {False: "last", True: "first", None: "default"},
}
# The key of the file under which a field stands, where that is another than the field.
_STANDS_IN = {
    "ref_table": "references",
    "ref_columns": "references",
    "period": "references",
    "on_delete_columns": "on_delete",
}


def _difference(level: Any, declared: Declared) -> Difference:
    path: list[str | int] = level.path(output_format="list")
    values = _VALUES.get(path[-1], {})
    return Difference(
        path=re.sub(r"\.\[", "[", ".".join(_part(part) for part in path)),
        before=values[level.t1] if values else _shown(level.t1),
        after=values[level.t2] if values else _shown(level.t2),
        place=declared.place_of(_STANDS_IN.get(str(path[0]), str(path[0]))),
    )


def _part(part: str | int) -> str:
    return f"[{part}]" if isinstance(part, int) else _WORDS.get(part, part)


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "[" + ", ".join(_shown(item) for item in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_shown(item)}" for key, item in value.items() if item) + "}"
    return "none" if value is None or repr(value) == "not present" else str(value)
