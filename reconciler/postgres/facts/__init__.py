"""Answers the questions of planning by queries of a session."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from reconciler.model.facts import A, Question
from reconciler.postgres.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveFacts:
    """The answers of the server of a session."""

    session: Session

    def answer(self, question: Question[A], /) -> A:
        from reconciler.postgres.facts.registry import ANSWERS  # late: a plan that finds nothing to do asks nothing

        return cast(A, ANSWERS[type(question)](self.session, question))
