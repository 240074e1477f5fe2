"""Reads files of a branch from a clone, as git stores them.

The pull request's author controls the working tree, and the names of its branches and tags, but not what the clone's
`refs/remotes/origin/` holds of the target branch. So git is asked for the branch by its full name, for the entry of
a path in its tree, and for the bytes of that entry: no filter, hook, attribute or replacement takes part. git's own
configuration is not ignored, since `safe.directory` is part of it.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from typing import Final

from reconciler.checkout.pull_request import TargetBranch, host_of
from reconciler.model.controls import shown
from reconciler.model.errors import ReconcileError
from reconciler.model.rules.platform import TARGET_BRANCH

MAX_BYTES: Final = 1024 * 1024
"""The largest policy or configuration file."""

_TIMEOUT_S: Final = 30
_ENTRY = re.compile(rb"(\d{6}) (\w+) ([0-9a-f]{40,64})\t([^\0]*)\0")
_REGULAR: Final = (b"100644", b"100755")
_KEPT: Final = re.compile(r"GIT_CONFIG(_.*)?")
_SETTINGS: Final = {
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}


def outermost_repository(path: str) -> str | None:
    """Return the topmost folder above `path` that has a `.git`: within a checkout, a submodule has its own.

    A pull request cannot add a `.git`, while it can add a folder that git takes for a bare repository.
    """
    found, current = None, os.path.abspath(path)
    while True:
        if os.path.lexists(os.path.join(current, ".git")):
            found = current
        above = os.path.dirname(current)
        if above == current:
            return found
        current = above


def read_file(repository: str, branch: TargetBranch, path: str) -> tuple[bytes, bool]:
    """Return the bytes of a file of the target branch, and whether the checked-out commit has another file there.

    `path` is relative to the repository. Raise `ReconcileError` if the branch or the file cannot be read.
    """
    if branch.name is None:
        message = (
            "the job runs for a pull request, and its CI system does not say which branch the pull request targets"
        )
        raise _failed(message, "give the branch with --target-branch")
    _check_origin(repository, branch)
    commit = _commit(repository, branch)
    kind, blob = _entry(repository, commit, path)
    if kind is None:
        raise _failed(f"the target branch `{branch.name}` has no file {path}", "merge the file into it first")
    if kind not in _REGULAR:
        raise _failed(f"{path} is not a regular file in the target branch `{branch.name}`", "store the file itself")
    size = _git(repository, "cat-file", "-s", blob)
    if int(size) > MAX_BYTES:
        raise _failed(f"{path} is larger than 1 MB in the target branch", "make it smaller")
    return _git(repository, "cat-file", "blob", blob), _entry(repository, "HEAD", path) != (kind, blob)


def _check_origin(repository: str, branch: TargetBranch) -> None:
    if branch.repository is None:
        return
    url = _git(repository, "config", "--get", "remote.origin.url").decode(errors="replace").strip()
    if not branch.is_cloned_from(url):
        if branch.server and branch.has_path_of(url) and (host := host_of(url)):
            address = shlex.quote(f"{branch.server.rstrip('/')}/{branch.repository}.git")
            raise _failed(
                f"the remote `origin` of this clone is at {shown(host)}, and {branch.repository}, which the pull "
                f"request is for, is at {branch.server}",
                "if both are the same server, as with the `clone_url` of a GitLab runner, name it by the second "
                f"address after the last fetch: git remote set-url origin {address}",
            )
        at = f" at {branch.server}" if branch.server else ""
        message = f"the remote `origin` of this clone is not {branch.repository}{at}, which the pull request is for"
        raise _failed(message, "clone the repository of the target branch, and fetch the pull request into it")


def _commit(repository: str, branch: TargetBranch) -> str:
    done = _run(repository, "show-ref", "--verify", "--hash", "--", branch.ref)
    if done.returncode == 0:
        return done.stdout.decode().strip()
    fetch = shlex.quote(f"+refs/heads/{branch.name}:{branch.ref}")
    raise _failed(
        f"the clone does not have the target branch `{branch.name}` ({branch.ref})",
        f"fetch it first: git fetch origin {fetch}; with actions/checkout, `fetch-depth: 0`; with GitLab, the same "
        "fetch in `before_script`",
    )


def _entry(repository: str, commit: str, path: str) -> tuple[bytes | None, str]:
    """The mode and the id of what the tree of a commit has at a path; a link on the way leads nowhere."""
    found = _ENTRY.match(_git(repository, "ls-tree", "-z", "--full-tree", commit, "--", path))
    # For the path of the repository itself, git lists what is in it.
    return (found[1], found[3].decode()) if found and found[4] == os.fsencode(path) else (None, "")


def _git(repository: str, *arguments: str) -> bytes:
    done = _run(repository, *arguments)
    if done.returncode != 0:
        raise _failed(f"git {arguments[0]} failed with exit code {done.returncode}", None)
    return done.stdout


def _run(repository: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run git, whatever its exit code is. Raise `ReconcileError` if it cannot run, or does not read this clone."""
    environ = {name: value for name, value in os.environ.items() if name[:4] != "GIT_" or _KEPT.fullmatch(name)}
    command = ["git", "-c", "safe.bareRepository=explicit", "-C", repository, *arguments]
    try:
        done = subprocess.run(
            command, env=environ | _SETTINGS, capture_output=True, stdin=subprocess.DEVNULL, timeout=_TIMEOUT_S
        )
    except FileNotFoundError:
        raise _failed("git is not installed", "install git") from None
    except (OSError, ValueError, subprocess.TimeoutExpired):
        raise _failed(f"git {arguments[0]} could not be run", None) from None
    if b"dubious ownership" in done.stderr:
        message = "git does not read this clone, since another user owns it (dubious ownership)"
        raise _failed(message, f"git config --global --add safe.directory {shlex.quote(repository)}")
    return done


def _failed(message: str, hint: str | None) -> ReconcileError:
    return ReconcileError(message, rule=TARGET_BRANCH, hint=hint or TARGET_BRANCH.remedy)
