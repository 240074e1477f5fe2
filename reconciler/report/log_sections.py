"""Sections of a job's log, which people open and close, in the CI systems that have them."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from reconciler.model.ci_system import CiSystem

_NAME: Final = "reconcile_report"
_ERASE: Final = "\x1b[0K"


def section_marks(title: str, system: CiSystem, now: datetime) -> tuple[str, str]:
    """Return the lines before and after a section; both are empty in a system without sections.

    `title` is a text of our own. See the workflow commands of GitHub Actions, "formatting commands" of Azure Pipelines,
    "custom collapsible sections" of GitLab CI and "service messages" of TeamCity.
    """
    match system:
        case CiSystem.GITHUB:
            return f"::group::{title}\n", "::endgroup::\n"
        case CiSystem.AZURE:
            return f"##[group]{title}\n", "##[endgroup]\n"
        case CiSystem.GITLAB:
            time = int(now.timestamp())
            begin = f"{_ERASE}section_start:{time}:{_NAME}[collapsed=true]\r{_ERASE}{title}\n"
            return begin, f"{_ERASE}section_end:{time}:{_NAME}\r{_ERASE}\n"
        case CiSystem.TEAMCITY:
            name = f"##teamcity[block{{}} name='{title}']\n"
            return name.format("Opened"), name.format("Closed")
        case _:
            return "", ""
