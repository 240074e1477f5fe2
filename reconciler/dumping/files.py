"""Writes, verifies and loads the dumps of a run, in one folder.

A dump is written under a temporary name, flushed to disk, and gets a name that no other file has. It counts only once
its SHA-256 and the hash of its rows are in the comment of the table; whatever else is in the folder is never trusted.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from reconciler.dumping.after_load import owner_of, statements_after_load
from reconciler.dumping.new_file import give_name, new_file
from reconciler.dumping.objections import objections
from reconciler.dumping.opened import has_name, opened_dump, sha256_of
from reconciler.dumping.verifying import Verifier
from reconciler.kinds.base import ddl
from reconciler.model.clock import Clock
from reconciler.model.dumped import Dump, dump_file, dump_of_comment
from reconciler.model.errors import DatabaseError, Refused, StepFailed
from reconciler.model.names import ARCHIVE_SCHEMA, TableName
from reconciler.model.plan import Plan, Refusal
from reconciler.model.rules.dumps import (
    DUMP_FAILED,
    DUMP_NOT_PROVABLE,
    DUMP_NOT_VERIFIED,
    LOAD_FAILED,
    NO_BACKUP_DIR,
)
from reconciler.model.rules.rule import Rule
from reconciler.model.server_error import ServerError
from reconciler.model.step import LoadAction
from reconciler.postgres.archive import comment_of
from reconciler.postgres.client_programs import (
    ClientPrograms,
    ProgramFailed,
    Watching,
    client_environment,
    client_folders,
    client_programs,
    run_program,
)
from reconciler.postgres.load_dump import load_dump
from reconciler.postgres.row_hash import row_hashes, table_state
from reconciler.postgres.session import Session
from reconciler.postgres.unproved import unproved

_LOCK_WAIT_MS = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class DumpFolder:
    """The `folder` of dumps, and the URL of the server that verifies them; without one, an embedded server does.
    `programs` are the folders in which pg_dump is looked up."""

    folder: Path | None
    clock: Clock
    verify_url: str | None = None
    programs: Sequence[Path] | None = None
    _found: dict[int, ClientPrograms] = field(default_factory=dict, init=False, repr=False, compare=False)

    def objections(self, session: Session, plan: Plan) -> Sequence[Refusal]:
        return objections(session, plan, self.folder, self.verify_url, self._programs_of, self.check)

    def dump(self, session: Session, table: TableName, watching: Watching) -> Dump:
        """Return a verified dump of the table. Raise `StepFailed` if there is none at the end, and `Refused` if none
        can be verified."""
        known = dump_of_comment(comment_of(session, table))
        state = table_state(session, table)
        reusable = known is not None and known.state == state and self._has(known)
        if known is not None and reusable and row_hashes(session, table).whole == known.rows:
            return known
        if reasons := unproved(session, table):
            raise Refused(
                f"{table} is not dumped: {'; '.join(reasons)}",
                rule=DUMP_NOT_PROVABLE,
                hint=DUMP_NOT_PROVABLE.remedy,
            )
        path = self._path(dump_file(session.server.info.database, table.name, self.clock.new_id()))
        with _failing_as(table, f"the table stays in {ARCHIVE_SCHEMA}", DUMP_FAILED), new_file(path) as file:
            made = self._written(session, table, file, path, state, watching)
            self._verify(session, table, file, path, made, watching)
            if sha256_of(file) != made.sha256 or not has_name(file, path):
                raise _changed(table, f"{path} was changed or replaced while it was verified")
        return made

    def load(self, session: Session, action: LoadAction, watching: Watching) -> int:
        """Load the table from its dump, and return the number of rows of the dump. The next step compares them.

        Raise `Refused` if the file is not the one that was verified.
        """
        table = TableName(schema=ARCHIVE_SCHEMA, name=action.table)
        programs = self._programs_of(session)
        with (
            _failing_as(table, "nothing was loaded", LOAD_FAILED),
            opened_dump(self._path(action.dump.file), action.dump) as file,
        ):
            load_dump(programs, session, file, ("--no-owner", "--no-privileges"), watching)
        return action.dump.row_count

    def check(self, dump: Dump) -> None:
        """Raise `Refused` unless the folder has the file of the dump, with its SHA-256."""
        with opened_dump(self._path(dump.file), dump):
            pass

    def _has(self, dump: Dump) -> bool:
        with suppress(Refused):
            self.check(dump)
            return True
        return False

    def _path(self, name: str) -> Path:
        if self.folder is None:
            raise Refused("no folder for dumps is given", rule=NO_BACKUP_DIR, hint=NO_BACKUP_DIR.remedy)
        return self.folder / name

    def _programs_of(self, session: Session) -> ClientPrograms:
        """Return the programs for the version of the server, which are asked for their own versions once."""
        major = session.server.major
        if major not in self._found:
            folders = client_folders() if self.programs is None else self.programs
            self._found[major] = client_programs(session.server, folders)
        return self._found[major]

    def _written(
        self, session: Session, table: TableName, file: int, path: Path, state: str, watching: Watching
    ) -> Dump:
        """Write the dump. Until it is complete, the file has another name, under which nothing is read."""
        command = [
            self._programs_of(session).path("pg_dump"),
            "--format=custom",
            "--no-password",
            "--strict-names",
            f"--lock-wait-timeout={_LOCK_WAIT_MS}",
            f"--table={ddl.text_of(ddl.relation(table))}",
        ]
        with client_environment(session) as environment:
            run_program(command, environment, watching, output=file)
        give_name(file, path)
        hashes = row_hashes(session, table)
        made = Dump(
            file=path.name,
            sha256=sha256_of(file),
            bytes=os.fstat(file).st_size,
            rows=hashes.whole,
            stored=hashes.stored,
            columns=hashes.columns,
            state=state,
            owner=owner_of(session, table),
            statements=statements_after_load(session, table),
        )
        if table_state(session, table) != state:
            raise _changed(table, "it was altered while it was dumped, or one of its sequences was used")
        return made

    def _verify(
        self, session: Session, table: TableName, file: int, path: Path, made: Dump, watching: Watching
    ) -> None:
        verifier = Verifier(
            session=session,
            table=table,
            programs=self._programs_of(session),
            url=self.verify_url,
            clock=self.clock,
        )
        words: ServerError | None = None
        try:
            found, missing = verifier.restored(file, watching)
            same = found.stored == made.stored
            why = "" if same else f"it has other rows ({found.count:,} of {made.row_count:,})"
        except ProgramFailed as failed:
            why, missing = failed.why, verifier.missing
            words = ServerError(sqlstate="", condition="", text=failed.why, words=failed.words)
        except DatabaseError as error:
            why, missing, words = error.message, verifier.missing, error.server
        if why:
            lacking = f"; the verifying server lacks {', '.join(missing)}" if missing else ""
            raise StepFailed(
                f"the dump {path} of {table} could not be verified: {why}{lacking}; the file is kept, and the table "
                f"stays in {ARCHIVE_SCHEMA}",
                rule=DUMP_NOT_VERIFIED,
                hint=DUMP_NOT_VERIFIED.remedy,
                server=words,
            )


def _changed(table: TableName, why: str) -> StepFailed:
    message = f"{table}: {why}; the table stays in {ARCHIVE_SCHEMA}"
    return StepFailed(message, rule=DUMP_FAILED, hint=DUMP_FAILED.remedy)


@contextmanager
def _failing_as(table: TableName, left: str, rule: Rule) -> Iterator[None]:
    """Turn the failure of a program, or of writing a file, into that of the step."""
    server: ServerError | None = None
    try:
        yield
        return
    except ProgramFailed as failed:
        why = failed.why
        server = ServerError(sqlstate="", condition="", text=failed.why, words=failed.words)
    except OSError as error:
        why = f"a file could not be read or written: {error.strerror}"
    # Raised here, the error does not hold the words of the program.
    raise StepFailed(f"{table}: {why}; {left}", rule=rule, hint=rule.remedy, server=server)
