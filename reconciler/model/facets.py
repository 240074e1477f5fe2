"""Facets: the role of a definition's field in a comparison, in a replacement, and in the file.

A kind sets them where it declares the field. Nothing depends on the name of a field.
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
    """The type of `UNMANAGED`: the file omits a field, and the field does not affect behaviour."""

    UNMANAGED = "unmanaged"

    __hash__ = object.__hash__  # Enum's own method runs Python each time

    def __repr__(self) -> str:
        return "UNMANAGED"


UNMANAGED: Final = Unmanaged.UNMANAGED


class Facet(enum.Flag):
    """One role of a field.

    `EXPRESSION`: it holds SQL expressions; if the text differs, it must be brought to the server's own form first.
    `OBSERVED`: only the catalog fills it. `RULE`: it decides which rows comply. `LOOKED_UP`: it decides which
    operators the server looks up for the object, or whether the object is possible at all.

    `IN_PLACE`: it can be changed on the object itself, unless it is `FIXED_IF_PARTITIONED` and the table is
    partitioned. `ALTERED`: it can be changed without checking the rows again. `INCIDENTAL`: two equivalent objects
    may differ in it. `VALIDITY`: it says whether existing rows were checked. `REMARK`: it holds a text for people.
    `NAME`: it holds the object's name. `PASSING`: an object that is unfinished, or being replaced, may have another
    value.

    `LATER`: it is set on the finished object, and empty until then. `KEPT`: a successor with another name takes it
    over from its predecessor, if the file omits it. `CARRIED`: a constraint takes it over from an index that it
    adopts as well. `OWN`: an index of a partition may have its own value. `TABLESPACE`: it holds the name of one.
    `ROLE`: it says which role of the table the index has. `PARTS`: it holds the names of partitions' indexes.

    `PAIRS`: it holds (name, value) pairs, which the file writes as a mapping. `SELDOM`: it is only shown if not
    empty.
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
    """How the file writes a field that it holds in another shape: its path, words for values, and its key."""

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
    """Declare a field that is always managed. `called` is the key in the file, if it differs from the field's
    name."""
    metadata = {"facets": facets, "called": called, "wording": wording}
    return field(metadata=metadata) if default is _REQUIRED else field(default=default, metadata=metadata)


def unmanaged(facets: Facet = NO_FACET, *, empty: Any = None, called: str | None = None) -> Any:
    """Declare a field that is compared only if the file mentions it. `empty` is the value of a new object
    otherwise."""
    return field(default=UNMANAGED, metadata={"facets": facets, "empty": empty, "called": called})


def expression(facets: Facet = NO_FACET, *, default: Any = _REQUIRED, called: str | None = None) -> Any:
    """Declare a field that holds SQL expressions."""
    return declared(Facet.EXPRESSION | facets, default=default, called=called)


def observed(default: Any) -> Any:
    """Declare a field that only the catalog fills (such as the status of an invalid index). It is part of the value
    all the same."""
    return declared(Facet.OBSERVED | Facet.INCIDENTAL | Facet.PASSING, default=default)


def remark(facets: Facet = NO_FACET) -> Any:
    """Declare a field that holds a comment."""
    return unmanaged(_ATTRIBUTE | Facet.REMARK | Facet.ALTERED | Facet.LATER | Facet.KEPT | facets)


def name_attribute() -> Any:
    """Declare a field that holds the object's name, if something else identifies the object."""
    return unmanaged(_ATTRIBUTE | Facet.PASSING | Facet.NAME)


def validity() -> Any:
    """Declare a field that says whether existing rows were checked."""
    return declared(_ATTRIBUTE | Facet.VALIDITY | Facet.ALTERED | Facet.PASSING, default=True)


def storage_parameters() -> Any:
    """Declare a field that holds the storage parameters of an index."""
    facets = Facet.LOOKED_UP | Facet.FIXED_IF_PARTITIONED | Facet.KEPT | Facet.CARRIED | Facet.OWN | Facet.PAIRS
    return unmanaged(_ATTRIBUTE | facets, empty=(), called="with")


def index_role() -> Any:
    """Declare a field that says whether an index has a role that only one index of a table can have."""
    facets = Facet.ROLE | Facet.LATER | Facet.KEPT | Facet.CARRIED | Facet.OWN
    return unmanaged(_ATTRIBUTE | facets, empty=False)


def statistics_targets() -> Any:
    """Declare a field that holds (number, target) pairs."""
    return unmanaged(_ATTRIBUTE | Facet.LATER | Facet.KEPT | Facet.CARRIED | Facet.PAIRS, empty=())


def part_names() -> Any:
    """Declare a field that holds the names of partitions' indexes."""
    return unmanaged(_ATTRIBUTE | Facet.PARTS | Facet.PASSING | Facet.PAIRS | Facet.SELDOM, empty=())


def _remembered(make: Callable[P, T]) -> Callable[P, T]:
    remembering: Any = functools.cache
    made: Callable[P, T] = remembering(make)
    return made


@_remembered
def facets_of(kind: Any) -> Mapping[str, Facet]:
    """Return the facets of each field of a dataclass, in declared order."""
    return {one.name: one.metadata.get("facets", NO_FACET) for one in fields(kind)}


@_remembered
def fields_with(kind: Any, facets: Facet) -> tuple[str, ...]:
    """Return the names of the fields that have at least one of the facets."""
    return tuple(name for name, own in facets_of(kind).items() if own & facets)


@_remembered
def empty_values(kind: Any) -> Mapping[str, Any]:
    """Return the values of a new object for the fields that a file may omit without meaning a default."""
    return {one.name: one.metadata["empty"] for one in fields(kind) if one.default is UNMANAGED}


@_remembered
def file_names(kind: Any) -> Mapping[str, str]:
    """Return the file's name of each field. The fields of the class itself come before those of its bases."""
    own = [name for one in kind.__mro__ for name in inspect.get_annotations(one)]
    called = {one.name: one.metadata.get("called") or one.name for one in fields(kind)}
    return {name: called[name] for name in own if name in called}


def wordings(value: Any) -> dict[str, Wording]:
    """Return the wordings of a value's fields, and of the fields of the values in them, by the names under which
    they are shown."""
    names = file_names(type(value))
    found = {names[one.name]: one.metadata["wording"] for one in fields(value) if one.metadata.get("wording")}
    for name in names:
        held = getattr(value, name)
        for item in held if isinstance(held, tuple) else ():
            if is_dataclass(item):
                found |= wordings(item)
    return found
