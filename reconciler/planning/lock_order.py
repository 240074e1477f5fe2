"""The order in which a step's transaction takes its table locks, before it does anything else.

An application writes to the parent first and to the child next. Locks are taken in the same order, so a step waits
for earlier transactions and never holds what they need next.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from reconciler.model.change import Change
from reconciler.model.locks import LockClaim, LockMode
from reconciler.model.names import TableName
from reconciler.model.route import Route
from reconciler.model.state import LiveState, LiveTable
from reconciler.model.step import Step

_MODES = list(LockMode)


@dataclass(frozen=True, slots=True, kw_only=True)
class LockRules:
    """The input of the order.

    `lineage` has the oids from the root of a table's partition tree down to the table. `referred` has the roots
    that the foreign keys of a root's tables refer to.
    """

    tables: Mapping[TableName, LiveTable]
    lineage: Mapping[TableName, tuple[int, ...]]
    referred: Mapping[int, Set[int]]


def with_lock_order(routes: Iterable[Route], changes: Iterable[Change], live: LiveState) -> list[Route]:
    """Return the routes, each step with the table locks that it takes first."""
    rules = lock_rules(changes, live)
    return [replace(route, steps=tuple(_ordered_step(step, rules) for step in route.steps)) for route in routes]


def lock_rules(changes: Iterable[Change], live: LiveState) -> LockRules:
    """The rules for these tables, with the foreign keys that exist and those that the changes create."""
    by_oid = {table.oid: table for table in live.tables.values()}

    def lineage(table: LiveTable) -> tuple[int, ...]:
        above = next((by_oid[oid] for oid in table.parents if oid in by_oid), None)
        return (*(lineage(above) if above else ()), table.oid)

    found = {name: lineage(table) for name, table in live.tables.items()}
    referred: defaultdict[int, set[int]] = defaultdict(set)
    changed = ((change.key, one) for change in changes for one in (change.before, change.after) if one is not None)
    for key, definition in (*live.objects.items(), *changed):
        reference = definition.reference()
        if reference is not None and key.table_name in found and reference[0] in found:
            referred[found[key.table_name][0]].add(found[reference[0]][0])
    return LockRules(tables=live.tables, lineage=found, referred=referred)


def _ordered_step(step: Step, rules: LockRules) -> Step:
    if step.execution.outside_transaction:
        return step
    otherwise = tuple(_ordered_step(one, rules) for one in step.otherwise)
    return replace(step, lock_order=lock_order(step.locks, rules), otherwise=otherwise)


def lock_order(claims: Collection[LockClaim], rules: LockRules) -> tuple[LockClaim, ...]:
    """The claims that `LOCK TABLE` can take, in the order in which to take them.

    Locks that block reads or writes come first: of these, those on referenced tables before those on referring ones, a
    parent before its partitions, the rest by oid. Empty if no claim is stronger than what ordinary traffic takes.
    """
    possible = [claim for claim in claims if _can_lock(claim, rules)]
    if not any(_MODES.index(claim.mode) > _MODES.index(LockMode.ROW_EXCLUSIVE) for claim in possible):
        return ()
    rank = {table: n for n, table in enumerate(_table_order({claim.table for claim in possible}, rules))}
    strong_first = sorted(possible, key=lambda claim: (not claim.blocks, rank[claim.table], str(claim.mode)))
    return tuple(strong_first)


def _can_lock(claim: LockClaim, rules: LockRules) -> bool:
    """Whether the session's role may take this lock with LOCK TABLE, which cannot lock indexes."""
    table = rules.tables.get(claim.table)
    if table is None or not table.lockable:
        return False
    return table.all_readable or claim.mode is not LockMode.ACCESS_SHARE


def _table_order(wanted: Collection[TableName], rules: LockRules) -> Sequence[TableName]:
    """Sort tables that others refer to before the referring ones, as far as possible; each with its partitions;
    otherwise by oid."""
    trees: defaultdict[int, list[TableName]] = defaultdict(list)
    for name in sorted(wanted, key=lambda one: (len(rules.lineage[one]), rules.lineage[one])):
        trees[rules.lineage[name][0]].append(name)
    found: list[TableName] = []
    waiting = set(trees)
    while waiting:
        free = [root for root in waiting if not (rules.referred.get(root, set()) - {root}) & waiting]
        root = min(free or waiting)
        waiting.remove(root)
        found += trees[root]
    return found
