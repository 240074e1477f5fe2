"""What a definition is: the value of a managed object, and how its fields take part in a comparison."""

from __future__ import annotations

import enum
import functools
import operator
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, NamedTuple, ParamSpec, Self, TypeVar

from reconciler.model.effects import NAMES, Resource
from reconciler.model.facets import UNMANAGED, Facet, fields_with
from reconciler.model.index_facts import IndexFacts, IndexStatus, PartitionNames
from reconciler.model.names import Key, TableName

if TYPE_CHECKING:
    from reconciler.model.retired import DroppedTable

P = ParamSpec("P")
T = TypeVar("T")


def shared(make: Callable[P, T]) -> Callable[P, T]:
    """A maker of frozen values that gives the same one again for the same arguments, while it is remembered.

    The same few definitions stand on many tables, under different names, in the file and in the catalog: to look one up
    takes a fraction of the time to make one, and a large state a fraction of the memory.
    """
    remembering: Any = functools.lru_cache(maxsize=16_384, typed=True)
    made: Callable[P, T] = remembering(make)
    return made


remade = shared(replace)
"""`dataclasses.replace`, which gives the same value again for the same changes."""


class Parameters(tuple[tuple[str, str], ...]):
    """Storage or operator class parameters as (name, value) pairs, in the order in which they were given. PostgreSQL
    keeps that order, but it does not tell two of them apart."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, tuple) and sorted(self) == sorted(other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(tuple(sorted(self)))


class Reference(NamedTuple):
    """What a foreign key refers to. With `period`, the last column is a range which several rows may cover together."""

    table: TableName
    columns: tuple[str, ...]
    period: bool = False


class Successor(enum.Enum):
    """`NONE`: what takes the place of an object is made in the step that removes it. `CONSTRAINT`: it is a constraint
    under a name of the tool's own. `INDEX`: an index under such a name, which a constraint adopts. `SWAPPED_INDEX`: an
    index under such a name, and the old one gets another such name before it goes."""

    NONE = enum.auto()
    CONSTRAINT = enum.auto()
    INDEX = enum.auto()
    SWAPPED_INDEX = enum.auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition(IndexFacts):
    """Base of all definitions: frozen dataclasses, one per kind, equal only by all their fields.

    Desired and live definitions are of the same class. A live one never holds `UNMANAGED`.
    """

    def normalized(self) -> Self:
        """The same definition with its expressions stripped of white space and parentheses around the whole."""
        return self

    @classmethod
    def index_in(cls, form: Mapping[str, Any]) -> Definition | None:
        """The index that a constraint adopted, from the constraint as JSON's own types, which anybody may have written.
        Raises `KeyError`, `TypeError` or `AttributeError` if that is no such constraint."""
        del form
        return None

    def qualified_like(self, live: Definition) -> Self:
        """The same definition with the live one's schemas, where names without a schema can only mean those."""
        del live
        return self

    def inherit_unmanaged(self, live: Definition, name: str) -> object:
        """What a field that the file leaves out has, where this definition takes the place of the live one.

        Where all else is the same, that is what the live one has.
        """
        return getattr(live, name)

    def given_name(self, key_name: str) -> str:
        """The name in the catalog, empty if there is none; `key_name` is that of the key."""
        return key_name

    def is_enforced(self) -> bool:
        """Whether new rows are checked."""
        return True

    def is_validated(self) -> bool:
        """Whether existing rows were checked."""
        return True

    def passes_on(self) -> bool:
        """Whether partitions and inheritance children have it as well, if they can have such."""
        return True

    def is_deferrable(self) -> bool:
        """Whether the check can be put off until the end of a transaction."""
        return False

    def compares_rows(self) -> bool:
        """Whether it compares rows with each other, so that each partition can enforce it only for itself."""
        return False

    def leaves_name_open(self) -> bool:
        """Whether its name is an attribute that the file leaves out."""
        return any(getattr(self, name) is UNMANAGED for name in fields_with(type(self), Facet.NAME))

    def with_name(self, name: str | None) -> Self:
        """The same definition with another name, where that is an attribute."""
        return replace(self, **dict.fromkeys(fields_with(type(self), Facet.NAME), name))

    def manages(self, facet: Facet) -> bool:
        """Whether the file says anything in a field with this facet."""
        return any(getattr(self, name) is not UNMANAGED for name in fields_with(type(self), facet))

    def names_in_archive(self) -> Mapping[str, str]:
        """The names that the table and its parts have in the archive, by those that they had before."""
        return {}

    def with_short_names(self, first: Collection[str], unambiguous: Collection[str]) -> Self:
        """The same definition, with names of operators, operator classes and collations without their schemas: those of
        the schemas `first`, and of the schemas `unambiguous` if no other schema has one of the name."""
        del first, unambiguous
        return self

    def on_table(self, table: TableName) -> Self:
        """The same definition, without what it says that is the default on this table."""
        del table
        return self

    def retirement(self) -> DroppedTable | None:
        """What the file says of a table that is to go, if that is what it is about."""
        return None

    def expressions(self) -> tuple[str, ...]:
        """The SQL expressions in it, each of which can be selected from its table."""
        return ()

    def conditions(self) -> tuple[str, ...]:
        """Those of the expressions that must be boolean."""
        return ()

    def parts(self) -> tuple[str, ...]:
        """The SQL expressions as the file has them, each alone, in order."""
        return self.expressions()

    def with_parts(self, texts: Sequence[str]) -> Self:
        """The same definition with other texts for its `parts`."""
        assert not texts
        return self

    def must_be_immutable(self) -> bool:
        """Whether the server accepts only immutable functions in its expressions."""
        return True

    def looks_up_names(self) -> bool:
        """Whether it names operator classes, collations or operators that a search path decides about."""
        return False

    def is_verbatim(self) -> bool:
        """Whether the server prints it as it is written here: nothing in it is looked up or deparsed."""
        return not self.expressions()

    def columns(self) -> tuple[str, ...]:
        """The columns of its table that the definition names outright (not those inside expressions)."""
        return ()

    def features(self) -> tuple[tuple[str, str], ...]:
        """The server features that it needs, each as (YAML field, feature name)."""
        return ()

    def features_if_partitioned(self) -> tuple[tuple[str, str], ...]:
        """The server features that it needs on a partitioned table, each as (YAML field, feature name)."""
        return ()

    def not_null_columns(self) -> tuple[str, ...]:
        """The columns that cannot hold null because of it."""
        return ()

    def key_columns(self) -> tuple[str, ...]:
        """The columns that it names, without those that an index only includes."""
        return self.columns()

    def indexed_columns(self) -> tuple[str, ...]:
        """The columns that it makes an index over, in order, up to the first expression."""
        return ()

    def unique_columns(self) -> tuple[str, ...]:
        """The columns of which no two rows have equal values because of it, so that a foreign key may refer to them."""
        return ()

    def serves(self, reference: Reference) -> bool:
        """Whether a foreign key may refer to its table in this way because of it."""
        columns = self.unique_columns()
        return bool(columns) and not reference.period and set(columns) == set(reference.columns)

    def as_index(self) -> Definition | None:
        """The index that it is, or that it can adopt."""
        return None

    def as_built(self) -> Self:
        """The index as it is right after its build."""
        return self

    def successor(self) -> Successor:
        """What another object is built as, that is to take its place."""
        return Successor.NONE

    def target(self, table: TableName) -> Reference | None:
        """How a foreign key refers to it if that names only the table."""
        del table
        return None

    def reference(self) -> Reference | None:
        """The table, and the columns there, that it refers to."""
        return None

    def referring_columns(self) -> tuple[str, ...]:
        """The columns of its own table that refer to those."""
        return ()

    def referring_to(self, target: Reference) -> Self:
        """The same definition, with the columns of the target if it names none there."""
        del target
        return self

    def partition_indexes(self) -> PartitionNames:
        """The names of the indexes that partitions have because of it."""
        return ()

    def dependent_tables(self) -> Iterable[TableName]:
        """The tables whose constraints must go before it can."""
        return ()

    def holds(self, key: Key) -> Iterable[Resource]:
        """The names and roles that an object of this key has alone."""
        del key
        return ()

    def names(self, key: Key) -> set[Resource]:
        """The names among what it holds."""
        return {one for one in self.holds(key) if one.sort in NAMES}

    def rules_out(self, key: Key) -> Iterable[Resource]:
        """What no other object may offer while it is there, if their table is partitioned."""
        del key
        return ()

    def offers(self, key: Key) -> Iterable[Resource]:
        """What other objects can rely on because of it."""
        del key
        return ()

    def relies_on(self, key: Key) -> Iterable[Resource]:
        """What must be there, offered by other objects, for it to be there."""
        del key
        return ()

    def prefers(self, key: Key) -> Iterable[Resource]:
        """What had better be there before it is made."""
        del key
        return ()


def parts_of(definition: Definition | None) -> Mapping[TableName, str]:
    """The names of the partitions' indexes, if there are any."""
    return {} if definition is None else dict(definition.partition_indexes())


def has_index(definition: Definition | None) -> bool:
    """Whether it is an index, or has one behind it."""
    return definition is not None and definition.index_status() is not None


def is_invalid(found: object) -> bool:
    """Whether it is the definition of an index that no backend builds and no query can use."""
    return isinstance(found, Definition) and found.index_status() is IndexStatus.INVALID


def expression_fields(definition: Definition) -> tuple[str, ...]:
    """The names of the fields that hold expressions."""
    return fields_with(type(definition), Facet.EXPRESSION)


def words_differ(one: Definition, other: Definition) -> bool:
    """Whether expressions of two definitions of one type are written differently."""
    return any(getattr(one, name) != getattr(other, name) for name in expression_fields(one))


def field_values(definition: Definition) -> tuple[Any, ...]:
    """The values of all fields, in declared order."""
    kind: Any = type(definition)
    return _reader(kind)(definition)


@functools.cache
def _reader(kind: Any) -> Callable[[Definition], tuple[Any, ...]]:
    """What reads all fields of a class at once."""
    names = tuple(f.name for f in fields(kind))
    if len(names) < 2:
        return lambda one: tuple(getattr(one, name) for name in names)
    return operator.attrgetter(*names)
