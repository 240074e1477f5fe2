"""The meaning of a definition to the server, and the three possible answers."""

from __future__ import annotations

from dataclasses import dataclass

from reconciler.model.definition import Definition
from reconciler.model.facts import Question
from reconciler.model.names import Key
from reconciler.model.server_error import ServerError


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """The server's own words, stable under further reading.

    `volatile` are the volatile functions that it would call. If it must be immutable and was only parsed, they are all
    functions that are not immutable. `named` are the signatures of the functions in it that do not
    belong to `pg_catalog`, also those of operators.
    `untried` are the functions that must not be called, because of which it was only parsed. It is not `exact` if
    the catalog may print its expressions with other white space and other prefixes. `hiding` are the functions and
    operators in it that are found instead of PostgreSQL's own. `whole_row`: an expression uses whole rows of its
    table. `of_expected` is the expected definition in the server's words, if the words of the definition differ
    from it.
    """

    definition: Definition
    volatile: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    untried: tuple[str, ...] = ()
    exact: bool = True
    hiding: tuple[str, ...] = ()
    whole_row: bool = False
    of_expected: Definition | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """The server does not accept the definition."""

    error: ServerError


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """The server could not be asked, or its answer (`error`) says nothing about the real table. `same` is the
    definition in the words of the expected one, if its expressions mean the same nevertheless."""

    reason: str
    error: ServerError | None = None
    same: Definition | None = None

    @property
    def is_denied(self) -> bool:
        """Whether the role lacks a right; what functions of event triggers say does not count."""
        return self.error is not None and self.error.sqlstate == "42501" and not self.error.in_function


Interpretation = Meaning | Rejected | Unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class MeaningOf(Question[Interpretation]):
    """What does this definition mean, if names in it are looked up in `search_path`?

    `expected` is the live definition: if the server's words equal it, no more is asked.
    """

    key: Key
    definition: Definition
    search_path: tuple[str, ...]
    expected: Definition | None = None
