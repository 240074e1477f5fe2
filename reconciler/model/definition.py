"""What a definition is: the value of a managed object, and the role of its fields in a comparison."""

from __future__ import annotations

import enum
import functools
import operator
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from reconciler.model.effects import NAMES, Resource
from reconciler.model.facets import UNMANAGED, Facet, fields_with
from reconciler.model.index_facts import IndexFacts, IndexStatus, PartitionNames
from reconciler.model.names import Key, TableName

if TYPE_CHECKING:
    from reconciler.model.retired import DroppedTable


class Parameters(tuple[tuple[str, str], ...]):
    """Storage or operator class parameters as (name, value) pairs, in the given order. PostgreSQL keeps that order,
    but it does not matter for equality."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, tuple) and sorted(self) == sorted(other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(tuple(sorted(self)))


class Reference(NamedTuple):
    """What a foreign key refers to. With `period`, the last column is a range, which several rows may cover
    together."""

    table: TableName
    columns: tuple[str, ...]
    period: bool = False


class Successor(enum.Enum):
    """How the successor of an object is built. `NONE`: in the step that removes the old object. `CONSTRAINT`: as a
    constraint under a temporary name. `INDEX`: as an index under such a name, which a constraint adopts.
    `SWAPPED_INDEX`: as an index under such a name, and the old index gets another such name before it is
    dropped."""

    NONE = enum.auto()
    CONSTRAINT = enum.auto()
    INDEX = enum.auto()
    SWAPPED_INDEX = enum.auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition(IndexFacts):
    """The base of all definitions: frozen dataclasses, one per kind, equal only if all fields are equal.

    Desired and live definitions are of the same class. A live one never has `UNMANAGED`.
    """

    def normalized(self) -> Self:
        """Return the same definition, with its expressions stripped of surrounding white space and parentheses."""
        return self

    @classmethod
    def index_in(cls, form: Mapping[str, Any]) -> Definition | None:
        """Return the index that a constraint adopted, from the constraint as JSON's own types, which anybody may
        have written. Raise `KeyError`, `TypeError` or `AttributeError` if it is not such a constraint."""
        del form
        return None

    def qualified_like(self, live: Definition) -> Self:
        """Return the same definition with the live one's schemas, for names without a schema that can only mean
        those."""
        del live
        return self

    def inherit_unmanaged(self, live: Definition, name: str) -> object:
        """Return the same definition with values for unmanaged fields, for a definition that replaces the live one.

        If all other fields are equal, these are the live values.
        """
        return getattr(live, name)

    def given_name(self, key_name: str) -> str:
        """Return the name in the catalog, empty if there is none; `key_name` is that of the key."""
        return key_name

    def is_enforced(self) -> bool:
        """Whether new rows are checked."""
        return True

    def is_validated(self) -> bool:
        """Whether existing rows were checked."""
        return True

    def passes_on(self) -> bool:
        """Whether partitions and inheritance children inherit it, if they can have such an object."""
        return True

    def is_deferrable(self) -> bool:
        """Whether its check can be deferred to the end of a transaction."""
        return False

    def compares_rows(self) -> bool:
        """Whether it compares rows with each other, so that each partition can enforce it only for its own rows."""
        return False

    def leaves_name_open(self) -> bool:
        """Whether its name is an attribute that the file omits."""
        return any(getattr(self, name) is UNMANAGED for name in fields_with(type(self), Facet.NAME))

    def with_name(self, name: str | None) -> Self:
        """Return the same definition with another name, if the name is an attribute."""
        return replace(self, **dict.fromkeys(fields_with(type(self), Facet.NAME), name))

    def manages(self, facet: Facet) -> bool:
        """Whether the file manages a field with this facet."""
        return any(getattr(self, name) is not UNMANAGED for name in fields_with(type(self), facet))

    def names_in_archive(self) -> Mapping[str, str]:
        """Return the names that the table and its parts have in the archive, by their names before."""
        return {}

    def with_short_names(self, first: Collection[str], unambiguous: Collection[str]) -> Self:
        """Return the same definition, with names of operators, operator classes and collations without their
        schemas: those of the schemas `first`, and those of the schemas `unambiguous` if no other schema has one of
        the name."""
        del first, unambiguous
        return self

    def on_table(self, table: TableName) -> Self:
        """Return the same definition without values that are the default on this table."""
        del table
        return self

    def retirement(self) -> DroppedTable | None:
        """Return the file's entry about a table to drop or archive, if this is one."""
        return None

    def expressions(self) -> tuple[str, ...]:
        """Return its SQL expressions, each of which can be selected from its table."""
        return ()

    def conditions(self) -> tuple[str, ...]:
        """Return those of the expressions that must be boolean."""
        return ()

    def parts(self) -> tuple[str, ...]:
        """Return the SQL expressions as in the file, each separately, in order."""
        return self.expressions()

    def with_parts(self, texts: Sequence[str]) -> Self:
        """Return the same definition with other texts for its `parts`."""
        assert not texts
        return self

    def must_be_immutable(self) -> bool:
        """Whether the server accepts only immutable functions in its expressions."""
        return True

    def is_evaluated(self) -> bool:
        """Whether its expressions are evaluated on the existing rows."""
        return self.is_validated() and self.is_enforced()

    def named_schemas(self) -> Iterable[str]:
        """Return the schemas of the operator classes, collations and operators that it names."""
        return ()

    def looks_up_names(self) -> bool:
        """Whether it names operator classes, collations or operators that depend on the search path."""
        return False

    def is_verbatim(self) -> bool:
        """Whether the server prints it exactly as written here: nothing in it is looked up or deparsed."""
        return not self.expressions()

    def columns(self) -> tuple[str, ...]:
        """Return the columns of its table that the definition names directly (not those inside expressions)."""
        return ()

    def features(self) -> tuple[tuple[str, str], ...]:
        """Return the server features that it needs, each as (YAML field, feature name)."""
        return ()

    def features_if_partitioned(self) -> tuple[tuple[str, str], ...]:
        """Return the server features that it needs on a partitioned table, each as (YAML field, feature name)."""
        return ()

    def not_null_columns(self) -> tuple[str, ...]:
        """Return the columns that cannot be null because of it."""
        return ()

    def key_columns(self) -> tuple[str, ...]:
        """Return the columns that it names, without those that an index only includes."""
        return self.columns()

    def indexed_columns(self) -> tuple[str, ...]:
        """Return the columns that it indexes, in order, up to the first expression."""
        return ()

    def unique_columns(self) -> tuple[str, ...]:
        """Return the columns in which no two rows have equal values because of it, so that a foreign key may refer
        to them."""
        return ()

    def serves(self, reference: Reference) -> bool:
        """Whether a foreign key may refer to its table in this way because of it."""
        columns = self.unique_columns()
        return bool(columns) and not reference.period and set(columns) == set(reference.columns)

    def as_index(self) -> Definition | None:
        """Return the index that it is, or that it can adopt."""
        return None

    def as_built(self) -> Self:
        """Return the index as it is right after its build."""
        return self

    def successor(self) -> Successor:
        """Return how the successor of an object with this definition is built."""
        return Successor.NONE

    def target(self, table: TableName) -> Reference | None:
        """Return how a foreign key refers to it if the foreign key names only the table."""
        del table
        return None

    def reference(self) -> Reference | None:
        """Return the table, and its columns, that it refers to."""
        return None

    def referring_columns(self) -> tuple[str, ...]:
        """Return the columns of its own table that refer to those."""
        return ()

    def changes_referring_rows(self) -> bool:
        """Whether deleting a row that it refers to deletes or changes the rows of its own table."""
        return False

    def referring_to(self, target: Reference) -> Self:
        """Return the same definition, with the columns of the target if it names none there."""
        del target
        return self

    def moved_reference(self, names: Mapping[TableName, TableName]) -> Self:
        """Return the same definition, which refers to a table by its other name if `names` has one."""
        del names
        return self

    def partition_indexes(self) -> PartitionNames:
        """Return the names of the indexes that partitions have because of it."""
        return ()

    def dependent_tables(self) -> Iterable[TableName]:
        """Return the tables whose constraints must be dropped before it."""
        return ()

    def holds(self, key: Key) -> Iterable[Resource]:
        """Return the names and roles that only an object of this key can have."""
        del key
        return ()

    def names(self, key: Key) -> set[Resource]:
        """Return the names among what it holds."""
        return {one for one in self.holds(key) if one.sort in NAMES}

    def rules_out(self, key: Key) -> Iterable[Resource]:
        """Return what no other object may offer while it exists, if their table is partitioned."""
        del key
        return ()

    def takes_over(self, other: Definition) -> bool:
        """Whether PostgreSQL makes the object `other` that a partition or child has for itself a part of this object of
        its parent, when this one is added."""
        del other
        return False

    def is_helped_by(self, key: Key, other: Definition) -> bool:
        """Whether `other` is like the temporary object of another kind with which it is created."""
        del key, other
        return False

    def offers(self, key: Key) -> Iterable[Resource]:
        """Return what other objects can rely on because of it."""
        del key
        return ()

    def relies_on(self, key: Key) -> Iterable[Resource]:
        """Return what other objects must offer so that it can exist."""
        del key
        return ()

    def prefers(self, key: Key) -> Iterable[Resource]:
        """Return what should preferably exist before it is created."""
        del key
        return ()


def is_in_sync(after: Definition, before: Definition) -> bool:
    """Whether every managed field of `after` is equal, so that `complete(after, before)` would be `before`. Most
    definitions are, and this decides it without a copy."""
    if type(after) is not type(before):
        return False
    for mine, theirs in zip(field_values(after), field_values(before), strict=True):
        if mine is not theirs and mine is not UNMANAGED and mine != theirs:
            return False
    return True


def parts_of(definition: Definition | None) -> Mapping[TableName, str]:
    """Return the names of the partitions' indexes, if there are any."""
    return {} if definition is None else dict(definition.partition_indexes())


def has_index(definition: Definition | None) -> bool:
    """Whether it is an index, or is enforced by one."""
    return definition is not None and definition.index_status() is not None


def is_invalid(found: object) -> bool:
    """Whether it is the definition of an index that no backend is building and no query can use."""
    return isinstance(found, Definition) and found.index_status() is IndexStatus.INVALID


def expression_fields(definition: Definition) -> tuple[str, ...]:
    """Return the names of the fields that hold expressions."""
    return fields_with(type(definition), Facet.EXPRESSION)


def words_differ(one: Definition, other: Definition) -> bool:
    """Whether expressions of two definitions of one type are written differently."""
    return any(getattr(one, name) != getattr(other, name) for name in expression_fields(one))


def field_values(definition: Definition) -> tuple[Any, ...]:
    """Return the values of all fields, in declared order."""
    kind: Any = type(definition)
    return _reader(kind)(definition)


@functools.cache
def _reader(kind: Any) -> Callable[[Definition], tuple[Any, ...]]:
    """Return a function that reads all fields of a class at once."""
    names = tuple(f.name for f in fields(kind))
    if len(names) < 2:
        return lambda one: tuple(getattr(one, name) for name in names)
    return operator.attrgetter(*names)
