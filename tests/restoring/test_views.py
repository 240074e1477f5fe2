"""Views that are dropped for a table which then has to stay."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import reconciler
from reconciler.cli.main import main
from reconciler.model.errors import CheckFailed
from reconciler.model.events import Event, StepStarted
from reconciler.model.options import Options
from reconciler.model.plan import Plan
from reconciler.model.state import DesiredState, Policy
from reconciler.report import FORMATS, report_of
from tests.execution.support import apply, desired
from tests.servers import Database

pytestmark = pytest.mark.ends

GIVEN = """
    CREATE TABLE old AS SELECT n AS id FROM generate_series(1, 3) AS n;
    CREATE TABLE new AS TABLE old;
    CREATE VIEW a AS SELECT id FROM old; CREATE VIEW b AS SELECT id FROM a;
    CREATE MATERIALIZED VIEW m AS SELECT count(*) AS n FROM old"""
FILE = """
policy: {allow: [drop-table]}
dropped_tables: {old: {replaced_by: new}, a: {backup: none}, b: {backup: none}, m: {backup: none}}"""
THERE = "SELECT relname::text FROM pg_class WHERE relname IN ('old', 'a', 'b', 'm') ORDER BY 1"


def test_the_rows_are_counted_before_the_first_view_goes(database: Database, tmp_path: Path) -> None:
    database.execute(GIVEN)
    before = database.query(THERE)

    def approve(_plan: Plan) -> bool:
        database.execute("DELETE FROM new WHERE id = 1")
        return True

    result = reconciler.apply(desired(tmp_path, FILE), database.url, approve=approve)
    assert isinstance(result.error, CheckFailed)
    assert result.error.rule == "fewer-rows"
    assert database.query(THERE) == before
    database.execute("INSERT INTO new VALUES (1)")
    assert apply(desired(tmp_path, FILE), database.url).error is None
    assert database.query(THERE) == []


@pytest.mark.parametrize("backup", ["archive", "none"])
@pytest.mark.parametrize("read", ["old", "a"])
def test_a_view_that_is_created_before_the_first_view_goes(
    database: Database, tmp_path: Path, read: str, backup: str
) -> None:
    """No view is dropped while the table, or a view below it, has to stay."""
    database.execute(GIVEN)
    before = database.query(THERE)

    def approve(_plan: Plan) -> bool:
        database.execute(f"CREATE VIEW late AS SELECT id FROM {read}")
        return True

    state = desired(tmp_path, FILE.replace("{replaced_by: new}", f"{{backup: {backup}}}"))
    result = reconciler.apply(state, database.url, approve=approve)
    assert isinstance(result.error, CheckFailed)
    assert result.error.rule == "has-dependents"
    assert database.query(THERE) == before
    database.execute("DROP VIEW late")
    assert apply(state, database.url).error is None
    assert database.query(THERE) == []


def test_a_script_drops_no_view_either(database: Database, tmp_path: Path) -> None:
    database.execute(GIVEN)
    before = database.query(THERE)
    script = FORMATS["sql"](report_of(reconciler.plan(desired(tmp_path, FILE), database.url)))
    database.execute("CREATE VIEW late AS SELECT id FROM old")
    done = database.psql(script)
    assert (done.returncode, "has-dependents" in done.stderr) == (3, True), done.stderr
    assert database.query(THERE) == before
    database.execute("DROP VIEW late")
    done = database.psql(script)
    assert (done.returncode, done.stderr) == (0, "")
    assert database.query(THERE) == []


def test_a_plan_says_that_a_view_is_dropped(database: Database, tmp_path: Path) -> None:
    database.execute(GIVEN)
    report = report_of(reconciler.plan(desired(tmp_path, FILE), database.url))
    assert report.summary == ("Plan: 2 views and 1 materialized view to drop; 1 table to archive; 6 steps.")
    text = FORMATS["text"](report)
    assert [line.partition(" (")[0] for line in text.splitlines() if line.startswith("- ")] == [
        "- drop view public.b",
        "- drop view public.a",
        "- drop materialized view public.m",
        "- archive table public.old",
    ]
    hazards = [re.sub(r" \(.*?\)", "", line) for line in text.splitlines() if line.startswith("    ·")]
    assert "    · materialized view public.m is dropped; the journal keeps its definition" in hazards
    assert "no undo creates a dropped view again, whose definition the journal keeps" in text


def test_an_undo_says_what_became_of_views_if_their_table_stays(
    database: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Somebody has deleted rows of the replacement after the views were dropped."""
    database.execute(GIVEN)

    def lose(event: Event) -> None:
        if isinstance(event, StepStarted) and str(event.step.id) == "move dropped_table public.old":
            database.execute("DELETE FROM new WHERE id = 1")

    result = apply(desired(tmp_path, FILE), database.url, lose)
    assert isinstance(result.error, CheckFailed)
    assert database.query(THERE) == [("old",)]
    base = DesiredState(objects={}, policy=Policy())
    notes = reconciler.plan_undo(result.run_id, base, database.url, options=Options()).notes
    again = (
        f"the journal has its definition: `reconcile history {result.run_id}` prints the statements that create it"
    )
    assert sorted(one.message for one in notes if one.rule == "not-undone") == [
        f"view public.{name} stays dropped; {again}" for name in ("a", "b", "m")
    ]
    capsys.readouterr()
    assert main(["undo", result.run_id, "--db", database.url, "-y"]) == 2
    text = capsys.readouterr().out
    assert (
        f"note view public.a stays dropped; the journal has its definition: `reconcile history {result.run_id}"
        in text
    )
    assert main(["undo", result.run_id, "--db", database.url, "-y", "-q"]) == 2
    notes = [line for line in text.splitlines() if line.startswith("note ") and line.endswith("[not-undone]")]
    assert capsys.readouterr().out.splitlines() == [text.splitlines()[0], *notes]
    assert len(notes) == 3
    database.execute(GIVEN[GIVEN.index("CREATE VIEW a") :])
    assert main(["undo", result.run_id, "--db", database.url, "-y"]) == 0


@pytest.mark.parametrize("backup", ["archive", "none"])
def test_a_rule_goes_with_its_view(database: Database, tmp_path: Path, backup: str) -> None:
    """The rule uses a table that the view itself does not read. A rule on a table that stays refuses the drop."""
    database.execute(GIVEN + "; CREATE TABLE log (id int); CREATE TABLE stays (id int)")
    database.execute("CREATE RULE r AS ON INSERT TO a DO INSTEAD INSERT INTO log VALUES (new.id)")
    file = FILE.replace("{old:", f"{{log: {{backup: {backup}}}, old:")
    database.execute("CREATE RULE s AS ON INSERT TO stays DO ALSO INSERT INTO log VALUES (new.id)")
    (refusal,) = reconciler.plan(desired(tmp_path, file), database.url).refusals
    assert (refusal.rule, "rule s on table" in refusal.cause) == ("has-dependents", True)
    database.execute("DROP RULE s ON stays")
    assert apply(desired(tmp_path, file), database.url).error is None
    assert database.query("SELECT FROM pg_class WHERE relname IN ('log', 'a')") == []
