"""States as plain values, for tests of the planner that use no server."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from reconciler.model.definition import Definition
from reconciler.model.facts import Answers, Facts, Question
from reconciler.model.facts.meaning import Meaning, MeaningOf
from reconciler.model.names import Key, TableName
from reconciler.model.state import Absent, Column, Declared, DesiredState, LiveState
from tests.planning.test_order import PLACE


def declared(key: Key, definition: Definition, **more: Any) -> Declared:
    return Declared(key=key, definition=definition, place=PLACE, **more)


def desired(objects: dict[Key, Definition] | None = None, **more: Any) -> DesiredState:
    return DesiredState(objects={key: declared(key, one) for key, one in (objects or {}).items()}, **more)


def absent(table: TableName, section: str, name: str) -> Absent:
    return Absent(table=table, section=section, name=name, place=PLACE)


def with_columns(live: LiveState, *columns: str) -> LiveState:
    """Return the state with these columns in each table."""
    found = {name: Column(name, "integer", 23, 0, not_null=False) for name in columns}
    return replace(live, tables={name: replace(one, columns=found) for name, one in live.tables.items()})


class Given(Facts):
    """The usual answers, except for the questions with `other` answers."""

    def __init__(self, other: dict[Question[Any], Any] | None = None) -> None:
        self.other = other or {}

    def ask(self, questions: Iterable[Question[Any]], /) -> Answers:
        return Answers(known={one: self.other.get(one, self._usual(one)) for one in questions})

    @staticmethod
    def _usual(question: Question[Any]) -> Any:
        """A definition means what it says."""
        return Meaning(definition=question.definition) if isinstance(question, MeaningOf) else question.assumed
