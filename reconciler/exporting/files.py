"""Writes declared objects as one file, or as a folder of files."""

from __future__ import annotations

import enum
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final
from urllib.parse import quote

from reconciler.exporting.selection import table_names
from reconciler.model.definition import Definition
from reconciler.model.names import Key, TableName
from reconciler.spec import json_schema
from reconciler.spec.writer import write

SCHEMA_FILE: Final = "reconcile.schema.json"
"""The file name of the JSON Schema; the first line of the other files names it for editors."""

_HEADER: Final = (
    "Written by `reconcile export`. An object that is deleted from this file is no longer managed; it is not dropped.",
)
_FOR_EDITORS: Final = (
    f"The first line is for editors: `reconcile schema -o {SCHEMA_FILE}` writes the file that it names."
)

_NEARLY_ALL: Final = 0.8


class Split(enum.StrEnum):
    """The unit that gets a separate file."""

    SCHEMA = "schema"
    TABLE = "table"


def one_file(objects: Mapping[Key, Definition]) -> str:
    """Return everything as one text."""
    header = (_modeline(SCHEMA_FILE), *_HEADER, _FOR_EDITORS)
    return write(objects, default_schema=default_schema(objects), header=header)


def folder(objects: Mapping[Key, Definition], split: Split) -> dict[str, str]:
    """Return the texts of a folder's files, by path, with the JSON Schema that the YAML files refer to."""
    files: dict[str, str] = {SCHEMA_FILE: json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"}
    taken: set[str] = set()
    for schema, tables in _by_schema(objects).items():
        name = _file_name(schema, taken)
        if split is Split.SCHEMA:
            files[f"{name}.yaml"] = _with_modeline(tables, schema, SCHEMA_FILE)
            continue
        taken_below: set[str] = set()
        for table, found in _by_table(tables).items():
            path = f"{name}/{_file_name(table.name, taken_below)}.yaml"
            files[path] = _with_modeline(found, schema, f"../{SCHEMA_FILE}")
    return files


def default_schema(objects: Iterable[Key]) -> str:
    """Return the schema whose tables are not qualified: one that has nearly all tables, else public."""
    counts = Counter(table.schema for table in table_names(objects))
    schema, count = max(counts.items(), key=lambda one: (one[1], one[0]), default=("public", 0))
    return schema if count >= _NEARLY_ALL * counts.total() else "public"


def _with_modeline(objects: Mapping[Key, Definition], schema: str, path: str) -> str:
    return write(objects, default_schema=schema, header=(_modeline(path), *_HEADER))


def _modeline(path: str) -> str:
    """Return the comment that names the JSON Schema: the language server of the YAML extensions reads it."""
    return f"yaml-language-server: $schema={path}"


def _by_schema(objects: Mapping[Key, Definition]) -> dict[str, dict[Key, Definition]]:
    found: dict[str, dict[Key, Definition]] = {} if objects else {"public": {}}
    for key, definition in objects.items():
        found.setdefault(key.schema, {})[key] = definition
    return found


def _by_table(objects: Mapping[Key, Definition]) -> dict[TableName, dict[Key, Definition]]:
    found: dict[TableName, dict[Key, Definition]] = {}
    for key, definition in objects.items():
        found.setdefault(key.table_name, {})[key] = definition
    return found


def _file_name(name: str, taken: set[str]) -> str:
    """Return a name that every file system accepts, and that is unique also without regard to case."""
    plain = re.sub(r"[^\w-]", lambda match: quote(match.group(), safe="").replace(".", "%2E"), name)
    base, number = plain, 1
    while (folded := unicodedata.normalize("NFC", plain).casefold()) in taken:
        number += 1
        plain = f"{base}~{number}"
    taken.add(folded)
    return plain
