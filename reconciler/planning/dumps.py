"""Tables whose dumps could not be verified, found before anybody approves the plan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reconciler.model.change import Change
from reconciler.model.facts import Answers
from reconciler.model.facts.dumps import UnprovedInDump
from reconciler.model.names import ARCHIVE_SCHEMA, TableName
from reconciler.model.plan import Refusal
from reconciler.model.retired import Backup, Moved, TableToRetire
from reconciler.model.rules.dumps import DUMP_NOT_PROVABLE


def unproved_dumps(answers: Answers, changes: Sequence[Change]) -> Iterator[Refusal]:
    """Yield a refusal for each expression of a table to dump that cannot be proved. A preview does not know them."""
    dumped = [(change, place) for change in changes if (place := _place(change)) is not None]
    found = answers.of(UnprovedInDump(table=place) for _, place in dumped)
    for (change, place), reasons in zip(dumped, found, strict=True):
        for reason in reasons:
            yield Refusal(
                rule=DUMP_NOT_PROVABLE,
                key=change.key,
                place=change.place,
                cause=f"{place}: {reason}",
                remedy=DUMP_NOT_PROVABLE.remedy,
            )


def _place(change: Change) -> TableName | None:
    """Return the table that is to be dumped: in its own schema, or in the archive if a run has moved it there."""
    wanted = change.after.retirement() if change.after is not None else None
    if wanted is None or wanted.backup is not Backup.DUMP:
        return None
    match change.before:
        case TableToRetire():
            return change.key.table_name
        case Moved() as moved:
            return TableName(schema=ARCHIVE_SCHEMA, name=moved.names_in_archive()[moved.table.name])
        case _:
            return None
