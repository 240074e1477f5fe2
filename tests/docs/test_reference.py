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
from reconciler.kinds.rules import RULES
from reconciler.report import FORMATS
from reconciler.spec.document import FILE_SECTIONS, TABLE_SECTIONS
from tests.docs import key_pages
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


def test_the_help_and_the_page_list_every_format() -> None:
    group: Any = typer.main.get_command(build_app())
    rows = {
        name: re.findall(
            r"^\| `--format` \| (.*) \|$", sections(page("docs/commands.md"))[f"reconcile {name}"], re.M
        )
        for name in group.commands
    }
    compared = 0
    for name, command in group.commands.items():
        for option in (one for one in command.params if "--format" in one.opts):
            listed = set(re.findall(r"\w+", option.help.partition(":")[2])) - {"or"}
            (row,) = rows["plan"] if rows[name] == ["as for `plan`"] else rows[name]
            assert set(re.findall(r"`(\w+)`", row)) == listed, name
            assert listed == set(FORMATS) or listed == {"text", "json"}, name
            compared += 1
    assert compared == 6


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


# --- Keys of files -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", key_pages.PAGES)
def test_tables_of_keys_are_those_of_the_schema(name: str, request: pytest.FixtureRequest) -> None:
    compare(name, key_pages.refreshed_page(name), request)


def test_every_key_of_a_file_is_in_a_table() -> None:
    on_pages = [table for name in key_pages.PAGES for table in key_pages.tables_of(name)]
    assert sorted(on_pages) == sorted(key_pages.tables())
    kinds = {section.kind for section in (*TABLE_SECTIONS.values(), *FILE_SECTIONS.values())} - {"required_table"}
    assert kinds <= set(on_pages)


@pytest.mark.parametrize("name", ["README.md", "docs/file-format.md"])
def test_the_examples_of_the_file_are_valid(name: str, tmp_path: Path) -> None:
    file = tmp_path / "schema.yaml"
    file.write_text(marked(name, "file").text, encoding="utf-8")
    assert reconciler.load([file]).objects
