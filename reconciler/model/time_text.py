"""Times as text for people."""

from __future__ import annotations

from datetime import UTC, datetime

SQL_UTC_TEXT = "to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS \"UTC\"')"
"""The same as `utc_text`, by the server; `{}` is a timestamp with time zone."""


def utc_text(at: datetime) -> str:
    """Return `2026-03-01 12:00:00 UTC`."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
