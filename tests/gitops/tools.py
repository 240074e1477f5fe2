"""Linters for the ready-made parts: programs that come with the development packages."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.pages import ROOT
from tests.installations import required


def program(name: str, path: Path | None = None) -> str:
    """Return the path of a program next to Python, or of `path`. Skip the test without it, unless CI runs it."""
    found = shutil.which(name, path=str(path or Path(sys.executable).parent))
    if found is None:
        assert not required() or path is not None, f"{name} is missing: run `make .venv/dev`"
        pytest.skip(f"{name} is not installed: `make .venv/dev` or `make ci-tools` installs it")
    return found


def complaints(name: str, *arguments: str | Path, where: Path = ROOT, text: str | None = None) -> str:
    """Run a linter, and return what it says if it does not accept its input."""
    command = [program(name), *map(str, arguments)]
    done = subprocess.run(command, cwd=where, input=text, capture_output=True, text=True, timeout=120)
    return done.stdout + done.stderr if done.returncode else ""
