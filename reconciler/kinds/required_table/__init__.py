"""Tables that must exist."""

from __future__ import annotations

from reconciler.kinds.kind import Kind, Purpose
from reconciler.kinds.required_table.definition import RequiredTable
from reconciler.kinds.required_table.fields import SECTION

KIND = Kind(
    id="required_table",
    definition=RequiredTable,
    section=SECTION,
    catalog=None,
    purpose=Purpose.REQUIRES_TABLE,
)
