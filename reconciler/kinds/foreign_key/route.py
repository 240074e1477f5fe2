"""How foreign keys are created and changed, and how orphans are found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import count

from psycopg import sql

from reconciler.kinds.base import ddl, guards
from reconciler.kinds.base.ages import with_ages
from reconciler.kinds.base.partitions import partitions_of
from reconciler.kinds.base.routing import RouteContext
from reconciler.kinds.base.row_changes import Violating
from reconciler.kinds.foreign_key.definition import ForeignKey, Match, ReferentialAction
from reconciler.kinds.foreign_key.rules import BY_HAND, ORPHANS
from reconciler.kinds.validated.definition import Enforceable
from reconciler.kinds.validated.route import ConstraintProfile, ValidatedRouter, constraint_taken_over
from reconciler.model.change import Change
from reconciler.model.definition import Definition
from reconciler.model.features import has
from reconciler.model.guard import Guard
from reconciler.model.locks import LockClaim, LockMode
from reconciler.model.names import ARCHIVE_SCHEMA, Key, TableName, cut, display
from reconciler.model.state import LiveState
from reconciler.model.statement import Statement


def _deferral(after: ForeignKey) -> str:
    if not after.deferrable:
        return "NOT DEFERRABLE"
    return "DEFERRABLE INITIALLY DEFERRED" if after.initially_deferred else "DEFERRABLE INITIALLY IMMEDIATE"


def _columns(columns: Sequence[str], after: ForeignKey) -> ddl.Sql:
    if not after.period:
        return ddl.names(columns)
    return ddl.compose("{rest}, PERIOD {last}", rest=ddl.names(columns[:-1]), last=ddl.name(columns[-1]))


def _define(after: Enforceable) -> ddl.Sql:
    assert isinstance(after, ForeignKey)
    parts = [
        ddl.compose(
            "FOREIGN KEY ({key}) REFERENCES {table} ({columns})",
            key=_columns(after.key, after),
            table=ddl.relation(after.ref_table),
            columns=_columns(after.ref_columns, after),
        )
    ]
    if after.match is Match.FULL:
        parts.append(sql.SQL("MATCH FULL"))
    if after.on_update is not ReferentialAction.NO_ACTION:
        parts.append(ddl.fragment(f"ON UPDATE {after.on_update.upper()}"))
    if after.on_delete is not ReferentialAction.NO_ACTION:
        parts.append(ddl.fragment(f"ON DELETE {after.on_delete.upper()}"))
    if after.on_delete_columns:
        parts.append(ddl.compose("({columns})", columns=ddl.names(after.on_delete_columns)))
    if after.deferrable:
        parts.append(ddl.fragment(_deferral(after)))
    return ddl.joined(parts)


def _both(key: Key, after: Enforceable, context: RouteContext, mode: LockMode) -> tuple[LockClaim, ...]:
    assert isinstance(after, ForeignKey)
    live = context.live
    return ddl.claims(mode, *partitions_of(key.table_name, live), *partitions_of(after.ref_table, live))


def _adding(key: Key, after: Enforceable, context: RouteContext) -> tuple[LockClaim, ...]:
    below = (one.name for one in context.live.below(key.table_name) if one.is_partition)
    if any(constraint_taken_over(key, one, after, context) is not None for one in below):
        return _adopting(key, after, context)
    return _both(key, after, context, LockMode.SHARE_ROW_EXCLUSIVE)


def _dropping(key: Key, after: Enforceable, context: RouteContext) -> tuple[LockClaim, ...]:
    return _both(key, after, context, LockMode.ACCESS_EXCLUSIVE)


def _validating(key: Key, after: Enforceable, context: RouteContext) -> tuple[LockClaim, ...]:
    """Return the locks of a validation. PostgreSQL reads the referenced table for each partition, and not at all if
    there is none."""
    assert isinstance(after, ForeignKey)
    own = partitions_of(key.table_name, context.live)
    claims = ddl.claims(LockMode.SHARE_UPDATE_EXCLUSIVE, *own)
    if all(context.live.tables[table].is_partitioned for table in own):
        return claims
    _, *parts = partitions_of(after.ref_table, context.live)
    looked_at = (*ddl.claims(LockMode.ROW_SHARE, after.ref_table), *ddl.claims(LockMode.ACCESS_SHARE, *parts))
    return (*claims, *looked_at)


def _equal(key: Key, after: ForeignKey, context: RouteContext, count: int) -> ddl.Sql:
    """Return the condition that row `p` has the first `count` columns that row `r` refers to."""
    return ddl.joined(
        (
            context.comparison(after.reference(), parent, (key.table_name, child)).condition(
                ddl.compose("p.{column}", column=ddl.name(parent)),
                ddl.compose("r.{column}", column=ddl.name(child)),
            )
            for parent, child in zip(after.ref_columns[:count], after.key[:count], strict=True)
        ),
        " AND ",
    )


def _met_by_period(key: Key, after: ForeignKey, context: RouteContext) -> ddl.Sql:
    """Return the condition that the rows with equal columns cover the period together. No row is needed for an
    empty period, as in PostgreSQL's own check (src/backend/utils/adt/ri_triggers.c)."""
    return ddl.compose(
        "{equal} AND p.{parent} OPERATOR(pg_catalog.&&) r.{child} "
        "HAVING r.{child} OPERATOR(pg_catalog.<@) pg_catalog.range_agg(p.{parent})",
        equal=_equal(key, after, context, len(after.key) - 1),
        parent=ddl.name(after.ref_columns[-1]),
        child=ddl.name(after.key[-1]),
    )


def _is_orphan(key: Key, after: ForeignKey, context: RouteContext) -> ddl.Sql:
    """Return the condition that the key of row `r` is in no row of the referenced table. Under MATCH SIMPLE, a key
    with a NULL refers to nothing; under MATCH FULL, all columns must be NULL then."""
    present = ddl.joined((ddl.compose("r.{c} IS NOT NULL", c=ddl.name(column)) for column in after.key), " AND ")
    condition = ddl.compose(
        "{present} AND NOT EXISTS (SELECT FROM {parent} AS p WHERE {met})",
        present=present,
        parent=guards.scope(context.live, after.ref_table),
        met=_met_by_period(key, after, context) if after.period else _equal(key, after, context, len(after.key)),
    )
    if after.match is Match.FULL and len(after.key) > 1:
        some = ddl.joined((ddl.compose("r.{c} IS NOT NULL", c=ddl.name(column)) for column in after.key), " OR ")
        missing = ddl.joined((ddl.compose("r.{c} IS NULL", c=ddl.name(column)) for column in after.key), " OR ")
        condition = ddl.compose(
            "({condition}) OR (({some}) AND ({missing}))", condition=condition, some=some, missing=missing
        )
    return condition


def _orphans(key: Key, after: ForeignKey, context: RouteContext) -> Guard:
    """Return the check for rows whose key is in no row of the referenced table."""
    refers = "that refer to no row" if not after.period else "whose period is not covered by the rows"
    columns = ", ".join(map(display, after.key))
    columns = columns if len(after.key) == 1 else f"({columns})"
    lacking = f"whose {columns} is not in" if not after.period else "whose period is not covered by the rows of"
    target = f"{after.ref_table}({', '.join(map(display, after.ref_columns))})"
    condition = _is_orphan(key, after, context)
    found = guards.rows_guard(
        context.live,
        key.table_name,
        guard_id=ORPHANS,
        title=f"orphans of {display(key.name)}: rows of {key.table_name} {refers} of {after.ref_table}",
        columns=after.key,
        condition=condition,
        cause=f"in {key.table_name} {lacking} {target}",
        remedy=f"{BY_HAND}; or {_proposal(key, after, context)}",
    )
    return with_ages(found, context.live, key.table_name, condition)


def _guards(key: Key, after: Enforceable, context: RouteContext) -> Sequence[Guard]:
    assert isinstance(after, ForeignKey)
    return [_orphans(key, after, context)]


def _proposal(key: Key, after: ForeignKey, context: RouteContext) -> str:
    """Return the policy for orphans that fits what happens to rows whose referenced row is deleted later."""
    columns = context.live.tables[key.table_name].columns
    emptied = after.on_delete_columns or after.key
    if after.on_delete is ReferentialAction.SET_NULL and not any(columns[one].not_null for one in emptied):
        return "set `orphans: set null`, which empties their columns as `on_delete` does"
    return f"set `orphans: quarantine`, which moves them to {ARCHIVE_SCHEMA}"


def _violating(key: Key, after: Enforceable, context: RouteContext) -> Violating:
    assert isinstance(after, ForeignKey)
    whole = after.match is Match.FULL or not after.on_delete_columns
    return Violating(
        condition=_is_orphan(key, after, context),
        alias="r",
        check=_orphans(key, after, context),
        emptied=after.key if whole else after.on_delete_columns,
        reads=partitions_of(after.ref_table, context.live),
    )


_DEFERRAL = {"deferrable", "initially_deferred"}


def _in_place(change: Change, live: LiveState) -> tuple[tuple[Statement, ...], tuple[LockClaim, ...]] | None:
    """A comment, deferrability, and the change to not enforced can be altered; any other difference needs a
    successor."""
    key, after = change.key, change.after
    assert isinstance(after, ForeignKey)
    paths = {difference.path for difference in change.differences}
    enforcement = {"enforced", "validated"} if not after.enforced else set()
    if not paths <= {"comment", *_DEFERRAL, *enforcement}:
        return None
    statements, locks = [], ddl.claims(LockMode.ACCESS_SHARE, key.table_name)
    words = [_deferral(after)] if paths & _DEFERRAL else []
    if "enforced" in paths:
        words.append("NOT ENFORCED")
    if words:
        action = ddl.compose(
            "ALTER CONSTRAINT {name} {words}", name=ddl.name(key.name), words=ddl.fragment(" ".join(words))
        )
        statements.append(ddl.alter_table(key.table_name, action))
        tables = (key.table_name, after.ref_table) if "enforced" in paths else (key.table_name,)
        reached = (one for table in tables for one in partitions_of(table, live))
        locks = ddl.claims(LockMode.ACCESS_EXCLUSIVE, *reached)
    if "comment" in paths:
        statements.append(ddl.comment_on_constraint(key.table_name, key.name, after.comment))
    return tuple(statements), locks


def _adopted(key: Key, after: Enforceable, context: RouteContext) -> Sequence[Key] | None:
    """Return the foreign keys of all partitions with rows, if that of the partitioned table cannot be added NOT
    VALID.

    PostgreSQL builds the foreign key of a partitioned table from those of its partitions.
    """
    table = context.live.tables.get(key.table_name)
    if table is None or not table.is_partitioned or has("partitioned_not_valid_foreign_keys", context.major):
        return None
    below = context.live.below(table.name)
    complete = {  # partitioned tables whose partitions have the parts of their own foreign key
        part
        for one in below
        if one.is_partitioned and constraint_taken_over(key, one.name, after, context) is not None
        for part in context.live.tree(one.name)
    }
    leaves = (one.name for one in below if not one.is_partitioned and one.name not in complete)
    return [_part_key(key, leaf, after, context) for leaf in leaves]


def _part_key(key: Key, leaf: TableName, after: Enforceable, context: RouteContext) -> Key:
    """Return the key of the foreign key of a partition: its own one that is taken over, or else a new one with the same
    name, with a number if another constraint of the partition has it. The parts of one that is added again are gone."""
    own = constraint_taken_over(key, leaf, after, context)
    if own is not None:
        return own
    replaced = context.live.objects.get(key)
    taken = {
        other.given_name(one.name): one
        for one, other in context.live.all_on(leaf).items()
        if one in context.live.objects or replaced is None or not replaced.takes_over(other)
    }
    for number in count():
        name = cut(key.name, str(number)) if number else key.name
        found = context.live.objects.get(taken[name]) if name in taken else None
        if name not in taken or (found is not None and after.takes_over(found)):
            return key._replace(schema=leaf.schema, table=leaf.name, name=name)
    raise AssertionError("unreachable")


def _adopting(key: Key, after: Enforceable, context: RouteContext) -> tuple[LockClaim, ...]:
    """Return the locks of taking over a foreign key of a partition. PostgreSQL drops its trigger on the referenced
    table, and, if that table is partitioned, the foreign keys for its partitions."""
    assert isinstance(after, ForeignKey)
    live, own, referenced = (
        context.live,
        context.live.tree(key.table_name),
        partitions_of(after.ref_table, context.live),
    )
    if len(own) == 1:
        return ddl.claims(LockMode.SHARE_ROW_EXCLUSIVE, *own, *referenced)
    strong = {after.ref_table}
    if live.tables[after.ref_table].is_partitioned:
        strong = {*(table for table in own if not live.tables[table].is_partitioned), *referenced}
        if not has("adoption_locks_partitioned_targets", context.major):
            strong.remove(after.ref_table)
    weak = [table for table in (*own, *referenced) if table not in strong]
    return (
        *ddl.claims(LockMode.SHARE_ROW_EXCLUSIVE, *weak),
        *ddl.claims(LockMode.ACCESS_EXCLUSIVE, *(table for table in (*own, *referenced) if table in strong)),
    )


_PROFILE = ConstraintProfile(
    define=_define,
    add_locks=_adding,
    validate_locks=_validating,
    drop_locks=_dropping,
    guards=_guards,
    alter_in_place=_in_place,
    by_partition=True,
    adopted=_adopted,
    adopt_locks=_adopting,
    violating=_violating,
)


def _probe(key: Key, definition: Definition, copies: Mapping[TableName, TableName]) -> Sequence[Statement]:
    """Let the server check whether the types match. The copy of the referenced table gets the unique key."""
    assert isinstance(definition, ForeignKey)
    parent = copies[definition.ref_table]
    on_copy = replace(definition, ref_table=parent)
    unique = ddl.compose(
        "ADD UNIQUE ({columns}{overlaps})",
        columns=ddl.names(definition.ref_columns),
        overlaps=ddl.fragment(" WITHOUT OVERLAPS" if definition.period else ""),
    )
    return [
        ddl.alter_table(parent, unique),
        ddl.add_constraint(copies[key.table_name], key.name, _define(on_copy)),
    ]


ROUTER = ValidatedRouter(profile=_PROFILE, probing=_probe)
