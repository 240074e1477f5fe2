"""`reconcile plan` of the example in sync, the whole process, against a bare script that fetches the definitions."""

from __future__ import annotations

import sys

from benchmarks.common import HERE, PYTHON, RECONCILE, Host, Options, Report, cost_of, imported, in_turn, run

GOAL = 2.0
HEAVY = ("sqlglot", "deepdiff")


def measure(host: Host, options: Options, report: Report) -> None:
    name = host.example("plan", 1)
    url = host.url(name)
    cost_of([*RECONCILE, "apply", "--auto-approve", "--db", url])
    host.settle(name)
    plan = ["plan", "--detailed-exitcode", "--db", url]
    costs = in_turn(
        options.rounds or 21,
        warm=2,
        plan=lambda: cost_of([*RECONCILE, *plan]),
        bare=lambda: cost_of([PYTHON, str(HERE / "bare_fetch.py"), url]),
        python=lambda: cost_of([PYTHON, "-c", "import psycopg"]),
    )
    report.ratio("plan / bare script, wall", costs["plan"], costs["bare"], goal=GOAL)
    report.ratio("plan / bare script, CPU", costs["plan"], costs["bare"], what="cpu_s")
    report.costs("plan", costs["plan"])
    report.costs("bare script", costs["bare"])
    report.add("python -c 'import psycopg': wall", [1000 * one.wall_s for one in costs["python"]], "ms")
    found = imported([*RECONCILE, *plan], HEAVY)
    report.check(f"imports none of {', '.join(HEAVY)}", not found)


if __name__ == "__main__":
    sys.exit(run({"plan_in_sync": measure}))
