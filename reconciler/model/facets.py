"""Facets: what a field of a definition is to a comparison, to a replacement, and to the file.

A kind gives them where it declares the field. Nothing depends on the name of a field.
"""

from __future__ import annotations

import enum
import functools
import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any, Final, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Unmanaged(enum.Enum):
    """The type of `UNMANAGED`: the file leaves a field out, and the field does not decide behaviour."""

    UNMANAGED = "unmanaged"

    __hash__ = object.__hash__  # Enum's own runs Python each time

    def __repr__(self) -> str:
        return "UNMANAGED"


UNMANAGED: Final = Unmanaged.UNMANAGED


class Facet(enum.Flag):
    """One role of a field.

    `EXPRESSION`: it holds SQL expressions; a differing text must be brought to the server's own form first.
    `OBSERVED`: only the catalog fills it. `RULE`: it says which rows comply. `LOOKED_UP`: it decides which operators
    the server looks up for the object, or whether it can make the object at all.

    `IN_PLACE`: it can be changed on the object itself, unless `FIXED_IF_PARTITIONED`, for one of a partitioned table.
    `ALTERED`: it can be changed without checking the rows again. `INCIDENTAL`: two objects that do the same may differ
    in it. `VALIDITY`: it says whether existing rows were checked. `REMARK`: it holds a text for people. `NAME`: it
    holds the object's name. `PASSING`: an object that is unfinished, or being replaced, may have another value.

    `LATER`: it is set on the finished object, and empty until then. `KEPT`: a successor of another name takes it over
    from its predecessor, if the file leaves it out. `CARRIED`: so does a constraint from an index that it adopts.
    `OWN`: an index of a partition may have it for itself. `TABLESPACE`: it holds the name of one. `ROLE`: it says what
    one index of a table can be. `PARTS`: it holds the names of what partitions have of the object.

    `PAIRS`: it holds (name, value) pairs, which the file writes as a mapping. `SELDOM`: it is only shown if not empty.
    """

    EXPRESSION = enum.auto()
    OBSERVED = enum.auto()
    RULE = enum.auto()
    LOOKED_UP = enum.auto()
    IN_PLACE = enum.auto()
    FIXED_IF_PARTITIONED = enum.auto()
    ALTERED = enum.auto()
    INCIDENTAL = enum.auto()
    VALIDITY = enum.auto()
    REMARK = enum.auto()
    NAME = enum.auto()
    PASSING = enum.auto()
    LATER = enum.auto()
    KEPT = enum.auto()
    CARRIED = enum.auto()
    OWN = enum.auto()
    TABLESPACE = enum.auto()
    ROLE = enum.auto()
    PARTS = enum.auto()
    PAIRS = enum.auto()
    SELDOM = enum.auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """How the file says what a field holds in another shape: its path, words for values, and the key under which it
    stands."""

    path: str | None = None
    values: Mapping[object, str] = field(default_factory=dict)
    under: str | None = None


NO_FACET: Final = Facet(0)
_REQUIRED: Final = object()
_ATTRIBUTE: Final = Facet.IN_PLACE | Facet.INCIDENTAL


def declared(
    facets: Facet = NO_FACET,
    *,
    default: Any = _REQUIRED,
    called: str | None = None,
    wording: Wording | None = None,
) -> Any:
    """A field that is always managed. `called` is the key of the file, where that is another than the field's name."""
    metadata = {"facets": facets, "called": called, "wording": wording}
    return field(metadata=metadata) if default is _REQUIRED else field(default=default, metadata=metadata)


def unmanaged(facets: Facet = NO_FACET, *, empty: Any = None, called: str | None = None) -> Any:
    """A field that is compared only if the file mentions it. `empty` is what a new object has where it does not."""
    return field(default=UNMANAGED, metadata={"facets": facets, "empty": empty, "called": called})


def expression(facets: Facet = NO_FACET, *, default: Any = _REQUIRED, called: str | None = None) -> Any:
    """A field that holds SQL expressions."""
    return declared(Facet.EXPRESSION | facets, default=default, called=called)


def observed(default: Any) -> Any:
    """A field that only the catalog fills (an index that is not valid). Part of the value all the same."""
    return declared(Facet.OBSERVED | Facet.INCIDENTAL | Facet.PASSING, default=default)


def remark(facets: Facet = NO_FACET) -> Any:
    """A field that holds a comment."""
    return unmanaged(_ATTRIBUTE | Facet.REMARK | Facet.ALTERED | Facet.LATER | Facet.KEPT | facets)


def name_attribute() -> Any:
    """A field that holds the object's name, where its identity is something else."""
    return unmanaged(_ATTRIBUTE | Facet.PASSING | Facet.NAME)


def validity() -> Any:
    """A field that says whether existing rows were checked."""
    return declared(_ATTRIBUTE | Facet.VALIDITY | Facet.ALTERED | Facet.PASSING, default=True)


def storage_parameters() -> Any:
    """A field that holds the storage parameters of an index."""
    facets = Facet.LOOKED_UP | Facet.FIXED_IF_PARTITIONED | Facet.KEPT | Facet.OWN | Facet.PAIRS
    return unmanaged(_ATTRIBUTE | facets, empty=(), called="with")


def index_role() -> Any:
    """A field that says whether an index is what only one of its table can be."""
    facets = Facet.ROLE | Facet.LATER | Facet.KEPT | Facet.CARRIED | Facet.OWN
    return unmanaged(_ATTRIBUTE | facets, empty=False)


def statistics_targets() -> Any:
    """A field that holds (number, target) pairs."""
    return unmanaged(_ATTRIBUTE | Facet.LATER | Facet.KEPT | Facet.CARRIED | Facet.PAIRS, empty=())


def part_names() -> Any:
    """A field that holds the names of what partitions have of the object."""
    return unmanaged(_ATTRIBUTE | Facet.PARTS | Facet.PASSING | Facet.PAIRS | Facet.SELDOM, empty=())


def _remembered(make: Callable[P, T]) -> Callable[P, T]:
    remembering: Any = functools.cache
    made: Callable[P, T] = remembering(make)
    return made


@_remembered
def facets_of(kind: Any) -> Mapping[str, Facet]:
    """The facets of each field of a dataclass, in declared order."""
    return {one.name: one.metadata.get("facets", NO_FACET) for one in fields(kind)}


@_remembered
def fields_with(kind: Any, facets: Facet) -> tuple[str, ...]:
    """The names of the fields that have at least one of the facets."""
    return tuple(name for name, own in facets_of(kind).items() if own & facets)


@_remembered
def empty_values(kind: Any) -> Mapping[str, Any]:
    """What a new object has in each field that a file may leave out without meaning a default."""
    return {one.name: one.metadata["empty"] for one in fields(kind) if one.default is UNMANAGED}


@_remembered
def file_names(kind: Any) -> Mapping[str, str]:
    """What the file calls each field. The fields of the class itself come before those of its bases."""
    own = [name for one in kind.__mro__ for name in inspect.get_annotations(one)]
    called = {one.name: one.metadata.get("called") or one.name for one in fields(kind)}
    return {name: called[name] for name in own if name in called}


def wordings(value: Any) -> dict[str, Wording]:
    """The wordings of a value's fields, and of those of the values in them, by the names under which they are shown."""
    names = file_names(type(value))
    found = {names[one.name]: one.metadata["wording"] for one in fields(value) if one.metadata.get("wording")}
    for name in names:
        held = getattr(value, name)
        for item in held if isinstance(held, tuple) else ():
            if is_dataclass(item):
                found |= wordings(item)
    return found
