"""The options of `reconcile ci` for the comment on the pull request."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

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


STOPPED: Final = "### reconcile: stopped\n\n**The job was stopped before it had a result.**\n"
"""The same for a job that was cancelled, or reached its time limit."""


@contextmanager
def commenting(wanted: bool, shared: Planning, author: str | None, written: Mapping[str, str]) -> Iterator[None]:
    """Post the comment that the block has written to `written`, even if the block fails. Report why if none is
    posted.

    After a signal, only an earlier comment is replaced, in one attempt: the process is about to be killed.
    """
    from reconciler.report.ci import COMMENT

    post = _poster(shared.files, shared.env, author) if wanted else _not_at_all
    try:
        yield
    except KeyboardInterrupt:
        post(written.get(COMMENT, STOPPED), create=False, attempts=1)
        raise
    except typer.BadParameter:
        raise  # `replace_comment_of` is called for all wrong usage
    except Exception:  # the comment must not show the plan of an earlier commit
        post(written.get(COMMENT, FAILED))
        raise
    post(written.get(COMMENT, FAILED))


def replace_comment_of(arguments: Sequence[str]) -> None:
    """Replace the comment of an earlier run if these arguments ask `ci` for a comment, although they cannot be read as
    a whole."""
    if arguments[:1] != ["ci"] or "--comment" not in arguments:
        return
    from typer.main import get_command

    from reconciler.cli.app import build_app
    from reconciler.cli.options import files_or_default

    command: Any = get_command(build_app("ci"))
    ci = command.commands["ci"]
    lenient = {"resilient_parsing": True, "ignore_unknown_options": True, "allow_extra_args": True}
    with ci.make_context("ci", list(arguments[1:]), **lenient) as context:
        found = context.params
    if found.get("comment"):
        files = files_or_default([Path(one) for one in found.get("file") or ()])
        _poster(files, found.get("env"), found.get("comment_author"))(FAILED, create=False)


def post_on_issue(text: str, shared: Planning, author: str | None, issue: int) -> None:
    """Keep one comment with this text on an issue, and say to standard error what became of it."""
    _poster(shared.files, shared.env, author)(text, issue=issue)


def _poster(files: Sequence[Path], env: str | None, author: str | None) -> Callable[..., None]:
    """Return a function that posts a text, and says to standard error what became of it."""
    from reconciler.cli.output import warn
    from reconciler.clock import SYSTEM
    from reconciler.forge.posting import post_comment

    file = ", ".join(path.as_posix() for path in files)

    def post(text: str, **how: Any) -> None:
        posted = post_comment(
            text, file=file, environment=env or "", author=author, environ=os.environ, clock=SYSTEM, **how
        )
        warn(str(posted))

    return post


def _not_at_all(_text: str, **_how: Any) -> None:
    """Post nothing."""
