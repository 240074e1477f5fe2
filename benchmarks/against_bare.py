"""`reconcile plan`, the whole process, against the bare script that fetches all definitions of the same database.

Databases of 139 and 1,401 tables (`generate.py`), in sync and with 1 % of the objects missing. Takes about 4 minutes.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from benchmarks.common import HERE, PYTHON, RECONCILE, Host, Options, Report, cost_of, in_turn, run
from benchmarks.generate import sql_of, yaml_of

SIZES = (139, 1401)
GOAL_IN_SYNC = 1.6
GOAL_MISSING = 2.0


def measure(host: Host, options: Options, report: Report) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for tables in SIZES:
            file = Path(folder) / "schema.yaml"
            file.write_text(yaml_of(tables, "server"), encoding="utf-8")
            _measure(host, options, report, tables, file)


def _measure(host: Host, options: Options, report: Report, tables: int, file: Path) -> None:
    urls = {missing: database(host, tables, missing=missing) for missing in (False, True)}
    plans = {missing: ["plan", "-f", str(file), "--db", url] for missing, url in urls.items()}
    costs = in_turn(
        options.rounds or 21,
        in_sync=lambda: cost_of([*RECONCILE, *plans[False]]),
        bare=lambda: cost_of([PYTHON, str(HERE / "bare_fetch.py"), urls[False]]),
        missing=lambda: cost_of([*RECONCILE, *plans[True]]),
        bare_of_missing=lambda: cost_of([PYTHON, str(HERE / "bare_fetch.py"), urls[True]]),
    )
    of = f"{tables:,} tables"
    in_sync, missing = (costs["in_sync"], costs["bare"]), (costs["missing"], costs["bare_of_missing"])
    report.ratio(f"{of}: in sync / bare script, wall", *in_sync, goal=GOAL_IN_SYNC)
    report.ratio(f"{of}: 1 % missing / bare script, wall", *missing, goal=GOAL_MISSING)
    report.costs(f"{of}: in sync", costs["in_sync"])
    report.costs(f"{of}: 1 % missing", costs["missing"])
    report.costs(f"{of}: bare script", costs["bare"])
    for title, plan in (("in sync", plans[False]), ("1 % missing", plans[True])):
        report.add(f"{of}: {title}: statements sent", [statements(plan, file.parent)], "")


def database(host: Host, tables: int, *, missing: bool = False) -> str:
    """Make a generated database and return its URL."""
    name = host.create(f"bare_{tables}_{missing}".lower())
    with tempfile.NamedTemporaryFile("w", suffix=".sql", encoding="utf-8") as script:
        script.write(sql_of(tables, missing=missing))
        script.flush()
        host.psql("-f", script.name, database=name)
    host.settle(name)
    return host.url(name)


def statements(command: list[str], folder: Path) -> int:
    """Return the number of statements that a command of `reconcile` sends."""
    result = folder / "sent.json"
    cost_of([PYTHON, str(HERE / "counted.py"), str(result), *command])
    return int(json.loads(result.read_text(encoding="utf-8"))["statements"])


if __name__ == "__main__":
    sys.exit(run({"against_bare": measure}))
