"""Runs data checks: read-only, each within a time budget, and only if the functions that they call may be
called."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta

import psycopg

from reconciler.model.errors import ReconcileError
from reconciler.model.facts.data import DataCheck
from reconciler.model.features import has
from reconciler.model.guard import Ages, Finding, GuardResult
from reconciler.model.limits import milliseconds
from reconciler.model.listening import DataChecks, unheard
from reconciler.model.names import TableName
from reconciler.model.options import Options
from reconciler.model.private import Private
from reconciler.model.server_error import ServerError
from reconciler.postgres.failing_row import failing_row, rows_query
from reconciler.postgres.gatekeeper import Gatekeeper, gatekeeper
from reconciler.postgres.node_tree import mentions_of, takes_whole_row
from reconciler.postgres.own_scans import OwnScans
from reconciler.postgres.row_security import hidden_rows
from reconciler.postgres.search_path import SAFE_PATH
from reconciler.postgres.server_error import server_error
from reconciler.postgres.session import (
    Session,
    pipelined,
    rolled_back,
    rows,
    search_path_text,
    send,
    set_local,
)
from reconciler.postgres.small_checks import passed_together
from reconciler.postgres.trial import trial_timeout

_LONGEST = 500
"""The number of characters of a sample that are shown."""

_CANCELLED, _LOCKED, _NO_RIGHT, _NOT_READY = "57014", "55P03", "42501", "55000"

_PATIENCE = "100ms"
"""How long a query of other roles' relations waits for a lock after these were read."""


_UNPOPULATED = """
    SELECT 1 AS found FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = %(schema)s AND c.relname = %(name)s AND NOT c.relispopulated"""

_VIEWS = """
    SELECT c.oid::int8 AS oid, CASE r.rulename WHEN '_RETURN' THEN c.relname ELSE r.rulename END::text AS name,
           r.ev_action::text AS tree
      FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class
     WHERE c.relnamespace = pg_my_temp_schema()
       AND c.relname IN ('reconcile_count', 'reconcile_ages', 'reconcile_sample', 'reconcile_rows',
                         'reconcile_column')"""

# The server converts what is inserted into a column as it does for what is assigned to it. The view has a column of
# that type. Its rule selects the converted values, so nothing is stored, and the rule that inserts has a tree that
# shows which functions convert them.
_ASSIGN = (
    "CREATE TEMPORARY VIEW reconcile_column (value) AS {column}",
    "CREATE RULE reconcile_discard AS ON INSERT TO pg_temp.reconcile_column DO INSTEAD SELECT new.value",
    "CREATE RULE reconcile_assign AS ON INSERT TO pg_temp.reconcile_count"
    " DO INSTEAD INSERT INTO pg_temp.reconcile_column SELECT v.value FROM ({values}) AS v",
)


# A view depends on the columns that it reads; on the whole table, if it reads none of them or the row as a whole.
_UNREADABLE = """
    SELECT 1 AS found
      FROM pg_class v JOIN pg_rewrite r ON r.ev_class = v.oid
      JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
                      AND d.refclassid = 'pg_class'::regclass AND d.refobjid <> v.oid
     WHERE v.relnamespace = pg_my_temp_schema() AND v.relname = 'reconcile_count'
       AND NOT has_table_privilege(d.refobjid, 'SELECT')
       AND (%(whole)s OR NOT CASE d.refobjsubid WHEN 0 THEN has_any_column_privilege(d.refobjid, 'SELECT')
                             ELSE has_column_privilege(d.refobjid, d.refobjsubid::int2, 'SELECT') END)
     LIMIT 1"""


@dataclass(frozen=True, slots=True, kw_only=True)
class DataChecker:
    """Runs data checks. Each query first becomes a temporary view, which evaluates nothing: the functions that the
    view would call are read from its stored tree, and the view is queried only if the gatekeeper allows all of
    them. So exactly the code that was checked is run, whatever other roles create in the meantime.

    `budget` is the time limit of each query, `samples` the largest number of offending values that are fetched.
    `emit` receives the progress of a plan's data checks, from two threads. Functions use the search path
    `pg_catalog` until the plan is `approved`: a path of the file could lead them to code of any role.
    """

    gatekeeper: Gatekeeper
    budget: timedelta
    samples: int = 0
    approved: bool = False
    emit: Callable[[DataChecks], None] = unheard
    own_scans: OwnScans = field(default_factory=OwnScans)

    def check_all(self, session: Session, checks: Sequence[DataCheck]) -> list[Finding]:
        """Run data checks: those of small tables together, and what that leaves two at a time, on the session and on
        a second one if the server has a free connection."""
        found = {} if self.approved else self._passed_together(session, checks)
        queue = [(n, one) for n, one in reversed(list(enumerate(checks))) if n not in found]
        running: dict[int, str] = {}

        saying = threading.Lock()

        def said() -> None:
            with saying:  # so that the last event is the one in which all checks are done
                self.emit(DataChecks(done=len(found), total=len(checks), running=tuple(running.copy().values())))

        def work(session: Session) -> None:
            while queue:
                try:
                    n, one = queue.pop()
                except IndexError:  # the other thread took the last one
                    return
                running[n] = one.guard.title
                said()
                try:
                    found[n] = self.check(session, one)
                finally:
                    del running[n]
                    said()

        with _helped(session, work) if len(queue) > 1 else nullcontext():
            work(session)
        # Checks that the second session took and did not finish, because its connection was lost, run again.
        for n, one in enumerate(checks):
            if n not in found:
                found[n] = self.check(session, one)
                said()
        return [found[n] for n in range(len(checks))]

    def _passed_together(self, session: Session, checks: Sequence[DataCheck]) -> dict[int, Finding]:
        if _no_views(session):
            return {}
        possible = {
            n: one
            for n, one in enumerate(checks)
            if one.guard.assignment is None and not self._obstacle(session, one)
        }
        return passed_together(session, self.gatekeeper, possible)

    def check(self, session: Session, one: DataCheck) -> Finding:
        """Run one data check, if it may run. A query that exceeds the budget, or fails, leaves the count
        unknown."""
        finding = one.not_run(_no_views(session) or self._obstacle(session, one))
        if finding.reason:
            return finding
        try:
            found = None
            if one.guard.assignment is None:
                with rolled_back(session.connection):
                    found = self._answer(session, one, finding, ("pg_catalog",))
            if found is None:
                with rolled_back(session.connection):
                    found = self._answer(session, one, finding, one.path)
            return found or finding
        except psycopg.Error as error:
            if session.connection.closed:
                raise
            return self._failed(session, one, finding, server_error(error))
        except _OnRow as failed:
            found = replace(finding, samples=Private(*filter(None, [failed.row])))
            return self._failed(session, one, found, failed.error)

    def _failed(self, session: Session, one: DataCheck, finding: Finding, error: ServerError) -> Finding:
        """Interpret an error: the count is unknown, or the step would fail in the same way."""
        role = session.server.info.user
        if error.sqlstate == _CANCELLED and error.interrupted:
            return replace(finding, result=GuardResult.TIMED_OUT)
        if error.sqlstate == _LOCKED and error.interrupted:
            return replace(finding, reason="another session holds a lock on the table")
        if error.sqlstate == _NOT_READY and _is_unpopulated(session, one.key.table_name):
            return replace(finding, result=GuardResult.PASSED, count=0)
        if error.row_security and self._owned(one):
            reason, remedy = hidden_rows(session, one.tables or (one.key.table_name,))
            return replace(finding, result=GuardResult.ERROR, reason=reason, remedy_for=remedy, error=error)
        if error.sqlstate == _NO_RIGHT:
            if error.row_security or (not error.in_function and not self._may_read(session, one)):
                return replace(finding, reason=f"role {role} may not read all of the rows")
            return _denied(role, finding, error)
        if error.sqlstate[:2] == "42" and error.in_function and _on_safe_path(session, one):
            return replace(finding, result=GuardResult.ERROR, reason=f"{error}; {SAFE_PATH}", error=error)
        if error.sqlstate[:2] == "42" and error.in_function and not self.approved:
            why = "a function that it calls uses a name without a schema, which a plan does not resolve"
            return replace(finding, reason=f"{why}: {error}")
        return replace(finding, result=GuardResult.ERROR, error=error)

    def _may_read(self, session: Session, one: DataCheck) -> bool:
        """Whether the role may read all columns that the check reads."""
        with rolled_back(session.connection):
            views = self._views(session, one, one.path)
            whole = takes_whole_row(view.tree for view in views.values())
            return not rows(session.connection, _UNREADABLE, {"whole": whole})

    def _owned(self, one: DataCheck) -> bool:
        live = self.gatekeeper.live.tables.get(one.key.table_name) if self.gatekeeper.live is not None else None
        return live is None or live.owned

    def _obstacle(self, session: Session, one: DataCheck) -> str:
        table = one.key.table_name
        live = self.gatekeeper.live.tables.get(table) if self.gatekeeper.live is not None else None
        if live is not None and not live.readable:
            return f"role {session.server.info.user} may not read {table}"
        calls = self.gatekeeper.parsing_calls(session, table, one.code, live)
        return f"reading a constant in it would call {', '.join(calls)}" if calls else ""

    def _answer(self, session: Session, one: DataCheck, finding: Finding, path: tuple[str, ...]) -> Finding | None:
        """Return the finding; None if an event trigger may find the names that it looks up in another search
        path."""
        try:
            made = self._views(session, one, path)
        except psycopg.Error as error:
            said = server_error(error)
            if session.connection.closed or (said.sqlstate == _CANCELLED and said.interrupted):
                raise
            if said.in_function and path != one.path:
                return None
            if one.guard.assignment is not None and _is_about_values(said):
                raise
            return replace(finding, reason=f"the query cannot be prepared: {said}")
        caller = self.gatekeeper.caller
        listed_only = self.gatekeeper.listed_only(one.key.table_name, one.code)
        assigned = [made.pop("reconcile_assign").tree] if "reconcile_assign" in made else []
        calls = {name: caller.calls_of(session, [view.tree, *assigned]) for name, view in made.items()}
        finding = replace(finding, volatile=calls["reconcile_count"].volatile())
        forbidden = calls["reconcile_count"].forbidden(listed_only=listed_only)
        own = {view.oid for view in made.values()}
        relations = {oid for view in made.values() for oid in mentions_of([view.tree, *assigned]).relations} - own
        if forbidden:
            return replace(finding, reason=f"it would call {', '.join(forbidden)}")
        impatient = {"lock_timeout": _PATIENCE} if caller.hold(session, relations) else {}
        reasons = caller.objections(session, relations)
        if reasons:
            return replace(finding, reason="; ".join(reasons))
        limits = {"statement_timeout": milliseconds(max(self.budget, timedelta(milliseconds=1)))}
        along = search_path_text(self._path(session, one))
        set_local(session.connection, {"transaction_read_only": "on", "search_path": along, **impatient, **limits})
        with self.own_scans.counted(session, relations):
            if one.guard.assignment is not None:
                send(session.connection, "INSERT INTO pg_temp.reconcile_count DEFAULT VALUES")
                return replace(finding, result=GuardResult.PASSED, count=0)
            allowed = {name for name, called in calls.items() if not called.forbidden(listed_only=listed_only)}
            count = self._count(session, shows_row="reconcile_rows" in allowed)
            ages = one.guard.ages if count and "reconcile_ages" in allowed else None
            by_age = self._by_age(session, ages) if ages is not None else ""
            values = self._samples(session) if count and "reconcile_sample" in allowed else []
        result = GuardResult.FAILED if count else GuardResult.PASSED
        return replace(finding, result=result, count=count, samples=Private(*values), by_age=by_age)

    def _count(self, session: Session, *, shows_row: bool) -> int:
        """Return the number of rows that are found. Raises `_OnRow` if the query fails and a row may be shown."""
        query = "SELECT * FROM pg_temp.reconcile_count"
        if not shows_row:
            return int(_first_column(session, query)[0])
        try:
            with session.connection.transaction():
                return int(_first_column(session, query)[0])
        except psycopg.Error as error:
            said = server_error(error)
            if session.connection.closed or said.interrupted:
                raise
        raise _OnRow(said, failing_row(session))

    def _path(self, session: Session, one: DataCheck) -> tuple[str, ...]:
        """Return the search path of functions that set none: the same as in the step."""
        return one.path if self.approved and not _on_safe_path(session, one) else ("pg_catalog",)

    def _by_age(self, session: Session, ages: Ages) -> str:
        """Return the numbers of rows by age; empty if no time is left for them."""
        try:
            (found,) = rows(session.connection, "SELECT * FROM pg_temp.reconcile_ages")
            return ages.text([int(number) for number in found.values()])
        except psycopg.Error:
            if session.connection.closed:
                raise
            return ""

    def _samples(self, session: Session) -> list[str]:
        """Return up to that many samples, each of a limited length; none if no time is left for them, or they have
        no text."""
        source = f"SELECT * FROM pg_temp.reconcile_sample LIMIT {self.samples}"
        try:
            query = f"SELECT pg_catalog.left(s.label, {_LONGEST}) FROM ({source}) AS s (label)"
            return _first_column(session, query)
        except psycopg.Error:
            if session.connection.closed:
                raise
            return []

    def _views(self, session: Session, one: DataCheck, path: tuple[str, ...]) -> dict[str, _View]:
        """Create views of the check's queries. Expressions of a table's checks, which planning a query would
        evaluate, are not used."""
        settings = {
            "statement_timeout": trial_timeout(self.gatekeeper),
            "search_path": search_path_text(path),
            "constraint_exclusion": "off",
        }
        guard = one.guard
        queries = {"reconcile_count": str(guard.count)}
        if self.samples:
            queries["reconcile_sample"] = str(guard.sample)
            queries |= rows_query(one, self.gatekeeper.live)
        if guard.ages is not None and guard.hazard is None:
            queries["reconcile_ages"] = str(guard.ages.count)
        with pipelined(session.connection):
            set_local(session.connection, settings)
            for name, query in queries.items():
                send(session.connection, f"CREATE TEMPORARY VIEW {name} AS {query}")
            if guard.assignment is not None:
                for statement in _ASSIGN:
                    filled = statement.format(column=guard.assignment.column, values=guard.assignment.values)
                    send(session.connection, filled)
            set_local(session.connection, {"search_path": search_path_text(["pg_catalog"])})
        found = rows(session.connection, _VIEWS)
        return {row["name"]: _View(oid=row["oid"], tree=row["tree"]) for row in found}


class _OnRow(Exception):
    """The query fails on a row, which has this label; an empty one if it was not found."""

    def __init__(self, error: ServerError, row: str) -> None:
        self.error, self.row = error, row[:_LONGEST]


@dataclass(frozen=True, slots=True, kw_only=True)
class _View:
    oid: int
    tree: str


def _is_about_values(error: ServerError) -> bool:
    """Whether the server did not accept a value, or its type, while it parsed a statement. Event triggers raise other
    errors."""
    if error.sqlstate[:2] in ("0A", "42"):
        return not error.in_function and error.sqlstate != _NO_RIGHT
    return error.sqlstate[:2] == "22"


def _denied(role: str, finding: Finding, error: ServerError) -> Finding:
    """Return the finding if the role lacks a right that the step needs as well."""
    remedy = "grant the role the right that it lacks, or use a role that has it"
    reason = f"role {role} lacks a right: {error}"
    if error.in_function:
        remedy += "; or let the function run as its owner (SECURITY DEFINER)"
        reason = f"role {role} lacks a right in a function that the query calls: {error}"
    return replace(finding, reason=reason, remedy_for=remedy, error=error)


def _on_safe_path(session: Session, one: DataCheck) -> bool:
    """Whether the server evaluates the object's functions under `pg_catalog`, whatever the session's search path
    is."""
    return one.key.kind != "check" and has("safe_path_for_indexes", session.server.major)


def _is_unpopulated(session: Session, table: TableName) -> bool:
    """Whether this is a materialized view WITH NO DATA: it cannot be read, and it has no rows."""
    return bool(rows(session.connection, _UNPOPULATED, {"schema": table.schema, "name": table.name}))


def _no_views(session: Session) -> str:
    """Return why no view can be created; None if it can. Without its tree, nobody knows what a query calls."""
    if not session.server.writable:
        return "the server is read-only, so it is not known which functions the query would call"
    if not session.server.may_create_temp:
        return (
            f"role {session.server.info.user} may not create temporary views (GRANT TEMPORARY ON DATABASE), "
            "so it is not known which functions the query would call"
        )
    return ""


@contextmanager
def _helped(session: Session, work: Callable[[Session], None]) -> Iterator[None]:
    """Let a second session help with `work`, until nothing is left to do."""
    with ExitStack() as stack:
        try:
            second = stack.enter_context(session.again())
        except ReconcileError:
            yield
            return

        def run() -> None:
            with suppress(Exception):  # the checks that it leaves run again, where an error is reported
                work(second)

        thread = threading.Thread(target=run, name="data-checks", daemon=True)
        thread.start()
        try:
            yield
        except BaseException:  # also an interrupt
            second.connection.cancel()
            raise
        finally:
            thread.join()


def _first_column(session: Session, query: str) -> list[str]:
    return [str(next(iter(row.values()))) for row in rows(session.connection, query)]


def approved_checker(options: Options, emit: Callable[[DataChecks], None] = unheard) -> DataChecker:
    """Return the checker for a plan that the operator has approved: the file counts as trusted from then on."""
    keeper = gatekeeper(replace(options, trust_file=True))
    return DataChecker(
        gatekeeper=keeper, budget=options.check_timeout, samples=options.samples, approved=True, emit=emit
    )
