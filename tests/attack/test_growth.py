"""Attack: a small file, or a large valid one, keeps a command busy without end.

Time must not grow faster than the file beyond a limit, and the list of problems must stay readable. Each function is
measured at two sizes: a linear one takes four times as long for four times the size, a quadratic one sixteen times.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest

from reconciler.cli.output import harmless, say
from reconciler.kinds.base.expressions import expression_warnings, lex_problem, unwrapped
from reconciler.kinds.base.incomplete import incomplete
from reconciler.kinds.file.nodes import one_of
from reconciler.kinds.index_backed.names import _name_of
from reconciler.model.controls import shown, shown_lines
from reconciler.model.errors import MAX_SHOWN, InvalidFile, Problems
from reconciler.model.secrets import scrubbed
from reconciler.report.markdown import code, fence
from reconciler.report.psql import protected
from reconciler.report.wording import lines_of
from reconciler.spec import Files, desired_of, outline_of, warnings_of
from reconciler.spec.advice import MAX_ADVICE_S
from reconciler.spec.format import format_text
from reconciler.spec.parse import MAX_NODES, Budget
from tests.attack.terminal import to_a_pipe
from tests.servers import NIGHTLY

SIZE = 5000 if NIGHTLY else 800
SOON_S = 10.0
"""CPU seconds: about twenty times the expected time of each."""


def seconds(function: Callable[[str], object], text: str) -> float:
    started = time.process_time()
    function(text)
    return time.process_time() - started


def assert_linear(function: Callable[[str], object], family: Callable[[int], str], size: int) -> None:
    """Assert that four times the text takes less than eight times as long, at least once: other programs disturb."""
    small, large = family(size), family(4 * size)
    assert len(large) <= 4.2 * len(small)
    found = []
    for _ in range(6):
        before, after = seconds(function, small), seconds(function, large)
        if after < 8 * max(before, 0.002):
            return
        found.append(f"{before:.4f} s, then {after:.4f} s")
    pytest.fail("; ".join(found))


# --- Expressions ---------------------------------------------------------------------------------------------------

EXPRESSIONS = {
    "array[ open": "array[" * 26,
    "array[ closed": "array[" * 26 + "1" + "]" * 26,
    "array[( closed": "array[(" * 13 + "1" + ")]" * 13,
    "type arguments": "decimal(" * 26 + "1" + ")" * 26,
    "a few arrays": " + ".join(["array[" * 8 + "1" + "]" * 8] * 14),
    "and": " AND ".join(["a > 1"] * 8000),
    "or with not": " OR NOT ".join(["a > 1"] * 8000),
    "plus": "a" + "+1" * 40000,
    "casts": "a" + "::int" * 15000,
    "parentheses": "(" * 190 + "a" + ")" * 190,
    "too many parentheses": "(" * 40000 + "a" + ")" * 40000,
    "brackets": "a" + "[1" * 190 + "]" * 190,
    "case": "case when a then " * 4000 + "1" + " end" * 4000,
    "case else": "CASE WHEN a THEN '' " + "ELSE " * 10000 + "END",
    "spaces in case": "CASE WHEN a THEN '' ELSE '" + " " * 90000 + "' END",
    "not": "NOT " * 20000 + "a",
    "minus": "- " * 40000 + "1",
    "strings": "'a' || " * 12000 + "'a'",
    "continued strings": "'a'\n" * 20000,
    "a long string": "a = '" + "x" * 90000 + "'",
    "spaces": "a" + " " * 90000 + "= 1",
    "a list": f"a IN ({', '.join('1' * 30000)})",
    "names": "a." * 40000 + "a",
    "dollars": "$a$ $b$ $a$ || " * 6000 + "''",
    "digits": "1" * 90000,
    "longer than any": "a > 1 AND " * 20000 + "b",
}


@pytest.mark.parametrize("kind", EXPRESSIONS)
def test_an_expression_keeps_validate_busy_only_briefly(tmp_path: Path, kind: str) -> None:
    """Attack: expressions for which sqlglot, or a regular expression, needs exponential or quadratic time."""
    file = tmp_path / "schema.yaml"
    text = EXPRESSIONS[kind].replace("'", "''")
    lines = [f"      c{number}: '{text} '" for number in range(3)]
    index = f"{{columns: {{expression: '({text})'}}, where: '((({text})))'}}"
    indexes = [f"      i{number}: {index}" for number in range(3)]
    file.write_text("\n".join(["version: 1\ntables:\n  t:\n    checks:", *lines, "    indexes:", *indexes, ""]))
    started = time.process_time()
    printed = to_a_pipe("validate", "-f", str(file))
    assert time.process_time() - started < SOON_S
    assert printed.code in (0, 1)
    assert len(printed.text) < 20_000


def _nested(size: int) -> str:
    depth = size // 500
    return ("(" * depth + "a = 'x' AND b > E'\\t'" + ")" * depth + " OR ") * 200 + "c"


FAMILIES: dict[str, Callable[[int], str]] = {
    "parentheses": lambda size: f"({'(a) AND ' * size}b)",
    "nested": _nested,
    "wrapped": lambda size: "(" * (size // 60) + "é" * size + ")" * (size // 60),
    "strings": lambda size: "'a' || " * size + "'b'",
    "unclosed": lambda size: "'a' " * size + "'",
    "spaces": lambda size: "(" + " " * size + "a" + " " * size + ")",
    "escapes": lambda size: "E'" + "\\'" * size + "'",
    "case": lambda size: "CASE WHEN a THEN 1 " + "ELSE " * size + "2 END",
    "case with spaces": lambda size: "CASE WHEN a THEN 1 ELSE '" + "  " * size + "' x END",
    "casts": lambda size: "(a)::int" + "::text" * size,
    "quotes": lambda size: '"' + '""' * size + '"',
    "colons": lambda size: "a[b:c] + " * size + "1",
}


@pytest.mark.parametrize("kind", FAMILIES)
@pytest.mark.parametrize("function", [lex_problem, unwrapped, _name_of, expression_warnings])
def test_reading_an_expression_is_linear(function: Callable[[str], object], kind: str) -> None:
    """Attack: long expressions of each sort, in the file and in the catalog."""
    assert_linear(function, FAMILIES[kind], 2 * SIZE)


def test_a_missing_operand_is_looked_for_in_linear_time() -> None:
    for family in FAMILIES.values():
        if lex_problem(family(SIZE)) is None and lex_problem(family(4 * SIZE)) is None:
            assert_linear(incomplete, family, SIZE)


def test_a_file_is_formatted_in_linear_time() -> None:
    """Attack: very many comments, lists in brackets and empty lines."""
    entry = "    c{}: {{expression: a > {}, comment: x}} # why\n\n    # and more\n"

    def family(size: int) -> str:
        entries = "".join(entry.format(n, n) for n in range(1000, 1000 + size // 20))
        return f"version: 1\ntables:\n  t:\n   checks:\n{entries}"

    assert_linear(lambda text: format_text("f", text.encode()), family, SIZE)


def test_what_psql_would_act_upon_is_found_in_linear_time() -> None:
    """Attack: long expressions in the script for psql."""
    for kind in ("parentheses", "strings", "colons", "quotes", "spaces", "casts"):
        assert_linear(protected, FAMILIES[kind], 2 * SIZE)


# --- Text for people -----------------------------------------------------------------------------------------------

TEXTS: dict[str, Callable[[int], str]] = {
    "words": lambda size: "word " * size,
    "one word": lambda size: "w" * size,
    "schemes": lambda size: "a://b:c" * size,
    "a scheme and no end": lambda size: "postgresql://" + "a" * size,
    "colons": lambda size: "a:" * size,
    "ats": lambda size: "a:b@" * size,
    "spaces": lambda size: " " * size,
    "passwords": lambda size: "password=" * size,
    "password and spaces": lambda size: ("password" + " " * 100) * (size // 100),
    "quotes": lambda size: "password='" + "\\'" * size,
    "equals": lambda size: "=" * size,
    "controls": lambda size: "\x1b[31m\u202e" * size,
    "backticks": lambda size: "`" * size,
    "lines": lambda size: "\n" * size,
    "tabs": lambda size: "\t" * size,
}


@pytest.mark.parametrize("kind", TEXTS)
@pytest.mark.parametrize("function", [harmless, scrubbed, shown, shown_lines, lines_of, code])
def test_text_for_people_is_written_in_linear_time(function: Callable[[str], object], kind: str) -> None:
    """Attack: a server, a file or an argument makes a long message."""
    assert_linear(function, TEXTS[kind], 4 * SIZE)
    assert_linear(lambda text: fence("text", text), TEXTS[kind], 4 * SIZE)


# --- Files -----------------------------------------------------------------------------------------------------------


def read(text: str) -> object:
    """Run everything that reads a file before the database is queried."""
    files = Files(data={"schema.yaml": text.encode()}, problems=Problems())
    outline_of(files)
    try:
        return desired_of(files)
    except InvalidFile as error:
        return str(error)


def lines(before: str, line: Callable[[int], str]) -> Callable[[int], str]:
    """Return a file that begins with `before`, followed by a number of lines that depends on the size."""
    return lambda size: before + "".join(f"{line(number)}\n" for number in range(size))


_TABLES = "version: 1\ntables:\n"
_T = f"{_TABLES}  t:\n"
FILES: dict[str, Callable[[int], str]] = {
    "unknown keys at the top": lines("", lambda n: f"tabels{n:06}: 1"),
    "unknown keys of a table": lines(_T, lambda n: f"    indexs{n:06}: 1"),
    "unknown keys of an index": lines(f"{_T}    indexes:\n      i:\n", lambda n: f"       colums{n:06}: 1"),
    "bad names": lines(f"{_T}    indexes:\n", lambda n: f"      i{n:06}{'x' * 60}: a"),
    "bad values": lines(f"{_T}    checks:\n", lambda n: f"      c{n:06}: '(('"),
    "duplicate keys": lines(f"{_T}    checks:\n", lambda _: "      c: a > 0"),
    "duplicate objects": lines(_TABLES, lambda n: f"  t{n}: {{schema: s, table: t, checks: {{c: a > 0}}}}"),
    "tables": lines(_TABLES, lambda n: f"  t{n:06}:"),
    "names that clash": lines(_TABLES, lambda n: f"  t{n:06}: {{indexes: {{i: a}}}}"),
    "absent": lines(f"{_T}    absent:\n      indexes:\n", lambda n: f"      - i{n:06}"),
    "renames": lines(f"{_T}    indexes:\n", lambda n: f"      i{n:06}: {{columns: a, renamed_from: x}}"),
    "aliases": lines(f"{_TABLES}  t: &t\n    checks: {{c: a > 0}}\n", lambda n: f"  t{n:06}: *t"),
    "anchors": lines(_TABLES, lambda n: f"  t{n:06}: &a{n} "),
    "columns": lambda size: f"{_T}    primary_key: [{', '.join(f'c{n:06}' for n in range(size))}]\n",
    "the same column": lambda size: f"{_T}    indexes: {{i: [{', '.join(['c'] * size)}]}}\n",
    "comments": lambda size: "version: 1\n" + "# x\n" * size,
    "blank lines": lambda size: "version: 1\ntables:" + "\n" * size + "  t:\n",
    "a long key": lambda size: "version: 1\n? " + "k" * size + "\n: 1\n",
    "a long value": lambda size: "version: 1\nschema: " + "k" * size + "\n",
    "a folded value": lambda size: "version: 1\nschema: >\n" + "  word\n" * size,
    "escapes": lambda size: 'version: 1\nschema: "' + "\\u0041" * size + '"\n',
    "references and spaces": lambda size: _T + "    # " + "references: " + " " * size + "\n",
    "references": lambda size: (
        _T + "    foreign_keys:\n      f: {columns: a, references: 't" + " " * size + ")'}\n"
    ),
    "many spaces": lambda size: "version: 1\ntables:\n" + " " * size + "t:\n" + " " * size + "u:\n",
    "a word without a colon": lambda size: "version: 1\ntables:\n  " + "t." * size + "\n",
    "flow lists": lambda size: "version: 1\nprotected: [" + "[], " * size + "]\n",
    "open brackets": lambda size: "version: 1\nprotected: " + "[" * size,
    "open braces": lambda size: "version: 1\nprotected: " + "{" * size,
    "dashes": lambda size: "version: 1\nprotected: \n" + "- " * size,
    "question marks": lambda size: "? " * size,
    "quotes": lambda size: "version: 1\nprotected: '" + "''" * size,
    "tags": lambda size: "version: 1\nprotected: [" + "!x y, " * size + "]\n",
    "documents": lambda size: "--- a\n" * size,
    "controls": lambda size: "version: 1\nx: " + "a" * size + "\x01",
    "no text": lambda size: "\udc80" * size,
}


@pytest.mark.parametrize("kind", FILES)
def test_reading_a_file_is_linear(kind: str) -> None:
    """Attack: files with many of one thing, with and without problems."""
    family = FILES[kind]
    if kind == "no text":
        assert_linear(lambda text: read_bytes(text.encode(errors="surrogateescape")), family, SIZE)
        return
    assert_linear(read, family, SIZE)


def read_bytes(data: bytes) -> object:
    files = Files(data={"schema.yaml": data}, problems=Problems())
    outline_of(files)
    with pytest.raises(InvalidFile) as raised:
        desired_of(files)
    return str(raised.value)


def test_many_problems_are_counted_and_some_are_named(tmp_path: Path) -> None:
    """Attack: a hundred thousand problems in a file, each with a word similar to a key."""
    file = tmp_path / "schema.yaml"
    file.write_text(lines("version: 1\n", lambda n: f"tabels{n:x}: 1")(100_000))
    started = time.process_time()
    printed = to_a_pipe("validate", "-f", str(file))
    assert time.process_time() - started < SOON_S
    said = printed.err.splitlines()
    assert (printed.code, len(said)) == (1, MAX_SHOWN + 2)
    assert said[0].endswith("[unknown-key] unknown key `tabels0` (did you mean `tables`?)")
    assert said[-2:] == [f"… and {100_000 - MAX_SHOWN} more", "100000 problems in the file"]


def test_too_many_nodes_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Attack: files whose trees together would fill the memory. The limit is lower in this test."""
    monkeypatch.setattr("reconciler.spec.Budget", lambda: Budget(left=10_000))
    many = b"version: 1\nprotected: [" + b"a," * 6_000 + b"]\n"
    assert desired_of(Files(data={"a.yaml": many}, problems=Problems())).protected
    with pytest.raises(InvalidFile, match=rf"yaml-limit. all files together have more than {MAX_NODES} keys"):
        desired_of(Files(data={"a.yaml": many, "b.yaml": many}, problems=Problems()))


def test_advice_ends_in_time() -> None:
    """Attack: thousands of expressions that are slow in sqlglot."""
    text = "\n".join(f"      c{number}: a + {number} > 0" for number in range(100))
    desired = desired_of(Files(data={"schema.yaml": f"{_T}    checks:\n{text}\n".encode()}, problems=Problems()))
    moments = iter(range(10_000))
    found = warnings_of(desired, clock=lambda: float(next(moments)))
    left_out = 100 - int(MAX_ADVICE_S)
    assert [one.rule for one in found] == ["advice-left-out"]
    assert found[0].message.startswith(f"the expressions of {left_out} objects were not checked")


def test_a_suggestion_is_not_looked_for_in_long_words() -> None:
    """Attack: a key of a megabyte would be compared with every known key."""
    started = time.monotonic()
    assert one_of("tables" * 200_000, ["tables", "policy"]).startswith("known: ")
    assert time.monotonic() - started < 0.5


def test_long_output_is_linear_in_its_changes() -> None:
    """Attack: a message with very many lines is printed."""

    def write(text: str) -> None:
        say(StringIO(), text)

    assert_linear(write, lambda size: "Error: \x1b[2J postgresql://u:p@h/d\n" * size, 5000)
