"""A database before and after: the text of `pg_dump`, with all rows."""

from __future__ import annotations

import difflib
import subprocess

from tests.servers import Database, psql_program


def sorted_dump(database: Database) -> str:
    """Return the same text, with the rows of each table sorted: rows that come back have other places."""
    lines, rows = list[str](), list[str]()
    copying = False
    for line in dump(database).split("\n"):
        if copying and line == "\\.":
            lines += sorted(rows)
            rows, copying = [], False
        (rows if copying else lines).append(line)
        copying = copying or (line.startswith("COPY ") and line.endswith("FROM stdin;"))
    return "\n".join(lines)


def dump(database: Database) -> str:
    """Return the text of `pg_dump`, without the journal, the empty archive and random tokens."""
    command = [
        psql_program().with_name("pg_dump"),
        "-N",
        "reconcile_archive",
        "-T",
        "*.migration_log",
        "-d",
        database.url,
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    lines = [line for line in done.stdout.splitlines() if not line.startswith(("\\restrict", "\\unrestrict"))]
    function = next((n for n, line in enumerate(lines) if line.startswith("-- Name: log_migration_step(")), None)
    if function is not None:  # and the comments of the journal
        end = next(n for n in range(function + 1, len(lines)) if lines[n].startswith("-- Name: "))
        del lines[function - 1 : end - 1]
    return "\n".join(lines)


def difference(before: str, after: str) -> list[str]:
    """Return the lines that differ, as `diff -u` prints them."""
    return list(difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=3))
