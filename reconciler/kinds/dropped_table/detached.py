"""The mark of a partition that is detached concurrently: how it comes back.

The mark is the comment of the table's row type. The comment of the table is its owner's, who may change it at any time;
nobody comments on row types, psql does not list them, and pg_dump does not dump their comments.
"""

from __future__ import annotations

import json
from typing import Any

from reconciler.kinds.dropped_table.origin import is_bound
from reconciler.model.codec import codec
from reconciler.model.names import TableName
from reconciler.model.retired import CopiedTrigger, ParentTable

DETACHED_BY = '{"detached_by": "reconcile", "parent": '
"""The beginning of the mark, up to the name of the parent."""

MARK = "pg_catalog.obj_description(t.reltype, 'pg_type')"
"""The mark of the table `t` of pg_class, if it has one."""


_TRIGGERS = "triggers"


def mark_text(parent: ParentTable) -> str:
    """Return the mark without its last brace. `condition` and `checks` follow, which the server knows."""
    mark: dict[str, object] = {"detached_by": "reconcile", "parent": parent.table, "bound": parent.bound}
    if parent.triggers:
        mark[_TRIGGERS] = parent.triggers
    return json.dumps(mark, ensure_ascii=False)[:-1]


def read_mark(comment: str | None) -> ParentTable | None:
    """Return the former parent that the comment of a row type names; None if the tool did not write it."""
    if comment is None or not comment.startswith(DETACHED_BY):
        return None
    try:
        found: Any = json.loads(comment)
        triggers = codec(tuple[CopiedTrigger, ...]).read(found.get(_TRIGGERS, []))
    except (ValueError, RecursionError):
        return None
    match found:
        case {"parent": [str(schema), str(name)], "bound": str(bound)} if is_bound(bound):
            return ParentTable(table=TableName(schema=schema, name=name), bound=bound, triggers=triggers)
    return None
