"""What a plan from a snapshot is, says and never does."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

import reconciler
from reconciler.cli.main import main
from reconciler.kinds.check.definition import Check
from reconciler.model.errors import Refused, UsageError
from reconciler.model.facts.meaning import Meaning, MeaningOf
from reconciler.model.names import Key
from reconciler.model.options import Options
from reconciler.model.time_text import utc_text
from reconciler.snapshots import snapshot as files
from reconciler.snapshots.judging import opened_judge
from reconciler.snapshots.snapshot import read_snapshot
from tests.servers import Database

pytestmark = pytest.mark.pg(">= 18")

SETUP = """
    CREATE TABLE users (id int PRIMARY KEY, email text);
    CREATE TABLE wallets (id int, user_id int, note text, balance int);
    CREATE TABLE other (id int);
    INSERT INTO wallets VALUES (1, 1, 'x', 1), (1, 1, 'x', 1);
"""
FILE = """\
version: 1
tables:
  wallets:
    unique: {wallets_id_key: id}
    checks: {positive: balance > 0}
"""
MORE = """\
    foreign_keys: {wallets_user: {columns: user_id, references: users(id)}}
    not_null: [note]
  other: {not_null: [id]}
  elsewhere: {not_null: [id]}
"""


@pytest.fixture
def shop(database: Database, tmp_path, monkeypatch) -> Database:
    """A database, and the working folder with a file and a snapshot for it."""
    monkeypatch.chdir(tmp_path)
    database.execute(SETUP)
    (tmp_path / "schema.yaml").write_text(FILE)
    assert main(["snapshot", "-o", "catalog.json", "--db", database.url, "-q"]) == 0
    return database


def test_a_preview_says_so_and_is_never_applied(shop: Database, tmp_path, capsys):
    (tmp_path / "schema.yaml").write_text(FILE + MORE)
    assert main(["plan", "--live", "catalog.json", "-o", "plan.json"]) == 3
    text = capsys.readouterr().out
    document = json.loads((tmp_path / "plan.json").read_text())
    assert "a preview; `apply` refuses its plan file, and accepts its digest only if" in text.replace("\n", " ")
    assert (document["preview"]["tool"], document["server"]["user"]) == (reconciler.__version__, "")
    assert [one["rule"] for one in document["notes"]] == ["from-snapshot"]
    state, content = reconciler.load(["schema.yaml"]), (tmp_path / "catalog.json").read_bytes()
    wallets = reconciler.plan_snapshot(state, content, options=Options(tables=("wallets",)))
    of_wallets = [one for one in (*state.objects, *state.required_tables) if "wallets" in one]
    assert (document["declared"], wallets.declared) == (state.count, len(of_wallets))
    # Declared when the snapshot was taken, and what is new.
    assert {one["guard"]["id"]: one["result"] for one in document["findings"]} == {
        "duplicates": "failed",
        "violations": "passed",
        "nulls": "not_run",
    }
    assert "more than 0 duplicate" in text.replace("\n", " ")
    # `other` is there and not in the snapshot; `users` is not there at all, and nobody knows; `elsewhere` is not there.
    refused = {(one["rule"], one["key"] and one["key"]["table"]) for one in document["refusals"]}
    assert {("not-in-snapshot", "wallets"), ("not-in-snapshot", "other"), ("missing-table", "elsewhere")} <= refused
    with pytest.raises(Refused, match="made from a snapshot"):
        reconciler.apply(reconciler.load(["schema.yaml"]), shop.url, approve=lambda _: True, expected=document)
    assert main(["apply", "plan.json", "--db", shop.url]) == 3


def test_options_that_make_no_sense_together(shop: Database, tmp_path, capsys):
    assert main(["plan", "--live", "catalog.json", "--db", shop.url]) == 64
    assert main(["plan", "--live", "catalog.json", "--format", "sql"]) == 64
    assert main(["plan", "--live", "catalog.json", "--max-age", "0.0000001"]) == 64
    assert main(["plan", "--live", "missing.json"]) == 64
    assert main(["plan", "--live", "."]) == 64
    (tmp_path / "schema.yaml").write_text("version: 1\ntables: {nothing: {not_null: [id]}}\n")
    assert capsys.readouterr().err.count("Error: [snapshot] the snapshot cannot be used: ") == 3
    assert main(["plan", "--live", "catalog.json"]) == 64
    assert capsys.readouterr().err.startswith(
        f"Error: [snapshot] the snapshot cannot be used: it is a snapshot of database {shop.name}, and contains none "
        "of the tables that the file names\n"
    )


def test_a_snapshot_of_another_environment_is_refused(shop: Database, tmp_path, monkeypatch, capsys):
    (tmp_path / "reconcile.toml").write_text(
        '[environments.production]\ndatabase = "RECONCILE_DB_PRODUCTION"\n'
        '[environments.staging]\ndatabase = "RECONCILE_DB_STAGING"\n'
    )
    # The fixture's snapshot does not say of which environment it is.
    monkeypatch.setenv("RECONCILE_DB_STAGING", "postgresql://app:secret@db.example/other")
    why = f"it is of database {shop.name}, and that of environment staging is other"
    for command in ("plan", "ci"):
        assert main([command, "--live", "catalog.json", "--env", "staging"]) == 64
        assert f"Error: [snapshot] the snapshot cannot be used: {why}\n" in capsys.readouterr().err
    monkeypatch.setenv("RECONCILE_DB_PRODUCTION", shop.url)
    assert main(["snapshot", "-o", "of_production.json", "--env", "production", "-q"]) == 0
    monkeypatch.delenv("RECONCILE_DB_PRODUCTION")
    monkeypatch.delenv("RECONCILE_DB_STAGING")
    assert main(["plan", "--live", "of_production.json", "--env", "production", "-q"]) == 3
    capsys.readouterr()
    assert main(["plan", "--live", "of_production.json", "--env", "staging"]) == 64
    why = "it was taken in environment production, and the plan is for environment staging"
    assert f"Error: [snapshot] the snapshot cannot be used: {why}\n" in capsys.readouterr().err


def test_a_plan_file_of_a_preview_says_what_its_digest_is_for(shop: Database, tmp_path, capsys):
    (tmp_path / "schema.yaml").write_text("version: 1\ntables: {wallets: {indexes: {wallets_id: id}}}\n")
    capsys.readouterr()
    assert main(["plan", "--live", "catalog.json", "-o", "plan.json"]) == 0
    digest = json.loads((tmp_path / "plan.json").read_text())["digest"]
    assert capsys.readouterr().err == (
        "The plan was written to plan.json. It was made from a snapshot, so the file cannot be applied. "
        f"`apply --require-digest` applies the same plan of the database. Its digest:\n{digest}\n"
    )
    assert main(["apply", "-y", "-q", "--require-digest", digest, "--db", shop.url]) == 0


@pytest.mark.usefixtures("shop")
def test_results_of_data_checks_have_their_time(tmp_path):
    assert main(["ci", "--live", "catalog.json"]) == 3
    taken = datetime.fromisoformat(json.loads((tmp_path / "catalog.json").read_text())["taken"])
    folder = tmp_path / "reconcile-report"
    findings = json.loads((folder / "plan.json").read_text())["findings"]
    assert {(one["result"], one["as_of"]) for one in findings} == {
        ("failed", taken.isoformat()),
        ("passed", taken.isoformat()),
    }
    since = f", as of {utc_text(taken)}"
    assert f"more than 0{since}" in (folder / "junit.xml").read_text()
    assert f"data checks of {utc_text(taken)}" in (folder / "junit.xml").read_text()
    for name in ("comment.md", "plan.txt"):
        assert re.search(rf"more than 0 duplicates? [^\n]*{re.escape(since)}", (folder / name).read_text())
    assert f"No rows{since}" in (folder / "report.html").read_text()


HOSTILE = (
    "pg_read_file('SECRET') <> ''",
    "note <> (SELECT pg_read_file('SECRET'))",
    "(note || pg_read_file('SECRET'))::int > 0",
    "cast(pg_read_file('SECRET') as int) > 0",
    "pg_ls_dir('/')::text <> note",
    "lo_import('SECRET') > 0",
    "note <> query_to_xml('COPY users FROM PROGRAM ''id''', true, true, '')::text",
    "set_config('x.y', pg_read_file('SECRET'), false) <> ''",
)


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize("trusted", [False, True])
def test_a_hostile_file_reads_nothing_of_the_machine(tmp_path, monkeypatch, capsys, trusted):
    """If the operator trusts the file and rehearses it, the embedded server runs the functions, without rights."""
    canary = "canary8642"
    secret = tmp_path / "secret"
    secret.write_text(canary)
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary"))
    expressions = [json.dumps(one.replace("SECRET", str(secret))) for one in HOSTILE]
    entries = "".join(f"      c{n}: {{expression: {one}}}\n" for n, one in enumerate(expressions))
    indexes = "".join(f"      i{n}: {{columns: id, where: {one}}}\n" for n, one in enumerate(expressions))
    text = f"version: 1\ntables:\n  wallets:\n    checks:\n{entries}    indexes:\n{indexes}"
    (tmp_path / "schema.yaml").write_text(text)
    rehearsing = ("--trust-file", "--allow", "volatile-expression", "--rehearse", "--rows", "3") if trusted else ()
    assert main(["ci", "--live", "catalog.json", "-v", *rehearsing]) == 3
    folder = tmp_path / "reconcile-report"
    document = json.loads((folder / "plan.json").read_text())
    planned = {one["key"]["name"] for one in document["changes"]}
    assert len(planned) + len({one["key"]["name"] for one in document["refusals"]}) >= len(HOSTILE) * 2
    if trusted:
        assert "permission denied for function pg_read_file" in document["rehearsal"]["failure"]
    printed = capsys.readouterr()
    written = [(tmp_path / "summary").read_text(), *(one.read_text() for one in folder.iterdir())]
    assert canary not in "".join([printed.out, printed.err, *written])


def test_expressions_are_judged_by_a_role_without_rights_on_the_tables_that_matter(shop: Database, tmp_path):
    (tmp_path / "schema.yaml").write_text(FILE + "  other: {not_null: [id]}\n")
    assert main(["snapshot", "-o", "catalog.json", "--db", shop.url, "-q"]) == 0
    snapshot = read_snapshot(
        (tmp_path / "catalog.json").read_bytes(),
        tool=reconciler.__version__,
        now=datetime.now(UTC),
        max_age=timedelta(days=1),
    )
    with opened_judge(snapshot, Options()) as judge:
        connection = judge.reader.connection
        rights = connection.execute(
            "SELECT rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls,"
            " EXISTS (SELECT FROM pg_auth_members WHERE member = r.oid) AS member,"
            " current_setting('listen_addresses') <> '' AS listens FROM pg_roles r WHERE rolname = current_user"
        ).fetchone()
        assert rights is not None
        assert set(rights.values()) == {False}
        for reading in ("SELECT pg_read_file('/etc/passwd')", "COPY (SELECT 1) TO PROGRAM 'id'"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(reading)
        asked = [
            MeaningOf(
                key=Key(schema="public", table=table, kind="check", name="c"),
                definition=Check(expression="id BETWEEN 1 AND 9"),
                search_path=("public",),
            )
            for table in ("wallets", "other")
        ]
        meant = Meaning(definition=Check(expression="(id >= 1) AND (id <= 9)"))
        assert judge.meanings(asked) == dict.fromkeys(asked, meant)
        assert len(judge.builder._tables) == 1, "tables of the same columns need not be created"


@pytest.mark.usefixtures("shop")
def test_names_of_a_hostile_snapshot_are_no_sql(tmp_path):
    """Everything that the snapshot names is quoted, or looked up: nothing of it runs."""
    evil = "x\"; CREATE TABLE pwned (a int); --'); $$"
    document = json.loads((tmp_path / "catalog.json").read_text())
    document.pop("sha256")
    skeleton = document["skeleton"]
    skeleton["schemas"].append(evil)
    skeleton["types"] = [{"name": ["public", evil], "kind": "e", "labels": [evil]}]
    skeleton["types"].append({"name": ["public", "d"], "kind": "d", "base": "int; DROP TABLE wallets"})
    skeleton["functions"] = [
        {"name": ["public", evil], "arguments": ["int); --"], "result": "int", "volatility": "i"},
        {"name": ["public", "f"], "arguments": [], "result": "int AS 'x'; --", "volatility": "i"},
    ]
    skeleton["operators"] = [
        {"name": ["public", "= ("], "left": "int", "right": "int", "function": ["public", "f"]}
    ]
    skeleton["extensions"] = [["dblink", "public"], ["pgcrypto", evil], ["citext", "no such schema"]]
    text = json.dumps({**document, "sha256": files._hash(document)}).encode()
    plan = reconciler.plan_snapshot(reconciler.load(["schema.yaml"]), text)
    assert [str(route.change.key) for route in plan.routes] == [
        "unique wallets_id_key on public.wallets",
        "check positive on public.wallets",
    ]


@pytest.mark.usefixtures("shop")
def test_an_entry_that_the_embedded_server_rejects_is_named(tmp_path):
    """Anybody can compute the checksum; no message about privileges or locks of a server may follow."""
    document = json.loads((tmp_path / "catalog.json").read_text())
    document.pop("sha256")
    document["skeleton"]["builtin"] = [2**40]
    text = json.dumps({**document, "sha256": files._hash(document)}).encode()
    with pytest.raises(
        UsageError, match="the snapshot cannot be used: the embedded server rejects a part of its entry"
    ):
        reconciler.plan_snapshot(reconciler.load(["schema.yaml"]), text)
