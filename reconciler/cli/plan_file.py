"""Reads a plan file. The file is not trusted: its size is limited, and its digest is checked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from reconciler.cli.given_file import read_given
from reconciler.model.errors import UsageError
from reconciler.model.own_files import strict_json
from reconciler.model.rules.connections import PLAN_FILE

_HINT = "write it with `reconcile plan -o PLANFILE`"
_DECLARED = "the file with the declared state is named with -f: `reconcile apply -f FILE`"


def read_plan_file(path: Path, *, follow: bool = False) -> dict[str, Any]:
    """Return the JSON of a plan file. Raise `UsageError` if it is not a plan, or was changed."""
    from reconciler.execution.expected import expected_plan

    try:
        document = strict_json(read_given(path, _unusable, follow=follow))
    except (ValueError, RecursionError):
        raise _unusable("it is not JSON", _DECLARED if path.suffix in (".yaml", ".yml") else _HINT) from None
    if not isinstance(document, dict):
        raise _unusable("it is not a plan")
    expected_plan(document)
    return document


def _unusable(why: str, hint: str = _HINT) -> UsageError:
    return UsageError(f"the plan file cannot be used: {why}", rule=PLAN_FILE, hint=hint)
