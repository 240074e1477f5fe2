"""Values of the model as JSON's own types: for the JSON format, the journal, and the comparison of two definitions."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from reconciler.model.definition import Definition
from reconciler.model.facets import UNMANAGED, Facet, facets_of, file_names
from reconciler.model.names import Key, Place, TableName


def as_json(value: Any) -> Any:
    """Return any value of the model as JSON's own types, with definitions under the file's names.

    Unmanaged attributes are left out, and so are those that do not count in a comparison.
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
            return {str(key): as_json(item) for key, item in value.items()}
        case frozenset() | set():
            return sorted(as_json(item) for item in value)
        case Key() | Place() | TableName():
            return as_json(value._asdict())
        case list() | tuple():
            return [as_json(item) for item in value]
    if not is_dataclass(value):
        return str(value)
    kind = type(value)
    names = file_names(kind) if isinstance(value, Definition) else {one.name: one.name for one in fields(value)}
    facets = facets_of(kind)
    hidden = {one.name for one in fields(value) if not one.compare}
    return {
        key: field_as_json(item, facets[name])
        for name, key in names.items()
        if name not in hidden
        and (item := getattr(value, name)) is not UNMANAGED
        and (item or not facets[name] & Facet.SELDOM)
    }


def field_as_json(value: Any, facets: Facet) -> Any:
    """Return the value of a field as JSON's own types."""
    return as_json(dict(value) if facets & Facet.PAIRS else value)


def definition_as_json(definition: Definition | None) -> dict[str, Any] | None:
    """Return a definition with the name of its type; None stays None."""
    return None if definition is None else {"type": type(definition).__name__, **as_json(definition)}
