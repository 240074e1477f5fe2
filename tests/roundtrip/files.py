"""Additions to an exported file that make it complete: objects to drop, and attributes to clear."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator

import yaml

from tests.roundtrip.fingerprint import Entry, Fingerprint

_SECTIONS = {"unique": "constraints", "foreign_keys": "constraints", "checks": "constraints"}
_SECTIONS |= {
    "primary_key": "constraints",
    "exclusions": "constraints",
    "indexes": "indexes",
    "not_null": "not_null",
    "statistics": "statistics",
}

_SHORT_FORM = {"primary_key": "columns", "unique": "columns", "indexes": "columns", "checks": "expression"}
_SHORT_FORM["statistics"] = "columns"

POLICY = {"allow": ["blocking-build", "concurrent-refresh-lost"], "max_drops": 1000}


def absent_file(before: Fingerprint, wanted: Fingerprint) -> str:
    """Return a file with the policy, and with all unwanted objects of the old state under `absent`."""
    names = {(one.schema, one.table, _SECTIONS[one.what], one.name) for one in wanted.values()}
    tables: dict[tuple[str, str], dict[str, list[str]]] = {}
    for one in before.values():
        section = _SECTIONS[one.what]
        if (one.schema, one.table, section, one.name) not in names:
            tables.setdefault((one.schema, one.table), {}).setdefault(section, []).append(one.name)
    entries = {
        f"label {number}": {"schema": schema, "table": table, "absent": absent}
        for number, ((schema, table), absent) in enumerate(tables.items())
    }
    # JSON is YAML, and is not written by the code under test.
    return json.dumps({"version": 1, "policy": POLICY, "tables": entries}, indent=1, ensure_ascii=False)


def complete_file(text: str, before: Fingerprint, wanted: Fingerprint) -> str:
    """Return an exported file without unmanaged attributes: `null` for those to clear, and names that differ."""
    document = yaml.compose(text, Loader=yaml.SafeLoader)
    assert isinstance(document, yaml.MappingNode)
    for one in wanted.values():
        said = {key: value for there in _predecessors(one, before, wanted) for key, value in _said(there, one)}
        if said:
            _details(document, one).value.extend(
                (_plain(key), _plain(value))
                for key, value in said.items()
                if not _has(_details(document, one), key)
            )
    return yaml.serialize(document, allow_unicode=True)


def without_chosen_names(text: str, named: Collection[str]) -> str:
    """Return an exported file without numbered default names of partitions' indexes.

    The numbers depend on the names that were taken when PostgreSQL chose them.
    """
    document = yaml.compose(text, Loader=yaml.SafeLoader)
    assert isinstance(document, yaml.MappingNode)
    for node in _mappings(document):
        parts = _get(node, "partitions")
        if isinstance(parts, yaml.MappingNode):
            parts.value = [(part, said) for part, said in parts.value if _name_said(said) in named]
            node.value = [(key, one) for key, one in node.value if one is not parts or parts.value]
    return yaml.serialize(document, allow_unicode=True)


def _mappings(node: yaml.Node) -> Iterator[yaml.MappingNode]:
    if isinstance(node, yaml.MappingNode):
        yield node
        for _, value in node.value:
            yield from _mappings(value)


def _name_said(node: yaml.Node) -> str:
    """Return the name that a file gives to a partition's index."""
    name = _get(node, "name") if isinstance(node, yaml.MappingNode) else node
    assert isinstance(name, yaml.ScalarNode)
    return name.value


def _predecessors(one: Entry, before: Fingerprint, wanted: Fingerprint) -> list[Entry]:
    """Return the present object, or one that may be renamed to it, or become its index."""
    there = before.get(one.identity)
    if there is not None:
        return [there]
    beside = [other for other in before.values() if (other.schema, other.table) == (one.schema, one.table)]
    unwanted = [other for other in beside if other.identity not in wanted]
    return [
        other
        for other in unwanted
        if other.what == one.what or (other.name == one.name and {one.what, other.what} <= _ADOPTING)
    ]


_ADOPTING = {"unique", "indexes", "primary_key"}


def _said(there: Entry, wanted: Entry) -> Iterator[tuple[str, str | None]]:
    """Return the attributes that the file has to set, because omitted ones are not changed."""
    attributes = {
        "comment": (there.comment, wanted.comment),
        "with": (there.parameters, wanted.parameters),
        "tablespace": (there.tablespace, wanted.tablespace),
        "target" if wanted.what == "statistics" else "statistics": (there.targets, wanted.targets),
        "clustered": (there.clustered, wanted.clustered),
        "replica_identity": (there.replica_identity, wanted.replica_identity),
    }
    for key, (is_, wants) in attributes.items():
        if is_ and not wants:
            yield key, None
    if there.partitions != wanted.partitions:
        yield "partitions", None
    if wanted.what == "primary_key" and there.name != wanted.name:
        yield "name", wanted.name
    if wanted.what == "not_null" and " AS " in wanted.definition:
        names = [one.definition.split(" AS ", 1)[1] for one in (there, wanted)]
        if names[0] != names[1]:
            yield "name", names[1]


def _details(document: yaml.MappingNode, entry: Entry) -> yaml.MappingNode:
    """Return the mapping with an object's details; a short form is replaced by one."""
    table = _table(document, entry)
    if entry.what == "primary_key":
        return _long(table, "primary_key", "columns")
    if entry.what == "not_null":
        columns = _get(table, "not_null")
        if not isinstance(columns, yaml.MappingNode):
            named = (
                [] if columns is None else columns.value if isinstance(columns, yaml.SequenceNode) else [columns]
            )
            _put(table, "not_null", _mapping([(_column(one), _plain(None)) for one in named]))
    section = _get(table, entry.what)
    assert isinstance(section, yaml.MappingNode), entry
    return _long(section, entry.name, _SHORT_FORM.get(entry.what, ""))


def _column(node: yaml.Node) -> yaml.Node:
    """Return the column's name, also of `{column: name}`."""
    return _get(node, "column") or node if isinstance(node, yaml.MappingNode) else node


def _long(parent: yaml.MappingNode, key: str, short: str) -> yaml.MappingNode:
    found = _get(parent, key)
    if isinstance(found, yaml.MappingNode):
        return found
    empty = found is None or found.tag == "tag:yaml.org,2002:null"
    made = _mapping([] if found is None or empty else [(_plain(short), found)])
    _put(parent, key, made)
    return made


def _table(document: yaml.MappingNode, entry: Entry) -> yaml.MappingNode:
    """Return the table's entry: under its name, `schema.name`, or a label with `schema` and `table`."""
    default = _get(document, "schema")
    schema = default.value if default is not None else "public"
    tables = _get(document, "tables")
    assert isinstance(tables, yaml.MappingNode)
    plain = [entry.table] if schema == entry.schema else []
    for key, value in tables.value:
        inner = value if isinstance(value, yaml.MappingNode) else _mapping([])
        named = [_get(inner, word) for word in ("schema", "table")]
        if any(named):
            name = (named[0].value if named[0] else schema, named[1].value if named[1] else key.value)
            found = name == (entry.schema, entry.table)
        else:
            found = key.value in (*plain, f"{entry.schema}.{entry.table}")
        if found:
            return _long(tables, key.value, "")
    raise AssertionError(f"the file has no table {entry.schema}.{entry.table}")


def _get(node: yaml.MappingNode, key: str) -> yaml.Node | None:
    return next((value for name, value in node.value if name.value == key), None)


def _has(node: yaml.MappingNode, key: str) -> bool:
    return _get(node, key) is not None


def _put(node: yaml.MappingNode, key: str, value: yaml.Node) -> None:
    node.value = [(name, old) for name, old in node.value if name.value != key] + [(_plain(key), value)]


def _mapping(pairs: list[tuple[yaml.Node, yaml.Node]]) -> yaml.MappingNode:
    return yaml.MappingNode("tag:yaml.org,2002:map", pairs)


def _plain(text: str | None) -> yaml.ScalarNode:
    if text is None:
        return yaml.ScalarNode("tag:yaml.org,2002:null", "null")
    return yaml.ScalarNode("tag:yaml.org,2002:str", text, style='"')
