"""The comment of a partition that is detached concurrently: how it comes back."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from reconciler.kinds.dropped_table.origin import is_bound
from reconciler.model.names import TableName
from reconciler.model.retired import ParentTable, PartitionConstraints

DETACHED_BY = '{"detached_by": "reconcile", "parent": '
"""The beginning of the comment of such a partition, up to the name of its parent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """The content of such a comment. `comment` is the table's own comment."""

    parent: ParentTable
    detaching: PartitionConstraints
    comment: str | None

    def text(self) -> str:
        found = {
            "detached_by": "reconcile",
            "parent": self.parent.table,
            "bound": self.parent.bound,
            "condition": self.detaching.condition,
            "checks": self.detaching.checks,
            "comment": self.comment,
        }
        return json.dumps(found, ensure_ascii=False)


def read_mark(comment: str | None) -> Mark | None:
    """Parse a comment; return None if the tool did not write it."""
    if comment is None or not comment.startswith(DETACHED_BY):
        return None
    try:
        found: Any = json.loads(comment)
    except (ValueError, RecursionError):
        return None
    match found:
        case {
            "parent": [str(schema), str(name)],
            "bound": str(bound),
            "condition": str() | None as condition,
            "checks": list(checks),
            "comment": str() | None as old,
        } if is_bound(bound) and all(isinstance(one, str) for one in checks):
            parent = ParentTable(table=TableName(schema=schema, name=name), bound=bound)
            detaching = PartitionConstraints(condition=condition, checks=tuple(checks))
            return Mark(parent=parent, detaching=detaching, comment=old)
    return None
