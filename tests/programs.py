"""Programs that some tests run beside PostgreSQL and the development packages: what is missing, and what installs it.

By day, the tests of a missing program are skipped; at night, they fail. The summary of a run names what is missing.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import pytest

from tests.servers import NIGHTLY

TESTS: Final = Path(__file__).parent
AXE: Final = TESTS / "browser" / "node_modules" / "axe-core" / "axe.min.js"
CI_LOCAL: Final = TESTS / "gitops" / "node_modules" / ".bin" / "gitlab-ci-local"
LANGUAGE_SERVER: Final = (
    TESTS / "editors" / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
)
CHROMIUM: Final = ("chromium", "chromium-browser", "google-chrome")


def next_to_python(name: str) -> str | None:
    """Return the path of a program in the virtual environment of the tests, if it is there."""
    return shutil.which(name, path=str(Path(sys.executable).parent))


def chromium() -> str | None:
    """Return the path of the system's Chromium, if it is there."""
    return next(filter(None, map(shutil.which, CHROMIUM)), None)


def _with_node(file: Path) -> Callable[[], bool]:
    return lambda: file.is_file() and shutil.which("node") is not None


_BY_DAY: Final = ("yaml-language-server",)
_PROGRAMS: Final[Mapping[str, tuple[Callable[[], bool], str]]] = {
    "yaml-language-server": (_with_node(LANGUAGE_SERVER), "`make servers`"),
    "actionlint": (lambda: next_to_python("actionlint") is not None, "`make tools`"),
    "gitlab-ci-local": (_with_node(CI_LOCAL), "`make tools`"),
    "axe-core": (AXE.is_file, "`make tools`"),
    "playwright": (lambda: find_spec("playwright") is not None, "`make browser`"),
    "chromium": (lambda: chromium() is not None, "on Debian, `apt-get install chromium`"),
}
"""By name: whether the program is there, and what installs it."""


def need(*names: str) -> None:
    """Skip the test if one of these programs is missing; fail at night."""
    for name in names:
        here, source = _PROGRAMS[name]
        if not here():
            (pytest.fail if NIGHTLY else pytest.skip)(f"{name} is missing: {source} installs it")


def missing_programs() -> list[str]:
    """Return what is missing of the programs that this run uses, each with what installs it."""
    used = _PROGRAMS if NIGHTLY else _BY_DAY
    return [f"{name} ({_PROGRAMS[name][1]})" for name in used if not _PROGRAMS[name][0]()]
