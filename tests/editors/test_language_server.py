"""The YAML language server accepts the examples, marks mistakes at their places, and completes words, with the JSON
Schemas that `reconcile schema` writes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from reconciler.cli.main import main
from reconciler.kinds.rules import GATED, HAZARDS, IN_FILE
from reconciler.policy.rules import POLICY_RULES
from tests.docs.pages import ROOT, marked
from tests.editors.server import LanguageServer, language_server
from tests.programs import need

FILES: Final = [
    ROOT / "schema.yaml",
    *ROOT.glob("examples/*/schema.yaml"),
    *sorted((ROOT / "tests" / "spec" / "valid").glob("*.yaml")),
]

BAD_FILE: Final = """\
version: 2  # bad: 2
policy:
  allow: [drop-tabel]  # bad: drop-tabel
  lock_timeout: 5  # bad: 5
  max_drop: 3  # bad: max_drop
tables:
  wallets:
    primary_key: id
    indexs: {}  # bad: indexs
    indexes:
      a: {column: x}  # bad: {column
      b: {columns: x, unique: yes}  # bad: yes
    foreign_keys:
      fk:
        columns: a
        references: users(id)
        on_delete: cascad  # bad: cascad
    checks:
      c: {expresion: a > 1}  # bad: {expresion
dropped_tables:
  x: {backup: copy}  # bad: copy
"""

BAD_POLICY: Final = """\
version: 1
rules:
  foreign-key-indx: error  # bad: foreign-key-indx
  too-many-changes: {most: many}  # bad: many
  hazard-not-allowed:
    allow:
      - drop-table
      - drop-tabel  # bad: drop-tabel
environments:
  production:
    limit: {}  # bad: limit
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("editor")
    assert main(["schema", "-o", str(folder / "file.json")]) == 0
    assert main(["schema", "--policy", "-o", str(folder / "policy.json")]) == 0
    return folder


@pytest.fixture(scope="module")
def editor(folder: Path) -> Iterator[LanguageServer]:
    need("yaml-language-server")
    with language_server(folder) as server:
        yield server


def written(folder: Path, name: str, text: str, schema: str) -> Path:
    """Write a file whose first line names its schema."""
    file = folder / name
    file.write_text(f"# yaml-language-server: $schema={schema}.json\n{text}", encoding="utf-8")
    return file


def test_it_accepts_the_examples(editor: LanguageServer, folder: Path) -> None:
    texts = {f"{n}-{file.name}": file.read_text(encoding="utf-8") for n, file in enumerate(FILES)}
    texts["page.yaml"] = marked("docs/file-format.md", "file").text
    assert len(texts) >= 5
    found = {name: editor.open(written(folder, name, text, "file")) for name, text in texts.items()}
    found["policy.yaml"] = editor.open(
        written(folder, "policy.yaml", marked("docs/policy.md", "policy").text, "policy")
    )
    assert {name: problems for name, problems in found.items() if problems} == {}


@pytest.mark.parametrize(("schema", "text"), [("file", BAD_FILE), ("policy", BAD_POLICY)])
def test_it_marks_mistakes_at_their_places(editor: LanguageServer, folder: Path, schema: str, text: str) -> None:
    lines = [(number, line.partition("  # bad: ")) for number, line in enumerate(text.splitlines(), 2)]
    expected = {(number, line.rindex(mistake) + 1) for number, (line, _, mistake) in lines if mistake}
    problems = editor.open(written(folder, f"bad-{schema}.yaml", text, schema))
    assert {(line, column) for line, column, _ in problems} == expected, problems


def test_it_completes_hazards_with_their_meaning(editor: LanguageServer, folder: Path) -> None:
    file = written(folder, "hazards.yaml", "version: 1\npolicy:\n  allow: [d]\n", "file")
    editor.open(file)
    assert editor.completions(file, 3, 10) == {kind.id: kind.meaning for kind in HAZARDS if kind.id in IN_FILE}


def test_it_completes_rules_of_the_policy(editor: LanguageServer, folder: Path) -> None:
    file = written(
        folder, "rules.yaml", "version: 1\nrules:\n  \n  hazard-not-allowed:\n    allow: [d]\n", "policy"
    )
    editor.open(file)
    rules = editor.completions(file, 3, 2)
    assert set(rules) == {one.rule.id for one in POLICY_RULES} - {"hazard-not-allowed"}
    assert all(re.match(r"[A-Z].+\.$", text) for text in rules.values())
    assert set(editor.completions(file, 5, 12)) == GATED


def test_it_explains_keys_with_their_default(editor: LanguageServer, folder: Path) -> None:
    file = written(folder, "keys.yaml", "version: 1\npolicy:\n  max_drops: 1\n  \n", "file")
    editor.open(file)
    assert editor.completions(file, 4, 2)["lock_timeout"].endswith("Default: `2s`.")
    assert "A plan that drops more objects than this is refused" in editor.hover(file, 3, 4)
