"""The output while data checks run."""

from __future__ import annotations

import io
import re
import time

import pytest

import reconciler
from reconciler.cli.checking import Checking, _fitted
from reconciler.cli.main import main
from reconciler.model.events import DataChecks, Event
from tests.attack.terminal import on_a_terminal
from tests.execution.support import desired
from tests.servers import Database

FIRST = DataChecks(done=0, total=2, running=("orphans of fk",))
SECOND = DataChecks(done=1, total=2, running=("nulls in \x1b[31mt.a",))
OVER = DataChecks(done=2, total=2, running=())


class At:
    """A clock that the test sets."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> At:
    monkeypatch.setattr("reconciler.cli.checking._REFRESH_S", 3600.0)  # the test ticks by itself
    return At()


def test_lines_that_stay_come_more_and_more_seldom(clock: At) -> None:
    stream = io.StringIO()
    checking = Checking(stream, live=False, clock=clock)
    checking(FIRST)
    for now in (1.0, 4.9, 5.0, 6.0, 9.9, 10.0, 19.0):
        clock.now = now
        checking.tick()
    checking(SECOND)
    clock.now = 20.0
    checking.tick()
    checking(OVER)
    assert stream.getvalue() == (
        "checking data: 0 of 2 checks done, 5.0 s: orphans of fk\n"
        "checking data: 0 of 2 checks done, 10.0 s: orphans of fk\n"
        "checking data: 1 of 2 checks done, 20.0 s: nulls in \\x1b[31mt.a\n"
    )


def test_a_line_on_a_terminal_is_shown_and_erased(clock: At) -> None:
    stream = io.StringIO()
    checking = Checking(stream, live=True, clock=clock)
    checking(FIRST)
    checking.tick()
    assert stream.getvalue() == ""
    clock.now = 1.2
    checking.tick()
    assert stream.getvalue() == "\r\x1b[2Kchecking data: 0 of 2 checks done, 1.2 s: orphans of fk"
    checking(OVER)
    assert stream.getvalue().endswith("orphans of fk\r\x1b[2K")


def test_a_line_takes_one_row_of_a_terminal_also_with_wide_characters() -> None:
    assert _fitted("checking: 表の検査", 19) == "checking: 表の検査"
    assert _fitted("checking: 表の検査", 18) == "checking: 表の検…"


SETUP = """
    CREATE TABLE parents (id int PRIMARY KEY);
    CREATE TABLE t (id int PRIMARY KEY, parent int, status text);
    INSERT INTO t SELECT n, 7, CASE WHEN n < 4 THEN 'new' ELSE 'old' END FROM generate_series(1, 9) AS n;
    INSERT INTO t VALUES (10, 8, 'odd');
"""
YAML = """
tables:
  parents:
  t:
    foreign_keys: {fk: {columns: parent, references: parents(id)}}
    checks: {status_check: "status = 'old'"}
"""


@pytest.mark.ends
def test_the_library_hears_how_far_the_checks_are(database: Database, tmp_path) -> None:
    database.execute(SETUP)
    heard: list[Event] = []
    reconciler.plan(desired(tmp_path, YAML), database.url, listeners=(heard.append,))
    checks = [event for event in heard if isinstance(event, DataChecks)]
    assert checks == heard
    assert checks[0].total == 2
    assert checks[0].done == 0
    assert {title for one in checks for title in one.running} == {
        "orphans of fk: rows of public.t that refer to no row of public.parents",
        "rows of public.t that violate status_check",
    }
    assert checks[-1] == DataChecks(done=2, total=2, running=())


@pytest.mark.ends
def test_samples_show_each_value_once_with_its_rows(
    database: Database, tmp_path, capsys: pytest.CaptureFixture[str]
) -> None:
    database.execute(f"{SETUP}; INSERT INTO t SELECT n, 6, 'old' FROM generate_series(11, 1510) AS n")
    desired(tmp_path, f"{YAML}    unique: {{u: {{columns: status}}}}\n")
    main(["plan", "-f", str(tmp_path / "schema.yaml"), "--db", database.url, "--samples", "5"])
    out = capsys.readouterr().out
    assert "    samples  parent=6 in 1,500 rows\n             parent=7 in 9 rows\n" in out
    assert "(old) in 1,506 rows\n" in out
    assert "    samples  status=new in 3 rows\n             status=odd [id=10]\n    see all" in out


@pytest.mark.pg(">= 18")
def test_a_long_check_is_not_silent_on_a_terminal(database: Database, tmp_path) -> None:
    """3,000 × 3,000 comparisons take more than a second; the line is erased before the plan is printed."""
    database.execute(
        """CREATE TABLE t (a int);
           INSERT INTO t SELECT n FROM generate_series(1, 150) AS n;
           CREATE FUNCTION slow(int) RETURNS bool LANGUAGE plpgsql IMMUTABLE AS
           'BEGIN PERFORM pg_sleep(0.02); RETURN true; END'"""
    )
    desired(tmp_path, "tables: {t: {checks: {ck: slow(a)}}}")
    began = time.monotonic()
    arguments = [
        "plan",
        "--color",
        "never",
        "--trust-file",
        "-f",
        str(tmp_path / "schema.yaml"),
        "--db",
        database.url,
    ]
    printed = on_a_terminal(*arguments, environment={"TERM": "xterm"})
    assert time.monotonic() - began > 2.0
    lines = re.findall(r"\r\x1b\[2Kchecking data: 0 of 1 checks done, (\d\.\d) s: rows of public.t", printed.out)
    assert len(lines) > 2
    assert re.search(r"\r\x1b\[2KPlan: 1 check to create", printed.out)
    quiet = on_a_terminal(*arguments, "-q", environment={"TERM": "xterm"})
    assert "checking" not in quiet.out
