"""Names in the archive: a plan knows all of such a name except the time of the run, which is the same for the whole
run."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from reconciler.model.names import cut

LAST_NUMBER = 9999
"""The highest number that makes two names different."""

ANY_TIME = "<YYYYMMDDTHHMMSSZ>"
"""The placeholder for the time in text for people."""

_ENDING = f"_{LAST_NUMBER}__" + 16 * "0"
_NUMBERED = re.compile(rf"(_[0-9]+)?__{ANY_TIME}")


def stamp_of(moment: datetime) -> str:
    """Return the time at the end of the names of a run: `20261122T132307Z`."""
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundName:
    """A name in the archive that ends in the time of the run: `orders_old__20261122T132307Z`.

    `original` is the raw name of the object outside the archive. `number` makes equal names different; 1 is not
    written. The original is truncated so that any number fits: the number never changes the truncation. `present`
    is the name that the object already has, if a run has moved it there; it does not count when two bound names are
    compared.
    """

    original: str
    number: int = 1
    present: str | None = field(default=None, compare=False)

    @property
    def prefix(self) -> str:
        """Return the part before number and time."""
        return cut(self.original, _ENDING).removesuffix(_ENDING)

    def at(self, stamp: str, number: int | None = None) -> str:
        """Return the raw name with this time and number; without a number, with the planned one."""
        number = self.number if number is None else number
        return self.prefix + (f"_{number}" if number > 1 else "") + f"__{stamp}"

    def __str__(self) -> str:
        """Return the raw name for people, with a placeholder for the time."""
        return self.at(ANY_TIME)


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundText:
    """A text in which each bound name is written as a JSON string."""

    parts: tuple[str | BoundName, ...]

    def render(self, name: Callable[[BoundName], str]) -> str:
        return "".join(
            part if isinstance(part, str) else json.dumps(name(part), ensure_ascii=False) for part in self.parts
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A part of a statement that each execution fills in. `shown` is the text for people."""

    name: str
    shown: str


def free_number(name: BoundName, stamp: str, taken: Collection[str]) -> int | None:
    """Return the first number, from the planned one on, with which both the name and that of its array type, which
    PostgreSQL creates for a table, are free. None if there is none."""
    for number in range(name.number, LAST_NUMBER + 1):
        candidate = name.at(stamp, number)
        if candidate not in taken and f"_{candidate}" not in taken:
            return number
    return None


def without_numbers(statement: str) -> str:
    """Return the text of a planned statement without the numbers of its bound names, which the run may change."""
    return _NUMBERED.sub(f"__{ANY_TIME}", statement)


def bound_names_in(parts: Collection[str | BoundName | BoundText | Parameter]) -> Iterator[BoundName]:
    """Return every bound name in the parts of a statement."""
    for part in parts:
        if isinstance(part, BoundText):
            yield from bound_names_in(part.parts)
        elif isinstance(part, BoundName):
            yield part
