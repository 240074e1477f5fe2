"""Whether the command runs for a pull request, by the variables of the CI systems."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

_SET: Final = ".+"
_NOT_FALSE: Final = "(?!false$).+"
_PULL_REQUESTS: Final[tuple[tuple[str | None, Mapping[str, str]], ...]] = (
    (
        "GITHUB_BASE_REF",
        {
            "GITHUB_BASE_REF": _SET,
            "GITHUB_HEAD_REF": _SET,
            "GITHUB_EVENT_NAME": "pull_request.*|merge_group",
            "GITHUB_REF": "refs/pull/.*",
        },
    ),
    (
        "CI_MERGE_REQUEST_TARGET_BRANCH_NAME",
        {
            "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": _SET,
            "CI_MERGE_REQUEST_IID": _SET,
            "CI_PIPELINE_SOURCE": "merge_request_event",
        },
    ),
    (
        "CI_EXTERNAL_PULL_REQUEST_TARGET_BRANCH_NAME",
        {
            "CI_EXTERNAL_PULL_REQUEST_TARGET_BRANCH_NAME": _SET,
            "CI_EXTERNAL_PULL_REQUEST_IID": _SET,
            "CI_PIPELINE_SOURCE": "external_pull_request_event",
        },
    ),
    ("BITBUCKET_PR_DESTINATION_BRANCH", {"BITBUCKET_PR_DESTINATION_BRANCH": _SET, "BITBUCKET_PR_ID": _SET}),
    (
        "SYSTEM_PULLREQUEST_TARGETBRANCH",  # Azure DevOps writes refs/heads/main
        {
            "SYSTEM_PULLREQUEST_TARGETBRANCH": _SET,
            "SYSTEM_PULLREQUEST_PULLREQUESTID": _SET,
            "BUILD_REASON": "PullRequest",
        },
    ),
    ("CHANGE_TARGET", {"CHANGE_TARGET": _SET, "CHANGE_ID": _SET}),  # Jenkins
    (
        "CI_COMMIT_TARGET_BRANCH",  # Woodpecker
        {
            "CI_COMMIT_TARGET_BRANCH": _SET,
            "CI_COMMIT_PULL_REQUEST": _SET,
            "CI_PIPELINE_EVENT": "pull_request.*",
        },
    ),
    ("BUILDKITE_MERGE_QUEUE_BASE_BRANCH", {"BUILDKITE_MERGE_QUEUE_BASE_BRANCH": _SET}),
    (
        "BUILDKITE_PULL_REQUEST_BASE_BRANCH",
        {"BUILDKITE_PULL_REQUEST_BASE_BRANCH": _SET, "BUILDKITE_PULL_REQUEST": _NOT_FALSE},
    ),
    # These three also set the branch variable on pushes.
    ("DRONE_TARGET_BRANCH", {"DRONE_PULL_REQUEST": _SET, "DRONE_BUILD_EVENT": "pull_request"}),
    ("TRAVIS_BRANCH", {"TRAVIS_PULL_REQUEST": _NOT_FALSE}),
    ("APPVEYOR_REPO_BRANCH", {"APPVEYOR_PULL_REQUEST_NUMBER": _SET}),
    (None, {"CIRCLE_PULL_REQUEST": _SET, "CIRCLE_PR_NUMBER": _SET}),  # CircleCI has no variable with the branch
)
"""For each CI system, the variable with the target branch, and what variables hold only on pull requests."""

_REPOSITORIES: Final = (
    ("CI_MERGE_REQUEST_PROJECT_PATH", "CI_SERVER_URL"),
    ("BITBUCKET_REPO_FULL_NAME", None),
    ("GITHUB_REPOSITORY", "GITHUB_SERVER_URL"),
)
"""The repository that the pull request is for, as owner/name, and the address of its server: a clone of a fork has
other branches of these names."""

_AZURE_REPOSITORY: Final = "BUILD_REPOSITORY_URI"
"""The address of that repository on Azure Pipelines, whose forks are in SYSTEM_PULLREQUEST_SOURCEREPOSITORYURI.

Source: https://learn.microsoft.com/azure/devops/pipelines/build/variables
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetBranch:
    """The branch that a pull request is for. `name` is None if it is not known.

    `repository` is owner/name, and `server` the address of its server, if the CI system gives them.
    """

    name: str | None
    repository: str | None = None
    server: str | None = None

    @property
    def ref(self) -> str:
        """The full name of the branch in a clone; no branch or tag of the pull request has the same."""
        return f"refs/remotes/origin/{self.name}"

    def is_cloned_from(self, url: str) -> bool:
        """Whether the address of a clone is that of the repository, by its whole path, and by its host if that is
        known. The case of letters does not matter, as on GitHub, GitLab and Bitbucket."""
        if self.repository is None:
            return True
        host = host_of(url)
        return bool(host) and host_of(self.server or "") in ("", host) and self.has_path_of(url)

    def has_path_of(self, url: str) -> bool:
        """Whether the address of a clone has the path of the repository."""
        path, base, repository = _host_and_path(url)[1], _host_and_path(self.server or "")[1], self.repository or ""
        # The server may be below a path, which addresses for SSH do not have.
        return path in (repository.lower(), f"{base}/{repository}".strip("/").lower())


def target_branch(environ: Mapping[str, str], given: str | None = None) -> TargetBranch | None:
    """Return the branch that `--target-branch` gives, or the CI system; None if this is not a pull request."""
    if given is None:
        running = [branch for branch, signs in _PULL_REQUESTS if _is_one(environ, signs)]
        if not running:
            return None
        given = next((environ[branch] for branch in running if branch and environ.get(branch)), _in_event(environ))
    repository, server = _repository(environ)
    name = None if given is None else given.removeprefix("refs/heads/")
    return TargetBranch(name=name, repository=repository, server=server)


def _repository(environ: Mapping[str, str]) -> tuple[str | None, str | None]:
    """Return the repository that the pull request is for, and the address of its server, as far as they are known."""
    for name, server in _REPOSITORIES:
        if environ.get(name):
            return environ[name], environ.get(server) if server else None
    host, path = _host_and_path(environ.get(_AZURE_REPOSITORY, ""))
    return (path, f"https://{host}") if host else (None, None)


def _is_one(environ: Mapping[str, str], signs: Mapping[str, str]) -> bool:
    return any(re.fullmatch(sign, environ.get(name, ""), flags=re.DOTALL) for name, sign in signs.items())


def _in_event(environ: Mapping[str, str]) -> str | None:
    """The target of a merge queue or a review on GitHub, which only the event's file has."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        match json.loads(Path(environ["GITHUB_EVENT_PATH"]).read_bytes()):
            case {"merge_group": {"base_ref": str() as found}} | {
                "pull_request": {"base": {"ref": str() as found}}
            }:
                return found
    return None


def host_of(url: str) -> str:
    """Return the host of an address, in lower case; empty if there is none."""
    return _host_and_path(url)[0]


def _host_and_path(url: str) -> tuple[str, str]:
    """Return host and path of an address, also of git's form `user@host:path`, both in lower case and the path
    without slashes around it and `.git`. The host is empty if there is none."""
    short = re.fullmatch(r"(?:[^@/:]*@)?([^@/:]+):(?!//)(.*)", url, flags=re.DOTALL)
    try:
        host, path = (short[1], short[2]) if short else ((parts := urlsplit(url)).hostname or "", parts.path)
    except ValueError:
        return "", ""
    return host.lower(), re.sub(r"(\.git)?/*\Z", "", path).lstrip("/").lower()
