"""The CI system that a command runs in, by its environment variables, and text that its log cannot obey."""

from __future__ import annotations

import enum
import re
from collections.abc import Mapping
from typing import Final


class CiSystem(enum.StrEnum):
    """A CI system, or `PLAIN`: none that is known."""

    GITHUB = "GitHub Actions"
    GITLAB = "GitLab CI"
    BITBUCKET = "Bitbucket Pipelines"
    AZURE = "Azure Pipelines"
    JENKINS = "Jenkins"
    PLAIN = "no known CI system"


_VARIABLES: Final = {
    "GITHUB_ACTIONS": CiSystem.GITHUB,
    "GITLAB_CI": CiSystem.GITLAB,
    "BITBUCKET_BUILD_NUMBER": CiSystem.BITBUCKET,
    "TF_BUILD": CiSystem.AZURE,
    "JENKINS_URL": CiSystem.JENKINS,
}
"""Each system sets its variable in every job."""

_OBEYS: Final = (CiSystem.GITHUB, CiSystem.AZURE)
_COMMAND: Final = re.compile(r"^(\s*:)(?=:)|(#)(?=#(?:\[|vso\[))", re.MULTILINE | re.IGNORECASE)


def ci_system(environ: Mapping[str, str]) -> CiSystem:
    """Return the system whose variable is set and not empty."""
    return next((system for name, system in _VARIABLES.items() if environ.get(name)), CiSystem.PLAIN)


def without_log_commands(text: str, system: CiSystem) -> str:
    """Return text that the log of the system does not obey: a space breaks `::` at line starts, `##[` and `##vso[`.

    GitHub Actions and Azure Pipelines read commands from both output streams. Their streams are read independently,
    so that a command that stops others on one of them does not protect the other.
    """
    return _COMMAND.sub(r"\1\2 ", text) if system in _OBEYS else text
