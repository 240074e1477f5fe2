"""`reconcile --version` and `reconcile validate` of the root file: wall time and peak memory. Needs no database."""

from __future__ import annotations

import sys

from benchmarks.common import PYTHON, RECONCILE, Host, Options, Report, cost_of, imported, in_turn, run

# Packages that the commands do not need.
FORBIDDEN = {"--version": ("psycopg", "sqlglot", "deepdiff"), "validate": ("psycopg",)}


def measure(_host: Host, options: Options, report: Report) -> None:
    costs = in_turn(
        options.rounds or 21,
        warm=2,
        version=lambda: cost_of([*RECONCILE, "--version"]),
        validate=lambda: cost_of([*RECONCILE, "validate"]),
        python=lambda: cost_of([PYTHON, "-c", "pass"]),
        yaml=lambda: cost_of([PYTHON, "-c", "import typer, yaml"]),
    )
    report.costs("python -c pass", costs["python"])
    report.costs("python -c 'import typer, yaml'", costs["yaml"])
    report.costs("reconcile --version", costs["version"])
    report.ratio("--version / python -c pass, wall", costs["version"], costs["python"])
    report.costs("reconcile validate", costs["validate"])
    report.ratio("validate / python -c 'import typer, yaml', wall", costs["validate"], costs["yaml"])
    for command, forbidden in FORBIDDEN.items():
        found = imported([*RECONCILE, command], forbidden)
        report.check(f"{command} imports none of {', '.join(forbidden)}", not found)


if __name__ == "__main__":
    sys.exit(run({"startup": measure}))
