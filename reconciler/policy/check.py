"""Judges a file, or a plan, by the platform's policy. Pure: values in, violations out."""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.model.names import Place
from reconciler.model.platform import Exemption, PlatformPolicy, RuleSetting, Severity, Violation
from reconciler.model.rules.platform import EXCEPTION_NOT_ALLOWED, UNUSED_EXCEPTION
from reconciler.policy.limits import loosened
from reconciler.policy.rule import PolicyRule, Subject
from reconciler.policy.rules import POLICY_RULES


def check_policy(subject: Subject, platform: PlatformPolicy) -> tuple[Violation, ...]:
    """Return all violations, in the order of the rules, with those of inline exceptions and of limits at the end.

    `subject.desired` is the file as it was read, before `limited` made its policy stricter.
    """
    applied = {
        one.rule.id: (one, setting)
        for one in POLICY_RULES
        if (setting := platform.rules.get(one.rule)) is not None and (one.of_file or subject.target is not None)
    }
    found = [violation for one, setting in applied.values() for violation in _violations(one, subject, setting)]
    exempted = [_exempts(violation, subject, applied[violation.rule.id][1]) for violation in found]
    used = {(exemption.place, rule) for one in exempted for exemption, rule in one}
    return (
        *(violation for violation, exemptions in zip(found, exempted, strict=True) if not exemptions),
        *_wrong_exemptions(subject, platform, set(applied), used),
        *loosened(subject.desired, platform),
    )


def _violations(one: PolicyRule, subject: Subject, setting: RuleSetting) -> Iterator[Violation]:
    for found in one.check(subject, setting.values):
        yield Violation(
            rule=one.rule,
            severity=setting.severity,
            key=found.key,
            place=found.place,
            cause=found.cause,
            remedy=found.remedy or one.rule.remedy,
        )


def _exempts(violation: Violation, subject: Subject, setting: RuleSetting) -> list[tuple[Exemption, str]]:
    """The inline exceptions that a violation has, each with the rule; none if the rule permits no exceptions."""
    place = violation.place
    if place is None or not setting.exceptions:
        return []
    return [
        (one, violation.rule.id)
        for one in subject.desired.exemptions
        if violation.rule in one.rules and (one.place.file, one.line) == (place.file, place.line)
    ]


def _wrong_exemptions(
    subject: Subject, platform: PlatformPolicy, applied: set[str], used: set[tuple[Place, str]]
) -> Iterator[Violation]:
    for exemption in subject.desired.exemptions:
        for rule in exemption.rules:
            setting = platform.rules.get(rule)
            if setting is None or not setting.exceptions:
                permitted = (
                    ", ".join(sorted(id_ for id_, one in platform.rules.items() if one.exceptions)) or "none"
                )
                yield Violation(
                    rule=EXCEPTION_NOT_ALLOWED,
                    severity=Severity.ERROR,
                    key=None,
                    place=exemption.place,
                    cause=f"{platform.source} permits no exceptions from `{rule}`; those that it permits: {permitted}",
                    remedy=EXCEPTION_NOT_ALLOWED.remedy,
                )
            elif rule in applied and not subject.restricted and (exemption.place, rule) not in used:
                yield Violation(
                    rule=UNUSED_EXCEPTION,
                    severity=Severity.WARNING,
                    key=None,
                    place=exemption.place,
                    cause=f"nothing on line {exemption.line} violates `{rule}`",
                    remedy=UNUSED_EXCEPTION.remedy,
                )
