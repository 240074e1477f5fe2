"""What the comment on a pull request needs of a forge's API, and what becomes of the comment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class PullRequestComment:
    """A comment on a pull request. Ids grow with time. `author` is empty if the account was deleted."""

    id: int
    author: str
    body: str


class Comments(Protocol):
    """The comments on one pull request. Every method may raise `RequestFailed`."""

    @property
    def limit(self) -> int:
        """The number of characters that a comment may have."""

    def whoami(self) -> str:
        """Return the name that the token writes as, if no other name is given; empty if it cannot be asked for."""

    def pages(self) -> Iterator[Sequence[PullRequestComment]]:
        """Read all pages of comments."""

    def create(self, body: str) -> PullRequestComment:
        """Post a comment."""

    def update(self, id: int, body: str) -> None:
        """Replace the body of a comment."""

    def delete(self, id: int) -> None:
        """Delete a comment. It is no error if the comment is already deleted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """The comment shows this run. `id` is its id at the forge."""

    id: int

    def __str__(self) -> str:
        return f"comment: posted (id {self.id})"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoComment:
    """The comment does not show this run. `reason` says what is needed, or which newer run the comment shows."""

    reason: str

    def __str__(self) -> str:
        return f"no comment: {self.reason}"


class RequestFailed(Exception):
    """A request to the API failed.

    `reason` contains no text of the server. `again` says whether a later attempt may succeed, `after_s` the seconds
    that the server asks to wait, `posted` whether a comment was written before this request.
    """

    def __init__(self, reason: str, *, again: bool = False, after_s: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.again = again
        self.after_s = after_s
        self.posted = False
