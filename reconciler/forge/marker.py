"""The hidden marker in the first line of our comment."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, unquote

_VALUE: Final = r"([\w/.%~]*)"
_NUMBER: Final = r"([0-9]{1,19})"
_MARKER: Final = re.compile(
    rf"<!-- reconcile:1 file={_VALUE} environment={_VALUE} commit={_VALUE} run={_NUMBER}\.{_NUMBER} -->(?:\r?\n|$)",
    re.ASCII,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker:
    """Names the file and environment that a comment is for, and the commit and run that it shows.

    `run` is compared to find the newer of two runs: the number of the run or pipeline, and of its attempt or job.
    """

    file: str
    environment: str
    commit: str
    run: tuple[int, int]

    def __str__(self) -> str:
        file, environment, commit = map(_encoded, (self.file, self.environment, self.commit))
        number, attempt = self.run
        return f"<!-- reconcile:1 file={file} environment={environment} commit={commit} run={number}.{attempt} -->"

    def is_for_same(self, other: Marker) -> bool:
        """Whether both are for the same file and environment."""
        return (self.file, self.environment) == (other.file, other.environment)


def marker_of(body: str) -> Marker | None:
    """Return the marker that a comment begins with. Markers further down are quotes, and do not count."""
    found = _MARKER.match(body)
    if found is None:
        return None
    file, environment, commit, number, attempt = found.groups()
    return Marker(
        file=_decoded(file),
        environment=_decoded(environment),
        commit=_decoded(commit),
        run=(int(number), int(attempt)),
    )


def marked(marker: Marker, body: str, limit: int) -> str:
    """Return the text of a comment of at most `limit` characters, which names its commit.

    If lines have to be left out, the comment says so first: a notice at the end could be inside an open code block.
    """
    commit = f"*For commit {marker.commit[:12]}.*\n\n" if re.fullmatch("[0-9a-f]+", marker.commit) else ""
    head = f"{marker}\n{commit}"
    if len(head) + len(body) <= limit:
        return head + body
    notice = "**This comment was too long: {} more lines are left out. The log of the job has all.**\n\n"
    room = max(0, limit - len(head) - len(notice) - 20)
    kept = body[:room].rpartition("\n")[0]
    left = len(body.rstrip("\n").split("\n")) - (len(kept.split("\n")) if kept else 0)
    return head + notice.format(left) + kept


def _encoded(text: str) -> str:
    """Percent-encode a name, also `-`, so that no name can end the HTML comment."""
    return quote(text, safe="/", errors="surrogateescape").replace("-", "%2D")


def _decoded(text: str) -> str:
    return unquote(text, errors="surrogateescape")
