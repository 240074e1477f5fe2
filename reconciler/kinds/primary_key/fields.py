"""The `primary_key` section."""

from __future__ import annotations

from typing import Final, cast

from reconciler.kinds.file.duplicates import policy_for_duplicates
from reconciler.kinds.file.fields import Attribute, Namespace, Naming, Section, Values
from reconciler.kinds.file.readers import Name
from reconciler.kinds.file.rows import RowPolicies
from reconciler.kinds.key.fields import check_key, key_attributes, key_fields
from reconciler.kinds.primary_key.definition import PrimaryKey
from reconciler.model.facets import UNMANAGED
from reconciler.model.repair import REFUSED_ROWS, RowAction, RowPolicy


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
        "nulls": Attribute(
            reader=RowPolicies(RowAction.QUARANTINE, RowAction.DELETE, values="fill", keep=False),
            doc="What happens to rows in which a column of the key is NULL, unless `not_null` declares the column. "
            "`refuse`: the plan is refused. `quarantine`: they move to a table in `reconcile_archive`. `delete`: they "
            "are deleted without a copy. `{fill: expression}`: the column gets this value.",
            examples=("quarantine", {"fill": "gen_random_uuid()"}),
            default=REFUSED_ROWS,
        ),
    },
    short="columns",
    build=_build,
    rows=policy_for_duplicates,
    nulls=lambda values: cast(RowPolicy, values["nulls"]),
    name_label="pkey",
    check=check_key,
)
