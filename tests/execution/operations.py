"""Operations that tests run in a process of their own. Each returns None, or why it was not completed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import reconciler
from reconciler.execution.result import ApplyResult
from reconciler.kinds.rules import GATED
from reconciler.model.options import Options
from reconciler.model.state import DesiredState, Policy

_OPTIONS = Options(allow=GATED, trust_file=True)

Tell = Callable[..., None]


def apply_file(file: Path, url: str, tell: Tell) -> str | None:
    return _why(
        reconciler.apply(reconciler.load([file]), url, approve=lambda _: True, listeners=[tell], options=_OPTIONS)
    )


def dump_tables(file: Path, dumps: Path, verify_db: str, url: str, tell: Tell) -> str | None:
    """Apply a file with `backup: dump`."""
    state = reconciler.load([file])
    given = {"backup_dir": dumps, "verify_db": verify_db}
    return _why(reconciler.apply(state, url, approve=lambda _: True, listeners=[tell], options=_OPTIONS, **given))


def restore_dumped(name: str, dumps: Path, url: str, tell: Tell) -> str | None:
    """Restore a table from its dump, or from the archive if an earlier run has loaded it."""
    origins = [
        *(one.origin for one in reconciler.archived(url)),
        *(one.origin.table for one in reconciler.dumped(url)),
    ]
    if all(one.name != name for one in origins):
        return None
    result = reconciler.restore(
        name, url, approve=lambda _: True, listeners=[tell], options=_OPTIONS, backup_dir=dumps
    )
    return _why(result)


def undo_run(run: str, url: str, tell: Tell) -> str | None:
    base = DesiredState(objects={}, policy=Policy(max_drops=1000))
    return _why(reconciler.undo(run, base, url, approve=lambda _: True, listeners=[tell], options=_OPTIONS))


def restore_table(name: str, url: str, tell: Tell) -> str | None:
    """Restore a table and its partitions, which are called `<table>_…`, or only those that were archived."""
    if all(one.origin.name.split("_")[0] != name for one in reconciler.archived(url)):
        return None
    return _why(reconciler.restore(name, url, approve=lambda _: True, listeners=[tell], options=_OPTIONS))


def restore_rows(url: str, tell: Tell) -> str | None:
    """Bring back all quarantined rows."""
    accepted = reconciler.QuarantineOptions(allow=GATED)
    found = reconciler.restore_quarantined(url, approve=lambda *_: True, options=accepted, progress=tell)
    return "; ".join(misfit.reason for one in found for misfit in one.misfits) or None


def _why(result: ApplyResult) -> str | None:
    if result.plan.refusals:
        return f"refused: {'; '.join(f'{one.rule}: {one.cause}' for one in result.plan.refusals)}"
    return None if result.error is None else f"{type(result.error).__name__}: {result.message}"
