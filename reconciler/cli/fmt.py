"""`reconcile fmt`: formats the files; needs no database."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reconciler.cli.options import FilePaths, Follow, files_or_default
from reconciler.cli.output import emit

UNFORMATTED = 2


def fmt(
    file: FilePaths = None,
    follow: Follow = False,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit with 2 if a file is not formatted.")
    ] = False,
) -> int:
    """Format the files: indentation, spaces, line breaks, blank lines. Needs no database.

    Words, quotes, order and comments do not change. Prints the files that differ.
    """
    from reconciler.cli.output import write_file
    from reconciler.model.errors import InvalidFile
    from reconciler.report.wording import one_line
    from reconciler.spec import read_files
    from reconciler.spec.format import format_text

    files = read_files(files_or_default(file), follow=follow)
    if files.problems:
        raise InvalidFile(list(files.problems), files.problems.left_out)
    formatted = {name: format_text(name, data) for name, data in files.data.items()}
    changed = [name for name, text in formatted.items() if text.encode() != files.data[name]]
    for name in changed:
        if not check:
            write_file(Path(name).resolve(), formatted[name])
        emit(f"{one_line(name)}\n")
    emit(_summary(len(changed), len(formatted) - len(changed), check=check), prose=True)
    return UNFORMATTED if check and changed else 0


def _summary(changed: int, unchanged: int, *, check: bool) -> str:
    """`1 file formatted; 2 files were already formatted.`"""
    from reconciler.report.wording import plural

    done = f"{plural(changed, 'file')} {'not formatted' if check else 'formatted'}"
    already = f"{plural(unchanged, 'file')} {'was' if unchanged == 1 else 'were'} already formatted"
    return "; ".join([done] * (changed > 0) + [already] * (unchanged > 0)) + ".\n"
