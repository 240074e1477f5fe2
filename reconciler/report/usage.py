"""Renders what was recorded about the use of tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reconciler.kinds import section_for
from reconciler.kinds.kind import Purpose
from reconciler.model.as_json import as_json
from reconciler.report.json import dumps
from reconciler.report.wording import one_line, plural

if TYPE_CHECKING:
    from reconciler.execution.usage import RecordedUsage

FORMAT_VERSION = 1


def render_recorded_text(recorded: Sequence[RecordedUsage]) -> str:
    """Render one line for each server."""
    if not any(one.tables for one in recorded):
        section = section_for(Purpose.DROPS_TABLE)
        return f"Nothing to record: no table of `{section}` exists, and the archive is empty.\n"
    lines = (
        f"Recorded the use of {plural(len(one.tables), 'table')} on "
        f"{f'standby {one.standby}' if one.standby else 'the primary'}: {', '.join(map(str, one.tables))}."
        for one in recorded
    )
    return "".join(f"{one_line(line)}\n" for line in lines)


def render_recorded_json(recorded: Sequence[RecordedUsage]) -> str:
    """Render the same as JSON."""
    return dumps({"format_version": FORMAT_VERSION, "recorded": [as_json(one) for one in recorded]})
