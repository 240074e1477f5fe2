"""The event triggers of the database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from reconciler.model.facts import Question


@dataclass(frozen=True, slots=True, kw_only=True)
class EventTrigger:
    """An enabled event trigger, by its quoted name, and the function that it calls. `tags` are the commands for which
    it fires; None for all."""

    name: str
    function: str
    event: str
    tags: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventTriggersOfCommands(Question[tuple[EventTrigger, ...]]):
    """Which event triggers fire at the start or end of a command, or when it drops objects? Those that only log
    statements for this tool do not count."""

    assumed: ClassVar[tuple[EventTrigger, ...]] = ()
