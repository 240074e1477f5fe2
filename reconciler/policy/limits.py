"""The limits of the platform's policy: `policy:` of a file can only be stricter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Final

from reconciler.kinds.file.fields import Attribute
from reconciler.model.platform import PlatformPolicy, Severity, Violation
from reconciler.model.rules.platform import HAZARD_NOT_ALLOWED, LOOSER_POLICY
from reconciler.model.rules.rule import Rule
from reconciler.model.state import DesiredState
from reconciler.spec.policy import POLICY

LIMITS: Final[dict[str, Attribute]] = {
    name: replace(attribute, default=None, omitted="the file decides")
    for name, attribute in POLICY.attributes.items()
    if isinstance(attribute.default, int | timedelta) and not isinstance(attribute.default, bool)
}
"""The keys of `policy:` that are numbers and durations. In each, less is stricter."""


def limited(desired: DesiredState, platform: PlatformPolicy | None) -> DesiredState:
    """Return what the file declares, under a policy that keeps the platform's limits.

    A key that the file leaves out has the platform's value; of two values, the stricter one applies.
    """
    if platform is None or not platform.limits:
        return desired
    given = {
        name: min(getattr(desired.policy, name), value) if name in desired.policy_keys else value
        for name, value in platform.limits.items()
    }
    return replace(desired, policy=replace(desired.policy, **given))


def loosened(desired: DesiredState, platform: PlatformPolicy) -> Iterator[Violation]:
    """Yield the keys of the file's `policy:` that are looser than the platform's policy."""
    for name, value in platform.limits.items():
        if name in desired.policy_keys and getattr(desired.policy, name) > value:
            cause = f"`policy.{name}` is looser than the limit in {platform.source}, which is {_text(value)}"
            yield _violation(desired, name, cause, LOOSER_POLICY)
    setting = platform.rules.get(HAZARD_NOT_ALLOWED)
    if setting is None or setting.severity is not Severity.ERROR:
        return
    more = sorted(desired.policy.allow - setting.values["allow"])
    if more:
        cause = f"`policy.allow` accepts hazards that {platform.source} does not allow: {', '.join(more)}"
        yield _violation(desired, "allow", cause, LOOSER_POLICY)


def _violation(desired: DesiredState, name: str, cause: str, rule: Rule) -> Violation:
    place = desired.policy_keys.get(name)
    return Violation(
        rule=rule, severity=Severity.ERROR, key=None, place=place, cause=cause, remedy=LOOSER_POLICY.remedy
    )


def _text(value: object) -> str:
    return f"{value.total_seconds():g} s" if isinstance(value, timedelta) else str(value)
