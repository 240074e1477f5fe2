"""Answers the questions of planning by queries of a session: one query, or a few, for all questions of a type."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from reconciler.model.facts import Answers, Question
from reconciler.model.listening import DataChecks, unheard
from reconciler.model.options import Options
from reconciler.model.state import LiveState
from reconciler.postgres.session import Session, pipelined

if TYPE_CHECKING:
    from reconciler.postgres.data_checks import DataChecker


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveFacts:
    """The answers of a session's server to the questions of one plan.

    `live` is the state that the plan is made from; `options` are the operator's settings. `emit` receives the
    progress of the data checks.
    """

    session: Session
    options: Options
    live: LiveState
    emit: Callable[[DataChecks], None] = unheard
    _checker: list[DataChecker] = field(default_factory=list, init=False, repr=False)

    def ask(self, questions: Iterable[Question[Any]], /) -> Answers:
        """Send the queries for all questions first, then read the answers."""
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
                known.update(GUARDED[kind](self.session, self._guarded(), list(asked)))
        return Answers(known=known)

    def _guarded(self) -> DataChecker:
        """Return the gatekeeper and the checker, which decide for the whole plan which functions trials and data
        checks may call."""
        if not self._checker:
            from reconciler.postgres.data_checks import DataChecker  # late: as above
            from reconciler.postgres.gatekeeper import gatekeeper

            keeper, options = gatekeeper(self.options, self.live), self.options
            checker = DataChecker(
                gatekeeper=keeper, budget=options.check_timeout, samples=options.samples, emit=self.emit
            )
            self._checker.append(checker)
        return self._checker[0]
