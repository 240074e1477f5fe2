"""The HTML page of a plan of 14,000 statements. The baseline is the same plan as JSON.

A database of 1,000 tables that have only their primary keys gets 6 indexes, 2 foreign keys and 2 checks on each.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import reconciler
from benchmarks.common import Cost, Host, Options, Report, in_turn, run
from benchmarks.generate import sql_of, yaml_of
from reconciler.report import render_html, render_json, report_of

TABLES = 1000
GOAL_S = 3.0
GOAL_MB = 5.0


def measure(host: Host, options: Options, report: Report) -> None:
    plan = _plan(host)
    made = report_of(plan)
    report.add("statements of the plan", [sum(len(step.action.statements) for step in plan.steps)], "")
    costs = in_turn(
        options.rounds or 5,
        html=_costing(lambda: render_html(made)),
        json=_costing(lambda: render_json(made)),
    )
    report.ratio("HTML / JSON, wall", costs["html"], costs["json"])
    report.add("HTML: wall", [cost.wall_s for cost in costs["html"]], "s", GOAL_S)
    report.add("HTML: CPU", [cost.cpu_s for cost in costs["html"]], "s")
    report.add("JSON: wall", [cost.wall_s for cost in costs["json"]], "s")
    report.add("HTML: size", [len(render_html(made).encode()) / 1e6], "MB", GOAL_MB)
    report.add("JSON: size", [len(render_json(made).encode()) / 1e6], "MB")


def _plan(host: Host) -> reconciler.Plan:
    with tempfile.TemporaryDirectory() as folder:
        setup, schema = Path(folder) / "setup.sql", Path(folder) / "schema.yaml"
        setup.write_text(sql_of(TABLES, bare=True), encoding="utf-8")
        schema.write_text(yaml_of(TABLES, "server"), encoding="utf-8")
        made = host.create("page")
        host.psql("-f", str(setup), database=made)
        host.settle(made)
        return reconciler.plan(reconciler.load([schema]), host.url(made))


def _costing(render: Callable[[], str]) -> Callable[[], Cost]:
    def cost() -> Cost:
        begun, cpu = time.perf_counter(), time.process_time()
        render()
        return Cost(wall_s=time.perf_counter() - begun, cpu_s=time.process_time() - cpu, peak_mb=0.0)

    return cost


if __name__ == "__main__":
    sys.exit(run({"page": measure}))
