"""A real standby has counters of its own; after a failover, and after a crash, nothing is known at first."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest

import reconciler
from reconciler.cli.main import main
from reconciler.model.state import DesiredState
from reconciler.postgres.embedded import EmbeddedServer, embedded_server
from tests.execution.support import PATIENCE_S, desired


def until(reached: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not reached():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def run(server: EmbeddedServer, program: str, *arguments: str) -> None:
    """Run a program of the server as its user."""
    subprocess.run(
        [server.server_programs / program, *arguments],
        check=True,
        cwd=server.folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        timeout=60,
        start_new_session=True,
        **(server.account.arguments() if server.account else {}),
    )


def url(server: EmbeddedServer) -> str:
    return f"postgresql://postgres@/postgres?host={quote(str(server.socket_folder), safe='')}"


def execute(server: EmbeddedServer, statement: str) -> None:
    with psycopg.connect(url(server), autocommit=True) as connection:
        connection.execute(statement.encode())


@contextmanager
def standby_of(primary: EmbeddedServer, folder: Path) -> Iterator[EmbeddedServer]:
    (folder / "socket").mkdir(parents=True)
    if primary.account is not None:
        for path in (folder, folder / "socket"):
            os.chown(path, primary.account.uid, primary.account.gid)
    standby = replace(primary, folder=folder, socket_folder=folder / "socket")
    run(primary, "pg_basebackup", "-D", str(standby.data), "-d", url(primary), "-R", "-c", "fast", "--no-sync")
    settings = ("listen_addresses=", "fsync=off", "wal_retrieve_retry_interval=100ms")
    options = " ".join(f"-c {one}" for one in (*settings, f"unix_socket_directories={standby.socket_folder}"))
    run(standby, "pg_ctl", "-D", str(standby.data), "-w", "-l", str(standby.data / "log"), "-o", options, "start")
    try:
        yield standby
    finally:
        run(standby, "pg_ctl", "-D", str(standby.data), "-m", "immediate", "stop")


def verdict(state: DesiredState, server: EmbeddedServer) -> str:
    """Return the refusal of the drop, empty if there is none."""
    plan = reconciler.plan(state, url(server))
    return " ".join(f"{one.rule}: {one.cause}" for one in plan.refusals)


def test_standbys_failover_and_crash(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    state = desired(tmp_path, "dropped_tables: {old: {unused_for: 14d}}")
    with embedded_server() as primary, standby_of(primary, primary.folder / "standby") as standby:
        execute(primary, "CREATE TABLE old (id int); SELECT count(*) FROM old")
        words = ["history", "--record", "-f", str(tmp_path / "schema.yaml"), "--db", url(primary)]
        until(lambda: main([*words, "--replica", url(standby)]) == 0 and "on standby" in capsys.readouterr().out)
        assert main([*words, "--replica", url(primary)]) == 64
        capsys.readouterr()
        past = "UPDATE reconcile_usage SET taken_at = taken_at - interval '{} days'"
        execute(primary, past.format(15))
        assert f"usage-unknown: whether public.old is used is unknown: standby {standby.socket_folder}" in verdict(
            state, primary
        )
        reconciler.record_usage(state, url(primary), replicas=[url(standby)])
        assert verdict(state, primary) == ""

        execute(standby, "SELECT count(*) FROM old")
        reconciler.record_usage(state, url(primary), replicas=[url(standby)])
        assert "still-used: public.old is used: 1 sequential scan" in verdict(state, primary)
        assert f"on standby {standby.socket_folder}" in verdict(state, primary)

        execute(primary, past.format(15))
        run(primary, "pg_ctl", "-D", str(primary.data), "-m", "immediate", "-w", "restart")
        assert "usage-unknown: whether public.old is used is unknown: the primary began to count again" in verdict(
            state, primary
        )
        until(lambda: "reconcile_usage" in str(tables(standby)))
        run(standby, "pg_ctl", "-D", str(standby.data), "-w", "promote")
        assert "unknown: nothing has been recorded yet on the primary" in verdict(state, standby)


def tables(server: EmbeddedServer) -> list[tuple[str, ...]]:
    with psycopg.connect(url(server), autocommit=True) as connection:
        return connection.execute("SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'").fetchall()
