"""The rights of the session's role and of table owners; and whether journal and archive can be trusted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from reconciler.model.facts import Question
from reconciler.model.names import TableName
from reconciler.model.plan import JournalAt


@dataclass(frozen=True, slots=True, kw_only=True)
class NotExecutable:
    """A function, with its arguments, that a role may not execute."""

    function: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MayExecute(Question[tuple[NotExecutable, ...]]):
    """Which functions of a name may the session's role, or the owner of the table with this oid, not execute?

    Only those with one of these `signatures` count. If it is not known which are called, there are none: then the
    answer is none if the role may execute one of that name, because that one may be called."""

    assumed: ClassVar[tuple[NotExecutable, ...]] = ()
    function: TableName
    table: int
    as_owner: bool
    signatures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """A role that owns an object. `member`: the session's role is a member of it; `held`: it has its rights, and
    may drop the object if the question is about that."""

    role: str
    superuser: bool
    member: bool
    held: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerOf(Question[Owner | None]):
    """Who owns a table, or the extended `statistics` of that name, or the schema if the name is empty? None if it does
    not exist. The owner of their schema may drop statistics, too (`dropping`)."""

    assumed: ClassVar[Owner | None] = None
    table: TableName
    statistics: bool = False
    dropping: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Holds(Question[bool]):
    """Does the session's role, or the owner of the table `owner_of`, hold a privilege? On a schema if there is no
    `table`; on any column of a table, or on the `whole` table, if there is no `column`; on the tablespace of that name
    if there is no `schema`."""

    assumed: ClassVar[bool] = True
    privilege: str
    schema: str
    table: str = ""
    column: str = ""
    whole: bool = False
    owner_of: TableName | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnusableInCopy(Question[tuple[str, ...]]):
    """Which types and schemas may the session's role not use, so that it cannot create a copy of the table? As
    `TYPE name` and `SCHEMA name`. A domain is one type, and an array is that of its elements. Schemas matter only if
    the role cannot read the table: otherwise the copy need not name what its columns use."""

    assumed: ClassVar[tuple[str, ...]] = ()
    table: TableName


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalAccess:
    """The rights of the role. `schema_exists`: the journal's schema exists. `guarded`: the role may use the
    language of the blocks that guard the journal. `creatable`: the table exists, or may be created. If the table
    exists, the role may use its schema (`usable`), read it (`readable`), and read it and write to it
    (`writable`)."""

    schema_exists: bool = True
    guarded: bool = True
    creatable: bool = True
    usable: bool = True
    readable: bool = True
    writable: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessToJournal(Question[JournalAccess]):
    """What may the session's role do with the journal in this schema?"""

    assumed: ClassVar[JournalAccess] = JournalAccess()
    schema: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """Why an object of the tool cannot be trusted, and what to do."""

    message: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionToJournal(Question[Objection | None]):
    """Would `apply` refuse to use the existing journal?"""

    assumed: ClassVar[Objection | None] = None
    journal: JournalAt


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionToArchive(Question[Objection | None]):
    """Could roles other than these drop tables in the archive?"""

    assumed: ClassVar[Objection | None] = None
    trusted_roles: frozenset[str]
