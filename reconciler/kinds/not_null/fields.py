"""The `not_null` section."""

from __future__ import annotations

from typing import Final

from reconciler.kinds.file.fields import Attribute, Namespace, Naming, Section, Values, comment, flag, validated
from reconciler.kinds.file.readers import Name
from reconciler.kinds.file.rows import RowPolicies, check_order, policy_in_order, repair_order
from reconciler.kinds.not_null.definition import NotNull
from reconciler.model.facets import UNMANAGED
from reconciler.model.repair import REFUSED_ROWS, RowAction


def _build(values: Values) -> NotNull:
    return NotNull(
        name=values["name"],
        no_inherit=values["no_inherit"],
        validated=values["validated"],
        comment=values["comment"],
    )


SECTION: Final = Section(
    kind="not_null",
    key="not_null",
    what="a not-null constraint",
    doc="Columns that must not be null: a column, a list, or a mapping of column → details.",
    examples=("user_id", ["user_id", "currency"]),
    naming=Naming.COLUMN,
    namespaces=frozenset({Namespace.CONSTRAINT}),
    attributes={
        "name": Attribute(
            reader=Name(),
            doc="The constraint's name (PostgreSQL 18).",
            default=UNMANAGED,
            examples=("wallets_user_id_set",),
        ),
        "no_inherit": flag("Children of the table do not inherit it (PostgreSQL 18)."),
        "validated": validated(),
        "comment": comment(),
        "nulls": Attribute(
            reader=RowPolicies(RowAction.QUARANTINE, RowAction.DELETE, values="fill"),
            doc="What happens to rows in which the column is NULL. `refuse`: the plan is refused. `quarantine`: they "
            "move to a table in `reconcile_archive`. `delete`: they are deleted without a copy. `{fill: expression}`: "
            "the column gets this value. `keep`: it stays NOT VALID while there are such rows.",
            examples=({"fill": "'USD'"}, "quarantine"),
            default=REFUSED_ROWS,
        ),
        "repair": repair_order(),
    },
    build=_build,
    rows=policy_in_order("nulls"),
    check=lambda values, _, reading: check_order("nulls", values, reading),
    name_label="not_null",
)
