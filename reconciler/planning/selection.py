"""Restricts a plan to some tables: `--table`."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from reconciler.model.change import Change
from reconciler.model.errors import UsageError
from reconciler.model.names import Key, TableName
from reconciler.model.retired import ArchivedTable
from reconciler.model.rules.runs import NOTHING_MATCHES
from reconciler.model.state import DesiredState, LiveState
from reconciler.planning.draft import Draft
from reconciler.planning.order import Graph, graph_of


def selected_tables(desired: DesiredState, patterns: Collection[str]) -> frozenset[TableName]:
    """The tables of the file that match one of the patterns. Raises `UsageError` for a pattern that matches none."""
    known = {*desired.tables(), *(one.table for one in desired.absent)}
    for pattern in patterns:
        if not any(table.matches(pattern) for table in known):
            raise UsageError(
                f"no table in the file matches {pattern!r}",
                rule=NOTHING_MATCHES,
                hint="a pattern matches a table's name, or schema.table; * and ? are wildcards",
            )
    return frozenset(one for one in known if any(one.matches(pattern) for pattern in patterns))


def selected(desired: DesiredState, patterns: Collection[str]) -> DesiredState:
    """Return the declarations on the tables that match one of the patterns; all of them if there is no pattern."""
    return desired.only(selected_tables(desired, patterns)) if patterns else desired


def restricted(draft: Draft, patterns: Collection[str], live: LiveState, major: int) -> Draft:
    """Return the draft with the changes of the tables that match one of the patterns, the changes that these need,
    and the refusals and notes about both. Raise `UsageError` for a pattern that matches none."""
    tables = selected_tables(draft.desired, patterns)
    changes = _with_needed(graph_of(draft.changes, live, major), tables)
    concerned = {*tables, *(change.key.table_name for change in changes)}
    concerned |= {one.name for table in tables for one in live.below(table)}
    needed = set(_needed_keys(changes, draft.desired, live))
    refusals = (
        one for one in draft.refusals if one.key is None or one.key.table_name in concerned or one.key in needed
    )
    notes = (one for one in draft.notes if one.key is None or one.key.table_name in concerned)
    return replace(
        draft,
        desired=draft.desired.only(tables),
        changes=tuple(changes),
        refusals=tuple(refusals),
        notes=tuple(notes),
    )


def _with_needed(graph: Graph, tables: Collection[TableName]) -> list[Change]:
    kept = {number for number, change in enumerate(graph.changes) if _tables_altered(change) & set(tables)}
    waiting = list(kept)
    while waiting:
        needed = {first for first, need in graph.needs[waiting.pop()].items() if not need.only_order}
        waiting += needed - kept
        kept |= needed
    return [change for number, change in enumerate(graph.changes) if number in kept]


def _tables_altered(change: Change) -> set[TableName]:
    """Return the change's own table, and those of foreign keys that move to other columns with it. A table in the
    archive counts under its original name as well."""
    origin = [change.before.moved.table] if isinstance(change.before, ArchivedTable) else []
    return {change.key.table_name, *origin, *(one.key.table_name for one in change.moved_dependents)}


def _needed_keys(changes: Sequence[Change], desired: DesiredState, live: LiveState) -> Iterator[Key]:
    """Return the declared keys that these foreign keys will refer to, if no other key serves them yet."""
    for change in changes:
        reference = change.after.reference() if change.after else None
        if reference is None or any(one.serves(reference) for one in live.all_on(reference.table).values()):
            continue
        yield from (key for key, one in desired.on(reference.table).items() if one.definition.serves(reference))
