"""Keeps one comment for each file and environment on a pull request, which shows the newest run."""

from __future__ import annotations

from typing import Final

from reconciler.forge.comments import Comments, NoComment, Posted, PullRequestComment, RequestFailed
from reconciler.forge.marker import Marker, marked, marker_of

_ROUNDS: Final = 4
"""How often the comments are read after posting. Each further reading means that another run wrote in between."""


def post_sticky(
    comments: Comments, marker: Marker, author: str, body: str, *, create: bool = True
) -> Posted | NoComment:
    """Post or update our comment, then delete our others. Without `create`, only an existing one is updated.

    A comment is ours if it begins with a marker for the same file and environment, and `author` wrote it. A newer run
    is never overwritten. After posting, all comments are read again: the one with the lowest id stays and gets the
    newest text, whichever run wrote it. So two runs at once end with the same comment.

    Starting again after a failed request is safe. Raises `RequestFailed`.
    """
    text = marked(marker, body, comments.limit)
    ours = _ours(comments, marker, author)
    if ours and (newest := _run(_newest(ours))) > marker.run:
        return _newer(newest)
    if ours:
        if ours[0].body != text:
            comments.update(ours[0].id, text)
    elif not create:
        return NoComment(reason="there is none of an earlier run to replace")
    else:
        created = comments.create(text)
        if created.author.casefold() != author.casefold():
            return _not_ours(comments, created)
    try:
        return _settled(comments, marker, author, text)
    except RequestFailed as failed:
        failed.posted = True
        raise


def _settled(comments: Comments, marker: Marker, author: str, text: str) -> Posted | NoComment:
    """Read all comments until exactly one is ours and shows the newest run.

    Markers are compared, not texts: a forge may store a text with other spaces or line ends.
    """
    for _ in range(_ROUNDS):
        ours = _ours(comments, marker, author)
        if not ours:
            raise RequestFailed("needs the comment that was just posted, which is not there", again=True)
        first, *others = ours
        newest = _newest(ours)
        best = max(_run(newest), marker.run)
        if _run(first) < best:
            comments.update(first.id, text if best == marker.run else newest.body.replace("\r\n", "\n"))
        elif not others:
            return Posted(id=first.id) if best == marker.run else _newer(best)
        for other in others:
            comments.delete(other.id)
    raise RequestFailed("needs a quiet moment: other runs keep writing comments with the same marker", again=True)


def _ours(comments: Comments, marker: Marker, author: str) -> list[PullRequestComment]:
    """Return our comments, by id. Comments without an author, whose account was deleted, are never ours."""
    found = [
        comment
        for page in comments.pages()
        for comment in page
        if comment.author
        and comment.author.casefold() == author.casefold()
        and (its := marker_of(comment.body)) is not None
        and its.is_for_same(marker)
    ]
    return sorted({comment.id: comment for comment in found}.values(), key=lambda comment: comment.id)


def _newest(ours: list[PullRequestComment]) -> PullRequestComment:
    return max(ours, key=_run)


def _run(comment: PullRequestComment) -> tuple[int, int]:
    marker = marker_of(comment.body)
    return marker.run if marker else (0, 0)


def _newer(run: tuple[int, int]) -> NoComment:
    return NoComment(reason=f"run {run[0]} is newer, and its comment stays")


def _not_ours(comments: Comments, created: PullRequestComment) -> NoComment:
    """Delete a comment that the next run would not find again, because the token writes under another name."""
    comments.delete(created.id)
    return NoComment(reason=f"needs --comment-author {created.author!r}, the name that the token writes as")
