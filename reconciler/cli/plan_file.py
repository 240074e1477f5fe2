"""Reads a plan file. The file is not trusted: its size is limited, and its digest is checked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NoReturn

from reconciler.model.errors import UsageError
from reconciler.model.rules.connections import PLAN_FILE

_HINT = "write it with `reconcile plan -o PLANFILE`"
_DECLARED = "the file with the declared state is named with -f: `reconcile apply -f FILE`"


def read_plan_file(path: Path, *, follow: bool = False) -> dict[str, Any]:
    """Return the JSON of a plan file. Raise `UsageError` if it is not a plan, or was changed."""
    from reconciler.execution.expected import expected_plan

    try:
        document = json.loads(_read(path, follow), object_pairs_hook=_without_doubles, parse_constant=_no_number)
    except (ValueError, RecursionError):
        hint = _DECLARED if path.suffix in (".yaml", ".yml") else _HINT
        raise _unusable(f"{path} is not a plan file: it is not JSON", hint) from None
    if not isinstance(document, dict):
        raise _unusable(f"{path} is not a plan")
    expected_plan(document)
    return document


def _read(path: Path, follow: bool) -> bytes:
    from reconciler.spec.files import FOLLOW_HINT
    from reconciler.spec.opening import NotPlain, TooLarge, read_followed, read_plain

    try:
        return read_followed(str(path)) if follow else read_plain(str(path))
    except NotPlain as error:
        raise _unusable(f"cannot read {path}: it is {error.what}", FOLLOW_HINT) from None
    except TooLarge:
        raise _unusable(f"{path} is too large for a plan file") from None
    except OSError as error:
        raise _unusable(f"cannot read {path}: {error.strerror or error}") from None


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse duplicate keys: a reader may see one value while the program uses the other."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("duplicate key")
    return found


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is not valid JSON")


def _unusable(message: str, hint: str = _HINT) -> UsageError:
    return UsageError(message, rule=PLAN_FILE, hint=hint)
