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


def along(path: Sequence[str], statements: Sequence[str], *, concurrent: bool) -> list[str]:
    """The statements between those that set the path: for the transaction, or the session of a concurrent step."""
    return between(forth(path, concurrent=concurrent), statements, back(concurrent=concurrent))


def forth(path: Sequence[str], *, concurrent: bool) -> str:
    """The statement after which names are looked up along the path."""
    return f"{'SET' if concurrent else 'SET LOCAL'} search_path = {search_path_text(path)}"


def back(*, concurrent: bool) -> str:
    """The statement after which names are looked up in `pg_catalog` alone."""
    return forth(["pg_catalog"], concurrent=concurrent)


def between(before: str, statements: Sequence[str], after: str) -> list[str]:
    """The statements between these two, without DO statements, which are the tool's own."""
    return list(_between(before, statements, after))


def _between(before: str, statements: Sequence[str], after: str) -> Iterator[str]:
    for own, group in groupby(statements, key=lambda statement: statement.startswith("DO ")):
        if own:
            yield from group
        else:
            yield before
            yield from group
            yield after
