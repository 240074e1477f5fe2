"""The options that `plan`, `drift` and `apply` share."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, get_type_hints

import typer

from reconciler.cli import values
from reconciler.cli.options import (
    Allow,
    CheckTimeout,
    Color,
    ConfigPath,
    Database,
    EnvironmentName,
    Files,
    Follow,
    NoDataChecks,
    PolicyPath,
    Quiet,
    Samples,
    Tables,
    TargetBranch,
    TrustFile,
    TrustRole,
    Verbose,
    files_or_default,
    trusted_roles,
)
from reconciler.model.options import Options
from reconciler.model.platform import Environment


@dataclass(frozen=True, kw_only=True)
class Planning:
    """The values of the shared options; each field is one option."""

    file: Files = None
    follow: Follow = False
    db: Database = None
    env: EnvironmentName = None
    policy: PolicyPath = None
    config: ConfigPath = None
    target_branch: TargetBranch = None
    table: Tables = None
    allow: Allow = None
    check_timeout: CheckTimeout = 30
    samples: Samples = None
    no_data_checks: NoDataChecks = False
    trust_file: TrustFile = False
    trust_role: TrustRole = None
    verbose: Verbose = False
    quiet: Quiet = False
    color: Color = "auto"  # stored when it was parsed

    def __post_init__(self) -> None:
        if self.verbose and self.quiet:
            raise typer.BadParameter("--verbose and --quiet cannot be used together")

    @cached_property
    def environment(self) -> Environment:
        """What the environment says. This raises what `reconciler.find_environment` raises."""
        import reconciler

        return reconciler.find_environment(
            self.env, policy=self.policy, config=self.config, target_branch=self.target_branch
        )

    @property
    def environment_options(self) -> list[tuple[str, str]]:
        """The options that lead to the environment, for a command that is to be run again."""
        given = {"--env": self.env, "--policy": self.policy, "--config": self.config}
        return [(name, str(value)) for name, value in given.items() if value is not None]

    @property
    def database(self) -> str | None:
        """The connection string of --db or of the environment; None: the usual one."""
        from reconciler.model.errors import UsageError
        from reconciler.model.rules.platform import DATABASE_VARIABLE

        if self.environment.variable is not None and self.db is not None:
            message = f"--db cannot be used with --env {self.env}, which has a database"
            raise UsageError(message, rule=DATABASE_VARIABLE, hint=DATABASE_VARIABLE.remedy)
        return self.environment.database() or self.db

    @property
    def files(self) -> list[Path]:
        """Return the files of `-f`, or the default file."""
        return files_or_default(self.file)

    def options(self, format_: str = "text") -> Options:
        """Return the options of a plan that is printed in this format."""
        return Options(
            allow=frozenset(self.allow or ()),
            check_timeout=timedelta(seconds=self.check_timeout),
            data_checks=not self.no_data_checks,
            samples=values.allow(self.samples, format_),
            trust_file=self.trust_file,
            trusted_roles=trusted_roles(self.trust_role),
            tables=tuple(self.table or ()),
            platform=self.environment.policy,
        )


def with_planning(command: Callable[..., int]) -> Callable[..., int]:
    """Add one option for each field of `Planning` to a command whose first parameter is a `Planning`."""

    @functools.wraps(command)
    def wrapped(**given: Any) -> int:
        shared = {one.name: given.pop(one.name) for one in fields(Planning)}
        return command(Planning(**shared), **given)

    own = list(inspect.signature(command, eval_str=True).parameters.values())[1:]
    hints = get_type_hints(Planning, include_extras=True)
    common = [
        inspect.Parameter(one.name, inspect.Parameter.KEYWORD_ONLY, default=one.default, annotation=hints[one.name])
        for one in fields(Planning)
    ]
    keyword = [one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in own]
    wrapped.__signature__ = inspect.Signature([*keyword, *common], return_annotation=int)  # type: ignore[attr-defined]
    wrapped.__annotations__ = {one.name: one.annotation for one in (*keyword, *common)}
    return wrapped
