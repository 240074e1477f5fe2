"""The `partitions` attribute: names of partitions' indexes that differ from PostgreSQL's default names."""

from __future__ import annotations

from typing import Any, Final

from reconciler.kinds.file.described import Json, described
from reconciler.kinds.file.fields import Attribute
from reconciler.kinds.file.nodes import INVALID, Invalid, MappingNode, Node, Reading
from reconciler.kinds.file.quoting import unknown_key
from reconciler.kinds.file.readers import NAME_SCHEMA, Nullable, read_name
from reconciler.kinds.file.tables import LONG_KEYS, entry_name, read_entry_name
from reconciler.kinds.file.writing import Writing, Written
from reconciler.model.facets import UNMANAGED
from reconciler.model.index_facts import PartitionNames
from reconciler.model.names import TableName
from reconciler.model.rules.declarations import MISSING_KEY, UNKNOWN_KEY, WRONG_TYPE
from reconciler.model.rules.files import DUPLICATE_KEY

_KEYS: Final = (*LONG_KEYS, "name")


class PartitionIndexes:
    """A mapping of a partition to the name of its index, as sorted pairs.

    A partition is named like any table. If a short form cannot express its name, the entry is `{schema:, table:,
    name:}`, under any key.
    """

    def read(self, node: Node, reading: Reading) -> PartitionNames | Invalid:
        if not isinstance(node, MappingNode) or not node.entries:
            expected = "expected {wallets_2026: my_own_name}, a partition and the name of its index"
            return reading.report(node, WRONG_TYPE, f"{expected}, found {node.describe()}")
        pairs: dict[TableName, str] = {}
        failed = False
        for key, value in node.entries.values():
            table, name = read_entry_name(key, value, reading), self._name(value, reading)
            if table is INVALID or name is INVALID:
                failed = True
            elif table in pairs:
                failed = True
                reading.report(key, DUPLICATE_KEY, f"{table} is listed here twice")
            else:
                pairs[table] = name
        return INVALID if failed else tuple(sorted(pairs.items()))

    @staticmethod
    def _name(value: Node, reading: Reading) -> str | Invalid:
        if not isinstance(value, MappingNode):
            return read_name(value, reading, "an index")
        unknown = [key for key, _ in value.entries.values() if key.text not in _KEYS]
        for key in unknown:
            reading.report(
                key,
                UNKNOWN_KEY,
                unknown_key(key.text, "in the index of a partition"),
                reading.near(key.text, _KEYS),
            )
        if "name" not in value.entries:
            return reading.report(value, MISSING_KEY, "a partition's index needs `name`")
        return INVALID if unknown else read_name(value.entries["name"][1], reading, "an index")

    def write(self, value: Any, writing: Writing) -> Written:
        written: dict[str, Written] = {}
        for table, name in value:
            label, long = entry_name(table, writing, written)
            written[label] = {**long, "name": name} if long else name
        return written

    def schema(self) -> Json:
        long: Json = {
            "type": "object",
            "properties": {
                **{name: attribute.schema() for name, attribute in LONG_KEYS.items()},
                "name": described(NAME_SCHEMA, "The name of the index.", examples=("my_own_name",)),
            },
            "required": ["name"],
            "additionalProperties": False,
        }
        return {"type": "object", "minProperties": 1, "additionalProperties": {"anyOf": [NAME_SCHEMA, long]}}


def partitions() -> Attribute:
    return Attribute(
        reader=Nullable(reader=PartitionIndexes(), empty=()),
        doc="On a partitioned table: the names of its partitions' indexes, by partition, if they are not PostgreSQL's; "
        "`null`: PostgreSQL's names.",
        default=UNMANAGED,
        examples=({"wallets_2026": "my_own_name"},),
    )
