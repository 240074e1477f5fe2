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
    TEAMCITY = "TeamCity"
    PLAIN = "no known CI system"


_VARIABLES: Final = {
    "GITHUB_ACTIONS": CiSystem.GITHUB,
    "GITLAB_CI": CiSystem.GITLAB,
    "BITBUCKET_BUILD_NUMBER": CiSystem.BITBUCKET,
    "TF_BUILD": CiSystem.AZURE,
    "JENKINS_URL": CiSystem.JENKINS,
    "TEAMCITY_VERSION": CiSystem.TEAMCITY,
}
"""Each system sets its variable in every job."""

OBEYING: Final = (CiSystem.GITHUB, CiSystem.AZURE, CiSystem.TEAMCITY)
"""The systems that read commands from the log, of both output streams.

GitHub Actions obeys `::` after blanks at the start of a line, and `##[` anywhere; Azure Pipelines obeys `##vso[`
anywhere; TeamCity obeys `##teamcity[`. See `ActionCommand.cs` of actions/runner, `Command.cs` of
microsoft/azure-pipelines-agent, and https://www.jetbrains.com/help/teamcity/service-messages.html.
"""

_HASHES: Final = r"#(?=#\w*\[)"
_COMMAND: Final = re.compile(
    rf"^(?P<before>(?:[^\S\n]|\x1b\[[\d;]*m)*)(?P<colon>:)(?=:)|(?P<hash>{_HASHES})", re.MULTILINE
)


def ci_system(environ: Mapping[str, str]) -> CiSystem:
    """Return the system whose variable is set and not empty."""
    return next((system for name, system in _VARIABLES.items() if environ.get(name)), CiSystem.PLAIN)


def without_log_commands(text: str) -> str:
    """Return text for people that no log obeys: a space breaks `::` at line starts, `##[`, and `##vso[` and the like.

    Text is changed in every system: a command that runs in a container does not see the variables of the system.
    """
    return _replaced(text, ": ", "# ")


def json_without_log_commands(text: str) -> str:
    """Return a JSON document of the same value that no log obeys."""
    return re.sub(_HASHES, r"\\u0023", text)


def markup_without_log_commands(text: str) -> str:
    """Return an XML or HTML document of the same content that no log obeys."""
    return _replaced(text, "&#58;", "&#35;")


def _replaced(text: str, colon: str, hash_: str) -> str:
    return _COMMAND.sub(lambda found: f"{found['before']}{colon}" if found["colon"] else hash_, text)
