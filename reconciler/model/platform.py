"""The platform's policy: the rules and limits that a platform team sets for the databases of an environment."""

from __future__ import annotations

import enum
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from reconciler.model.errors import UsageError
from reconciler.model.names import Key, Place
from reconciler.model.rules.platform import DATABASE_VARIABLE
from reconciler.model.rules.rule import Rule
from reconciler.model.window import Window


class Severity(enum.StrEnum):
    """`error`: the plan is refused, and `validate` fails. `warning`: the reader is informed."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSetting:
    """How one rule applies. `exceptions`: a file may except its objects from the rule, inline and with a reason.
    `values` are the rule's own parameters, by their names in the policy file."""

    severity: Severity = Severity.ERROR
    exceptions: bool = False
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformPolicy:
    """The rules that apply in one environment, by their ids, and the limits that `policy:` of a file must keep.

    `source` is the name of the policy file in messages. `limits` has a value for each limited key of `policy:`.
    `ignored_changes` are the policy and configuration files that the pull request changes: those of the target branch
    apply.
    """

    source: str
    rules: Mapping[str, RuleSetting] = field(default_factory=dict)
    limits: Mapping[str, Any] = field(default_factory=dict)
    ignored_changes: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """What `--env`, `--config` and `--policy` lead to. `variable` is the name of the variable that holds the connection
    string; None: the usual database. `window` is when changes may be applied; None: at any time."""

    name: str | None = None
    policy: PlatformPolicy | None = None
    variable: str | None = None
    window: Window | None = None

    def database(self, environ: Mapping[str, str] = os.environ) -> str | None:
        """Return the connection string; None if the environment names no variable. Raise `UsageError` if it is not
        set."""
        if self.variable is None:
            return None
        url = environ.get(self.variable, "")
        if not url.strip():
            raise UsageError(
                f"the variable {self.variable}, which has the database of the environment {self.name}, is not set or "
                "empty",
                rule=DATABASE_VARIABLE,
                hint="set it to the connection string",
            )
        return url


@dataclass(frozen=True, slots=True, kw_only=True)
class Exemption:
    """An inline exception of a file: `# reconcile: ignore[rule] because reason`.

    `place` is that of the comment. The exception is for what the file declares on `line`.
    """

    rules: tuple[str, ...]
    reason: str
    place: Place
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """A finding of the policy: what violates a rule, where, and what to do. `key` is None if it is the whole plan,
    `place` is None if no line of a file causes it."""

    rule: Rule
    severity: Severity
    key: Key | None
    place: Place | None
    cause: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.place}: [{self.rule}] {self.cause}" if self.place else f"[{self.rule}] {self.cause}"
