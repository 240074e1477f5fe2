"""Why rows do not fit their table, in words that contain no value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reconciler.kinds.base import ddl
from reconciler.model.names import TableName, display
from reconciler.model.private import Private
from reconciler.postgres.repairs import OTHER_ROWS, OTHER_VALUES, ROWS_LOST
from reconciler.postgres.server_error import own_words
from reconciler.postgres.session import Session, rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Misfit:
    """Rows that stay in the quarantine, for one reason. `keys` are the primary keys of some of them, as JSON.
    `may_fit_later`: they refer to a missing row, which may be in the quarantine as well."""

    reason: str
    count: int
    keys: Private
    may_fit_later: bool = False


_NAMES = """
    WITH tree AS (
        SELECT {table}::regclass::oid AS oid UNION SELECT relid::oid FROM pg_partition_tree({table}::regclass))
    SELECT c.conname::text AS name FROM pg_constraint c JOIN tree ON tree.oid = c.conrelid
     UNION
    SELECT i.relname::text FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN tree ON tree.oid = x.indrelid
     UNION
    SELECT a.attname::text FROM pg_attribute a JOIN tree ON tree.oid = a.attrelid"""


def known_names(session: Session, table: TableName) -> frozenset[str]:
    """Return the names of the constraints, indexes and columns of a table and its partitions.

    The server names them in its errors. A function can put any text there, also a value of a row.
    """
    query = ddl.compose(_NAMES, table=ddl.literal(ddl.text_of(ddl.relation(table))))
    return frozenset(row["name"] for row in rows(session.connection, ddl.text_of(query)))


def reason_of(found: Mapping[str, str | None], names: frozenset[str], *, changed: bool) -> str:
    """Return why a row does not fit. `changed`: the row stayed in its table, and was to get its old values."""
    sqlstate, constraint, column = found["sqlstate"] or "", found["constraint"], found["column"] or ""
    if sqlstate == ROWS_LOST:
        return (
            "the row no longer exists, no longer has the values that the repair wrote, or would get a rounded value"
            if changed
            else "the table would round or cut a value, or a trigger keeps rows out"
        )
    if sqlstate == OTHER_ROWS:
        return "rows of other tables refer to the row, and would be changed"
    if sqlstate == OTHER_VALUES:
        what = f"changes the value of {display(column)}" if column in names else "changes or deletes the row"
        return f"a trigger {what}: disable it while the row is restored"
    place = next((f": {display(one)}" for one in (constraint, column) if one and one in names), "")
    return f"{own_words(sqlstate)}{place} (SQLSTATE {sqlstate})"
