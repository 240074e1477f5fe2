"""Writes the files of `drift --write`, and says what they declare now."""

from __future__ import annotations

from pathlib import Path

from reconciler.cli.output import warn, write_files
from reconciler.model.drift import Adoption
from reconciler.model.errors import ReconcileError
from reconciler.model.rules.connections import NOT_ADOPTED


def write_texts(found: Adoption) -> None:
    """Write all files, or none: raise `ReconcileError` if one cannot be replaced."""
    for name, (before, _) in found.texts.items():
        path = Path(name)
        why = "is not a regular file" if path.is_symlink() or not path.is_file() else ""
        if not why and path.read_bytes() != before:
            why = "was changed by somebody else in the meantime"
        if why:
            raise ReconcileError(f"{name} {why}; no file was written", rule=NOT_ADOPTED, hint=NOT_ADOPTED.remedy)
    write_files({Path(name): after for name, (_, after) in found.texts.items()})


def say_written(found: Adoption) -> int:
    """Print to standard error what was written and what was left; return 2 if something still differs, else 0."""
    from reconciler.cli.show import DIFFERS, IN_SYNC
    from reconciler.report.wording import one_line, plural

    for line in (*(f"left as it is: {one}" for one in found.left), *found.written):
        warn(one_line(line))
    files = plural(len(found.texts), "file")
    warn(f"{files} written; `git diff` shows the changes." if found.texts else "No file was written.")
    return IN_SYNC if found.in_sync else DIFFERS
