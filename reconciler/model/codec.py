"""Values of the model as JSON and back, by their types: no class has its own reader or writer.

A dataclass becomes an object of its fields without those that have their default; a named tuple becomes a list. A
definition, or a value of one of several dataclasses, has the name of its class under `type`. A mapping becomes a
list of pairs, unless its keys are texts. Anybody may have written a file, so each value must have exactly the
expected type.
"""

from __future__ import annotations

import dataclasses
import functools
import sys
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import Enum
from typing import Any, cast

from reconciler.model.definition import Definition
from reconciler.model.facets import UNMANAGED, Unmanaged

Decoder = Callable[[Any], Any]
Encoder = Callable[[Any], Any]

_TYPE = "type"
_MISSING = dataclasses.MISSING
_MICROSECOND = timedelta(microseconds=1)


class Unfit(ValueError):
    """A value does not have the expected type."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Codec:
    """How values of one type are written as JSON's own types, and read again."""

    write: Encoder
    read: Decoder


def codec(hint: Any) -> Codec:
    """Return the codec of a type. Raise `TypeError` for a type that has no codec."""
    return _codec(hint)


@functools.cache
def _codec(hint: Any) -> Codec:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if hint is Any:
        return Codec(write=lambda value: value, read=lambda value: value)
    if origin in (typing.Union, types.UnionType):
        return _union([one for one in arguments if one is not Unmanaged])
    if origin is tuple:
        return _sequence(arguments[0], tuple) if arguments[-1] is ... else _fixed(arguments, tuple)
    if origin in (frozenset, Sequence):
        return _sequence(arguments[0], cast(Any, {frozenset: frozenset, Sequence: tuple}[origin]))
    if origin in (dict, Mapping):
        return _mapping(*arguments)
    if hint in (bool, int, float, str):
        return _text() if hint is str else _scalar(hint)
    if hint is datetime:
        return _converted(datetime.isoformat, datetime.fromisoformat, str)
    if hint is timedelta:
        return _converted(lambda value: value // _MICROSECOND, lambda value: timedelta(microseconds=value), int)
    if isinstance(hint, type):
        return _of_class(hint)
    raise TypeError(f"there is no codec for values of {hint}")


def _of_class(kind: type) -> Codec:
    if issubclass(kind, Enum):
        members = {member.value: member for member in kind}
        return Codec(write=lambda value: value.value, read=lambda value: _one_of(members, value))
    if issubclass(kind, tuple) and hasattr(kind, "_fields"):
        hints = typing.get_type_hints(kind)
        return _fixed([hints[name] for name in kind._fields], lambda values: kind(*values))
    if kind is Definition:
        return _tagged({one.__name__: one for one in _definitions(Definition)})
    if dataclasses.is_dataclass(kind):
        return _fields(kind)
    raise TypeError(f"there is no codec for values of {kind}")


def _definitions(kind: type[Definition]) -> list[type[Definition]]:
    """Return the classes of definitions that are not bases of others: those of the kinds, and the others in a live
    state.

    The modules that define them have been imported by whoever has such values. A dataclass with slots replaces the
    class that was decorated, which is still registered as a subclass.
    """
    known = [one for one in kind.__subclasses__() if vars(sys.modules[one.__module__]).get(one.__name__) is one]
    return [leaf for one in known for leaf in _definitions(one) or [one]]


def _scalar(kind: type) -> Codec:
    def read(value: Any) -> Any:
        if type(value) is not kind and not (kind is float and type(value) is int):
            raise Unfit(f"not a {kind.__name__}")
        return value

    return Codec(write=lambda value: value, read=read)


def _text() -> Codec:
    def read(value: Any) -> Any:
        if type(value) is not str or "\0" in value:
            raise Unfit("not a text")
        if not value.isascii():
            value.encode()  # this raises an error for a surrogate
        return value

    return Codec(write=lambda value: value, read=read)


def _converted(write: Encoder, read: Decoder, kind: type) -> Codec:
    inner = codec(kind)
    return Codec(write=write, read=lambda value: read(inner.read(value)))


def _union(members: Sequence[Any]) -> Codec:
    several = [one for one in members if one is not types.NoneType]
    inner = codec(several[0]) if len(several) == 1 else _tagged({one.__name__: one for one in several})
    if len(several) == len(members):
        return inner
    return Codec(
        write=lambda value: None if value is None else inner.write(value),
        read=lambda value: None if value is None else inner.read(value),
    )


def _tagged(kinds: Mapping[str, Any]) -> Codec:
    """Return the codec for one of several dataclasses."""

    def write(value: Any) -> Any:
        kind: Any = type(value)
        return {_TYPE: kind.__name__, **_fields(kind).write(value)}

    def read(value: Any) -> Any:
        found = dict(_object(value))
        return _fields(_one_of(kinds, found.pop(_TYPE, None))).read(found)

    return Codec(write=write, read=read)


@functools.cache
def _fields(kind: Any) -> Codec:
    hints = typing.get_type_hints(kind)
    own = [one for one in dataclasses.fields(kind) if one.init]
    codecs = {one.name: codec(hints[one.name]) for one in own}
    defaults = {one.name: one.default for one in own}

    def write(value: Any) -> dict[str, Any]:
        held = {name: getattr(value, name) for name in codecs}
        if any(item is UNMANAGED and defaults[name] is not UNMANAGED for name, item in held.items()):
            raise TypeError(f"a {kind.__name__} lacks a field")
        return {name: codecs[name].write(item) for name, item in held.items() if not _is(item, defaults[name])}

    readers = {name: one.read for name, one in codecs.items()}

    def read(value: Any) -> Any:
        if not _object(value).keys() <= readers.keys():
            raise Unfit(f"unknown field {min(value.keys() - readers.keys())} in a {kind.__name__}")
        return kind(**{name: readers[name](item) for name, item in value.items()})

    return Codec(write=write, read=read)


def _is(value: Any, default: Any) -> bool:
    return default is not _MISSING and type(value) is type(default) and value == default


def _sequence(item: Any, make: Callable[[Any], Any]) -> Codec:
    inner = codec(item)

    def write(value: Any) -> list[Any]:
        ordered = sorted(value) if make is frozenset else value
        return [inner.write(one) for one in ordered]

    return Codec(write=write, read=lambda value: make([inner.read(one) for one in _list(value)]))


def _fixed(items: Sequence[Any], make: Callable[[Any], Any]) -> Codec:
    inner = [codec(one) for one in items]
    writers, readers = [one.write for one in inner], [one.read for one in inner]
    length = len(inner)

    def read(value: Any) -> Any:
        if len(_list(value)) != length:
            raise Unfit(f"not {length} values")
        return make([each(one) for each, one in zip(readers, value, strict=True)])

    return Codec(write=lambda value: [each(one) for each, one in zip(writers, value, strict=True)], read=read)


def _mapping(key: Any, value: Any) -> Codec:
    keys, values = codec(key), codec(value)
    if key is str:
        return Codec(
            write=lambda found: {name: values.write(one) for name, one in found.items()},
            read=lambda found: {keys.read(name): values.read(one) for name, one in _object(found).items()},
        )
    pairs = _fixed((key, value), tuple)
    return Codec(
        write=lambda found: [pairs.write(pair) for pair in found.items()],
        read=lambda found: dict(pairs.read(pair) for pair in _list(found)),
    )


def _one_of(members: Mapping[Any, Any], value: Any) -> Any:
    if type(value) not in (str, int) or value not in members:
        raise Unfit("not a known value")
    return members[value]


def _object(value: Any) -> dict[str, Any]:
    if type(value) is not dict:
        raise Unfit("not an object")
    return value


def _list(value: Any) -> list[Any]:
    if type(value) is not list:
        raise Unfit("not a list")
    return value
