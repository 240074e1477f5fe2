"""Colors for a terminal. They are written by hand, because importing a library would take longer than the plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

_RESET = "\x1b[0m"


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """The escape code of each role. A role without one is printed unchanged."""

    codes: Mapping[str, str]

    def __call__(self, role: str, text: str) -> str:
        code = self.codes.get(role)
        return f"\x1b[{code}m{text}{_RESET}" if code else text


PLAIN = Theme(codes=MappingProxyType({}))
COLOUR = Theme(
    codes=MappingProxyType(
        {
            "create": "32",
            "alter": "33",
            "rename": "33",
            "validate": "36",
            "drop": "31",
            "archive": "31",
            "dump": "31",
            "refused": "1;31",
            "hazard": "33",
            "blocking": "1;33",
            "title": "1",
            "faint": "2",
            "good": "32",
        }
    )
)
