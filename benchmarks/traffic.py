"""Measures the effect of a change on an application: failed transactions, and the longest one, for three ways to make
it.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import reconciler
from benchmarks.common import Host, Options, Report, run
from reconciler.model.limits import ExecutionClass
from reconciler.model.plan import Plan
from reconciler.report import FORMATS, report_of
from tests.attack.traffic import SCENARIOS, Measured, Scenario
from tests.attack.traffic import measure as measure_traffic

HOLD_S = 10.0
LONGEST_S = 2.5
"""`policy.lock_timeout`, and half a second."""


def measure(host: Host, _options: Options, report: Report) -> None:
    for scenario in SCENARIOS:
        for way, goal in (("plain SQL", None), ("psql script", LONGEST_S), ("apply", LONGEST_S)):
            _measure_one(host, scenario, way, goal, report)


def _measure_one(host: Host, scenario: Scenario, way: str, goal: float | None, report: Report) -> None:
    name = host.create("traffic")
    url = host.url(name)
    took = [0.0]

    def change() -> None:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "schema.yaml")
            file.write_text(f"version: 1\ntables:\n{scenario.tables}")
            begun = time.monotonic()
            _WAYS[way](host, reconciler.load([file]), name, Path(folder, "script.sql"))
            took[0] = time.monotonic() - begun

    measured = measure_traffic(url, scenario, HOLD_S, change)
    host.drop("traffic")
    _report(report, f"{scenario.name}, {way}", measured, took[0], goal)


def _report(report: Report, name: str, measured: Measured, took_s: float, goal: float | None) -> None:
    report.add(f"{name}: transactions", [float(measured.transactions)], "")
    report.add(f"{name}: failed", [float(measured.failed)], "", None if goal is None else 0)
    report.add(f"{name}: longest", [measured.longest_s], "s", goal)
    report.add(f"{name}: change", [took_s], "s")


def _apply(host: Host, desired: reconciler.DesiredState, database: str, _script: Path) -> None:
    result = reconciler.apply(desired, host.url(database), approve=lambda _: True)
    if result.error is not None:
        raise SystemExit(result.message)


def _run_script(host: Host, desired: reconciler.DesiredState, database: str, script: Path) -> None:
    script.write_text(FORMATS["sql"](report_of(reconciler.plan(desired, host.url(database)))))
    host.psql("-f", str(script), database=database)


def _run_plain(host: Host, desired: reconciler.DesiredState, database: str, script: Path) -> None:
    """Run the statements of the plan without the tool. A statement that loses a deadlock is skipped."""
    script.write_text(_plain(reconciler.plan(desired, host.url(database))))
    command = [host.program("psql"), "-Xq", "-d", host.url(database), "-f", str(script)]
    subprocess.run(command, capture_output=True, check=False)


def _plain(plan: Plan) -> str:
    lines = []
    for step in plan.steps:
        statements = [f"{statement};" for statement in step.action.statements]
        whole = step.execution is ExecutionClass.CONCURRENT or len(statements) == 1
        lines += statements if whole else ["BEGIN;", *statements, "COMMIT;"]
    return "\n".join(lines) + "\n"


_WAYS: dict[str, Callable[[Host, reconciler.DesiredState, str, Path], None]] = {
    "plain SQL": _run_plain,
    "psql script": _run_script,
    "apply": _apply,
}


if __name__ == "__main__":
    sys.exit(run({"traffic": measure}))
