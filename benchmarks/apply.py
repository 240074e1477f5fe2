"""`reconcile apply` of the example at a million rows, against psql that runs the plain statements for the same objects.

Both start from a fresh copy of one database, and end with the same objects. The plain script has the plan's order:

- each index by the plan's own CREATE INDEX CONCURRENTLY
- each foreign key by one ALTER TABLE … ADD CONSTRAINT, which checks the rows under its lock (the tool adds it NOT VALID
  and validates it in a second step, so that writers can continue)
- each dropped table by the same statements that move it to the archive
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.common import (
    HERE,
    PYTHON,
    RECONCILE,
    ROOT,
    SCHEMA,
    Cost,
    Host,
    Options,
    Report,
    cost_of,
    environment,
    in_turn,
    run,
)

GOAL = 1.2


def measure(host: Host, options: Options, report: Report) -> None:
    name = host.example("million", options.rows_scale)
    count = host.psql("-c", "SELECT sum(n_live_tup) FROM pg_stat_user_tables", database=name)
    settings = host.settings()
    report.note(f"{int(count):,} rows; " + ", ".join(f"{key} {value}" for key, value in settings.items()))
    with tempfile.TemporaryDirectory() as folder:
        online, plain = Path(folder) / "online.sql", Path(folder) / "plain.sql"
        plan = _plan(host.url(name))
        plain.write_text(_script(plan, plain=True), encoding="utf-8")
        online.write_text(_script(plan, plain=False), encoding="utf-8")
        costs = in_turn(
            options.rounds or 7,
            warm=1,
            apply=lambda: _on_copy(host, [*RECONCILE, "apply", "--auto-approve", "--db"]),
            plain=lambda: _on_copy(host, [host.program("psql"), *QUIET, "-f", str(plain), "-d"]),
            online=lambda: _on_copy(host, [host.program("psql"), *QUIET, "-f", str(online), "-d"]),
        )
        report.ratio("apply / psql with plain statements, wall", costs["apply"], costs["plain"], goal=GOAL)
        report.ratio("apply / psql with the plan's statements, wall", costs["apply"], costs["online"])
        report.add("apply: wall", [one.wall_s for one in costs["apply"]], "s")
        report.add("psql with plain statements: wall", [one.wall_s for one in costs["plain"]], "s")
        report.add("psql with the plan's statements: wall", [one.wall_s for one in costs["online"]], "s")
        report.add("apply: CPU of the tool", [one.cpu_s for one in costs["apply"]], "s")
        report.add("apply: peak memory of the tool", [one.peak_mb for one in costs["apply"]], "MB")
        _split(host, Path(folder) / "split.json", report, options.rounds or 5)


QUIET = ("-X", "-q", "-o", "/dev/null", "-v", "ON_ERROR_STOP=1")


def _on_copy(host: Host, command: list[str]) -> Cost:
    copy = host.create("copy", template="million")
    host.psql("-c", "CHECKPOINT")
    return cost_of([*command, host.url(copy)])


def _plan(url: str) -> dict[str, object]:
    done = subprocess.run(
        [*RECONCILE, "plan", "--format", "json", "--db", url],
        cwd=ROOT, env=environment(), capture_output=True, text=True, check=True,
    )  # fmt: skip
    content: dict[str, object] = json.loads(done.stdout)
    return content


def _script(plan: dict[str, object], *, plain: bool) -> str:
    """Return the plan's statements; if `plain`, a foreign key is added validated, instead of NOT VALID and then
    validated.
    """
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    statements: list[str] = []
    for change in plan["changes"]:  # type: ignore[attr-defined]
        found = [statement for step in change["steps"] for statement in step["sql"]]
        if plain and change["key"]["kind"] == "foreign_key":
            found = [one.removesuffix(" NOT VALID") for one in found if "VALIDATE CONSTRAINT" not in one]
        statements += [one.replace("<YYYYMMDDTHHMMSSZ>", stamp) for one in found]
    return "".join(f"{statement};\n" for statement in statements)


def _split(host: Host, result: Path, report: Report, rounds: int) -> None:
    """Return how apply spends its time, measured in its process: medians of the rounds."""
    found: list[dict[str, float]] = []
    counts: dict[str, int] = {}
    for _ in range(rounds):
        copy = host.create("copy", template="million")
        host.psql("-c", "CHECKPOINT")
        cost_of([PYTHON, str(HERE / "split.py"), host.url(copy), str(SCHEMA), str(result)])
        content = json.loads(result.read_text(encoding="utf-8"))
        found.append(content["spent_s"])
        counts = content["counts"]
    for name in found[0]:
        times = f" ({counts[name]} times)" if counts.get(name, 1) > 1 else ""
        report.add(f"split: {name}{times}", [1000 * one.get(name, 0.0) for one in found], "ms")


if __name__ == "__main__":
    sys.exit(run({"apply": measure}))
