"""The metrics of `drift`, in Prometheus' text format, for the textfile collector of node_exporter.

See https://prometheus.io/docs/instrumenting/exposition_formats/
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime

from reconciler.kinds import KINDS
from reconciler.model.controls import shown
from reconciler.report.report import Report

_PREFIX = "reconcile_drift_"
_ESCAPES = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n"})


def render_metrics(report: Report | None, *, target: str, ended_at: datetime) -> str:
    """Return the metrics of one check. `report` is that of `drift`; None if the check could not be made.

    Every kind has a value, so that a series does not end when nothing differs. `target` is the label that tells the
    databases of a machine apart.
    """
    labels = {"target": target}
    lines: list[str] = []
    if report is not None:
        undeclared = report.drift.undeclared if report.drift else {}
        differing = Counter(change.key.kind for change in report.changes)
        lines += _by_kind("objects", "Objects that differ from the file.", differing, labels)
        others = Counter(key.kind for key in undeclared)
        lines += _by_kind("undeclared_objects", "Objects on declared tables that no file declares.", others, labels)
        lines += _gauge("refusals", "Reasons why the plan may not be applied.", {(): len(report.refusals)}, labels)
    lines += _gauge("success", "Whether the last check could be made.", {(): int(report is not None)}, labels)
    time = round(ended_at.timestamp(), 3)
    lines += _gauge("last_check_timestamp_seconds", "When the last check ended.", {(): time}, labels)
    return "\n".join(lines) + "\n"


def _by_kind(name: str, help_: str, counts: Mapping[str, int], labels: Mapping[str, str]) -> Iterator[str]:
    return _gauge(name, help_, {(("kind", kind.id),): counts.get(kind.id, 0) for kind in KINDS}, labels)


def _gauge(
    name: str, help_: str, values: Mapping[tuple[tuple[str, str], ...], float], labels: Mapping[str, str]
) -> Iterator[str]:
    yield f"# HELP {_PREFIX}{name} {help_}"
    yield f"# TYPE {_PREFIX}{name} gauge"
    for own, value in values.items():
        written = ",".join(
            f'{label}="{shown(text).translate(_ESCAPES)}"' for label, text in (*labels.items(), *own)
        )
        yield f"{_PREFIX}{name}{{{written}}} {value}"
