"""Values of the model as JSON's own types: for the JSON format, the journal, and the comparison of two definitions."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from reconciler.model.definition import UNMANAGED, Definition
from reconciler.model.names import Key, Place, TableName

YAML_NAMES = {"key": "columns", "elements": "columns", "excluded": "elements", "with_": "with", "method": "using"}
"""What the file calls a definition's field whose name is another here."""

_PAIRS = (
    "with_",
    "opclass_params",
    "statistics",
    "partitions",
)  # (name, value) pairs, which are a mapping in the file

_SELDOM = ("partitions",)  # told only where there are any


def plain(value: Any) -> Any:
    """Any value of the model as JSON's own types, definitions under the file's names.

    What a definition does not manage is left out, and so is what does not count when values are compared.
    """
    match value:
        case Enum():
            return value.value
        case None | bool() | int() | float() | str():
            return value
        case timedelta():
            return value.total_seconds()
        case datetime():
            return value.isoformat()
        case dict():
            return {str(key): plain(item) for key, item in value.items()}
        case frozenset() | set():
            return sorted(plain(item) for item in value)
        case Key() | Place() | TableName():
            return plain(value._asdict())
        case list() | tuple():
            return [plain(item) for item in value]
    if not is_dataclass(value):
        return str(value)
    names = YAML_NAMES if isinstance(value, Definition) else {}
    return {
        names.get(field.name, field.name): plain(dict(item) if field.name in _PAIRS else item)
        for field in fields(value)
        if field.compare
        and (item := getattr(value, field.name)) is not UNMANAGED
        and (item or field.name not in _SELDOM)
    }


def plain_definition(definition: Definition | None) -> dict[str, Any] | None:
    """A definition with the name of its type; None stays None."""
    return None if definition is None else {"type": type(definition).__name__, **plain(definition)}
