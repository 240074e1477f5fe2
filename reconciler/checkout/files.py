"""Reads the policy and configuration files: on a pull request those of the target branch, else those on the disk."""

from __future__ import annotations

import os
from dataclasses import dataclass

from reconciler.checkout.git import MAX_BYTES, outermost_repository, read_file
from reconciler.checkout.pull_request import TargetBranch
from reconciler.model.errors import InvalidFile, Problem, ReconcileError
from reconciler.model.names import Place
from reconciler.model.rules.files import FILE_TOO_LARGE, MISSING_FILE, NOT_FOLLOWED, UNREADABLE_FILE
from reconciler.model.rules.platform import TARGET_BRANCH
from reconciler.model.rules.rule import Rule
from reconciler.spec.opening import NotPlain, TooLarge, read_plain


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformFile:
    """A file of the platform team. `changed`: the pull request has another file there, which has no effect."""

    name: str
    data: bytes
    changed: bool = False

    @property
    def changes(self) -> tuple[Place, ...]:
        return (Place(file=self.name, line=1, column=1),) if self.changed else ()


def read_platform_file(path: str, branch: TargetBranch | None) -> PlatformFile:
    """Read a file. With a target branch, a path inside the checkout means the file of that branch.

    Raise `InvalidFile` if there is no such file on the disk, and `ReconcileError` if the branch cannot be read.
    """
    if branch is None:
        return PlatformFile(name=path, data=_on_disk(path, path))
    repository = _checkout_of(path)
    if repository is None:
        # The path that was judged: the kernel would follow a link before it takes `..`.
        return PlatformFile(name=path, data=_on_disk(path, os.path.abspath(path)))
    inside = os.path.relpath(os.path.abspath(path), repository)
    data, changed = read_file(repository, branch, inside)
    return PlatformFile(name=path, data=data, changed=changed)


def _checkout_of(path: str) -> str | None:
    """The pull request's checkout, if the path leads into it; None for a path outside.

    Links count as the folders that they are, as the pull request may have made them. Raise `ReconcileError` if the
    checkout has no repository to read from.
    """
    whole, here = os.path.abspath(path), os.path.abspath(os.curdir)
    of_file, of_here = outermost_repository(os.path.dirname(whole)), outermost_repository(here)
    of_target = outermost_repository(os.path.realpath(os.path.dirname(whole)))
    if _is_same(of_target, of_here) and not _is_same(of_file, of_here):
        raise ReconcileError(
            f"{path} leads into the checkout of the pull request through a symbolic link",
            rule=TARGET_BRANCH,
            hint="name the file in the checkout itself, or one outside of it",
        )
    if of_file is None:
        if _is_below(whole, here):
            raise ReconcileError(
                f"{path} is in the working folder, which is not in a git repository: its target branch is not known",
                rule=TARGET_BRANCH,
                hint="run this in a clone of the repository, or give a file outside of the working folder",
            )
        return None
    return of_file if of_here is None or _is_same(of_file, of_here) else None


def _is_same(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and os.path.samefile(one, other)


def _is_below(path: str, folder: str) -> bool:
    """Whether one of the folders above `path` is `folder`, under whatever name."""
    above = os.path.dirname(path)
    while True:
        if os.path.exists(above) and os.path.samefile(above, folder):
            return True
        if os.path.dirname(above) == above:
            return False
        above = os.path.dirname(above)


def _on_disk(path: str, opened: str) -> bytes:
    try:
        return read_plain(opened, limit=MAX_BYTES)
    except NotPlain as error:
        raise _invalid(path, NOT_FOLLOWED, f"this is {error.what}; the file itself is needed") from None
    except TooLarge:
        raise _invalid(path, FILE_TOO_LARGE, "the file is larger than 1 MB") from None
    except FileNotFoundError:
        missing = Problem(place=None, rule=MISSING_FILE, message=f"there is no file {path}")
        raise InvalidFile([missing]) from None
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise _invalid(path, UNREADABLE_FILE, f"the file cannot be read: {reason}") from None


def _invalid(path: str, rule: Rule, message: str) -> InvalidFile:
    return InvalidFile([Problem(place=Place(file=path, line=1, column=1), rule=rule, message=message)])
