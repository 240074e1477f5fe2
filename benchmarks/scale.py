"""A plan with nothing to do over databases of N tables, and loading their files.

Each table has 6 indexes, 2 foreign keys and 2 checks.

Baselines: the bare script, and `pg_dump --schema-only`, which reads every definition too.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from benchmarks.common import HERE, PYTHON, RECONCILE, Host, Options, Report, cost_of, in_turn, run
from benchmarks.generate import WORDS, sql_of, yaml_of


def measure(host: Host, options: Options, report: Report) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for tables in options.tables:
            _measure(host, options, report, tables, Path(folder))


def _measure(host: Host, options: Options, report: Report, tables: int, folder: Path) -> None:
    name = host.create("scale")
    setup = folder / "setup.sql"
    setup.write_text(sql_of(tables), encoding="utf-8")
    host.psql("-f", str(setup), database=name)
    host.settle(name)
    url = host.url(name)
    files = {words: folder / f"{words}_{tables}.yaml" for words in WORDS}
    for words, file in files.items():
        file.write_text(yaml_of(tables, words), encoding="utf-8")
    plans = {words: ["plan", "--detailed-exitcode", "-f", str(file), "--db", url] for words, file in files.items()}
    costs = in_turn(
        options.rounds or (5 if tables >= 1000 else 11),
        plan=lambda: cost_of([*RECONCILE, *plans["server"]]),
        people=lambda: cost_of([*RECONCILE, *plans["people"]]),
        bare=lambda: cost_of([PYTHON, str(HERE / "bare_fetch.py"), url]),
        dump=lambda: cost_of([host.program("pg_dump"), "--schema-only", "-d", url]),
        validate=lambda: cost_of([*RECONCILE, "validate", "-f", str(files["server"])]),
        version=lambda: cost_of([*RECONCILE, "--version"]),
    )
    size = files["server"].stat().st_size / 1e6
    of = f"{tables:,} tables"
    report.ratio(f"{of}: plan / bare script, wall", costs["plan"], costs["bare"])
    report.ratio(f"{of}: plan / pg_dump -s, wall", costs["plan"], costs["dump"])
    report.ratio(f"{of}: plan, words of people / bare, wall", costs["people"], costs["bare"])
    for title, key in (
        ("plan", "plan"), ("plan, words of people", "people"), ("bare script", "bare"), ("pg_dump -s", "dump"),
        (f"validate ({size:.2f} MB of YAML)", "validate"),
    ):  # fmt: skip
        report.costs(f"{of}: {title}", costs[key])
    for words in files:
        _queries(report, f"{of}: {'plan' if words == 'server' else 'plan, words of people'}", plans[words], folder)
    host.drop("scale")


def _queries(report: Report, name: str, plan: list[str], folder: Path) -> None:
    result = folder / "sent.json"
    cost_of([PYTHON, str(HERE / "counted.py"), str(result), *plan])
    sent = json.loads(result.read_text(encoding="utf-8"))
    report.add(f"{name}: statements sent", [sent["statements"]], "")
    report.add(f"{name}: BEGIN, SAVEPOINT, ROLLBACK …", [sent["transaction_commands"]], "")
    report.add(f"{name}: waiting for the server", [1000 * sent["waited_s"]], "ms")


if __name__ == "__main__":
    sys.exit(run({"scale": measure}))
