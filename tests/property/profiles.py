"""How many examples are tried: some for each change, many at night."""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, settings

from tests.servers import NIGHTLY

_COMMON = settings(
    deadline=None,
    database=None,
    print_blob=False,
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
)


def profile(*, each_change: int, each_night: int) -> settings:
    """The same examples for each change, so that no change fails for what another one did; others each night, which
    also has the time to look for the smallest example that fails."""
    if NIGHTLY:
        return settings(_COMMON, max_examples=each_night)
    return settings(_COMMON, max_examples=each_change, derandomize=True, phases=[Phase.generate])
