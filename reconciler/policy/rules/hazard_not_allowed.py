"""`hazard-not-allowed`: which gated hazards anybody may accept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from reconciler.kinds.file.fields import Attribute
from reconciler.model.rules.platform import HAZARD_NOT_ALLOWED
from reconciler.policy.rule import Found, PolicyRule, Subject
from reconciler.spec.policy import Hazards


def check_hazards(subject: Subject, values: Mapping[str, Any]) -> Iterator[Found]:
    """Report the gated hazards of changes and steps that are not on the list, each once for a change."""
    for route in subject.routes:
        change = route.change
        hazards = (*route.hazards, *(hazard for step in route.steps for hazard in step.hazards))
        for kind in dict.fromkeys(hazard.kind for hazard in hazards):
            if kind.gated and kind not in values["allow"]:
                cause = f"the change has the hazard {kind}: {kind.meaning}"
                yield Found(key=change.key, place=change.place, cause=cause)


RULE = PolicyRule(
    rule=HAZARD_NOT_ALLOWED,
    parameters={
        "allow": Attribute(
            reader=Hazards(),
            doc="The gated hazards that `policy.allow` and `--allow` may accept: one id or a list.",
            examples=(["blocking-build", "drop-table"],),
            default=frozenset(),
        )
    },
    check=check_hazards,
)
