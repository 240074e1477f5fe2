"""Linters for the ready-made parts: programs that come with the development packages."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.pages import ROOT
from tests.installations import required


def program(name: str) -> str:
    """Return the path of a program next to Python. Without it the test is skipped; in CI, a linter must be there."""
    found = shutil.which(name, path=str(Path(sys.executable).parent))
    if found is None:
        assert name == "actionlint" or not required(), f"{name} is missing: `make .venv/dev` installs it"
        pytest.skip(f"{name} is not installed: `make .venv/dev`, and for actionlint `make tools`, installs it")
    return found


def complaints(name: str, *arguments: str | Path, where: Path = ROOT, text: str | None = None) -> str:
    """Run a linter, and return what it says if it does not accept its input."""
    command = [program(name), *map(str, arguments)]
    done = subprocess.run(command, cwd=where, input=text, capture_output=True, text=True, timeout=120)
    return done.stdout + done.stderr if done.returncode else ""
