"""What a rehearsal does, finds and refuses."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

import reconciler
from reconciler.cli.main import main
from reconciler.model.errors import UsageError
from reconciler.model.locks import LockClaim, LockMode
from reconciler.model.plan import Plan
from reconciler.model.rehearsal import RehearsalVerdict, RowsMade
from tests.execution.support import EXAMPLE, load_example
from tests.servers import NIGHTLY, Database, Servers

NEWEST = pytest.mark.pg(">= 18")

SETUP = """
    CREATE TYPE state AS ENUM ('open', 'closed');
    CREATE DOMAIN email AS text;
    CREATE FUNCTION loud(text) RETURNS text IMMUTABLE LANGUAGE sql RETURN upper($1);
    CREATE TABLE users (id int PRIMARY KEY, email email, state state NOT NULL);
    CREATE INDEX users_loud ON users (loud(email));
    CREATE TABLE wallets (id int, user_id int REFERENCES users, note text, day date);
    CREATE TABLE events (id int, day date) PARTITION BY RANGE (day);
    CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');
    CREATE TABLE events_2 PARTITION OF events FOR VALUES FROM ('2026-02-01') TO ('2026-03-01');
    CREATE TABLE old_users (id serial, note text);
    CREATE MATERIALIZED VIEW totals AS SELECT count(*) AS wallets FROM wallets;
"""
FILE = """\
version: 1
tables:
  users: {unique: {users_email_key: email}}
  wallets:
    primary_key: id
    not_null: [user_id]
    checks: {wallets_note_check: note <> ''}
    foreign_keys: {wallets_user_id_fkey: {columns: user_id, references: users(id), on_delete: cascade}}
  events: {indexes: {events_id_idx: id}}
  totals: {indexes: {totals_idx: wallets}}
dropped_tables: {old_users: {}}
"""


@pytest.fixture
def shop(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    """A database, and the working folder with a file for it."""
    monkeypatch.chdir(tmp_path)
    database.execute(SETUP)
    (tmp_path / "schema.yaml").write_text(FILE)
    return database


@NEWEST
@pytest.mark.skipif(not NIGHTLY, reason="it has many steps")
def test_the_example_is_rehearsed(database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    load_example(database)
    plan = reconciler.plan(reconciler.load(EXAMPLE), database.url)
    assert main(["plan", "-f", str(EXAMPLE), "--db", database.url, "--rehearse"]) == 0
    steps, version = len(plan.steps), plan.server.version
    expected = f"Rehearsed on PostgreSQL {version}: {steps} of {steps} steps, locks as claimed, in sync afterwards."
    assert expected in capsys.readouterr().out.splitlines()


@NEWEST
def test_every_sort_of_table_is_rebuilt_and_a_wrong_claim_is_found(shop: Database) -> None:
    """A fault in the claims of one step of each class is reported, and no other step."""
    desired = reconciler.load("schema.yaml")
    plan = reconciler.plan(desired, shop.url)
    build = next(step for step in plan.steps if step.builds is not None)
    brief = next(step for step in plan.steps if step.lock_order)
    wrong = {build.id: LockMode.SHARE, brief.id: LockMode.EXCLUSIVE}
    rehearsal = reconciler.rehearse(_claiming(plan, wrong), desired, shop.url)
    assert rehearsal.verdict is RehearsalVerdict.FAILED
    assert (rehearsal.rehearsed, rehearsal.left_out, rehearsal.remaining) == (len(plan.steps), (), ())
    assert {one.step for one in rehearsal.differing} == set(wrong)
    taken = {one.step: [lock.mode for lock in one.taken] for one in rehearsal.differing}
    assert taken[build.id] == [LockMode.SHARE_UPDATE_EXCLUSIVE]


@NEWEST
def test_a_rehearsal_begins_a_journal_of_its_own_and_keeps_to_the_chosen_tables(
    shop: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    """The database has a journal. The keys of tables outside of `--table` are rebuilt as well."""
    shop.execute("CREATE TABLE parts (id int PRIMARY KEY, wallet_id int)")
    assert main(["apply", "-y", "--db", shop.url]) == 0
    parts = "  parts: {foreign_keys: {parts_wallet_id_fkey: {columns: wallet_id, references: wallets(id)}}}\n"
    Path("schema.yaml").write_text(FILE.replace("dropped_tables:", f"{parts}dropped_tables:"))
    capsys.readouterr()
    assert main(["ci", "--db", shop.url, "--rehearse", "--table", "parts"]) == 0
    for shown in (capsys.readouterr().out, Path("reconcile-report/comment.md").read_text()):
        assert ": 2 of 2 steps, locks as claimed, in sync afterwards." in shown


def _claiming(plan: Plan, modes: dict[object, LockMode]) -> Plan:
    """Return the plan, whose steps claim other modes on their first table."""

    def changed(step: object) -> object:
        mode = modes.get(step.id)
        if mode is None:
            return step
        first, *others = step.locks
        return replace(step, locks=(LockClaim(table=first.table, mode=mode), *others))

    routes = (replace(route, steps=tuple(map(changed, route.steps))) for route in plan.routes)
    return replace(plan, routes=tuple(routes))


@NEWEST
def test_what_cannot_be_rebuilt_is_listed_and_is_no_success(shop: Database, capsys) -> None:
    shop.execute("""
        CREATE TABLE notes (id int, body text);
        CREATE INDEX notes_dead ON notes (body);
        UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'notes_dead'::regclass
    """)
    Path("schema.yaml").write_text("version: 1\ntables: {notes: {not_null: [id]}}\n")
    assert main(["plan", "--db", shop.url, "--rehearse", "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)["rehearsal"]
    assert (found["verdict"], found["steps"], found["rehearsed"]) == ("incomplete", 2, 2)
    assert [one["what"] for one in found["left_out"]] == ["index notes_dead on public.notes"]


@NEWEST
def test_a_snapshot_is_rehearsed_and_a_hostile_file_reads_nothing(shop: Database, tmp_path, capsys) -> None:
    """Even with `--trust-file`, the role of the rehearsal cannot read files."""
    (tmp_path / "secret").write_text("swordfish")
    reads = f"pg_read_file('{tmp_path}/secret')"
    assert main(["snapshot", "-o", "catalog.json", "--db", shop.url, "-q"]) == 0
    assert main(["plan", "--live", "catalog.json", "--rows", "5"]) == 64
    capsys.readouterr()
    assert main(["plan", "--live", "catalog.json", "--rehearse", "-q"]) == 0
    assert capsys.readouterr().err.startswith("Rehearsed on PostgreSQL 18")
    file = f'version: 1\ntables: {{wallets: {{checks: {{c: "{reads} <> note"}}, not_null: [id]}}}}\n'
    Path("schema.yaml").write_text(file)
    assert main(["plan", "--live", "catalog.json", "--rehearse", "--rows", "5", "--trust-file"]) == 3
    said = capsys.readouterr()
    assert "failed: permission denied for function pg_read_file" in said.out
    assert "swordfish" not in said.out + said.err


@NEWEST
def test_a_plan_is_rehearsed_in_an_empty_database_on_another_server(shop: Database, all_servers: Servers) -> None:
    desired = reconciler.load("schema.yaml")
    plan = reconciler.plan(desired, shop.url)
    with shop.server.database() as same, pytest.raises(UsageError, match="the server that the plan was made for"):
        reconciler.rehearse(plan, desired, shop.url, on=same.url, started=pytest.fail)
    with all_servers.get(17).database() as older, pytest.raises(UsageError, match="older"):
        reconciler.rehearse(plan, desired, shop.url, on=older.url)


@pytest.mark.pg("== 14")
def test_a_plan_of_an_older_server_keeps_its_routes(shop: Database, all_servers: Servers) -> None:
    """It says that the server is another one. A database on a newer server can be named, if it is empty."""
    desired = reconciler.load("schema.yaml")
    plan = reconciler.plan(desired, shop.url)
    with all_servers.get(16).database() as other:
        large = other.value("SELECT lo_create(0)")
        with pytest.raises(UsageError, match=f"not empty: it has large object {large}"):
            reconciler.rehearse(plan, desired, shop.url, on=other.url)
        other.execute(f"SELECT lo_unlink({large})")
        rehearsal = reconciler.rehearse(plan, desired, shop.url, on=other.url)
        assert (rehearsal.verdict, rehearsal.rehearsed) == (RehearsalVerdict.PASSED, len(plan.steps)), rehearsal
        assert rehearsal.of_another_version
        with pytest.raises(UsageError, match="not empty"):
            reconciler.rehearse(plan, desired, shop.url, on=other.url)


@pytest.mark.pg("== 17")
def test_a_named_server_runs_no_code_of_table_owners(
    database: Database, all_servers: Servers, tmp_path: Path
) -> None:
    """Made-up rows would evaluate it with the rights of the role of the URL. Empty functions stand in for others."""
    database.execute("""
        CREATE FUNCTION own(int) RETURNS int IMMUTABLE LANGUAGE sql RETURN $1;
        CREATE TABLE spied (id int CHECK (lo_create(0) > 0), n int CHECK (own(n) > 0));
        CREATE INDEX spied_own ON spied (own(id))
    """)
    (tmp_path / "schema.yaml").write_text("version: 1\ntables: {spied: {not_null: [id]}}\n")
    desired = reconciler.load(tmp_path / "schema.yaml")
    plan = reconciler.plan(desired, database.url)
    with all_servers.get(18).database() as other:
        rehearsal = reconciler.rehearse(plan, desired, database.url, on=other.url, rows=3)
        assert other.value("SELECT count(*) FROM pg_largeobject_metadata") == 0
    assert [one.what for one in rehearsal.left_out] == ["check spied_check on public.spied"]
    assert (rehearsal.rehearsed, rehearsal.rows.made) == (len(plan.steps), 3)


MANY_TYPES = """
    CREATE TYPE state AS ENUM ('open', 'closed');
    CREATE DOMAIN short AS text CHECK (length(VALUE) < 9);
    CREATE DOMAIN positive AS int NOT NULL CHECK (VALUE > 0);
    CREATE TABLE users (
        id uuid PRIMARY KEY, email text, state state NOT NULL, word short, age positive NOT NULL, price numeric(6,2),
        code char(3), tags text[], during tstzrange, facts jsonb, bits bit(4), host inet, boss uuid REFERENCES users);
    CREATE TABLE wallets (id int, user_id uuid, n int NOT NULL CHECK (n % 2 = 0), note text);
    CREATE TABLE members (user_id uuid REFERENCES users, wallet int, PRIMARY KEY (user_id, wallet));
    CREATE TABLE broken (id int CHECK (id < 0));
    CREATE TABLE unknown (id int, document xml NOT NULL);
"""
ROWS_FILE = """\
version: 1
tables:
  users: {unique: {users_email_key: email}}
  wallets:
    primary_key: id
    not_null: [user_id]
    checks: {wallets_note_check: "note <> 'value 4'"}
    foreign_keys: {wallets_user_id_fkey: {columns: user_id, references: users(id)}}
  members: {foreign_keys: {members_wallet_fkey: {columns: wallet, references: wallets(id)}}}
  broken: {not_null: [id]}
  unknown: {not_null: [id]}
"""


@pytest.mark.pg("== 17")
def test_made_up_rows_respect_constraints(
    database: Database, all_servers: Servers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those that exist, and those that the plan adds. Rejected rows are counted, and tables without rows named."""
    monkeypatch.chdir(tmp_path)
    database.execute(MANY_TYPES)
    (tmp_path / "schema.yaml").write_text(ROWS_FILE)
    desired = reconciler.load("schema.yaml")
    plan = reconciler.plan(desired, database.url)
    with all_servers.get(18).database() as other:
        rehearsal = reconciler.rehearse(plan, desired, database.url, on=other.url, rows=20)
        counted = other.query(
            "SELECT (SELECT count(*) FROM users), (SELECT count(*) FROM wallets), (SELECT count(*) FROM members),"
            " (SELECT count(DISTINCT (u.*)::text) FROM users u WHERE num_nulls(u.*) = 0)"
        )
    assert (rehearsal.verdict, rehearsal.rehearsed) == (RehearsalVerdict.PASSED, len(plan.steps)), rehearsal
    assert counted == [(20, 10, 20, 20)]
    assert rehearsal.rows == RowsMade(
        asked=20, made=20 + 10 + 20, rejected=10 + 20 + 20, empty=("public.broken", "public.unknown")
    )
