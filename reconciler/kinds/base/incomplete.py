"""Expressions that lack an operand, such as `level >`, or are a whole clause, such as `CHECK (level > 0)`: certain
mistakes that are found without a server.

Nothing that PostgreSQL accepts is rejected. Only PostgreSQL's reserved words count, because other words can be
column names, and only operators that cannot be first or last. Source: src/include/parser/kwlist.h and
src/backend/parser/gram.y
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from reconciler.kinds.base.expressions import tokens

_OPERATOR: Final = frozenset("+-*/<>=~!@#%^&|`?")
_BINARY: Final = frozenset({"=", "<", ">", "/", "%", "^", "<=", ">=", "<>", "!="})
_JOINING: Final = frozenset({"and", "or", "in", "collate", "as", "when", "then", "else"})
_NEEDING: Final = _JOINING | {"not", "case", "distinct", "any", "all", "some", "from"}
_NEEDING_UNLESS_TYPES: Final = frozenset({"is", "like", "ilike", "similar"})


def incomplete(text: str) -> str | None:
    """Return what is missing in an expression whose brackets and quotes are closed (`lex_problem`); None if that is
    unknown."""
    if "operator" in text.lower():  # OPERATOR(schema.=) names an operator without operands
        return None
    earlier, last, cases = "", "", 0
    for part in (*_parts(text), ""):
        if part in ("", ")", "]", ",") and _needs_more(earlier, last, part):
            return f"something is missing after `{last}`" if last else "something is missing before `,`"
        if last in ("", "(", "[", ",") and (part in _BINARY or part in _JOINING):
            return f"something is missing before `{part}`"
        if last != ".":
            cases += (part == "case") - (part == "end")
        earlier, last = last, part
    return "the `end` of a `case` is missing" if cases > 0 else None


def clause(text: str) -> str | None:
    """Return the keyword of a clause that is written around or behind a condition, `CHECK` or `WHERE`; None if there
    is none.

    Both words are reserved: as names they are quoted or follow a dot or `AS`. Inside brackets, `WHERE` may belong to
    a query or a filter.
    """
    lower = text.lower()
    if "check" not in lower and "where" not in lower:
        return None
    last, depth = "", 0
    for part in _parts(text):
        if last not in (".", "as") and (part == "check" or (part == "where" and depth == 0)):
            return part.upper()
        depth += (part == "(") - (part == ")")
        last = part
    return None


def _needs_more(earlier: str, last: str, closer: str) -> bool:
    """Whether an operand is needed between `last` and the closing bracket, the end of the text, or a comma."""
    if last in _NEEDING:
        return earlier != "."  # after a dot, every word is a name
    if last in _NEEDING_UNLESS_TYPES:
        return earlier not in (".", "::", "as")
    if last == "(":  # a function may have no arguments
        return closer == "," or earlier in ("", "(", "[", ",", "::") or earlier in _NEEDING or _is_operator(earlier)
    if last == "*":
        return earlier not in ("(", ".")  # count(*), row(t.*)
    return last in (",", ".", "::") or _is_operator(last) or (last in ("", "[") and closer == ",")


def _is_operator(part: str) -> bool:
    return part != "" and set(part) <= _OPERATOR


def _parts(text: str) -> Iterator[str]:
    """Split into words in lower case, whole operators, brackets and punctuation. `x` stands for quoted text and
    numbers."""
    operator = ""
    for kind, token in tokens(text):
        if kind == "other" and token in _OPERATOR:
            operator += token
            continue
        if operator:
            yield operator
            operator = ""
        if kind in ("word", "cast", "other"):
            if not token.isspace():
                yield token.lower()
        else:
            yield "x"
    if operator:
        yield operator
