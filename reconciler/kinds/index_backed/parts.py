"""Partitions' indexes, built one by one before they are attached to the index of the partitioned table."""

from __future__ import annotations

from dataclasses import replace

from reconciler.kinds.base.routing import RouteContext
from reconciler.kinds.index_backed.build import build_step, drop_index_step
from reconciler.kinds.index_backed.index import Index
from reconciler.kinds.index_backed.partition_tree import Part, PartStep
from reconciler.model.change import enforced_by
from reconciler.model.index_facts import IndexStatus
from reconciler.model.names import Key, is_temporary
from reconciler.model.route import Expected
from reconciler.model.step_id import Verb


def key_of_part(part: Part) -> Key:
    return Key(schema=part.table.schema, table=part.table.name, kind="index", name=part.name)


def own_index(index: Index) -> Index:
    """Return a partition's index before it is attached."""
    return index.as_built().with_index_status(IndexStatus.VALID)


def part_before(part: Part, index: Index, context: RouteContext) -> dict[Key, Expected]:
    """Return the partition's own index with the name, if the route can continue from it: an unfinished build left
    it, or it is built and not attached yet. Any other index blocks the name.

    A valid index with a final name is the needed one: otherwise the part would have another name.
    """
    key = key_of_part(part)
    found = context.live.objects.get(key)
    if isinstance(found, Index) and found.status is IndexStatus.BUILDING:
        found = replace(found, status=IndexStatus.INVALID)
    if isinstance(found, Index) and replace(found, status=IndexStatus.VALID) != own_index(index):
        lasting = found.status is IndexStatus.VALID and not is_temporary(part.name)
        return {key: found if lasting else None}
    return {key: found}


def steps_of_part(part: Part, index: Index, context: RouteContext) -> list[PartStep]:
    """Return the steps that build a partition's index and are still to do. An index that enforces a key of the
    partition itself exists already."""
    key, built = key_of_part(part), own_index(index)
    if enforced_by(key, context.live.on(key.table_name)) is not None:
        return []
    found = part_before(part, index, context)[key]
    if isinstance(found, Index) and found.status is IndexStatus.VALID:
        return []
    steps = []
    if found is not None:
        step = drop_index_step(key, Verb.REMOVE_INVALID)
        steps.append(PartStep(step=step, label="absent", objects={key: None}))
    steps.append(PartStep(step=build_step(key, index), label=f"built on {part.table}", objects={key: built}))
    return steps
