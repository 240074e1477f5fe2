"""Routes of the constraints that an index enforces: primary keys and unique constraints.

Their unique index is built concurrently under the constraint's own name, then adopted with USING INDEX. A unique
index that is there already under that name, with that definition, is adopted in the same way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from reconciler.kinds.index.build import build_step, create_index, start, successor
from reconciler.kinds.index.build import drop_step as drop_index_step
from reconciler.kinds.index.definition import Index, IndexElement
from reconciler.kinds.index.marks import (
    give_up_identity,
    hand_over_marks,
    mark_locks,
    mark_step,
    marked_as,
    set_marks,
    strongest,
)
from reconciler.kinds.index.route import set_parameters
from reconciler.kinds.key_constraint import KeyConstraint
from reconciler.kinds.primary_key.definition import PrimaryKey
from reconciler.kinds.sql import ddl, guards
from reconciler.kinds.sql.routing import RouteBuilder, Surroundings
from reconciler.kinds.sql.validated_constraint import comment_step
from reconciler.kinds.unique.definition import Unique
from reconciler.model.change import Action, Change
from reconciler.model.definition import UNMANAGED, Definition
from reconciler.model.hazards import CONSTRAINT_DROPPED, Hazard
from reconciler.model.locks import LockClaim, LockMode
from reconciler.model.names import Key, TableName, display
from reconciler.model.plan import Guard, Like, Route, Statement, Step


def _as_constraint(definition: Definition | None) -> KeyConstraint:
    assert isinstance(definition, KeyConstraint)
    return definition


def name_of(key: Key, definition: KeyConstraint) -> str:
    """The constraint's name; a primary key carries it as an attribute."""
    return str(definition.name) if isinstance(definition, PrimaryKey) else key.name


def index_key(key: Key, definition: KeyConstraint) -> Key:
    return Key(schema=key.schema, table=key.table, kind="index", name=name_of(key, definition))


def index_of(definition: KeyConstraint) -> Index:
    """The unique index that enforces the constraint, as it is before the constraint adopts it."""
    return Index(
        elements=tuple(IndexElement(column=column) for column in definition.key),
        unique=True,
        nulls_distinct=definition.nulls_distinct if isinstance(definition, Unique) else True,
        include=definition.include,
        with_=() if definition.with_ is UNMANAGED else definition.with_,
        tablespace=None if definition.tablespace is UNMANAGED else definition.tablespace,
        comment=None,
        statistics=(),
        clustered=False,
        replica_identity=False,
    )


def _words(definition: KeyConstraint) -> str:
    return "PRIMARY KEY" if isinstance(definition, PrimaryKey) else "UNIQUE"


def _deferral(definition: KeyConstraint) -> str:
    if not definition.deferrable:
        return ""
    return " DEFERRABLE INITIALLY DEFERRED" if definition.initially_deferred else " DEFERRABLE"


def _adopt(key: Key, definition: KeyConstraint, index: str) -> Statement:
    words = ddl.compose(
        "{words} USING INDEX {index}{deferral}",
        words=ddl.fragment(_words(definition)),
        index=ddl.name(index),
        deferral=ddl.fragment(_deferral(definition)),
    )
    return ddl.add_constraint(key.table_name, name_of(key, definition), words)


def _guards(key: Key, after: KeyConstraint) -> Sequence[Guard]:
    distinct = after.nulls_distinct if isinstance(after, Unique) else True
    keys = [ddl.name(column) for column in after.key]
    return [guards.duplicates(key.table_name, name_of(key, after), keys, nulls_distinct=distinct)]


def _exclusive(step_id: str, title: str, key: Key, statements: Sequence[Statement]) -> Step:
    return ddl.brief(step_id, title, statements, ddl.claims(LockMode.ACCESS_EXCLUSIVE, key.table_name))


def _create(change: Change, around: Surroundings) -> Route:
    key, after = change.key, _as_constraint(change.after)
    at = index_key(key, after)
    found = around.live.objects.get(at)
    index = index_of(after) if not isinstance(found, Index) else marked_as(index_of(after), found)
    bare = marked_as(replace(after, comment=None), index)
    builder = start(at, index, others={key: None})
    builder.then(build_step(at, index), "index built", {at: index})
    adopt = _exclusive(f"add {key}", f"add {key}, using its index", key, [_adopt(key, after, at.name)])
    builder.then(adopt, "constraint added", {key: bare, at: None})
    if after.comment is not None:
        bare = replace(bare, comment=after.comment)
        builder.then(comment_step(key, at.name, after.comment), "commented", {key: bare})
    if bare != after:
        builder.then(mark_step(key, at.name, bare, after), "marked", {key: after})
    return builder.build(change, guards=_guards(key, after))


def _drop(change: Change) -> Route:
    key, before = change.key, _as_constraint(change.before)
    named = replace(key, name=name_of(key, before))
    statements = [*give_up_identity(key.table_name, before), ddl.drop_constraint(key.table_name, named.name)]
    step = _exclusive(f"drop {named}", f"drop {named}", key, statements)
    hazard = Hazard(kind=CONSTRAINT_DROPPED, detail=str(key))
    builder = RouteBuilder("present", {key: Like()}).then(step, "absent", {key: None})
    return builder.build(change, hazards=[hazard])


def _rename(change: Change) -> Route:
    assert change.renamed_from is not None
    key, old = change.key, change.renamed_from
    title = f"rename {replace(key, name=old)} to {display(key.name)}"
    step = _exclusive(title, title, key, [ddl.rename_constraint(key.table_name, old, key.name)])
    builder = RouteBuilder("old name", {replace(key, name=old): change.before, key: None})
    return builder.then(step, "new name", {replace(key, name=old): None, key: change.after}).build(change)


def _in_place(key: Key, before: KeyConstraint, after: KeyConstraint) -> Step | None:
    """Name, comment, storage parameters and marks can be altered; everything else needs a new index."""
    reachable = marked_as(replace(before, comment=after.comment, with_=after.with_), after)
    if isinstance(reachable, PrimaryKey) and isinstance(after, PrimaryKey):
        reachable = replace(reachable, name=after.name)
    if reachable != after:
        return None
    statements: list[Statement] = []
    locks: tuple[LockClaim, ...] = ()
    old, new = name_of(key, before), name_of(key, after)
    if before.comment != after.comment:
        statements.append(ddl.comment_on_constraint(key.table_name, old, after.comment))
        locks = ddl.claims(LockMode.ACCESS_SHARE, key.table_name)
    if old != new:
        statements.append(ddl.rename_constraint(key.table_name, old, new))
        locks = ddl.claims(LockMode.ACCESS_EXCLUSIVE, key.table_name)
    if before.with_ != after.with_:
        statements += set_parameters(key.schema, new, before.with_, after.with_)
    statements += set_marks(key.table_name, new, before, after)
    locks = strongest(key.table_name, locks, mark_locks(key.table_name, before, after))
    return ddl.brief(f"alter {key}", f"alter {key}", statements, locks)


def _alter(change: Change) -> Route:
    key, before, after = change.key, _as_constraint(change.before), _as_constraint(change.after)
    if before == after:
        return _tidy(change)
    step = _in_place(key, before, after)
    if step is not None:
        return RouteBuilder("as it is", {key: before}).then(step, "as declared", {key: after}).build(change)
    return _replace(change, before, after)


def _replace(change: Change, before: KeyConstraint, after: KeyConstraint) -> Route:
    """The new index is complete before the old constraint goes; both change places in one short transaction."""
    key, new = change.key, successor(index_key(change.key, after))
    index, bare = index_of(after), replace(after, comment=None)
    builder = start(new, index, others={key: before})
    builder.then(build_step(new, index), "new index built", {new: index})
    swap = _exclusive(
        f"replace {key}",
        f"replace {key}, using its new index",
        key,
        [
            ddl.drop_constraint(key.table_name, name_of(key, before)),
            _adopt(key, after, new.name),
            *hand_over_marks(key.table_name, name_of(key, after), before, after)[0],
        ],
    )
    builder.then(swap, "as declared", {key: bare, new: None})
    if after.comment is not None:
        builder.then(comment_step(key, name_of(key, after), after.comment), "commented", {key: after})
    return builder.build(change, guards=_guards(key, after))


def _tidy(change: Change) -> Route:
    """Remove the index that an abandoned replacement left behind under a name of the tool's own."""
    leftover = successor(index_key(change.key, _as_constraint(change.after)))
    builder = RouteBuilder("leftover", {change.key: change.after, leftover: Like()})
    return builder.then(drop_index_step(leftover), "tidy", {leftover: None}).build(change)


class IndexConstraintRouter:
    """The router of both kinds."""

    def route(self, change: Change, around: Surroundings) -> Route:
        match change.action:
            case Action.CREATE:
                return _create(change, around)
            case Action.RENAME:
                return _rename(change)
            case Action.DROP:
                return _drop(change)
            case Action.ALTER | Action.VALIDATE:
                return _alter(change)

    def probe(self, key: Key, definition: Definition, copies: Mapping[TableName, TableName]) -> Sequence[Statement]:
        constraint = _as_constraint(definition)
        index = replace(index_of(constraint), tablespace=None)
        return [create_index(copies[key.table_name], name_of(key, constraint), index, concurrently=False)]


ROUTER = IndexConstraintRouter()
