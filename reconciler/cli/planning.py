"""The options that `plan`, `drift` and `apply` share."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import timedelta
from pathlib import Path
from typing import Any, get_type_hints

import typer

from reconciler.cli import values
from reconciler.cli.options import (
    Allow,
    CheckTimeout,
    Color,
    Database,
    Files,
    Follow,
    NoDataChecks,
    Quiet,
    Samples,
    Tables,
    TrustFile,
    TrustRole,
    Verbose,
    files_or_default,
    trusted_roles,
)
from reconciler.model.options import Options


@dataclass(frozen=True, slots=True, kw_only=True)
class Planning:
    """The values of the shared options; each field is one option."""

    file: Files = None
    follow: Follow = False
    db: Database = None
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
