"""Runs `reconcile` in this process without one of the mechanisms for speed: `without.py NAME ARGUMENT…`.

`nothing` disables none of them; the others are compared with it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


class _Forgetful(dict[Any, Any]):
    """A dictionary that stores nothing."""

    def __setitem__(self, key: Any, value: Any) -> None:
        del key, value


def _read_ahead() -> None:
    import reconciler.postgres.read_ahead as module
    from reconciler.postgres.catalog import read_state
    from reconciler.postgres.session import connect

    @contextmanager
    def read_afterwards(url: str | None, named: Any) -> Iterator[Any]:
        del named
        with connect(url) as session:
            yield lambda desired: (session, read_state(session, desired))

    module.read_ahead = read_afterwards


def _outline() -> None:
    import reconciler.spec
    from reconciler.model.state import Named

    reconciler.spec.outline_of = lambda _: Named(tables=frozenset(), dropped=frozenset())


def _threshold_of_collection() -> None:
    import gc

    gc.set_threshold = lambda *_: None  # type: ignore[assignment]


def _known_in_file() -> None:
    from reconciler.kinds.file.fields import Section

    Section.read_one = Section._read_one  # type: ignore[method-assign]


def _made_from_catalog() -> None:
    from reconciler.postgres.catalog import CatalogNames

    made = CatalogNames.__init__

    def forgetful(self: Any, *given: Any, **named: Any) -> None:
        made(self, *given, **named)
        self.made = _Forgetful()

    CatalogNames.__init__ = forgetful  # type: ignore[method-assign]


MECHANISMS: dict[str, Callable[[], None]] = {
    "nothing": lambda: None,
    "read-ahead": _read_ahead,
    "outline": _outline,
    "collection-threshold": _threshold_of_collection,
    "known-in-file": _known_in_file,
    "made-from-catalog": _made_from_catalog,
}


def main() -> int:
    name, *arguments = sys.argv[1:]
    MECHANISMS[name]()
    from reconciler.cli.main import main as reconcile

    return reconcile(arguments)


if __name__ == "__main__":
    sys.exit(main())
