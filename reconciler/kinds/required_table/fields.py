"""The `tables` section: every table in it must exist."""

from __future__ import annotations

from typing import Final

from reconciler.kinds.file.fields import Namespace, Naming, Section
from reconciler.kinds.required_table.definition import RequiredTable

SECTION: Final = Section(
    kind="required_table",
    key="tables",
    what="a table",
    doc="Tables, and materialized views for their indexes and statistics. Each must exist; only the objects "
    "listed under it are managed.",
    examples=({"users": None, "wallets": {"primary_key": "id"}},),
    naming=Naming.FILE,
    namespaces=frozenset({Namespace.RELATION}),
    attributes={},
    build=lambda _: RequiredTable(),
)
