"""Batches of rows that violate an object together: one query lists them for the whole table, and each batch takes the
next ones from the list.

The list has only places of rows. It is a cursor WITH HOLD: the server stores the list, which holds no snapshot. A row
that another session has changed since then is no longer at its place, and is repaired in another pass.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import NamedTuple

import psycopg

from reconciler.model.limits import milliseconds
from reconciler.model.state import BatchSize
from reconciler.model.statement import Statement
from reconciler.model.step import Batch
from reconciler.postgres.locking import block, string_literal
from reconciler.postgres.own import do
from reconciler.postgres.repairs import (
    FOUND,
    added_in_script,
    changing_lines,
    expression_for,
    last_pass,
    planned_lines,
)
from reconciler.postgres.session import Session, rows, search_path_text, send, set_local

_CURSOR = "reconcile_listing"

_IN_SCRIPT = 500
"""The most rows that a batch of a script changes: it does not measure how long the first one takes."""


# It sorts the same keys as the build of the unique index that follows, and may use as much memory.
_MEMORY = """
    SELECT set_config('work_mem', current_setting('maintenance_work_mem'), true)
     WHERE pg_size_bytes(current_setting('work_mem')) < pg_size_bytes(current_setting('maintenance_work_mem'))"""


class Listed(NamedTuple):
    """The place of a row to repair, and that of the row that stays, as texts of type `tid`."""

    other: str
    kept: str


def open_list(session: Session, listing: Statement, path: Sequence[str], longest: timedelta) -> None:
    """List the rows to repair, in a read-only transaction under the search path of the file, in at most the time
    `longest`. Raises `psycopg.Error`; then there is no list."""
    limits = {"statement_timeout": milliseconds(longest), "search_path": search_path_text(path)}
    connection = session.connection
    connection.execute("BEGIN READ ONLY")
    try:
        connection.execute(_MEMORY)  # before the path of the file, on which others may have functions
        set_local(connection, limits)
        send(connection, f"DECLARE {_CURSOR} SCROLL CURSOR WITH HOLD FOR {listing}")
        connection.execute("COMMIT")  # stores the list
    except BaseException:  # also an interrupt
        with suppress(psycopg.Error):
            connection.execute("ROLLBACK")
        raise


def length_of_list(session: Session) -> int:
    """Return the number of rows of a list that was just opened."""
    length = session.connection.execute(f"MOVE FORWARD ALL IN {_CURSOR}".encode()).rowcount
    session.connection.execute(f"MOVE ABSOLUTE 0 IN {_CURSOR}".encode())
    return length


def next_of_list(session: Session, most: int) -> Sequence[Listed]:
    """Return the next rows of the list, at most that many; none at its end."""
    return [Listed(**row) for row in rows(session.connection, f"FETCH FORWARD {most} FROM {_CURSOR}")]


def close_list(session: Session) -> None:
    """Forget the list."""
    with suppress(psycopg.Error):
        session.connection.execute(f"CLOSE {_CURSOR}")


def of_list(listed_rows: Sequence[Listed]) -> Mapping[str, str]:
    """Return the parameters of the statement that locks these rows."""
    others, kept = ([*dict.fromkeys(places)] for places in zip(*listed_rows, strict=True))
    return {"others": _array(others), "kept": _array(kept)}


def _array(places: Sequence[str]) -> str:
    return string_literal("{" + ",".join(f'"{place}"' for place in places) + "}")


def listing_script_block(batch: Batch, path: Sequence[str], size: BatchSize, archive_check_body: str | None) -> str:
    """Return a block that lists the rows of a table, and commits each batch, until nothing more can be changed.

    It is for a client outside of a transaction. The setting `reconcile.run` has the id of the run.
    """
    assert batch.listing is not None
    most = min(size.rows, _IN_SCRIPT)
    parts = (
        "SELECT pg_catalog.array_agg(n.other)::pg_catalog.text AS others,"
        " pg_catalog.array_agg(DISTINCT n.kept)::pg_catalog.text AS kept"
        " FROM (SELECT l.*, (pg_catalog.row_number() OVER () OPERATOR(pg_catalog.-) 1)"
        f" OPERATOR(pg_catalog./) {most} AS part FROM ({batch.listing}) AS l) AS n GROUP BY n.part ORDER BY n.part"
    )
    find = expression_for(
        batch.find, {"others": "quote_literal(listed.others)", "kept": "quote_literal(listed.kept)"}
    )
    values = {"run": "quote_literal(current_setting('reconcile.run'))", "rows": f"'{size.rows}'"}
    changes = ", ".join(expression_for(one, values) for one in batch.changes)
    numbered = [f"changes[{n}]" for n, _ in enumerate(batch.changes, 1)]
    on_path = f"PERFORM pg_catalog.set_config('search_path', {string_literal(search_path_text(path))}, true);"
    on_own = "PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);"
    lines = [
        "DECLARE listed record; page record; referring record; done record; planned boolean; others bigint;",
        "  fewest bigint; in_vain int := 0;",
        "  changed bigint; referred bigint; more boolean; finding pg_catalog.text; changes pg_catalog.text[];",
        "BEGIN",
        "  LOOP",
        "    changed := 0; referred := 0;",
        f"    {on_path}",
        f"    FOR listed IN EXECUTE {string_literal(parts)} LOOP",
        f"      {on_own}",
        f"      finding := {find};",
        f"      changes := ARRAY[{changes}];",
        "      LOOP",
        "        more := false;",
        *(f"      {line}" for line in planned_lines(batch)),
        f"        {on_path}",
        "        EXECUTE finding INTO page;",
        f"        IF {FOUND} THEN",
        *(f"          {line}" for line in changing_lines(batch, numbered, most=size.rows)),
        "        END IF;",
        f"        {on_own}",
        *([f"        EXECUTE {string_literal(do(archive_check_body))};"] if archive_check_body else []),
        "        COMMIT;",
        "        EXIT WHEN NOT more;",
        "      END LOOP;",
        "    END LOOP;",
        f"    {on_own}",
        added_in_script("rows", "changed"),
        added_in_script("references", "referred"),
        *(f"    {line}" for line in last_pass("changed")),
        "  END LOOP;",
        "END",
    ]
    return block(lines)
