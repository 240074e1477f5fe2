"""The `dropped_tables` section."""

from __future__ import annotations

from typing import Final

from reconciler.kinds.dropped_table.unused import Unused
from reconciler.kinds.file.fields import Attribute, Naming, Section, Values
from reconciler.kinds.file.nodes import Reading
from reconciler.kinds.file.readers import Choice, Comment, Duration
from reconciler.kinds.file.tables import LONG_KEYS, Table
from reconciler.model.names import Key
from reconciler.model.retired import Backup, DroppedTable
from reconciler.model.rules.dependencies import CONFLICT


def _build(values: Values) -> DroppedTable:
    return DroppedTable(
        **{name: values[name] for name in ("replaced_by", "backup", "purge_after", "unused_for", "reason", "owner")}
    )


def _check(values: Values, key: Key, reading: Reading) -> None:
    if values["replaced_by"] == key.table_name:
        reading.report(values.place_of("replaced_by"), CONFLICT, "a table cannot be replaced by itself")
    if values["purge_after"] is not None and values["backup"] is not Backup.ARCHIVE:
        reading.report(
            values.place_of("purge_after"),
            CONFLICT,
            "only an archived table can be purged: see `backup`",
        )


SECTION: Final = Section(
    kind="dropped_table",
    key="dropped_tables",
    what="a dropped table",
    doc="Tables to drop: each is checked first, and archived unless its entry says otherwise.",
    examples=({"wallets_backup": {"replaced_by": "wallets"}},),
    naming=Naming.FILE,
    attributes={
        **LONG_KEYS,
        "replaced_by": Attribute(
            reader=Table(),
            doc="The table that replaces it. The plan is refused if that table is missing or has fewer rows.",
            default=None,
            examples=("wallets", "billing.wallets"),
        ),
        "backup": Attribute(
            reader=Choice(values={backup.value: backup for backup in Backup}),
            doc="`archive`: moved to the schema `reconcile_archive`. `dump`: moved there, dumped to a file in the "
            "folder of `apply --backup-dir`, and dropped once the dump is verified. `none`: dropped; the hazard "
            "`drop-table` must be accepted. Views, materialized views and foreign tables can only be dropped.",
            default=Backup.ARCHIVE,
        ),
        "purge_after": Attribute(
            reader=Duration(maximum="3650d"),
            doc="When the table has been in the archive for so long, plans say so, and drop it there if the operator "
            "accepts the hazard `purge` with `--allow`; at most `3650d`.",
            default=None,
            examples=("30d",),
        ),
        "unused_for": Attribute(
            reader=Unused(),
            doc="The plan is refused unless the statistics of the server show that nobody else used the table for so "
            "long; at most `3650d`. `scans: 1/day` permits so many sequential scans, such as those of a nightly dump.",
            default=None,
            examples=("14d", {"time": "14d", "scans": "1/day"}),
        ),
        "reason": Attribute(
            reader=Comment(),
            doc="Why the table is dropped. It has no effect; a policy can require it.",
            default=None,
            examples=("superseded by wallets in the rewrite of 2024",),
        ),
        "owner": Attribute(
            reader=Comment(),
            doc="Who decided to drop the table. It has no effect; a policy can require it.",
            default=None,
            examples=("platform team",),
        ),
    },
    build=_build,
    check=_check,
)
