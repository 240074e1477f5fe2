"""What depends on the constraints and indexes that a plan drops or replaces, other than foreign keys.

A view, rule, policy or SQL-standard function, whose dependency PostgreSQL records, prevents the drop: the plan is
refused. A function whose body is a text can only be searched for their names: that is a hazard.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reconciler.kinds import kind_of, purpose_of
from reconciler.kinds.kind import Purpose
from reconciler.model.change import Action, Change, former_key, given_name
from reconciler.model.definition import has_index
from reconciler.model.facts import Answers
from reconciler.model.facts.dependents import CatalogObject, DependentsOf, FunctionsNaming, PartsOf
from reconciler.model.hazards import Hazard
from reconciler.model.names import Key, display, is_temporary
from reconciler.model.plan import Refusal
from reconciler.model.rules.dependencies import HAS_DEPENDENTS
from reconciler.model.rules.hazards import BELONGS_TO_TABLE, NAMED_IN_FUNCTION
from reconciler.model.state import LiveState
from reconciler.planning.completion import is_replaced


def still_needed(answers: Answers, changes: Sequence[Change], live: LiveState) -> Iterator[Refusal]:
    """Return a refusal for each change that drops or replaces an object on which something else depends. Foreign
    keys do not count: they have changes of their own, or are replaced together with the index."""
    taken = [(change, key) for change in changes for key in _taken(change, live)]
    found = answers.of(DependentsOf(object=_in_catalog(key)) for _, key in taken)
    for (change, key), dependents in zip(taken, found, strict=True):
        if not dependents:
            continue
        which = "would be dropped" if change.action is Action.DROP else "would be replaced"
        yield Refusal(
            rule=HAS_DEPENDENTS,
            key=change.key,
            place=change.place,
            cause=f"{', '.join(dependents)} depend{'s' if len(dependents) == 1 else ''} on {key}, which {which}",
            remedy="drop or change the dependent objects first; nothing is ever dropped by CASCADE",
        )


def _in_catalog(key: Key) -> CatalogObject:
    return CatalogObject(table=key.table_name, name=key.name, is_index=purpose_of(key) is Purpose.IS_INDEX)


def _taken(change: Change, live: LiveState) -> Iterator[Key]:
    """Return the constraints and indexes that the change drops or replaces, under their names in the catalog."""
    if change.before is not None and purpose_of(change.key) is not Purpose.DROPS_TABLE and _goes(change, live):
        key = former_key(change)
        name = given_name(key, change.before)
        if name:
            yield key._replace(name=name)
    yield from change.dependents
    yield from (one.key for one in change.moved_dependents)


def _goes(change: Change, live: LiveState) -> bool:
    """Whether the live object is dropped, is replaced (an invalid index by a new one), or is renamed first."""
    if change.action is Action.DROP or change.after is None or is_temporary(change.key.name):
        return True
    return change.action is Action.CREATE or is_replaced(change, live)


def hazards_of_dependents(answers: Answers, changes: Sequence[Change]) -> dict[Key, list[Hazard]]:
    """Report functions whose bodies name a constraint that is dropped, and objects that belong to dropped
    tables."""
    found: dict[Key, list[Hazard]] = {}
    losing = [(change, name) for change in changes if (name := _lost_name(change))]
    naming = answers.of(FunctionsNaming(constraint=name) for _, name in losing)
    for (change, name), functions in zip(losing, naming, strict=True):
        for function in functions:
            detail = f"{function} mentions ON CONSTRAINT {display(name)}"
            found.setdefault(change.key, []).append(Hazard(kind=NAMED_IN_FUNCTION, detail=detail))
    tables = [change.key for change in changes if purpose_of(change.key) is Purpose.DROPS_TABLE]
    parts = answers.of(PartsOf(table=key.table_name) for key in tables)
    for key, described in zip(tables, parts, strict=True):
        found.setdefault(key, []).extend(Hazard(kind=BELONGS_TO_TABLE, detail=one) for one in described)
    return found


def _lost_name(change: Change) -> str:
    """Return the name of a constraint that ON CONFLICT ON CONSTRAINT can no longer use; empty if there is none."""
    if change.before is None or not (has_index(change.before) and kind_of(change.key).is_constraint):
        return ""
    name = given_name(former_key(change), change.before)
    if change.action is Action.DROP or change.after is None or given_name(change.key, change.after) != name:
        return name
    return name if change.after.is_deferrable() and not change.before.is_deferrable() else ""
