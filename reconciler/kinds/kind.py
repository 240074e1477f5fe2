"""What a kind is: the parts that the rooms of the product need to manage one sort of object."""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reconciler.kinds.base.catalog import Catalog
from reconciler.kinds.file.fields import Section
from reconciler.model.definition import Definition
from reconciler.model.names import Key
from reconciler.model.rules.rule import Rule

if TYPE_CHECKING:
    from reconciler.kinds.base.routing import Router


class Purpose(enum.Enum):
    """The purpose that only one kind has.

    `REQUIRES_TABLE`: a table must exist. `DROPS_TABLE`: a table is dropped or archived. `FORBIDS_NULL`: a column
    has no NULL; the key's name is the column. `IDENTIFIES_ROWS`: the primary key. `IS_INDEX`: an index that belongs
    to no constraint; a constraint's index has such a key until the constraint adopts it.
    """

    REQUIRES_TABLE = enum.auto()
    DROPS_TABLE = enum.auto()
    FORBIDS_NULL = enum.auto()
    IDENTIFIES_ROWS = enum.auto()
    IS_INDEX = enum.auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One sort of managed object. `id` is the kind in keys.

    `section` is the YAML side: the fields of its section under a table, or at the top of the file. `catalog` is
    None if the list of tables has all the information. `absent_section` is the section of `absent:` that may name
    such objects; `absent_words` are its description and an example, unless other kinds share it. `only_declared`: the
    catalog is read only for tables that the file declares under this kind. `router` imports and returns the part
    that writes SQL. It does so late, because that part needs psycopg, which reading a file must not import. It is
    None for a kind that is only required and never changed. `rules` are those that only this kind raises. `purpose`
    is what no other kind is for. `is_copied`: descendants have a copy of an object under the same name, unless it is
    not inherited. `on_views`: materialized views can have them. `contype` is pg_constraint's letter for constraints
    that the tool gives names of its own. `nouns` are the words for one object and for several, if they differ from
    the id.
    """

    id: str
    definition: type[Definition]
    section: Section
    catalog: Catalog | None
    absent_section: str | None = None
    absent_words: tuple[str, str] | None = None
    only_declared: bool = False
    router: Callable[[], Router] | None = None
    rules: tuple[Rule, ...] = ()
    purpose: Purpose | None = None
    is_copied: bool = False
    on_views: bool = False
    contype: str = ""
    nouns: tuple[str, str] | None = None

    @property
    def is_constraint(self) -> bool:
        """Whether its objects have names among the constraints of their table."""
        return self.section.in_constraints

    @property
    def has_index(self) -> bool:
        """Whether its objects are indexes or are enforced by one."""
        return self.section.in_relations and self.router is not None

    def columns_of(self, key: Key, definition: Definition) -> tuple[str, ...]:
        """Return the columns that an object names, in its definition or in its key."""
        return (key.name,) if self.purpose is Purpose.FORBIDS_NULL else definition.columns()
