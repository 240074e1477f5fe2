"""Planning knows the server only through values."""

from __future__ import annotations

import ast
import dataclasses
import enum
import re
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest

from reconciler.model.facts import Question
from reconciler.model.private import Private
from reconciler.postgres.facts.registry import ALONE, GUARDED, SENT

PLANNING = Path(__file__).parents[2] / "reconciler" / "planning"
FORBIDDEN = ("psycopg", "reconciler.postgres", "reconciler.planner", "reconciler.execution", "socket", "threading")
QUESTIONS = sorted((*SENT, *ALONE, *GUARDED), key=lambda one: one.__name__)


def imported(text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield str(node.module)
            yield from (f"{node.module}.{one.name}" for one in node.names)
        elif isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in (
            "import_module",
            "__import__",
        ):
            yield "psycopg"  # the name may be computed, so any module counts


def impure(text: str) -> list[str]:
    """Return the imports of a module that a planner with values does not need."""
    return [name for name in imported(text) if any(name == one or name.startswith(f"{one}.") for one in FORBIDDEN)]


def test_planning_does_not_import_the_server() -> None:
    modules = list(PLANNING.rglob("*.py"))
    assert len(modules) > 40
    assert {str(path): found for path in modules if (found := impure(path.read_text(encoding="utf-8")))} == {}


@pytest.mark.parametrize(
    "text",
    [
        "from psycopg import sql",
        "import reconciler.postgres.session",
        "from reconciler import postgres",
        "one = importlib.import_module(name)",
    ],
)
def test_such_an_import_is_found(text: str) -> None:
    assert impure(text)


QUERY = re.compile(r"\bpg_catalog\.|\bSELECT\s.*\bFROM\b|\bWITH RECURSIVE\b|^\s*(DECLARE|BEGIN)\b", re.DOTALL)
"""A query of the catalog, or a block of code. Statements in messages, for people, are not meant."""


def composed(text: str) -> Iterator[str]:
    """Return the queries in a module, and the calls that compose a statement of a plan: routers do that."""
    tree = ast.parse(text)
    described = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and node not in described and QUERY.search(str(node.value)):
            yield str(node.value)
        elif isinstance(node, ast.Call):
            name = ast.unparse(node.func).split(".")[-1]
            if name in ("compose", "statement", "Statement"):
                yield name


def test_planning_holds_no_sql() -> None:
    found = {path.stem: list(composed(path.read_text(encoding="utf-8"))) for path in PLANNING.rglob("*.py")}
    assert {name: texts for name, texts in found.items() if texts} == {}


@pytest.mark.parametrize(
    "text",
    [
        "A = 'SELECT oid FROM pg_class'",
        "A = f'EXISTS (SELECT FROM {one})'",
        "A = 'i::pg_catalog.regclass'",
        "A = 'DECLARE one record;'",
        "A = ddl.statement(ddl.name('a'))",
        "A = compose('ALTER TABLE {t} …', t=t)",
    ],
)
def test_sql_is_found(text: str) -> None:
    assert list(composed(text))


CHANGING = {
    *("add", "append", "clear", "difference_update", "discard", "extend", "insert", "intersection_update", "pop"),
    *("popitem", "remove", "reverse", "setdefault", "sort", "symmetric_difference_update", "update"),
}
"""Methods of lists, sets and dicts that change them."""


def root(node: ast.expr) -> str | None:
    """The name from which attributes and items lead to a value."""
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Starred):
        node = node.value
    return node.id if isinstance(node, ast.Name) else None


def changed(node: ast.AST) -> Iterator[str | None]:
    """The names of the values that a node changes, without those that it only binds."""
    if isinstance(node, ast.AugAssign):
        yield root(node.target)
    elif isinstance(node, ast.Assign | ast.Delete):
        targets = [one for target in node.targets for one in getattr(target, "elts", [target])]
        yield from (root(one) for one in targets if not isinstance(one, ast.Name))
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CHANGING:
        yield root(node.func.value)
    elif isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in (
        "setattr",
        "delattr",
        "__setattr__",
    ):
        yield root(node.args[0])


def mutating(text: str) -> list[str]:
    """The functions that change what they are given, each with the parameter. `__init__` may fill its object."""
    found = []
    for function in ast.walk(ast.parse(text)):
        if isinstance(function, ast.FunctionDef):
            given = {
                one.arg for one in (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)
            }
            given -= {"self"} if function.name == "__init__" else set()
            names = sorted({name for node in ast.walk(function) for name in changed(node) if name in given})
            found += [f"{function.name}({name})" for name in names]
    return found


def test_functions_of_planning_change_nothing_that_they_are_given() -> None:
    found = {path.stem: mutating(path.read_text(encoding="utf-8")) for path in PLANNING.rglob("*.py")}
    assert {name: functions for name, functions in found.items() if functions} == {}


@pytest.mark.parametrize(
    "body",
    [
        "one.name = 1",
        "one.names[0] = 1",
        "one += [1]",
        "del one[0]",
        "one.names.append(1)",
        "two, one[0] = 1, 2",
        "setattr(one, 'name', 1)",
        "return one.setdefault(1, [])",
    ],
)
def test_such_a_change_is_found(body: str) -> None:
    assert mutating(f"def f(one):\n    {body}") == ["f(one)"]
    assert mutating(f"def f():\n    one = []\n    {body}") == []


PLACES = {
    # What has a name, and who gives one up. `clashes` also tells what it is that an entry under `absent` names.
    r"WhatHas\(": {"names", "clashes"},
    r"def freed\(": {"target"},
    r"\.frees\b": set[str](),
    # What a constraint adopts, and what becomes a part.
    r"def (adopted_index|own_part)\(": {"adoption"},
    r"key_for\(Purpose\.IS_INDEX": {"adoption", "remnants", "temporary_names"},
    # Whether something is replaced: elsewhere it is asked of changes, with `is_replaced`. `compare` and `inheritance`
    # decide before there are changes, `adoption` about an index and the constraint that adopts it; the others about
    # an object for itself, as if its table were not partitioned.
    r"must_be_replaced\(": {
        "adoption",
        "completion",
        "compare",
        "inheritance",
        "lost_parts",
        "names_aside",
        "reversal",
    },
}
"""The modules of `planning` that know what decides about names, adoption and replacement."""


def test_what_decides_has_one_place() -> None:
    code = {path.stem: path.read_text(encoding="utf-8") for path in PLANNING.rglob("*.py")}
    found = {what: {name for name, text in code.items() if re.search(what, text)} for what in PLACES}
    assert found == PLACES


def subclasses(kind: type[Any]) -> Iterator[type[Any]]:
    for one in kind.__subclasses__():
        yield one
        yield from subclasses(one)


def test_every_question_is_answered_in_one_place() -> None:
    assert len(QUESTIONS) == len(set(QUESTIONS))
    # A dataclass with slots replaces a class without them, which stays in the list of subclasses.
    assert {one.__qualname__ for one in subclasses(Question)} == {one.__qualname__ for one in QUESTIONS}


ATOMS = {str, int, bool, float, type(None), object, Any, Private}
"""`Private` may contain rows: it is omitted when a value is written."""
CONTAINERS = {"tuple", "frozenset", "Mapping", "Sequence", "Collection", "dict"}


def not_values(kind: Any, seen: set[Any]) -> Iterator[str]:
    """Return the types, within a type, that are not values: a callback, a session, or a mutable object."""
    origin = get_origin(kind)
    if kind in ATOMS or isinstance(kind, str) or kind is Ellipsis or repr(kind) in {repr(one) for one in seen}:
        return
    seen.add(kind)
    if origin in (Union, types.UnionType) or (origin is not None and origin.__name__ in CONTAINERS):
        for one in get_args(kind):
            yield from not_values(one, seen)
    elif isinstance(kind, type) and (
        issubclass(kind, tuple | enum.Enum | str) or kind.__module__ in ("builtins", "datetime")
    ):
        if issubclass(kind, tuple) and hasattr(kind, "_fields"):
            for one in get_type_hints(kind).values():
                yield from not_values(one, seen)
    elif dataclasses.is_dataclass(kind) and kind.__dataclass_params__.frozen:
        hints = get_type_hints(kind)
        for field in dataclasses.fields(kind):
            yield from not_values(hints[field.name], seen)
    else:
        yield str(kind)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda one: one.__name__)
def test_questions_and_answers_are_values(question: type[Question[Any]]) -> None:
    (base,) = (one for one in question.__orig_bases__ if get_origin(one) is Question)
    answer = get_args(base)[0]
    assert list(not_values(question, set())) == []
    assert list(not_values(answer, set())) == []
