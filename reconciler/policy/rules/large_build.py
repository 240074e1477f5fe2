"""`large-build`: how large a table may be on which a plan builds an index."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from reconciler.kinds.file.fields import Attribute
from reconciler.model.limits import ExecutionClass
from reconciler.model.rules.platform import LARGE_BUILD
from reconciler.model.step import Step
from reconciler.model.step_id import Verb
from reconciler.policy.readers import Size
from reconciler.policy.rule import Found, PolicyRule, Subject


def check_builds(subject: Subject, values: Mapping[str, Any]) -> Iterator[Found]:
    """Report the builds on tables that are too large, or whose size is not known."""
    largest: int = values["largest"]
    for route in subject.routes:
        change = route.change
        for step in filter(_builds, route.steps):
            table = (step.builds or step.id.key).table_name
            size = subject.sizes.get(table)
            if size is None or size.rows is None:
                cause, remedy = f"`{step.title}`: the size of {table} is not known", f"ANALYZE {table}"
            elif size.bytes > largest:
                allowed = f"the policy allows builds up to {largest / 1024**2:,.0f} MB"
                cause, remedy = f"`{step.title}`: {table} has {size.bytes / 1024**2:,.0f} MB; {allowed}", ""
            else:
                continue
            yield Found(key=change.key, place=change.place, cause=cause, remedy=remedy)


def _builds(step: Step) -> bool:
    blocking = step.execution is ExecutionClass.SCAN and step.id.verb is Verb.BUILD
    return blocking or (step.execution is ExecutionClass.CONCURRENT and step.builds is not None)


RULE = PolicyRule(
    rule=LARGE_BUILD,
    parameters={
        "largest": Attribute(
            reader=Size(),
            doc="The largest table on which an index may be built.",
            examples=("1TB",),
            default=100 * 1024**3,
        )
    },
    check=check_builds,
)
