"""What the sections of primary keys and unique constraints have in common."""

from __future__ import annotations

from reconciler.kinds.columns import Columns
from reconciler.kinds.fields import Attribute, Values, comment, deferral, storage, tablespace
from reconciler.kinds.nodes import Reading
from reconciler.kinds.readers import Later
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
        "clustered": _later("`clustered`"),
        "replica_identity": _later("`replica_identity`"),
        "partitions": _later("`partitions`"),
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
