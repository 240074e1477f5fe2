"""`reconcile validate`: reads the file only."""

from __future__ import annotations

from reconciler.cli.options import Files, Follow, files_or_default
from reconciler.cli.output import emit, warn


def validate(file: Files = None, follow: Follow = False) -> int:
    """Read the file and report every problem in it. Needs no database."""
    import reconciler
    from reconciler.model.errors import MAX_SHOWN
    from reconciler.report.wording import one_line, plural
    from reconciler.spec import warnings_of

    desired = reconciler.load(files_or_default(file), follow=follow)
    warnings = warnings_of(desired)
    for warning in warnings[:MAX_SHOWN]:
        warn(f"warning: {warning}")
    if len(warnings) > MAX_SHOWN:
        warn(f"… and {len(warnings) - MAX_SHOWN} more")
    sources = one_line(", ".join(desired.sources))
    emit(f"{sources}: valid, {plural(len(desired.objects), 'object')} declared.\n")
    return 0
