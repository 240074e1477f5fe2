"""Applies the platform's policy to a plan: limits before it is made, rules to what it does, and the window."""

from __future__ import annotations

from dataclasses import replace

from reconciler.model.options import Options
from reconciler.model.plan import Note, Refusal
from reconciler.model.platform import PlatformPolicy, Severity
from reconciler.model.rules.platform import OUTSIDE_WINDOW, POLICY_CHANGED
from reconciler.model.state import DesiredState, LiveState
from reconciler.planning.draft import Draft
from reconciler.planning.sizes import locked_sizes
from reconciler.planning.target import Target


def with_limits(desired: DesiredState, platform: PlatformPolicy | None) -> DesiredState:
    """Return what the file declares, under a policy that keeps the platform's limits."""
    if platform is None:
        return desired
    from reconciler.policy.limits import limited  # late: most plans have no such policy

    return limited(desired, platform)


def judged(draft: Draft, given: DesiredState, live: LiveState, options: Options) -> Draft:
    """Return the draft with what the platform's policy finds: errors as refusals, warnings as notes; and
    the window of the environment as a note.

    `given` is what the file declares, with its own policy.
    """
    if options.window is not None and draft.routes:
        text = f"`apply` makes changes only in the window of the environment: {options.window}"
        draft = draft.noting([Note(rule=OUTSIDE_WINDOW, key=None, place=None, message=text)])
    platform = options.platform
    if platform is None:
        return draft
    from reconciler.policy.check import check_policy
    from reconciler.policy.rule import Subject

    subject = Subject(
        desired=replace(draft.desired, policy=given.policy),
        target=Target(draft.changes, live).objects,
        routes=draft.routes,
        sizes=locked_sizes(draft.routes, live),
        restricted=bool(options.tables),
    )
    found = check_policy(subject, platform)
    return draft.refusing(
        Refusal(rule=one.rule, key=one.key, place=one.place, cause=one.cause, remedy=one.remedy)
        for one in found
        if one.severity is Severity.ERROR
    ).noting(
        [
            *(
                Note(rule=one.rule, key=one.key, place=one.place, message=f"{one.cause}; {one.remedy}")
                for one in found
                if one.severity is Severity.WARNING
            ),
            *(
                Note(rule=POLICY_CHANGED, key=None, place=place, message=POLICY_CHANGED.meaning)
                for place in platform.ignored_changes
            ),
        ]
    )
