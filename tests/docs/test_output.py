"""The output in the documentation is the real output, and the commands in it work."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import reconciler
from reconciler.model.options import Options
from reconciler.report import render_text, report_of
from tests.docs.pages import ROOT, blocks, marked, page, refreshed
from tests.servers import Database, Server

pytestmark = pytest.mark.ends  # about the output

Shows = Callable[[str, Database], None]

EXAMPLE = ROOT / "examples" / "samia_tarot"


def in_order(expected: list[str], actual: list[str]) -> list[str]:
    """Return the expected lines that are missing in the actual ones, in this order."""
    rest = iter(actual)
    return [line for line in expected if line not in rest]


@pytest.fixture(scope="module")
def example(server: Server) -> Iterator[Database]:
    """Return the example database. Tests only plan against it."""
    with server.database() as database:
        loaded = database.psql((EXAMPLE / "setup.sql").read_text(encoding="utf-8"))
        assert loaded.returncode == 0, loaded.stderr
        yield database


def as_on_a_terminal(database: Database, *, verbose: bool) -> str:
    """Return the text of a plan of the example, with samples of the failed data checks."""
    plan = reconciler.plan(reconciler.load(["schema.yaml"]), database.url, options=Options(samples=5))
    return render_text(report_of(plan), samples=5, verbose=verbose)


@pytest.fixture
def shows(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Shows:
    """Return whether a block of the README is part of the plan of the example. `--update-golden` updates the block."""
    monkeypatch.chdir(ROOT)

    def compare(mark: str, database: Database) -> None:
        actual = as_on_a_terminal(database, verbose=mark == "plan")
        block = marked("README.md", mark)
        if request.config.getoption("--update-golden"):
            text = page("README.md").replace(block.text, refreshed(block, actual))
            (ROOT / "README.md").write_text(text, encoding="utf-8")
            block = marked("README.md", mark)
        assert in_order(block.lines, actual.splitlines()) == []

    return compare


@pytest.mark.pg(">= 18")
def test_the_demo_of_the_readme(tmp_path: Path) -> None:
    environment = {**os.environ, "NO_COLOR": "1"}
    run = subprocess.run(
        [sys.executable, "-m", "reconciler.cli.main", "demo"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert run.returncode == 0, run.stderr

    def without_time(lines: list[str]) -> list[str]:
        return [re.sub(r"^\| Time .*|(?<= completed) in .*", "", line) for line in lines]

    expected = without_time(marked("README.md", "demo").lines)
    printed = run.stdout.replace(f"{ROOT}/", "")
    assert in_order(expected, without_time(printed.splitlines())) == []


def test_the_plan_of_the_readme(example: Database, shows: Shows) -> None:
    shows("plan", example)


def test_the_file_of_the_readme_fits_the_example(example: Database, tmp_path: Path) -> None:
    file = tmp_path / "schema.yaml"
    file.write_text(marked("README.md", "file").text, encoding="utf-8")
    report = report_of(reconciler.plan(reconciler.load([file]), example.url))
    assert report.summary == "Plan: 1 table to archive; 1 index and 1 foreign key to create; 6 steps."


def test_the_refusals_of_the_readme(example: Database, shows: Shows) -> None:
    with example.copy() as broken:
        done = broken.psql((EXAMPLE / "dirty.sql").read_text(encoding="utf-8"))
        assert done.returncode == 0, done.stderr
        shows("dirty", broken)


def test_the_rows_of_the_example_are_repaired_by_its_second_file(example: Database) -> None:
    with example.copy() as broken:
        broken.psql((EXAMPLE / "dirty.sql").read_text(encoding="utf-8"))
        broken.execute("DROP VIEW voice_note_minutes")
        for file in (EXAMPLE / "repair.yaml", ROOT / "schema.yaml"):
            desired = reconciler.load([file])
            assert reconciler.apply(desired, broken.url, approve=lambda _plan: True).error is None
            assert reconciler.plan(desired, broken.url).in_sync
        names = broken.query("SELECT oid::regclass::text FROM pg_class WHERE relname ~ '^q_' ORDER BY relname")
        kept = [(name.rpartition("_")[0], broken.query(f"SELECT count(*) FROM {name}")[0][0]) for (name,) in names]
        assert kept == [
            ("reconcile_archive.q_bookings", 3),
            ("reconcile_archive.q_bookings", 0),
            ("reconcile_archive.q_chat_messages", 12),
            ("reconcile_archive.q_users", 2),
            ("reconcile_archive.q_wallets", 7),
        ]


# --- The journal and the archive ---------------------------------------------------------------------------------

LONG = "an_index_with_a_name_of_sixty_three_bytes_which_is_the_most_poss"[:63]

LEFTOVER = f"""
CREATE ROLE "archive reader";
CREATE SCHEMA reconcile_archive;
-- Names that the table's parts will find taken.
CREATE TABLE reconcile_archive.first (id int CONSTRAINT "Old Stuff_pkey" PRIMARY KEY, n int);
CREATE INDEX {LONG} ON reconcile_archive.first (n);
CREATE SEQUENCE reconcile_archive."Old Stuff_id_seq";

CREATE TABLE new_stuff (id int);
CREATE TABLE "Old Stuff" (id serial PRIMARY KEY, n int CHECK (n > 0), t text DEFAULT 'x');
CREATE TABLE refs (id int PRIMARY KEY, "Other N" int, UNIQUE ("Other N", id));
CREATE INDEX {LONG} ON "Old Stuff" (n);
CREATE INDEX plain ON "Old Stuff" (t) WHERE n > 5;
GRANT SELECT ON "Old Stuff" TO "archive reader";
INSERT INTO "Old Stuff" (n) SELECT generate_series(1, 10);
INSERT INTO new_stuff SELECT id FROM "Old Stuff";
ALTER TABLE "Old Stuff" ADD CONSTRAINT "Key 1" FOREIGN KEY (n, id) REFERENCES refs ("Other N", id) MATCH FULL
    ON UPDATE RESTRICT ON DELETE SET NULL INITIALLY DEFERRED NOT VALID;
ALTER TABLE "Old Stuff" ADD CONSTRAINT "Key 2" FOREIGN KEY (id) REFERENCES refs ON DELETE CASCADE NOT VALID;
COMMENT ON CONSTRAINT "Key 2" ON "Old Stuff" IS 'it''s second';
COMMENT ON TABLE "Old Stuff" IS 'it''s old: {{"schema": "nonsense"}}';
"""

DESIRED = "version: 1\ntables:\n  new_stuff:\ndropped_tables:\n  Old Stuff: {replaced_by: new_stuff}\n"


def apply(database: Database, folder: Path) -> None:
    file = folder / "schema.yaml"
    file.write_text(DESIRED, encoding="utf-8")
    result = reconciler.apply(reconciler.load([file]), database.url, approve=lambda _plan: True)
    assert result.error is None


def everything(database: Database) -> list[object]:
    """Return everything about the dropped table, including its rows."""
    described = database.query(
        """
        SELECT c.relname, c.relkind, n.nspname, c.relacl::text, obj_description(c.oid, 'pg_class'),
               pg_get_indexdef(x.indexrelid)
          FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_index x ON x.indexrelid = c.oid
         WHERE n.nspname IN ('public', 'reconcile_archive') AND c.relname <> ALL ('{migration_log,new_stuff}')
           AND c.relname NOT LIKE 'migration_log_%'
         ORDER BY n.nspname, c.relname"""
    )
    constraints = database.query(
        """SELECT conname, pg_get_constraintdef(oid), obj_description(oid, 'pg_constraint')
             FROM pg_constraint ORDER BY 1, 2"""
    )
    kept = [row for row in constraints if not row[0].startswith("migration_log")]
    defaults = database.query(
        """SELECT a.attname, pg_get_expr(d.adbin, d.adrelid) FROM pg_attrdef d
             JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
            WHERE d.adrelid = '"Old Stuff"'::regclass ORDER BY 1"""
    )
    return [described, kept, defaults, database.query('SELECT * FROM "Old Stuff" ORDER BY id')]


@pytest.fixture
def archived(database: Database, tmp_path: Path) -> Iterator[tuple[Database, list[object]]]:
    """Return a database with an archived table, and its previous state."""
    database.execute(LEFTOVER)
    before = everything(database)
    apply(database, tmp_path)
    yield database, before
    database.execute('DROP OWNED BY "archive reader"; DROP ROLE "archive reader"')


def test_an_archived_table_is_restored_to_the_letter(archived: tuple[Database, list[object]]) -> None:
    database, before = archived
    assert database.value("""SELECT to_regclass('"Old Stuff"')""") is None
    name = database.value("SELECT relname FROM pg_class WHERE relname LIKE 'Old Stuff\\_\\_%' AND relkind = 'r'")
    script = marked("docs/journal.md", "restore").text
    named, count = re.subn(r"reconcile_archive\.\"[^\"]+\"", f'reconcile_archive."{name}"', script)
    assert count == 1
    database.execute(named)
    assert everything(database) == before


def test_the_queries_of_the_journal_page_work(archived: tuple[Database, list[object]]) -> None:
    database, _ = archived
    queries = [
        block.text for block in blocks(page("docs/journal.md")) if block.language == "sql" and not block.mark
    ]
    statements = [one for text in queries for one in text.split(";\n") if one.strip()]
    rows = [database.query(statement) for statement in statements]
    assert len(rows) == 5
    assert all(rows), "each finds something"
