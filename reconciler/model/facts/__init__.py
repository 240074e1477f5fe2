"""What planning asks the server: questions and answers as plain values, which can be written as JSON and read
again.

A question is about one subject. Questions are asked in sets, so that one query answers all questions of a type.
Planning knows the server only by `Server` and by `Answers`, which hold only values: no cursor, callback or
connection.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Generic, Protocol, TypeVar, cast

A = TypeVar("A")


class Question(Generic[A]):
    """A question to the server about one subject. `A` is the type of its answer.

    `assumed` is the usual answer. With it, a function can be called to find out its further questions.
    """

    __slots__ = ()

    assumed: ClassVar[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """The answers to the questions asked so far."""

    known: Mapping[Question[Any], Any] = field(default_factory=dict)

    def __getitem__(self, question: Question[A]) -> A:
        """Return the answer to a question. Raise `Unanswered` if it was not asked."""
        return next(self.of([question]))

    def of(self, questions: Iterable[Question[A]]) -> Iterator[A]:
        """Return the answers to several questions. Raise `Unanswered` with all of those that were not asked."""
        wanted = list(questions)
        missing = [one for one in wanted if one not in self.known]
        if missing:
            raise Unanswered(missing)
        return (cast(A, self.known[one]) for one in wanted)

    def and_(self, others: Answers) -> Answers:
        return Answers(known={**self.known, **others.known})


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumed(Answers):
    """The answers so far, and the usual answer to any other question, which is added to `missing`."""

    missing: dict[Question[Any], None] = field(default_factory=dict)

    def of(self, questions: Iterable[Question[A]]) -> Iterator[A]:
        wanted = list(questions)
        self.missing.update((one, None) for one in wanted if one not in self.known)
        return (cast(A, self.known.get(one, one.assumed)) for one in wanted)


class Unanswered(Exception):
    """A function needs the answers to further `questions`. It can be called again with them."""

    def __init__(self, questions: Iterable[Question[Any]]) -> None:
        self.questions = tuple(questions)
        super().__init__(f"not asked: {self.questions}")


class Facts(Protocol):
    """Answers questions about one server and database."""

    def ask(self, questions: Iterable[Question[Any]], /) -> Answers:
        """Answer a set of questions, each of them once."""
        ...
