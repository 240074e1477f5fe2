"""The machine that jobs run on: a closed set of variables, and stand-ins for programs that need the network."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_BIN = Path(sys.executable).parent

# Creates a virtual environment whose pip is this stand-in, and whose `reconcile` is the one under test. Keeps a record.
_PYTHON = f"""#!/bin/bash
case "$*" in
  "-I -m venv "*)
    mkdir -p "$4/bin" && ln -sf "$0" "$4/bin/python" && ln -sf "{_BIN}/reconcile" "$4/bin/reconcile" ;;
  *"-m pip "*) echo "$*" >> "$RECORD" ;;
  *) exec "{sys.executable}" "$@" ;;
esac
"""

# `gh run list` and `gh run download`: the newest run by event, and artifacts of that run, from files.
_GH = """#!/bin/bash
set -eu
[ -n "$GH_TOKEN" ] && [ -n "$GH_REPO" ]
all="$*"
echo "$all" >> "$RUNS/record"
case "$1 $2" in
  "run list") event=${all##*--event }; cat "$RUNS/${event%% *}" 2>/dev/null || true ;;
  "run download") cp -r "$RUNS/$3/$5/." "$(mkdir -p "$7" && echo "$7")" ;;
  *) exit 64 ;;
esac
"""


@dataclass(frozen=True, kw_only=True)
class Machine:
    """A folder for the jobs of one test."""

    home: Path

    def prepare(self) -> None:
        """Create the stand-ins."""
        (self.home / "bin").mkdir(parents=True)
        (self.home / "runs").mkdir()
        for name, script in (("python3", _PYTHON), ("gh", _GH)):
            path = self.home / "bin" / name
            path.write_text(script, encoding="utf-8")
            path.chmod(0o755)

    @property
    def python(self) -> Path:
        return self.home / "bin" / "python3"

    @property
    def installed(self) -> list[str]:
        """The arguments of each call of pip."""
        record = self.home / "record"
        return record.read_text(encoding="utf-8").splitlines() if record.exists() else []

    def folder(self, name: str) -> Path:
        """Return a folder for this name; it does not exist yet."""
        return self.home / name

    def execute(
        self, command: Sequence[str], where: Path, variables: Mapping[str, str], path: Sequence[str] = ()
    ) -> subprocess.CompletedProcess[str]:
        """Run a command of a job. It gets no variable of the tests but those of the system."""
        environ = {
            "CI": "true",
            "GIT_CONFIG_GLOBAL": "/dev/null",
            "HOME": str(self.home),
            "LANG": "C.UTF-8",
            "PATH": os.pathsep.join([*path, str(self.home / "bin"), "/usr/bin", "/bin"]),
            "RECORD": str(self.home / "record"),
            "RUNS": str(self.home / "runs"),
            "TMPDIR": os.environ.get("TMPDIR", "/tmp"),
            **variables,
        }
        return subprocess.run(
            command, cwd=where, env=environ, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120
        )
