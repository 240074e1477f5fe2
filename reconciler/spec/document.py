"""One file's tree → its declarations. Sections are found through the registry of kinds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from reconciler.kinds import KINDS
from reconciler.kinds.file.fields import Naming, Section, Values
from reconciler.kinds.file.nodes import INVALID, MappingNode, Node, Reading, ScalarNode
from reconciler.kinds.file.quoting import unknown_key
from reconciler.kinds.file.readers import Names, read_name
from reconciler.kinds.file.tables import LONG_KEYS, read_entry_name
from reconciler.kinds.required_table.fields import SECTION as TABLES
from reconciler.model.errors import Problem, Problems
from reconciler.model.names import Key, Place, TableName
from reconciler.model.own_files import own_file
from reconciler.model.platform import Exemption
from reconciler.model.rules.connections import UNSUPPORTED_VERSION
from reconciler.model.rules.declarations import MISSING_KEY, UNKNOWN_KEY, WRONG_TYPE
from reconciler.model.rules.files import EMPTY_FILE
from reconciler.model.state import Absent, Declared, Policy, Protected
from reconciler.spec.policy import policy_keys, read_policy, read_protected

VERSION: Final = "1"
DEFAULT_SCHEMA: Final = "public"

TABLE_SECTIONS: Final = {k.section.key: k.section for k in KINDS if k.section.naming is not Naming.FILE}
FILE_SECTIONS: Final = {k.section.key: k.section for k in KINDS if k.section.naming is Naming.FILE}
ABSENT_SECTIONS: Final = tuple(
    dict.fromkeys(kind.absent_section for kind in reversed(KINDS) if kind.absent_section is not None)
)
TABLE_KEYS: Final = (*LONG_KEYS, *TABLE_SECTIONS, "absent")
FILE_KEYS: Final = ("version", "schema", "policy", "protected", *FILE_SECTIONS)

_NOWHERE: Final = TableName(schema="", name="")


@dataclass(slots=True, kw_only=True)
class Document:
    """The declarations of one file. `policy` is None if the file has none."""

    file: str
    declared: list[Declared] = field(default_factory=list)
    absent: list[Absent] = field(default_factory=list)
    protected: list[Protected] = field(default_factory=list)
    policy: Policy | None = None
    policy_place: Place | None = None
    policy_keys: Mapping[str, Place] = field(default_factory=dict)
    exemptions: list[Exemption] = field(default_factory=list)


def read_document(file: str, root: Node | None, problems: Problems) -> Document:
    """Return everything that the file at `root` declares; values that cannot be read become problems."""
    document = Document(file=file)
    if root is None or root.is_null:
        place = root.place if root else Place(file=file, line=1, column=1)
        hint = "a file starts with `version: 1`"
        problems.append(Problem(place=place, rule=EMPTY_FILE, message="the file declares nothing", hint=hint))
        return document
    if not isinstance(root, MappingNode):
        problems.append(not_a_mapping(root))
        return document
    swapped = own_file(root.entries)
    if swapped is not None:
        message = f"this file is {swapped.title}; it declares nothing"
        problems.append(Problem(place=root.place, rule=WRONG_TYPE, message=message, hint=swapped.usage))
        return document
    reading = Reading(default_schema=default_schema_of(root, problems), problems=problems)
    _check_version(root, reading)
    for key, value in root.entries.values():
        _read_top(document, key, value, reading)
    return document


def not_a_mapping(root: Node) -> Problem:
    """Return the problem of a file that is a list or a text."""
    # Not even a word is quoted here: a file that is a single text may be a secret.
    found = "a text" if isinstance(root, ScalarNode) else root.describe()
    message = f"expected a mapping with `version`, found {found}"
    return Problem(place=root.place, rule=WRONG_TYPE, message=message)


def default_schema_of(root: MappingNode, problems: Problems) -> str:
    """Return the schema of table names that have none, as the file says."""
    if "schema" not in root.entries:
        return DEFAULT_SCHEMA
    name = read_name(root.entries["schema"][1], Reading(default_schema="", problems=problems), "a schema")
    return DEFAULT_SCHEMA if name is INVALID else name


def _check_version(root: MappingNode, reading: Reading) -> None:
    if "version" not in root.entries:
        reading.report(root, MISSING_KEY, "the file needs `version`", "start it with `version: 1`")
        return
    node = root.entries["version"][1]
    if not (isinstance(node, ScalarNode) and node.plain and node.text == VERSION):
        message = f"expected version {VERSION} of the format, found {node.describe()}"
        reading.report(node, UNSUPPORTED_VERSION, message, f"write `version: {VERSION}`")


def _read_top(document: Document, key: ScalarNode, value: Node, reading: Reading) -> None:
    if key.text == "policy":
        document.policy_place = key.place
        document.policy = read_policy(value, reading)
        document.policy_keys = policy_keys(value)
    elif key.text == "protected":
        document.protected += read_protected(value, reading)
    elif key.text in FILE_SECTIONS:
        _read_tables(document, FILE_SECTIONS[key.text], value, reading)
    elif key.text not in FILE_KEYS:
        reading.report(key, UNKNOWN_KEY, unknown_key(key.text), reading.near(key.text, FILE_KEYS))


def _read_tables(document: Document, section: Section, node: Node, reading: Reading) -> None:
    """Read a section at the top of the file: a mapping of table → its declarations."""
    if node.is_null:
        return
    if not isinstance(node, MappingNode):
        message = f"expected a mapping of table → {section.what} under `{section.key}`, found {node.describe()}"
        reading.report(node, WRONG_TYPE, message)
        return
    for key, entry in node.entries.values():
        table = read_entry_name(key, entry, reading)
        if section is TABLES:
            _read_table(document, key, entry, _NOWHERE if table is INVALID else table, reading)
            continue
        name = _NOWHERE if table is INVALID else table
        identity = Key(schema=name.schema, table=name.name, kind=section.kind)
        declared = section.read_one(entry, identity, key.place, reading)
        if declared is not None and table is not INVALID:
            document.declared.append(declared)


def _read_table(document: Document, key: ScalarNode, entry: Node, table: TableName, reading: Reading) -> None:
    """Read an entry of `tables`: the table is required, and the kind's own readers read each of its sections."""
    found: list[Declared] = []
    identity = Key(schema=table.schema, table=table.name, kind=TABLES.kind)
    found.append(Declared(key=identity, definition=TABLES.build(Values(key, {})), place=key.place))
    if isinstance(entry, MappingNode):
        for name, value in entry.entries.values():
            if name.text in TABLE_SECTIONS:
                found += TABLE_SECTIONS[name.text].read(value, table, reading)
            elif name.text == "absent":
                document.absent += [a for a in _read_absent(value, table, reading) if table is not _NOWHERE]
            elif name.text not in LONG_KEYS:
                reading.report(
                    name,
                    UNKNOWN_KEY,
                    unknown_key(name.text, "in a table"),
                    reading.near(name.text, TABLE_KEYS),
                )
    elif not entry.is_null:
        reading.report(entry, WRONG_TYPE, f"expected a mapping under a table, found {entry.describe()}")
    if table is not _NOWHERE:
        document.declared += found


def _read_absent(node: Node, table: TableName, reading: Reading) -> list[Absent]:
    if node.is_null:
        return []
    if not isinstance(node, MappingNode):
        sections = ", ".join(f"`{name}`" for name in ABSENT_SECTIONS)
        reading.report(
            node, WRONG_TYPE, f"expected a mapping of {sections} under `absent`, found {node.describe()}"
        )
        return []
    found: list[Absent] = []
    for key, value in node.entries.values():
        if key.text not in ABSENT_SECTIONS:
            hint = reading.near(key.text, ABSENT_SECTIONS)
            reading.report(key, UNKNOWN_KEY, unknown_key(key.text, "in `absent`"), hint)
            continue
        found += [
            Absent(table=table, section=key.text, name=name, place=item.place)
            for name, item in Names().read_each(value, reading)
        ]
    return found
