"""Asks the questions of a function in sets. The function gets answers, and is called again if it needs further ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from reconciler.model.facts import Answers, Assumed, Facts, Unanswered

T = TypeVar("T")


def in_one_set(facts: Facts, run: Callable[[Answers], T]) -> T:
    """Return what the function returns. All its questions are asked in one set, as long as the answers are the
    usual ones.

    The function must change nothing outside of it: it is called again unless all answers are the usual ones.
    """
    assumed = Assumed()
    found = run(assumed)
    answers = facts.ask(assumed.missing) if assumed.missing else Answers()
    if all(answer == question.assumed for question, answer in answers.known.items()):
        return found
    return in_sets(facts, run, answers)


def in_sets(facts: Facts, run: Callable[[Answers], T], known: Answers | None = None) -> T:
    """Return what the function returns. Each set of questions that it needs to continue is asked in turn."""
    answers = known or Answers()
    while True:
        try:
            return run(answers)
        except Unanswered as more:
            answers = answers.and_(facts.ask(more.questions))
