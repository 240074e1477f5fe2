"""Comments on a pull request of Bitbucket Cloud, by its REST API 2.0."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from reconciler.forge.comments import NoComment, PullRequestComment, RequestFailed
from reconciler.forge.http import Api
from reconciler.forge.pull_request import ISSUES, OWNER_AND_NAME, PullRequest, api_at, number_in, token_in
from reconciler.model.clock import Clock

RIGHTS: Final = "BITBUCKET_ACCESS_TOKEN with the scope `pullrequest:write` (Pull requests: Write)"
_MOST_PAGES: Final = 500
_MARKER: Final = re.compile(r"\[//\]: # \(([^()\r\n]*)\)(?:\r?\n){1,2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class BitbucketComments:
    """Comments on one pull request. `repository` is workspace/name. Authors are UUIDs: people choose their names.

    Bitbucket shows HTML, also HTML comments, as text. Here the marker is a link definition, which is not shown.
    """

    api: Api
    repository: str
    number: int

    @property
    def limit(self) -> int:
        """The number of characters that a comment may have, without the longer form of the marker."""
        return 32_767 - 10

    def whoami(self) -> str:
        """Return the UUID of the token's user; empty for tokens of repositories, which have no right to ask."""
        answer = self.api.send("GET", "/user", expected=(401, 403)).value
        if answer is None:
            return ""
        match answer:
            case {"uuid": str() as uuid}:
                return uuid
        raise RequestFailed("needs an API that names the token's user")

    def pages(self) -> Iterator[Sequence[PullRequestComment]]:
        """Read all pages. The server says where the next one is. It keeps deleted comments, which are left out."""
        url = f"{self._all}?pagelen=100"
        for _ in range(_MOST_PAGES):
            match self.api.send("GET", url).value:
                case {"values": list() as values, **rest}:
                    yield [_comment(one) for one in values if not (isinstance(one, dict) and one.get("deleted"))]
                case _:
                    raise RequestFailed("needs an API that answers with a list of comments")
            following = rest.get("next")
            if not isinstance(following, str):
                return
            url = following
        raise RequestFailed(f"needs a pull request with fewer than {_MOST_PAGES} pages of comments")

    def create(self, body: str) -> PullRequestComment:
        """Post a comment."""
        return _comment(self.api.send("POST", self._all, _content(body)).value)

    def update(self, id: int, body: str) -> None:
        """Replace the body of a comment."""
        if self.api.send("PUT", f"{self._all}/{id}", _content(body), expected=(404,)).status == 404:
            raise RequestFailed("needs the comment, which was deleted in between", again=True)

    def delete(self, id: int) -> None:
        """Delete a comment, if it exists."""
        self.api.send("DELETE", f"{self._all}/{id}", expected=(404,))

    @property
    def _all(self) -> str:
        return f"/repositories/{self.repository}/pullrequests/{self.number}/comments"


def find_on_bitbucket(environ: Mapping[str, str], clock: Clock, issue: int | None) -> PullRequest | NoComment:
    """Return the pull request of a job of Bitbucket Pipelines, or what is missing."""
    number, repository = number_in(environ, "BITBUCKET_PR_ID"), environ.get("BITBUCKET_REPO_FULL_NAME", "")
    if issue is not None:
        return ISSUES
    if not number or not OWNER_AND_NAME.fullmatch(repository):
        return NoComment(reason="needs a pipeline for pull requests (BITBUCKET_PR_ID is not set)")
    token = token_in(environ, "BITBUCKET_ACCESS_TOKEN")
    if isinstance(token, NoComment):
        return token
    base = environ.get("BITBUCKET_API_URL") or "https://api.bitbucket.org/2.0"
    api = api_at(base, "BITBUCKET_API_URL", {"Authorization": f"Bearer {token}"}, RIGHTS, clock)
    if isinstance(api, NoComment):
        return api
    return PullRequest(
        comments=BitbucketComments(api=api, repository=repository, number=number),
        commit=environ.get("BITBUCKET_COMMIT", ""),
        run=(number_in(environ, "BITBUCKET_BUILD_NUMBER"), number_in(environ, "BITBUCKET_STEP_RUN_NUMBER")),
    )


def _content(body: str) -> dict[str, dict[str, str]]:
    """Return the body with the marker of its first line as a link definition, which needs an empty line below."""
    marker, _, text = body.partition("\n")
    return {"content": {"raw": f"[//]: # ({marker.removeprefix('<!-- ').removesuffix(' -->')})\n\n{text}"}}


def _comment(value: object) -> PullRequestComment:
    match value:
        case {"id": int() as id, "content": {"raw": str() as raw}, **rest}:
            user = rest.get("user")
            author = user.get("uuid") if isinstance(user, dict) else ""
            marker = _MARKER.match(raw)
            body = f"<!-- {marker[1]} -->\n{raw[marker.end() :]}" if marker else raw
            return PullRequestComment(id=id, author=str(author or ""), body=body)
    raise RequestFailed("needs an API that answers with comments")
