"""Measures the gain of each mechanism for speed: a plan without it compared with a plan with all of them.

Each run is a whole process of `without.py`. A mechanism that gains less than 3 % at both sizes should be removed.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.against_bare import SIZES, database
from benchmarks.common import HERE, PYTHON, Cost, Host, Options, Report, cost_of, in_turn, run
from benchmarks.generate import yaml_of
from benchmarks.without import MECHANISMS


def measure(host: Host, options: Options, report: Report) -> None:
    for tables in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "schema.yaml"
            file.write_text(yaml_of(tables, "server"), encoding="utf-8")
            plan = ["plan", "-f", str(file), "--db", database(host, tables)]
            costs = in_turn(options.rounds or 11, **{name: _without(name, plan) for name in MECHANISMS})
        for name in MECHANISMS:
            if name != "nothing":
                report.ratio(f"{tables:,} tables: without {name}", costs[name], costs["nothing"])


def _without(name: str, plan: list[str]) -> Callable[[], Cost]:
    return lambda: cost_of([PYTHON, str(HERE / "without.py"), name, *plan])


if __name__ == "__main__":
    sys.exit(run({"mechanisms": measure}))
