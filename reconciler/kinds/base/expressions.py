"""SQL expressions of the file: the gate that text must pass before it may become SQL, and offline advice.

The gate is lexing alone, by PostgreSQL's rules: it makes sure that an expression stays one expression wherever it
is put between parentheses. Whether it is a *valid* one is the server's to say. sqlglot only advises: it rejects
expressions that PostgreSQL takes, so it never decides. It is imported when somebody asks for advice.

Source: https://www.postgresql.org/docs/current/sql-syntax-lexical.html, src/backend/parser/scan.l and
src/fe_utils/psqlscan.l. `standard_conforming_strings` must be on, as every session of ours pins it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import Any

# Words, plain numbers, operators, strings and brackets: nearly all expressions are made of these alone, and then only
# the brackets are left to be matched. `-` and `/` stand alone, as a comment begins with two.
_SIMPLE = re.compile(
    r"(?:[A-Za-z_][A-Za-z0-9_]*+(?![$&'\"])(?![^\x00-\x7f])"
    r"|[0-9]++(?:\.[0-9]++)?+(?![A-Za-z0-9_.$'\"])(?![^\x00-\x7f])"
    r"|[<>=+*%,!|~ \n()\[\]]++|-(?!-)|/(?!\*)|::(?!:)|\.(?=[A-Za-z_])"
    r"|'(?:[^'\\\0]++|'')*+'(?!\s*'))++\Z"
)
_SIMPLE_LENGTH = 2000
_SHORT = 24
_QUOTED_LENGTH = 60
MAX_LENGTH = 100_000
"""How many characters an expression may have."""

MAX_NESTING = 200
"""How deep brackets may nest. The server's own limit depends on its stack; people need less than 10."""

# Advice is for what people write: sqlglot takes exponential time for some nested brackets, as of `array[array[…]]`.
_ADVISED_TOKENS = 300
_ADVISED_NESTING = 8

_SIMPLE_STRING = re.compile(r"'[^']*'")
_NO_BRACKET = re.compile(r"[^()\[\]]++")
_STRING_OR_PARENTHESIS = re.compile(r"'[^']*'|[()]")
_SPACE = " \t\n\r\f\v"
"""What PostgreSQL skips between tokens: a no-break space is a letter to it."""

_REMEMBERED = 16_384
"""Answers about so many texts are kept: the same few expressions stand all over a file, and in the catalog again."""

_HIGH = "\u0080-\U0010ffff"  # PostgreSQL takes every byte above 127 for a letter
_TOKEN = rf"""(?xs)
      (?P<escape_string>  [eE]' )
    | (?P<string>         (?:[uU]&|[bBxXnN])?' )
    | (?P<name>           (?:[uU]&)?" )
    | (?P<word>           [A-Za-z_{_HIGH}][A-Za-z0-9_${_HIGH}]* )
    | (?P<number>         0[xX](?:_?[0-9a-fA-F])+ | 0[oO](?:_?[0-7])+ | 0[bB](?:_?[01])+
                        | (?:[0-9](?:_?[0-9])*(?:\.(?!\.)(?:[0-9](?:_?[0-9])*)?)? | \.[0-9](?:_?[0-9])*)
                          (?:[eE][+-]?[0-9](?:_?[0-9])*)? )
    | (?P<dollar>         \$(?:[A-Za-z_{_HIGH}][A-Za-z0-9_{_HIGH}]*)?\$ )
    | (?P<comment>        --|/\* )
    | (?P<cast>           :: )
    | (?P<other>          . )
    """
_AFTER_NUMBER = rf"[A-Za-z0-9_$'\"{_HIGH}]"
_REST_OF_STRING = r"(?s)(?:[^']|'')*+'"
_REST_OF_ESCAPE_STRING = r"(?s)(?:[^'\\]|''|\\.)*+'"
_REST_OF_NAME = r'(?s)(?:[^"]|"")*+"'
# A string goes on after a line break, and keeps its kind: in E'a'<newline>'\'' the second part has escapes as well.
_CONTINUED = r"[ \t\f\v]*[\n\r][ \t\n\r\f\v]*'"
_QUOTED = frozenset({"string", "escape_string", "name", "dollar"})
_OPENING = {"(": ")", "[": "]"}
_PSQL_VARIABLE = rf":(?:[A-Za-z0-9_{_HIGH}]|['\"]|\{{)"


@functools.cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compiled when the first unusual expression needs it: all of them take longer than reading a small file."""
    return re.compile(pattern)


class _Lexical(Exception):
    """The text is not lexically one expression; the message says why."""


def _short(token: str) -> str:
    return token if len(token) <= _SHORT else f"{token[: _SHORT - 1]}…"


def _end_of_string(text: str, start: int, rest: str) -> int:
    """The index behind the string whose opening quote ends at `start`."""
    while match := _compiled(rest).match(text, start):
        continued = _compiled(_CONTINUED).match(text, match.end())
        if continued is None:
            return match.end()
        start = continued.end()
    raise _Lexical("a ' is not closed")


def _end_of_quoted(text: str, kind: str, match: re.Match[str]) -> int | None:
    """The index behind what `match` opens; None if it opens nothing."""
    if kind == "string":
        return _end_of_string(text, match.end(), _REST_OF_STRING)
    if kind == "escape_string":
        return _end_of_string(text, match.end(), _REST_OF_ESCAPE_STRING)
    if kind == "name":
        rest = _compiled(_REST_OF_NAME).match(text, match.end())
        if rest is None:
            raise _Lexical('a " is not closed')
        return rest.end()
    if kind == "dollar":
        end = text.find(match.group(), match.end())
        if end < 0:
            raise _Lexical(f"the quote {_short(match.group())} is not closed")
        return end + len(match.group())
    return None


def tokens(text: str) -> Iterator[tuple[str, str]]:
    """(kind, text) of each token; kind as in `_TOKEN`. Raises `_Lexical` for a quote that is not closed."""
    position, token = 0, _compiled(_TOKEN)
    while position < len(text):
        match = token.match(text, position)
        assert match is not None
        kind = match.lastgroup or "other"
        end = _end_of_quoted(text, kind, match) or match.end()
        # Versions before 15 read `1a` as two tokens, later ones refuse it: no two readings here.
        if kind == "number" and _compiled(_AFTER_NUMBER).match(text, end):
            raise _Lexical(f"letters or a quote right after the number {_short(match.group())}")
        yield kind, text[position:end]
        position = end


_FORBIDDEN = {
    ";": "there is a ; outside quotes; an expression must be a single expression",
    "\\": "there is a backslash outside quotes",
    "$": "there is a $ outside quotes; parameters such as $1 are not supported here",
}


def _check(text: str) -> None:
    if len(text) > MAX_LENGTH:
        raise _Lexical(f"it has more than {MAX_LENGTH} characters")
    if "\0" in text:
        raise _Lexical("there is a NUL character, which PostgreSQL cannot store")
    if not text.strip():
        raise _Lexical("it is empty")
    expected: list[str] = []
    for kind, token in tokens(text):
        if kind == "comment":
            raise _Lexical(f"there is a comment ({token}) outside quotes")
        if kind != "other":
            continue
        if token in _FORBIDDEN:
            raise _Lexical(_FORBIDDEN[token])
        if token in _OPENING:
            expected.append(_OPENING[token])
            if len(expected) > MAX_NESTING:
                raise _Lexical(f"brackets nest more than {MAX_NESTING} deep")
        elif token in ")]" and (not expected or expected.pop() != token):
            raise _Lexical(f"unexpected `{token}`")
    if expected:
        raise _Lexical(f"missing `{expected[-1]}`")


def _is_simple(text: str) -> bool:
    return len(text) <= _SIMPLE_LENGTH and _SIMPLE.match(text) is not None


def _cancel_out(brackets: str) -> bool:
    """Whether each bracket has its partner, and nothing but brackets is there. False if they nest too deep to tell."""
    for _ in range(MAX_NESTING):
        size = len(brackets)
        if not size:
            return True
        brackets = brackets.replace("()", "").replace("[]", "")
        if len(brackets) == size:
            break
    return not brackets


def _nesting(text: str) -> int:
    """How deep brackets nest in text that has passed `lex_problem`."""
    depth = deepest = 0
    for kind, token in tokens(text):
        if kind == "other" and token in "()[]":
            depth += 1 if token in _OPENING else -1
            deepest = max(deepest, depth)
    return deepest


@functools.lru_cache(maxsize=_REMEMBERED)
def lex_problem(text: str) -> str | None:
    """Why `text` may not become part of a statement; None if it may, between parentheses.

    It may if it is not empty, its parentheses, brackets and quotes are closed, and outside quotes it holds no `;`,
    no comment, no backslash (a command of psql) and no parameter.
    """
    if _is_simple(text) and not text.isspace() and _cancel_out(_brackets(text)):
        return None
    try:
        _check(text)
    except _Lexical as problem:
        return str(problem)
    return None


def _brackets(text: str) -> str:
    """The brackets outside strings of text that `_SIMPLE` matches."""
    return _NO_BRACKET.sub("", _SIMPLE_STRING.sub("", text) if "'" in text else text)


@functools.lru_cache(maxsize=_REMEMBERED)
def unwrapped(text: str) -> str:
    """`text` without white space around it and without pairs of parentheses that enclose the whole.

    PostgreSQL prints most expressions in parentheses; people do not write them.
    """
    text = text.strip(_SPACE)
    closing = _closing(text) if text.startswith("(") else {}
    start, end = 0, len(text)
    while closing.get(start) == end - 1:
        start, end = start + 1, end - 1
        while start < end and text[start] in _SPACE:
            start += 1
        while start < end and text[end - 1] in _SPACE:
            end -= 1
    return text[start:end]


def _closing(text: str) -> dict[int, int]:
    """Where each parenthesis outside quotes is closed; nothing if the quotes are not."""
    opened: list[int] = []
    closing: dict[int, int] = {}
    try:
        for position, token in _parentheses(text):
            if token == "(":
                opened.append(position)
            elif opened:
                closing[opened.pop()] = position
    except _Lexical:
        return {}
    return closing


def _parentheses(text: str) -> Iterator[tuple[int, str]]:
    """Each parenthesis outside quotes and its position."""
    if _is_simple(text):
        found = _STRING_OR_PARENTHESIS.finditer(text)
        yield from ((match.start(), match.group()) for match in found if match.group() in "()")
        return
    position = 0
    for kind, token in tokens(text):
        if kind == "other" and token in "()":
            yield position, token
        position += len(token)


def psql_variable_in(text: str) -> bool:
    """Whether psql might put a variable's value into `text`, which has passed `lex_problem`.

    psql replaces `:name`, `:'name'`, `:"name"` and `:{?name}` outside quotes if it has such a variable, as in the
    array slice `a[1:n]`; never `::`, and nothing inside quotes.
    Source: https://www.postgresql.org/docs/current/app-psql.html#APP-PSQL-INTERPOLATION
    """
    if ":" not in text:
        return False
    shown = {"cast": slice(0, 0)} | dict.fromkeys(_QUOTED, slice(0, 1))
    bare = "".join(token[shown.get(kind, slice(None))] or " " for kind, token in tokens(text))
    return _compiled(_PSQL_VARIABLE).search(bare) is not None


def _parse(text: str) -> Any:
    """sqlglot's reading of an expression, or None where it has none."""
    import logging

    import sqlglot
    from sqlglot.errors import SqlglotError

    logger = logging.getLogger("sqlglot")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        return sqlglot.parse_one(f"SELECT ({text}\n)", read="postgres")
    except (SqlglotError, RecursionError):
        return None
    finally:
        logger.setLevel(level)


def _is_advised(text: str) -> bool:
    """Whether sqlglot is asked about an expression. Called before it: once it runs, nothing ends it."""
    count = 0
    if len(text) > _ADVISED_TOKENS * 50 or lex_problem(text) is not None:
        return False
    for _, token in tokens(text):
        count += not token.isspace()
        if count > _ADVISED_TOKENS:
            return False
    return _nesting(text) <= _ADVISED_NESTING


def shortened(text: str) -> str:
    """An expression for a message, cut where it is long."""
    return text if len(text) <= _QUOTED_LENGTH else f"{text[: _QUOTED_LENGTH - 1]}…"


def columns_of(text: str) -> frozenset[str] | None:
    """The columns that an expression names, folded as PostgreSQL folds them; None if it cannot be told offline."""
    from sqlglot import expressions as exp

    tree = _parse(text) if _is_advised(text) else None
    if tree is None or tree.find(exp.Command):
        return None
    identifiers = (column.this for column in tree.find_all(exp.Column) if isinstance(column.this, exp.Identifier))
    return frozenset(name.this if name.args.get("quoted") else name.this.lower() for name in identifiers)


def expression_warnings(text: str) -> list[str]:
    """Likely mistakes in an expression of a check or an index. Advice only: the server decides.

    A long or deeply nested one gets none: sqlglot might take for ever.
    """
    if not _is_advised(text):
        return []
    from sqlglot import expressions as exp

    tree = _parse(text)
    if tree is None:
        return ["it could not be understood offline; the server will decide whether it is valid"]
    body = tree.expressions[0]
    warnings = []
    for comparison in body.find_all(exp.EQ, exp.NEQ):
        if isinstance(comparison.left, exp.Null) or isinstance(comparison.right, exp.Null):
            word = "IS NULL" if isinstance(comparison, exp.EQ) else "IS NOT NULL"
            warnings.append(f"`{shortened(comparison.sql('postgres'))}` is never true; write {word}")
    for negated in body.find_all(exp.Not):
        if isinstance(negated.this, exp.In) and any(isinstance(e, exp.Null) for e in negated.this.expressions):
            warnings.append("NOT IN with a NULL in its list is never true")
    if body.find(exp.Select):
        warnings.append("PostgreSQL does not allow a subquery in a check, an index or its predicate")
    if body.find(exp.AggFunc):
        warnings.append("PostgreSQL does not allow an aggregate in a check, an index or its predicate")
    if body.find(exp.CurrentTimestamp, exp.CurrentDate, exp.CurrentTime, exp.Rand):
        warnings.append(
            "its value depends on the current time: an index does not allow that, and a check is "
            "not evaluated again later"
        )
    return list(dict.fromkeys(warnings))
