"""The common parts of the sections of checks and foreign keys: whether the server enforces and validates them."""

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
        "enforced": flag("`false`: neither existing nor new rows are checked (PostgreSQL 18).", default=True),
    }


def enforcement_fields(values: Values) -> dict[str, bool]:
    """Return the fields of a definition from the values that were read. A constraint that is not enforced is never
    validated."""
    enforced: bool = values["enforced"]
    return {"enforced": enforced, "validated": enforced and values["validated"]}


def enforcement_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the inverse: `validated` is omitted if the constraint is not enforced."""
    return {**values, "validated": values["validated"] or not values["enforced"]}


def check_enforcement(values: Values, key: Key, reading: Reading) -> None:
    """Report a constraint that is declared valid but not enforced."""
    del key
    if values["enforced"] is False and "validated" in values.given and values["validated"] is True:
        message = "a constraint that is not enforced is never validated"
        reading.report(values.place_of("validated"), CONFLICT, message, "omit `validated`")
