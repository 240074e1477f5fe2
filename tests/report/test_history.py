"""The journal as text and JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from reconciler.report.history import (
    list_text,
    render_entries_json,
    render_entries_text,
    render_runs_json,
    render_runs_text,
    table_text,
)

GOLDEN = Path(__file__).parent / "golden"
START = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """The fields of the journal's class."""

    run_id: str
    command: str = "apply"
    migration_name: str = "reconcile 0123456789ab"
    started_at: datetime = START
    ended_at: datetime | None = None
    duration_s: float | None = None
    status: str = "completed"
    completed: int = 0
    failed: int = 0
    skipped: int = 0
    user: str = "joe"
    host: str = "db-1"
    tool_version: str = "0.1.0"
    undoes: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """The fields of the journal's class."""

    sequence: int
    id: str
    migration_name: str = "reconcile 0123456789ab"
    step_name: str
    status: str
    rows_affected: int | None = None
    error_message: str | None = None
    executed_at: datetime = START
    metadata: dict[str, Any] = field(default_factory=dict)


def test_a_table_that_is_too_wide_has_shorter_ids_and_less_columns():
    runs = [
        Run(run_id=f"{n}f2c1b9e-0000-4000-8000-00000000000{n}", ended_at=START, duration_s=0.0) for n in range(3)
    ]
    alike = [
        Run(run_id=f"6f2c1b9e-0000-4000-8000-00000000000{n}", ended_at=START, duration_s=0.0) for n in range(3)
    ]
    for width in (60, 80, 100, 120, 200):
        lines = render_runs_text(runs, width=width).splitlines()
        assert max(map(len, lines)) <= width
        assert lines[1].startswith("0f2c1b9e-" if width == 200 else "0f2c1b9e  ")
        assert ("MIGRATION" in lines[0]) == (width >= 120)
    narrow = render_runs_text(runs, width=80).splitlines()
    assert narrow[4:] == [
        "3 runs, newest first. Too wide for this terminal: BY and MIGRATION;",
        "`--format json` has all columns.",
    ]
    assert render_runs_text(alike, width=80).splitlines()[1].startswith("6f2c1b9e-0000-4000-8000-000000000000  ")


def test_a_list_that_is_too_wide_has_a_block_for_each_row():
    header = ("TABLE", "SIZE", "USED", "NAME")
    rows = [
        ("public.old", "8 kB", "–", "old__1"),
        ("public.b", "16 kB", "2 sequential scans, 1 index scan, 3 rows written", "b__2"),
    ]
    assert list_text(header, rows, 80) == list_text(header, rows, None)
    assert list_text(header, rows, 40).splitlines() == [
        "public.old",
        "    size: 8 kB",
        "    name: old__1",
        "public.b",
        "    size: 16 kB",
        "    used: 2 sequential scans, 1 index scan,",
        "    3 rows written",
        "    name: b__2",
    ]


RUNS: list[Any] = [
    Run(run_id="b" * 8, ended_at=START + timedelta(seconds=185), duration_s=185.0, completed=120, skipped=1),
    Run(run_id="c" * 8, command="undo", undoes="b" * 36, completed=1),
    Run(run_id="a" * 8, command="", status="failed", completed=3, failed=1, user="joe\n\x1b[31m", host=""),
]
ENTRIES: list[Any] = [
    Entry(sequence=1, id="1", step_name="public.t.fk.add", status="started"),
    Entry(sequence=2, id="2", step_name="public.t.fk.add", status="completed", rows_affected=0),
    Entry(
        sequence=3,
        id="3",
        step_name="by\nhand",
        status="failed",
        error_message="no\nway",
        metadata={"a": {"b": [1]}},
    ),
]


def test_runs(golden):
    golden(GOLDEN / "runs.txt", render_runs_text(RUNS))
    golden(GOLDEN / "runs.json", render_runs_json(RUNS))


def test_titles_and_messages_of_entries_are_folded():
    long = "not null violated " * 6
    entries = [replace(entry, step_name=long, error_message=entry.error_message and long) for entry in ENTRIES]
    lines = render_entries_text(entries, width=80).splitlines()
    whole = render_entries_text(entries)
    assert max(map(len, lines)) <= 80 < max(map(len, whole.splitlines()))
    assert " ".join(lines).split() == whole.split()


def test_entries(golden):
    golden(GOLDEN / "entries.txt", render_entries_text(ENTRIES))
    golden(GOLDEN / "entries.json", render_entries_json(ENTRIES))


def test_an_empty_history():
    assert render_runs_text([]) == (
        "Nothing has been applied yet: schema public has no migration_log, or no run is recorded there.\n"
    )
    assert render_entries_text([]) == "The journal has no such run.\n"
    assert json.loads(render_runs_json([])) == {"format_version": 1, "runs": []}


def test_a_list_cuts_ids_before_it_becomes_blocks() -> None:
    first, other = "6f2c1b9e-0000-4000-8000-000000000000", "6f2c1b9e-1000-4000-8000-000000000000"
    header = ("TABLE", "RUN", "NAME")
    rows = [("public.a", f"{first} and 1 more", "x"), ("public.b", other, "y"), ("public.c", "unfinished", "z")]
    assert list_text(header, rows, 80) == table_text(header, rows)
    short = [("public.a", f"{first[:10]} and 1 more", "x"), ("public.b", other[:10], "y"), rows[2]]
    assert list_text(header, rows, 40) == table_text(header, short)
    assert list_text(header, rows, 20).startswith(f"public.a\n    run:\n    {first} and\n")
