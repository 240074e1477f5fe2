"""Keeps a run inside the window of its environment."""

from __future__ import annotations

from datetime import UTC, datetime

from reconciler.model.errors import Refused
from reconciler.model.rules.platform import OUTSIDE_WINDOW
from reconciler.model.time_text import utc_text
from reconciler.model.window import Window


def refuse_outside(window: Window | None, now: datetime) -> None:
    """Raise `Refused` if the window is closed."""
    opening = None if window is None else window.opening(now)
    if opening is not None and opening.begin > now:
        raise Refused(
            f"the window {window} is closed: it is {_shown(now)}, and it opens on {_shown(opening.begin)}",
            rule=OUTSIDE_WINDOW,
            hint="run the same command again then; a run continues where it stopped",
        )


def _shown(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%a} {utc_text(moment)}"
