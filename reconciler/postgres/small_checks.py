"""Runs the data checks of small tables together, in one transaction, and keeps the results of those that passed.

Most checks of a plan read small tables and find nothing. One by one, each needs a transaction and several round trips.
If anything else happens (a row is found, a query fails or waits, a function must not be called), the check has no
result here, and the caller runs it on its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import psycopg

from reconciler.model.facts.data import DataCheck
from reconciler.model.guard import Finding, GuardResult
from reconciler.model.limits import milliseconds
from reconciler.postgres.gatekeeper import Gatekeeper
from reconciler.postgres.node_tree import mentions_of
from reconciler.postgres.session import (
    Session,
    ask,
    pipelined,
    rolled_back,
    rows,
    search_path_text,
    send,
    set_local,
)

_LARGEST = 8 * 1024 * 1024
"""The largest size in bytes of a table that is small."""

_AT_ONCE = 100
"""How many checks share a transaction: each locks a view and its tables until the end."""

_BUDGET = timedelta(seconds=1)

# The transaction locks several tables, so it stops waiting for a lock before the server looks for deadlocks.
_PATIENCE = "100ms"

_VIEWS = """
    SELECT c.oid::int8 AS oid, c.relname::text AS name, r.ev_action::text AS tree
      FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class
     WHERE c.relnamespace = pg_my_temp_schema() AND starts_with(c.relname::text, 'reconcile_count_')"""


def passed_together(session: Session, keeper: Gatekeeper, checks: Mapping[int, DataCheck]) -> dict[int, Finding]:
    """Return the findings of those checks (by number) that read small tables and find nothing."""
    small = [number for number, one in checks.items() if _is_small(keeper, one)]
    found: dict[int, Finding] = {}
    for start in range(0, len(small) if len(small) > 1 else 0, _AT_ONCE):
        some = {number: checks[number] for number in small[start : start + _AT_ONCE]}
        try:
            with rolled_back(session.connection):
                found |= _passed(session, keeper, some)
        except psycopg.Error:
            if session.connection.closed:
                raise
    return found


def _is_small(keeper: Gatekeeper, one: DataCheck) -> bool:
    """Whether the check reads ordinary tables whose size is known and small."""
    known = keeper.live.tables if keeper.live is not None else {}
    tables = [known.get(name) for name in one.tables]
    return all(
        table is not None
        and table.relkind == "r"
        and not table.is_inherited
        and table.rows >= 0
        and table.bytes <= _LARGEST
        for table in tables
    )


def _passed(session: Session, keeper: Gatekeeper, checks: Mapping[int, DataCheck]) -> dict[int, Finding]:
    views = _created(session, keeper, checks)
    keeper.caller.calls_of(session, [tree for _, tree in views.values()])  # looks all functions up at once
    found: dict[int, Finding] = {}
    for number, one in checks.items():
        oid, tree = views[number]
        calls = keeper.caller.calls_of(session, [tree])
        forbidden = calls.forbidden(listed_only=keeper.listed_only(one.key.table_name, one.code))
        relations = mentions_of([tree]).relations - {oid}
        if not forbidden and keeper.caller.trusts(session, relations):
            finding = one.not_run("")
            found[number] = replace(finding, volatile=calls.volatile(), result=GuardResult.PASSED, count=0)
    if not found:
        return {}
    set_local(session.connection, {"transaction_read_only": "on"})
    counts = " UNION ALL ".join(
        f"SELECT {number}, c.* FROM pg_temp.reconcile_count_{number} AS c" for number in found
    )
    return {number: found[number] for number, count in ask(session.connection, counts)() if not count}


def _created(
    session: Session, keeper: Gatekeeper, checks: Mapping[int, DataCheck]
) -> Mapping[int, tuple[int, str]]:
    """Create a view of each check's query; return its oid and stored tree."""
    connection, path = session.connection, search_path_text(["pg_catalog"])
    limit = milliseconds(max(min(keeper.budget, _BUDGET), timedelta(milliseconds=1)))
    settings = {"statement_timeout": limit, "lock_timeout": _PATIENCE, "search_path": path}
    with pipelined(connection):
        set_local(connection, {**settings, "constraint_exclusion": "off"})
        for number, one in checks.items():
            send(connection, f"CREATE TEMPORARY VIEW reconcile_count_{number} AS {one.guard.count}")
    found = {row["name"]: (row["oid"], row["tree"]) for row in rows(connection, _VIEWS)}
    return {number: found[f"reconcile_count_{number}"] for number in checks}
