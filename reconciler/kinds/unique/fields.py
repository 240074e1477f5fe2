"""The `unique` section."""

from __future__ import annotations

from typing import Final

from reconciler.kinds.file.duplicates import policy_for_duplicates
from reconciler.kinds.file.fields import Namespace, Naming, Section, Values, flag
from reconciler.kinds.key.fields import check_key, key_attributes, key_fields
from reconciler.kinds.unique.definition import Unique


def _build(values: Values) -> Unique:
    return Unique(nulls_distinct=values["nulls_distinct"], **key_fields(values))


SECTION: Final = Section(
    kind="unique",
    key="unique",
    what="a unique constraint",
    doc="Unique constraints by name: a column, a list of columns, or details.",
    examples=({"wallets_user_id_currency_key": ["user_id", "currency"]},),
    naming=Naming.NAME,
    namespaces=frozenset({Namespace.CONSTRAINT, Namespace.RELATION}),
    attributes={
        **key_attributes(),
        "nulls_distinct": flag("`false`: two rows with null are duplicates (PostgreSQL 15).", default=True),
    },
    short="columns",
    build=_build,
    rows=policy_for_duplicates,
    check=check_key,
)
