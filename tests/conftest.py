"""What all tests share. `--update-golden` rewrites the expected texts: look at the difference before committing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

Golden = Callable[[Path, str], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite the golden files with what is there now")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compares a whole text with a file: `golden(path, text)`."""
    update = bool(request.config.getoption("--update-golden"))

    def compare(path: Path, actual: str) -> None:
        if update:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(actual, encoding="utf-8")
            return
        assert path.exists(), f"{path} is missing; `pytest --update-golden` writes it"
        assert actual == path.read_text(encoding="utf-8")

    return compare
