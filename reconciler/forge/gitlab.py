"""Comments on a merge request of GitLab, by its REST API (notes)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from reconciler.forge.comments import NoComment, PullRequestComment, RequestFailed
from reconciler.forge.http import Api
from reconciler.forge.pull_request import PullRequest, api_at, number_in, token_in
from reconciler.model.clock import Clock

RIGHTS: Final = "GITLAB_TOKEN with the scope `api` and at least the role Reporter of the project"
_MOST_PAGES: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class GitLabComments:
    """Comments on one merge request, or issue. `project` is the id of its project, `on` the part of the address."""

    api: Api
    project: int
    number: int
    on: str = "merge_requests"

    @property
    def limit(self) -> int:
        """The number of characters that a note may have."""
        return 1_000_000

    def whoami(self) -> str:
        """Return the name of the token's user."""
        match self.api.send("GET", "/user").value:
            case {"username": str() as name}:
                return name
        raise RequestFailed("needs an API that names the token's user")

    def pages(self) -> Iterator[Sequence[PullRequestComment]]:
        """Read all pages. The server says which page is next. Notes that GitLab wrote by itself are left out."""
        page = "1"
        for _ in range(_MOST_PAGES):
            answer = self.api.send("GET", f"{self._all}?per_page=100&sort=asc&order_by=created_at&page={page}")
            if not isinstance(answer.value, list):
                raise RequestFailed("needs an API that answers with a list of notes")
            yield [_comment(one) for one in answer.value if not (isinstance(one, dict) and one.get("system"))]
            page = answer.headers.get("x-next-page", "").strip()
            if not page.isdecimal():
                return
        raise RequestFailed(f"needs a merge request with fewer than {_MOST_PAGES} pages of notes")

    def create(self, body: str) -> PullRequestComment:
        """Post a note."""
        return _comment(self.api.send("POST", self._all, {"body": body}).value)

    def update(self, id: int, body: str) -> None:
        """Replace the body of a note."""
        if self.api.send("PUT", f"{self._all}/{id}", {"body": body}, expected=(404,)).status == 404:
            raise RequestFailed("needs the comment, which was deleted in between", again=True)

    def delete(self, id: int) -> None:
        """Delete a note, if it exists."""
        self.api.send("DELETE", f"{self._all}/{id}", expected=(404,))

    @property
    def _all(self) -> str:
        return f"/projects/{self.project}/{self.on}/{self.number}/notes"


def find_on_gitlab(environ: Mapping[str, str], clock: Clock, issue: int | None) -> PullRequest | NoComment:
    """Return the merge request or issue of a job of GitLab CI, or what is missing."""
    project = number_in(environ, "CI_MERGE_REQUEST_PROJECT_ID" if issue is None else "CI_PROJECT_ID")
    number = number_in(environ, "CI_MERGE_REQUEST_IID") if issue is None else issue
    if not project or not number:
        return NoComment(reason="needs a merge request pipeline (CI_MERGE_REQUEST_IID is not set)")
    if not environ.get("GITLAB_TOKEN") and environ.get("CI_JOB_TOKEN"):
        return NoComment(reason=f"needs {RIGHTS}; the job token (CI_JOB_TOKEN) cannot write comments")
    token = token_in(environ, "GITLAB_TOKEN")
    if isinstance(token, NoComment):
        return token
    api = api_at(environ.get("CI_API_V4_URL", ""), "CI_API_V4_URL", {"PRIVATE-TOKEN": token}, RIGHTS, clock)
    if isinstance(api, NoComment):
        return api
    on = "merge_requests" if issue is None else "issues"
    return PullRequest(
        comments=GitLabComments(api=api, project=project, number=number, on=on),
        commit=environ.get("CI_COMMIT_SHA", ""),
        run=(number_in(environ, "CI_PIPELINE_ID"), number_in(environ, "CI_JOB_ID")),
    )


def _comment(value: object) -> PullRequestComment:
    match value:
        case {"id": int() as id, "body": str() | None as body, **rest}:
            author = rest.get("author")
            name = author.get("username") if isinstance(author, dict) else ""
            return PullRequestComment(id=id, author=str(name), body=body or "")
    raise RequestFailed("needs an API that answers with notes")
