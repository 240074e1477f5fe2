"""`too-many-changes`: how much one plan may change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from reconciler.kinds.file.fields import Attribute
from reconciler.kinds.file.readers import Integer
from reconciler.model.rules.platform import TOO_MANY_CHANGES
from reconciler.policy.rule import Found, PolicyRule, Subject


def check_change_count(subject: Subject, values: Mapping[str, Any]) -> Iterator[Found]:
    """Report a plan with more changes than allowed."""
    count = len(subject.routes)
    if count > values["most"]:
        yield Found(
            key=None, place=None, cause=f"the plan has {count} changes; the policy allows {values['most']} at once"
        )


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
