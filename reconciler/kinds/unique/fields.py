"""The `unique` section."""

from __future__ import annotations

from typing import Final

from reconciler.kinds.fields import Namespace, Naming, Section, Values, flag
from reconciler.kinds.key_constraint_fields import check_deferral, key_attributes
from reconciler.kinds.unique.definition import Unique


def _build(values: Values) -> Unique:
    return Unique(
        key=values["columns"],
        include=values["include"],
        nulls_distinct=values["nulls_distinct"],
        deferrable=values["deferrable"],
        initially_deferred=values["initially_deferred"],
        with_=values["with"],
        tablespace=values["tablespace"],
        comment=values["comment"],
    )


SECTION: Final = Section(
    kind="unique",
    key="unique",
    what="a unique constraint",
    doc="Unique constraints by name: a column, a list of columns, or details.",
    naming=Naming.NAME,
    namespaces=frozenset({Namespace.CONSTRAINT, Namespace.RELATION}),
    attributes={
        **key_attributes(),
        "nulls_distinct": flag("false: two rows with null are duplicates (PostgreSQL 15).", default=True),
    },
    short="columns",
    build=_build,
    check=check_deferral,
)
