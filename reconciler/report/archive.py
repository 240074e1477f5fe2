"""Renders the list of archived and dumped tables and of quarantined rows for people and programs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

from reconciler.model.as_json import as_json
from reconciler.model.names import ARCHIVE_SCHEMA
from reconciler.model.repair import NOT_READ
from reconciler.model.size_text import byte_count
from reconciler.model.time_text import utc_text
from reconciler.report.history import NOTHING, list_text
from reconciler.report.json import dumps
from reconciler.report.quarantined import candidate_json
from reconciler.report.wording import plural

if TYPE_CHECKING:
    from reconciler.model.retired import UnfinishedDetachment
    from reconciler.restoring.dumped import DumpedTable
    from reconciler.restoring.find import Restorable
    from reconciler.restoring.rows import Quarantined

FORMAT_VERSION = 1


def render_archived_text(
    tables: Sequence[Restorable],
    dumped: Sequence[DumpedTable] = (),
    quarantined: Sequence[Quarantined] = (),
    unfinished: Sequence[UnfinishedDetachment] = (),
    *,
    width: int | None = None,
) -> str:
    """Render one line for each table in the archive, with their size; then one for each that is only in a dump, one for
    each quarantine table, and one for each partition that an interrupted run was to detach.

    If the lines do not fit into `width` columns, each table gets a block of lines.
    """
    if not (tables or dumped or quarantined or unfinished):
        return f"Nothing is archived, dumped or quarantined: {ARCHIVE_SCHEMA} has no table of this tool.\n"
    parts = (
        _archived_text(tables, width),
        _dumped_text(dumped, width),
        _quarantined_text(quarantined, width),
        _unfinished_text(unfinished, width),
    )
    return "\n".join(filter(None, parts))


def _unfinished_text(unfinished: Sequence[UnfinishedDetachment], width: int | None) -> str:
    if not unfinished:
        return ""
    rows = [(str(one.table), str(one.parent), one.state.value) for one in unfinished]
    total = (
        f"{plural(len(unfinished), 'partition')} of interrupted runs; `reconcile restore TABLE` attaches it again."
    )
    return f"{list_text(('TABLE', 'PARENT', 'STATE'), rows, width)}{total}\n"


def _quarantined_text(quarantined: Sequence[Quarantined], width: int | None) -> str:
    found = [[one.rows for one in group] for _, group in groupby(quarantined, key=lambda one: one.rows.table)]
    if not found:
        return ""
    rows = []
    for groups in found:
        counts = [one.count for one in groups if one.count is not None]
        runs = list(dict.fromkeys(run for one in groups for run in one.runs))
        first = groups[0]
        rows.append(
            (
                str(first.origin.table_name),
                _time(max((one.until for one in groups if one.until is not None), default=None)),
                f"{sum(counts):,}" if counts else NOTHING,
                NOTHING if first.bytes is None else byte_count(first.bytes),
                (runs[0] if runs else NOTHING) + (f" and {len(runs) - 1} more" if len(runs) > 1 else ""),
                first.table.name,
            )
        )
    header = ("TABLE", "QUARANTINED", "ROWS", "SIZE", "RUN", "NAME")
    total = f"{plural(len(found), 'quarantine table')}; details: `reconcile restore --quarantine`."
    unread = sum(all(one.count is None for one in groups) for groups in found)
    why = f" {unread:,} not counted: {NOT_READ}." if unread else ""
    return f"{list_text(header, rows, width)}{total}{why}\n"


def _dumped_text(dumped: Sequence[DumpedTable], width: int | None) -> str:
    if not dumped:
        return ""
    rows = [
        (
            str(one.origin.table),
            _time(one.dumped_at),
            f"{one.dump.row_count:,}",
            byte_count(one.dump.bytes),
            one.run_id or NOTHING,
            one.name,
            one.dump.file,
        )
        for one in dumped
    ]
    total = f"{plural(len(dumped), 'table')} in dumps."
    return f"{list_text(('TABLE', 'DUMPED', 'ROWS', 'FILE SIZE', 'RUN', 'NAME', 'FILE'), rows, width)}{total}\n"


def _archived_text(tables: Sequence[Restorable], width: int | None) -> str:
    if not tables:
        return ""
    rows = [
        (
            str(one.origin),
            _time(one.table.at),
            NOTHING if one.table.rows < 0 else f"{one.table.rows:,}",
            NOTHING if (size := _size(one)) is None else byte_count(size),
            NOTHING if one.used is None else str(one.used) or "no",
            "unfinished" if one.table.unfinished else one.run_id or NOTHING,
            one.table.name,
        )
        for one in tables
    ]
    sizes = [size for one in tables if (size := _size(one)) is not None]
    total = plural(len(tables), "table") + (f", {byte_count(sum(sizes))}" if sizes else "")
    unknown = f"; {len(tables) - len(sizes)} of unknown size (never analyzed)" if len(sizes) < len(tables) else ""
    header = ("TABLE", "ARCHIVED", "ROWS", "SIZE", "USED", "RUN", "NAME")
    return f"{list_text(header, rows, width)}{total}{unknown}.\n"


def _size(one: Restorable) -> int | None:
    """Return the size of a table, without indexes, in bytes; None if it was never analyzed."""
    return None if one.table.rows < 0 else one.table.bytes


def _time(at: datetime | None) -> str:
    return utc_text(at) if at else NOTHING


def render_archived_json(
    tables: Sequence[Restorable],
    dumped: Sequence[DumpedTable] = (),
    quarantined: Sequence[Quarantined] = (),
    unfinished: Sequence[UnfinishedDetachment] = (),
) -> str:
    """Render the tables, and the rows as `--quarantine` does, as JSON."""
    return dumps(
        {
            "format_version": FORMAT_VERSION,
            "archived": [_as_json(one) for one in tables],
            "dumped": [_dump_as_json(one) for one in dumped],
            "quarantined": [candidate_json(one) for one in quarantined],
            "unfinished": [
                {"schema": one.table.schema, "table": one.table.name, "parent": str(one.parent), "state": one.state}
                for one in unfinished
            ],
        }
    )


def _dump_as_json(one: DumpedTable) -> dict[str, Any]:
    return {
        "name": one.name,
        "schema": one.origin.table.schema,
        "table": one.origin.table.name,
        "archived_at": one.at.isoformat() if one.at else None,
        "dumped_at": one.dumped_at.isoformat(),
        "run_id": one.run_id or None,
        "rows": one.dump.row_count,
        "file": one.dump.file,
        "bytes": one.dump.bytes,
        "sha256": one.dump.sha256,
    }


def _as_json(one: Restorable) -> dict[str, Any]:
    return {
        "name": one.table.name,
        "schema": one.origin.schema,
        "table": one.origin.name,
        "archived_at": one.table.at.isoformat() if one.table.at else None,
        "run_id": one.run_id or None,
        "rows": None if one.table.rows < 0 else one.table.rows,
        "bytes": _size(one),
        "used": None if one.used is None else as_json(one.used),
        "used_since": one.used_since.isoformat() if one.used_since else None,
        "lost_foreign_keys": [key.name for key in one.table.moved.foreign_keys],
        "unfinished": one.table.unfinished,
    }
