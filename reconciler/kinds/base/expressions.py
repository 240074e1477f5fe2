"""SQL expressions in the file: the gate that text must pass before it becomes SQL, and offline advice.

The gate only does lexing, by PostgreSQL's rules: it makes sure that an expression stays one expression between
parentheses. The server decides whether the expression is *valid*. sqlglot only advises: it rejects expressions that
PostgreSQL accepts, so it never decides. It is imported only when advice is needed.

Source: https://www.postgresql.org/docs/current/sql-syntax-lexical.html, src/backend/parser/scan.l and
src/fe_utils/psqlscan.l. `standard_conforming_strings` must be on; every session of the tool sets it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import Any

# Words, plain numbers, operators, strings and brackets. Nearly all expressions consist of these; for them only the
# brackets are left to match. `-` and `/` must be single, because a comment begins with two.
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
"""The largest number of characters of an expression."""

MAX_NESTING = 200
"""The deepest nesting of brackets. The server's own limit depends on its stack; real expressions need less than
10."""

# Advice is for expressions that people write: sqlglot takes exponential time for some nested brackets, such as
# `array[array[…]]`.
_ADVISED_TOKENS = 300
_ADVISED_NESTING = 8

_SIMPLE_STRING = re.compile(r"'[^']*'")
_NO_BRACKET = re.compile(r"[^()\[\]]++")
_STRING_OR_PARENTHESIS = re.compile(r"'[^']*'|[()]")
_SPACE = " \t\n\r\f\v"
"""The characters that PostgreSQL skips between tokens. A no-break space is a letter for PostgreSQL."""

# PostgreSQL reads every byte above 127 as a letter. These classes list the characters that they exclude, which are all
# ASCII: `re` needs 10 ms to compile a class that reaches up to U+10FFFF.
_LETTER = r"[^\x00-@\[-^`{-\x7f]"  # and `_`
_LETTER_DIGIT = r"[^\x00-/:-@\[-^`{-\x7f]"
_LETTER_DIGIT_DOLLAR = r"[^\x00-\#%-/:-@\[-^`{-\x7f]"
_TOKEN = rf"""(?xs)
      (?P<escape_string>  [eE]' )
    | (?P<string>         (?:[uU]&|[bBxXnN])?' )
    | (?P<name>           (?:[uU]&)?" )
    | (?P<word>           {_LETTER}{_LETTER_DIGIT_DOLLAR}* )
    | (?P<number>         0[xX](?:_?[0-9a-fA-F])+ | 0[oO](?:_?[0-7])+ | 0[bB](?:_?[01])+
                        | (?:[0-9](?:_?[0-9])*(?:\.(?!\.)(?:[0-9](?:_?[0-9])*)?)? | \.[0-9](?:_?[0-9])*)
                          (?:[eE][+-]?[0-9](?:_?[0-9])*)? )
    | (?P<dollar>         \$(?:{_LETTER}{_LETTER_DIGIT}*)?\$ )
    | (?P<comment>        --|/\* )
    | (?P<cast>           :: )
    | (?P<other>          . )
    """
_AFTER_NUMBER = rf"{_LETTER_DIGIT_DOLLAR}|['\"]"
_REST_OF_STRING = r"(?s)(?:[^']|'')*+'"
_REST_OF_ESCAPE_STRING = r"(?s)(?:[^'\\]|''|\\.)*+'"
_REST_OF_NAME = r'(?s)(?:[^"]|"")*+"'
# A string continues after a line break and keeps its kind: in E'a'<newline>'\'' the second part has escapes as
# well.
_CONTINUED = r"[ \t\f\v]*[\n\r][ \t\n\r\f\v]*'"
_QUOTED = frozenset({"string", "escape_string", "name", "dollar"})
_OPENING = {"(": ")", "[": "]"}


@functools.cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern when the first unusual expression needs it: compiling all takes longer than reading a small
    file."""
    return re.compile(pattern)


class _Lexical(Exception):
    """The text is lexically not one expression; the message says why."""


def _short(token: str) -> str:
    return token if len(token) <= _SHORT else f"{token[: _SHORT - 1]}…"


def _end_of_string(text: str, start: int, rest: str) -> int:
    """Return the index after the string whose opening quote ends at `start`."""
    while match := _compiled(rest).match(text, start):
        continued = _compiled(_CONTINUED).match(text, match.end())
        if continued is None:
            return match.end()
        start = continued.end()
    raise _Lexical("a ' is not closed")


def _end_of_quoted(text: str, kind: str, match: re.Match[str]) -> int | None:
    """Return the index after the quoted text that `match` opens; None if it opens nothing."""
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
    """Yield (kind, text) of each token; kinds as in `_TOKEN`. Raise `_Lexical` for a quote that is not closed."""
    position, token = 0, _compiled(_TOKEN)
    while position < len(text):
        match = token.match(text, position)
        assert match is not None
        kind = match.lastgroup or "other"
        end = _end_of_quoted(text, kind, match) or match.end()
        # Versions before 15 read `1a` as two tokens, later ones reject it. It is rejected here, so there is one
        # reading only.
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
    """Whether each bracket has its partner and the text has only brackets. False if they nest too deep to
    decide."""
    for _ in range(MAX_NESTING):
        size = len(brackets)
        if not size:
            return True
        brackets = brackets.replace("()", "").replace("[]", "")
        if len(brackets) == size:
            break
    return not brackets


def _nesting(text: str) -> int:
    """Return how deep brackets nest in text that has passed `lex_problem`."""
    depth = deepest = 0
    for kind, token in tokens(text):
        if kind == "other" and token in "()[]":
            depth += 1 if token in _OPENING else -1
            deepest = max(deepest, depth)
    return deepest


def lex_problem(text: str) -> str | None:
    """Return why `text` must not become part of a statement; None if it may, between parentheses.

    Text passes if it is not empty, if its parentheses, brackets and quotes are closed, and if it has no `;`,
    comment, backslash (a command of psql) or parameter outside quotes.
    """
    if _is_simple(text) and not text.isspace() and _cancel_out(_brackets(text)):
        return None
    try:
        _check(text)
    except _Lexical as problem:
        return str(problem)
    return None


def _brackets(text: str) -> str:
    """Return the brackets outside strings, for text that `_SIMPLE` matches."""
    return _NO_BRACKET.sub("", _SIMPLE_STRING.sub("", text) if "'" in text else text)


def unwrapped(text: str) -> str:
    """Return `text` without surrounding white space and without pairs of parentheses that enclose all of it.

    PostgreSQL prints most expressions in parentheses; people omit them.
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
    """Return where each parenthesis outside quotes is closed; nothing if a quote is not closed."""
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
    """Yield each parenthesis outside quotes and its position."""
    if _is_simple(text):
        found = _STRING_OR_PARENTHESIS.finditer(text)
        yield from ((match.start(), match.group()) for match in found if match.group() in "()")
        return
    position = 0
    for kind, token in tokens(text):
        if kind == "other" and token in "()":
            yield position, token
        position += len(token)


def _parse(text: str) -> Any:
    """Return sqlglot's tree of an expression, or None if sqlglot cannot parse it."""
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
    """Whether sqlglot may read an expression. This is decided before the call, because nothing can stop sqlglot."""
    count = 0
    if len(text) > _ADVISED_TOKENS * 50 or lex_problem(text) is not None:
        return False
    for _, token in tokens(text):
        count += not token.isspace()
        if count > _ADVISED_TOKENS:
            return False
    return _nesting(text) <= _ADVISED_NESTING


def shortened(text: str) -> str:
    """Return an expression for a message, truncated if it is long."""
    return text if len(text) <= _QUOTED_LENGTH else f"{text[: _QUOTED_LENGTH - 1]}…"


def columns_of(text: str) -> frozenset[str] | None:
    """Return the columns that an expression names, folded as PostgreSQL folds them; None if that is unknown
    offline."""
    from sqlglot import expressions as exp

    tree = _parse(text) if _is_advised(text) else None
    if tree is None or tree.find(exp.Command):
        return None
    identifiers = (column.this for column in tree.find_all(exp.Column) if isinstance(column.this, exp.Identifier))
    return frozenset(name.this if name.args.get("quoted") else name.this.lower() for name in identifiers)


def expression_warnings(text: str) -> list[str]:
    """Return likely mistakes in the expression of a check or an index. This is advice: the server decides.

    A long or deeply nested expression gets no advice, because sqlglot might not end.
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
