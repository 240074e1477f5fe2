"""Comments on a pull request of Azure Repos, by the REST API of Azure DevOps (threads)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from reconciler.forge.comments import NoComment, PullRequestComment, RequestFailed
from reconciler.forge.http import Api
from reconciler.forge.pull_request import ISSUES, PullRequest, api_at, number_in, token_in
from reconciler.model.clock import Clock

RIGHTS: Final = (
    "the permission *Contribute to pull requests* of the repository for the build service; jobs for pull requests from "
    "forks have none"
)
_NAME: Final = re.compile(r"[\w-]+", re.ASCII)
_VERSION: Final = "?api-version=7.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class AzureComments:
    """Threads on one pull request whose first comment is meant. Ids are those of threads, authors GUIDs.

    `project` and `repository` are their GUIDs.
    """

    api: Api
    project: str
    repository: str
    number: int

    @property
    def limit(self) -> int:
        """Half of the 150,000 characters that a comment may have: some characters count twice."""
        return 75_000

    def whoami(self) -> str:
        """Return the GUID of the token's identity."""
        match self.api.send("GET", "/_apis/connectionData").value:
            case {"authenticatedUser": {"id": str() as id}}:
                return id
        raise RequestFailed("needs an API that names the token's identity")

    def pages(self) -> Iterator[Sequence[PullRequestComment]]:
        """Read all threads; the API has no pages. It keeps deleted comments, which are left out."""
        match self.api.send("GET", f"{self._all}{_VERSION}").value:
            case {"value": list() as threads}:
                yield [found for one in threads if (found := _first(one))]
            case _:
                raise RequestFailed("needs an API that answers with a list of threads")

    def create(self, body: str) -> PullRequestComment:
        """Post a comment as a closed thread: open ones can keep a pull request from being completed."""
        comment = {"parentCommentId": 0, "content": body, "commentType": "text"}
        created = _first(
            self.api.send("POST", f"{self._all}{_VERSION}", {"comments": [comment], "status": "closed"}).value
        )
        if created is None:
            raise RequestFailed("needs an API that answers with the comment")
        return created

    def update(self, id: int, body: str) -> None:
        """Replace the first comment of a thread."""
        if self.api.send("PATCH", self._comment(id), {"content": body}, expected=(404,)).status == 404:
            raise RequestFailed("needs the comment, which was deleted in between", again=True)

    def delete(self, id: int) -> None:
        """Delete the first comment of a thread, if it exists."""
        self.api.send("DELETE", self._comment(id), expected=(404,))

    @property
    def _all(self) -> str:
        return f"/{self.project}/_apis/git/repositories/{self.repository}/pullRequests/{self.number}/threads"

    def _comment(self, id: int) -> str:
        return f"{self._all}/{id}/comments/1{_VERSION}"


def find_on_azure(environ: Mapping[str, str], clock: Clock, issue: int | None) -> PullRequest | NoComment:
    """Return the pull request of a job of Azure Pipelines, or what is missing."""
    if issue is not None:
        return ISSUES
    if environ.get("BUILD_REPOSITORY_PROVIDER") != "TfsGit":
        return NoComment(reason="needs a repository of Azure Repos")
    number = number_in(environ, "SYSTEM_PULLREQUEST_PULLREQUESTID")
    project, repository = (environ.get(name, "") for name in ("SYSTEM_TEAMPROJECTID", "BUILD_REPOSITORY_ID"))
    if not number or not _NAME.fullmatch(project) or not _NAME.fullmatch(repository):
        return NoComment(reason="needs a build for a pull request (SYSTEM_PULLREQUEST_PULLREQUESTID is not set)")
    if not environ.get("SYSTEM_ACCESSTOKEN"):
        return NoComment(reason="needs `SYSTEM_ACCESSTOKEN: $(System.AccessToken)` in the `env` of the step")
    token = token_in(environ, "SYSTEM_ACCESSTOKEN")
    if isinstance(token, NoComment):
        return token
    # Without this header, the answer to an invalid token is a redirect.
    headers = {
        "Authorization": f"Bearer {token}",
        "Accept": "application/json",
        "X-TFS-FedAuthRedirect": "Suppress",
    }
    api = api_at(environ.get("SYSTEM_COLLECTIONURI", ""), "SYSTEM_COLLECTIONURI", headers, RIGHTS, clock)
    if isinstance(api, NoComment):
        return api
    return PullRequest(
        comments=AzureComments(api=api, project=project, repository=repository, number=number),
        commit=environ.get("SYSTEM_PULLREQUEST_SOURCECOMMITID", ""),
        run=(number_in(environ, "BUILD_BUILDID"), number_in(environ, "SYSTEM_JOBATTEMPT")),
    )


def _first(thread: object) -> PullRequestComment | None:
    """Return the first comment of a thread, if it was not deleted."""
    match thread:
        case {"id": int() as id, "comments": [{"id": 1, "content": str() as body, "author": author, **rest}, *_]}:
            if isinstance(author, dict) and not rest.get("isDeleted"):
                return PullRequestComment(id=id, author=str(author.get("id") or ""), body=body)
    return None
