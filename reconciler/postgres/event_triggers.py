"""Event triggers, which may reject any object that the tool creates or drops."""

from __future__ import annotations

from reconciler.postgres.session import Session, rows

_FIRING = """
    SELECT quote_ident(evtname) AS name FROM pg_event_trigger
     WHERE (evtevent LIKE 'ddl%%' OR evtevent = ANY (%(events)s)) AND evtenabled IN ('O', 'A') ORDER BY 1"""


def firing(session: Session, *events: str) -> list[str]:
    """Return the quoted names of those that fire at the start or end of a command, and at these other `events`."""
    return [row["name"] for row in rows(session.connection, _FIRING, {"events": list(events)})]


def named(names: list[str]) -> str:
    """Return an addition to an error that one of them may have raised."""
    return f"; event triggers that fire: {', '.join(names)}" if names else ""
