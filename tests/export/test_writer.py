"""Written files are read with the same meaning: every kind, every attribute, with any name."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from reconciler.kinds import KINDS, key_for
from reconciler.kinds.file.writing import Block
from reconciler.kinds.kind import Purpose
from reconciler.kinds.required_table.definition import RequiredTable
from reconciler.model.definition import Definition
from reconciler.model.names import Key
from reconciler.spec import json_schema, load
from reconciler.spec.document import read_document
from reconciler.spec.emit import mapping_lines
from reconciler.spec.format import format_text
from reconciler.spec.parse import parse
from reconciler.spec.writer import write
from tests.export.definitions import DEFINITIONS, objects, texts

VALIDATOR = jsonschema.Draft7Validator(json_schema())
PROPERTY = settings(max_examples=60)


def read(text: str) -> dict[Key, Definition]:
    problems: list[Any] = []
    root, found = parse("schema.yaml", text.encode())
    document = read_document("schema.yaml", root, problems)
    assert found + problems == [], text
    return {declared.key: declared.definition for declared in document.declared}


def test_every_kind_is_written() -> None:
    assert set(DEFINITIONS) == {kind.id for kind in KINDS}


@pytest.mark.parametrize("kind", DEFINITIONS)
@given(data=st.data())
@PROPERTY
def test_reading_gives_back_what_was_written(kind: str, data: st.DataObject) -> None:
    desired = data.draw(objects(kind))
    text = write(desired, default_schema=data.draw(st.sampled_from(["public", "billing", "1e3"])))
    assert read(text) == desired
    assert format_text("schema.yaml", text.encode()) == text


@pytest.mark.parametrize("kind", DEFINITIONS)
@given(data=st.data())
@PROPERTY
def test_editors_find_it_valid(kind: str, data: st.DataObject) -> None:
    text = write(data.draw(objects(kind)), default_schema="public")
    assert [error.message for error in VALIDATOR.iter_errors(yaml.safe_load(text))] == []


trees = st.recursive(
    st.none() | st.booleans() | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


@given(tree=st.dictionaries(texts, trees, max_size=4))
@PROPERTY
def test_a_reader_that_knows_types_takes_text_for_text(tree: dict[str, Any]) -> None:
    text = "\n".join(mapping_lines(tree)) + "\n"
    assert yaml.safe_load(text) == (tree or None)
    assert yaml.load(text, Loader=yaml.CSafeLoader) == (tree or None)


def test_text_is_quoted_only_where_it_must_be() -> None:
    tree = Block(
        plain="status = 'open'",
        cast="(status)::text = ANY (ARRAY['a'::text])",
        word="no",
        number="1e3",
        colon="a: b",
        comment="a #b",
        both="\"a\" = 'b'",
        lines="CASE\n    WHEN a THEN b\nEND",
        short=["a", "b"],
        flow={"columns": ["a", "b"], "where": "x > 0"},
        not_in_flow={"columns": "a", "where": "x::text = 'a'"},
        elements=[{"expression": "lower(a, b)", "order": "desc"}, "c"],
        empty=None,
    )
    assert "\n".join(mapping_lines(tree)) == (Path(__file__).parent / "style.yaml").read_text().rstrip("\n")


def test_the_example_survives() -> None:
    desired = load([Path(__file__).parent.parent / "spec" / "valid" / "everything.yaml"])
    objects: Mapping[Key, Definition] = {
        **{key: one.definition for key, one in desired.objects.items()},
        **{key_for(Purpose.REQUIRES_TABLE, table): RequiredTable() for table in desired.required_tables},
        **{one.key: one.definition for one in desired.dropped_tables.values()},
    }
    assert read(write(objects, default_schema="shop")) == objects
