"""Whether the command runs for a pull request, by the variables of the CI systems."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_BRANCHES: Final = (
    "GITHUB_BASE_REF",
    "CI_MERGE_REQUEST_TARGET_BRANCH_NAME",
    "BITBUCKET_PR_DESTINATION_BRANCH",
    "SYSTEM_PULLREQUEST_TARGETBRANCH",
    "CHANGE_TARGET",  # Jenkins
)
"""Set, and not empty, only on pull requests. Azure DevOps writes refs/heads/main."""

_REPOSITORIES: Final = ("CI_MERGE_REQUEST_PROJECT_PATH", "BITBUCKET_REPO_FULL_NAME", "GITHUB_REPOSITORY")
"""The repository that the pull request is for, as owner/name: a clone of a fork has other branches of these names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetBranch:
    """The branch that a pull request is for. `repository` is owner/name if the CI system gives it."""

    name: str
    repository: str | None = None

    @property
    def ref(self) -> str:
        """The full name of the branch in a clone; no branch or tag of the pull request has the same."""
        return f"refs/remotes/origin/{self.name}"


def target_branch(environ: Mapping[str, str], given: str | None = None) -> TargetBranch | None:
    """Return the branch that `--target-branch` gives, or the CI system; None if this is not a pull request."""
    found = given or next((environ[name] for name in _BRANCHES if environ.get(name)), None) or _queued(environ)
    if not found:
        return None
    repository = next((environ[name] for name in _REPOSITORIES if environ.get(name)), None)
    return TargetBranch(name=found.removeprefix("refs/heads/"), repository=repository)


def _queued(environ: Mapping[str, str]) -> str | None:
    """The target of a merge queue on GitHub, which only the event's file has."""
    if environ.get("GITHUB_EVENT_NAME") != "merge_group":
        return None
    with suppress(OSError, ValueError, KeyError, TypeError):
        event = json.loads(Path(environ["GITHUB_EVENT_PATH"]).read_bytes())
        return str(event["merge_group"]["base_ref"])
    return "?"  # no branch has this name, so that reading a file fails
