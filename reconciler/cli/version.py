"""The text of `--version`, with everything that a bug report needs."""

from __future__ import annotations

import platform

from reconciler import __version__
from reconciler.model.features import NEWEST, OLDEST


def version_text() -> str:
    """Return the versions of the tool, Python and its driver, and the supported servers."""
    python = platform.python_version()
    return f"reconcile {__version__}\nPython {python}, {_driver()}\nPostgreSQL {OLDEST} to {NEWEST}\n"


def _driver() -> str:
    try:
        import psycopg
    except ImportError as error:  # libpq is missing, or the driver cannot use it
        return f"psycopg cannot be loaded: {error}"
    libpq = psycopg.pq.version_pretty(psycopg.pq.version())
    return f"psycopg {psycopg.__version__} ({psycopg.pq.__impl__}), libpq {libpq}"
