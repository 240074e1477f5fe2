"""The plan: the changes with their routes, and the reasons against applying it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from reconciler.model.guard import Finding
from reconciler.model.names import Key, Place, TableName
from reconciler.model.route import Route
from reconciler.model.rules.rule import Rule
from reconciler.model.server_error import ServerError
from reconciler.model.state import Policy
from reconciler.model.step import Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why a plan may not be applied: the object, its place in the file, the exact cause, and the remedy.

    `finding` is set if the data is the cause, `error` if the server rejected something.
    """

    rule: Rule
    key: Key | None
    place: Place | None
    cause: str
    remedy: str
    finding: Finding | None = None
    error: ServerError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRows:
    """How many rows violate an object that stays NOT VALID, None if that is unknown; and how many did at a run
    `before_at`, if one recorded it."""

    count: int | None
    before: int | None = None
    before_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Information that the reader should have and that prevents nothing. `rows_left` is set for an object that waits
    for the repair of rows. `gone`: an undo does not bring back a view that the run
    dropped, or rows that it took."""

    rule: Rule
    key: Key | None
    place: Place | None
    message: str
    rows_left: KeptRows | None = None
    gone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerInfo:
    """The server and database that a plan was made for. `version` is the value of `server_version`.

    `host` and `port` are those that the connection reached; for a socket, `host` is its folder. `system_identifier`
    (`pg_control_system()`) is in decimal digits, and empty if the role may not read it. Physical copies of a server
    share it. `database_oid` and `encoding` belong to the database.
    """

    version: str
    version_num: int
    host: str
    port: int
    system_identifier: str
    database: str
    database_oid: int
    encoding: str
    user: str

    @property
    def database_id(self) -> str:
        """Return what identifies the database: another database, or a restored one, has another value."""
        return f"{self.system_identifier}/{self.database_oid}"


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalAt:
    """The schema of a journal, and the roles that may own it in addition to superusers and the connected role.
    `path` is the search path of event triggers that fire when the journal is created."""

    schema: str
    trusted_roles: frozenset[str] = frozenset()
    path: tuple[str, ...] = ("public",)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSize:
    """The size of a table, as the catalog estimates it. `rows` is None if the table was never analyzed."""

    rows: int | None
    bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """The snapshot that a plan was made from: when it was `taken`, and by which version of the `tool`."""

    taken: datetime
    tool: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The routes in order, and the input that they were derived from.

    `trusted_roles` may own the journal and the archive, in addition to superusers and the connected role. `allow`
    are the hazards that the operator accepted in addition to the policy. `digest` is a SHA-256 of everything that
    decides what would be done, and where; the same input gives the same digest. `tables` are the patterns that the
    plan is restricted to; empty if it is for the whole file. `sizes` are those of the tables that steps lock, for
    people: they decide nothing. `references` are the live foreign keys of the tables of the changes, and those that
    refer to them, each with the table that it refers to; they are for people as well. A plan with a `preview` was made
    from a snapshot, and is never applied. `undoes` is the id of the run that the plan takes back; empty for the
    plan of a file.
    """

    server: ServerInfo
    sources: tuple[str, ...]
    declared: int
    lock_timeout: timedelta
    max_lock_wait: timedelta
    max_build: timedelta
    journal_schema: str
    trusted_roles: frozenset[str] = frozenset()
    routes: tuple[Route, ...]
    findings: tuple[Finding, ...]
    refusals: tuple[Refusal, ...]
    notes: tuple[Note, ...]
    digest: str
    policy: Policy = field(default_factory=Policy)
    allow: frozenset[str] = frozenset()
    tables: tuple[str, ...] = ()
    sizes: Mapping[TableName, TableSize] = field(default_factory=dict)
    references: Mapping[Key, TableName] = field(default_factory=dict)
    preview: Preview | None = None
    undoes: str = ""

    @property
    def steps(self) -> tuple[Step, ...]:
        return tuple(step for route in self.routes for step in route.steps)

    @property
    def rows_left(self) -> Mapping[str, int]:
        """Return how many rows violate each object that stays NOT VALID, as the journal records it."""
        return recorded_rows_left(self.notes)

    @property
    def journal(self) -> JournalAt:
        path = self.policy.path_for(self.journal_schema)
        return JournalAt(schema=self.journal_schema, trusted_roles=self.trusted_roles, path=path)

    @property
    def in_sync(self) -> bool:
        return not self.routes and not self.refusals

    @property
    def refused(self) -> bool:
        return bool(self.refusals)


def recorded_rows_left(notes: Iterable[Note]) -> dict[str, int]:
    """Return how many rows violate each object that stays NOT VALID according to these notes, as the journal records
    it."""
    left = ((one.key, one.rows_left) for one in notes)
    return {str(key): rows.count for key, rows in left if rows is not None and rows.count is not None}
