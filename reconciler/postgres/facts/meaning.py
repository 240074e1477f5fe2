"""The meaning of definitions, asked from the server."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from reconciler.model.definition import words_differ
from reconciler.model.facts.meaning import Interpretation, Meaning, MeaningOf
from reconciler.postgres.canonical import judge
from reconciler.postgres.data_checks import DataChecker
from reconciler.postgres.session import Session


def meanings_of(
    session: Session, checker: DataChecker, asked: Sequence[MeaningOf]
) -> Mapping[MeaningOf, Interpretation]:
    """Return the meanings. If the words differ from the expected ones, the expected ones are interpreted too, so
    that both can be compared."""
    keeper = checker.gatekeeper
    tables = keeper.live.tables if keeper.live is not None else {}
    answers = dict(zip(asked, judge(session, asked, keeper, tables), strict=True))
    compared = {
        one: MeaningOf(key=one.key, definition=one.expected, search_path=one.search_path)
        for one, answer in answers.items()
        if isinstance(answer, Meaning)
        and one.expected is not None
        and words_differ(answer.definition, one.expected)
    }
    found = judge(session, list(compared.values()), keeper, tables) if compared else []
    for one, expected in zip(compared, found, strict=True):
        answer = answers[one]
        if isinstance(answer, Meaning) and isinstance(expected, Meaning):
            answers[one] = replace(answer, of_expected=expected.definition)
    return answers
