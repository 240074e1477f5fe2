"""The event triggers that the steps of a plan fire: each may reject or change what a step does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set

from reconciler.model.facts import Answers
from reconciler.model.facts.event_triggers import EventTrigger, EventTriggersOfCommands
from reconciler.model.plan import Note
from reconciler.model.route import Route
from reconciler.model.rules.notes import FIRES_EVENT_TRIGGERS
from reconciler.model.step import DetachAction, LoadAction, SqlAction, Step

_COMMAND = re.compile(
    r"(COMMENT|GRANT|REVOKE)\b|(CREATE|ALTER|DROP) (?:OR REPLACE |UNIQUE )*(MATERIALIZED VIEW|FOREIGN TABLE|[A-Z]+)"
)
_OF_PG_RESTORE = ("CREATE TABLE", "ALTER TABLE")
"""What pg_restore sends for most tables. What else it sends depends on the dump."""
_REMAINS = {
    "CREATE INDEX CONCURRENTLY": "leaves an invalid index",
    "DROP INDEX CONCURRENTLY": "leaves the index invalid, and no query uses it any more",
}
"""What remains if an event trigger rejects a command outside of a transaction after its first part."""


def fired_event_triggers(answers: Answers, routes: Sequence[Route]) -> Iterator[Note]:
    """Return a note that names the event triggers which the steps fire, and for which commands."""
    statements = [text for route in routes for step in route.steps for text in _statements(step)]
    if not statements:
        return
    found = {one: _fired_by(one, statements) for one in answers[EventTriggersOfCommands()]}
    fired = [_described(one, tags) for one, tags in found.items() if tags]
    if not fired:
        return
    message = f"the steps fire event triggers, which may reject or change them: {'; '.join(fired)}"
    remains = [f"{command} {what}" for command, what in _REMAINS.items() if _ends_badly(command, found, statements)]
    if remains:
        message += f". If one rejects a command when it ends, {', and '.join(remains)}"
    yield Note(rule=FIRES_EVENT_TRIGGERS, key=None, place=None, message=message)


def _statements(step: Step) -> Iterator[str]:
    if isinstance(step.action, SqlAction | DetachAction):
        yield from map(str, step.action.statements)
    elif isinstance(step.action, LoadAction):
        yield from _OF_PG_RESTORE
    for one in step.otherwise:
        yield from _statements(one)


def command_tag(statement: str) -> str | None:
    """Return the tag of a statement of the tool, such as `CREATE INDEX`; None if no event trigger fires for it.

    The DO block that creates the archive revokes privileges."""
    found = _COMMAND.match(statement) or (_COMMAND.search(statement) if statement.startswith("DO ") else None)
    return None if found is None else found[1] or f"{found[2]} {found[3]}"


def _fired_by(trigger: EventTrigger, statements: Iterable[str]) -> Set[str]:
    """Return the tags of the statements for which the event trigger fires."""
    drops_only = trigger.event == "sql_drop"
    tags = {command_tag(one) for one in statements if not drops_only or one.startswith("DROP ") or " DROP " in one}
    return {one for one in tags if one is not None and (trigger.tags is None or one in trigger.tags)}


def _described(trigger: EventTrigger, tags: Set[str]) -> str:
    return f"{trigger.name} at {trigger.event} for {', '.join(sorted(tags))} (function {trigger.function})"


def _ends_badly(command: str, found: dict[EventTrigger, Set[str]], statements: Iterable[str]) -> bool:
    tag = command.removesuffix(" CONCURRENTLY")
    return any(one.event != "ddl_command_start" and tag in tags for one, tags in found.items()) and any(
        command_tag(one) == tag and " CONCURRENTLY " in one for one in statements
    )
