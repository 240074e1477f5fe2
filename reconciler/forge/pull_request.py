"""The pull request that a job runs for, and how the variables of its CI system are read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from reconciler.forge.comments import Comments, NoComment
from reconciler.forge.http import Api, usable_base
from reconciler.model.clock import Clock
from reconciler.model.secrets import remember

LONGEST_S: Final = 240.0
"""From this time on no request is sent, in seconds from the start."""

OWNER_AND_NAME: Final = re.compile(r"[\w.-]+/[\w.-]+", re.ASCII)
ISSUES: Final = NoComment(reason="needs a job of GitHub Actions or GitLab CI, which have issues")


@dataclass(frozen=True, slots=True, kw_only=True)
class PullRequest:
    """The pull request of this run: its comments, the commit, and what orders runs (see `Marker.run`)."""

    comments: Comments
    commit: str
    run: tuple[int, int]


def api_at(base: str, variable: str, headers: Mapping[str, str], rights: str, clock: Clock) -> Api | NoComment:
    """Return the API at an address, which `variable` holds."""
    if not usable_base(base):
        return NoComment(reason=f"needs an https address in {variable}")
    return Api(
        base=base.rstrip("/"),
        headers={**headers, "User-Agent": "reconcile"},
        rights=rights,
        clock=clock,
        ends_at=clock.monotonic() + LONGEST_S,
    )


def token_in(environ: Mapping[str, str], name: str) -> str | NoComment:
    """Return the token, which is masked from now on wherever messages are printed."""
    token = environ.get(name, "").strip()
    remember([token])
    if not token:
        return NoComment(reason=f"needs {name}; jobs for pull requests from forks have no secrets")
    if not re.fullmatch(r"[!-~]+", token):
        return NoComment(reason=f"needs a token without spaces and control characters in {name}")
    return token


def number_in(environ: Mapping[str, str], name: str) -> int:
    """Return a number, or 0 if the variable holds none."""
    value = environ.get(name, "")
    return int(value) if re.fullmatch("[0-9]{1,18}", value) else 0
