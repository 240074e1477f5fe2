"""Comments on a pull request of GitHub, by its REST API (issue comments)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from reconciler.forge.comments import NoComment, PullRequestComment, RequestFailed
from reconciler.forge.http import Api
from reconciler.forge.pull_request import OWNER_AND_NAME, PullRequest, api_at, number_in, token_in
from reconciler.model.clock import Clock

ACTIONS_BOT: Final = "github-actions[bot]"
RIGHTS: Final = (
    "`permissions: pull-requests: write` for GITHUB_TOKEN; the token of a pull request from a fork can only read"
)
ISSUE_RIGHTS: Final = "`permissions: issues: write` for GITHUB_TOKEN"
_LINK: Final = re.compile(r"<([^<>]*)>([^<]*)")
_MOST_PAGES: Final = 500
_EVENTS: Final = ("pull_request", "pull_request_target")


@dataclass(frozen=True, slots=True, kw_only=True)
class GitHubComments:
    """Comments on one pull request or issue. `repository` is owner/name."""

    api: Api
    repository: str
    number: int

    @property
    def limit(self) -> int:
        """The number of characters that a comment may have."""
        return 65_536

    def whoami(self) -> str:
        """Return the name of the token of GitHub Actions, which cannot be asked for its user."""
        return ACTIONS_BOT

    def pages(self) -> Iterator[Sequence[PullRequestComment]]:
        """Read all pages. The server says where the next one is: it may send fewer comments than asked for."""
        url = f"{self._all}?per_page=100"
        for _ in range(_MOST_PAGES):
            answer = self.api.send("GET", url)
            if not isinstance(answer.value, list):
                raise RequestFailed("needs an API that answers with a list of comments")
            yield [_comment(one) for one in answer.value]
            following = _next(answer.headers.get("link", ""))
            if following is None:
                return
            url = following
        raise RequestFailed(f"needs a pull request with fewer than {_MOST_PAGES} pages of comments")

    def create(self, body: str) -> PullRequestComment:
        """Post a comment."""
        return _comment(self.api.send("POST", self._all, {"body": body}).value)

    def update(self, id: int, body: str) -> None:
        """Replace the body of a comment."""
        if self.api.send("PATCH", f"{self._each}/{id}", {"body": body}, expected=(404,)).status == 404:
            raise RequestFailed("needs the comment, which was deleted in between", again=True)

    def delete(self, id: int) -> None:
        """Delete a comment, if it exists."""
        self.api.send("DELETE", f"{self._each}/{id}", expected=(404,))

    @property
    def _all(self) -> str:
        return f"/repos/{self.repository}/issues/{self.number}/comments"

    @property
    def _each(self) -> str:
        return f"/repos/{self.repository}/issues/comments"


def find_on_github(environ: Mapping[str, str], clock: Clock, issue: int | None) -> PullRequest | NoComment:
    """Return the pull request or issue of a job of GitHub Actions, or what is missing."""
    if issue is None and environ.get("GITHUB_EVENT_NAME") not in _EVENTS:
        return NoComment(reason="needs a pull request; pushes and merge queues (`merge_group`) have none")
    number, commit = _event(environ) if issue is None else (issue, "")
    repository = environ.get("GITHUB_REPOSITORY", "")
    if not number or not OWNER_AND_NAME.fullmatch(repository):
        return NoComment(reason="needs GITHUB_REPOSITORY, and the pull request's number in GITHUB_EVENT_PATH")
    token = token_in(environ, "GITHUB_TOKEN")
    if isinstance(token, NoComment):
        return token
    headers = {
        "Authorization": f"Bearer {token}",
        "Accept": "application/vnd.github+json",
        "X-GitHub-Api-Version": "2022-11-28",
    }
    base = environ.get("GITHUB_API_URL") or "https://api.github.com"
    api = api_at(base, "GITHUB_API_URL", headers, RIGHTS if issue is None else ISSUE_RIGHTS, clock)
    if isinstance(api, NoComment):
        return api
    return PullRequest(
        comments=GitHubComments(api=api, repository=repository, number=number),
        commit=commit or environ.get("GITHUB_SHA", ""),
        run=(number_in(environ, "GITHUB_RUN_ID"), number_in(environ, "GITHUB_RUN_ATTEMPT")),
    )


def _event(environ: Mapping[str, str]) -> tuple[int, str]:
    """Return the number and the last commit of the pull request from the event's file; 0 if it cannot be read."""
    with suppress(OSError, ValueError, KeyError, RecursionError):
        match json.loads(Path(environ["GITHUB_EVENT_PATH"]).read_bytes()):
            case {"pull_request": {"number": int() as number, "head": {"sha": str() as commit}}}:
                return number, commit
    return 0, ""


def _next(header: str) -> str | None:
    """Return the URL of the next page from a Link header."""
    return next((url for url, rest in _LINK.findall(header) if re.search(r'\brel="?next"?', rest)), None)


def _comment(value: object) -> PullRequestComment:
    match value:
        case {"id": int() as id, "body": str() | None as body, **rest}:
            user = rest.get("user")
            author = user.get("login") if isinstance(user, dict) else ""
            return PullRequestComment(id=id, author=str(author), body=body or "")
    raise RequestFailed("needs an API that answers with comments")
