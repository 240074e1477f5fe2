"""Likely mistakes in a file that is valid. This imports sqlglot."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Final

from reconciler.kinds import KINDS
from reconciler.kinds.base.expressions import expression_warnings, shortened
from reconciler.kinds.file.readers import in_double_quotes
from reconciler.model.errors import MAX_PROBLEMS, Problem
from reconciler.model.rules.notes import ADVICE_LEFT_OUT, DOUBTFUL_EXPRESSION, QUOTED_NAME
from reconciler.model.state import Declared, DesiredState

MAX_ADVICE_S: Final = 10.0
"""Time limit for checking all expressions in the files, in seconds: advice must not delay the command."""

_SECTIONS = {kind.id: kind.section for kind in KINDS}


def warnings_of(desired: DesiredState, *, clock: Callable[[], float] = time.monotonic) -> list[Problem]:
    """Return likely mistakes, in file order. None of them prevents an apply.

    After `MAX_ADVICE_S`, or `MAX_PROBLEMS` warnings, the rest is left out, and the last warning says so.
    """
    found: list[Problem] = []
    end = clock() + MAX_ADVICE_S
    left_out = 0
    for declared in desired.objects.values():
        if clock() > end or len(found) >= MAX_PROBLEMS:
            left_out += 1
        else:
            found += _of_object(declared)
    found.sort(key=lambda problem: (problem.place is None, problem.place, problem.message))
    if left_out:
        message = (
            f"the expressions of {left_out} objects were not checked for likely mistakes: that would take too long"
        )
        found.append(Problem(place=None, rule=ADVICE_LEFT_OUT, message=message))
    return found


def _of_object(declared: Declared) -> Iterator[Problem]:
    if in_double_quotes(declared.key.name):
        bare = declared.key.name[1:-1]
        message = f"the name {declared.key.name} will contain the double quotes: names are never quoted in the file"
        yield Problem(place=declared.place, rule=QUOTED_NAME, message=message, hint=f"write {bare}")
    for field, text in _SECTIONS[declared.key.kind].expressions(declared.definition):
        for warning in expression_warnings(text):
            message = f"in `{shortened(text)}`: {warning}"
            yield Problem(place=declared.place_of(field), rule=DOUBTFUL_EXPRESSION, message=message)
