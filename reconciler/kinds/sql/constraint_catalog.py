"""What the catalog queries of all constraints share.

Names of columns are looked up by number afterwards: doing so in SQL costs more than all the rest of such a query.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from reconciler.kinds.kind import Row, Variant
from reconciler.model.definition import IndexStatus, Parameters

IDENTITY = "n.nspname::text, t.relname::text, c.conrelid::int8, c.conname::text, c.conkey::text"
COMMENT = "d.description AS comment"
COLUMNS = f"{IDENTITY}, {COMMENT}"

FROM = """FROM pg_constraint c
      JOIN pg_class t ON t.oid = c.conrelid
      JOIN pg_namespace n ON n.oid = t.relnamespace
      LEFT JOIN pg_description d ON d.objoid = c.oid AND d.classoid = 'pg_constraint'::regclass AND d.objsubid = 0"""

ENFORCED = Variant(feature="not_enforced", if_present="c.conenforced", otherwise="true")
PERIOD = Variant(feature="temporal_keys", if_present="c.conperiod", otherwise="false")

# At most one index of a table has each of these.
MARKS = """x.indisclustered, x.indisreplident AND t.relreplident = 'i' AS replica_identity"""

# A partition has a constraint or index from its parent, and so has an inheritance child what it does not define itself.
# A partition that gets a primary key counts as the definer of its not-nulls, which it cannot lose all the same.
ATTACHED = "c.conparentid <> 0 AS inherited"
MERGED = "c.coninhcount > 0 AND (t.relispartition OR NOT c.conislocal) AS inherited"

# An index of a partitioned table is valid once it is attached everywhere. Foreign tables have none, and PostgreSQL
# waits for theirs all the same.
_FULLY_ATTACHED = """(
    EXISTS (SELECT FROM pg_inherits h JOIN pg_class f ON f.oid = h.inhrelid
             WHERE h.inhparent = x.indrelid AND f.relkind = 'f')
    AND NOT EXISTS (
        SELECT FROM pg_inherits h JOIN pg_class p ON p.oid = h.inhrelid
         WHERE h.inhparent = x.indrelid AND p.relkind <> 'f'
           AND NOT EXISTS (SELECT FROM pg_inherits a JOIN pg_index y ON y.indexrelid = a.inhrelid
                            WHERE a.inhparent = x.indexrelid AND y.indrelid = p.oid AND y.indisvalid)))"""
INDEX_IDENTITY = f"""x.indexrelid::int8, i.relkind::text AS index_relkind, x.indisready,
    CASE WHEN x.indisvalid OR i.relkind <> 'I' THEN x.indisvalid ELSE {_FULLY_ATTACHED} END AS indisvalid"""

RELOPTIONS = "to_json(i.reloptions)::text AS reloptions"

INDEX_COLUMNS = f"""{INDEX_IDENTITY}, x.indkey::text, x.indnkeyatts, {RELOPTIONS}, s.spcname::text, {MARKS}"""

# The index of a primary key or unique constraint.
INDEX_FROM = (
    FROM
    + """
      JOIN pg_index x ON x.indexrelid = c.conindid
      JOIN pg_class i ON i.oid = c.conindid
      LEFT JOIN pg_tablespace s ON s.oid = i.reltablespace"""
)


def index_status(row: Row) -> IndexStatus:
    """From a row with `INDEX_IDENTITY`, and `builder` where a build that is running is to be told from a dead one."""
    if row.indisvalid and row.indisready:
        return IndexStatus.VALID
    if row.index_relkind == "I":
        return IndexStatus.INCOMPLETE
    return IndexStatus.BUILDING if getattr(row, "builder", None) else IndexStatus.INVALID


def storage_parameters(reloptions: str | None) -> tuple[tuple[str, str], ...]:
    """`pg_class.reloptions`, from the text of `RELOPTIONS`, as (name, value) pairs."""
    return parameter_pairs(json.loads(reloptions)) if reloptions else ()


def parameter_pairs(options: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Each `name=value` as a pair."""
    pairs = (option.partition("=") for option in options)
    return Parameters((name, value) for name, _, value in pairs)
