"""Linters for the ready-made parts: programs that come with the development packages, and actionlint."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.docs.pages import ROOT
from tests.installations import required
from tests.programs import need, next_to_python


def program(name: str) -> str:
    """Return the path of a program next to Python. Without it the test is skipped; in CI, a linter must be there."""
    if name == "actionlint":
        need(name)
    found = next_to_python(name)
    if found is None:
        assert not required(), f"{name} is missing: `make .venv/dev` installs it"
        pytest.skip(f"{name} is not installed: `make .venv/dev` installs it")
    return found


def complaints(name: str, *arguments: str | Path, where: Path = ROOT, text: str | None = None) -> str:
    """Run a linter, and return what it says if it does not accept its input."""
    command = [program(name), *map(str, arguments)]
    done = subprocess.run(command, cwd=where, input=text, capture_output=True, text=True, timeout=120)
    return done.stdout + done.stderr if done.returncode else ""
