"""How values of columns are compared, stored and replicated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from reconciler.model.facts import Question

FIRST_USER_OID = 16384
"""Objects with smaller oids were created by initdb. Source: FirstNormalObjectId in src/include/access/transam.h"""


@dataclass(frozen=True, slots=True, kw_only=True)
class EqualityOf(Question[tuple[str, str] | None]):
    """Which operator (schema and name) compares two values of the type with this oid for equality? None means
    PostgreSQL's own."""

    assumed: ClassVar[tuple[str, str] | None] = None
    type: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorChoice:
    """The operator (schema and name; None: that of the referenced type), the types that the columns are cast to first,
    as `format_type` prints them, and the collation (schema and name)."""

    operator: tuple[str, str] | None
    referenced_as: str | None
    referring_as: str | None
    collation: tuple[str, str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonOf(Question[OperatorChoice | None]):
    """How does a foreign key compare a referenced and a referring column? By the oids of their types and collations,
    and by the operator class (schema and name) of the referenced index, if it is not the default."""

    assumed: ClassVar[OperatorChoice | None] = None
    referenced: int
    referenced_collation: int
    referring: int
    referring_collation: int
    opclass: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassChoice:
    """The type as which an operator class compares values (None if nothing can be cast to it), and its `<` (schema
    and name) if it treats other values as equal than the type does."""

    type: str | None
    less: tuple[str, str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorClassOf(Question[ClassChoice | None]):
    """How does a B-tree operator class compare values?"""

    assumed: ClassVar[ClassChoice | None] = None
    schema: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WideColumnsOf(Question[frozenset[str]]):
    """Which of these columns of the table with this oid may have values that are too large for an index entry?"""

    assumed: ClassVar[frozenset[str]] = frozenset()
    table: int
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """A publication that sends `updates` or `deletes`. `filtered` are the columns that its row filter reads, `listed`
    those of its column list, None if it has none."""

    name: str
    updates: bool
    deletes: bool
    filtered: frozenset[str]
    listed: frozenset[str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """The publications of a table with rows. `replica_identity` is its `relreplident`."""

    replica_identity: str
    publications: tuple[Publication, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationsOf(Question[Published | None]):
    """Which publications send updates or deletes of the table with this oid? None if there are none."""

    assumed: ClassVar[Published | None] = None
    table: int
