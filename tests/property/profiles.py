"""The number of examples: few in an ordinary run, many in a nightly run."""

from __future__ import annotations

import os

from hypothesis import Phase, settings

from tests.servers import NIGHTLY

EACH_NIGHT = int(os.environ.get("RECONCILE_TEST_EXAMPLES", "60"))
"""Examples of each test in a nightly run. `--hypothesis-seed` of pytest repeats a run."""

# Searching for the smallest failing example takes minutes.
_COMMON = settings(
    database=None,
    print_blob=False,
    report_multiple_bugs=False,
    phases=[Phase.generate, Phase.shrink] if os.environ.get("RECONCILE_TEST_SHRINK") else [Phase.generate],
)


def profile(each_change: int) -> settings:
    """Use the same examples in each ordinary run, so that no change fails because of another one; new ones at night."""
    if NIGHTLY:
        return settings(_COMMON, max_examples=EACH_NIGHT)
    return settings(_COMMON, max_examples=each_change, derandomize=True)
