"""The SQL of an index build, and its states and steps, for indexes and for the constraints that an index
enforces."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from psycopg import sql

from reconciler.kinds.base import ddl
from reconciler.kinds.base.routing import RouteBuilder
from reconciler.kinds.index_backed.elements import IndexElement, ObjectName
from reconciler.kinds.index_backed.index import Index
from reconciler.model.change import Change
from reconciler.model.facets import UNMANAGED, Unmanaged
from reconciler.model.index_facts import IndexStatus
from reconciler.model.limits import ExecutionClass
from reconciler.model.locks import LockMode
from reconciler.model.names import BUILDING_SUFFIX, REPLACED_SUFFIX, Key, TableName, temporary_name
from reconciler.model.route import DefinitionPattern, Expected
from reconciler.model.statement import Statement
from reconciler.model.step import SqlAction, Step
from reconciler.model.step_id import Verb


def successor(key: Key) -> Key:
    """Return the key that a new index has until it takes the final name."""
    return key._replace(name=temporary_name(key.name, BUILDING_SUFFIX))


def predecessor(key: Key) -> Key:
    """Return the key that an old index has after the swap, until it is dropped."""
    return key._replace(name=temporary_name(key.name, REPLACED_SUFFIX))


def _object_name(object_name: ObjectName) -> ddl.Sql:
    return (
        sql.Identifier(object_name.name)
        if object_name.schema is None
        else sql.Identifier(object_name.schema, object_name.name)
    )


def element_sql(element: IndexElement) -> ddl.Sql:
    """Return an element as written between the parentheses of an index definition."""
    parts: list[ddl.Sql] = [
        sql.Identifier(element.column)
        if element.column is not None
        else ddl.compose("({expression})", expression=ddl.fragment(element.expression or ""))
    ]
    if element.collation is not None:
        parts.append(ddl.compose("COLLATE {name}", name=_object_name(element.collation)))
    if element.opclass is not None:
        parts.append(_object_name(element.opclass))
        if element.opclass_params:
            parts.append(ddl.compose("({parameters})", parameters=ddl.parameters(element.opclass_params)))
    if element.descending:
        parts.append(sql.SQL("DESC"))
    if element.nulls_first is not None:
        parts.append(ddl.fragment("NULLS FIRST" if element.nulls_first else "NULLS LAST"))
    return ddl.joined(parts)


def keys_of(elements: Sequence[IndexElement]) -> Sequence[ddl.Sql]:
    """Return the parts of each row's key, so that rows are compared as in the index."""
    return [
        element_sql(replace(element, opclass=None, opclass_params=(), descending=False, nulls_first=None))
        for element in elements
    ]


def _using(method: str) -> ddl.Sql:
    """Return USING, or nothing for PostgreSQL's default method."""
    return sql.SQL("") if method == "btree" else ddl.compose(" USING {method}", method=ddl.name(method))


def create_index(table: TableName, name: str, index: Index, *, concurrently: bool, only: bool = False) -> Statement:
    """Return CREATE INDEX. `only` builds it on a partitioned table without its partitions."""
    parts: list[ddl.Sql] = [
        ddl.compose(
            "CREATE {unique}INDEX {concurrently}{name} ON {only}{table}{using} ({elements})",
            unique=ddl.fragment("UNIQUE " if index.unique else ""),
            concurrently=ddl.fragment("CONCURRENTLY " if concurrently else ""),
            name=ddl.name(name),
            only=ddl.fragment("ONLY " if only else ""),
            table=ddl.relation(table),
            using=_using(index.method),
            elements=ddl.joined((element_sql(element) for element in index.elements), ", "),
        )
    ]
    if index.include:
        parts.append(ddl.compose("INCLUDE ({columns})", columns=ddl.names(index.include)))
    if not index.nulls_distinct:
        parts.append(sql.SQL("NULLS NOT DISTINCT"))
    if isinstance(index.with_, tuple) and index.with_:
        parts.append(ddl.compose("WITH ({parameters})", parameters=ddl.parameters(index.with_)))
    if isinstance(index.tablespace, str):
        parts.append(ddl.compose("TABLESPACE {name}", name=ddl.name(index.tablespace)))
    if index.where is not None:
        parts.append(ddl.compose("WHERE ({where})", where=ddl.fragment(index.where)))
    return ddl.statement(ddl.joined(parts))


def _concurrent(verb: Verb, statement: Statement, key: Key, *, leaves: str, builds: Key | None = None) -> Step:
    return Step(
        id=verb.of(key),
        title=f"{verb.replace('-', ' ')} {key}",
        action=SqlAction(statements=(statement,)),
        execution=ExecutionClass.CONCURRENT,
        locks=ddl.claims(LockMode.SHARE_UPDATE_EXCLUSIVE, key.table_name),
        builds=builds,
        leaves=leaves,
    )


def build_step(key: Key, index: Index) -> Step:
    return _concurrent(
        Verb.BUILD,
        create_index(key.table_name, key.name, index, concurrently=True),
        key,
        leaves="possibly an invalid index of this name, which the next run drops and builds again",
        builds=key,
    )


def drop_index_step(key: Key, verb: Verb = Verb.DROP) -> Step:
    return _concurrent(
        verb,
        ddl.drop_index_concurrently(key.schema, key.name),
        key,
        leaves="possibly the index, marked invalid, which the next run drops",
    )


def going(change: Change) -> Expected:
    """Return what a drop expects to find: any object with the name that the file gives, or exactly the remnant that
    the plan has judged."""
    return change.before if change.remnant_of is not None else DefinitionPattern()


def start(key: Key, index: Index, others: Mapping[Key, Expected] | None = None) -> RouteBuilder:
    """Begin a route with the state that an unfinished build of `index` left, and a step that removes it.

    The step is left out of a plan unless such an index exists, and it needs proof that the tool built the index.
    `others` are the further objects of the route, which stay as they are.
    """
    dead = replace(index.as_built(), status=IndexStatus.INVALID)
    return RouteBuilder("left invalid by an unfinished build", {key: dead, **(others or {})}).then(
        drop_index_step(key, Verb.REMOVE_INVALID), "absent", {key: None}
    )


StorageParameters = tuple[tuple[str, str], ...] | Unmanaged


def set_parameters(schema: str, index: str, before: StorageParameters, after: StorageParameters) -> list[Statement]:
    """Return statements that change an index's storage parameters from `before` to `after`, also in their order:
    PostgreSQL appends those that are set to the others."""
    if before is UNMANAGED or after is UNMANAGED:
        return []
    gone = [key for key, _ in before if key not in dict(after)]
    kept = [pair for pair in before if pair in after]
    same = next((n for n, pairs in enumerate(zip(kept, after, strict=False)) if pairs[0] != pairs[1]), len(kept))
    changed = after[same:]
    statements = []
    if changed:
        statements.append(_alter_index(schema, index, "SET ({what})", ddl.parameters(changed)))
    if gone:
        statements.append(_alter_index(schema, index, "RESET ({what})", ddl.names(gone)))
    return statements


StatisticsTargets = tuple[tuple[int, int], ...] | Unmanaged

_DEFAULT_TARGET = -1


def set_statistics(schema: str, index: str, before: StatisticsTargets, after: StatisticsTargets) -> list[Statement]:
    """Return statements that change the statistics targets of an index's expressions from `before` to `after`."""
    if before is UNMANAGED or after is UNMANAGED:
        return []
    old, new = dict(before), dict(after)
    return [
        _alter_index(
            schema,
            index,
            f"ALTER COLUMN {number} SET STATISTICS {{what}}",
            ddl.fragment(str(new.get(number, _DEFAULT_TARGET))),
        )
        for number in sorted(old | new)
        if old.get(number) != new.get(number)
    ]


def _alter_index(schema: str, index: str, action: str, what: ddl.Sql) -> Statement:
    return ddl.statement(
        ddl.compose("ALTER INDEX {index} ", index=sql.Identifier(schema, index)), ddl.compose(action, what=what)
    )
