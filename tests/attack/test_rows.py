"""Attack: failing constraints of a pull request would print rows that the plan's role can read.

The output of the tool is kept where people read it who may not read the rows: in a comment, an artifact, a log or the
journal. No value of a row may be printed except on the terminal of the operator. Every row has unique values, and
everything that the tool writes is searched for them.
"""

from __future__ import annotations

import ast
import json
import logging
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest

import reconciler
from reconciler.model.events import Event, StepRetried, StepStarted, StepWaiting
from reconciler.model.options import Options
from reconciler.model.private import Private
from reconciler.report import FORMATS, render_text, report_of
from tests.attack.terminal import command, on_a_terminal, to_a_pipe
from tests.docs.pages import ROOT, page, sections
from tests.execution.support import Events, desired, session
from tests.servers import Database

pytestmark = [pytest.mark.ends, pytest.mark.newest_by_day]  # about the output of the tool

WORD, NUMBER = "canary-value", 913570246
UUID = "0badcafe-1234-4567-89ab-0123456789ab"
CANARIES = (WORD, str(NUMBER), UUID)

# A function may put any text into each field of an error, also those for names.
GIVEN = f"""
    CREATE TYPE mood AS ENUM ('sad', 'happy');
    CREATE TABLE others (id text PRIMARY KEY);
    CREATE TABLE people (
        id int PRIMARY KEY, email text, secret text, uid uuid, nothing text, ref text, during int4range, amount int);
    INSERT INTO people
        SELECT {NUMBER} - n, '{WORD}-' || n % 6, '{WORD}-' || n, '{UUID}', NULL, '{WORD}-' || n,
               int4range({NUMBER}, NULL), {NUMBER}
          FROM generate_series(0, 11) AS n;
    CREATE FUNCTION tell(text) RETURNS bool IMMUTABLE LANGUAGE plpgsql AS $$ BEGIN
        RAISE EXCEPTION USING MESSAGE = $1, DETAIL = $1, HINT = $1, ERRCODE = '23505',
            SCHEMA = $1, TABLE = $1, COLUMN = $1, CONSTRAINT = $1, DATATYPE = $1; END $$;
    CREATE FUNCTION peek() RETURNS text IMMUTABLE LANGUAGE sql AS 'SELECT secret FROM people LIMIT 1';
    """

# Each fails with a message that quotes a row, unless it is not evaluated at all.
CASTS = {
    "cast_int": "CAST(secret AS int) > 0",
    "cast_numeric": "secret::numeric > 0",
    "cast_uuid": "secret::uuid IS NOT NULL",
    "cast_enum": "secret::mood = 'happy'",
    "cast_date": "secret::date IS NOT NULL",
    "cast_json": "secret::jsonb IS NOT NULL",
    "cast_range": "secret::int4range IS NOT NULL",
    "too_long": "(amount::text || '000000')::int > 0",
    "regclass": "secret::regclass IS NOT NULL",
    "regtype": "secret::regtype IS NOT NULL",
    "pattern": "secret ~ ('(' || secret)",
    "raised": "tell(secret)",
    "constant": "CAST(peek() AS int) > 0",
    "division": "amount / (amount - amount) > 0",
}
REFUSED = """
tables:
  others:
  people:
    not_null: [nothing]
    unique: {people_email_key: email}
    foreign_keys: {people_ref_fkey: {columns: ref, references: others}}
    exclusions: {people_during_excl: {using: gist, elements: [{column: during, operator: "&&"}]}}
    checks:
      positive: amount < 0
"""


def checks(names: Iterator[str] | list[str]) -> str:
    return "".join(f'      {name}: "{CASTS[name]}"\n' for name in names)


@pytest.fixture
def people(database: Database) -> Database:
    database.execute(GIVEN)
    return database


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a file of which almost every object is refused."""
    path = tmp_path / "schema.yaml"
    path.write_text(f"version: 1\n{REFUSED}{checks(list(CASTS))}", encoding="utf-8")
    return path


@pytest.fixture
def failing(people: Database, tmp_path: Path) -> Path:
    """Return a file whose plan is not refused, and whose first step fails: an event trigger reads the rows."""
    people.execute("""
        CREATE FUNCTION read_rows() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN
            IF EXISTS (SELECT FROM pg_event_trigger_ddl_commands() WHERE object_identity = 'public.people') THEN
                PERFORM CAST(secret AS int) FROM public.people; END IF; END $$;
        CREATE EVENT TRIGGER reading ON ddl_command_end EXECUTE FUNCTION read_rows()""")
    path = tmp_path / "failing.yaml"
    path.write_text("version: 1\ntables:\n  people:\n    checks: {c: id > 0}\n", encoding="utf-8")
    return path


def quoted(text: str) -> list[str]:
    return [canary for canary in CANARIES if canary in text]


def every_text(value: object) -> Iterator[str]:
    """Yield every text in a value, at any depth, except private ones."""
    if isinstance(value, Private):
        return
    if isinstance(value, str | BaseException):
        yield str(value)
    elif is_dataclass(value) and not isinstance(value, type):
        for one in fields(value):
            yield from every_text(getattr(value, one.name))
    elif isinstance(value, dict):
        for pair in value.items():
            yield from every_text(pair)
    elif isinstance(value, list | tuple | set | frozenset):
        for one in value:
            yield from every_text(one)


def journal(database: Database) -> str:
    return str(database.value("SELECT coalesce(json_agg(m)::text, '') FROM migration_log AS m"))


ALL = ("--trust-file", "--allow", "volatile-expression", "--allow", "blocking-build")


# --- What a terminal shows ---------------------------------------------------------------------------------------


def test_a_terminal_shows_samples_and_messages(people: Database, file: Path) -> None:
    """Control: the values can leak, and a person at a terminal sees five of each check."""
    printed = on_a_terminal(*command("plan", *ALL, file=file, url=people.url))
    assert printed.code == 3
    assert quoted(printed.text) == list(CANARIES[:2])
    assert f"{WORD}-4) in 2 rows" in printed.text
    assert f"{WORD}-5) in 2 rows" not in printed.text
    assert f'invalid input syntax for type integer: "{WORD}' in printed.text


@pytest.mark.parametrize("options", [("--samples", "0"), ("--format", "markdown"), ("--format", "json")])
def test_a_terminal_shows_none_if_the_operator_says_so(
    people: Database, file: Path, options: tuple[str, ...]
) -> None:
    printed = on_a_terminal(*command("plan", *ALL, *options, file=file, url=people.url))
    assert (printed.code, quoted(printed.text)) == (3, [])


def test_a_terminal_of_a_ci_job_shows_none(people: Database, file: Path, failing: Path) -> None:
    """Runners give jobs a terminal and store the output."""
    for name, path, code in (("plan", file, 3), ("apply", failing, 1)):
        arguments = command(name, *ALL, *(["-y"] if name == "apply" else []), file=path, url=people.url)
        printed = on_a_terminal(*arguments, environment={"CI": "1"})
        assert (printed.code, quoted(printed.text)) == (code, [])


def test_a_log_of_standard_error_holds_none(people: Database, failing: Path) -> None:
    """Standard output is a terminal, standard error is a file."""
    printed = on_a_terminal(*command("apply", "-y", file=failing, url=people.url), err=False)
    assert printed.code == 1
    assert f'invalid input syntax for type integer: "{WORD}' in printed.out
    assert quoted(printed.err) == []


# --- What a pipe shows -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("name", ["plan", "drift"])
def test_a_plan_elsewhere_holds_no_value(
    people: Database, file: Path, tmp_path: Path, name: str, format_: str
) -> None:
    """Formats for programs show no values even if the operator asks for samples."""
    written = ["-o", str(tmp_path / "plan.json")] if name == "plan" else []
    asked = ["--samples", "5"] if format_ != "text" else []
    printed = to_a_pipe(*command(name, *ALL, *asked, "--format", format_, *written, file=file, url=people.url))
    assert (printed.code, quoted(printed.text)) == (3, [])
    if written:
        assert quoted((tmp_path / "plan.json").read_text(encoding="utf-8")) == []


def test_text_elsewhere_shows_as_many_samples_as_are_asked_for(
    people: Database, file: Path, tmp_path: Path
) -> None:
    plan_file = tmp_path / "plan.json"
    printed = to_a_pipe(*command("plan", *ALL, "--samples", "3", "-o", str(plan_file), file=file, url=people.url))
    duplicates = [line for line in printed.out.splitlines() if ") in 2 rows" in line]
    assert len(duplicates) == 3
    assert quoted(plan_file.read_text(encoding="utf-8")) == []


def test_samples_that_nobody_sees_are_not_fetched(people: Database, file: Path) -> None:
    plan = reconciler.plan(reconciler.load([file]), people.url)
    assert {finding.count for finding in plan.findings} >= {6, 12}
    assert [finding.samples for finding in plan.findings if len(finding.samples)] == []


def test_a_sample_has_a_bounded_length(people: Database, tmp_path: Path) -> None:
    people.execute("UPDATE people SET email = repeat('x', 100000)")
    state = desired(tmp_path, "tables: {people: {unique: {people_email_key: email}}}")
    plan = reconciler.plan(state, people.url, options=Options(samples=1))
    assert [len(one) for finding in plan.findings for one in finding.samples.up_to(1)] == [500]


# --- A step that fails -------------------------------------------------------------------------------------------


def test_a_failed_apply_elsewhere_holds_no_value(people: Database, failing: Path) -> None:
    printed = to_a_pipe(*command("apply", "-y", file=failing, url=people.url))
    assert (printed.code, quoted(printed.text)) == (1, [])
    assert (
        "a value is not valid text for its type; event triggers that fire: reading (SQLSTATE 22P02)" in printed.text
    )
    assert quoted(journal(people)) == []
    for arguments in ((), ("--format", "json")):
        assert quoted(to_a_pipe("history", "--db", people.url, *arguments).text) == []
    run = people.value("SELECT metadata ->> 'run_id' FROM migration_log LIMIT 1")
    for arguments in ((), ("--format", "json")):
        shown = to_a_pipe("history", run, "--db", people.url, *arguments).text
        assert "SQLSTATE 22P02" in shown
        assert quoted(shown) == []


def test_a_failed_apply_shows_the_message_if_the_operator_asks(people: Database, failing: Path) -> None:
    printed = to_a_pipe(*command("apply", "-y", "--samples", "1", file=failing, url=people.url))
    assert f'invalid input syntax for type integer: "{WORD}' in printed.out
    assert quoted(journal(people)) == []


# The declaration; the row that violates it; whether the server's message quotes the row.
RACES = {
    "duplicate": ("unique: {k: email}", f"INSERT INTO t (email) VALUES ('{WORD}'), ('{WORD}')", True),
    "orphan": ("foreign_keys: {k: {columns: ref, references: p}}", f"INSERT INTO t (ref) VALUES ('{WORD}')", True),
    "violator": ("checks: {k: length(email) < 5}", f"INSERT INTO t (email) VALUES ('{WORD}')", False),
    "null": ("not_null: [email]", f"INSERT INTO t (ref, amount) VALUES ('{WORD}', {NUMBER})", False),
    "conflict": (
        "exclusions: {k: {using: gist, elements: [{column: during, operator: '&&'}]}}",
        f"INSERT INTO t (during) VALUES (int4range({NUMBER}, NULL)), (int4range({NUMBER}, NULL))",
        True,
    ),
    "cast": ("indexes: {k: [{expression: '(email::int)'}]}", f"INSERT INTO t (email) VALUES ('{WORD}')", True),
}


@pytest.mark.parametrize("race", RACES)
def test_a_row_that_comes_after_the_check_is_in_no_record(
    database: Database, tmp_path: Path, race: str, caplog: pytest.LogCaptureFixture
) -> None:
    """The application inserts rows between the data check and the step.

    The journal, the events and the log of a program that uses the library must not quote them.
    """
    section, insert, quotes = RACES[race]
    database.execute(
        "CREATE TABLE p (id text PRIMARY KEY); CREATE TABLE t (email text, ref text, during int4range, amount int)"
    )
    state = desired(tmp_path, f"tables: {{p: , t: {{{section}}}}}")
    events, inserted = Events(), []
    with session(database.url) as application:

        def interfere(event: Event) -> None:
            last = isinstance(event, StepStarted) and event.number == 1
            if last and not inserted:
                inserted.append(application.execute(insert.encode()).rowcount)

        with caplog.at_level(logging.DEBUG):
            result = reconciler.apply(
                state,
                database.url,
                approve=lambda _: True,
                listeners=(interfere, events),
                options=Options(allow=frozenset({"blocking-build"}), samples=5),
            )
            if result.error is not None:
                logging.getLogger("application").exception("apply failed", exc_info=result.error)
    assert inserted
    assert result.error is not None
    assert result.error.server is not None
    assert bool(quoted(str(result.error.server.words.up_to(1)))) is quotes
    assert quoted(journal(database)) == []
    assert quoted(repr(events.heard) + repr(result) + result.message) == []
    assert [text for text in every_text(events.heard) if quoted(text)] == []
    assert quoted(caplog.text) == []
    assert f"SQLSTATE {result.error.server.sqlstate}" in journal(database)


def test_the_query_of_a_blocker_is_in_no_record(people: Database, tmp_path: Path) -> None:
    """The server shows the last query of a session that holds a lock, with its literals."""
    state = desired(tmp_path, "tables: {people: {checks: {c: id > 0}}}\npolicy: {lock_timeout: 1s}")
    events = Events()
    with session(people.url) as application:
        application.execute("BEGIN")
        application.execute(f"UPDATE people SET secret = '{WORD}', amount = {NUMBER} WHERE uid = '{UUID}'".encode())
        shown = people.value("SELECT query FROM pg_stat_activity WHERE state = 'idle in transaction'")
        assert quoted(shown) == list(CANARIES)

        def let_go(event: Event) -> None:
            if isinstance(event, StepRetried):
                application.execute("ROLLBACK")

        options = Options(samples=5)
        result = reconciler.apply(
            state, people.url, approve=lambda _: True, listeners=(events, let_go), options=options
        )
    assert result.error is None
    assert events.of(StepRetried) + events.of(StepWaiting)
    assert [text for text in every_text(events.heard) if quoted(text)] == []
    assert quoted(journal(people)) == []


def test_a_script_for_psql_prints_no_value(people: Database, failing: Path) -> None:
    def script() -> str:
        return FORMATS["sql"](report_of(reconciler.plan(reconciler.load([failing]), people.url)))

    done = people.psql(script())
    assert (done.returncode, done.stderr.rstrip().endswith("22P02"), quoted(done.stderr)) == (3, True, [])
    reported = people.psql("\\set messages 1\n" + script())
    assert (reported.returncode, quoted(reported.stderr)) == (3, [WORD])


def test_examples_for_pull_requests_ask_nothing_of_rows() -> None:
    """Results and counts reveal a fact about rows in each plan, so unreviewed files are planned from a snapshot."""
    parts = ROOT / "examples" / "gitops"
    texts = [
        sections(page("README.md"))["In a pull request"],
        (ROOT / "templates/reconcile.yml").read_text("utf-8"),
    ]
    texts += [(parts / name).read_text("utf-8") for name in ("bitbucket-pipelines.yml", "azure-pipelines.yml")]
    checks = [re.findall(r"reconcile ci .*--live|options=\(.*--live", text) for text in texts]
    assert [len(found) for found in checks] == [1, 1, 1, 1]
    workflow = (ROOT / ".github/workflows/pull-request.yaml").read_text("utf-8")
    assert "snapshot-workflow: ${{ inputs.snapshot-workflow }}" in workflow
    assert "LIVE: ${{ inputs.live || steps.snapshot.outputs.file }}" in (ROOT / "action.yml").read_text("utf-8")


# --- By construction ---------------------------------------------------------------------------------------------


def test_private_text_is_not_printed_by_accident() -> None:
    hidden = Private("canary", "canary")
    assert quoted(f"{hidden} {hidden!r} {[hidden]}") == []
    assert "canary" not in f"{hidden} {hidden!r} {[hidden]} {json.dumps(hidden, default=str)}"
    assert hidden.up_to(1) == ("canary",)
    assert hidden.up_to(0) == hidden.up_to(-1) == ()
    with pytest.raises(TypeError):
        json.dumps({"samples": hidden})


MODULES = sorted((ROOT / "reconciler").rglob("*.py"))
SHOWING = {"report/refusals.py", "report/quarantined.py", "cli/values.py"}
READING = "postgres/server_error.py"


def _name(path: Path) -> str:
    return path.relative_to(ROOT / "reconciler").as_posix()


def _handlers(tree: ast.AST) -> Iterator[ast.ExceptHandler]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler) and node.type is not None and "psycopg" in ast.unparse(node.type):
            yield node


def _uses(handler: ast.ExceptHandler) -> Iterator[str]:
    """Yield the uses of the driver's error in a handler, other than making a value of it or reading its SQLSTATE."""
    parents = {child: node for node in ast.walk(handler) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(handler):
        if isinstance(node, ast.Name) and node.id == handler.name:
            parent = parents[node]
            called = isinstance(parent, ast.Call) and ast.unparse(parent.func) in _TAKES_ERRORS
            if not called and not (isinstance(parent, ast.Attribute) and parent.attr == "sqlstate"):
                yield ast.unparse(parent)
        if isinstance(node, ast.Raise) and node.exc is not None and ast.unparse(node.cause or node) != "None":
            yield ast.unparse(node)


_TAKES_ERRORS = {
    *(
        "server_error",
        "connection_text",
        "_blame",
        "explained",
        "is_interrupt",
        "StatementFailed",
        "isinstance",
    ),
    "refused",
    "retries.pause_after",  # raises it again, or makes a value of it
    "self._ended_by",  # makes a value of it
    "_reason_of",  # makes a value of it
}


@pytest.mark.parametrize("path", [path for path in MODULES if _name(path) != READING], ids=_name)
def test_no_module_reads_the_text_of_a_server_error(path: Path) -> None:
    """Errors of the driver become values where they are caught, and are not chained: a log of the chain would quote
    them.
    """
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert [use for handler in _handlers(tree) for use in _uses(handler)] == []
    read = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert read & {"diag", "message_primary", "message_detail", "pgresult", "format_exc"} == set()


def test_no_module_prints_any_error_that_comes() -> None:
    """A handler for every exception also gets errors of the driver."""
    named = {
        _name(path)
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ExceptHandler)
        and node.name
        and node.type is not None
        and ast.unparse(node.type) in ("Exception", "BaseException")
    }
    assert named == {
        "cli/run.py",
        "postgres/read_ahead.py",
    }  # one hides the message, the other raises the error elsewhere


def test_private_text_is_read_where_it_is_shown_to_people_alone() -> None:
    reading = {
        _name(path)
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in ("up_to", "_texts")
    }
    assert reading == {*SHOWING, "model/private.py"}


def test_text_without_samples_is_the_default(people: Database, file: Path) -> None:
    plan = reconciler.plan(reconciler.load([file]), people.url, options=Options(samples=5))
    assert quoted(render_text(report_of(plan))) == []
    assert quoted(render_text(report_of(plan), samples=5)) != []


def test_the_walk_finds_a_text_at_any_depth() -> None:
    values: Any = ({"a": [Options(trusted_roles=frozenset({WORD}))]}, ValueError(UUID))
    assert sorted(text for text in every_text(values) if quoted(text)) == sorted([WORD, UUID])
