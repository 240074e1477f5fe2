"""Runs the statements of a step with the search path of the file.

The functions that an index or a check calls, and those of event triggers, look names up there: a step must find the
same objects as the trial of the plan. The tool's own statements run with `pg_catalog`, because other schemas may
have code of any role.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from reconciler.postgres.session import search_path_text

SAFE_PATH = (
    "PostgreSQL 17 and later evaluate functions of an index with search_path pg_catalog, pg_temp: "
    "name the schemas in the function's body, or set its path with ALTER FUNCTION … SET search_path"
)
"""Why a function that an index calls does not find a name, and what to do."""


def on_search_path(path: Sequence[str], statements: Sequence[str], *, concurrent: bool) -> list[str]:
    """Return the statements between those that set the path: for the transaction, or for the session of a
    concurrent step."""
    return bracketed(
        set_search_path(path, concurrent=concurrent), statements, reset_search_path(concurrent=concurrent)
    )


def set_search_path(path: Sequence[str], *, concurrent: bool) -> str:
    """Return the statement after which names are looked up in the path."""
    return f"{'SET' if concurrent else 'SET LOCAL'} search_path = {search_path_text(path)}"


def reset_search_path(*, concurrent: bool) -> str:
    """Return the statement after which names are only looked up in `pg_catalog`."""
    return set_search_path(["pg_catalog"], concurrent=concurrent)


def bracketed(before: str, statements: Sequence[str], after: str) -> list[str]:
    """Return the statements between these two, except for DO statements, which belong to the tool."""
    return list(_bracketed(before, statements, after))


def _bracketed(before: str, statements: Sequence[str], after: str) -> Iterator[str]:
    for own, group in groupby(statements, key=lambda statement: statement.startswith("DO ")):
        if own:
            yield from group
        else:
            yield before
            yield from group
            yield after
