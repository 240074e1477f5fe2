"""`too-many-changes`: how much one plan may change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from reconciler.kinds.file.fields import Attribute
from reconciler.kinds.file.readers import Integer
from reconciler.model.rules.platform import TOO_MANY_CHANGES
from reconciler.policy.rule import Found, PolicyRule, Subject


def check_change_count(subject: Subject, values: Mapping[str, Any]) -> Iterator[Found]:
    """Report a plan with more changes than allowed, at the place of the first one beyond them."""
    count, most = len(subject.routes), values["most"]
    if count > most:
        change = subject.routes[most].change
        cause = f"the plan has {count} changes; the policy allows {most} at once, which {change.key} exceeds"
        yield Found(key=None, place=change.place, cause=cause)


RULE = PolicyRule(
    rule=TOO_MANY_CHANGES,
    parameters={
        "most": Attribute(
            reader=Integer(minimum=0, maximum=1_000_000),
            doc="The largest number of changes in one plan.",
            examples=(20,),
            default=50,
        )
    },
    check=check_change_count,
)
