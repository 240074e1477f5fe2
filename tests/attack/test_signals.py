"""Interference: signals at any moment, from the start of the process.

The role is the operator, or anything that ends the process: a closed terminal, a supervisor, a CI system. There must be
no traceback, no ignored signal, and no interrupted run that the journal shows as running.
"""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from reconciler.cli import run
from reconciler.cli.main import main
from reconciler.model.errors import ConnectionFailed
from reconciler.model.rules.connections import CONNECTION_LOST
from tests.servers import NIGHTLY, Database

ENDING = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]
TRIALS = 200 if NIGHTLY else 20
MORE_TRIALS = 100 if NIGHTLY else 8

# A background process of a shell ignores SIGINT, and its children inherit this.
_UNIGNORED = "import signal; signal.signal(2, signal.default_int_handler); signal.signal(1, signal.SIG_DFL)"
_PROGRAM = f"import sys; {_UNIGNORED}; from reconciler.cli.main import main; sys.exit(main())"


def _start(*arguments: str, cwd: Path | None = None) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", _PROGRAM, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        bufsize=0,  # `communicate` would not return what a buffer has read ahead
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )


def _wait_for_handlers(process: subprocess.Popen[bytes]) -> None:
    """Wait until the kernel reports that the process catches all three signals."""
    wanted = sum(1 << (number - 1) for number in ENDING)
    status = Path(f"/proc/{process.pid}/status")
    while process.poll() is None:
        caught = next(line for line in status.read_text().splitlines() if line.startswith("SigCgt"))
        if int(caught.split()[1], 16) & wanted == wanted:
            return
        time.sleep(0.0005)
    pytest.fail(f"the process ended with {process.returncode} and never caught signals")


def _wait_for_sessions(database: Database) -> None:
    """Wait until the server has ended the sessions of the previous run.

    The server may need time to detect that a client is gone: until then a session holds the run's lock, and may
    continue with a build, so another run would be refused.
    """
    deadline = time.monotonic() + 60
    while database.value(_OTHERS):
        assert time.monotonic() < deadline, "sessions of a run outlive its process"
        time.sleep(0.005)


def test_handlers_come_before_anything_that_takes_time() -> None:
    """Only these modules are imported before the handlers are installed, in addition to those of Python itself."""
    code = """if True:
        import sys
        before = set(sys.modules)
        import reconciler.cli.main
        print(*set(sys.modules) - before)
    """
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    own = {"reconciler", "reconciler.cli", "reconciler.cli.main", "reconciler.cli.interrupts"}
    assert set(done.stdout.split()) - {"__future__"} == own


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="asks /proc whether a process catches signals")
@pytest.mark.parametrize("number", ENDING if NIGHTLY else ENDING[:1], ids=lambda number: number.name)
def test_a_signal_in_the_first_moments(number: signal.Signals, tmp_path: Path) -> None:
    """Attack: a signal within half a second, during imports, while the file is read or a server is waited for.

    The server accepts the connection and does not answer, so no trial ends by itself: each one has to end with 130 and
    one line, soon.
    """
    (tmp_path / "schema.yaml").write_text("version: 1\ntables:\n  t:\n    checks: {ck: amount > 0}\n")
    moments = random.Random(number)
    with socket.create_server(("127.0.0.1", 0)) as silent, ThreadPoolExecutor(3) as trials:
        url = f"host=127.0.0.1 port={silent.getsockname()[1]} dbname=d user=u password=p connect_timeout=60"

        def trial(after_s: float) -> tuple[int, bytes, bytes]:
            process = _start("plan", "--db", url, cwd=tmp_path)
            _wait_for_handlers(process)
            time.sleep(after_s)
            process.send_signal(number)
            out, err = process.communicate(timeout=60)
            return process.returncode, err, out

        outcomes = set(trials.map(trial, [moments.random() * 0.5 for _ in range(TRIALS)]))
    assert outcomes == {(130, b"Interrupted.\n", b"")}


@pytest.mark.skipif(not hasattr(signal, "pthread_kill"), reason="signals a thread")
def test_a_signal_that_does_not_wake_the_main_thread(tmp_path: Path) -> None:
    """Attack: the kernel delivers the signal while the main thread is about to wait without end for another thread.

    Nothing ends this wait then. The same happens, but each time, if another thread gets the signal.
    """
    (tmp_path / "run.py").write_text(
        "import signal, threading, time\n"
        "def run(arguments):\n"
        "    never = threading.Lock()\n"
        "    never.acquire()\n"
        "    def interrupt():\n"
        "        time.sleep(0.2)\n"
        "        signal.pthread_kill(threading.get_ident(), signal.SIGTERM)\n"
        "        time.sleep(60)\n"
        "    threading.Thread(target=interrupt, daemon=True).start()\n"
        "    never.acquire()\n"
    )
    program = (
        "import sys, importlib.util; from reconciler.cli.main import main\n"
        "spec = importlib.util.spec_from_file_location('reconciler.cli.run', 'run.py')\n"
        "sys.modules['reconciler.cli.run'] = module = importlib.util.module_from_spec(spec)\n"
        "spec.loader.exec_module(module); sys.exit(main())"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        timeout=30,
    )
    assert (done.returncode, done.stderr) == (130, b"Interrupted.\n")


class _Interrupting:
    def __set_name__(self, owner: type, name: str) -> None:
        raise KeyboardInterrupt


def _creating_a_class(*_: object) -> None:
    type("Created", (), {"attribute": _Interrupting()})


def _failing_meanwhile(*_: object) -> None:
    try:
        raise KeyboardInterrupt
    finally:
        raise ConnectionFailed("the connection was lost", rule=CONNECTION_LOST)


@pytest.mark.parametrize("replacing", [_creating_a_class, _failing_meanwhile])
def test_an_interrupt_that_another_error_replaces(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], replacing: Callable[..., None]
) -> None:
    monkeypatch.setattr(run, "_run", replacing)
    assert main(["plan"]) == 130
    assert capsys.readouterr().err == "Interrupted.\n"


_COLUMNS = [f"c{number}" for number in range(30)]
_SCHEMA = "version: 1\ntables:\n  t:\n    indexes:\n" + "".join(f"      i_{name}: {name}\n" for name in _COLUMNS)
_OTHERS = """
    SELECT count(*) FROM pg_stat_activity
     WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()"""
_LAST = """
    SELECT metadata->>'outcome' FROM migration_log
     WHERE step_name = 'run' ORDER BY sequence DESC LIMIT 1"""


@pytest.mark.ends
@pytest.mark.newest_by_day
def test_a_signal_during_a_run(database: Database, tmp_path: Path) -> None:
    """Attack: a signal at a random moment of a run that creates 30 indexes, repeated.

    The exit code, the message and the last entry of the journal agree: interrupted, or completed.
    """
    database.execute(f"CREATE TABLE t ({', '.join(f'{name} int' for name in _COLUMNS)})")
    (tmp_path / "schema.yaml").write_text(_SCHEMA)
    moments = random.Random(database.server.major)
    drop = f"DROP INDEX {', '.join(f'i_{name}' for name in _COLUMNS)}"
    seen = set()
    for _ in range(MORE_TRIALS):
        _wait_for_sessions(database)
        process = _start("apply", "-y", "--db", database.url, cwd=tmp_path)
        assert process.stderr is not None
        while (line := process.stderr.readline()) and not line.startswith(b"run "):
            pass
        if not line:  # the server has finished the statement of the interrupted run
            assert process.communicate(timeout=60)[0].startswith(b"In sync")
            database.execute(drop)
            continue
        time.sleep(moments.random() * 0.4)
        process.send_signal(moments.choice(ENDING))
        out, err = process.communicate(timeout=60)
        assert b"Traceback" not in err
        assert b"ignored" not in err
        outcome = database.value(_LAST)
        seen.add(outcome)
        if process.returncode == 130:
            assert outcome == "interrupted"
            assert (out + err).lower().count(b"interrupted") == 1
            assert b"\nInterrupted: " in out
        else:
            assert (process.returncode, outcome, err if process.returncode else b"") == (0, "completed", b"")
            database.execute(drop)
    assert "interrupted" in seen
