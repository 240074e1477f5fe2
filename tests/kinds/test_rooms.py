"""Imports have one direction, and rooms above `kinds/` use only facets and hooks of kinds."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import MISSING, fields
from pathlib import Path

import pytest

from reconciler.cli.app import COMMANDS
from reconciler.kinds import KINDS
from reconciler.kinds.kind import Kind, Purpose
from reconciler.model.definition import Definition
from reconciler.model.facets import facets_of
from reconciler.model.index_facts import IndexFacts

SOURCE = Path(__file__).parents[2] / "reconciler"

ORDER = (
    *(
        "model",
        "clock",
        "kinds",
        "spec",
        "policy",
        "checkout",
        "forge",
        "environments",
        "planning",
        "postgres",
        "planner",
        "snapshots",
        "execution",
        "restoring",
        "exporting",
        "drifting",
        "rehearsal",
        "dumping",
        "report",
    ),
    *("__init__", "cli"),
)
"""A room, or a module next to the rooms, imports only from those before it."""

BELOW_KINDS = ("base", "file", "validated", "index_backed", "key")
"""The rooms under kinds/ that import no kind, in the same order. `base` does not import `file`, `file` no family."""

KNOWN_BY_FACETS = ("policy", "planning", "execution", "report", "exporting", "drifting")

EXCEPTIONS = {
    ("execution/actions.py", "tables"): "a key of an entry of the journal",
    ("execution/expected.py", "tables"): "a key of the JSON of a plan",
    ("planning/refusals.py", "primary_key"): "the remedy names both sections of keys that serve a foreign key",
    ("planning/refusals.py", "unique"): "the remedy names both sections of keys that serve a foreign key",
    ("report/json.py", "tables"): "a key of the JSON of a plan",
    ("report/risks.py", "check"): "the label of a data check",
}
"""Strings that name a kind or its section, or are equal to that and mean something else. Unused entries fail a
test."""

Imports = Iterator[tuple[str, int]]


def modules(*rooms: str) -> Iterator[tuple[str, str]]:
    """Return the path and text of each module of the package."""
    for path in sorted(SOURCE.rglob("*.py")):
        name = path.relative_to(SOURCE)
        if not rooms or name.parts[0] in rooms:
            yield name.as_posix(), path.read_text(encoding="utf-8")


def imported(text: str) -> Iterator[str]:
    """Return the modules of the product that a module imports, also late ones."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and node.level == 0 and str(node.module).split(".")[0] == "reconciler":
            names = [f"{node.module}.{one.name}" for one in node.names if one.name != "__version__"]
            yield from (name if exists(name) else str(node.module) for name in names)
        elif isinstance(node, ast.Import):
            yield from (one.name for one in node.names if one.name.split(".")[0] == "reconciler")


def exists(module: str) -> bool:
    path = SOURCE.parent.joinpath(*module.split("."))
    return path.is_dir() or path.with_suffix(".py").exists()


def room_of(module: str) -> str:
    _, *rest = module.split(".")
    return rest[0] if rest else "__init__"


def upwards(name: str, text: str, order: tuple[str, ...] = ORDER) -> list[str]:
    """Return the imports of a module from a room after its own."""
    own = order.index(Path(name).parts[0].removesuffix(".py"))
    return [module for module in imported(text) if order.index(room_of(module)) > own]


def test_imports_have_one_direction() -> None:
    assert {name: found for name, text in modules() if (found := upwards(name, text))} == {}


def arrows_up(name: str, text: str) -> list[str]:
    """Return the imports of a module under kinds/ from another kind, or from a room after its own."""
    own = Path(name).parts[1]
    if own.endswith(".py"):
        return []
    found = []
    for module in imported(text):
        parts = module.split(".")
        if parts[1:2] != ["kinds"] or (len(parts) > 2 and parts[2] == own):
            continue
        room = parts[2] if len(parts) > 2 else ""
        later = room in BELOW_KINDS and own in BELOW_KINDS and BELOW_KINDS.index(room) > BELOW_KINDS.index(own)
        if later or (room not in BELOW_KINDS and not (room == "kind" and own not in BELOW_KINDS)):
            found.append(module)
    return found


def test_families_import_no_kind_and_kinds_no_other() -> None:
    assert {name: found for name, text in modules("kinds") if (found := arrows_up(name, text))} == {}


SECTIONS = {section for kind in KINDS for section in (kind.section.key, kind.absent_section) if section}
IDS = {kind.id for kind in KINDS}
FIELDS = {name for kind in KINDS for name in facets_of(kind.definition)}
DEFINITIONS = {cls.__name__ for kind in KINDS for cls in kind.definition.__mro__ if cls is not object}


QUOTED = re.compile(rf"`(?:absent: )?({'|'.join(sorted(IDS | SECTIONS))})\b")
"""A kind's section in a message, also in a part of an f-string."""


def names_kinds(text: str) -> Iterator[str]:
    """Return the uses of certain kinds in a module.

    They are imports from folders of kinds and families, ids and sections, also in messages, fields by name, and
    definitions by class or the name of their class.
    """
    tree = ast.parse(text)
    for module in imported(text):
        parts = module.split(".")
        if parts[1:2] == ["kinds"] and len(parts) > 2 and parts[2] not in ("base", "file", "kind", "rules"):
            yield module
    described = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and node.value in IDS | SECTIONS | DEFINITIONS - {"Definition"}:
            yield str(node.value)
        elif isinstance(node, ast.Constant) and node not in described:
            yield from QUOTED.findall(str(node.value))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield from asked_by_name(node.func.id, node.args)
        elif isinstance(node, ast.MatchClass) and ast.unparse(node.cls).split(".")[-1] in DEFINITIONS:
            yield f"case {ast.unparse(node.cls)}"


def asked_by_name(function: str, arguments: list[ast.expr]) -> Iterator[str]:
    if function == "attrgetter":
        parts = {part for one in arguments if isinstance(one, ast.Constant) for part in str(one.value).split(".")}
        yield from (f"attrgetter of {one}" for one in sorted(parts & FIELDS))
    if len(arguments) < 2:
        return
    second = arguments[1]
    if function in ("getattr", "hasattr") and isinstance(second, ast.Constant) and second.value in FIELDS:
        yield f"{function} of {second.value}"
    if function == "isinstance":
        classes = {one.id for one in ast.walk(second) if isinstance(one, ast.Name)}
        yield from (f"isinstance of {one}" for one in sorted(classes & DEFINITIONS - {"Definition"}))


def found_in(rooms: Iterable[str]) -> set[tuple[str, str]]:
    return {(name, found) for name, text in modules(*rooms) for found in names_kinds(text)}


def test_other_rooms_know_kinds_by_their_facets_and_hooks() -> None:
    assert found_in(KNOWN_BY_FACETS) - EXCEPTIONS.keys() == set()


def test_no_exception_is_left_over() -> None:
    assert EXCEPTIONS.keys() - found_in(KNOWN_BY_FACETS) == set()


@pytest.mark.parametrize(
    "text",
    [
        "from reconciler.kinds.check.definition import Check",
        "from reconciler.kinds import check",
        "from reconciler.kinds.index_backed import names",
        "late = lambda: __import__('x')\ndef f(key):\n    return key.kind == 'not_null'",
        "SECTIONS = {'foreign_keys': 1}",
        "def f(one):\n    return getattr(one, 'validated', True)",
        "def f(one):\n    return isinstance(one, int | Index)",
        "KEY = attrgetter('definition.validated')",
        "def f(one):\n    return type(one).__name__ == 'Index'",
        "def f(one):\n    return f'list {one} under `absent: not_null`'",
        "def f(one):\n    match one:\n        case Index(unique=True):\n            return 1",
    ],
)
def test_what_names_a_kind_is_found(text: str) -> None:
    assert list(names_kinds(text))


def test_every_purpose_is_that_of_one_kind_and_has_its_reason() -> None:
    """A hook that only one kind uses is listed in a decision record."""
    assert sorted(kind.purpose.name for kind in KINDS if kind.purpose) == sorted(one.name for one in Purpose)
    record = (SOURCE.parent / "docs" / "decisions" / "0016-facets-and-hooks.md").read_text(encoding="utf-8")
    assert [one.name for one in Purpose if f"`{one.name}`" not in record] == []


def hooks_of_one_kind() -> set[str]:
    """Return the methods of definitions, and the attributes of kinds, that differ from the default for one kind."""
    hooks = [name for base in (Definition, IndexFacts) for name in vars(base) if not name.startswith("_")]
    users = {name: [kind for kind in KINDS if differs(kind.definition, name)] for name in hooks}
    for field in fields(Kind):
        if field.default is not MISSING:
            users[field.name] = [kind for kind in KINDS if getattr(kind, field.name) != field.default]
    return {name for name, kinds in users.items() if len(kinds) == 1}


def differs(definition: type[Definition], hook: str) -> bool:
    own, default = getattr(definition, hook), getattr(Definition, hook)
    return getattr(own, "__func__", own) is not getattr(default, "__func__", default)


def test_every_hook_of_one_kind_has_its_reason() -> None:
    record = (SOURCE.parent / "docs" / "decisions" / "0016-facets-and-hooks.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`\w+`(?:, `\w+`)*) \| [\w -]+ \| .+ \|$", record, re.MULTILINE)
    listed = {name for row in rows for name in re.findall(r"\w+", row)} - {one.name for one in Purpose}
    assert listed == hooks_of_one_kind()


def definitions(name: str, text: str) -> Iterator[str]:
    """Yield the public classes, functions, type variables and aliases of types of a module. Functions of the library
    and of the CLI have the names of commands and of what they call; each kind has a `read` and a `route`."""
    room = Path(name).parts[0]
    repeated = {"read", "route"} if room == "kinds" else COMMANDS if room == "cli" else ()
    for node in ast.parse(text).body:
        match node:
            case ast.ClassDef(name=found) if not found.startswith("_"):
                yield found
            case ast.FunctionDef(name=found) if not found.startswith("_"):
                if Path(name).name != "__init__.py" and found not in repeated:
                    yield found
            case ast.Assign(targets=[ast.Name(id=found)]) if found[0].isupper() and not found.isupper():
                yield found


def test_no_two_modules_define_one_name() -> None:
    where: dict[str, list[str]] = {}
    for name, text in modules():
        for found in definitions(name, text):
            where.setdefault(found, []).append(name)
    assert len(where) > 700
    assert {found: names for found, names in where.items() if len(names) > 1} == {}
