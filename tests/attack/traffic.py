"""Measures an application under load during a change of its schema: failed transactions, and waiting times.

Transactions write to the parent first and to its children next, as pgbench runs them from eight clients. Another
transaction locks one of the tables for some seconds, so that the change has to wait after taking its first locks.
"""

from __future__ import annotations

import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from tests.servers import psql_program

_CLIENTS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A load.

    `setup` creates the tables, `transaction` is a script of pgbench, `held` is a statement whose transaction stays
    open, and `tables` is the content of the file.
    """

    name: str
    setup: str
    transaction: str
    held: str
    tables: str


_PARENT = """
    CREATE TABLE parent (id int PRIMARY KEY, code int NOT NULL, n int NOT NULL DEFAULT 0);
    INSERT INTO parent SELECT i, i FROM generate_series(0, 1000) i;
"""
_UPDATE = "UPDATE {} SET n = n + 1 WHERE id = :p;"

FOREIGN_KEYS = Scenario(
    name="six foreign keys",
    setup=_PARENT
    + """CREATE TABLE child (id int PRIMARY KEY, n int NOT NULL DEFAULT 0, a int, b int, c int, d int, e int, f int);
    INSERT INTO child SELECT i, 0, i, i, i, i, i, i FROM generate_series(0, 1000) i;
    """,
    transaction="\n".join(
        ["\\set p random(1, 1000)", "BEGIN;", _UPDATE.format("parent"), _UPDATE.format("child"), "END;"]
    ),
    held="UPDATE child SET n = n + 1 WHERE id = 0",
    tables="  child:\n    foreign_keys:\n"
    + "".join(f"      fk_{column}: {{columns: {column}, references: parent(id)}}\n" for column in "abcdef"),
)

_CHILDREN = range(1, 7)
KEY = Scenario(
    name="a key with six foreign keys",
    setup=_PARENT
    + "ALTER TABLE parent ADD CONSTRAINT parent_code_key UNIQUE (code);\n"
    + "".join(
        f"""CREATE TABLE child_{i} (id int PRIMARY KEY, n int NOT NULL DEFAULT 0,
                                    code int CONSTRAINT fk_{i} REFERENCES parent (code));
        INSERT INTO child_{i} SELECT i, 0, i FROM generate_series(0, 1000) i;
        """
        for i in _CHILDREN
    ),
    transaction="\n".join(
        [
            "\\set p random(1, 1000)",
            "BEGIN;",
            _UPDATE.format("parent"),
            *(_UPDATE.format(f"child_{i}") for i in (1, 4, 6)),
            "SELECT count(*) FROM child_2 WHERE id = :p;",
            "END;",
        ]
    ),
    held="UPDATE child_4 SET n = n + 1 WHERE id = 0",
    tables="  parent: {unique: {parent_code_key: {columns: code, include: n}}}\n"
    + "".join(
        f"  child_{i}: {{foreign_keys: {{fk_{i}: {{columns: code, references: parent(code)}}}}}}\n"
        for i in _CHILDREN
    ),
)

PARTITIONS = Scenario(
    name="a check on eight partitions",
    setup=_PARENT
    + "CREATE TABLE child (id int PRIMARY KEY, n int NOT NULL DEFAULT 0) PARTITION BY HASH (id);\n"
    + "".join(
        f"CREATE TABLE child_{i} PARTITION OF child FOR VALUES WITH (MODULUS 8, REMAINDER {i});\n" for i in range(8)
    )
    + "INSERT INTO child SELECT i FROM generate_series(0, 1100) i;",
    transaction="\n".join(
        [
            "\\set p random(1, 1000)",
            "BEGIN;",
            _UPDATE.format("parent"),
            _UPDATE.format("child"),
            "SELECT count(*) FROM child WHERE n < 0;",
            "END;",
        ]
    ),
    held="UPDATE child_4 SET n = n + 1 WHERE id = (SELECT max(id) FROM child_4)",
    tables="  child: {checks: {positive: n >= 0}}\n",
)

SCENARIOS = (FOREIGN_KEYS, KEY, PARTITIONS)


@dataclass(slots=True, kw_only=True)
class Measured:
    """The measured transactions of the application. Times are in seconds. A failed transaction is not retried."""

    transactions: int = 0
    failed: int = 0
    longest_s: float = 0.0
    problems: list[str] = field(default_factory=list)


@contextmanager
def under_load(url: str, scenario: Scenario) -> Iterator[Measured]:
    """Run the application during the block; the figures are complete after it."""
    measured = Measured()
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder, "transaction.sql")
        script.write_text(scenario.transaction)
        command = [
            str(Path(psql_program()).with_name("pgbench")),
            *("-n", "-c", str(_CLIENTS), "-j", "2", "-T", "600", "-M", "prepared", "-f", str(script)),
            *("-l", f"--log-prefix={folder}/log", "--failures-detailed", "-R", "400"),
            url,
        ]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        try:
            time.sleep(0.5)
            yield measured
            time.sleep(0.5)
        finally:
            process.send_signal(
                signal.SIGALRM
            )  # pgbench then ends as if its time were over: it ends its transactions, and writes its log
            _, errors = process.communicate(timeout=60)
        for log in Path(folder).glob("log*"):
            _read(log, measured)
        aborted = [line for line in errors.splitlines() if "aborted" in line]
        measured.failed += len(aborted)
        measured.problems += aborted


def _read(log: Path, measured: Measured) -> None:
    """Read the log of pgbench.

    See https://www.postgresql.org/docs/current/pgbench.html, Per-Transaction Logging.
    """
    for line in log.read_text().splitlines():
        fields = line.split()
        if not fields[2].isdecimal():
            measured.failed += 1
            measured.problems.append(fields[2])
            continue
        measured.transactions += 1
        measured.longest_s = max(measured.longest_s, (int(fields[2]) - int(fields[6])) / 1e6)


@contextmanager
def held_for(url: str, scenario: Scenario, seconds: float) -> Iterator[None]:
    """Hold a transaction of another session, which has written, open for some time."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("BEGIN")
        connection.execute(scenario.held.encode())
        timer = threading.Timer(seconds, lambda: connection.execute("ROLLBACK"))
        timer.start()
        try:
            yield
        finally:
            timer.join()


def measure(url: str, scenario: Scenario, hold_s: float, change: Callable[[], object]) -> Measured:
    """Load the tables, and make the change under load while one of them is locked."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(scenario.setup.encode())
    with under_load(url, scenario) as measured, held_for(url, scenario, hold_s):
        change()
    return measured
