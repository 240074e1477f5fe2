"""`python -m benchmarks` runs all benchmarks, or those that are named."""

import sys

from benchmarks import (
    against_bare,
    apply,
    mechanisms,
    page,
    plan_in_sync,
    repairs,
    scale,
    snapshots,
    startup,
    traffic,
)
from benchmarks.common import run

sys.exit(
    run(
        {
            "startup": startup.measure,
            "plan_in_sync": plan_in_sync.measure,
            "against_bare": against_bare.measure,
            "mechanisms": mechanisms.measure,
            "scale": scale.measure,
            "apply": apply.measure,
            "page": page.measure,
            "snapshots": snapshots.measure,
            "repairs": repairs.measure,
            "traffic": traffic.measure,
        }
    )
)
