"""What the sections of checks and foreign keys have in common: whether the server enforces and validates them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reconciler.kinds.file.fields import Attribute, Values, flag, validated
from reconciler.kinds.file.nodes import Reading
from reconciler.model.names import Key
from reconciler.model.rules.dependencies import CONFLICT


def enforcement() -> dict[str, Attribute]:
    """The attributes `validated` and `enforced`."""
    return {
        "validated": validated(),
        "enforced": flag("false: the server never checks it (PostgreSQL 18).", default=True),
    }


def enforcement_fields(values: Values) -> dict[str, bool]:
    """The fields of a definition, from what was read. What is not enforced is never validated."""
    enforced: bool = values["enforced"]
    return {"enforced": enforced, "validated": enforced and values["validated"]}


def enforcement_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """The inverse: `validated` goes without saying where nothing is enforced."""
    return {**values, "validated": values["validated"] or not values["enforced"]}


def check_enforcement(values: Values, key: Key, reading: Reading) -> None:
    """What is not enforced cannot be valid."""
    del key
    if values["enforced"] is False and "validated" in values.given and values["validated"] is True:
        message = "a constraint that is not enforced is never validated"
        reading.report(values.place_of("validated"), CONFLICT, message, "omit `validated`")
