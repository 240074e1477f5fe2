"""What editors and the reference pages say about a key: its meaning, its default, and examples.

All of it comes from the declaration that reads the key. The JSON Schema has it as `description`, `default` and
`examples`, and the pages of `docs/` are generated from that schema.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from reconciler.kinds.file.writing import Bare, Written

Json = dict[str, Any]

NO_EXAMPLES: Final[tuple[Any, ...]] = ()
_INTEGER: Final = re.compile(r"-?[0-9]+")


def described(
    schema: Json, doc: str, *, default: Written = None, omitted: str = "", examples: tuple[Any, ...] = NO_EXAMPLES
) -> Json:
    """Return `schema` with what people need to know about the key.

    `default` is what the file could say instead of leaving the key out. If it cannot say that, `omitted` describes
    it; a key that must be there has neither. Without `examples`, these are the words other than the default.
    """
    value = as_editors_read(default)
    has_default = value not in (None, [], {}) or value is False
    notes = [f"Default: {_shown(value)}."] if has_default else [f"If omitted: {omitted}."] if omitted else []
    found = list(examples) or [word for word in _words(schema) if word != value] or ([value] if has_default else [])
    return {
        "description": " ".join([doc, *notes]),
        **({"default": value} if has_default else {}),
        "examples": found,
        **schema,
    }


def words_schema(meanings: Mapping[str, str]) -> Json:
    """Return the schema of one word of a closed set, each with its meaning."""
    return {"enum": list(meanings), "enumDescriptions": list(meanings.values())}


def as_editors_read(written: Written) -> Any:
    """Return a tree as an editor reads it: numbers are numbers."""
    if isinstance(written, Bare):
        return int(written) if _INTEGER.fullmatch(written) else str(written)
    if isinstance(written, list):
        return [as_editors_read(one) for one in written]
    if isinstance(written, dict):
        return {str(key): as_editors_read(one) for key, one in written.items()}
    return written


def _shown(value: Any) -> str:
    """The value in code, as the file has it."""
    if isinstance(value, list):
        return f"`[{', '.join(map(str, value))}]`"
    if isinstance(value, dict):
        return "`{" + ", ".join(f"{key}: {one}" for key, one in value.items()) + "}`"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def _words(schema: Json) -> list[Any]:
    """Return the values that a schema lists."""
    first = schema.get("anyOf", [schema])[0]
    return [True, False] if first.get("type") == "boolean" else list(first.get("enum", ()))
