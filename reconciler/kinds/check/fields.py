"""The `checks` section."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from reconciler.kinds.check.definition import Check
from reconciler.kinds.file.fields import (
    Attribute,
    Namespace,
    Naming,
    Section,
    Values,
    attribute_values,
    comment,
    flag,
)
from reconciler.kinds.file.nodes import Reading
from reconciler.kinds.file.readers import Expression
from reconciler.kinds.file.rows import RowPolicies, check_order, policy_in_order, repair_order
from reconciler.kinds.validated.fields import check_enforcement, enforcement, enforcement_fields, enforcement_values
from reconciler.model.names import Key
from reconciler.model.repair import REFUSED_ROWS, RowAction


def _build(values: Values) -> Check:
    return Check(
        expression=values["expression"],
        no_inherit=values["no_inherit"],
        **enforcement_fields(values),
        comment=values["comment"],
    )


def _values(definition: Check) -> Mapping[str, Any]:
    return enforcement_values(attribute_values(definition))


def _check(values: Values, key: Key, reading: Reading) -> None:
    check_enforcement(values, key, reading)
    check_order("violators", values, reading)


def _expressions(definition: Check) -> Iterator[tuple[str, str]]:
    yield "expression", definition.expression


SECTION: Final = Section(
    kind="check",
    key="checks",
    what="a check constraint",
    doc="Check constraints by name: an SQL expression, or details.",
    examples=({"wallets_balance_check": "balance >= 0"},),
    naming=Naming.NAME,
    namespaces=frozenset({Namespace.CONSTRAINT}),
    attributes={
        "expression": Attribute(
            reader=Expression(),
            doc="SQL that must not be false for any row, without `CHECK (…)` around it.",
            examples=("balance >= 0",),
        ),
        "no_inherit": flag("Children of the table do not inherit it."),
        **enforcement(),
        "comment": comment(),
        "violators": Attribute(
            reader=RowPolicies(RowAction.QUARANTINE, RowAction.DELETE, values="set"),
            doc="What happens to rows that violate it. `refuse`: the plan is refused. `quarantine`: they move to a "
            "table in `reconcile_archive`. `delete`: they are deleted without a copy. `{set: {column: expression}}`: "
            "columns get new values. `keep`: it stays NOT VALID while there are such rows.",
            examples=("quarantine", {"set": {"balance": "0"}}),
            default=REFUSED_ROWS,
        ),
        "repair": repair_order(),
    },
    short="expression",
    build=_build,
    values=_values,
    rows=policy_in_order("violators"),
    check=_check,
    expressions=_expressions,
)
