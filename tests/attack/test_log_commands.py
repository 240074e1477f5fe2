"""Attack: names of the database and of the file are commands of a CI system's log.

They could stop masking, set variables of later steps, or upload files. Whatever a command prints, on both streams and
in every format, the log must obey only the annotations that the command itself makes.
"""

from __future__ import annotations

import ast
import json
import re
from contextlib import redirect_stdout
from html import escape, unescape
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import reconciler
from reconciler.cli.output import Syntax, emit, harmless
from reconciler.cli.show import show
from reconciler.model.ci_system import CiSystem, json_without_log_commands, markup_without_log_commands
from reconciler.model.controls import shown_lines
from reconciler.model.errors import ReconcileError
from reconciler.model.names import TableName, display
from reconciler.report import FORMATS, report_of_drift
from reconciler.report.annotations import Annotation, log_commands
from reconciler.report.issues import Level
from reconciler.report.page import folded
from tests.attack.terminal import Printed, to_a_pipe
from tests.servers import Database

EVIL = "\n::stop-commands::x ##vso[task-prependpath]/tmp"  # a dot would separate schema and table
OTHER = "##[add-path]/tmp"

_OBEYED = re.compile(r"^\s*::|##\w*\[", re.MULTILINE)

_CREATE = f"""
    CREATE TABLE t (a int);
    CREATE INDEX "{EVIL}" ON t (a);
    COMMENT ON INDEX "{EVIL}" IS '{EVIL}';
    CREATE TABLE "{OTHER}" (a int);
    CREATE SCHEMA "{OTHER}";
    CREATE TABLE "{OTHER}"."{EVIL}" (a int);
    ALTER TABLE "{OTHER}"."{EVIL}" ADD CONSTRAINT "{OTHER}" CHECK (a > 0) NOT VALID;
    CREATE INDEX "{OTHER}" ON "{OTHER}"."{EVIL}" (a)"""


def said(*arguments: str, code: int, own: str = "") -> Printed:
    """Run a command. No line of its output is a log command, but for those that begin with `own`."""
    printed = to_a_pipe(*arguments)
    assert printed.code == code, printed.text
    for stream in (printed.out, printed.err):
        assert_not_obeyed(stream, own)
    return printed


def assert_not_obeyed(text: str, own: str = "") -> None:
    others = "\n".join(line for line in text.split("\n") if not own or not line.startswith(own))
    assert not _OBEYED.search(others), others


@pytest.mark.pg(">= 18")  # about the output of the tool
def test_no_command_prints_names_that_a_log_obeys(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("TF_BUILD", "True")
    database.execute(_CREATE)
    evil = {"checks": {OTHER: "a > 0"}, "indexes": {f"{EVIL}2": {"columns": ["a"]}}}
    dropped = {"tables": {"t": {"absent": {"indexes": [EVIL]}}}, "dropped_tables": {OTHER: {}}}
    schemas = {"public": dropped, OTHER: {"tables": {EVIL: evil}}}
    paths = []
    for number, (schema, declared) in enumerate(schemas.items()):
        file = tmp_path / f"{number}.yaml"
        file.write_text(json.dumps({"version": 1, "schema": schema, **declared}))
        paths += ["-f", str(file)]
    named = [*paths, "--db", database.url]
    said("validate", *paths, code=0)
    report = report_of_drift(reconciler.drift(paths[1::2], database.url, strict=True))
    for format_ in FORMATS.keys() - {"sql"}:
        with redirect_stdout(StringIO()) as out:
            show(report, format_, verbose=True)
        assert "add-path" in out.getvalue() or format_ in ("junit", "terraform"), format_
        assert_not_obeyed(out.getvalue(), own="::" if format_ == "github" else "")
    said("plan", *named, "-v", code=0)
    said("ci", *named, "--output-dir", str(tmp_path / "out"), code=0, own="::")
    refused = said("export", "--db", database.url, code=1)
    assert "the log of GitHub Actions would obey" in refused.err
    said("apply", *named, "-y", "-v", code=0)
    run = str(database.value("SELECT metadata->>'run_id' FROM migration_log LIMIT 1"))
    for command in (["history"], ["history", run], ["restore"]):
        for format_ in ("text", "json"):
            printed = said(*command, "--db", database.url, "--format", format_, code=0)
            assert "add-path" in printed.out or command == ["history"]
    said("restore", EVIL, "--db", database.url, code=64)
    said("history", EVIL, "--db", database.url, code=64)
    said("plan", f"--{EVIL}", code=64)


_PIECES = [
    "\n",
    "\r\n",
    " ",
    "\u00a0",
    "\u2028",
    "\x1b[31m",
    "\u200b",
    ":",
    "::",
    "#",
    "##",
    "[",
    "vso[",
    "teamcity[",
]
_HOSTILE = st.lists(st.sampled_from(_PIECES) | st.integers(0, 0x2FFF).map(chr), max_size=12).map("".join)


@given(text=_HOSTILE, width=st.integers(10, 80))
@example(text="###[", width=10)
def test_no_text_is_obeyed_whatever_it_contains(text: str, width: int) -> None:
    """For people it is on as many lines as it has line feeds; in a document it means the same as before."""
    for shown in (harmless(text), harmless(folded(shown_lines(text), width))):
        assert not _OBEYED.search(shown)
        assert not set(shown) & set("\r\x1b\u2028")
    assert harmless(text).count("\n") == text.count("\n")
    assert "\n" not in display(text)
    document = json_without_log_commands(json.dumps({text: text}))
    assert json.loads(document) == {text: text}
    assert not _OBEYED.search(document)
    markup = markup_without_log_commands(escape(shown_lines(text)))
    assert unescape(markup) == shown_lines(text)
    assert not _OBEYED.search(markup)
    for system in CiSystem:
        written = log_commands([Annotation(level=Level.ERROR, place=None, title=text, message=text)], system)
        assert written.count("\n") <= 1
        assert not _OBEYED.search(written[2:])


def test_text_without_escapes_is_written_to_files_only(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TF_BUILD", "True")
    with pytest.raises(ReconcileError, match="the log of Azure Pipelines would obey"):
        emit(f"SELECT '{EVIL}'\n", syntax=Syntax.EXACT)
    emit("SELECT 1\n", syntax=Syntax.EXACT)
    assert capsys.readouterr().out == "SELECT 1\n"
    with (tmp_path / "plan.sql").open("w") as file:
        monkeypatch.setattr("sys.stdout", file)
        emit(f"SELECT '{EVIL}'\n", syntax=Syntax.EXACT)
    assert (tmp_path / "plan.sql").read_text() == f"SELECT '{EVIL}'\n"


def test_names_with_control_characters_are_on_one_line_and_unambiguous() -> None:
    names = ["a\nb", "a\\nb", "a\\000Ab", 'a"\x1b\\', "\U000e0001"]
    shown = [display(name) for name in names]
    assert shown == ['U&"a\\000Ab"', '"a\\nb"', '"a\\000Ab"', 'U&"a""\\001B\\\\"', 'U&"\\+0E0001"']
    assert str(TableName(schema="public", name="a\nb")) == 'public.U&"a\\000Ab"'


def test_only_the_outlet_writes_to_the_standard_streams() -> None:
    """All other modules print through `reconciler.cli.output`; displays on terminals write to the stream they get."""
    allowed = {"cli/output.py", "cli/streams.py", "cli/progress.py", "cli/checking.py"}
    root = Path(reconciler.__file__).parent
    found = set()
    for path in root.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if not re.search(r"print\(|echo\(|emit\(|(?:out|err|stream)\.write", text):
            continue
        for node in ast.walk(ast.parse(text)):
            called = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
            if called in ("print", "typer.echo", "click.echo", "typer.secho") or re.search(
                r"(?:std(?:out|err)|stream)\.(?:write|writelines)$", called
            ):
                found.add(path.relative_to(root).as_posix())
            if called == "emit" and re.search(r"format_\b|json", ast.unparse(node)):
                assert "syntax=" in ast.unparse(node), ast.unparse(node)
    assert found <= allowed
