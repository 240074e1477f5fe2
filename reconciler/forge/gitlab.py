"""Comments on a merge request of GitLab, by its REST API (notes)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from reconciler.forge.comments import PullRequestComment, RequestFailed
from reconciler.forge.http import Api

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
        if self.api.send("PUT", f"{self._all}/{id}", {"body": body}, absent=True).status == 404:
            raise RequestFailed("needs the comment, which was deleted in between", again=True)

    def delete(self, id: int) -> None:
        """Delete a note, if it exists."""
        self.api.send("DELETE", f"{self._all}/{id}", absent=True)

    @property
    def _all(self) -> str:
        return f"/projects/{self.project}/{self.on}/{self.number}/notes"


def _comment(value: object) -> PullRequestComment:
    match value:
        case {"id": int() as id, "body": str() | None as body, **rest}:
            author = rest.get("author")
            name = author.get("username") if isinstance(author, dict) else ""
            return PullRequestComment(id=id, author=str(name), body=body or "")
    raise RequestFailed("needs an API that answers with notes")
