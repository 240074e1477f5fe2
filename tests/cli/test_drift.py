"""`drift` writes metrics that Prometheus reads, and runs the command of `--on-finish`, whatever it found."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families

from reconciler.cli.on_finish import run_on_finish
from reconciler.kinds import KINDS
from reconciler.model.drift import Drift
from reconciler.model.errors import ConnectionFailed
from reconciler.model.names import Key
from reconciler.model.rules.connections import CONNECTION_FAILED
from reconciler.report import render_markdown, report_of_drift
from reconciler.report.metrics import render_metrics
from tests.report.plans import PLANS

AT = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
Values = dict[tuple[str, str], float]


def parsed(text: str, target: str) -> Values:
    """Return the values by name and kind, after Prometheus' own parser has read them."""
    found: Values = {}
    for family in text_string_to_metric_families(text):
        assert family.type == "gauge"
        assert family.documentation
        for sample in family.samples:
            assert sample.labels.pop("target") == target
            found[sample.name.removeprefix("reconcile_drift_"), sample.labels.pop("kind", "")] = sample.value
            assert sample.labels == {}
    return found


def test_metrics_of_a_check() -> None:
    undeclared: Any = {Key(schema="public", table="t", kind="index", name="i"): None}
    plan = PLANS["changes"]
    report = report_of_drift(Drift(plan=plan, undeclared=undeclared, strict=False))
    hostile = 'a"b\\c\nd{}'
    found = parsed(render_metrics(report, target=hostile, ended_at=AT), hostile.replace("\n", "\\n"))
    differing = {kind.id: sum(one.change.key.kind == kind.id for one in plan.routes) for kind in KINDS}
    assert {kind: found.pop(("objects", kind)) for kind in differing} == differing
    assert {kind: found.pop(("undeclared_objects", kind)) for kind in differing}["index"] == 1
    assert found == {
        ("refusals", ""): len(plan.refusals),
        ("success", ""): 1,
        ("last_check_timestamp_seconds", ""): AT.timestamp(),
    }


@pytest.mark.parametrize("name", ["in_sync", "refused"])
def test_metrics_are_written_as_a_whole_file(
    library: Any, run: Callable[..., Any], name: str, tmp_path: Path
) -> None:
    library.plan = PLANS[name]
    file = tmp_path / "shop.prom"
    run("drift", "-q", "--metrics", str(file))
    found = parsed(file.read_text(), "shop")
    assert found["success", ""] == 1
    assert found["refusals", ""] == len(library.plan.refusals)
    assert sorted(os.listdir(tmp_path)) == ["shop.prom"]
    library.error = ConnectionFailed("no", rule=CONNECTION_FAILED)
    assert run("drift", "-q", "--metrics", str(file)).code == 1
    found = parsed(file.read_text(), "shop")
    assert found.pop(("last_check_timestamp_seconds", "")) > 0
    assert found == {("success", ""): 0}


def test_the_command_gets_the_report(library: Any, run: Callable[..., Any], tmp_path: Path) -> None:
    script = (
        "import json, os, sys; json.dump([sys.stdin.read(), os.environ['RECONCILE_EXIT_CODE'],"
        f" os.environ['RECONCILE_SUMMARY']], open({str(tmp_path / 'got')!r}, 'w')); print('said'); sys.exit(7)"
    )
    (tmp_path / "hook.py").write_text(script)
    command = f"python3 '{tmp_path}/hook.py'"
    outcome = run("drift", "--on-finish", command)
    report = report_of_drift(Drift(plan=library.plan, undeclared={}, strict=False))
    assert outcome.code == 2
    assert outcome.err == "said\nWarning: the command of --on-finish failed with 7.\n"
    assert json.loads((tmp_path / "got").read_text()) == [render_markdown(report), "2", report.summary]
    library.error = ConnectionFailed("password=hunter2", rule=CONNECTION_FAILED)
    assert run("drift", "-q", "--on-finish", command).code == 1
    text, code, summary = json.loads((tmp_path / "got").read_text())
    assert (code, summary) == ("1", "The database could not be checked. The log of the job says why.")
    assert "hunter2" not in text


def test_a_command_that_does_not_end_is_ended(capsys: pytest.CaptureFixture[str]) -> None:
    run_on_finish("exec sleep 60", "", "", 0, timeout_s=0.2)
    assert capsys.readouterr().err == "Warning: the command of --on-finish was ended after 0 s.\n"
