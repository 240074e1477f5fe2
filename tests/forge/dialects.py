"""How the comment APIs of the forges differ: addresses, tokens, fields, paging, and what they keep of a body."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from reconciler.forge.marker import Marker

Row = dict[str, object]
Page = tuple[dict[str, str], object]


@dataclass(frozen=True)
class Dialect:
    """GitHub's API. `every` is the path of all comments, `each` that of one; `update` the method that replaces it."""

    every: str = "/repos/o/shop/issues/3/comments"
    each: str = "/repos/o/shop/issues/comments/([0-9]+)"
    whoami: str = "/user"
    header: str = "Authorization"
    token: str = "Bearer {}"
    update: str = "PATCH"
    limit: int = 65_536
    keeps_deleted: bool = False
    me: str = "github-actions[bot]"
    pages: int = 6
    """The pages of 150 comments."""
    gap: str = "\n"
    """What is between marker and text."""

    def row(self, id: int, author: str, body: str | None) -> Row:
        """Return a comment; the body is None if it was deleted."""
        return {"id": id, "body": body, "user": {"login": author, "type": "Bot"}}

    def user(self, me: str) -> Row:
        return {"login": me}

    def body(self, sent: Mapping[str, object]) -> str:
        """Return the body of a comment from a request."""
        return str(sent["body"])

    def page(self, url: str, rows: Sequence[Row], most: int) -> Page:
        """Return headers and value of a page of at most `most` comments."""
        query, number, page, more = _asked(url, "per_page", 30, rows, most)
        base = f"{query}&page="
        link = f'<{base}1>; rel="first", <{base}{number + 1}>; rel="next"'
        return ({"Link": link} if more else {}), page

    def marker(self, marker: Marker) -> str:
        return str(marker)


@dataclass(frozen=True)
class GitLab(Dialect):
    """Notes of GitLab."""

    every: str = "/projects/7/(merge_requests|issues)/3/notes"
    each: str = "/projects/7/(?:merge_requests|issues)/3/notes/([0-9]+)"
    header: str = "PRIVATE-TOKEN"
    token: str = "{}"
    update: str = "PUT"
    limit: int = 1_000_000
    me: str = "project_7_bot"

    def row(self, id: int, author: str, body: str | None) -> Row:
        return {"id": id, "body": body, "author": {"username": author}, "system": author == "system"}

    def user(self, me: str) -> Row:
        return {"username": me}

    def page(self, url: str, rows: Sequence[Row], most: int) -> Page:
        _, number, page, more = _asked(url, "per_page", 20, rows, most)
        return {"X-Next-Page": str(number + 1) if more else ""}, page


@dataclass(frozen=True)
class Bitbucket(Dialect):
    """Comments of Bitbucket Cloud: deleted ones stay in the list, and HTML comments would be shown."""

    every: str = "/repositories/o/shop/pullrequests/3/comments"
    each: str = "/repositories/o/shop/pullrequests/3/comments/([0-9]+)"
    update: str = "PUT"
    limit: int = 32_767
    keeps_deleted: bool = True
    me: str = "{d301aafa-d676-4ee0-88be-962be7417567}"
    gap: str = "\n\n"

    def row(self, id: int, author: str, body: str | None) -> Row:
        content = {"raw": body or "", "markup": "markdown"}
        user = {"uuid": author, "display_name": "reconcile", "type": "app_user"}
        return {"id": id, "content": content, "user": user, "deleted": body is None}

    def user(self, me: str) -> Row:
        return {"uuid": me, "display_name": "reconcile"}

    def body(self, sent: Mapping[str, object]) -> str:
        match sent:
            case {"content": {"raw": str() as raw}}:
                assert "<!--" not in raw
                return raw
        raise AssertionError(sent)

    def page(self, url: str, rows: Sequence[Row], most: int) -> Page:
        query, number, page, more = _asked(url, "pagelen", 10, rows, most)
        following = {"next": f"{query}&page={number + 1}"} if more else {}
        return {}, {"values": page, "size": len(rows), "page": number, **following}

    def marker(self, marker: Marker) -> str:
        return f"[//]: # ({str(marker)[5:-4]})"


@dataclass(frozen=True)
class Azure(Dialect):
    """Threads of Azure DevOps, without pages; deleted comments stay in the list."""

    every: str = "/p-1/_apis/git/repositories/r-1/pullRequests/3/threads"
    each: str = "/p-1/_apis/git/repositories/r-1/pullRequests/3/threads/([0-9]+)/comments/1"
    whoami: str = "/_apis/connectionData"
    limit: int = 150_000
    keeps_deleted: bool = True
    me: str = "7c2d0e4b-4a3f-4f4e-9a53-1f0a3e1f2a10"
    pages: int = 1

    def row(self, id: int, author: str, body: str | None) -> Row:
        deleted = {"isDeleted": True} if body is None else {"content": body}
        first = {
            "id": 1,
            "author": {"id": author, "displayName": "Build Service"},
            "commentType": "text",
            **deleted,
        }
        return {"id": id, "comments": [first, {"id": 2, "author": {"id": author}, "content": "a reply"}]}

    def user(self, me: str) -> Row:
        return {"authenticatedUser": {"id": me}}

    def body(self, sent: Mapping[str, object]) -> str:
        match sent:
            case {"comments": [{"content": str() as body}], "status": "closed"} | {"content": str() as body}:
                return body
        raise AssertionError(sent)

    def page(self, url: str, rows: Sequence[Row], most: int) -> Page:  # noqa: ARG002
        assert "api-version=7.1" in url
        return {}, {"value": [*rows], "count": len(rows)}


DIALECTS = {"github": Dialect(), "gitlab": GitLab(), "bitbucket": Bitbucket(), "azure": Azure()}


def _asked(
    url: str, name: str, default: int, rows: Sequence[Row], most: int
) -> tuple[str, int, Sequence[Row], bool]:
    """Return the address of the list, the number of the page that is asked for, its rows, and whether more follow."""
    parts = urlsplit(url)
    query = parse_qs(parts.query)
    size = min(int(query.get(name, [str(default)])[0]), 100, most)
    number = int(query.get("page", ["1"])[0])
    found = rows[(number - 1) * size : number * size]
    return f"{parts._replace(query='').geturl()}?{name}={size}", number, found, number * size < len(rows)
