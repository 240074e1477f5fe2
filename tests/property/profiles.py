"""How many examples are tried: hundreds for each change, thousands at night."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, Verbosity, settings

NIGHTLY = "RECONCILE_TEST_NIGHTLY" in os.environ
"""`make nightly` sets it."""

_COMMON = settings(
    deadline=None,
    database=None,
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
    verbosity=Verbosity.normal,
)


def profile(each_change: int, each_night: int) -> settings:
    """The same examples for each change; others each night."""
    if NIGHTLY:
        return settings(_COMMON, max_examples=each_night, print_blob=True)
    return settings(_COMMON, max_examples=each_change, derandomize=True)
