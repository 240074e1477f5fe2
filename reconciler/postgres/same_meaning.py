"""Finds questions that must have the same answer, so that a question about one table is not repeated for the next.

A definition means the same on two tables if everything that it can name there is equal. This is decided from the
text, without parsing it: every word of an expression counts as the name of a column, if there is one of that name.
Expressions that might use more (the table's own name, quoted names) are never treated as the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping, Sequence

from reconciler.model.facts.meaning import Interpretation, Meaning, MeaningOf
from reconciler.model.names import TableName
from reconciler.model.state import Column, LiveTable

_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_$]*")


def ask_once(
    questions: Sequence[MeaningOf],
    tables: Mapping[TableName, LiveTable],
    ask: Callable[[Sequence[MeaningOf]], Sequence[Interpretation]],
) -> list[Interpretation]:
    """Return an answer for each question. Of those that must have the same one, only the first is asked.

    `tables` are those that the questions are about, with their columns. The others of a group are asked as well if the
    first has no meaning: the reason may be its table.
    """
    answers: dict[int, Interpretation] = {}
    alone: list[int] = []
    groups = groups_of_same_meaning(questions, tables)
    for group, answer in zip(groups, ask([questions[group[0]] for group in groups]), strict=True):
        same = group if isinstance(answer, Meaning) else group[:1]
        answers.update(dict.fromkeys(same, answer))
        alone += group[len(same) :]
    answers.update(zip(alone, ask([questions[n] for n in alone]), strict=True))
    return [answers[n] for n in range(len(questions))]


def groups_of_same_meaning(
    questions: Sequence[MeaningOf], tables: Mapping[TableName, LiveTable]
) -> list[list[int]]:
    """Return the numbers of the questions, grouped by those that must have the same answer, in the order of the
    first of each.

    `tables` are the tables with their columns; a question about an unknown table is a group of its own.
    """
    groups: dict[Hashable, list[int]] = {}
    for n, question in enumerate(questions):
        seen = _seen(question, tables.get(question.key.table_name))
        meaning = (
            n
            if seen is None
            else (question.key.kind, question.definition, question.expected, question.search_path, seen)
        )
        groups.setdefault(meaning, []).append(n)
    return list(groups.values())


def _seen(question: MeaningOf, table: LiveTable | None) -> frozenset[Column] | None:
    """Return the columns that the definition can use of its table; None if it might use more than columns."""
    definition = question.definition
    if table is None or definition.reference() is not None:
        return None
    if table.is_partitioned and question.key.kind != "check":
        return None  # its partition key decides which keys can be unique
    words = set(definition.columns())
    for expression in definition.expressions():
        if not _has_plain_words(expression, table.name.name):
            return None
        words.update(word.lower() for word in _WORD.findall(expression))
    return frozenset(table.columns[word] for word in words if word in table.columns)


def _has_plain_words(expression: str, table: str) -> bool:
    """Whether all names in an expression are plain words, and none of them is, or contains, the table's name."""
    return expression.isascii() and '"' not in expression and table.lower() not in expression.lower()
