"""Rows that the server would not let go back, because a publication sends such changes and cannot identify the rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reconciler.kinds import purpose_of
from reconciler.kinds.kind import Purpose
from reconciler.model.change import Change
from reconciler.model.facts.reach import RowEvent
from reconciler.model.facts.values import PublicationsOf
from reconciler.model.names import Key, TableName
from reconciler.model.state import Named
from reconciler.planning.losses import why_not_sent
from reconciler.planning.reach import of_event
from reconciler.planning.target import Target
from reconciler.postgres.catalog import read_named
from reconciler.postgres.facts.publications import publications_of
from reconciler.postgres.session import Session
from reconciler.restoring.rows import Quarantined


@dataclass(frozen=True, slots=True)
class RejectedReturn:
    """Why the server would reject the changes by which rows that violated `origin` go back, and what helps."""

    origin: Key
    cause: str
    remedy: str


def rejected_returns(
    session: Session, found: Iterable[Quarantined], earlier: Sequence[Change]
) -> Iterator[RejectedReturn]:
    """Yield what the server would reject, after the `earlier` changes: each row leaves its quarantine table, and a row
    that stayed in its table is updated there."""
    able = [one for one in found if one.home is not None and one.obstacle is None]
    if not able:
        return
    homes = {one.home.name for one in able if one.home is not None and one.rows.written}
    names = frozenset({*homes, *(one.rows.table for one in able)})
    live = read_named(session, Named(tables=names, dropped=frozenset()))
    target = Target([one for one in earlier if one.key.table_name in live.tables], live)
    tables = {name: table.oid for name, table in live.tables.items() if table.relkind == "r"}
    sent = publications_of(session, [PublicationsOf(table=oid) for oid in tables.values()])()
    seen = set[TableName]()
    for one in able:
        home = live.tree(one.home.name) if one.home is not None and one.rows.written else ()
        updated = [(name, RowEvent.UPDATE) for name in home]
        for table, event in ((one.rows.table, RowEvent.DELETE), *updated):
            if table in seen or table not in tables:
                continue
            seen.add(table)
            # A primary key is dropped after the values of the rows that are found by it.
            late = {key: held for key, held in live.all_on(table).items() if purpose_of(key) is _KEY}
            published = of_event(sent[PublicationsOf(table=tables[table])], event)
            why = why_not_sent({**late, **target.on(table)}, table, published)
            if why is not None:
                yield RejectedReturn(
                    one.rows.origin,
                    f"the server would reject each {event} by which rows go back, because {table} has no replica "
                    f"identity that fits: {why}",
                    _REMEDY.format(table=table),
                )


_KEY = Purpose.IDENTIFIES_ROWS
_REMEDY = (
    "for the time until the rows are back, give {table} another replica identity: "
    "ALTER TABLE {table} REPLICA IDENTITY FULL; or take the table, or these changes, out of the publication"
)
