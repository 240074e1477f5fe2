"""Answers the questions of planning by queries of a session: one query, or a few, for all questions of a type."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from reconciler.model.facts import Answers, Question
from reconciler.postgres.data_checks import DataChecker
from reconciler.postgres.session import Session, pipelined


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveFacts:
    """The answers of the server of a session. `checker` runs the data checks; its gatekeeper decides what trials and
    data checks may call."""

    session: Session
    checker: DataChecker

    def ask(self, questions: Iterable[Question[Any]], /) -> Answers:
        """Send the queries for all questions first, and read the answers then."""
        by_type: dict[type[Question[Any]], dict[Question[Any], None]] = {}
        for one in questions:
            by_type.setdefault(type(one), {})[one] = None
        if not by_type:
            return Answers()
        from reconciler.postgres.facts.registry import ALONE, GUARDED, SENT  # late: most plans ask nothing

        known: dict[Question[Any], Any] = {}
        sent = [(SENT[kind], list(asked)) for kind, asked in by_type.items() if kind in SENT]
        with pipelined(self.session.connection):
            waiting = [send(self.session, asked) for send, asked in sent]
            for answers in waiting:
                known.update(answers())
        for kind, asked in by_type.items():
            if kind in ALONE:
                known.update(ALONE[kind](self.session, list(asked)))
            elif kind in GUARDED:
                known.update(GUARDED[kind](self.session, self.checker, list(asked)))
        return Answers(known=known)
