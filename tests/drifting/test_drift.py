"""`drift` reports what differs, who changed it if the journal records it, and which objects no file declares."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

import reconciler
from reconciler.cli.main import main
from reconciler.model.events import Event, StepCompleted
from reconciler.model.step_id import Verb
from reconciler.report import FORMATS, report_of_drift
from tests.execution.support import apply_all, desired
from tests.servers import Database

pytestmark = pytest.mark.pg(">= 18")  # about the journal and the words; the catalog is read as by `plan`

TABLE = "CREATE TABLE t (id int PRIMARY KEY, a int, b numeric)"
FILE = """\
tables:
  t:
    not_null: [a]
    indexes: {i_a: a, i_b: b, i_later: b}
    checks: {positive: b > 0}
    absent: {indexes: [i_old]}
"""
DRIFTED = """
    DROP INDEX i_a;
    DROP INDEX i_b; CREATE INDEX i_b ON t (b, a);
    ALTER TABLE t DROP CONSTRAINT positive; ALTER TABLE t ADD CONSTRAINT positive CHECK (b > 1);
    CREATE INDEX i_old ON t (b, id);
    CREATE INDEX of_somebody ON t (a) WHERE a > 0;
    ALTER TABLE t ALTER b SET NOT NULL;
    DROP INDEX i_later;
"""


@pytest.fixture
def file(database: Database, tmp_path: Path) -> Path:
    database.execute(TABLE)
    apply_all(desired(tmp_path, FILE), database.url)
    return tmp_path / "schema.yaml"


def notes(found: reconciler.Drift, rule: str) -> list[str]:
    reported = (note for note in found.plan.notes if note.rule == rule)
    return [without_run(f"{note.key or 'all'}: {note.message}") for note in reported]


def without_run(text: str) -> str:
    return re.sub(r"run [0-9a-f-]{36} on [\d-]{10} [\d:]{8} UTC", "run R", text)


def test_it_says_who_changed_what(database: Database, file: Path) -> None:
    database.execute(DRIFTED)
    file.write_text(file.read_text().replace("i_later: b", "i_later: [a, b], i_new: a").replace("[a]", "[a, b]"))
    found = reconciler.drift(file, database.url)
    assert notes(found, "last-change") == [
        "all: no run in the journal public.migration_log has changed index i_new on public.t and 1 other object"
    ]
    assert sorted(notes(found, "changed-outside")) == [
        "check positive on public.t: created by run R as role postgres; changed outside reconcile since",
        "index i_a on public.t: created by run R as role postgres; dropped or renamed outside reconcile since",
        "index i_b on public.t: created by run R as role postgres; changed outside reconcile since",
        "index i_later on public.t: created by run R as role postgres; dropped or renamed outside reconcile since",
    ]
    assert notes(found, "undeclared-object") == [
        "index of_somebody on public.t: exists, and no file declares it",
        "primary key of public.t: exists, and no file declares it",
    ]


def test_a_changed_file_is_distinguished_from_a_changed_database(database: Database, file: Path) -> None:
    text = file.read_text()
    file.write_text(text.replace("i_a: a", "i_a: [a, b]"))
    assert notes(reconciler.drift(file, database.url), "last-change") == [
        "index i_a on public.t: created by run R as role postgres; the file has changed since"
    ]
    database.execute("DROP INDEX i_a; CREATE INDEX i_a ON t (b, a)")
    (message,) = notes(reconciler.drift(file, database.url), "changed-outside")
    assert "created by run R as role postgres; the file has changed since, and so has the database" in message


def test_what_an_undo_or_a_restore_left_is_nobody_elses_change(database: Database, tmp_path: Path) -> None:
    database.execute("CREATE TABLE t (id int, a int); CREATE TABLE old (id int)")
    text = "tables: {t: {indexes: {i: a}}}\ndropped_tables: {old: {}}"
    run = apply_all(desired(tmp_path, text), database.url).run_id
    file, undone = tmp_path / "schema.yaml", "this run was an undo, and the file still declares what it took back"
    reconciler.restore("old", database.url, approve=lambda _: True)
    (message,) = notes(reconciler.drift(file, database.url), "last-change")
    assert message.endswith("this run was a restore, and the file still lists the table under `dropped_tables`")
    reconciler.undo(run, desired(tmp_path, text), database.url, approve=lambda _: True)
    assert any(one.endswith(undone) for one in notes(reconciler.drift(file, database.url), "last-change"))
    database.execute("CREATE INDEX i ON t (id)")
    found = reconciler.drift(file, database.url)
    assert [note for note in found.plan.notes if note.rule == "changed-outside"]
    assert not any(undone in one.message for one in found.plan.notes)


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("tables: {t: {not_null: {a: {nulls: {fill: 0}, repair: first}}}}", Verb.CREATE),
        ("tables: {t: {not_null: {a: {nulls: {fill: 0}, repair: first}}}}", Verb.REPAIR),
        (
            "tables: {t: {unique: {t_b_key: {columns: b, duplicates: {keep: newest, by: id, others: quarantine}}}}}",
            Verb.CREATE,
        ),
        ("dropped_tables: {t: {}}", Verb.CREATE),
    ],
)
def test_an_interrupted_run_has_not_changed_what_it_only_prepared(
    database: Database, tmp_path: Path, text: str, until: Verb
) -> None:
    database.execute(f"{TABLE}; INSERT INTO t VALUES (1, NULL, 1), (2, 2, 1)")

    def interrupt(event: Event) -> None:
        if isinstance(event, StepCompleted) and event.step.id.verb is until:
            raise KeyboardInterrupt

    state = desired(tmp_path, text)
    with suppress(KeyboardInterrupt):
        reconciler.apply(state, database.url, approve=lambda _: True, listeners=[interrupt])
    done = database.value(
        "SELECT string_agg(metadata -> 'step' ->> 'verb', ' ' ORDER BY sequence) FROM migration_log"
        " WHERE status = 'completed' AND step_name <> 'run'"
    )
    assert done.split()[-1] == until
    found = notes(reconciler.drift(tmp_path / "schema.yaml", database.url), "last-change")
    assert [note.partition(" has changed ")[0] for note in found] == [
        "all: no run in the journal public.migration_log"
    ]


def test_exit_codes_and_the_summary(database: Database, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def run(*options: str) -> tuple[int, str]:
        code = main(["drift", "-q", "-f", str(file), "--db", database.url, *options])
        return code, capsys.readouterr().out

    also = "There is also 1 undeclared object."
    assert run() == (0, f"In sync: 7 objects declared, nothing to do. {also}\n")
    assert run("--strict") == (2, "Drift: 1 undeclared object.\n")
    database.execute("DROP INDEX i_a; ALTER TABLE t DROP CONSTRAINT positive; CREATE INDEX i_old ON t (b, id)")
    summary = "Drift: 1 index and 1 check missing; 1 index to be absent"
    assert run() == (2, f"{summary}; 1 undeclared object.\n")
    code = main(["drift", "--strict", "-f", str(file), "--db", database.url, "--format", "json"])
    found: Any = json.loads(capsys.readouterr().out)
    assert (code, found["verdict"], found["drift"]["strict"]) == (2, "changes", True)
    assert [one["key"]["kind"] for one in found["drift"]["undeclared"]] == ["primary_key"]


def test_a_hostile_journal_is_inert_and_an_untrusted_one_says_so(database: Database, file: Path) -> None:
    database.execute(
        "INSERT INTO migration_log (migration_name, step_name, status, metadata) SELECT 'x', 'y', 'completed',"
        " jsonb_build_object('object', 'index i_a on public.t', 'run_id', E'\\x1b[31m<b>`x`\\n::error::', 'after', 1)"
    )
    database.execute("DROP INDEX i_a")
    report = report_of_drift(reconciler.drift(file, database.url))
    for render in FORMATS.values():
        assert "\x1b" not in render(report)
        assert "\n::error::\n" not in render(report)
    (note,) = notes(reconciler.drift(file, database.url), "changed-outside")
    assert note.startswith("index i_a on public.t: changed by run \\x1b[31m<b>`x`\\n::error:: on ")
    assert note.endswith("as role ?; dropped or renamed outside reconcile since")
    database.execute("ALTER TABLE migration_log OWNER TO reader")
    (note,) = notes(reconciler.drift(file, database.url), "last-change")
    assert note.startswith(
        "all: the journal public.migration_log is not used: the journal public.migration_log cannot"
    )
    database.execute("DROP TABLE migration_log")
    (note,) = notes(reconciler.drift(file, database.url), "last-change")
    assert note == "all: no run in the journal public.migration_log has changed index i_a on public.t"
