"""Attack: a plan file is changed, broken, or used in another place or for another plan.

The roles are somebody who can write the plan file between review and apply, and an operator who uses it in the wrong
place. Nothing may change in the catalog. A run that was killed must be able to continue.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import reconciler
from reconciler.cli.main import main
from reconciler.execution.expected import expected_plan, refuse_elsewhere, refuse_unexpected
from reconciler.model.content import content_of
from reconciler.model.digest import parse_digest
from reconciler.model.errors import Refused, UsageError
from reconciler.model.events import StepStarted
from reconciler.report import render_json, report_of
from tests.attack.terminal import to_a_pipe
from tests.execution.kills import Moment, kill_again_and_again, kill_backend
from tests.execution.support import BROAD, Events, apply_all, assert_in_sync, broad_setup, catalog
from tests.execution.test_dropped_tables import FILE as DROPPED_TABLES_FILE
from tests.execution.test_dropped_tables import GIVEN as DROPPED_TABLES
from tests.execution.test_dropped_tables import outcome as dropped_tables
from tests.execution.test_kills import PARTITIONED
from tests.report.plans import signed_document
from tests.servers import NIGHTLY, Database

pytestmark = [pytest.mark.ends, pytest.mark.newest_by_day]

SETUP = "CREATE TABLE t (a int, b int); CREATE TABLE old (a int); INSERT INTO t VALUES (1, 1)"
YAML = "tables: {t: {indexes: {i_a: a}, checks: {positive: a > 0}}}"
MADE = "SELECT relname FROM pg_class WHERE relname IN ('i_a', 'i_b', 'migration_log') OR relname = 'evil'"

Tamper = Callable[[dict[str, Any]], object]


@pytest.fixture
def folder(tmp_path: Path, database: Database, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with a file and its plan file."""
    monkeypatch.chdir(tmp_path)
    database.execute(SETUP)
    write(tmp_path, YAML)
    assert main(["plan", "--db", database.url, "-o", "plan.json"]) == 0
    return tmp_path


def write(folder: Path, text: str) -> None:
    (folder / "schema.yaml").write_text(f"version: 1\n{text}\n")


def document(folder: Path) -> dict[str, Any]:
    found = json.loads((folder / "plan.json").read_text())
    assert isinstance(found, dict)
    return found


def is_left_alone(database: Database) -> bool:
    return database.query(MADE) == [] and database.value("SELECT to_regclass('old') IS NOT NULL")


def applied(database: Database, *options: str, url: str | None = None) -> tuple[int, str]:
    printed = to_a_pipe("apply", "plan.json", "-y", "--db", url or database.url, *options)
    return printed.code, printed.text


def test_the_file_holds_what_its_digest_is_made_of(folder: Path, database: Database) -> None:
    """Not an attack: the file has the changes of the plan and their hash, and is the same except for the time."""
    plan = reconciler.plan(reconciler.load(["schema.yaml"]), database.url)
    found = document(folder)
    hashes = {parse_digest(one).hash for one in (found["digest"], plan.digest, signed_document(found)["digest"])}
    assert len(hashes) == 1
    assert json.loads(json.dumps(content_of(plan)["changes"])) == [
        {name: value for name, value in change.items() if name in content_of(plan)["changes"][0]}
        | {"steps": content_of(plan)["changes"][number]["steps"]}
        for number, change in enumerate(found["changes"])
    ]
    for seed in ("1", "2"):
        again = subprocess.run(
            [sys.executable, "-m", "reconciler.cli.main", "plan", "--format", "json", "--db", database.url],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        assert {**json.loads(again.stdout), "digest": ""} == {**found, "digest": ""}
        assert parse_digest(json.loads(again.stdout)["digest"]).hash in hashes
    assert applied(database)[0] == 0
    assert database.value("SELECT count(*) FROM pg_class WHERE relname = 'i_a'") == 1


def sql(found: dict[str, Any]) -> list[str]:
    statements = found["changes"][0]["steps"][0]["sql"]
    assert isinstance(statements, list)
    return statements


TAMPERED: dict[str, Tamper] = {
    "a statement more": lambda found: sql(found).append("CREATE TABLE evil (a int)"),
    "another statement": lambda found: sql(found).__setitem__(0, "DROP TABLE old"),
    "another search path": lambda found: found["changes"][0]["search_path"].append("evil"),
    "a step less": lambda found: found["changes"][0]["steps"].pop(),
    "a change less": lambda found: found["changes"].pop(),
    "another definition": lambda found: found["changes"][0]["after"].update(unique=True),
    "another server": lambda found: found["server"].update(system_identifier="1"),
    "another database": lambda found: found["server"].update(database="postgres"),
    "another digest": lambda found: found.update(digest=f"v2:20261122T120000Z:{'0' * 64}"),
    "a digest of another form": lambda found: found.update(digest="0" * 64),
    "no digest": lambda found: found.update(digest=None, no_digest="x"),
}

NOT_HASHED: dict[str, Tamper] = {
    "another policy": lambda found: found["policy"].update(max_drops=1000),
    "another journal": lambda found: found.update(journal_schema="elsewhere"),
    "no refusals": lambda found: found.update(refusals=[{"rule": "x", "cause": "y"}]),
    "another role": lambda found: found["server"].update(user="mallory"),
    "more hazards accepted": lambda found: found["allow"].append("drop-table"),
}


@pytest.mark.parametrize("how", TAMPERED)
def test_a_file_that_was_changed(folder: Path, database: Database, how: str) -> None:
    """One part of the plan file is changed: its digest no longer matches."""
    found = document(folder)
    TAMPERED[how](found)
    (folder / "plan.json").write_text(json.dumps(found))
    code, said = applied(database)
    assert (code, "[plan-file]" in said) == (64, True)
    assert is_left_alone(database)


@pytest.mark.parametrize("how", [how for how in TAMPERED | NOT_HASHED if "digest" not in how])
def test_a_file_that_was_changed_with_its_digest(folder: Path, database: Database, how: str) -> None:
    """One part of the file is changed together with the digest. SQL of the file is never sent: it only limits a run."""
    found = document(folder)
    (TAMPERED | NOT_HASHED)[how](found)
    (folder / "plan.json").write_text(json.dumps(signed_document(found)))
    code, _ = applied(database)
    assert database.query("SELECT FROM pg_class WHERE relname = 'evil'") == []
    assert database.value("SELECT to_regclass('old') IS NOT NULL")
    # What decides nothing does no harm; anything else is refused before the first step.
    harmless = {"no refusals", "another role", "more hazards accepted"}
    assert code == (0 if how in harmless else 3)
    assert (database.query(MADE) == []) == (how not in harmless)


@pytest.mark.parametrize("how", [how for how in TAMPERED if "digest" not in how])
def test_a_file_that_was_changed_with_its_digest_is_not_the_required_one(
    folder: Path, database: Database, how: str
) -> None:
    """The same, where the operator gives the digest that was reviewed: the file is no longer the plan of it."""
    found = document(folder)
    digest = found["digest"]
    TAMPERED[how](found)
    (folder / "plan.json").write_text(json.dumps(signed_document(found)))
    code, said = applied(database, "--require-digest", digest)
    assert (code, "[digest]" in said) == (64, True)
    assert is_left_alone(database)


def test_a_refused_plan_and_more_hazards_accepted_later(folder: Path, database: Database) -> None:
    """The plan file was written without --allow, and apply gets it, or the YAML file now accepts the hazard."""
    write(folder, "dropped_tables: {old: {backup: none}}")
    assert main(["plan", "--db", database.url, "-o", "plan.json"]) == 3
    code, said = applied(database, "--allow", "drop-table")
    assert (code, "it has no digest: the plan is refused: hazard-not-accepted" in said) == (64, True)
    assert is_left_alone(database)
    write(folder, "policy: {allow: [drop-table]}\ndropped_tables: {old: {backup: none}}")
    code, said = applied(database)
    assert (code, "it has no digest" in said) == (64, True)
    assert is_left_alone(database)
    assert main(["plan", "--db", database.url, "-o", "plan.json"]) == 0
    assert applied(database)[0] == 0


def test_hazards_accepted_with_the_plan_are_accepted_again(folder: Path, database: Database) -> None:
    """Not an attack: --allow for the plan and for apply.

    Without it, apply refuses: the plan file itself accepts nothing.
    """
    write(folder, "dropped_tables: {old: {backup: none}}")
    assert main(["plan", "--db", database.url, "-o", "plan.json", "--allow", "drop-table"]) == 0
    assert applied(database)[0] == 3
    assert is_left_alone(database)
    assert applied(database, "--allow", "drop-table", "--check-timeout", "7")[0] == 0
    assert database.value("SELECT to_regclass('old')") is None


@pytest.mark.parametrize(
    "text",
    [
        "tables: {t: {indexes: {i_a: a, i_b: b}, checks: {positive: a > 0}}}",
        "tables: {t: {indexes: {i_a: b}, checks: {positive: a > 0}}}",
        f"{YAML}\ndropped_tables: {{old: {{}}}}",
        f"policy: {{max_drops: 11}}\n{YAML}",
        f"policy: {{lock_timeout: 3s}}\n{YAML}",
        f"policy: {{search_path: [pg_temp]}}\n{YAML}",
    ],
)
def test_a_file_that_wants_more_than_the_plan(folder: Path, database: Database, text: str) -> None:
    """schema.yaml is changed after the review."""
    write(folder, text)
    code, said = applied(database)
    assert (code, "[plan-changed]" in said) == (3, True)
    assert is_left_alone(database)


def test_another_database_or_server(folder: Path, database: Database) -> None:
    """The plan file is used in a copy of the database, and in a recreated database."""
    with database.copy() as copy:
        code, said = applied(copy)
        assert (code, f"the database is {copy.name}, not {database.name}" in said) == (3, True)
        digest = document(folder)["digest"]
        printed = to_a_pipe("apply", "-y", "--db", copy.url, "--require-digest", digest)
        assert (printed.code, "[plan-changed]" in printed.text) == (3, True)
        assert is_left_alone(copy)
    with database.server.database() as other:
        found = document(folder)
        found["server"]["database"] = other.name
        other.execute(SETUP)
        (folder / "plan.json").write_text(json.dumps(signed_document(found)))
        code, said = applied(other)
        assert (code, "the database's oid is" in said) == (3, True)
        assert is_left_alone(other)


def test_a_plan_of_a_role_that_only_reads_is_applied_by_the_owner(folder: Path, database: Database) -> None:
    """No attack: the check of a pull request needs no right to change anything, and the digest is the same."""
    role = f"reader_{database.name}"
    database.execute(f"CREATE ROLE {role} LOGIN; GRANT SELECT ON t TO {role}")
    try:
        printed = to_a_pipe("plan", "--db", database.url_as(role), "-o", "plan.json")
        assert printed.code == 0, printed.text
        assert applied(database, "--require-digest", document(folder)["digest"])[0] == 0
        assert not is_left_alone(database)
    finally:
        database.execute(f"DROP OWNED BY {role}; DROP ROLE {role}")


def test_a_role_that_may_not_read_the_identifier(folder: Path, database: Database) -> None:
    """If the server's identifier cannot be read, no plan file is written and none is accepted."""
    role = f"reader_{database.name}"
    database.execute(f"""CREATE ROLE {role} LOGIN; ALTER TABLE t OWNER TO {role};
        GRANT CREATE ON SCHEMA public TO {role}; REVOKE EXECUTE ON FUNCTION pg_control_system() FROM PUBLIC""")
    try:
        printed = to_a_pipe("plan", "--db", database.url_as(role), "-o", "other.json")
        assert (printed.code, "[server-unknown]" in printed.text, Path("other.json").exists()) == (3, True, False)
        found = document(folder)
        found["server"].update(user=role, system_identifier="")
        (folder / "plan.json").write_text(json.dumps(signed_document(found)))
        code, said = applied(database, url=database.url_as(role))
        assert (code, "[server-unknown]" in said) == (3, True)
        assert is_left_alone(database)
    finally:
        database.execute(f"REASSIGN OWNED BY {role} TO postgres; DROP OWNED BY {role}; DROP ROLE {role}")


def deep(levels: int) -> str:
    return '{"a":' * levels + "1" + "}" * levels


BROKEN = {
    "empty": "",
    "half": '{"format_version": 2, "digest": "',
    "no object": "[]",
    "deep": deep(200_000),
    "a long number": '{"format_version": ' + "9" * 100_000 + "}",
    "not a number": '{"format_version": NaN}',
    "an old version": '{"format_version": 1, "digest": "x"}',
    "a key twice": '{"format_version": 2, "format_version": 2}',
    "zeros": "\0" * 1000,
    "not UTF-8": "\udcff\udcfe",
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_file_that_is_broken(folder: Path, database: Database, what: str) -> None:
    """The plan file is truncated, deep, or not JSON: wrong usage, at once and without a connection."""
    (folder / "plan.json").write_text(BROKEN[what], errors="surrogateescape")
    code, said = applied(database, url="postgresql://nobody@127.0.0.1:1/nothing")
    assert (code, "[plan-file]" in said, "Traceback" in said) == (64, True, False)


VALUES: list[Any] = [None, 1, 1.5, True, "x", [], [1], {}, {"a": 1}, [[]], [{}], [None], json.loads(deep(50))]


def places(part: Any) -> list[tuple[Any, Any]]:
    """Yield each place in a document: its container, and its key or index there."""
    names = list(part) if isinstance(part, dict) else list(range(len(part))) if isinstance(part, list) else []
    return [(part, name) for name in names] + [place for name in names for place in places(part[name])]


def test_values_of_wrong_types(folder: Path, database: Database) -> None:
    """Each part of the file in turn gets a value of one type (at night, of each), with a matching digest if possible.

    Such a file is wrong usage, or is compared with a plan like any other.
    """
    whole = document(folder)
    plan = reconciler.plan(reconciler.load(["schema.yaml"]), database.url)
    outcomes: Counter[str] = Counter()
    for number in range(len(places(whole))):
        for value in VALUES if NIGHTLY else [VALUES[number % len(VALUES)]]:
            found = json.loads(json.dumps(whole))
            part, name = places(found)[number]
            part[name] = value
            with suppress(KeyError, TypeError, ValueError, AttributeError):
                found = signed_document(found)
            try:
                expected = expected_plan(found)
                assert expected is not None
                refuse_elsewhere(plan.server, expected)
                refuse_unexpected(plan, expected)
                outcomes["accepted"] += 1
            except (UsageError, Refused) as error:
                outcomes[error.rule] += 1
    assert set(outcomes) == {"accepted", "plan-file", "plan-changed"}


def test_a_file_that_is_huge_or_no_file(folder: Path, database: Database) -> None:
    """The plan file is too large, a folder, an endless device, or a pipe without a writer."""
    with (folder / "plan.json").open("wb") as file:
        file.truncate(10 << 30)
    codes = [applied(database)]
    for special in (os.mkfifo, os.mkdir):
        os.unlink("plan.json")
        special("plan.json")
        timer = threading.Timer(20, lambda: os._exit(1))  # a hang would otherwise stop all tests
        timer.start()
        codes.append(applied(database))
        timer.cancel()
    os.rmdir("plan.json")
    os.symlink("/dev/zero", "plan.json")
    codes.append(applied(database))
    assert [code for code, _ in codes] == [64] * 4
    assert all("[plan-file]" in said for _, said in codes)
    assert is_left_alone(database)


# --- Going on after a kill ---------------------------------------------------------------------------------------


def killed_and_resumed(
    database: Database, files: list[Path], moment: Moment, outcome: Callable[[Database], object] = catalog
) -> None:
    """Kill a run with a plan file at each of its steps; every run continues with the same file, to the end.

    `outcome` must be the same as after an uninterrupted run.
    """
    state, events = reconciler.load(files), Events()
    with database.copy() as undisturbed:
        apply_all(state, undisturbed.url, events)
        expected = outcome(undisturbed)
    steps = [event.step for event in events.of(StepStarted)]
    file = json.loads(render_json(report_of(reconciler.plan(state, database.url))))
    kill_again_and_again(partial(kill_backend, expected=file), files, database.url, moment, steps)
    assert_in_sync(state, database.url)
    assert outcome(database) == expected


@pytest.mark.parametrize("moment", [Moment.UNLOGGED, Moment.WAITING])
def test_a_run_by_a_plan_file_is_killed_at_each_step(database: Database, moment: Moment) -> None:
    """Not an attack: a run with a plan file is killed at each step, and continues with the same file."""
    broad_setup(database)
    killed_and_resumed(database, [BROAD / "kills.yaml"], moment)


def test_a_run_over_dropped_tables_is_killed_at_each_step(database: Database, tmp_path: Path) -> None:
    """Not an attack: the same with tables that are moved, counted, kept and dropped."""
    database.execute(DROPPED_TABLES)
    (tmp_path / "schema.yaml").write_text(DROPPED_TABLES_FILE)
    killed_and_resumed(database, [tmp_path / "schema.yaml"], Moment.UNLOGGED, dropped_tables)


@pytest.mark.parametrize(
    "moment",
    [
        pytest.param(Moment.UNLOGGED, marks=pytest.mark.pg(">= 18")),
        pytest.param(Moment.WAITING, marks=pytest.mark.pg("< 18")),
    ],
)
def test_a_run_over_partitions_is_killed_at_each_step(database: Database, moment: Moment) -> None:
    """Not an attack: the same with partitioned tables."""
    database.execute((PARTITIONED / "setup.sql").read_text())
    killed_and_resumed(database, [PARTITIONED / "schema.yaml"], moment)
