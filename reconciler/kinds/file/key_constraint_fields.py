"""What the sections of primary keys and unique constraints have in common."""

from __future__ import annotations

from typing import Any

from reconciler.kinds.file.columns import Columns
from reconciler.kinds.file.fields import (
    Attribute,
    Values,
    clustered,
    comment,
    deferral,
    replica_identity,
    storage,
    tablespace,
)
from reconciler.kinds.file.nodes import Reading
from reconciler.kinds.file.partitions import partitions
from reconciler.kinds.file.readers import Later
from reconciler.model.names import Key


def key_attributes() -> dict[str, Attribute]:
    """The attributes of a constraint that is an index."""
    return {
        "columns": Attribute(reader=Columns(), doc="The key: a column or a list of them."),
        "include": Attribute(
            reader=Columns(repeatable=True), doc="Columns that the index carries beside its key.", default=()
        ),
        **deferral(),
        "with": storage(),
        "tablespace": tablespace(),
        "comment": comment(),
        "without_overlaps": _later("`without_overlaps`"),
        "clustered": clustered(),
        "replica_identity": replica_identity(),
        "partitions": partitions(),
    }


def key_fields(values: Values) -> dict[str, Any]:
    """The fields of a `KeyConstraint`, from what was read."""
    return {
        "key": values["columns"],
        "include": values["include"],
        "deferrable": values["deferrable"],
        "initially_deferred": values["initially_deferred"],
        "with_": values["with"],
        "tablespace": values["tablespace"],
        "comment": values["comment"],
        "clustered": values["clustered"],
        "replica_identity": values["replica_identity"],
        "partitions": values["partitions"],
    }


def _later(what: str) -> Attribute:
    return Attribute(reader=Later(what=what), doc="Not supported yet.", default=None)


def check_deferral(values: Values, key: Key, reading: Reading) -> None:
    """INITIALLY DEFERRED needs DEFERRABLE."""
    del key
    if values["initially_deferred"] is True and values["deferrable"] is False:
        reading.report(
            values.place_of("initially_deferred"),
            "conflict",
            "a constraint that is initially deferred must be deferrable",
            "add `deferrable: true`",
        )


def check_key(values: Values, key: Key, reading: Reading) -> None:
    """Deferral, and that a replica identity is not deferred."""
    check_deferral(values, key, reading)
    if values["replica_identity"] is True and values["deferrable"] is True:
        message = "a constraint that is deferrable cannot be the replica identity"
        reading.report(values.place_of("replica_identity"), "conflict", message)
