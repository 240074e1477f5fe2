"""The user that a server started by root runs as: PostgreSQL does not run as root.

It is an existing user, and no existing file is opened for it: if it cannot reach a file, it gets a copy.
"""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from reconciler.model.errors import ReconcileError
from reconciler.model.rules.connections import EMBEDDED_SERVER

_NAMES: Final = ("nobody", "postgres", "daemon")
"""The users that may be taken, the least privileged first. `postgres` may own the data of another server."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An unprivileged user."""

    name: str
    uid: int
    gid: int

    def arguments(self) -> dict[str, Any]:
        """Return arguments of `subprocess.run` for a process of this user, without our own groups."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def may_run(self, *programs: Path) -> bool:
        """Whether the user can run these programs, and read all of the installation that they belong to."""
        try:
            for program in programs:
                subprocess.run([program, "--version"], check=True, capture_output=True, cwd="/", **self.arguments())
        except (OSError, subprocess.SubprocessError):
            return False
        return all(self._can_read(path) for path in programs[0].parent.parent.rglob("*"))

    def copied(self, programs: Path, target: Path) -> Path:
        """Return a copy of an installation that everybody may read; the result is the copy of its folder
        `programs`.

        A wheel keeps its libraries in a folder next to its package, where the programs search for them.
        """
        package = programs.parent.parent
        for source in (programs.parent, package.with_name(f"{package.name}.libs")):
            if source.is_dir():
                shutil.copytree(source, target / source.relative_to(package.parent), symlinks=True)
        for path in (target, *target.rglob("*")):
            if not path.is_symlink():
                executable = path.is_dir() or path.stat().st_mode & stat.S_IXUSR
                path.chmod(0o755 if executable else 0o644)
        return target / programs.relative_to(package.parent)

    def reaches(self, folder: Path) -> bool:
        """Whether the user may look up names in a folder."""
        try:
            return all(self._has(path, stat.S_IXOTH) for path in (folder.resolve(), *folder.resolve().parents))
        except OSError:
            return False

    def _can_read(self, path: Path) -> bool:
        needed = stat.S_IROTH | (stat.S_IXOTH if path.is_dir() else 0)
        return path.is_symlink() or self._has(path, needed)

    def _has(self, path: Path, bits: int) -> bool:
        """Whether everybody has these rights; those of owner and group are not checked."""
        return path.stat().st_mode & bits == bits


def account_for(uid: int) -> Account | None:
    """Return None unless the process runs as root; otherwise a user whom a folder can be given to. Raise
    `ReconcileError` if there is none."""
    if uid != 0:
        return None
    import pwd

    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    for name in _NAMES:
        entry = known.get(name)
        if entry is not None and entry.pw_uid != 0:
            account = Account(name=name, uid=entry.pw_uid, gid=entry.pw_gid)
            if _can_be_given_to(account):
                return account
    raise ReconcileError(
        f"PostgreSQL cannot run as root, and the user {' or '.join(_NAMES)} does not exist",
        rule=EMBEDDED_SERVER,
        hint="run the demo as another user than root",
    )


def _can_be_given_to(account: Account) -> bool:
    """Whether a folder can be given to the user. In a container, a user may have a name, but no number that the
    system accepts."""
    with tempfile.TemporaryDirectory(prefix="reconcile-") as folder:
        try:
            os.chown(folder, account.uid, account.gid)
            os.chown(folder, 0, 0)
        except OSError:
            return False
    return True


def temporary_folder(account: Account | None, longest: int) -> str:
    """Create a folder for temporary files that the user of a server can reach, and whose path is short enough."""
    candidates = [tempfile.gettempdir(), "/tmp", "/var/tmp", "/dev/shm"]
    for folder in candidates:
        fits = len(os.fsencode(folder)) <= longest and os.path.isdir(folder) and os.access(folder, os.W_OK)
        if fits and (account is None or account.reaches(Path(folder))):
            return folder
    raise ReconcileError(
        f"the server has no folder for its data: none of {', '.join(candidates)} is suitable",
        rule=EMBEDDED_SERVER,
        hint="set TMPDIR to a folder that every user may search, and whose path is short",
    )
