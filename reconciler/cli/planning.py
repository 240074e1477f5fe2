"""The options that `plan`, `drift` and `apply` share."""

from __future__ import annotations

import copy
import functools
import inspect
import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, get_args, get_type_hints

import typer

from reconciler.cli import values
from reconciler.cli.options import (
    Allow,
    BranchName,
    CheckTimeout,
    Color,
    ConfigPath,
    Database,
    EnvironmentName,
    FilePaths,
    Follow,
    NoDataChecks,
    PolicyPath,
    Quiet,
    Samples,
    TablePatterns,
    TrustFile,
    TrustRole,
    Verbose,
    files_or_default,
    refuse_alone,
    trusted_roles,
)
from reconciler.model.controls import shown
from reconciler.model.options import Options
from reconciler.model.platform import Environment


@dataclass(frozen=True, kw_only=True)
class Again:
    """How another command names the same files and database: with these words and, if `same_db`, the same --db."""

    options: tuple[str, ...] = ()
    same_db: bool = False

    def command(self, *words: str) -> str:
        """Return a command in backticks, for people to copy. It never repeats the connection string."""
        line = shlex.join([*words, *self.options])
        return f"`{shown(line)}`{' with the same --db' if self.same_db else ''}"


def option_words(given: Mapping[str, object]) -> tuple[str, ...]:
    """Return the words of a command line that give these options; a list gives its option several times."""
    words: list[str] = []
    for option, value in given.items():
        if value is True:
            words.append(option)
        elif value:
            for one in value if isinstance(value, list) else [value]:
                words += [option, str(one)]
    return tuple(words)


def chosen_database(environment: Environment, db: str | None, env: str | None) -> str | None:
    """Return the connection string of --db or of the environment; None: the usual one."""
    from reconciler.model.errors import UsageError
    from reconciler.model.rules.platform import DATABASE_VARIABLE

    if environment.variable is not None and db is not None:
        message = f"--db cannot be used with --env {env}, which has a database"
        raise UsageError(message, rule=DATABASE_VARIABLE, hint=DATABASE_VARIABLE.remedy)
    return environment.database() or db


@dataclass(frozen=True, kw_only=True)
class Planning:
    """The values of the shared options; each field is one option."""

    file: FilePaths = None
    follow: Follow = False
    db: Database = None
    env: EnvironmentName = None
    policy: PolicyPath = None
    config: ConfigPath = None
    target_branch: BranchName = None
    table: TablePatterns = None
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
        given = {"env": self.env is not None, "policy": self.policy is not None, "config": self.config is not None}
        refuse_alone("--target-branch", self.target_branch is not None, **given)

    @cached_property
    def environment(self) -> Environment:
        """What the environment says. This raises what `reconciler.find_environment` raises."""
        import reconciler

        return reconciler.find_environment(
            self.env, policy=self.policy, config=self.config, target_branch=self.target_branch
        )

    @property
    def planning_options(self) -> tuple[str, ...]:
        """The options, but --db, with which another command makes the same plan, except for its hazards and tables."""
        given: dict[str, object] = {"-f": self.file, "--follow": self.follow}
        given |= {"--env": self.env, "--policy": self.policy, "--config": self.config}
        given |= {"--trust-file": self.trust_file, "--trust-role": self.trust_role}
        return option_words(given)

    @property
    def database(self) -> str | None:
        """The connection string of --db or of the environment; None: the usual one."""
        return chosen_database(self.environment, self.db, self.env)

    @property
    def again(self) -> Again:
        """How another command, which may not plan, names the same files and database."""
        given: dict[str, object] = {"-f": self.file, "--follow": self.follow, "--env": self.env}
        given |= {"--config": self.config, "--trust-role": self.trust_role}
        return Again(options=option_words(given), same_db=self.db is not None)

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
            window=self.environment.window,
        )


def with_planning(command: Callable[..., int], *, helps: Mapping[str, str] | None = None) -> Callable[..., int]:
    """Add one option for each field of `Planning` to a command whose first parameter is a `Planning`.

    `helps` are the help texts of options that mean something else to this command, by the fields.
    """

    @functools.wraps(command)
    def wrapped(**given: Any) -> int:
        shared = {one.name: given.pop(one.name) for one in fields(Planning)}
        return command(Planning(**shared), **given)

    own = list(inspect.signature(command, eval_str=True).parameters.values())[1:]
    hints = get_type_hints(Planning, include_extras=True)
    hints |= {name: with_help(hints[name], text) for name, text in (helps or {}).items()}
    common = [
        inspect.Parameter(one.name, inspect.Parameter.KEYWORD_ONLY, default=one.default, annotation=hints[one.name])
        for one in fields(Planning)
    ]
    keyword = [one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in own]
    wrapped.__signature__ = inspect.Signature([*keyword, *common], return_annotation=int)  # type: ignore[attr-defined]
    wrapped.__annotations__ = {one.name: one.annotation for one in (*keyword, *common)}
    return wrapped


def with_help(option: Any, text: str) -> Any:
    """Return the annotation of an option with another help text."""
    kind, info = get_args(option)
    other = copy.copy(info)
    other.help = text
    return Annotated[kind, other]
