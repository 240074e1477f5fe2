"""Puts together what `--env`, `--config`, `--policy` and `--target-branch` mean."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from reconciler.model.names import Place
from reconciler.model.platform import Environment, PlatformPolicy

CONFIG: Final = "reconcile.toml"


def find_environment(
    name: str | None = None,
    *,
    policy: str | Path | None = None,
    config: str | Path | None = None,
    target: str | None = None,
    environ: Mapping[str, str] = os.environ,
) -> Environment:
    """Return the policy and the database of an environment; without both if nothing is given.

    `config` is read if there is a `name` or a path. On a pull request, both files are those of the target branch,
    unless they are outside of the checkout. Raise `InvalidFile`, `UsageError`, and `ReconcileError` if the target
    branch cannot be read.
    """
    if name is None and policy is None and config is None:
        return Environment()
    if config is None and name is not None:
        config = CONFIG
    return _read_environment(name, policy, config, target, environ)


def _read_environment(
    name: str | None,
    policy: str | Path | None,
    config: str | Path | None,
    target: str | None,
    environ: Mapping[str, str],
) -> Environment:
    # late: most plans have no such file
    from reconciler.checkout.files import read_platform_file
    from reconciler.checkout.pull_request import target_branch
    from reconciler.policy.environments import Configured, environment_named, read_environments
    from reconciler.policy.file import read_policy_file

    branch = target_branch(environ, target)
    environments: Mapping[str, Configured] | None = None
    chosen, folder = Configured(), ""
    changes: tuple[Place, ...] = ()
    if config is not None:
        file = read_platform_file(str(config), branch)
        environments, changes, folder = (
            read_environments(file.name, file.data),
            file.changes,
            os.path.dirname(file.name),
        )
        chosen = environment_named(environments, name, file.name) if name is not None else chosen
    path = str(policy) if policy is not None else chosen.policy and os.path.join(folder, chosen.policy)
    found = PlatformPolicy(source=changes[0].file, ignored_changes=changes) if changes else None
    if path is not None:
        read = read_platform_file(path, branch)
        of_file, changes = read_policy_file(read.name, read.data), (*changes, *read.changes)
        if environments is not None:
            of_file.check_environments(environments)
        found = of_file.policy_for(name, changes)
    return Environment(name=name, policy=found, variable=chosen.database, window=chosen.window)
