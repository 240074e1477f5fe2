"""`reconcile validate`: reads the file and reports its problems."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reconciler.cli.options import Files, Follow, files_or_default
from reconciler.cli.output import emit, warn

if TYPE_CHECKING:
    from reconciler.model.state import DesiredState


def validate(file: Files = None, follow: Follow = False) -> int:
    """Read the file and report every problem in it. Needs no database."""
    import reconciler
    from reconciler.model.errors import InvalidFile
    from reconciler.report.wording import one_line, plural

    try:
        desired = reconciler.load(files_or_default(file), follow=follow)
    except InvalidFile as error:
        if error.readable is not None:
            _advise(error.readable)
        raise
    _advise(desired)
    sources = one_line(", ".join(desired.sources))
    emit(f"{sources}: valid, {plural(desired.count, 'object')} declared.\n", prose=True)
    return 0


def _advise(desired: DesiredState) -> None:
    """Print warnings about likely mistakes in the objects that could be read."""
    from reconciler.model.errors import MAX_SHOWN
    from reconciler.spec import warnings_of

    warnings = warnings_of(desired)
    for warning in warnings[:MAX_SHOWN]:
        warn(f"warning: {warning}")
    if len(warnings) > MAX_SHOWN:
        warn(f"… and {len(warnings) - MAX_SHOWN} more")
