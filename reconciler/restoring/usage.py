"""How tables are used in the archive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from reconciler.model.facts.usage import UsageOf
from reconciler.model.names import ARCHIVE_SCHEMA, TableName
from reconciler.model.plan import JournalAt
from reconciler.postgres.facts.usage import usages_of
from reconciler.postgres.session import Session
from reconciler.restoring.find import Restorable

_LONGEST = timedelta(days=3650)


def with_archive_usage(session: Session, journal: JournalAt, tables: Sequence[Restorable]) -> list[Restorable]:
    """Return the tables with what is recorded about their use in the archive."""
    asked = [
        UsageOf(journal=journal, table=TableName(schema=ARCHIVE_SCHEMA, name=one.table.name), time=_LONGEST)
        for one in tables
    ]
    found = usages_of(session, asked) if asked else {}
    uses = (found[question].in_archive() or (None, None) for question in asked)
    return [replace(one, used=used, used_since=since) for one, (used, since) in zip(tables, uses, strict=True)]
