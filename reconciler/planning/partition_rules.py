"""What PostgreSQL does not allow on a partitioned table, and would say only when it is too late."""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.kinds.check.definition import Check
from reconciler.kinds.exclusion.definition import Exclusion
from reconciler.kinds.foreign_key.definition import ForeignKey
from reconciler.kinds.index_backed.index import Index
from reconciler.kinds.key.definition import KeyConstraint
from reconciler.kinds.not_null.definition import NotNull
from reconciler.kinds.primary_key.definition import PrimaryKey
from reconciler.model.definition import parts_of
from reconciler.model.features import has
from reconciler.model.names import Key, display
from reconciler.model.plan import Refusal
from reconciler.model.rules.dependencies import PARTITIONED_TABLE
from reconciler.model.server import Server
from reconciler.model.state import Declared, DesiredState, LiveState, LiveTable
from reconciler.planning import refusals


def partition_problems(
    declared: Declared, table: LiveTable, live: LiveState, desired: DesiredState, server: Server
) -> Iterator[Refusal]:
    """A refusal for each rule that an object on a partitioned table breaks."""
    definition = declared.definition
    if isinstance(definition, Check | NotNull) and definition.no_inherit:
        yield _refusal(declared, "no_inherit", "a rule of a partitioned table holds for its partitions as well")
    if isinstance(definition, ForeignKey) and not definition.validated:
        yield from _needs(declared, "validated", "partitioned_not_valid_foreign_keys", server)
    if isinstance(definition, Exclusion):
        yield from _needs(declared, "elements", "partitioned_exclusions", server)
    if getattr(definition, "clustered", False) is True:
        yield _refusal(declared, "clustered", "a partitioned table has no CLUSTER mark, only its partitions have")
    if isinstance(definition, KeyConstraint | Exclusion) or (isinstance(definition, Index) and definition.unique):
        yield from _lacking_key(declared, table, live)
    if isinstance(definition, PrimaryKey):
        yield from _other_primary_keys(declared, definition, live, desired)
    if not isinstance(definition, Check | NotNull):
        yield from _foreign_partitions(declared, live)


def _refusal(declared: Declared, field: str, cause: str, remedy: str = "leave it out") -> Refusal:
    return Refusal(
        rule=PARTITIONED_TABLE,
        key=declared.key,
        place=declared.place_of(field),
        cause=f"{declared.key}: {cause}",
        remedy=remedy,
    )


def _needs(declared: Declared, field: str, feature: str, server: Server) -> Iterator[Refusal]:
    if not has(feature, server.major):
        yield refusals.newer_server(declared, field, feature, server.info.version)


def _lacking_key(declared: Declared, table: LiveTable, live: LiveState) -> Iterator[Refusal]:
    """Each partition enforces it for itself, so that the columns which tell the partitions apart must be in it."""
    definition = declared.definition
    columns = definition.columns()[: len(definition.columns()) - len(getattr(definition, "include", ()))]
    for one in (table, *(part for part in live.below(table.name) if part.is_partitioned)):
        if None in one.partition_key:
            cause = (
                f"{one.name} is partitioned by an expression, so that nothing can be unique across its partitions"
            )
            yield _refusal(declared, "columns", cause)
            return
        missing = [column for column in one.partition_key if column is not None and column not in columns]
        if missing:
            named = ", ".join(map(display, missing))
            cause = f"{one.name} is partitioned by {named}, which a unique key must have among its columns"
            yield _refusal(declared, "columns", cause, f"add {named} to its columns")
            return


def _other_primary_keys(
    declared: Declared, definition: PrimaryKey, live: LiveState, desired: DesiredState
) -> Iterator[Refusal]:
    """A partition has one primary key: its own, as it is when the plan is done, becomes a part of this one."""
    unwanted = {(one.table, one.name) for one in desired.absent if one.section == "constraints"}
    for part in live.below(declared.key.table_name):
        key = Key(schema=part.name.schema, table=part.name.name, kind="primary_key")
        own = live.objects.get(key)
        said = desired.objects[key].definition if key in desired.objects else own
        if not isinstance(said, PrimaryKey) or (said is own and (part.name, said.name) in unwanted):
            continue
        name = str(said.name if isinstance(said.name, str) or own is None else getattr(own, "name", said.name))
        if (said.key, said.include, said.deferrable) != (
            definition.key,
            definition.include,
            definition.deferrable,
        ):
            cause = f"partition {part.name} has another primary key" + (f", {display(name)}" if own else "")
            remedy = "put that name under `absent: constraints` of the partition"
            yield _refusal(declared, "columns", cause, remedy if own else "declare the same columns there, or none")
        elif own is not None and parts_of(definition).get(part.name, name) != name:
            cause = f"partition {part.name} has the primary key {display(name)}, which becomes a part of this one"
            remedy = f"write {display(name)} for {part.name} under `partitions`, or leave it out there"
            yield _refusal(declared, "partitions", cause, remedy)


def _foreign_partitions(declared: Declared, live: LiveState) -> Iterator[Refusal]:
    definition = declared.definition
    if isinstance(definition, Index) and not definition.unique:
        return  # foreign tables are passed over
    for part in live.below(declared.key.table_name):
        if part.relkind == "f":
            yield _refusal(declared, "columns", f"partition {part.name} is a foreign table, which can have none")
            return
