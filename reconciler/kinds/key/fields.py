"""The common parts of the sections of primary keys and unique constraints."""

from __future__ import annotations

from typing import Any

from reconciler.kinds.file.columns import Columns
from reconciler.kinds.file.deferral import check_deferral
from reconciler.kinds.file.duplicates import duplicates
from reconciler.kinds.file.fields import (
    Attribute,
    Values,
    clustered,
    comment,
    deferral,
    flag,
    included,
    replica_identity,
    storage,
    tablespace,
)
from reconciler.kinds.file.nodes import INVALID, Reading
from reconciler.kinds.file.partitions import partitions
from reconciler.model.names import Key
from reconciler.model.rules.dependencies import CONFLICT


def key_attributes() -> dict[str, Attribute]:
    """Return the attributes of a constraint that a unique index enforces."""
    return {
        "columns": Attribute(
            reader=Columns(),
            doc="The key: a column or a list of columns.",
            examples=("id", ["user_id", "currency"]),
        ),
        "without_overlaps": flag(
            "The last column is a range or multirange: rows that are equal in the others must not overlap in it "
            "(PostgreSQL 18)."
        ),
        "include": included(),
        **deferral(),
        "with": storage(),
        "tablespace": tablespace(),
        "comment": comment(),
        "clustered": clustered(),
        "replica_identity": replica_identity(),
        "partitions": partitions(),
        "duplicates": duplicates(),
    }


def key_fields(values: Values) -> dict[str, Any]:
    """Return the fields of a `KeyConstraint` from the values that were read."""
    return {
        "key": values["columns"],
        "without_overlaps": values["without_overlaps"],
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


def check_key(values: Values, key: Key, reading: Reading) -> None:
    """Check deferral, that a replica identity is not deferrable, and that a range column is not the only column."""
    check_deferral(values, key, reading)
    if values["without_overlaps"] is True and values["columns"] is not INVALID and len(values["columns"]) < 2:
        reading.report(
            values.place_of("without_overlaps"),
            CONFLICT,
            "a key without overlaps needs at least two columns, of which the last is the range",
            "for the range alone, declare it under `exclusions`, with &&",
        )
    if values["replica_identity"] is True and values["deferrable"] is True:
        message = "a constraint that is deferrable cannot be the replica identity"
        reading.report(values.place_of("replica_identity"), CONFLICT, message)
    if values["without_overlaps"] is True and values["duplicates"] is not INVALID and values["duplicates"].repairs:
        message = "rows that overlap are not duplicates, and cannot be repaired"
        reading.report(values.place_of("duplicates"), CONFLICT, message, "remove `duplicates`")
