"""`reconcile validate`: reads the file and reports its problems."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reconciler.cli.options import (
    BranchName,
    ConfigPath,
    EnvironmentName,
    FilePaths,
    Follow,
    PolicyPath,
    files_or_default,
    refuse_alone,
)
from reconciler.cli.output import emit, warn

if TYPE_CHECKING:
    from reconciler.model.errors import Problem
    from reconciler.model.platform import PlatformPolicy
    from reconciler.model.state import DesiredState


def validate(
    file: FilePaths = None,
    follow: Follow = False,
    env: EnvironmentName = None,
    policy: PolicyPath = None,
    config: ConfigPath = None,
    target_branch: BranchName = None,
) -> int:
    """Read the file and report every problem in it. Needs no database."""
    import reconciler
    from reconciler.model.errors import InvalidFile
    from reconciler.report.wording import one_line, plural

    given = {"env": env is not None, "policy": policy is not None, "config": config is not None}
    refuse_alone("--target-branch", target_branch is not None, **given)
    found = reconciler.find_environment(env, policy=policy, config=config, target_branch=target_branch)
    try:
        desired = reconciler.load(files_or_default(file), follow=follow)
    except InvalidFile as error:
        if error.readable is not None:
            _advise(error.readable)
        raise
    _advise(desired)
    if found.policy is not None:
        _judge(desired, found.policy)
    sources = one_line(", ".join(desired.sources))
    emit(f"{sources}: valid, {plural(desired.count, 'object')} declared.\n", prose=True)
    return 0


def _advise(desired: DesiredState) -> None:
    """Print warnings about likely mistakes in the objects that could be read."""
    from reconciler.spec import warnings_of

    _warn(warnings_of(desired))


def _judge(desired: DesiredState, policy: PlatformPolicy) -> None:
    """Print the warnings of the platform's policy. Raise `InvalidFile` if it has errors."""
    from reconciler.model.errors import InvalidFile

    warnings, errors = problems_of_policy(desired, policy)
    _warn(warnings)
    if errors:
        raise InvalidFile(errors)


def problems_of_policy(desired: DesiredState, policy: PlatformPolicy) -> tuple[list[Problem], list[Problem]]:
    """Return the warnings and the errors of the platform's policy about the file. Changes of the policy that have no
    effect yet are warnings."""
    import reconciler
    from reconciler.model.errors import Problem
    from reconciler.model.platform import Severity
    from reconciler.model.rules.platform import POLICY_CHANGED

    found = [
        (one.severity, Problem(place=one.place, rule=one.rule, message=one.cause, hint=one.remedy))
        for one in reconciler.check_file(desired, policy)
    ]
    changed = [
        Problem(place=place, rule=POLICY_CHANGED, message=POLICY_CHANGED.meaning, hint=POLICY_CHANGED.remedy)
        for place in policy.ignored_changes
    ]
    return (
        changed + [problem for severity, problem in found if severity is Severity.WARNING],
        [problem for severity, problem in found if severity is Severity.ERROR],
    )


def _warn(warnings: Sequence[Problem]) -> None:
    from reconciler.model.errors import problem_lines

    for line in problem_lines(warnings, label="warning: "):
        warn(line)
