"""Files that a command names: one that cannot be read, and one of the tool's own in the wrong place."""

from __future__ import annotations

from pathlib import Path

import pytest

from reconciler.cli.main import main
from tests.snapshots.test_files import TEXT

PLAN = (Path(__file__).parents[1] / "report/golden/changes.json").read_bytes()


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "schema.yaml").write_text("version: 1\ntables: {t: }\n")
    (tmp_path / "plan.json").write_bytes(PLAN)
    (tmp_path / "catalog.json").write_bytes(TEXT)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RECONCILE_DB", "host=/nowhere")


@pytest.mark.parametrize(
    "command",
    [
        "validate -f nowhere",
        "validate -f schema.yaml -f nowhere",
        "validate --policy nowhere",
        "validate --config nowhere",
        "fmt -f nowhere",
        "plan -f nowhere",
        "plan --live nowhere",
        "apply nowhere",
        "drift -f nowhere",
        "ci --offline -f nowhere",
    ],
)
def test_the_exit_code_is_the_same_for_each_file_that_cannot_be_read(command: str):
    assert main(command.split()) == 64


def test_it_is_another_one_if_the_content_of_a_file_is_invalid():
    Path("schema.yaml").write_text("version: 1\ntable: {t: }\n")
    assert main(["validate"]) == 1
    assert main(["validate", "-f", "schema.yaml", "-f", "nowhere"]) == 1


@pytest.mark.parametrize(
    ("command", "what"),
    [
        ("apply catalog.json", "the plan file cannot be used: it is a snapshot\n  plan from it: `reconcile"),
        (
            "plan --live plan.json",
            "the snapshot cannot be used: it is a plan\n  apply it: `reconcile apply PLANFILE`",
        ),
        (
            "validate -f plan.json",
            "this file is a plan; it declares nothing (apply it: `reconcile apply PLANFILE`)\n",
        ),
        ("validate -f catalog.json", "this file is a snapshot; it declares nothing (plan from it: `reconcile plan"),
        (
            "apply schema.yaml",
            "the plan file cannot be used: it is not JSON\n  the file with the declared state is",
        ),
    ],
)
def test_a_file_in_the_place_of_another_is_named(command: str, what: str, capsys: pytest.CaptureFixture[str]):
    assert main(command.split()) != 0
    assert what in capsys.readouterr().err
