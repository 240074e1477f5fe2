"""How exclusion constraints are created and changed, and how conflicting rows are found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from psycopg import sql

from reconciler.kinds.base import ddl, guards
from reconciler.kinds.base.partitions import is_partitioned, partitions_of
from reconciler.kinds.base.routing import RouteBuilder, RouteContext
from reconciler.kinds.exclusion.definition import ExcludedElement, Exclusion
from reconciler.kinds.index_backed.blocking import ComparedValue, build_route, conflicts
from reconciler.kinds.index_backed.build import element_sql, keys_of, set_parameters, set_statistics
from reconciler.kinds.index_backed.elements import ObjectName
from reconciler.kinds.index_backed.partition_tree import add_everywhere, renamed_parts
from reconciler.kinds.index_backed.roles import role_locks, set_roles, strongest_on
from reconciler.kinds.validated.route import drop_constraint_step, rename
from reconciler.model.change import Action, Change
from reconciler.model.definition import Definition
from reconciler.model.facets import UNMANAGED
from reconciler.model.guard import Guard
from reconciler.model.hazards import Hazard
from reconciler.model.locks import LockClaim, LockMode
from reconciler.model.names import Key, TableName
from reconciler.model.route import DefinitionPattern, Route
from reconciler.model.rules.hazards import CONSTRAINT_DROPPED
from reconciler.model.statement import Statement
from reconciler.model.step import Step
from reconciler.model.step_id import Verb


def _as_exclusion(definition: Definition | None) -> Exclusion:
    assert isinstance(definition, Exclusion)
    return definition


def _operator(name: ObjectName) -> ddl.Sql:
    """An operator's name consists of symbols only, so it is never quoted."""
    bare = ddl.fragment(name.name)
    if name.schema is not None:
        bare = ddl.compose("{schema}.{name}", schema=ddl.name(name.schema), name=bare)
    return ddl.compose("OPERATOR({name})", name=bare)


def _element(element: ExcludedElement) -> ddl.Sql:
    return ddl.compose("{key} WITH {operator}", key=element_sql(element), operator=_operator(element.operator))


def _define(after: Exclusion) -> ddl.Sql:
    """Return the SQL after `ADD CONSTRAINT name`."""
    parts = [
        ddl.compose(
            "EXCLUDE USING {method} ({elements})",
            method=ddl.name(after.method),
            elements=ddl.joined(map(_element, after.excluded), ", "),
        )
    ]
    if after.include:
        parts.append(ddl.compose("INCLUDE ({columns})", columns=ddl.names(after.include)))
    if isinstance(after.with_, tuple) and after.with_:
        parts.append(ddl.compose("WITH ({parameters})", parameters=ddl.parameters(after.with_)))
    if isinstance(after.tablespace, str):
        parts.append(ddl.compose("USING INDEX TABLESPACE {name}", name=ddl.name(after.tablespace)))
    if after.where is not None:
        parts.append(ddl.compose("WHERE ({where})", where=ddl.fragment(after.where)))
    if after.deferrable:
        parts.append(sql.SQL("DEFERRABLE INITIALLY DEFERRED" if after.initially_deferred else "DEFERRABLE"))
    return ddl.joined(parts)


def _checks(key: Key, after: Exclusion, context: RouteContext) -> Sequence[Guard]:
    compared = [
        ComparedValue(value=value, operator=_operator(one.operator))
        for one, value in zip(after.excluded, keys_of(after.excluded), strict=True)
    ]
    named = list(dict.fromkeys(one.column for one in after.excluded if one.column is not None))
    shown_columns = named or guards.identification(context.live, key.table_name)
    return [conflicts(key.table_name, key.name, compared, context, shown_columns=shown_columns, where=after.where)]


def _build(change: Change, context: RouteContext) -> Route:
    """Build the constraint, or replace the existing one."""
    key, after = change.key, _as_exclusion(change.after)
    table, name = key.table_name, key.name
    statements = add_everywhere(key, name, after, context, _define(after))
    if change.before is not None:
        statements.insert(0, ddl.drop_constraint(table, name))
    if after.comment is not None:
        statements.append(ddl.comment_on_constraint(table, name, after.comment))
    statements += set_statistics(key.schema, name, (), after.statistics)
    statements += set_roles(table, name, replace(after, clustered=False), after)
    return build_route(change, context, statements=statements, checks=_checks(key, after, context))


def _drop(change: Change, context: RouteContext) -> Route:
    key = change.key
    locks = ddl.claims(LockMode.ACCESS_EXCLUSIVE, *partitions_of(key.table_name, context.live))
    builder = RouteBuilder("present", {key: DefinitionPattern()}).then(
        drop_constraint_step(key, locks), "absent", {key: None}
    )
    return builder.build(change, hazards=[Hazard(kind=CONSTRAINT_DROPPED, detail=str(key))])


def _in_place(key: Key, before: Exclusion, after: Exclusion, *, partitioned: bool) -> Step | None:
    """Return a step that alters what does not affect behaviour, except for the tablespace, and storage parameters
    that only a build reads or that belong to a partitioned index. Any other difference needs a rebuild."""
    reachable = replace(
        before,
        comment=after.comment,
        with_=before.with_ if partitioned else after.with_,
        statistics=after.statistics,
        clustered=after.clustered,
        partitions=after.partitions,
    )
    if reachable != after or after.needs_rebuild(before):
        return None
    statements: list[Statement] = []
    locks: tuple[LockClaim, ...] = ()
    if before.comment != after.comment:
        statements.append(ddl.comment_on_constraint(key.table_name, key.name, after.comment))
        locks = ddl.claims(LockMode.ACCESS_SHARE, key.table_name)
    if before.with_ != after.with_:
        statements += set_parameters(key.schema, key.name, before.with_, after.with_)
    statements += set_statistics(key.schema, key.name, before.statistics, after.statistics)
    statements += set_roles(key.table_name, key.name, before, after)
    statements += renamed_parts(before, after)
    locks = strongest_on(key.table_name, locks, role_locks(key.table_name, before, after))
    return ddl.brief(Verb.ALTER.of(key), f"alter {key}", statements, locks)


def _alter(change: Change, context: RouteContext) -> Route:
    key, before, after = change.key, _as_exclusion(change.before), _as_exclusion(change.after)
    step = _in_place(key, before, after, partitioned=is_partitioned(context, key.table_name))
    if step is None:
        return _build(change, context)
    return RouteBuilder("as it is", {key: before}).then(step, "as declared", {key: after}).build(change)


class ExclusionRouter:
    def route(self, change: Change, context: RouteContext) -> Route:
        match change.action:
            case Action.CREATE:
                return _build(change, context)
            case Action.RENAME:
                return rename(change, context)
            case Action.DROP:
                return _drop(change, context)
            case Action.ALTER | Action.VALIDATE:
                return _alter(change, context)

    def probe(self, key: Key, definition: Definition, copies: Mapping[TableName, TableName]) -> Sequence[Statement]:
        on_copy = replace(_as_exclusion(definition), tablespace=UNMANAGED)
        return [ddl.add_constraint(copies[key.table_name], key.name, _define(on_copy))]


ROUTER = ExclusionRouter()
