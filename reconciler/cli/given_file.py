"""Reads a file that the command line names, other than the YAML files."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from reconciler.model.errors import UsageError


class Unusable(Protocol):
    """Returns the error for a file that cannot be used, and why; `hint` replaces the usual hint."""

    def __call__(self, why: str, hint: str = ..., /) -> UsageError: ...


def read_given(path: Path, unusable: Unusable, *, follow: bool) -> bytes:
    """Return the bytes of a file. Raise what `unusable` returns if it cannot be read."""
    from reconciler.spec.files import FOLLOW_HINT
    from reconciler.spec.opening import NotPlain, TooLarge, read_followed, read_plain

    try:
        return read_followed(str(path)) if follow else read_plain(str(path))
    except NotPlain as error:
        raise unusable(f"{path} is {error.what}", FOLLOW_HINT) from None
    except TooLarge:
        raise unusable(f"{path} is too large") from None
    except OSError as error:
        raise unusable(f"{path}: {error.strerror or error}") from None
