"""Why dumps cannot be written, verified or read: found before the first step of a run."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from reconciler.dumping.opened import open_to_others
from reconciler.dumping.verifying import refuse_verifying_role
from reconciler.execution.files import routes_with_files
from reconciler.kinds.base import ddl
from reconciler.model.dumped import Dump
from reconciler.model.errors import ReconcileError
from reconciler.model.names import ARCHIVE_SCHEMA, TableName
from reconciler.model.plan import Plan, Refusal
from reconciler.model.route import Route
from reconciler.model.rules.dumps import (
    BACKUP_DIR_FULL,
    BACKUP_DIR_NOT_WRITABLE,
    HALF_LOADED,
    NO_BACKUP_DIR,
    NO_VERIFYING_SERVER,
    WRITABLE_BY_OTHERS,
)
from reconciler.model.rules.rule import Rule
from reconciler.model.size_text import byte_count
from reconciler.model.step import DumpAction, LoadAction
from reconciler.postgres.client_programs import ClientPrograms
from reconciler.postgres.embedded import embedded_programs
from reconciler.postgres.session import Session, connect, one
from reconciler.restoring.dumped import half_loaded

_SIZES = """
    SELECT coalesce(sum(size), 0)::int8 AS together, coalesce(max(size), 0)::int8 AS largest
      FROM (SELECT pg_total_relation_size(to_regclass(name)) AS size FROM unnest(%(names)s::text[]) AS name) AS sizes"""

_SPARE = 64 << 20
"""The bytes that an embedded server needs besides the table."""

DumpObjection = tuple[Rule, str]


def objections(
    session: Session,
    plan: Plan,
    folder: Path | None,
    verify_url: str | None,
    programs: Callable[[Session], ClientPrograms],
    check: Callable[[Dump], None],
) -> list[Refusal]:
    """Return a refusal for each reason. `check` raises an error if the folder does not have a dump."""
    routes = routes_with_files(plan)
    dumped = [route for route in routes if any(isinstance(step.action, DumpAction) for step in route.steps)]
    found: list[DumpObjection] = [*_of_folder(folder, writes=bool(dumped))]
    usable = folder if not found else None
    found += _raised(lambda: programs(session))
    if dumped:
        found += _of_half_loaded(session, plan, dumped)
        found += _of_verifying(session, verify_url)
        found += _of_space(session, dumped, usable, embedded=verify_url is None)
    if usable is not None:
        actions = [step.action for route in routes for step in route.steps]
        for dump in (one.dump for one in actions if isinstance(one, LoadAction)):
            found += _raised(partial(check, dump))
    change = routes[0].change
    return [
        Refusal(rule=rule, key=change.key, place=change.place, cause=cause, remedy=rule.remedy)
        for rule, cause in found
    ]


def _of_folder(folder: Path | None, *, writes: bool) -> Iterator[DumpObjection]:
    if folder is None:
        yield NO_BACKUP_DIR, "--backup-dir is missing; it names the folder for dumps"
    elif not folder.is_dir():
        yield NO_BACKUP_DIR, f"--backup-dir {folder} is not a folder"
    elif (why := open_to_others(folder.stat())) is not None:
        yield WRITABLE_BY_OTHERS, f"the folder {folder} of --backup-dir {why}"
    elif writes:
        try:
            with tempfile.TemporaryFile(dir=folder):
                pass
        except OSError as error:
            yield BACKUP_DIR_NOT_WRITABLE, f"no file can be created in {folder}: {error.strerror}"


def _of_half_loaded(session: Session, plan: Plan, routes: Sequence[Route]) -> Iterator[DumpObjection]:
    found = half_loaded(session, plan.journal)
    for place in (place for route in routes for place in _places(route)):
        if place.schema == ARCHIVE_SCHEMA and place.name in found:
            yield HALF_LOADED, f"{place} was loaded from its dump by a restore that did not end"


def _of_verifying(session: Session, verify_url: str | None) -> Iterator[DumpObjection]:
    if verify_url is None:
        with suppress(ReconcileError):
            embedded_programs()
            return
        yield NO_VERIFYING_SERVER, "the embedded server is not installed, and --verify-db is missing"
        return

    def connected() -> None:
        with connect(verify_url) as verifying:
            refuse_verifying_role(verifying, session)

    yield from _raised(connected, NO_VERIFYING_SERVER)


def _raised(check: Callable[[], object], rule: Rule | None = None) -> Iterator[DumpObjection]:
    """Yield the error of a check, as an objection by its own rule or by another one."""
    try:
        check()
    except ReconcileError as error:
        yield rule or error.rule, error.message


def _of_space(
    session: Session, routes: Sequence[Route], folder: Path | None, *, embedded: bool
) -> Iterator[DumpObjection]:
    """Compare the sizes of the tables with the free space. A dump is compressed, so it rarely needs as much."""
    names = [ddl.text_of(ddl.relation(place)) for route in routes for place in _places(route)]
    sizes = one(session.connection, _SIZES, {"names": names})
    places = [(folder, sizes["together"])] if folder is not None else []
    if embedded:
        places.append((Path(tempfile.gettempdir()), sizes["largest"] + _SPARE))
    for place, needed in places:
        free = shutil.disk_usage(place).free
        if free < needed:
            yield (
                BACKUP_DIR_FULL,
                f"{place} has {byte_count(free)} of free space, and the tables may need {byte_count(needed)}",
            )


def _places(route: Route) -> Iterator[TableName]:
    """Yield the table of a route: in its own schema, or in the archive if a run has moved it there."""
    table, before = route.change.key.table_name, route.change.before
    moved = before.names_in_archive().get(table.name) if before is not None else None
    yield table if moved is None else TableName(schema=ARCHIVE_SCHEMA, name=moved)
