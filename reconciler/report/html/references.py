"""The foreign keys around the changes of a plan, before and after it: which tables and references a picture shows."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from reconciler.kinds import purpose_of
from reconciler.kinds.kind import Purpose
from reconciler.model.names import Key, TableName, display
from reconciler.report.report import Report, ReportedChange

MOST_TABLES: Final = 48
MOST_ARROWS: Final = 120


class ReferenceChange(enum.StrEnum):
    """What becomes of a foreign key. The value is the word in the picture."""

    NEW = "new"
    CHANGED = "changed"
    DROPPED = "dropped"
    KEPT = "unchanged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrow:
    """The foreign keys from one table to another that change in the same way, by their names."""

    start: TableName
    end: TableName
    change: ReferenceChange
    names: tuple[str, ...]

    @property
    def label(self) -> str:
        """Return `new fk_wallets_user_id`, `new: 3 foreign keys`, or nothing if they stay."""
        if self.change is ReferenceChange.KEPT:
            return ""
        several = len(self.names) > 1
        return f"{self.change}: {len(self.names)} foreign keys" if several else f"{self.change} {self.names[0]}"

    def is_in(self, *, after: bool) -> bool:
        return self.change is not (ReferenceChange.DROPPED if after else ReferenceChange.NEW)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vertex:
    """A table in the picture. `note` says what happens to it: `3 changes`, `archived`, or nothing."""

    table: TableName
    note: str
    is_changed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbourhood:
    """The tables and arrows of the picture, and how many foreign keys and tables it leaves out."""

    nodes: tuple[Vertex, ...]
    arrows: tuple[Arrow, ...]
    tables_left: int
    keys_left: int

    @property
    def changes(self) -> bool:
        """Whether the pictures before and after differ."""
        return any(arrow.change is not ReferenceChange.KEPT for arrow in self.arrows)


def neighbourhood(report: Report) -> Neighbourhood:
    """Return the tables that change or are next to a table that changes. Those of changed foreign keys come first."""
    arrows = sorted(
        _arrows(report), key=lambda one: (one.change is ReferenceChange.KEPT, one.start, one.end, one.change)
    )
    every = dict.fromkeys(table for arrow in arrows for table in (arrow.start, arrow.end))
    kept = set(list(every)[:MOST_TABLES])
    shown = [arrow for arrow in arrows if arrow.start in kept and arrow.end in kept][:MOST_ARROWS]
    drawn = dict.fromkeys(table for arrow in shown for table in (arrow.start, arrow.end))
    changes = _changes_of_tables(report)
    return Neighbourhood(
        nodes=tuple(_node(table, changes.get(table, [])) for table in sorted(drawn)),
        arrows=tuple(shown),
        tables_left=len(every) - len(drawn),
        keys_left=sum(len(one.names) for one in arrows) - sum(len(one.names) for one in shown),
    )


def _arrows(report: Report) -> Iterable[Arrow]:
    groups: dict[tuple[TableName, TableName, ReferenceChange], list[str]] = {}
    for key, end, change in _references(report):
        groups.setdefault((key.table_name, end, change), []).append(display(key.name))
    for (start, end, change), names in groups.items():
        yield Arrow(start=start, end=end, change=change, names=tuple(names))


def _references(report: Report) -> Iterator[tuple[Key, TableName, ReferenceChange]]:
    """Yield each foreign key with the table that it refers to. If that changes, it is dropped and new."""
    live = dict(report.references)
    before, after = _changed(report)
    for key in dict.fromkeys([*before, *after]):
        live.pop(key, None)
        was, will = before.get(key), after.get(key)
        if was == will and was is not None:
            yield key, was, ReferenceChange.CHANGED
            continue
        if was is not None:
            yield key, was, ReferenceChange.DROPPED
        if will is not None:
            yield key, will, ReferenceChange.NEW
    dropped = {change.key.table_name for change in report.changes if _note(change) == "dropped"}
    for key, end in live.items():
        yield (
            key,
            end,
            ReferenceChange.DROPPED if key.table_name in dropped or end in dropped else ReferenceChange.KEPT,
        )


def _changed(report: Report) -> tuple[dict[Key, TableName], dict[Key, TableName]]:
    """Return what foreign keys refer to before and after the plan, by their last names."""
    before: dict[Key, TableName] = {}
    after: dict[Key, TableName] = {}
    for change in report.changes:
        for definition, found in ((change.before, before), (change.after, after)):
            reference = definition.reference() if definition is not None else None
            if reference is not None:
                found[change.key] = reference.table
    return before, after


def _changes_of_tables(report: Report) -> dict[TableName, list[ReportedChange]]:
    found: dict[TableName, list[ReportedChange]] = {}
    for change in report.changes:
        found.setdefault(change.key.table_name, []).append(change)
    return found


def _note(change: ReportedChange) -> str:
    """Return `archived`, `dumped` or `dropped` if the change does this to a table."""
    if purpose_of(change.key) is not Purpose.DROPS_TABLE:
        return ""
    return {"archive": "archived", "dump": "dumped"}.get(change.verb, "dropped")


def _node(table: TableName, changes: list[ReportedChange]) -> Vertex:
    gone = next(filter(None, map(_note, changes)), "")
    count = f"{len(changes)} change{'' if len(changes) == 1 else 's'}" if changes else ""
    return Vertex(table=table, note=gone or count, is_changed=bool(changes))
