"""Planning 1,000 tables from a snapshot against planning them live; the embedded server's start and end are taken off.

The file writes checks and predicates as people do, so that the server is asked what they mean.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.common import PYTHON, RECONCILE, Cost, Host, Options, Report, cost_of, in_turn, run
from benchmarks.generate import sql_of, yaml_of

TABLES = 1000
GOAL = 1.5
_START = """
from reconciler.postgres.embedded import embedded_server
with embedded_server() as server:
    server.psql("-c", "SELECT 1")
"""


def measure(host: Host, options: Options, report: Report) -> None:
    with tempfile.TemporaryDirectory() as folder:
        setup, schema, taken = (Path(folder) / name for name in ("setup.sql", "schema.yaml", "catalog.json"))
        setup.write_text(sql_of(TABLES, missing=True), encoding="utf-8")
        schema.write_text(yaml_of(TABLES, "people"), encoding="utf-8")
        made = host.create("snapshots")
        host.psql("-f", str(setup), database=made)
        host.settle(made)
        url = host.url(made)
        cost_of([*RECONCILE, "snapshot", "-q", "-f", str(schema), "-o", str(taken), "--db", url])
        costs = in_turn(
            options.rounds or 5,
            live=lambda: cost_of([*RECONCILE, "plan", "-f", str(schema), "--db", url]),
            snapshot=lambda: cost_of([*RECONCILE, "plan", "-f", str(schema), "--live", str(taken)]),
            start=lambda: cost_of([PYTHON, "-c", _START]),
        )
        report.add("size of the snapshot", [taken.stat().st_size / 1e6], "MB")
    without = _without(costs["snapshot"], costs["start"])
    report.ratio("from the snapshot / live, wall", without, costs["live"], goal=GOAL)
    report.ratio("from the snapshot / live, CPU without servers", without, costs["live"], what="cpu_s", goal=GOAL)
    report.costs("live", costs["live"])
    report.costs("from the snapshot", costs["snapshot"])
    report.costs("start and end of the embedded server", costs["start"], memory=False)


def _without(costs: Sequence[Cost], start: Sequence[Cost]) -> list[Cost]:
    return [
        replace(one, wall_s=one.wall_s - off.wall_s, cpu_s=one.cpu_s - off.cpu_s)
        for one, off in zip(costs, start, strict=True)
    ]


if __name__ == "__main__":
    sys.exit(run({"snapshots": measure}))
