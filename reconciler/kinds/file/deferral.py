"""Whether the check of a constraint can be deferred."""

from __future__ import annotations

from reconciler.kinds.file.fields import Values
from reconciler.kinds.file.nodes import Reading
from reconciler.model.names import Key
from reconciler.model.rules.dependencies import CONFLICT


def check_deferral(values: Values, key: Key, reading: Reading) -> None:
    """INITIALLY DEFERRED implies DEFERRABLE, as in PostgreSQL."""
    del key
    if values["initially_deferred"] is not True or values["deferrable"] is not False:
        return
    if "deferrable" in values.given:
        message = "a constraint that is initially deferred must be deferrable"
        reading.report(values.place_of("deferrable"), CONFLICT, message, "omit `deferrable`")
    values["deferrable"] = True
