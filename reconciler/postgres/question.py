"""What is asked of the server about a definition, and the three answers."""

from __future__ import annotations

from dataclasses import dataclass

from reconciler.model.definition import Definition
from reconciler.model.names import Key
from reconciler.model.server_error import ServerError


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What does this definition mean, if names in it are looked up along `search_path`?

    `hoped` is the live definition: once the server's words are the live ones, no more need be known.
    """

    key: Key
    definition: Definition
    search_path: tuple[str, ...]
    hoped: Definition | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """The server's own words, stable under further reading.

    `volatile` are the volatile functions that a check would call; of anything else, those that are not immutable.
    `untried` are the functions that may not be called, because of which it was parsed only. It is not `exact` if the
    catalog may print its expressions with other white space and other prefixes. `hiding` are the functions and
    operators in it that are found instead of PostgreSQL's own. `whole_row`: an expression uses rows of its table as
    wholes.
    """

    definition: Definition
    volatile: tuple[str, ...] = ()
    untried: tuple[str, ...] = ()
    exact: bool = True
    hiding: tuple[str, ...] = ()
    whole_row: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """The server does not accept the definition."""

    error: ServerError


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """The server could not be asked, or its answer (`error`) says nothing about the real table."""

    reason: str
    error: ServerError | None = None


Answer = Meaning | Rejected | Unknown
