"""How a kind is declared in the file: its section, and the attributes of an object's long form.

One declaration serves three purposes: it reads nodes into `Declared` objects, it writes definitions as a person
would, and it provides the JSON Schema for editors.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from reconciler.kinds.file.columns import Columns
from reconciler.kinds.file.described import NO_EXAMPLES, Json, described
from reconciler.kinds.file.nodes import INVALID, MappingNode, Node, Reading, ScalarNode, SequenceNode
from reconciler.kinds.file.quoting import quoted_key, unknown_key
from reconciler.kinds.file.readers import (
    NAME_SCHEMA,
    Boolean,
    Comment,
    Name,
    Nullable,
    ParameterPairs,
    Reader,
    read_name,
)
from reconciler.kinds.file.writing import Block, Writing, Written
from reconciler.model.definition import Definition
from reconciler.model.facets import UNMANAGED, file_names
from reconciler.model.names import Key, Place, TableName, default_name
from reconciler.model.repair import REFUSED_ROWS, RowPolicy
from reconciler.model.rules.declarations import MISSING_KEY, UNKNOWN_KEY, WRONG_TYPE
from reconciler.model.rules.dependencies import CONFLICT
from reconciler.model.state import Declared


class _Required(enum.Enum):
    REQUIRED = "required"


REQUIRED: Final = _Required.REQUIRED


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """One key of a long form. `default` is the value if the key is omitted; `REQUIRED` means that it must not be
    omitted.

    `doc` is one or more sentences without the default, which editors and pages add. `omitted` describes a default
    that the file cannot say. `examples` are values as in the file, which editors insert; for words, they may be
    left out. A mapping is an example only if no shorter form exists.
    """

    reader: Reader[Any]
    doc: str
    default: Any = REQUIRED
    omitted: str = "none"
    examples: tuple[Any, ...] = NO_EXAMPLES

    def schema(self) -> Json:
        schema = self.reader.schema()
        if self.default is REQUIRED:
            return described(schema, self.doc, examples=self.examples)
        if self.default is UNMANAGED:
            return described(schema, self.doc, omitted="not managed", examples=self.examples)
        default = None if self.default is None else self.reader.write(self.default, Writing(default_schema=""))
        return described(schema, self.doc, default=default, omitted=self.omitted, examples=self.examples)


def comment() -> Attribute:
    return Attribute(
        reader=Comment(),
        doc="The text of COMMENT ON; `null`: no comment.",
        default=UNMANAGED,
        examples=("open wallets of a user", None),
    )


def included() -> Attribute:
    return Attribute(
        reader=Columns(repeatable=True),
        doc="Columns that the index stores in addition to its key.",
        default=(),
        examples=(["balance"],),
    )


def storage() -> Attribute:
    return Attribute(
        reader=Nullable(reader=ParameterPairs(), empty=()),
        doc="Storage parameters of the index; `null`: none.",
        default=UNMANAGED,
        examples=({"fillfactor": 70},),
    )


def tablespace() -> Attribute:
    return Attribute(
        reader=Nullable(reader=Name(expected="a tablespace")),
        doc="The tablespace of the index; `null`: the database's default.",
        default=UNMANAGED,
        examples=("fast_disks", None),
    )


def clustered() -> Attribute:
    return Attribute(
        reader=Nullable(reader=Boolean(), empty=False),
        doc="`true`: CLUSTER uses this index, at most one of a table; not a partial one. `null`: it does not.",
        default=UNMANAGED,
    )


def replica_identity() -> Attribute:
    return Attribute(
        reader=Nullable(reader=Boolean(), empty=False),
        doc="`true`: logical replication identifies rows by this index, at most one of a table; it must be unique, "
        "on columns that are not null, neither partial nor with expressions. `null`: it does not.",
        default=UNMANAGED,
    )


def validated() -> Attribute:
    return Attribute(
        reader=Boolean(),
        doc="`false`: existing rows need not comply; a valid constraint also satisfies this.",
        default=True,
    )


def flag(doc: str, *, default: bool = False) -> Attribute:
    return Attribute(reader=Boolean(), doc=doc, default=default)


def deferral() -> dict[str, Attribute]:
    return {
        "deferrable": flag("The check can be deferred to the end of a transaction."),
        "initially_deferred": flag(
            "The check is deferred unless a transaction sets it otherwise; implies `deferrable`."
        ),
    }


class Places(Mapping[str, Place]):
    """Attribute → the place of its key. Most places are never used, so each is made on demand."""

    __slots__ = ("_nodes",)

    def __init__(self, nodes: Mapping[str, Node | tuple[ScalarNode, Node]]) -> None:
        """`nodes` has each attribute's node, or its entry in a mapping."""
        self._nodes = nodes

    def __getitem__(self, name: str) -> Place:
        found = self._nodes[name]
        return (found[0] if isinstance(found, tuple) else found).place

    def __iter__(self) -> Iterator[str]:
        return iter(self._nodes)

    def __len__(self) -> int:
        return len(self._nodes)


class Values(dict[str, Any]):
    """The values read from one long form: a value for each attribute, `INVALID` if it could not be read.

    `given` has the node of each key in the file. `complete`: no value is `INVALID`. `unknown`: a key is not part of
    the form; the other keys are still checked.
    """

    __slots__ = ("complete", "given", "node", "unknown")

    def __init__(self, node: Node, defaults: Mapping[str, Any]) -> None:
        super().__init__(defaults)
        self.node = node
        self.given: dict[str, Node] = {}
        self.complete = True
        self.unknown = False

    def give(self, name: str, value: Any, node: Node) -> None:
        self[name] = value
        self.given[name] = node
        if value is INVALID:
            self.complete = False

    def place_of(self, name: str) -> Place:
        return self.given.get(name, self.node).place


class Record:
    """A mapping with known keys. `short` names the attribute that a value other than a mapping sets."""

    def __init__(self, attributes: Mapping[str, Attribute], *, short: str | None = None, what: str) -> None:
        self.attributes = attributes
        self.short = short
        self.what = what
        self._readers = {name: attribute.reader.read for name, attribute in attributes.items()}
        self._required = [name for name, attribute in attributes.items() if attribute.default is REQUIRED]
        self._defaults = {
            name: INVALID if attribute.default is REQUIRED else attribute.default
            for name, attribute in attributes.items()
        }

    def read(self, node: Node, reading: Reading) -> Values:
        """Read all attributes of the mapping at `node`. Report unknown and missing keys."""
        values = Values(node, self._defaults)
        if isinstance(node, MappingNode):
            self._read_long(node, reading, values)
        elif node.is_null and not self._required:
            return values
        elif self.short is not None and not node.is_null:
            values.give(self.short, self._readers[self.short](node, reading), node)
        else:
            reading.report(node, WRONG_TYPE, f"expected {self._expected()}, found {node.describe()}")
            values.complete = False
        return values

    def _read_long(self, node: MappingNode, reading: Reading, values: Values) -> None:
        hints: list[str] = []
        for name, (key, value) in node.entries.items():
            read = self._readers.get(name)
            if read is None:
                hint = reading.near(name, self.attributes)
                reading.report(key, UNKNOWN_KEY, unknown_key(name, f"in {self.what}"), hint)
                values.unknown = True
                hints.append(hint or "")
            else:
                values.give(name, read(value, reading), key)
        for name in self._required:
            if name not in node.entries:
                values.complete = False
                # A misspelt key is one mistake, not two.
                if f"did you mean `{name}`?" not in hints:
                    reading.report(node, MISSING_KEY, f"{self.what} needs `{name}`")

    def write(self, values: Mapping[str, Any], writing: Writing) -> Written:
        """Return a tree that reads as these values. Defaults are omitted, and the short form is used where
        possible."""
        long = {
            name: attribute.reader.write(values[name], writing)
            for name, attribute in self.attributes.items()
            if name in values and values[name] != attribute.default
        }
        if len(long) == 1 and self.short in long and not isinstance(long[self.short], dict):
            return long[self.short]
        return long or None

    def _expected(self) -> str:
        keys = ", ".join(f"`{name}`" for name in self._required) or "known keys"
        short = f"its {self.short} alone, or " if self.short else ""
        return f"{self.what}: {short}a mapping with {keys}"

    def schema(self) -> Json:
        """The schema of both forms."""
        long: Json = {
            "type": "object",
            "properties": {name: attribute.schema() for name, attribute in self.attributes.items()},
            "additionalProperties": False,
        }
        if self._required:
            long["required"] = self._required
        forms = [long]
        if self.short is not None:
            # A mapping is always read as the long form.
            short = self.attributes[self.short].reader.schema()
            forms = [*(form for form in short.get("anyOf", [short]) if form.get("type") != "object"), long]
        if not self._required:
            forms.append({"type": "null"})
        return forms[0] if len(forms) == 1 else {"anyOf": forms}


class Naming(enum.Enum):
    """How a section identifies its objects.

    `NAME`: a mapping of name → object. `COLUMN`: columns, or a mapping of column → object. `TABLE`: one object for
    the table. `FILE`: the section is at the top of the file, a mapping of table → object.
    """

    NAME = "name"
    COLUMN = "column"
    TABLE = "table"
    FILE = "file"


class Namespace(enum.Enum):
    """Where names must differ: constraints within one table; relations (among them indexes) within one schema."""

    CONSTRAINT = "constraint"
    RELATION = "relation"


def _no_check(values: Values, key: Key, reading: Reading) -> None:
    """Check nothing."""


def _refused(values: Values) -> RowPolicy:
    del values
    return REFUSED_ROWS


def attribute_values(definition: Definition) -> dict[str, Any]:
    """Return the fields of a definition under their names in the file, except for fields that others imply."""
    found = {key: getattr(definition, name) for name, key in file_names(type(definition)).items()}
    if found.get("initially_deferred"):
        del found["deferrable"]
    return found


def _no_expressions(_: Any) -> Iterator[tuple[str, str]]:
    return iter(())


_RENAMED_FROM = Attribute(
    reader=Name(),
    doc="The current name of the object. The object is renamed, not rebuilt.",
    default=None,
    examples=("old_name",),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The YAML declaration of one kind.

    `kind` is the kind's id and `key` the section's key in the file. `attributes` are those of the long form;
    `short` is the one that the short form sets. `build` makes a definition of complete values, and `values` is its
    inverse. `rows` returns what happens to violating rows, and `nulls` what happens to those with a NULL that the
    object implies to be none. `check` reports combinations that are not possible,
    whatever the object's key is (except at the top of the file); its values may be `INVALID`. `expressions` yields
    the (attribute, SQL) pairs of a definition.
    `name_label` is the end of PostgreSQL's own name, if the name is an attribute. `what` names one object in
    messages; `doc` and `examples` explain the section to editors.
    """

    kind: str
    key: str
    what: str
    doc: str
    examples: tuple[Any, ...] = NO_EXAMPLES
    naming: Naming
    namespaces: frozenset[Namespace] = frozenset()
    attributes: Mapping[str, Attribute]
    short: str | None = None
    build: Callable[[Values], Definition]
    values: Callable[[Any], Mapping[str, Any]] = attribute_values
    rows: Callable[[Values], RowPolicy] = _refused
    nulls: Callable[[Values], RowPolicy] = _refused
    name_label: str | None = None
    check: Callable[[Values, Key, Reading], None] = _no_check
    expressions: Callable[[Any], Iterator[tuple[str, str]]] = _no_expressions
    record: Record = field(init=False)

    def __post_init__(self) -> None:
        renaming = {"renamed_from": _RENAMED_FROM} if self.naming is Naming.NAME else {}
        record = Record({**self.attributes, **renaming}, short=self.short, what=self.what)
        object.__setattr__(self, "record", record)

    @property
    def in_constraints(self) -> bool:
        """Whether an object's name must differ from those of the table's other constraints."""
        return Namespace.CONSTRAINT in self.namespaces

    @property
    def in_relations(self) -> bool:
        """Whether an object's name must differ from those of the schema's other relations."""
        return Namespace.RELATION in self.namespaces

    def default_name(self, key: Key, number: int = 0) -> str:
        """Return PostgreSQL's own name, if the name is an attribute; with a number, from 1, if another object has
        it."""
        assert self.name_label is not None
        return default_name(key.table, key.name or None, f"{self.name_label}{number or ''}")

    def read(self, node: Node, table: TableName, reading: Reading) -> list[Declared]:
        """Read the objects that a section under `table` declares."""
        if self.naming is Naming.TABLE:
            found = [self.read_one(node, self._key(table), node.place, reading)]
        elif isinstance(node, MappingNode):
            found = [self._read_entry(key, value, table, reading) for key, value in node.entries.values()]
        elif self.naming is Naming.COLUMN and not node.is_null:
            items = node.items if isinstance(node, SequenceNode) else [node]
            found = [self._read_column(item, table, reading) for item in items]
        else:
            found = []
            if not node.is_null:
                expected = f"a mapping of name → {self.what}"
                reading.report(node, WRONG_TYPE, f"expected {expected}, found {node.describe()}")
        return [declared for declared in found if declared is not None]

    def read_one(self, node: Node, key: Key, place: Place, reading: Reading) -> Declared | None:
        """Read the one object at `node`; return it if that is possible."""
        fields = self._fields_of(node)
        if fields is None:
            return self._read_one(node, key, place, reading)
        content = self.kind, node.content()
        known = reading.known.get(content)
        if known is not None:
            definition, rows, nulls = known
            return Declared(
                key=key, definition=definition, place=place, fields=Places(fields), rows=rows, nulls=nulls
            )
        before = len(reading.problems)
        declared = self._read_one(node, key, place, reading)
        if declared is not None and len(reading.problems) == before:
            reading.known[content] = declared.definition, declared.rows, declared.nulls
        return declared

    def _fields_of(self, node: Node) -> Mapping[str, Node | tuple[ScalarNode, Node]] | None:
        """Return the node of each attribute, for a form that is read independently of its object."""
        if type(node) is MappingNode and self.naming is not Naming.FILE and "renamed_from" not in node.entries:
            return node.entries
        return {self.short: node} if type(node) is ScalarNode and self.short is not None else None

    def _read_one(self, node: Node, key: Key, place: Place, reading: Reading) -> Declared | None:
        values = self.record.read(node, reading)
        self.check(values, key, reading)
        if not values.complete:
            return None
        renamed_from = values["renamed_from"] if self.naming is Naming.NAME else None
        if renamed_from is not None and renamed_from == key.name:
            reading.report(
                values.place_of("renamed_from"),
                CONFLICT,
                f"{quoted_key(key.name, 'the object')} is renamed from itself",
            )
        return Declared(
            key=key,
            definition=self.build(values),
            place=place,
            fields=Places(values.given),
            renamed_from=renamed_from,
            rows=self.rows(values),
            nulls=self.nulls(values),
        )

    def write(self, objects: Mapping[str, Definition], writing: Writing) -> Written:
        """Return a tree that reads as these objects of one table, by the names of their keys."""
        written = {name: self.write_one(definition, writing) for name, definition in objects.items()}
        if self.naming is Naming.TABLE:
            return written[""]
        if self.naming is Naming.COLUMN and not any(written.values()):
            return Columns().write(tuple(written), writing)
        return Block(written)

    def write_one(self, definition: Definition, writing: Writing) -> Written:
        """Return a tree that reads as this definition."""
        return self.record.write(self.values(definition), writing)

    def _read_entry(self, key: ScalarNode, node: Node, table: TableName, reading: Reading) -> Declared | None:
        name = read_name(key, reading)
        # A wrong name does not prevent the checks of the rest of its object.
        declared = self.read_one(node, self._key(table, key.text), key.place, reading)
        return None if name is INVALID else declared

    def _read_column(self, node: Node, table: TableName, reading: Reading) -> Declared | None:
        columns = Columns(several=False).read(node, reading)
        if columns is INVALID:
            return None
        nothing = ScalarNode(node.file, node.line, node.column, "", True)
        return self.read_one(nothing, self._key(table, columns[0]), node.place, reading)

    def _key(self, table: TableName, name: str = "") -> Key:
        return Key(schema=table.schema, table=table.name, kind=self.kind, name=name)

    def object_name(self, declared: Declared) -> str | None:
        """Return the name that the object has in the database, if the file gives it."""
        if self.naming is Naming.NAME:
            return declared.key.name
        return declared.definition.given_name("") or None

    def schema(self) -> Json:
        """Return the JSON Schema of one object; `section_schema` is that of the whole section."""
        return {"title": self.what} | self.record.schema()

    def section_schema(self, reference: Json) -> Json:
        """Return the JSON Schema of the section, in which `reference` stands for the schema of one object."""
        if self.naming is Naming.TABLE:
            return self._described({"allOf": [reference]})
        by_name: Json = {"type": "object", "propertyNames": {"minLength": 1}, "additionalProperties": reference}
        forms: list[Json] = [by_name, {"type": "null"}]
        if self.naming is Naming.COLUMN:
            forms += [NAME_SCHEMA, Columns().schema()["anyOf"][-1]]
        return self._described({"anyOf": forms})

    def _described(self, schema: Json) -> Json:
        return described(schema, self.doc, omitted="not managed", examples=self.examples)
