"""What reviewers should look at, worst first: refusals, gated hazards and notes, for formats that annotate files."""

from __future__ import annotations

import enum
import hashlib
import json
import posixpath
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import quote

from reconciler.kinds import name_of, named
from reconciler.model.errors import Problem
from reconciler.model.hazards import Hazard
from reconciler.model.names import Key, Place
from reconciler.model.plan import Refusal
from reconciler.report.report import Report, ReportedChange
from reconciler.report.wording import one_line


class Level(enum.StrEnum):
    """How bad an issue is. `error` refuses the plan."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One issue at its place, on one line. `fingerprint` stays the same when lines move and counts change."""

    level: Level
    rule: str
    object: str
    place: Place | None
    message: str
    fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    level: Level
    rule: str
    key: Key | None
    place: Place | None
    message: str
    whole: str = "the plan"
    """What an issue without a key is about."""


def issues_of(report: Report) -> tuple[Issue, ...]:
    """Return the issues of a report, errors first. A hazard that is refused is one issue."""
    refused = {(str(one.rule), one.key) for one in report.refusals}
    found = [_refused(one) for one in report.refusals]
    for change in report.changes:
        found += [one for one in _hazards(change) if (one.rule, one.key) not in refused]
    for note in report.notes:
        found.append(_Found(level=Level.NOTE, rule=note.rule, key=note.key, place=note.place, message=note.message))
    seen: Counter[str] = Counter()
    return tuple(_issue(one, seen) for one in found)


def issues_of_problems(problems: Sequence[Problem], level: Level = Level.ERROR) -> tuple[Issue, ...]:
    """Return the problems of a file, or warnings about it, as issues."""
    seen: Counter[str] = Counter()
    found = (
        _Found(
            level=level,
            rule=one.rule,
            key=None,
            place=one.place,
            message=f"{one.message} ({one.hint})" if one.hint else one.message,
            whole="the file",
        )
        for one in problems
    )
    return tuple(_issue(one, seen) for one in found)


def worst_first(report: Report) -> Report:
    """Return the report with its changes by severity. Their numbers, and those of the steps, are those of the plan."""
    return replace(report, changes=tuple(sorted(report.changes, key=_severity)))


def _severity(change: ReportedChange) -> tuple[bool, bool, bool, bool]:
    """Sort gated hazards first, then other hazards, then drops, then locks that block."""
    hazards = hazards_of(change)
    return (
        not any(one.kind.gated for one in hazards),
        not hazards,
        change.verb not in ("drop", "archive", "dump"),
        not any(lock.blocks for step in change.steps for lock in step.locks),
    )


def hazards_of(change: ReportedChange) -> list[Hazard]:
    """Return the hazards of a change and of its steps, each once."""
    return list(dict.fromkeys((*change.hazards, *(hazard for step in change.steps for hazard in step.hazards))))


def uri_of(file: str) -> str:
    """Return the URI of a file: relative, as the command was given it, or `file:///…` of an absolute path."""
    path = quote(posixpath.normpath(file.encode("utf-8", errors="replace")))
    return f"file://{path}" if path.startswith("/") else path.replace(":", "%3A")


def place_of(issue: Issue, sources: Sequence[str]) -> Place:
    """Return where to show an issue: the beginning of the first file if it has no place."""
    return issue.place or Place(file=sources[0] if sources else "schema.yaml", line=1, column=1)


def _refused(refusal: Refusal) -> _Found:
    message = _sentences(refusal.cause, f"What to do: {refusal.remedy}")
    if refusal.finding is not None:
        message = _sentences(message, f"Count: {refusal.finding.amount}")
    return _Found(level=Level.ERROR, rule=refusal.rule, key=refusal.key, place=refusal.place, message=message)


def _hazards(change: ReportedChange) -> Iterator[_Found]:
    for hazard in hazards_of(change):
        if hazard.kind.gated:
            effect = "; ".join(filter(None, (hazard.detail, hazard.kind.meaning)))
            yield _Found(
                level=Level.WARNING,
                rule=hazard.kind.id,
                key=change.key,
                place=change.place,
                message=_sentences(effect, f"What to do: {hazard.kind.remedy}"),
            )


_BYTES: Final = 20


def _sentences(first: str, second: str) -> str:
    return f"{first.rstrip().removesuffix('.')}. {second}"


def _issue(found: _Found, seen: Counter[str]) -> Issue:
    name = name_of(found.key) if found.key else ""
    about = found.key if found.whole == "the plan" else found.message
    identity = json.dumps([found.rule, about, found.place and posixpath.normpath(found.place.file)])
    seen[identity] += 1
    hashed = hashlib.sha256(f"{identity} {seen[identity]}".encode()).digest()[:_BYTES].hex()
    return Issue(
        level=found.level,
        rule=str(found.rule),
        object=one_line(name) or found.whole,
        place=found.place,
        message=one_line(named(found.key, found.message)),
        fingerprint=hashed,
    )
