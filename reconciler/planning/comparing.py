"""How column values are compared and stored, as far as changes depend on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from reconciler.kinds.base.comparison import (
    EQUAL,
    ColumnPair,
    OpclassesByKey,
    OperatorClassOrder,
    ValueComparison,
    pair_of,
)
from reconciler.kinds.base.referring_keys import referring_keys
from reconciler.model.change import Action, Change
from reconciler.model.definition import Reference
from reconciler.model.effects import unique_key
from reconciler.model.facts import Answers
from reconciler.model.facts.values import FIRST_USER_OID, ComparisonOf, EqualityOf, OperatorClassOf, WideColumnsOf
from reconciler.model.names import Key, TableName
from reconciler.model.state import Declared, LiveState
from reconciler.planning.target import Target


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparing:
    """Operators (schema and name) by the types whose operator is not `pg_catalog.=`; comparisons of foreign keys;
    operator classes of the `keys` that they refer to; the types as which operator classes compare; columns that may
    have wide values."""

    equality: Mapping[int, tuple[str, str]]
    references: Mapping[ColumnPair, ValueComparison]
    keys: OpclassesByKey
    opclasses: Mapping[tuple[str, str], OperatorClassOrder]
    wide: Mapping[TableName, frozenset[str]]


def comparing(
    answers: Answers, changes: Sequence[Change], live: LiveState, declared: Mapping[Key, Declared]
) -> Comparing:
    """Return what changes need to know about column values."""
    references = [*_foreign_keys(changes), *_referring_to_repaired(live, declared)]
    types = sorted(oid for oid in _types(live, changes) if oid >= FIRST_USER_OID)
    found = zip(types, answers.of(EqualityOf(type=oid) for oid in types), strict=True)
    equality = {oid: operator for oid, operator in found if operator is not None}
    opclasses = sorted(set(_opclasses(changes)))
    choices = answers.of(OperatorClassOf(schema=schema, name=name) for schema, name in opclasses)
    keys = _keys(references, changes, live)
    return Comparing(
        equality=equality,
        references=_comparisons(answers, references, live, keys, equality),
        keys=keys,
        opclasses={
            one: OperatorClassOrder(type=found.type, less=found.less)
            for one, found in zip(opclasses, choices, strict=True)
            if found is not None
        },
        wide=_wide(answers, changes, live),
    )


def _comparisons(
    answers: Answers,
    references: Sequence[_ForeignKey],
    live: LiveState,
    keys: OpclassesByKey,
    equality: Mapping[int, tuple[str, str]],
) -> dict[ColumnPair, ValueComparison]:
    """Return how foreign keys compare, for each pair of columns whose types or collations differ, or that an operator
    class other than the default compares."""
    pairs = _pairs(live, references, keys)
    asked = sorted({pair for pair, differ in pairs if differ or pair.opclass}, key=str)
    wanted = (ComparisonOf(**one._asdict()) for one in asked)
    return {
        pair: ValueComparison(
            operator=found.operator or equality.get(pair.referenced, EQUAL),
            referenced_as=found.referenced_as,
            referring_as=found.referring_as,
            collation=found.collation,
        )
        for pair, found in zip(asked, answers.of(wanted), strict=True)
        if found is not None
    }


def _wide(answers: Answers, changes: Sequence[Change], live: LiveState) -> dict[TableName, frozenset[str]]:
    """Return the columns of each table that get an index and may have wide values in the table or in
    its descendants."""
    columns: dict[TableName, set[str]] = {}
    for change in changes:
        if _builds(change) and change.after is not None and change.key.table_name in live.tables:
            columns.setdefault(change.key.table_name, set()).update(change.after.columns())
    wanted = {
        name: [
            WideColumnsOf(table=live.tables[one].oid, columns=tuple(sorted(columns[name])))
            for one in live.tree(name)
        ]
        for name in sorted(columns)
    }
    found = answers.of(one for tree in wanted.values() for one in tree)
    return {name: frozenset[str]().union(*(next(found) for _ in tree)) for name, tree in wanted.items()}


def _types(live: LiveState, changes: Sequence[Change]) -> set[int]:
    """Return the types of the columns of the tables that these changes affect or refer to."""
    after = (change.after for change in changes)
    names = {reference.table for one in after if one is not None and (reference := one.reference())}
    names |= {key.table_name for change in changes for key in (change.key, *change.also_altered)}
    return {column.type_oid for name in names & live.tables.keys() for column in live.tables[name].columns.values()}


def _opclasses(changes: Sequence[Change]) -> Iterator[tuple[str, str]]:
    """Return the operator classes that unique indexes name."""
    for change in changes:
        if change.after is not None:
            yield from change.after.comparing_opclasses()


def _builds(change: Change) -> bool:
    """Whether the change may build an index whose entries have a largest size."""
    if change.action not in (Action.CREATE, Action.ALTER) or change.after is None:
        return False
    return change.after.limits_values()


class _ForeignKey(NamedTuple):
    """A foreign key: its table and columns, and what it refers to."""

    table: TableName
    columns: Sequence[str]
    reference: Reference


def _foreign_keys(changes: Sequence[Change]) -> Iterator[_ForeignKey]:
    for change in changes:
        reference = change.after.reference() if change.after is not None else None
        if change.after is not None and reference is not None:
            yield _ForeignKey(change.key.table_name, change.after.referring_columns(), reference)


def _referring_to_repaired(live: LiveState, declared: Mapping[Key, Declared]) -> Iterator[_ForeignKey]:
    """Return the existing foreign keys that refer to tables whose rows the file lets a plan repair."""
    for table in sorted({key.table_name for key, one in declared.items() if one.rows.repairs} & live.tables.keys()):
        for found in referring_keys(table, live, {}):
            yield _ForeignKey(found.key.table_name, found.columns, found.reference)


def _keys(references: Sequence[_ForeignKey], changes: Sequence[Change], live: LiveState) -> OpclassesByKey:
    """Return the operator classes of the keys that foreign keys refer to, if all keys over the columns agree."""
    target, found = Target(changes, live), dict[tuple[TableName, frozenset[str]], Mapping[str, tuple[str, str]]]()
    for one in sorted({each.reference for each in references}):
        offering = target.offering(unique_key(one.table, frozenset(one.columns)))
        first, *others = [target.objects[key].opclasses_of_key() for key in offering] or [{}]
        if first and all(other == first for other in others):
            found[one.table, frozenset(one.columns)] = first
    return found


def _pairs(
    live: LiveState, references: Sequence[_ForeignKey], keys: OpclassesByKey
) -> Iterator[tuple[ColumnPair, bool]]:
    """Return each pair of columns that foreign keys compare, and whether their types or collations differ."""
    for table, columns, reference in references:
        referring, referenced = live.tables.get(table), live.tables.get(reference.table)
        if referring is None or referenced is None:
            continue
        for mine, theirs in zip(columns, reference.columns, strict=False):
            if mine in referring.columns and theirs in referenced.columns:
                opclass = keys.get((reference.table, frozenset(reference.columns)), {}).get(theirs)
                pair = pair_of(referenced.columns[theirs], referring.columns[mine], opclass)
                same = pair_of(referenced.columns[theirs], referenced.columns[theirs], opclass)
                yield pair, same != pair
