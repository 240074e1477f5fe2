"""Annotations: what a plan says about lines of the file, and the log commands that show them in a CI system."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from reconciler.model.ci_system import CiSystem
from reconciler.model.controls import shown
from reconciler.model.errors import Problem
from reconciler.model.names import Place
from reconciler.report.report import Report, name_of

MOST: Final = 10
"""GitHub shows at most 10 annotations of each level for a step."""


class AnnotationLevel(enum.StrEnum):
    """How serious an annotation is, the worst first, with the word of GitHub's log command."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """A message about a place of the file. `title` begins with the rule or hazard."""

    level: AnnotationLevel
    place: Place | None
    title: str
    message: str


def annotations_of(report: Report) -> list[Annotation]:
    """Return the refusals, then the hazards of the changes, then the notes."""
    return [*_refusals(report), *_hazards(report), *_notes(report)]


def annotations_of_problems(
    problems: Sequence[Problem], level: AnnotationLevel = AnnotationLevel.ERROR
) -> list[Annotation]:
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


def _refusals(report: Report) -> Iterator[Annotation]:
    for one in report.refusals:
        what = f": {name_of(one.key)}" if one.key else ""
        title, message = f"{one.rule}{what}", f"{one.cause}; {one.remedy}"
        yield Annotation(level=AnnotationLevel.ERROR, place=one.place, title=title, message=message)


def _hazards(report: Report) -> Iterator[Annotation]:
    for change in report.changes:
        hazards = {
            (one.kind.id, one.detail): one
            for one in (*change.hazards, *(h for s in change.steps for h in s.hazards))
        }
        for hazard in hazards.values():
            effect = "; ".join(filter(None, (hazard.detail, hazard.kind.meaning)))
            yield Annotation(
                level=AnnotationLevel.WARNING,
                place=change.place,
                title=f"{hazard.kind.id}: {name_of(change.key)}",
                message=effect,
            )


def _notes(report: Report) -> Iterator[Annotation]:
    for one in report.notes:
        what = f": {name_of(one.key)}" if one.key else ""
        yield Annotation(
            level=AnnotationLevel.NOTICE, place=one.place, title=f"{one.rule}{what}", message=one.message
        )


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
    return "".join(f"{command(one)}\n" for level in AnnotationLevel for one in _kept(annotations, level))


def _kept(annotations: Sequence[Annotation], level: AnnotationLevel) -> list[Annotation]:
    of_level = [one for one in annotations if one.level is level]
    if len(of_level) <= MOST:
        return of_level
    left = f"{len(of_level) - MOST + 1:,} more are in the report"
    return [
        *of_level[: MOST - 1],
        Annotation(level=level, place=None, title=f"more of level {level}", message=left),
    ]


def _github(one: Annotation) -> str:
    """See https://docs.github.com/actions/reference/workflow-commands-for-github-actions."""
    place = {"file": one.place.file, "line": str(one.place.line), "col": str(one.place.column)} if one.place else {}
    properties = ",".join(f"{name}={_property(value)}" for name, value in {**place, "title": one.title}.items())
    return f"::{one.level} {properties}::{_data(one.message)}"


def _data(text: str) -> str:
    return shown(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _azure(one: Annotation) -> str:
    """See https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands. It has no notices."""
    level = "error" if one.level is AnnotationLevel.ERROR else "warning"
    place = one.place
    where = ""
    if place is not None:
        where = f"sourcepath={_azure_property(place.file)};linenumber={place.line};columnnumber={place.column};"
    return f"##vso[task.logissue type={level};{where}]{_azure_data(f'{one.title}: {one.message}')}"


def _azure_data(text: str) -> str:
    return shown(text).replace("%", "%AZP25").replace("\r", "%0D").replace("\n", "%0A").replace("##", "# #")


def _azure_property(text: str) -> str:
    return _azure_data(text).replace(";", "%3B").replace("]", "%5D")
