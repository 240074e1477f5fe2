"""What looks like a mistake in a file that is valid. Costs the import of sqlglot."""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.kinds import KINDS
from reconciler.kinds.expressions import expression_warnings
from reconciler.kinds.file.readers import in_double_quotes
from reconciler.model.errors import Problem
from reconciler.model.state import Declared, DesiredState

_SECTIONS = {kind.id: kind.section for kind in KINDS}


def warnings_of(desired: DesiredState) -> list[Problem]:
    """Likely mistakes, in file order. None of them keeps the file from being applied."""
    found = [problem for declared in desired.objects.values() for problem in _of_object(declared)]
    return sorted(found, key=lambda problem: (problem.place is None, problem.place, problem.message))


def _of_object(declared: Declared) -> Iterator[Problem]:
    if in_double_quotes(declared.key.name):
        bare = declared.key.name[1:-1]
        message = f"the name {declared.key.name} will hold its double quotes: names are never quoted in the file"
        yield Problem(place=declared.place, rule="quoted-name", message=message, hint=f"write {bare}")
    for field, text in _SECTIONS[declared.key.kind].expressions(declared.definition):
        for warning in expression_warnings(text):
            message = f"in `{text}`: {warning}"
            yield Problem(place=declared.place_of(field), rule="doubtful-expression", message=message)
