"""Undo: after it, the catalog is to the letter what it was before the run."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

import reconciler
from reconciler.cli.main import main
from reconciler.execution.result import ApplyResult
from reconciler.kinds.rules import GATED
from reconciler.model.events import Event, RunStatus, StepCompleted
from reconciler.model.options import Options
from reconciler.model.plan import JournalAt
from reconciler.model.state import DesiredState, Policy
from reconciler.postgres.facts.journal import journal_writers
from reconciler.postgres.journal import create_statements
from reconciler.postgres.session import connect
from tests.cases.case import Case, read_cases
from tests.cases.snapshot import snapshot
from tests.execution.support import EXAMPLE, apply, apply_all, assert_in_sync, desired, load_example
from tests.servers import NIGHTLY, Database

NOTHING = DesiredState(objects={}, policy=Policy(max_drops=1000))
ALL = Options(allow=GATED, trust_file=True)


def undo(database: Database, run: str = "last", base: DesiredState = NOTHING) -> ApplyResult:
    return reconciler.undo(run, base, database.url, approve=lambda _: True, options=ALL)


def undo_all(database: Database, run: str = "last", base: DesiredState = NOTHING) -> ApplyResult:
    """Undo, and assert success."""
    result = undo(database, run, base)
    assert not result.plan.refusals, [(one.rule, one.cause) for one in result.plan.refusals]
    assert result.error is None, result.message
    return result


DIFFERENT = {
    "index/printed_anew",  # an expression comes back as the server prints it when it is created again
    "not_null/inherits_from_now_on",  # children keep a not-null that their parent no longer passes on
    "not_null/resume",  # helpers of an interrupted run, before 18
    "partitioned/foreign_keys_taken_over",  # names of parts, before 18
}
"""Cases that come back otherwise than to the letter: docs/undo.md says why."""


@pytest.mark.skipif(not NIGHTLY, reason="applies and undoes each of two hundred cases")
@pytest.mark.parametrize(
    "case", [pytest.param(one, id=one.name) for one in read_cases() if one.name not in DIFFERENT]
)
@pytest.mark.ends
def test_every_case_there_and_back(case: Case, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything is as before, or the undo is refused before its first step."""
    if not case.runs_on(database.server.major):
        pytest.skip("not for this version")
    monkeypatch.chdir(case.folder)
    database.execute(case.given)
    before = snapshot(database)
    options = Options(allow=GATED, trust_file=case.trusted)
    state = reconciler.load([Path("schema.yaml")])
    with suppress(reconciler.Refused):
        reconciler.apply(state, database.url, approve=lambda _: True, options=options)
    if not database.value("SELECT count(*) FROM pg_class WHERE relname = 'migration_log'"):
        pytest.skip("in sync, or refused")
    after = snapshot(database)
    base = replace(NOTHING, policy=replace(state.policy, max_drops=1000))
    result = undo(database, base=base)
    if result.plan.refusals:
        assert snapshot(database) == after
        return
    assert result.error is None, result.message
    if any(note.rule == "not-undone" and "validated" not in note.message for note in result.plan.notes):
        return
    assert comparable(snapshot(database)) == comparable(before)
    undo_all(database, base=base)
    assert comparable(snapshot(database)) == comparable(after)


def comparable(text: str) -> str:
    """Without what an undo leaves: validations."""
    return re.sub(r" (NOT VALID|not valid)$", "", text, flags=re.MULTILINE)


GIVEN = """
    CREATE TABLE users (id int, email text, PRIMARY KEY (id));
    CREATE TABLE t (id int, user_id int, a int, b text, during int4range);
    INSERT INTO users SELECT n, n::text FROM generate_series(1, 20) n;
    INSERT INTO t SELECT n, n, n, n::text, int4range(n, n + 1) FROM generate_series(1, 20) n;"""
CREATED = """
tables:
  t:
    primary_key: id
    not_null: [a]
    unique: {t_a_key: a}
    indexes: {t_b_idx: {columns: [b], where: "b <> ''", comment: by b}}
    foreign_keys: {t_user_id_fkey: {columns: user_id, references: users(id)}}
    checks: {t_positive: a > 0}
    exclusions: {t_during_excl: {using: gist, elements: [{column: during, operator: "&&"}]}}
    statistics: {t_stats: {columns: [a, b], kinds: [ndistinct]}}
"""
ALTERED = """
tables:
  t:
    primary_key: {columns: id, comment: key}
    not_null: {a: {comment: never}, b: {}}
    unique: {t_a_key: {columns: [a, b]}}
    indexes: {t_b_idx: {columns: [b, a], with: {fillfactor: 70}, comment: by b and a}}
    foreign_keys: {t_user_id_fkey: {columns: user_id, references: users(id), on_delete: cascade}}
    checks: {t_positive: {expression: a > -1, comment: nearly}}
    exclusions: {t_during_excl: {using: gist, elements: [{column: during, operator: "&&"}], deferrable: true}}
    statistics: {t_stats: {columns: [a, b], kinds: [ndistinct, dependencies], target: 500}}
"""
RENAMED = """
tables:
  t:
    primary_key: {columns: id, comment: key, name: t_id}
    not_null: {a: {comment: never}, b: {}}
    unique: {t_ab: {columns: [a, b], renamed_from: t_a_key}}
    indexes: {t_ba: {columns: [b, a], with: {fillfactor: 70}, comment: by b and a, renamed_from: t_b_idx}}
    foreign_keys:
      t_users: {columns: user_id, references: users(id), on_delete: cascade, renamed_from: t_user_id_fkey}
    checks: {t_sign: {expression: a > -1, comment: nearly, renamed_from: t_positive}}
    exclusions:
      t_during:
        {using: gist, elements: [{column: during, operator: "&&"}], deferrable: true, renamed_from: t_during_excl}
    statistics:
      t_most: {columns: [a, b], kinds: [ndistinct, dependencies], target: 500, renamed_from: t_stats}
"""
DROPPED = """
tables:
  t:
    absent:
      not_null: [a, b]
      indexes: [t_ba]
      constraints: [t_id, t_ab, t_users, t_sign, t_during]
      statistics: [t_most]
"""


@pytest.mark.ends
def test_every_kind_comes_back_from_each_change(database: Database, tmp_path: Path) -> None:
    """Created, altered, renamed and dropped in four runs; undone one by one, and undone once more."""
    database.execute(GIVEN)
    known = [snapshot(database)]
    for text in (CREATED, ALTERED, RENAMED, DROPPED):
        state = desired(tmp_path, text if database.server.major >= 18 else text.replace("{comment: never}", "{}"))
        options = Options(allow=GATED)
        done = reconciler.apply(state, database.url, approve=lambda _: True, options=options)
        assert done.error is None, done.message
        assert done.run_id, [(one.rule, one.cause) for one in done.plan.refusals]
        known.append(snapshot(database))
    runs = [run.run_id for run in reconciler.history(database.url)]
    undos = []
    for run, before in zip(reversed(runs), known[-2::-1], strict=True):
        undos.append(undo_all(database, run).run_id)
        assert snapshot(database) == before
    found = [(one.run_id, one.command) for one in reconciler.history(database.url, limit=5)]
    assert found == [(runs[-1], "apply"), *((one, "undo") for one in undos)]
    assert undo_all(database, runs[0]).run_id == "", "there is nothing left to undo"
    for run, after in zip(reversed(undos), known[1:], strict=True):
        assert undo_all(database, run).run_id
        assert snapshot(database) == after


FIRST = "tables: {t: {unique: {t_a_key: a}, indexes: {t_b_idx: b}, checks: {t_positive: a > 0}}}"
SECOND = (
    "tables: {t: {indexes: {t_b_idx: [b, a]}}, users: {foreign_keys: {users_t: {columns: id, references: t(a)}}}}"
)


@pytest.fixture
def twice(database: Database, tmp_path: Path) -> Database:
    """Return a database with two runs, of which the second has built upon the first."""
    database.execute(GIVEN)
    for text in (FIRST, SECOND):
        apply_all(desired(tmp_path, text), database.url)
    return database


def runs_of(database: Database) -> list[str]:
    return [run.run_id for run in reconciler.history(database.url, limit=1000)]


def refused(database: Database, run: str) -> dict[str, str]:
    """Return the causes of the refusals by their rules; nothing was changed."""
    before = snapshot(database)
    result = undo(database, run)
    assert snapshot(database) == before
    return {one.rule: one.cause for one in result.plan.refusals}


@pytest.mark.pg(">= 18")
def test_a_run_that_others_built_upon_is_refused_with_their_names(twice: Database) -> None:
    first, second = runs_of(twice)
    causes = refused(twice, first)
    assert causes["changed-since"].startswith(
        f"index t_b_idx on public.t is not as run {first} left it: columns[1] was none after the run"
    ), causes
    assert f"run {second} (" in causes["changed-since"]
    assert causes["built-upon"].startswith(f"foreign key users_t on public.users, which run {second} (")
    assert causes["built-upon"].endswith("relies on unique constraint t_a_key on public.t")
    undo_all(twice, second)
    undo_all(twice, first)
    assert "t_positive" not in snapshot(twice)


@pytest.mark.pg(">= 18")
def test_changes_by_hand_are_refused_and_changes_back_are_not(twice: Database) -> None:
    """An object that somebody altered stays; one that somebody made as it was before needs nothing."""
    (*_, second) = runs_of(twice)
    twice.execute("ALTER TABLE users DROP CONSTRAINT users_t; COMMENT ON INDEX t_b_idx IS 'mine'")
    assert refused(twice, second)["changed-since"].endswith(
        "left it: comment was none after the run, and is mine now; no later run in the journal changed it"
    )
    twice.execute("DROP INDEX t_b_idx; CREATE INDEX t_b_idx ON t (b)")
    assert undo_all(twice, second).run_id == ""


@pytest.mark.pg(">= 18")
def test_the_plan_says_what_stays_and_what_is_still_declared(database: Database, tmp_path: Path) -> None:
    database.execute(
        f"{GIVEN} ALTER TABLE t ADD CONSTRAINT t_positive CHECK (a > 0) NOT VALID; CREATE TABLE old ()"
    )
    text = "tables: {t: {checks: {t_positive: a > 0}, indexes: {t_b_idx: b}}}\ndropped_tables: {old: {}}"
    apply_all(desired(tmp_path, text), database.url)
    result = undo_all(database)
    notes = [note.message for note in result.plan.notes if note.rule in ("not-undone", "still-declared")]
    assert notes[0] == "check t_positive on public.t stays validated: a validation is not undone"
    file = tmp_path / "schema.yaml"
    assert f"the run read them at {file}:2:53, {file}:3:18: " in notes[1]
    assert [str(step.id) for step in result.plan.steps] == [
        "drop index public.t.t_b_idx",
        "restore dropped_table public.old",
    ]


@pytest.mark.pg(">= 18")
def test_a_journal_that_others_may_write_to_or_cannot_be_read_proves_nothing(twice: Database) -> None:
    twice.execute("CREATE ROLE undo_writer; GRANT INSERT ON migration_log TO undo_writer")
    try:
        with pytest.raises(reconciler.Refused, match="undo_writer may write to it") as error:
            undo(twice)
        assert error.value.rule == "journal-open"
        trusting = Options(allow=GATED, trusted_roles=frozenset({"undo_writer"}))
        done = reconciler.undo("last", NOTHING, twice.url, approve=lambda _: True, options=trusting)
        assert done.error is None
    finally:
        twice.execute("REVOKE ALL ON migration_log FROM undo_writer; DROP ROLE undo_writer")
    first, *_ = runs_of(twice)
    twice.execute("UPDATE migration_log SET metadata = metadata - 'definitions' WHERE step_name ~ '^build'")
    causes = refused(twice, first)
    assert re.match(
        r"the entry of step build index \S+: it has no definitions that can be read back",
        causes["unreadable-entry"],
    )


WRITERS = {
    "GRANT INSERT ON migration_log TO undo_writer": ["undo_writer"],
    "GRANT UPDATE (status) ON migration_log TO undo_writer": ["undo_writer"],
    "GRANT INSERT ON migration_log TO undo_group; GRANT undo_group TO undo_writer": ["undo_group", "undo_writer"],
    "GRANT pg_write_all_data TO undo_group; GRANT undo_group TO undo_writer": ["undo_group", "undo_writer"],
    "GRANT INSERT ON migration_log TO undo_writer; GRANT postgres TO undo_writer": [],
    "GRANT SELECT ON migration_log TO undo_writer; GRANT pg_read_all_data TO undo_group": [],
}
"""Grants to roles that inherit nothing, and the roles that may then write to the journal of the superuser."""


@pytest.mark.ends
def test_whoever_can_become_a_role_that_may_write_to_the_journal_may_write_to_it(database: Database) -> None:
    database.execute("; ".join(create_statements("public")))
    for grants, writers in WRITERS.items():
        database.execute(f"CREATE ROLE undo_group NOINHERIT; CREATE ROLE undo_writer NOINHERIT; {grants}")
        try:
            with connect(database.url) as session:
                assert journal_writers(session, JournalAt(schema="public")) == writers, grants
        finally:
            database.execute("DROP OWNED BY undo_group, undo_writer; DROP ROLE undo_group, undo_writer")


@pytest.mark.pg(">= 18")
def test_an_undo_that_was_killed_continues(twice: Database) -> None:
    (*_, second) = runs_of(twice)
    killed = 0

    def kill(event: Event) -> None:
        nonlocal killed
        if isinstance(event, StepCompleted):
            killed += 1
            if killed == 1:
                raise KeyboardInterrupt

    before_undo = snapshot(twice)
    result = reconciler.undo(second, NOTHING, twice.url, approve=lambda _: True, listeners=[kill])
    assert result.status is RunStatus.INTERRUPTED
    assert snapshot(twice) != before_undo
    undo_all(twice, second)
    assert "users_t" not in snapshot(twice)
    assert "USING btree (b)\n" in snapshot(twice)


@pytest.mark.pg(">= 18")
def test_the_command_asks_and_undoes(
    twice: Database, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path.parent)
    first, second = runs_of(twice)
    assert main(["undo", "nothing", "--db", twice.url, "-y"]) == 64
    assert main(["undo", first, "--db", twice.url, "-y"]) == 3
    assert "[changed-since]" in capsys.readouterr().out
    assert main(["undo", "last", "--db", twice.url, "-y"]) == 0
    assert "still-declared" in capsys.readouterr().out
    assert twice.value("SELECT max(metadata ->> 'undoes') FROM migration_log") == second
    assert main(["undo", second, "--db", twice.url, "-y"]) == 0, "nothing is left to undo"


@pytest.mark.pg(">= 18")
@pytest.mark.skipif(not NIGHTLY, reason="applies and undoes the example, with 120 steps each")
def test_the_example_comes_back_except_for_the_archive(database: Database) -> None:
    load_example(database)
    before = snapshot(database)
    state = reconciler.load([EXAMPLE])
    done = reconciler.apply(state, database.url, approve=lambda _: True)
    assert done.error is None, done.message
    base = replace(state, policy=replace(state.policy, max_drops=1000))
    undo_all(database, base=base)
    left = _relations(before)
    retired = {
        str(route.change.key.table_name) for route in done.plan.routes if route.change.key.kind == "dropped_table"
    }
    gone = {name for name in left if any(name == one or name.startswith(f"{one}_") for one in retired)}
    expected = {name: text for name, text in left.items() if name not in gone}
    now = {name: text for name, text in _relations(snapshot(database)).items() if "reconcile_archive" not in name}
    assert retired
    assert {name: text for name, text in now.items() if name not in gone} == expected


def _relations(text: str) -> dict[str, str]:
    """Return the blocks of a snapshot by the name of their relation."""
    blocks = re.split(r"^(?=\S)", text, flags=re.MULTILINE)
    return {re.split(r", | -- |\n", block)[0].split(maxsplit=1)[-1]: block for block in blocks if block}


NOT_NULLS = """
    SELECT attrelid::regclass::text FROM pg_attribute
     WHERE attname = 'a' AND attnotnull AND attrelid IN (SELECT oid FROM pg_class WHERE relkind IN ('r', 'p'))
     ORDER BY 1"""


@pytest.mark.ends
def test_tables_below_keep_the_not_nulls_that_they_had(database: Database, tmp_path: Path) -> None:
    """Before PostgreSQL 18, a table that inherits a not-null shows none of its own, and loses it with its parent."""
    database.execute("""
        CREATE TABLE p (a int); CREATE TABLE c () INHERITS (p); CREATE TABLE own (a int NOT NULL) INHERITS (c);
        CREATE TABLE declared () INHERITS (p);
        CREATE TABLE parts (a int, b int) PARTITION BY LIST (b);
        CREATE TABLE part PARTITION OF parts FOR VALUES IN (1); CREATE TABLE part_own (a int NOT NULL, b int);
        ALTER TABLE parts ATTACH PARTITION part_own FOR VALUES IN (2)""")
    assert database.query(NOT_NULLS) == [("own",), ("part_own",)]
    apply_all(desired(tmp_path, "tables: {p: {not_null: a}, parts: {not_null: a}}"), database.url)
    undo_all(database)
    assert database.query(NOT_NULLS) == [("own",), ("part_own",)]
    undo_all(database)
    state = desired(
        tmp_path,
        "tables: {p: {absent: {not_null: [a]}}, parts: {absent: {not_null: [a]}}, declared: {not_null: a}}",
    )
    result = apply_all(state, database.url)
    (dropped, *_) = (one for one in result.plan.routes if one.change.key.table == "p")
    assert [
        str(step.id) for step in result.plan.steps if "public.p." in str(step.id) or "decl" in str(step.id)
    ] == ["drop not_null public.p.a"], "the not-null of the child is in force all the time"
    old = database.server.major < 18
    assert (", and that of 2 descendants, inherited or not" in dropped.hazards[0].detail) is old
    left = [("declared",)] if old else [("declared",), ("own",), ("part_own",)]
    assert database.query(NOT_NULLS) == left
    assert_in_sync(state, database.url)
    undo_all(database)
    everything = ("c", "declared", "own", "p", "part", "part_own", "parts")
    assert database.query(NOT_NULLS) == [(one,) for one in everything]


@pytest.mark.ends
def test_names_and_not_nulls_come_back_that_other_objects_have_taken_over(
    database: Database, tmp_path: Path
) -> None:
    """A key has the former name of a check, and a partition keeps the not-null that its parent has no longer."""
    database.execute("""
        CREATE TABLE t (a int, b int, CONSTRAINT c1 CHECK (a > 0));
        CREATE TABLE p (a int NOT NULL, k int) PARTITION BY LIST (k); CREATE TABLE p1 PARTITION OF p DEFAULT""")
    before = snapshot(database)
    text = """tables: {p: {absent: {not_null: a}}, p1: {not_null: a},
        t: {checks: {c3: {expression: a > 0, renamed_from: c1}}, unique: {c1: a}}}"""
    apply_all(desired(tmp_path, text), database.url)
    after = snapshot(database)
    undo_all(database)
    assert snapshot(database) == before
    again = undo_all(database)
    assert snapshot(database) == after
    assert "still-declared" not in {note.rule for note in again.plan.notes}


@pytest.mark.pg(">= 18")
def test_an_undo_that_needs_a_table_in_the_archive_says_how_to_restore_it(
    database: Database, tmp_path: Path
) -> None:
    database.execute("""
        CREATE TABLE u (id int PRIMARY KEY); CREATE TABLE t (a int, CONSTRAINT f FOREIGN KEY (a) REFERENCES u)""")
    dropped = apply_all(desired(tmp_path, "tables: {t: {absent: {constraints: f}}}"), database.url)
    apply_all(desired(tmp_path, "dropped_tables: {u: {}}"), database.url)
    (refusal,) = undo(database, dropped.run_id).plan.refusals
    assert refusal.rule == "missing-table"
    assert "run `reconcile restore public.u` first, then undo this run again" in refusal.remedy
    reconciler.restore("public.u", database.url, approve=lambda _: True)
    undo_all(database, dropped.run_id)
    assert database.value("SELECT count(*) FROM pg_constraint WHERE conname = 'f'") == 1


@pytest.mark.pg(">= 18")
@pytest.mark.parametrize(
    ("given", "text", "by_hand"),
    [
        ("", "{indexes: {i: n}, checks: {c: n > 0}}", "DROP INDEX i; ALTER TABLE t DROP CONSTRAINT c"),
        ("CREATE INDEX i ON t (n)", "{absent: {indexes: [i]}}", "CREATE INDEX i ON t (n)"),
    ],
)
def test_what_a_later_run_did_again_is_of_that_run(
    database: Database, tmp_path: Path, given: str, text: str, by_hand: str
) -> None:
    database.execute(f"CREATE TABLE t (id int, n int); {given}")
    state = desired(tmp_path, f"tables: {{t: {text}}}")
    apply_all(state, database.url)
    database.execute(by_hand)
    apply_all(state, database.url)
    first, second = runs_of(database)
    assert f"run {second} (" in refused(database, first)["changed-since"]
    undo_all(database, second)
    assert undo(database, first).plan.steps == ()


@pytest.mark.pg(">= 18")
def test_a_run_that_was_undone_is_not_undone_again(database: Database, tmp_path: Path) -> None:
    """What a later run made again belongs to that run. If the undo itself was undone, the run counts again."""
    database.execute("CREATE TABLE t (id int, n int)")
    state = desired(tmp_path, "tables: {t: {indexes: {i: n}}}")

    def run_of(result: ApplyResult) -> str:
        assert result.error is None
        return result.run_id

    first = run_of(apply(state, database.url))
    run_of(undo(database, first))
    assert undo(database, first).plan.steps == ()
    second = run_of(apply(state, database.url))
    refused = undo(database, first)
    assert [(one.rule, second in one.cause) for one in refused.plan.refusals] == [("changed-since", True)]
    third = run_of(undo(database, second))
    run_of(undo(database, third))
    assert run_of(undo(database, second))


PARTITIONED = """
    CREATE TABLE t (id int, a int, b int) PARTITION BY LIST (id);
    CREATE TABLE t_1 PARTITION OF t FOR VALUES IN (1);
    CREATE TABLE t_2 PARTITION OF t FOR VALUES IN (2) PARTITION BY LIST (a);
    CREATE TABLE t_2_1 PARTITION OF t_2 FOR VALUES IN (1);
    CREATE TABLE users (id int PRIMARY KEY);"""


def test_foreign_keys_of_partitions_come_back_with_their_names(database: Database, tmp_path: Path) -> None:
    """Since the foreign key of the partitioned table was renamed, those of its partitions have another name."""
    database.execute(PARTITIONED)
    text = "tables: {t: {foreign_keys: {%s: {columns: b, references: users%s}}}}"
    for name, more in (("t_user", ""), ("t_owner", ", renamed_from: t_user")):
        apply_all(desired(tmp_path, text % (name, more)), database.url)
    before = snapshot(database)
    apply_all(desired(tmp_path, "tables: {t: {absent: {constraints: [t_owner]}}}"), database.url)
    undo_all(database)
    assert snapshot(database) == before
