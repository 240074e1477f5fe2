"""Programs that tests can change."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from reconciler.postgres.client_programs import client_folders, client_programs
from reconciler.postgres.session import connect
from tests.servers import Database


@pytest.fixture
def wrapped(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put programs first in the PATH that write down their arguments, and call the real ones.

    If a file `kill` exists, the program with its name kills the process that called it, before or after its work.
    """
    folder, real = tmp_path / "wrapped", None
    with connect(database.url) as session:
        real = client_programs(session.server, client_folders()).folder
    folder.mkdir()
    for name in ("pg_dump", "pg_restore"):
        (folder / name).write_text(
            f'#!/bin/sh\n[ "$1" = --version ] && echo {name} >> {folder}/versions && exec {real}/{name} --version\n'
            f'printf "%s\\n" "{name} $*" >> {folder}/arguments\nenv > {folder}/environment\n'
            f"[ -f {folder}/kill-before-{name} ] && kill -9 $PPID && exit 1\n"
            f'{real}/{name} "$@"; status=$?\n'
            f"[ -f {folder}/kill-after-{name} ] && kill -9 $PPID\nexit $status\n"
        )
        (folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return folder
