"""The options of `reconcile ci` for the comment on the pull request."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Final

import typer

if TYPE_CHECKING:
    from reconciler.cli.planning import Planning

PostComment = Annotated[
    bool,
    typer.Option(
        "--comment/--no-comment",
        help="Post the report as a comment on the pull request. Needs GITHUB_TOKEN, GITLAB_TOKEN, "
        "BITBUCKET_ACCESS_TOKEN or SYSTEM_ACCESSTOKEN.",
    ),
]
CommentAuthor = Annotated[
    str | None,
    typer.Option(
        "--comment-author",
        metavar="NAME",
        help="The name that the token writes as. Default: github-actions[bot]; elsewhere, the token's user.",
    ),
]

IssueNumber = Annotated[
    int | None,
    typer.Option(
        "--issue",
        metavar="NUMBER",
        min=1,
        help="Keep one comment with the report on this issue, in a job of GitHub Actions or GitLab CI. Needs "
        "GITHUB_TOKEN or GITLAB_TOKEN.",
        show_default=False,
    ),
]

FAILED: Final = "### reconcile: failed\n\n**Nothing was planned. The log of the job says why.**\n"
"""The comment of a run that has no report: without it, the comment would still show the plan of an earlier commit."""


@contextmanager
def commenting(wanted: bool, shared: Planning, author: str | None, written: Mapping[str, str]) -> Iterator[None]:
    """Post the comment that the block has written to `written`, also if it fails. Says why if there is no comment."""
    from reconciler.report.ci import COMMENT

    try:
        yield
    except Exception:  # also wrong options: the comment must not show the plan of an earlier commit
        if wanted:
            _post(written.get(COMMENT, FAILED), shared, author)
        raise
    if wanted:
        _post(written.get(COMMENT, FAILED), shared, author)


def post_on_issue(text: str, shared: Planning, author: str | None, issue: int) -> None:
    """Keep one comment with this text on an issue, and say to standard error what became of it."""
    _post(text, shared, author, issue)


def _post(text: str, shared: Planning, author: str | None, issue: int | None = None) -> None:
    from reconciler.cli.output import warn
    from reconciler.clock import SYSTEM
    from reconciler.forge.posting import post_comment

    file = ", ".join(path.as_posix() for path in shared.files)
    warn(
        str(
            post_comment(
                text,
                file=file,
                environment=shared.env or "",
                author=author,
                environ=os.environ,
                clock=SYSTEM,
                issue=issue,
            )
        )
    )
