"""The parts that the catalog queries of all index-backed objects share.

`pg_get_indexdef(oid, n, …)` omits opclass, collation, order and nulls, so they are read separately. Source:
https://www.postgresql.org/docs/current/catalog-pg-index.html
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from reconciler.kinds.base.catalog import NameLookup, Row
from reconciler.kinds.base.constraint_catalog import FROM
from reconciler.kinds.base.expressions import unwrapped
from reconciler.kinds.index_backed.elements import IndexElement, ObjectName, plain_column
from reconciler.model.definition import Parameters
from reconciler.model.index_facts import IndexStatus
from reconciler.model.state import Column

# Bits of pg_index.indoption: catalog/pg_index.h
_DESCENDING = 1
_NULLS_FIRST = 2

# A fixed oid: catalog/pg_collation.dat
_DEFAULT_COLLATION = 100


# At most one index of a table has each of these.
MARKS = """x.indisclustered, x.indisreplident AND t.relreplident = 'i' AS replica_identity"""

# An index of a partitioned table is valid once it is attached everywhere. Foreign tables cannot have indexes, but
# PostgreSQL waits for theirs all the same.
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
    """Return the status, from a row with `INDEX_IDENTITY`, and `builder` if a running build must be distinguished
    from a dead one."""
    if row.indisvalid and row.indisready:
        return IndexStatus.VALID
    if row.index_relkind == "I":
        return IndexStatus.INCOMPLETE
    return IndexStatus.BUILDING if getattr(row, "builder", None) else IndexStatus.INVALID


def read_storage_parameters(reloptions: str | None) -> tuple[tuple[str, str], ...]:
    """Return `pg_class.reloptions`, from the text of `RELOPTIONS`, as (name, value) pairs."""
    return parameter_pairs(json.loads(reloptions)) if reloptions else ()


def parameter_pairs(options: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return each `name=value` as a pair."""
    pairs = (option.partition("=") for option in options)
    return Parameters((name, value) for name, _, value in pairs)


def read_elements(row: Row, columns: Sequence[Column | None], names: NameLookup) -> Iterator[IndexElement]:
    """Return the keys of an index, from a row with `ELEMENT_COLUMNS` and the columns of its `indkey`."""
    classes, collations, options = (
        [int(number) for number in text.split()] for text in (row.indclass, row.indcollation, row.indoption)
    )
    expressions, types = json.loads(row.expressions) if row.expressions else ((), ())
    params = json.loads(row.opclass_params) if row.opclass_params else {}
    for position, column in enumerate(columns[: row.indnkeyatts]):
        option = options[position]
        descending = bool(option & _DESCENDING)
        nulls_first = bool(option & _NULLS_FIRST)
        parameters = params.get(str(position + 1))
        type_oid = column.type_oid if column else types[position]
        opclass = None
        if parameters is not None or not _is_default(
            classes[position], type_oid, names, of_column=column is not None
        ):
            found = names.opclass(classes[position])
            opclass = ObjectName(schema=found.schema, name=found.name, unambiguous=found.unambiguous)
        collation = _collation(collations[position], column, names)
        if column and opclass is None and collation is None and not option:
            yield plain_column(column.name)
            continue
        yield IndexElement(
            column=column.name if column else None,
            expression=None if column else unwrapped(expressions[position]),
            opclass=opclass,
            opclass_params=parameter_pairs(parameters or ()),
            collation=collation,
            descending=descending,
            nulls_first=None if nulls_first == descending else nulls_first,
        )


def _is_default(opclass: int, type_oid: int, names: NameLookup, *, of_column: bool) -> bool:
    """Whether the operator class is the default. The stored type of an index expression may differ from the type of
    the expression, which the catalog does not give then."""
    found = names.opclass(opclass)
    if found.key_type and not of_column:
        return found.default
    return names.is_default_opclass(opclass, type_oid)


def _collation(oid: int, column: Column | None, names: NameLookup) -> ObjectName | None:
    """Return the collation; None for the column's own, or, for an expression, the database's."""
    if oid == 0 or oid == (column.collation_oid if column else _DEFAULT_COLLATION):
        return None
    schema, name, unambiguous = names.collation(oid)
    return ObjectName(schema=schema, name=name, unambiguous=unambiguous)


def read_include(row: Row, columns: Sequence[Column | None]) -> tuple[str, ...]:
    """Return the columns that an index stores in addition to its keys."""
    return tuple(column.name for column in columns[row.indnkeyatts :] if column)


def read_statistics(row: Row) -> tuple[tuple[int, int], ...]:
    """Return the statistics targets of an index's expressions, from a row with `STATISTICS`."""
    targets = json.loads(row.statistics) if row.statistics else {}
    return tuple(sorted((int(number), target) for number, target in targets.items()))


# The columns that `read_elements` reads, of the index `x`, and the predicate. Few indexes have operator class
# parameters, so these are found once for all.
ELEMENT_COLUMNS = """x.indnkeyatts, x.indkey::text, x.indclass::text, x.indcollation::text, x.indoption::text,
           CASE WHEN x.indexprs IS NOT NULL
                THEN (SELECT json_build_array(
                                 json_agg(CASE WHEN k.attnum = 0
                                               THEN pg_get_indexdef(x.indexrelid, k.n::int, false) END ORDER BY k.n),
                                 json_agg(e.atttypid::int8 ORDER BY k.n))::text
                        FROM unnest(x.indkey::int2[]) WITH ORDINALITY AS k(attnum, n)
                        JOIN pg_attribute e ON e.attrelid = x.indexrelid AND e.attnum = k.n) END AS expressions,
           CASE WHEN x.indexrelid = ANY (ARRAY(SELECT a.attrelid FROM pg_attribute a
                                                 JOIN pg_index y ON y.indexrelid = a.attrelid
                                                WHERE y.indrelid = ANY (%(tables)s) AND a.attoptions IS NOT NULL))
                THEN (SELECT jsonb_object_agg(a.attnum, to_jsonb(a.attoptions))::text FROM pg_attribute a
                       WHERE a.attrelid = x.indexrelid AND a.attoptions IS NOT NULL) END AS opclass_params,
           CASE WHEN x.indpred IS NOT NULL THEN pg_get_expr(x.indpred, x.indrelid) END AS predicate"""

STATISTICS = """CASE WHEN x.indexprs IS NOT NULL
                THEN (SELECT jsonb_object_agg(a.attnum, a.attstattarget)::text FROM pg_attribute a
                       WHERE a.attrelid = x.indexrelid AND a.attstattarget >= 0) END AS statistics"""
