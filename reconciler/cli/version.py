"""What `--version` prints: everything that a report of a bug has to say."""

from __future__ import annotations

import platform

from reconciler import __version__
from reconciler.model.features import NEWEST, OLDEST


def version_text() -> str:
    """The versions of the tool and of what it runs on, and the servers that it supports."""
    python = platform.python_version()
    return f"reconcile {__version__}\nPython {python}, {_driver()}\nPostgreSQL {OLDEST} to {NEWEST}\n"


def _driver() -> str:
    try:
        import psycopg
    except ImportError as error:  # libpq is missing, or is one that the driver cannot use
        return f"psycopg cannot be loaded: {error}"
    libpq = psycopg.pq.version_pretty(psycopg.pq.version())
    return f"psycopg {psycopg.__version__} ({psycopg.pq.__impl__}), libpq {libpq}"
