"""Text that may contain values of rows, kept so that it cannot be printed by accident."""

from __future__ import annotations

from typing import Any, Self


class Private:
    """Texts that may contain values of rows: samples of a data check, and the server's own words about an error.

    `str` and `repr` hide them, and nothing serialises them: only `up_to` returns them. Output for people calls it,
    with the number of values that the operator allows; 0 returns none.
    """

    __slots__ = ("_texts",)

    def __init__(self, *texts: str) -> None:
        self._texts = texts

    def up_to(self, count: int) -> tuple[str, ...]:
        """Return the first `count` texts."""
        return self._texts[: max(count, 0)]

    def __len__(self) -> int:
        return len(self._texts)

    def __repr__(self) -> str:
        return f"<{len(self._texts)} not shown>"

    def __eq__(self, other: object) -> bool:
        return self._texts == other._texts if isinstance(other, Private) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._texts)

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, _memo: dict[int, Any]) -> Self:
        return self

    def __reduce__(self) -> str:
        raise TypeError("texts that may contain values of rows are not serialised")


NOTHING = Private()
