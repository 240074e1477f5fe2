"""Attack: names, comments, files and journal entries contain control characters for a terminal.

They could change the plan that a person is about to approve, or type into the shell. The roles are another role of the
database, and the author of a file. The tool must print no control character, and none that reorders text, on a terminal
or elsewhere, except line breaks and its own colors.
"""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest
from psycopg import sql

from reconciler.report.theme import COLOUR
from tests.attack.terminal import Printed, on_a_terminal, to_a_pipe
from tests.servers import Database, Server

pytestmark = pytest.mark.pg(">= 18")  # about the output of the tool

EVIL = "x\x1b[2J\x1b[31m\x07\r\t\x7f\x9b1m\u202e\u2066y"
"""Clears the screen, sets colors, beeps, overwrites the line, reorders the following text."""
LINES = EVIL + "\nNothing to do.\n"

_CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
_COLOURS = re.compile(rf"\x1b\[(?:0|{'|'.join(COLOUR.codes.values())})m")
_LIVE_DISPLAY = re.compile(r"\x1b\[(?:\?25[lh]|1A|2K)|\r")


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """A database in which almost every object has a hostile name, and a file that names them."""

    database: Database
    url: str
    file: Path
    plan_file: Path


def _quoted(text: str) -> str:
    return '"' + "".join(f"\\u{ord(c):04x}" if not c.isalnum() else c for c in text) + '"'


def _schema() -> str:
    """Return a file with all sorts of changes of objects with hostile names, comments and expressions."""
    column = f'"{EVIL}"'
    checks = {
        "k": f"{column} <> '{EVIL}'",
        "e": f"{column} > E'{EVIL}'",
        "d": f"{column} > $q${EVIL}$q$",
        "c": f"{column} IS NOT NULL",
    }
    lines = [
        f"      {_quoted(name + EVIL)}: {{expression: {_quoted(text)}, comment: {_quoted(name + LINES)}}}"
        for name, text in checks.items()
    ]
    name = _quoted(EVIL)
    return "\n".join(
        [
            "version: 1",
            f"schema: {name}",
            "tables:",
            f"  {name}:",
            f"    unique: {{ {_quoted('u' + EVIL)}: {{columns: {{column: {name}}}, comment: {name}}} }}",
            "    indexes:",
            f"      {_quoted('i' + EVIL)}: {{columns: [{{column: {name}}}], where: {_quoted(checks['k'])}}}",
            "    checks:",
            *lines,
            "",
        ]
    )


@pytest.fixture
def world(server: Server, tmp_path: Path) -> Iterator[World]:
    # A template's own database, so that the database and the role can have hostile names as well.
    name = sql.Identifier("d" + EVIL)
    role = sql.Identifier("r" + EVIL)
    server.admin.execute(sql.SQL("CREATE DATABASE {} TEMPLATE reconcile_empty").format(name))
    server.admin.execute(sql.SQL("CREATE ROLE {} LOGIN SUPERUSER").format(role))
    database = Database(server=server, name="d" + EVIL)
    try:
        with database.connect() as connection:
            for statement in (
                "CREATE SCHEMA {n}",
                "CREATE TABLE {n}.{n} ({n} text, b text)",
                "ALTER TABLE {n}.{n} ADD CONSTRAINT {c} CHECK ({n} IS NOT NULL)",
                "COMMENT ON CONSTRAINT {c} ON {n}.{n} IS {l}",
                "CREATE FUNCTION {n}.evil() RETURNS text LANGUAGE sql AS 'SELECT 1::text'",
                "INSERT INTO {n}.{n} VALUES ({l}, {l})",
            ):
                filled = sql.SQL(statement).format(
                    n=sql.Identifier(EVIL), c=sql.Identifier("c" + EVIL), l=sql.Literal(LINES)
                )
                connection.execute(filled)
        folder = tmp_path / EVIL
        folder.mkdir()
        file = folder / f"{EVIL}.yaml"
        file.write_text(_schema(), encoding="utf-8")
        yield World(
            database=database,
            url=server.url("d" + EVIL, "r" + EVIL),
            file=file,
            plan_file=folder / f"plan{EVIL}.json",
        )
    finally:
        server.admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))
        server.admin.execute(sql.SQL("DROP ROLE {}").format(role))


def assert_harmless(printed: Printed, *, live: bool = False) -> None:
    text = printed.text.replace("\r\n", "\n")
    text = _COLOURS.sub("", text)
    if live:
        text = _LIVE_DISPLAY.sub("", text)
    found = _CONTROLS.search(text)
    assert found is None, repr(text[max(0, found.start() - 200) : found.end() + 50])
    sql = "SELECT " in text or "```sql" in text  # a literal in a script may span lines
    assert sql or "\nNothing to do.\n" not in text


def both(*arguments: str, typed: str = "", code: int, live: bool = False) -> str:
    """Run a command with a pipe and on a terminal; return the output to the pipe."""
    piped = to_a_pipe(*arguments)
    assert piped.code == code, piped.text
    assert not _COLOURS.search(piped.text)
    assert_harmless(piped)
    shown = on_a_terminal(*arguments, typed=typed)
    assert_harmless(shown, live=live)
    return piped.text


@pytest.mark.parametrize("format_", ["text", "json", "markdown", "sql"])
@pytest.mark.parametrize("command", ["plan", "drift"])
def test_a_plan(world: World, command: str, format_: str) -> None:
    """Attack: hostile names of the database, role, schema, table, column, constraints and file, and comments and
    values.
    """
    code = 2 if command == "drift" else 0
    said = both(command, "-f", str(world.file), "--db", world.url, "--format", format_, code=code)
    assert "create" in said.lower()


def test_a_script_makes_exactly_the_names(world: World) -> None:
    """The escapes in the script for psql give the same names and texts: a plan afterwards is in sync."""
    script = to_a_pipe("plan", "-f", str(world.file), "--db", world.url, "--format", "sql")
    assert_harmless(script)
    done = world.database.psql(script.out)
    assert (done.returncode, done.stderr) == (0, "")
    assert to_a_pipe("drift", "-f", str(world.file), "--db", world.url).code == 0


def test_an_apply_its_prompt_and_the_journal(world: World) -> None:
    """Attack: the prompt contains the names of database and role, below the plan that they could change."""
    named = ["-f", str(world.file), "--db", world.url]
    both("plan", *named, "-o", str(world.plan_file), code=0)
    declined = on_a_terminal("apply", *named, typed="no\n")
    assert declined.code == 3
    assert_harmless(declined)
    assert "Only 'yes' is accepted" in declined.text
    both("apply", *named, code=3, typed="\n")
    applied = on_a_terminal("apply", *named, str(world.plan_file), typed="yes\n")
    assert applied.code == 0, applied.text
    assert_harmless(applied, live=True)
    with world.database.connect() as connection:
        call = "SELECT public.log_migration_step(%s, %s, 'failed', 1, %s)"
        connection.execute(call, (LINES, LINES, LINES))
    for format_ in ("text", "json"):
        both("history", "--db", world.url, "--format", format_, code=0)
        run = str(world.database.value("SELECT metadata->>'run_id' FROM migration_log LIMIT 1"))
        both("history", run, "--db", world.url, "--format", format_, code=0)


def test_a_step_that_fails(world: World) -> None:
    """Attack: the server's message quotes a text with control characters; progress, summary and journal repeat it."""
    with world.database.connect() as connection:
        connection.execute(
            sql.SQL(
                "CREATE FUNCTION public.reject() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN"
                " IF EXISTS (SELECT FROM pg_event_trigger_ddl_commands() WHERE objid = (SELECT oid FROM pg_class"
                " WHERE relname = {name} AND relnamespace = to_regnamespace({schema})))"
                " THEN RAISE EXCEPTION USING MESSAGE = {lines}; END IF; END $$"
            ).format(
                name=sql.Literal(EVIL),
                schema=sql.Literal(sql.Identifier(EVIL).as_string(None)),
                lines=sql.Literal(LINES),
            )
        )
        connection.execute("CREATE EVENT TRIGGER rejecting ON ddl_command_end EXECUTE FUNCTION public.reject()")
    world.file.write_text(
        f"version: 1\nschema: {_quoted(EVIL)}\ntables:\n  {_quoted(EVIL)}:\n    checks: {{ k: b <> 'c' }}\n"
    )
    named = ["-f", str(world.file), "--db", world.url, "-y"]
    both("apply", *named, code=1, live=True)
    both("apply", *named, "--samples", "5", code=1, live=True)


def test_an_export(world: World, tmp_path: Path) -> None:
    """Attack: names and comments of the database are written to a file and to warnings."""
    said = both("export", "--db", world.url, code=0)
    assert _CONTROLS.search(said) is None
    both("export", "--db", world.url, "--table", EVIL, "--schema", EVIL, "--schema", LINES, code=64)
    folder = tmp_path / f"out{EVIL}"
    both("export", "--db", world.url, "--output-dir", str(folder), code=0)
    files = list(folder.rglob("*.yaml"))
    assert files
    assert all(_CONTROLS.search(path.read_text(encoding="utf-8")) is None for path in files)
    assert to_a_pipe("drift", "-f", str(folder), "--db", world.url).code == 0


BROKEN = {
    "an unknown key": f"version: 1\n{_quoted(LINES)}: 1\n",
    "a name that is too long": f"version: 1\ntables: {{ {_quoted(EVIL * 9)}: }}\n",
    "a value": f"version: {_quoted(LINES)}\n",
    "an expression": f"version: 1\ntables: {{ t: {{ checks: {{ c: {_quoted('(' + LINES)} }} }} }}\n",
    "an alias": f"version: 1\ntables: *{'a' * 100}\n",
    "a tag": f"version: 1\ntables: !<{'%1b' * 9}> x\n",
    "raw controls": f"version: 1\ntables: {EVIL}\n",
    "raw bidirectional controls": "version: 1\n\u202etables\u2066: 1\n",
    "a table twice": f"version: 1\ntables: {{ {_quoted(EVIL)}: , {_quoted(EVIL)}: }}\n",
    "bytes that are no text": b"version: 1\ntables: \x9b\xff\n",
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_file(tmp_path: Path, kind: str) -> None:
    """Attack: a problem quotes the file's content and name."""
    file = tmp_path / f"{LINES.strip()}.yaml"
    content = BROKEN[kind]
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    for command in (["validate"], ["plan", "--db", "host=/nowhere"], ["history", "--db", "host=/nowhere"]):
        both(*command, "-f", str(file), code=1)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["plan", "--format", LINES], 64),
        (["plan", "--allow", LINES], 64),
        (["plan", "--check-timeout", LINES], 64),
        (["export", "--split", LINES], 64),
        ([LINES], 64),
        (["plan", f"--{EVIL}"], 64),
        (["plan", "--samples", LINES], 64),
        (["validate", "-f", LINES], 1),
        (["apply", LINES], 64),
        (["history", "--db", f"host=/nowhere dbname='{EVIL}'"], 1),
        (["history", "--db", f"postgresql://{quote(LINES)}@/{quote(LINES)}?host=/nowhere{quote(EVIL)}"], 1),
        (["history", "--db", LINES], 1),
        (["export", "--db", f"postgresql://%zz{LINES}"], 1),
    ],
)
def test_arguments(arguments: list[str], code: int) -> None:
    """Attack: a usage error, or libpq, quotes an argument that a script passes on."""
    piped = to_a_pipe(*arguments)
    assert piped.code in (code, 64), piped.text
    assert_harmless(piped)
    assert_harmless(on_a_terminal(*arguments))


def test_an_answer_that_is_no_text(world: World) -> None:
    """Attack: the answer to the prompt is not UTF-8, as a keyboard or pasted text may be."""
    named = ["-f", str(world.file), "--db", world.url]
    strict = {"PYTHONIOENCODING": "utf-8"}  # as in most locales
    declined = on_a_terminal("apply", *named, typed="yes\udce9\n", environment=strict)
    assert declined.code == 3
    assert declined.text.endswith("Nothing was changed.\r\n")


def test_a_terminal_that_disappears_during_the_prompt(world: World) -> None:
    """Attack: the terminal is closed without a signal: this is not an answer, and nothing is changed."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "reconciler.cli.main", "apply", "-f", str(world.file), "--db", world.url],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    shown = b""
    while b"is accepted" not in shown:
        shown += os.read(ours, 65536)
    os.close(ours)
    assert process.wait(timeout=60) == 3
    assert world.database.value("SELECT to_regclass('public.migration_log')") is None
