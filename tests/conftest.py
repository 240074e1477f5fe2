"""Shared fixtures: the comparison with golden files, and real servers.

`--update-golden` rewrites the expected texts. Read the difference before committing.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.installations import EXPECTED, required, runnable
from tests.programs import missing_programs
from tests.servers import ATTACK_TABLE, NIGHTLY, Database, Server, Servers

# A time limit for an example would only measure how busy the machine is.
settings.register_profile("reconcile", deadline=None, suppress_health_check=list(HealthCheck))
settings.load_profile("reconcile")

Golden = Callable[[Path, str], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite the golden files with what is there now")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", 'pg("< 18"): run only on these versions of PostgreSQL')
    config.addinivalue_line("markers", "newest_by_day: by day only on the newest version that this machine has")
    config.addinivalue_line(
        "markers", "one_of_each_by_day(18): by day only on the newest version and on one below each of these limits"
    )
    config.addinivalue_line("markers", "ends: run only on the oldest and the newest version that this machine has")
    config.addinivalue_line(
        "markers", "ends_by_day: like `ends`, but on every version at night and to update golden files"
    )


def pytest_terminal_summary(terminalreporter: Any) -> None:
    here = sorted(runnable())
    missing = [str(major) for major in sorted(EXPECTED) if major not in here]
    reported = f"PostgreSQL {', '.join(map(str, here))}"
    if missing:
        reported += f"; skipped on {', '.join(missing)}: `make servers` fetches them"
    terminalreporter.write_line(reported)
    if programs := missing_programs():
        terminalreporter.write_line(f"Missing: {', '.join(programs)}")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Return a function that compares a whole text with a file: `golden(path, text)`."""
    update = bool(request.config.getoption("--update-golden"))

    def compare(path: Path, actual: str) -> None:
        if update:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(actual, encoding="utf-8")
            return
        assert path.exists(), f"{path} is missing; `pytest --update-golden` writes it"
        assert actual == path.read_text(encoding="utf-8")

    return compare


# --- Servers -----------------------------------------------------------------------------------------------------

_COMPARISONS = {
    ">=": operator.ge,
    "<=": operator.le,
    "==": operator.eq,
    ">": operator.gt,
    "<": operator.lt,
}


def fits(major: int, condition: str) -> bool:
    """Return whether a version satisfies a condition such as `>= 18`."""
    match = re.fullmatch(r"(>=|<=|==|>|<) *(\d+)", condition)
    if match is None:
        raise pytest.UsageError(f'pg("{condition}"): write a comparison and a version, as in pg(">= 18")')
    return bool(_COMPARISONS[match[1]](major, int(match[2])))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "server" in metafunc.fixturenames:
        metafunc.parametrize("server", _majors(), indirect=True, scope="session", ids=lambda major: f"pg{major}")


def _majors() -> list[int]:
    """Return every version that tests run on, newest first."""
    return sorted({*EXPECTED, *required(), *runnable()}, reverse=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect the versions that a test's marks exclude."""
    wanted = {item: _wanted(item) for item in items}
    config.hook.pytest_deselected(items=[item for item in items if not wanted[item]])
    items[:] = [item for item in items if wanted[item]]


def _wanted(item: pytest.Item) -> bool:
    callspec = getattr(item, "callspec", None)
    if callspec is None or "server" not in callspec.params:
        return True
    major = callspec.params["server"]
    by_day = not NIGHTLY and not ATTACK_TABLE and not item.config.getoption("--update-golden")
    at_ends = item.get_closest_marker("ends") or (by_day and item.get_closest_marker("ends_by_day"))
    if at_ends and major not in _ends():
        return False
    if by_day and item.get_closest_marker("newest_by_day") and major != max(_ends()):
        return False
    limits = item.get_closest_marker("one_of_each_by_day")
    if by_day and limits and major not in _one_of_each(limits.args):
        return False
    return all(fits(major, mark.args[0]) for mark in item.iter_markers("pg"))


def _one_of_each(limits: tuple[int, ...]) -> set[int]:
    """Return the newest version, and the oldest one of each group that ends below one of these limits."""
    majors = {*required(), *runnable()} or {*EXPECTED}
    groups = [[major for major in majors if low <= major < high] for low, high in pairwise((0, *sorted(limits)))]
    return {max(majors), *(min(group) for group in groups if group)}


def _ends() -> tuple[int, int]:
    """Return the oldest and the newest version that this machine has, or must have."""
    majors = {*required(), *runnable()} or {*EXPECTED}
    return min(majors), max(majors)


@pytest.fixture(scope="session")
def all_servers() -> Iterator[Servers]:
    running = Servers()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def server(request: pytest.FixtureRequest, all_servers: Servers) -> Server:
    """Return a running server; the test runs once for each version.

    `@pytest.mark.pg(">= 18")` restricts the versions.
    """
    try:
        return all_servers.get(request.param)
    except LookupError as error:
        if request.param in required():
            raise
        pytest.skip(
            f"{error}: `make servers` fetches older ones, RECONCILE_TEST_REQUIRE={request.param} makes it an error"
        )


@pytest.fixture
def database(server: Server) -> Iterator[Database]:
    """Return an empty database for one test."""
    with server.database() as database:
        yield database
