"""Questions and answers are written as JSON and read again without a difference."""

from __future__ import annotations

import json
from typing import Any, get_args, get_origin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reconciler.model.codec import codec
from reconciler.model.facts import Question
from reconciler.model.facts.data import DataCheck
from reconciler.model.facts.journal import Replacement
from reconciler.model.facts.meaning import Meaning, MeaningOf
from tests.kinds.test_definitions import texts  # the module registers how definitions are drawn
from tests.planning.test_purity import QUESTIONS

JSON = st.none() | st.dictionaries(texts, st.integers() | st.none(), max_size=2)

st.register_type_strategy(Replacement, st.builds(Replacement, before=JSON, after=JSON))


def written_types(question: type[Question[Any]]) -> list[Any]:
    """Return the types of a question and its answer. What may contain values of rows is not written: a data check,
    and an error about a definition."""
    (base,) = (one for one in question.__orig_bases__ if get_origin(one) is Question)
    return [question, Meaning if question is MeaningOf else get_args(base)[0]]


@pytest.mark.parametrize(
    "question", [one for one in QUESTIONS if one is not DataCheck], ids=lambda one: one.__name__
)
@settings(max_examples=5, derandomize=True, database=None)
@given(data=st.data())
def test_a_question_and_its_answer_are_read_as_they_were_written(
    question: type[Question[Any]], data: st.DataObject
) -> None:
    for kind in written_types(question):
        value = data.draw(st.from_type(kind))
        text = json.dumps(codec(kind).write(value))
        assert codec(kind).read(json.loads(text)) == value
