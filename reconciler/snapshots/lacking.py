"""What the embedded server lacks, and which rejections it explains: an error names the object that was not found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from reconciler.model.as_json import as_json
from reconciler.model.facts.meaning import Interpretation, MeaningOf, Rejected, Unknown
from reconciler.model.names import display
from reconciler.model.server_error import ServerError
from reconciler.model.state import LiveTable
from reconciler.snapshots.skeleton import OtherObject, QualifiedName, Skeleton, UserFunction, UserType

# SQLSTATEs of missing objects that may exist on the snapshot's server: functions, types, operators and others.
_ABSENT = frozenset({"42883", "42704", "42703", "42804", "42846", "42725", "42809"})
_NOT_A_VALUE = "22P02"
_OPERATOR = re.escape("+-*/<>=~!@#%^&|`?")
_MOST_NAMED = 5

Sign = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lacking:
    """An object of the snapshot's server that the embedded server lacks. An error is about it if its message contains
    all words of one of the `signs`. `any_error`: what belongs to it is not known, so any error may be about it."""

    what: str
    signs: tuple[Sign, ...] = ()
    any_error: bool = False

    def explains(self, message: str) -> bool:
        return self.any_error or any(all(_contains(message, word) for word in sign) for sign in self.signs)


def lacking(what: str, name: QualifiedName) -> Lacking:
    """Return an object that errors call by its name."""
    shown = f"{display(name.schema)}.{name.name}" if what == "operator" else str(name)
    return Lacking(what=f"{what} {shown}", signs=((name.name,),))


def lacking_others(skeleton: Skeleton) -> Iterator[Lacking]:
    """Yield the objects of a skeleton that are never created."""
    for one in skeleton.others:
        yield _other(one, skeleton.functions)
    for name in skeleton.locales:
        yield lacking("collation", QualifiedName(schema="pg_catalog", name=name))
    for type_ in skeleton.types:
        if type_.is_stood_in:
            yield Lacking(what=f"the functions of type {type_.name}", signs=((type_.name.name,),))


def _other(one: OtherObject, functions: Iterable[UserFunction]) -> Lacking:
    match one.kind:
        case "operator class":
            signs = tuple((word, one.method) for word in (one.name.name, *one.types))
            return Lacking(what=f"operator class {one.name} for {one.method}", signs=signs)
        case "access method":
            return Lacking(what=f"access method {one.name.name}", signs=((one.name.name,),))
        case "cast" if len(one.types) == 2:  # nobody has checked the file
            source, target = one.types
            calls = [function.name.name for function in functions if target in map(_bare, function.arguments)]
            found: list[Sign] = [(source, target)]
            if one.is_implicit:
                found += [(source,)] if one.is_of_user else [(source, name) for name in calls]
            return Lacking(what=f"the cast from {source} to {target}", signs=tuple(found))
        case _:
            return lacking(one.kind, one.name)


def unless_lacking(
    question: MeaningOf,
    answer: Rejected | Unknown,
    missing: Iterable[Lacking],
    table: LiveTable,
    types: Iterable[UserType],
) -> Interpretation:
    """Return the answer; it is unknown if the server rejects the definition because of what it lacks."""
    error = answer.error
    found = list(_reasons(question, error, missing, table, types)) if error is not None else []
    if not found:
        return answer
    more = f" and {len(found) - _MOST_NAMED} more" if len(found) > _MOST_NAMED else ""
    return Unknown(reason=f"the embedded server lacks {', '.join(found[:_MOST_NAMED])}{more}", error=error)


def _reasons(
    question: MeaningOf, error: ServerError, missing: Iterable[Lacking], table: LiveTable, types: Iterable[UserType]
) -> Iterator[str]:
    # Detail and hint, which give advice, are left out. A private message may be about any name of the definition.
    message = " ".join(_texts(as_json(question.definition))) if error.words else error.text.split("; ", 1)[0]
    if error.sqlstate in _ABSENT:
        yield from dict.fromkeys(one.what for one in missing if one.explains(message))
    elif error.sqlstate == _NOT_A_VALUE and "record literal" in message:
        # A stand-in is a composite type, which reads other values than the type itself.
        texts = (*question.definition.expressions(), *(column.type for column in table.columns.values()))
        for one in types:
            if one.is_stood_in and any(_contains(text, one.name.name) for text in texts):
                yield f"the functions of type {one.name}"


def _texts(value: Any) -> Iterator[str]:
    """Yield the texts of JSON, without keys."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list, tuple)):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _texts(one)


def _contains(text: str, word: str) -> bool:
    """Whether a text contains a name, or the name of an operator, that is not a part of another one."""
    around = rf"[{_OPERATOR}]" if re.fullmatch(rf"[{_OPERATOR}]+", word) else r"[\w$]"
    return bool(word) and re.search(rf"(?<!{around}){re.escape(word)}(?!{around})", text) is not None


def _bare(type_: str) -> str:
    return type_.rpartition(".")[2]
