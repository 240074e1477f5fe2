"""Databases of N tables, each with 6 indexes, 2 foreign keys and 2 checks: export, plans, and reading their files.

Baselines: the bare script, and `pg_dump --schema-only`, which reads every definition too.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from benchmarks.common import (
    HERE,
    PYTHON,
    RECONCILE,
    ROOT,
    Cost,
    Host,
    Options,
    Report,
    cost_of,
    environment,
    in_turn,
    run,
)
from benchmarks.generate import sql_of, yaml_of

GOAL_PLAN = 2.0
GOAL_DUMP = 1.0
GOAL_LOAD_S = 0.5
GOAL_MEMORY_MB = 1024
# The goals for time are set for this size, the one for memory for every size.
GOAL_TABLES = 1000

_LOAD = """
import sys, time
import reconciler.spec
begun = time.monotonic()
reconciler.spec.load([sys.argv[1]])
print(time.monotonic() - begun)"""

# The measured programs, without the baselines, by their titles.
_TITLES = {
    "plan": "plan, nothing to do",
    "changed": "plan, 1 % changed",
    "people": "plan, nothing to do, words of people",
    "unlike": "plan, nothing to do, no two tables alike",
    "unlike_people": "the same, words of people",
    "export": "export",
}


def measure(host: Host, options: Options, report: Report) -> None:
    before: tuple[int, Mapping[str, Sequence[Cost]]] | None = None
    with tempfile.TemporaryDirectory() as folder:
        for tables in sorted(options.tables):
            costs = _measure(host, options, report, tables, Path(folder))
            if before is not None:
                _add_ratios(report, before, (tables, costs))
            before = tables, costs


def _measure(
    host: Host, options: Options, report: Report, tables: int, folder: Path
) -> Mapping[str, Sequence[Cost]]:
    url = _database(host, "scale", sql_of(tables), folder)
    unlike = _database(host, "unlike", sql_of(tables, same_columns=False), folder)
    files = _files(tables, folder)
    commands = {
        what: ["plan", "--detailed-exitcode", "-f", str(file), "--db", unlike if "unlike" in what else url]
        for what, file in files.items()
    }
    commands["export"] = ["export", "--db", url]
    rounds = options.rounds or (11 if tables <= 100 else 5 if tables <= 1000 else 2)
    costs = in_turn(
        rounds,
        warm=1,
        **{what: _costing(commands[what], (2,) if what == "changed" else (0,)) for what in _TITLES},
        bare=lambda: cost_of([PYTHON, str(HERE / "bare_fetch.py"), url]),
        dump=lambda: cost_of([host.program("pg_dump"), "--schema-only", "-d", url], codes=(0, 1)),
    )
    _tell(report, tables, costs, [_load_s(files["plan"]) for _ in range(rounds)])
    for what, title in _TITLES.items():
        _queries(report, f"{tables:,} tables: {title}", commands[what], folder)
    host.drop("scale")
    host.drop("unlike")
    return costs


def _database(host: Host, name: str, sql: str, folder: Path) -> str:
    """Create a database by a script; return its URL."""
    setup = folder / "setup.sql"
    setup.write_text(sql, encoding="utf-8")
    made = host.create(name)
    host.psql("-f", str(setup), database=made)
    host.settle(made)
    return host.url(made)


def _files(tables: int, folder: Path) -> dict[str, Path]:
    texts = {
        "plan": yaml_of(tables, "server"),
        "changed": yaml_of(tables, "server", changed=True),
        "people": yaml_of(tables, "people"),
        "unlike": yaml_of(tables, "server", same_columns=False),
        "unlike_people": yaml_of(tables, "people", same_columns=False),
    }
    files = {what: folder / f"{what}_{tables}.yaml" for what in texts}
    for what, text in texts.items():
        files[what].write_text(text, encoding="utf-8")
    return files


def _costing(command: Sequence[str], codes: Sequence[int]) -> Callable[[], Cost]:
    return lambda: cost_of([*RECONCILE, *command], codes=codes)


def _load_s(file: Path) -> float:
    done = subprocess.run(
        [PYTHON, "-c", _LOAD, str(file)], cwd=ROOT, env=environment(), capture_output=True, text=True, check=True
    )
    return float(done.stdout)


def _tell(report: Report, tables: int, costs: Mapping[str, Sequence[Cost]], loads: Sequence[float]) -> None:
    of, is_goal = f"{tables:,} tables", tables == GOAL_TABLES
    report.ratio(
        f"{of}: plan / bare script, wall", costs["plan"], costs["bare"], goal=GOAL_PLAN if is_goal else None
    )
    report.ratio(f"{of}: plan, no two tables alike / bare script, wall", costs["unlike"], costs["bare"])
    if all(cost.code == 0 for cost in costs["dump"]):
        goal = GOAL_DUMP if is_goal else None
        report.ratio(f"{of}: plan / pg_dump -s, wall", costs["plan"], costs["dump"], goal=goal)
        report.costs(f"{of}: pg_dump -s", costs["dump"])
    else:
        report.note(f"{of}: pg_dump -s fails, as it locks every table (max_locks_per_transaction)")
    report.costs(f"{of}: bare script", costs["bare"])
    for what, title in _TITLES.items():
        report.costs(f"{of}: {title}", costs[what])
    most = max(cost.peak_mb for what in _TITLES for cost in costs[what])
    report.add(f"{of}: largest peak memory", [most], "MB", GOAL_MEMORY_MB)
    report.add(f"{of}: reading the file (load)", loads, "s", GOAL_LOAD_S if is_goal else None)


def _add_ratios(
    report: Report,
    before: tuple[int, Mapping[str, Sequence[Cost]]],
    after: tuple[int, Mapping[str, Sequence[Cost]]],
) -> None:
    """Add the time for each table, compared with that of the smaller database."""
    for what, title in _TITLES.items():
        each = [
            statistics.median(cost.wall_s for cost in costs[what]) / tables for tables, costs in (before, after)
        ]
        report.add(
            f"{title}: wall for each table, {after[0]:,} / {before[0]:,} tables", [each[1] / each[0]], "×", 1.0
        )


def _queries(report: Report, name: str, command: list[str], folder: Path) -> None:
    result = folder / "sent.json"
    cost_of([PYTHON, str(HERE / "counted.py"), str(result), *command], codes=(0, 2))
    sent = json.loads(result.read_text(encoding="utf-8"))
    report.add(f"{name}: statements sent", [sent["statements"]], "")
    report.add(f"{name}: BEGIN, SAVEPOINT, ROLLBACK …", [sent["transaction_commands"]], "")


if __name__ == "__main__":
    sys.exit(run({"scale": measure}))
