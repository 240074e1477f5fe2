"""The page about editors, and the entries for SchemaStore's catalog."""

from __future__ import annotations

import json
from fnmatch import fnmatch
from typing import Any, Final

import jsonschema
import pytest

from reconciler.cli.main import main
from reconciler.cli.options import DEFAULT_FILE
from reconciler.environments import CONFIG
from tests.docs.pages import page

ENTRIES: Final[list[Any]] = json.loads(page("docs/schemastore.json"))["schemas"]

# The rules of https://www.schemastore.org/schema-catalog.json for an entry.
ENTRY: Final = {
    "type": "object",
    "properties": {
        "name": {"type": "string", "minLength": 1},
        "description": {"type": "string", "pattern": r"[^.:]$"},
        "fileMatch": {"type": "array", "items": {"type": "string"}, "minItems": 1, "uniqueItems": True},
        "url": {"type": "string", "pattern": r"^https://www\.schemastore\.org/[a-z-]+\.json$"},
    },
    "required": ["name", "description", "fileMatch", "url"],
    "additionalProperties": False,
}


def test_the_entries_for_the_catalog_are_valid() -> None:
    for entry in ENTRIES:
        jsonschema.Draft7Validator(ENTRY).validate(entry)
    assert len({entry["url"] for entry in ENTRIES}) == len({entry["name"] for entry in ENTRIES}) == len(ENTRIES)
    assert all(entry["url"].rpartition("/")[2] in page("docs/editors.md") for entry in ENTRIES)


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("billing.reconcile.yaml", "reconcile"),
        ("reconcile.policy.yaml", "reconcile policy"),
        (CONFIG, "reconcile environments"),
        (str(DEFAULT_FILE), None),  # other tools use this name
    ],
)
def test_each_file_has_one_entry(file: str, name: str | None) -> None:
    found = [entry["name"] for entry in ENTRIES if any(fnmatch(file, pattern) for pattern in entry["fileMatch"])]
    assert found == [name] * (name is not None)


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        ([], "# yaml-language-server: $schema=s.json"),
        (["--policy"], "# yaml-language-server: $schema=s.json"),
        (["--config"], "#:schema ./s.json"),
    ],
)
def test_schema_writes_a_file_and_prints_the_line_that_names_it(
    arguments: list[str],
    line: str,
    tmp_path: Any,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["schema", *arguments, "-o", "s.json"]) == 0
    assert capsys.readouterr().out.splitlines()[1] == line
    assert main(["schema", *arguments]) == 0
    assert capsys.readouterr().out == (tmp_path / "s.json").read_text(encoding="utf-8")
