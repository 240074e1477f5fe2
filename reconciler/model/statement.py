"""One SQL statement of a plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from reconciler.model.bound import BoundName, BoundText, Parameter, bound_names_in
from reconciler.model.names import quoted


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One SQL statement without its closing semicolon. Everything except bound names, texts and parameters is final,
    quoted text."""

    parts: tuple[str | BoundName | BoundText | Parameter, ...]

    @property
    def names(self) -> tuple[BoundName, ...]:
        """Return the bound names in it, each once."""
        return tuple(dict.fromkeys(bound_names_in(self.parts)))

    def render(self, name: Callable[[BoundName], str]) -> str:
        """Return the text, with each bound name replaced by what `name` returns, which is not quoted any
        further."""
        return "".join(_quoted(part, name) for part in self.parts)

    def bind(self, name: Callable[[BoundName], str]) -> Statement:
        """Return the same statement with final names."""
        return Statement(parts=(self.render(name),))

    def filled(self, values: Mapping[str, str], name: Callable[[BoundName], str] = str) -> str:
        """Return the text with SQL text for each parameter, and the final bound names."""
        return Statement(
            parts=tuple(values[part.name] if isinstance(part, Parameter) else part for part in self.parts)
        ).render(name)

    def __str__(self) -> str:
        """Return the text for people, with a placeholder for the time."""
        return self.render(str)


def _quoted(part: str | BoundName | BoundText | Parameter, name: Callable[[BoundName], str]) -> str:
    match part:
        case Parameter():
            return part.shown
        case BoundName():
            return quoted(name(part))
        case BoundText():
            return _literal(part.render(name))
        case _:
            return part


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
