"""The reference pages name exactly the commands, options and rules of the code."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import typer

import reconciler
from reconciler.cli.app import build_app
from reconciler.kinds.file.tables import LONG_KEYS
from reconciler.kinds.index_backed.element_fields import INDEX_ELEMENT
from reconciler.kinds.rules import RULES
from reconciler.spec.document import ABSENT_SECTIONS, FILE_KEYS, FILE_SECTIONS, TABLE_KEYS, TABLE_SECTIONS
from reconciler.spec.policy import POLICY
from tests.docs.pages import ROOT, first_cells, marked, page, sections
from tests.docs.rule_pages import DETAILS, details, expected, tables_of

# --- Commands ----------------------------------------------------------------------------------------------------


def commands() -> dict[str, set[str]]:
    """Return each heading of the page with the names of the command's options and arguments."""
    group: Any = typer.main.get_command(build_app())
    found = {"reconcile": names_of(group) | {"--help", "-h"}}
    for name, command in group.commands.items():
        found[f"reconcile {name}"] = names_of(command)
    return found


def names_of(command: Any) -> set[str]:
    return {
        name
        for parameter in command.params
        for name in (parameter.opts if parameter.param_type_name == "option" else [parameter.metavar])
    }


def test_every_command_is_documented_and_exists() -> None:
    documented = {title for title in sections(page("docs/commands.md")) if title.startswith("reconcile")}
    assert documented == set(commands())


@pytest.mark.parametrize(("title", "names"), commands().items())
def test_every_option_is_documented_and_exists(title: str, names: set[str]) -> None:
    assert first_cells(sections(page("docs/commands.md"))[title]) == names


def test_the_readme_names_every_command() -> None:
    listed = {
        " ".join(cell.split()[:2]) for cell in first_cells(sections(page("README.md"))["Commands"]) if " " in cell
    }
    assert listed == set(commands()) - {"reconcile"}


def test_the_library_page_names_exactly_what_is_exported() -> None:
    named = {
        name
        for title in ("Functions", "Values", "Errors")
        for name in marked_names(sections(page("docs/library.md"))[title])
    }
    assert named == set(reconciler.__all__)


def test_everything_that_is_exported_exists() -> None:
    assert [name for name in reconciler.__all__ if getattr(reconciler, name, None) is None] == []


def marked_names(section: str) -> set[str]:
    """Return the words in code in the first cells of a section's tables."""
    cells = [line.split(" | ")[0] for line in section.splitlines() if line.startswith("| `")]
    return {name for cell in cells for name in re.findall(r"`(\w+)`", cell)}


# --- Hazards and rules -------------------------------------------------------------------------------------------

WRITTEN = {"docs/rules.md": [name for name in DETAILS if name != "hazards"], "docs/hazards.md": ["hazards"]}


def compare(name: str, text: str, request: pytest.FixtureRequest) -> None:
    path: Path = ROOT / name
    if request.config.getoption("--update-golden"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert page(name) == text


@pytest.mark.parametrize("name", WRITTEN)
def test_tables_of_rules_are_those_of_the_registry(name: str, request: pytest.FixtureRequest) -> None:
    assert tables_of(name) == WRITTEN[name]
    compare(name, expected(name), request)


@pytest.mark.parametrize("name", DETAILS)
def test_pages_of_rules_are_those_of_the_registry(name: str, request: pytest.FixtureRequest) -> None:
    compare(f"docs/rules/{name}.md", details(name), request)


def test_examples_of_rules_are_commands_that_exist() -> None:
    group: Any = typer.main.get_command(build_app())
    parsed = 0
    for example in (one for rule in RULES for one in (rule.bad, rule.good)):
        for name, rest in re.findall(r"\breconcile (\w+)([^|&<>#;\n]*)", example.shell):
            group.commands[name].make_context(name, shlex.split(rest))  # raises what wrong usage raises
            parsed += 1
    assert parsed > 40


def test_other_pages_name_rules_that_exist() -> None:
    named = re.findall(r"`\[([a-z-]+)\]`|\*\*`([a-z-]+)`", page("docs/troubleshooting.md"))
    assert named
    assert {one or other for one, other in named} - set(RULES) == set()


# --- The file ----------------------------------------------------------------------------------------------------

FORMAT = sections(page("docs/file-format.md"))


def keys_of(title: str) -> set[str]:
    return first_cells(FORMAT[title])


def test_the_keys_of_the_file_are_documented() -> None:
    assert keys_of("At the top") == set(FILE_KEYS)
    assert keys_of("policy") == set(POLICY.attributes)
    assert keys_of("tables") == set(TABLE_KEYS)
    assert keys_of("absent") == set(ABSENT_SECTIONS)
    assert keys_of("dropped_tables") == set(FILE_SECTIONS["dropped_tables"].record.attributes) | set(LONG_KEYS)


@pytest.mark.parametrize("section", sorted(TABLE_SECTIONS))
def test_the_keys_of_every_kind_are_documented(section: str) -> None:
    expected = set(TABLE_SECTIONS[section].record.attributes)
    if section == "unique":
        expected -= keys_of("primary_key")  # the page refers to it
    if section == "indexes":
        expected |= set(INDEX_ELEMENT.attributes)
    if section == "exclusions":
        expected |= {"operator"}  # the others are those of an index
    assert keys_of(section) == expected


def test_the_defaults_of_the_policy_are_documented() -> None:
    from datetime import timedelta

    documented = {
        cells[1].strip(" `"): cells[3].strip(" `")
        for line in FORMAT["policy"].splitlines()
        if line.startswith("| `") and (cells := line.split("|"))
    }
    units = {"s": timedelta(seconds=1), "min": timedelta(minutes=1), "h": timedelta(hours=1)}
    for name, attribute in POLICY.attributes.items():
        default = attribute.default
        if isinstance(default, timedelta):
            match = re.fullmatch(r"(\d+)([a-z]+)", documented[name])
            assert match, documented[name]
            assert int(match[1]) * units[match[2]] == default
        else:
            assert documented[name] == (str(default) if default else "none")


@pytest.mark.parametrize("name", ["README.md", "docs/file-format.md"])
def test_the_examples_of_the_file_are_valid(name: str, tmp_path: Path) -> None:
    file = tmp_path / "schema.yaml"
    file.write_text(marked(name, "file").text, encoding="utf-8")
    assert reconciler.load([file]).objects
