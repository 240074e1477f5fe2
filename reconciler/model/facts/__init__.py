"""What planning asks the server: questions and answers as plain values, which can be written as JSON and read again.

Planning knows the server only by `Facts`. An answer holds values alone: no cursor, callback or connection.
"""

from __future__ import annotations

from typing import Generic, Protocol, TypeVar

A = TypeVar("A")


class Question(Generic[A]):
    """A question to the server about any number of objects. `A` is the type of its answer."""

    __slots__ = ()


class Facts(Protocol):
    """Answers questions about one server and database."""

    def answer(self, question: Question[A], /) -> A:
        """Answer one question."""
        ...
