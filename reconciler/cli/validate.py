"""`reconcile validate`: reads the file only."""

from __future__ import annotations

from reconciler.cli.options import Files, Follow, files_or_default
from reconciler.cli.output import emit, warn


def validate(file: Files = None, follow: Follow = False) -> int:
    """Read the file and report every problem in it. Needs no database."""
    import reconciler
    from reconciler.report.wording import one_line, plural
    from reconciler.spec import warnings_of

    desired = reconciler.load(files_or_default(file), follow=follow)
    for warning in warnings_of(desired):
        warn(f"warning: {warning}")
    sources = one_line(", ".join(desired.sources))
    emit(f"{sources}: valid, {plural(len(desired.objects), 'object')} declared.\n")
    return 0
