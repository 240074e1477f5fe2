"""Has the statements of a step run along the search path of the file.

The functions that an index or a check calls, and those of event triggers, look names up there: a step must find what
the trial of the plan has found. What the tool itself sends runs along `pg_catalog`, as code of any role may lie
elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from reconciler.postgres.session import search_path_text

SAFE_PATH = (
    "PostgreSQL 17 and later evaluate functions of an index with search_path pg_catalog, pg_temp: "
    "name the schemas in the function's body, or set its path with ALTER FUNCTION … SET search_path"
)
"""Why a function that an index calls does not find what it names, and what to do."""


def on_search_path(path: Sequence[str], statements: Sequence[str], *, concurrent: bool) -> list[str]:
    """The statements between those that set the path: for the transaction, or the session of a concurrent step."""
    return bracketed(
        set_search_path(path, concurrent=concurrent), statements, reset_search_path(concurrent=concurrent)
    )


def set_search_path(path: Sequence[str], *, concurrent: bool) -> str:
    """The statement after which names are looked up along the path."""
    return f"{'SET' if concurrent else 'SET LOCAL'} search_path = {search_path_text(path)}"


def reset_search_path(*, concurrent: bool) -> str:
    """The statement after which names are looked up in `pg_catalog` alone."""
    return set_search_path(["pg_catalog"], concurrent=concurrent)


def bracketed(before: str, statements: Sequence[str], after: str) -> list[str]:
    """The statements between these two, without DO statements, which are the tool's own."""
    return list(_bracketed(before, statements, after))


def _bracketed(before: str, statements: Sequence[str], after: str) -> Iterator[str]:
    for own, group in groupby(statements, key=lambda statement: statement.startswith("DO ")):
        if own:
            yield from group
        else:
            yield before
            yield from group
            yield after
