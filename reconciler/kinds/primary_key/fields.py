"""The `primary_key` section."""

from __future__ import annotations

from typing import Final

from reconciler.kinds.file.duplicates import policy_for_duplicates
from reconciler.kinds.file.fields import Attribute, Namespace, Naming, Section, Values
from reconciler.kinds.file.readers import Name
from reconciler.kinds.key.fields import check_key, key_attributes, key_fields
from reconciler.kinds.primary_key.definition import PrimaryKey
from reconciler.model.facets import UNMANAGED


def _build(values: Values) -> PrimaryKey:
    return PrimaryKey(name=values["name"], **key_fields(values))


SECTION: Final = Section(
    kind="primary_key",
    key="primary_key",
    what="a primary key",
    doc="The table's primary key: a column, a list of columns, or details.",
    examples=("id", ["tenant_id", "id"]),
    naming=Naming.TABLE,
    namespaces=frozenset({Namespace.CONSTRAINT, Namespace.RELATION}),
    attributes={
        "name": Attribute(
            reader=Name(),
            doc="The constraint's name. A new key without one gets PostgreSQL's default name, with a number if that is "
            "taken.",
            default=UNMANAGED,
            examples=("wallets_pkey",),
        ),
        **key_attributes(),
    },
    short="columns",
    build=_build,
    rows=policy_for_duplicates,
    name_label="pkey",
    check=check_key,
)
