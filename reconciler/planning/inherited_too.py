"""Checks and not-nulls that a table has itself and also inherits: PostgreSQL does not drop, rename or replace such a
constraint as long as a parent passes it on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reconciler.kinds import kind_of
from reconciler.model.change import Action, Change, former_key, given_name
from reconciler.model.facets import Facet
from reconciler.model.facts import Answers
from reconciler.model.facts.dependents import InheritedFrom
from reconciler.model.names import Key, TableName
from reconciler.model.plan import Refusal
from reconciler.model.rules.dependencies import INHERITED
from reconciler.model.state import LiveState
from reconciler.planning.completion import differs_only
from reconciler.planning.inheritance import passes_on
from reconciler.planning.target import Target


def inherited_too(
    answers: Answers, changes: Sequence[Change], live: LiveState, target: Target
) -> Iterator[Refusal]:
    """Return refusals of changes of such constraints. Parents that the file does not name are known by the server's
    answer only."""
    concerned = [(change, name) for change in changes if (name := _own_name(change, live))]
    found = answers.of(InheritedFrom(table=one.key.table_name, constraint=name) for one, name in concerned)
    for (change, name), parents in zip(concerned, found, strict=True):
        key = former_key(change)
        parent = next((one for one in parents if _passes_on(one, key, name, live, target)), None)
        if parent is not None:
            yield Refusal(
                rule=INHERITED,
                key=change.key,
                place=change.place,
                cause=f"{key.table_name} also inherits it from {parent}",
                remedy=f"change or drop it on {parent}, in the same file or before",
            )


def _own_name(change: Change, live: LiveState) -> str:
    """Return the name of a constraint that the change would drop, rename or replace; empty for other changes."""
    key, before, after = former_key(change), change.before, change.after
    table = live.tables.get(key.table_name)
    if before is None or key not in live.objects or table is None or not table.parents:
        return ""
    altered = change.action is Action.ALTER and after is not None
    if altered and after is not None and differs_only(before, after, Facet.REMARK | Facet.VALIDITY):
        return ""
    is_kept = change.action is Action.VALIDATE or not kind_of(key).is_copied
    return "" if is_kept else given_name(key, before)


def _passes_on(parent: TableName, key: Key, name: str, live: LiveState, target: Target) -> bool:
    """Whether the parent has the constraint under this name after the plan as well."""
    if parent not in live.tables:
        return True
    there = target.on(parent).items()
    return any(
        one.kind == key.kind and given_name(one, definition) == name and passes_on(definition)
        for one, definition in there
    )
