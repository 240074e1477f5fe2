"""The transaction of a batch, as a block that the server receives as a whole.

It first moves all rows of the batch with one statement. If one of them does not fit, it moves them one by one, each in
a subtransaction.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reconciler.kinds.base import ddl
from reconciler.model.names import TableName
from reconciler.postgres.locking import block, string_literal
from reconciler.postgres.repairs import OTHER_ROWS, OTHER_TABLE, OTHER_VALUES, ROWS_LOST, other_rows
from reconciler.postgres.session import search_path_text
from reconciler.restoring.home import HomeTable
from reconciler.restoring.quarantined import QuarantinedRows
from reconciler.restoring.statements import rows_there

FOREIGN_KEY_VIOLATION = "23503"

# Any other error ends the run: it says nothing about the row.
_DOES_NOT_FIT = (
    "data_exception OR integrity_constraint_violation OR with_check_option_violation OR raise_exception OR "
    f"triggered_action_exception OR SQLSTATE '{ROWS_LOST}' OR SQLSTATE '{OTHER_ROWS}' OR SQLSTATE '{OTHER_VALUES}'"
)


def batch_text(
    quarantined: QuarantinedRows, home: HomeTable, *, find: str, move: str, path: Sequence[str], keys: bool
) -> str:
    """Return the block. Its result is a JSON object in the setting `reconcile.restored`: the number of rows that were
    `moved`, and `misfits` with SQLSTATE, constraint, column, and, if `keys`, the row's primary key."""
    changes = other_rows(home.name) if quarantined.written else None
    there = rows_there(home) if home.triggers else None
    lines = [
        "DECLARE known text; places tid[]; place tid; done record; moved bigint := 0; misfits jsonb[] := '{}';",
        "  others bigint; there bigint; failed text; broken text; wrong text; identity text;",
        "BEGIN",
        f"  LOCK TABLE ONLY {_name(quarantined.table)} IN ROW EXCLUSIVE MODE;",
        f"  LOCK TABLE {'' if home.partitioned else 'ONLY '}{_name(home.name)} IN ROW EXCLUSIVE MODE;",
        f"  EXECUTE {string_literal(home.query)} INTO known;",
        f"  IF known IS DISTINCT FROM {string_literal(home.facts)} THEN",
        f"    RAISE EXCEPTION USING ERRCODE = '{OTHER_TABLE}', MESSAGE = 'a table has changed';",
        "  END IF;",
        "  SET CONSTRAINTS ALL IMMEDIATE;",
        f"  EXECUTE {string_literal(find)} INTO places;",
        "  BEGIN",
        *_moving(move, path, "places", changes, there),
        "    moved := done.put;",
        f"  EXCEPTION WHEN {_DOES_NOT_FIT} THEN",
        "    FOREACH place IN ARRAY places LOOP",
        "      BEGIN",
        *_moving(move, path, "ARRAY[place]", changes, there),
        "        moved := moved + 1;",
        f"      EXCEPTION WHEN {_DOES_NOT_FIT} THEN",
        "        GET STACKED DIAGNOSTICS failed = RETURNED_SQLSTATE, broken = CONSTRAINT_NAME, wrong = COLUMN_NAME;",
        *_key(quarantined, wanted=keys),
        "        misfits := array_append(misfits, jsonb_build_object(",
        "          'sqlstate', failed, 'constraint', broken, 'column', wrong, 'key', identity));",
        "      END;",
        "    END LOOP;",
        "  END;",
        "  PERFORM set_config('reconcile.restored',",
        "    jsonb_build_object('moved', moved, 'misfits', misfits)::text, true);",
        "END",
    ]
    return block(lines)


def _moving(move: str, path: Sequence[str], places: str, changes: str | None, there: str | None) -> Iterator[str]:
    """Yield the lines that move the rows at these places, with names looked up in the path. An error resets it.

    `changes` is the expression for the number of other rows that changed; None if none can change. `there` is the query
    for the number of moved rows that are where they were put; None if no trigger can change them afterwards.
    """
    if changes:
        yield f"    others := {changes};"
    yield f"    PERFORM set_config('search_path', {string_literal(search_path_text(path))}, true);"
    yield f"    EXECUTE {string_literal(move)} INTO done USING {places};"
    yield "    PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);"
    yield f"    IF done.taken <> cardinality({places}) OR done.put <> done.taken THEN"
    yield f"      RAISE EXCEPTION USING ERRCODE = '{ROWS_LOST}', MESSAGE = 'a row did not reach its table';"
    yield "    END IF;"
    if there:
        yield f"    EXECUTE {string_literal(there)} INTO there USING done.homes, done.places;"
        yield "    IF done.changed IS NOT NULL OR there <> done.put THEN"
        yield f"      RAISE EXCEPTION USING ERRCODE = '{OTHER_VALUES}', COLUMN = coalesce(done.changed, ''),"
        yield "        MESSAGE = 'a trigger has changed a row that went back';"
        yield "    END IF;"
    if changes:
        yield f"    IF others <> {changes} THEN"
        yield f"      RAISE EXCEPTION USING ERRCODE = '{OTHER_ROWS}', MESSAGE = 'other rows would change';"
        yield "    END IF;"


def _key(quarantined: QuarantinedRows, *, wanted: bool) -> Iterator[str]:
    """Yield the line that reads the primary key of a row that does not fit."""
    if wanted:
        column = ddl.text_of(ddl.name(quarantined.own["reconcile_key"]))
        table = _name(quarantined.table)
        yield f"        SELECT q.{column}::text INTO identity FROM ONLY {table} AS q WHERE q.ctid = place;"


def _name(table: TableName) -> str:
    return ddl.text_of(ddl.relation(table))
