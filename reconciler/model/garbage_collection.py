"""The garbage collector, paused while many lasting objects are created."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collection_paused() -> Iterator[None]:
    """Pause the search for reference cycles within this context: for more than a hundred thousand new objects that
    all stay, the searches cost as much as creating them. Objects without references are freed all the same, unless
    they are part of a cycle."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
