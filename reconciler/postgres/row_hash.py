"""Reads the hashes of the rows of a table and of its definition, by which it is compared with its dump."""

from __future__ import annotations

from dataclasses import dataclass

from reconciler.kinds.base import ddl
from reconciler.kinds.base.row_hash import hash_of_rows, row_of, row_value
from reconciler.kinds.base.table_state import state_of
from reconciler.model.names import TableName
from reconciler.postgres.session import Session, one

_COLUMNS = """
    SELECT coalesce(array_agg(a.attname::text ORDER BY a.attnum) FILTER (WHERE a.attgenerated = ''), '{}') AS stored,
           coalesce(bool_or(a.attgenerated <> ''), false) AS generates
      FROM pg_attribute a WHERE a.attrelid = %(table)s::regclass AND a.attnum > 0 AND NOT a.attisdropped"""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowHashes:
    """The number of rows with their hashes: `whole` with all columns, `stored` with the `columns` that are not
    generated: a dump does not hold the others."""

    whole: str
    stored: str
    columns: tuple[str, ...]

    @property
    def count(self) -> int:
        return int(self.whole.partition(":")[0])


def row_hashes(session: Session, table: TableName) -> RowHashes:
    """Return both hashes, of the same rows. The search path must be `pg_catalog`."""
    place = (ddl.relation(table),)
    columns = one(session.connection, _COLUMNS, {"table": ddl.text_of(ddl.relation(table))})
    queries = [hash_of_rows(place, row_value())]
    if columns["generates"]:
        queries.append(hash_of_rows(place, row_of(columns["stored"])))
    whole, *stored = (str(ddl.statement(*query)) for query in queries)
    asked = ", ".join(
        f"({query}) AS {name}" for query, name in zip((whole, *stored), ("whole", "stored"), strict=False)
    )
    found = one(session.connection, f"SELECT {asked}")
    return RowHashes(
        whole=found["whole"], stored=found.get("stored", found["whole"]), columns=tuple(columns["stored"])
    )


def table_state(session: Session, table: TableName) -> str:
    """Return the hash of the definition of a table and of its sequences. The search path must be `pg_catalog`."""
    query = ddl.statement(*state_of((ddl.relation(table),)))
    return str(one(session.connection, f"SELECT ({query}) AS state")["state"])
