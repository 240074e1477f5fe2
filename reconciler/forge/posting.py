"""Posts the comment of a run: finds the pull request by the variables of the CI system, and retries."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from reconciler.forge.azure import find_on_azure
from reconciler.forge.bitbucket import find_on_bitbucket
from reconciler.forge.comments import NoComment, Posted, RequestFailed
from reconciler.forge.github import find_on_github
from reconciler.forge.gitlab import find_on_gitlab
from reconciler.forge.marker import Marker
from reconciler.forge.pull_request import ISSUES, PullRequest
from reconciler.forge.sticky import post_sticky
from reconciler.model.ci_system import CiSystem, ci_system
from reconciler.model.clock import Clock

ATTEMPTS: Final = 4
"""How often a comment is posted if the API fails in a way that may pass."""

_LONGEST_WAIT_S: Final = 90.0
"""The longest time that all pauses between attempts may take, in seconds."""

_FORGES: Final = {
    CiSystem.GITHUB: find_on_github,
    CiSystem.GITLAB: find_on_gitlab,
    CiSystem.BITBUCKET: find_on_bitbucket,
    CiSystem.AZURE: find_on_azure,
}


def post_comment(
    body: str,
    *,
    file: str,
    environment: str,
    author: str | None,
    environ: Mapping[str, str],
    clock: Clock,
    issue: int | None = None,
    create: bool = True,
    attempts: int = ATTEMPTS,
) -> Posted | NoComment:
    """Post `body` as the only comment for this file and environment on the pull request of this run, or on an issue.

    Without `create`, only an existing comment is updated. `issue` is the number of an issue of the project.
    `author` is the name that the token writes as; None means github-actions[bot] on GitHub, and the token's user
    elsewhere. Nothing that fails raises an error: the result says what is needed.
    """
    found = find_pull_request(environ, clock, issue)
    if isinstance(found, NoComment):
        return found
    marker = Marker(file=file, environment=environment, commit=found.commit, run=found.run)
    text = body.encode("utf-8", "replace").decode("utf-8")

    def post() -> Posted | NoComment:
        return post_sticky(found.comments, marker, author or found.comments.whoami(), text, create=create)

    return _with_retries(post, clock, attempts)


def _with_retries(post: Callable[[], Posted | NoComment], clock: Clock, attempts: int) -> Posted | NoComment:
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
            if not failed.again or attempt == attempts or wait > left:
                more = "; one was posted, but could not be checked for duplicates" if posted else ""
                return NoComment(reason=failed.reason + more)
        clock.sleep(wait)
        left -= wait


def find_pull_request(
    environ: Mapping[str, str], clock: Clock, issue: int | None = None
) -> PullRequest | NoComment:
    """Return the pull request that the CI system runs for, or this issue, or what is missing. Sends no request."""
    find = _FORGES.get(ci_system(environ))
    if find is None and issue is not None:
        return ISSUES
    if find is None:
        return NoComment(reason=f"needs a job of {', '.join(list(_FORGES)[:-1])} or {list(_FORGES)[-1]}")
    return find(environ, clock, issue)
