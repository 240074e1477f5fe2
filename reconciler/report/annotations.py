"""Annotations: what a plan says about lines of the file, and the log commands that show them in a CI system."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from reconciler.model.ci_system import CiSystem
from reconciler.model.controls import shown
from reconciler.model.errors import Problem
from reconciler.model.names import Place
from reconciler.report.issues import Level, issues_of
from reconciler.report.report import Report

MOST: Final = 10
"""GitHub shows at most 10 annotations of each level for a step."""


_WORDS: Final = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "notice"}
"""The levels in GitHub's log commands, the worst first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """A message about a place of the file. `title` begins with the rule or hazard."""

    level: Level
    place: Place | None
    title: str
    message: str


def annotations_of(report: Report) -> list[Annotation]:
    """Return the issues of a plan, the worst first, and its summary before the notes."""
    found = [
        Annotation(level=one.level, place=one.place, title=f"{one.rule}: {one.object}", message=one.message)
        for one in issues_of(report)
    ]
    summary = Annotation(level=Level.NOTE, place=None, title="reconcile", message=report.summary)
    notes = sum(one.level is Level.NOTE for one in found)
    return [*found[: len(found) - notes], summary, *found[len(found) - notes :]]


def render_github(report: Report) -> str:
    """Render the log commands of GitHub Actions."""
    return log_commands(annotations_of(report), CiSystem.GITHUB)


def annotations_of_problems(problems: Sequence[Problem], level: Level = Level.ERROR) -> list[Annotation]:
    """Return the problems of a file, or warnings about it."""
    return [
        Annotation(
            level=level,
            place=one.place,
            title=str(one.rule),
            message=f"{one.message} ({one.hint})" if one.hint else one.message,
        )
        for one in problems
    ]


def log_commands(annotations: Sequence[Annotation], system: CiSystem) -> str:
    """Return the lines that make the system show the annotations; empty if it has no such lines.

    At most `MOST` of each level are kept, and the last of them says how many are left out.
    """
    if system is CiSystem.GITHUB:
        command = _github
    elif system is CiSystem.AZURE:
        command = _azure
    else:
        return ""
    return "".join(f"{command(one)}\n" for level in _WORDS for one in _kept(annotations, level))


def _kept(annotations: Sequence[Annotation], level: Level) -> list[Annotation]:
    of_level = [one for one in annotations if one.level is level]
    if len(of_level) <= MOST:
        return of_level
    left = f"{len(of_level) - MOST + 1:,} more are in the report"
    return [
        *of_level[: MOST - 1],
        Annotation(level=level, place=None, title=f"more of level {_WORDS[level]}", message=left),
    ]


def _github(one: Annotation) -> str:
    """See https://docs.github.com/actions/reference/workflow-commands-for-github-actions."""
    place = {"file": one.place.file, "line": str(one.place.line), "col": str(one.place.column)} if one.place else {}
    properties = ",".join(f"{name}={_property(value)}" for name, value in {**place, "title": one.title}.items())
    return f"::{_WORDS[one.level]} {properties}::{_data(one.message)}"


def _data(text: str) -> str:
    return _apart(shown(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _apart(text: str) -> str:
    """Return the text without two signs `##` in a row, with which a log command begins on Azure."""
    return re.sub("#(?=#)", "# ", text)


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _azure(one: Annotation) -> str:
    """See https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands. It has no notices."""
    level = "error" if one.level is Level.ERROR else "warning"
    place = one.place
    where = ""
    if place is not None:
        where = f"sourcepath={_azure_property(place.file)};linenumber={place.line};columnnumber={place.column};"
    return f"##vso[task.logissue type={level};{where}]{_azure_data(f'{one.title}: {one.message}')}"


def _azure_data(text: str) -> str:
    return _apart(shown(text).replace("%", "%AZP25").replace("\r", "%0D").replace("\n", "%0A"))


def _azure_property(text: str) -> str:
    return _azure_data(text).replace(";", "%3B").replace("]", "%5D")
