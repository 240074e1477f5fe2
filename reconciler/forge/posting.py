"""Posts the comment of a run: finds the pull request by the variables of the CI system, and retries."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from reconciler.forge import github, gitlab
from reconciler.forge.comments import Comments, NoComment, Posted, RequestFailed
from reconciler.forge.http import Api, usable_base
from reconciler.forge.marker import Marker
from reconciler.forge.sticky import post_sticky
from reconciler.model.clock import Clock
from reconciler.model.secrets import remember

_ATTEMPTS: Final = 4
_LONGEST_WAIT_S: Final = 90.0
"""The longest time that all pauses between attempts may take, in seconds."""

_LONGEST_S: Final = 240.0
"""From this time on no request is sent, in seconds from the start."""

_PULL_REQUEST_EVENTS: Final = ("pull_request", "pull_request_target")


@dataclass(frozen=True, slots=True, kw_only=True)
class PullRequest:
    """The pull request of this run: its comments, the commit, and what orders runs (see `Marker.run`)."""

    comments: Comments
    commit: str
    run: tuple[int, int]


def post_comment(
    body: str,
    *,
    file: str,
    environment: str,
    author: str | None,
    environ: Mapping[str, str],
    clock: Clock,
    issue: int | None = None,
) -> Posted | NoComment:
    """Post `body` as the only comment for this file and environment on the pull request of this run, or on an issue.

    `issue` is the number of an issue of the project. `author` is the name that the token writes as; None means
    github-actions[bot] on GitHub, and the token's user on GitLab. Nothing that fails raises an error: the result says
    what is needed.
    """
    found = find_pull_request(environ, clock, issue)
    if isinstance(found, NoComment):
        return found
    marker = Marker(file=file, environment=environment, commit=found.commit, run=found.run)
    text = body.encode("utf-8", "replace").decode("utf-8")

    def post() -> Posted | NoComment:
        return post_sticky(found.comments, marker, author or found.comments.whoami(), text)

    return _with_retries(post, clock)


def _with_retries(post: Callable[[], Posted | NoComment], clock: Clock) -> Posted | NoComment:
    """Start again from the first page after a failure that may pass, so that no write is based on an old reading."""
    left, posted = _LONGEST_WAIT_S, False
    attempt = 0
    while True:
        attempt += 1
        try:
            return post()
        except RequestFailed as failed:
            posted = posted or failed.posted
            wait = 2.0**attempt if failed.after_s is None else failed.after_s
            if not failed.again or attempt == _ATTEMPTS or wait > left:
                more = "; one was posted, but could not be checked for duplicates" if posted else ""
                return NoComment(reason=failed.reason + more)
        clock.sleep(wait)
        left -= wait


def find_pull_request(
    environ: Mapping[str, str], clock: Clock, issue: int | None = None
) -> PullRequest | NoComment:
    """Return the pull request that the CI system runs for, or this issue, or what is missing. Sends no request."""
    if environ.get("GITHUB_ACTIONS"):
        return _on_github(environ, clock, issue)
    if environ.get("GITLAB_CI"):
        return _on_gitlab(environ, clock, issue)
    return NoComment(reason="needs a job of GitHub Actions or GitLab CI")


def _on_github(environ: Mapping[str, str], clock: Clock, issue: int | None) -> PullRequest | NoComment:
    if issue is None and environ.get("GITHUB_EVENT_NAME") not in _PULL_REQUEST_EVENTS:
        return NoComment(reason="needs a pull request; pushes and merge queues (`merge_group`) have none")
    number, commit = _event(environ) if issue is None else (issue, "")
    repository = environ.get("GITHUB_REPOSITORY", "")
    if not number or not re.fullmatch(r"[\w.-]+/[\w.-]+", repository, re.ASCII):
        return NoComment(reason="needs GITHUB_REPOSITORY, and the pull request's number in GITHUB_EVENT_PATH")
    token = _token(environ, "GITHUB_TOKEN")
    if isinstance(token, NoComment):
        return token
    base = environ.get("GITHUB_API_URL") or "https://api.github.com"
    if not usable_base(base):
        return NoComment(reason="needs an https address in GITHUB_API_URL")
    headers = {
        "Authorization": f"Bearer {token}",
        "Accept": "application/vnd.github+json",
        "X-GitHub-Api-Version": "2022-11-28",
        "User-Agent": "reconcile",
    }
    api = Api(
        base=base.rstrip("/"),
        headers=headers,
        rights=github.RIGHTS if issue is None else github.ISSUE_RIGHTS,
        clock=clock,
        ends_at=clock.monotonic() + _LONGEST_S,
    )
    return PullRequest(
        comments=github.GitHubComments(api=api, repository=repository, number=number),
        commit=commit or environ.get("GITHUB_SHA", ""),
        run=(_number(environ, "GITHUB_RUN_ID"), _number(environ, "GITHUB_RUN_ATTEMPT")),
    )


def _event(environ: Mapping[str, str]) -> tuple[int, str]:
    """Return the number and the last commit of the pull request from the event's file; 0 if it cannot be read."""
    with suppress(OSError, ValueError, KeyError, RecursionError):
        match json.loads(Path(environ["GITHUB_EVENT_PATH"]).read_bytes()):
            case {"pull_request": {"number": int() as number, "head": {"sha": str() as commit}}}:
                return number, commit
    return 0, ""


def _on_gitlab(environ: Mapping[str, str], clock: Clock, issue: int | None) -> PullRequest | NoComment:
    project = _number(environ, "CI_MERGE_REQUEST_PROJECT_ID" if issue is None else "CI_PROJECT_ID")
    number = _number(environ, "CI_MERGE_REQUEST_IID") if issue is None else issue
    if not project or not number:
        return NoComment(reason="needs a merge request pipeline (CI_MERGE_REQUEST_IID is not set)")
    if not environ.get("GITLAB_TOKEN") and environ.get("CI_JOB_TOKEN"):
        return NoComment(reason=f"needs {gitlab.RIGHTS}; the job token (CI_JOB_TOKEN) cannot write comments")
    token = _token(environ, "GITLAB_TOKEN")
    if isinstance(token, NoComment):
        return token
    base = environ.get("CI_API_V4_URL", "")
    if not usable_base(base):
        return NoComment(reason="needs an https address in CI_API_V4_URL")
    headers = {"PRIVATE-TOKEN": token, "User-Agent": "reconcile"}
    api = Api(
        base=base.rstrip("/"),
        headers=headers,
        rights=gitlab.RIGHTS,
        clock=clock,
        ends_at=clock.monotonic() + _LONGEST_S,
    )
    return PullRequest(
        comments=gitlab.GitLabComments(
            api=api, project=project, number=number, on="merge_requests" if issue is None else "issues"
        ),
        commit=environ.get("CI_COMMIT_SHA", ""),
        run=(_number(environ, "CI_PIPELINE_ID"), _number(environ, "CI_JOB_ID")),
    )


def _token(environ: Mapping[str, str], name: str) -> str | NoComment:
    """Return the token, which is masked from now on wherever messages are printed."""
    token = environ.get(name, "").strip()
    remember([token])
    if not token:
        return NoComment(reason=f"needs {name}; jobs for pull requests from forks have no secrets")
    if not re.fullmatch(r"[!-~]+", token):
        return NoComment(reason=f"needs a token without spaces and control characters in {name}")
    return token


def _number(environ: Mapping[str, str], name: str) -> int:
    value = environ.get(name, "")
    return int(value) if re.fullmatch("[0-9]{1,18}", value) else 0
