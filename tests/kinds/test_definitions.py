"""Definitions in the journal read back: those of every kind, with whatever their fields hold."""

from __future__ import annotations

import json
import typing
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reconciler.kinds import KINDS
from reconciler.model.change import Action, Change
from reconciler.model.codec import codec
from reconciler.model.definition import Definition
from reconciler.model.facets import UNMANAGED, Unmanaged
from reconciler.model.journal import DEFINITIONS_FORMAT, Unreadable, about, recorded_objects
from reconciler.model.limits import ExecutionClass
from reconciler.model.names import Key, Place
from reconciler.model.route import Route, RouteState
from reconciler.model.step import SqlAction, Step
from reconciler.model.step_id import Verb

GOLDEN = Path(__file__).parent / f"definitions_format_{DEFINITIONS_FORMAT}.json"
KEY = Key(schema="public", table="t", kind="index", name="i")
PLACE = Place(file="schema.yaml", line=3, column=5)
STEP = Step(
    id=Verb.ALTER.of(KEY),
    title="alter index i",
    action=SqlAction(statements=()),
    execution=ExecutionClass.BRIEF,
    locks=(),
    leaves="nothing",
)
RECORDED = tuple(kind.definition for kind in KINDS)
texts = st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",)), max_size=5)
st.register_type_strategy(str, texts)
st.register_type_strategy(Unmanaged, st.just(UNMANAGED))
st.register_type_strategy(Definition, lambda _: st.sampled_from(RECORDED[1:7]).flatmap(drawn))


def drawn(kind: Any) -> st.SearchStrategy[Any]:
    """Return a strategy for values of a dataclass: each field has any value of its type."""
    hints = typing.get_type_hints(kind)
    return st.builds(kind, **{one.name: st.from_type(hints[one.name]) for one in fields(kind) if one.init})


def written(before: Definition | None, after: Definition | None = None) -> dict[str, Any]:
    change = Change(action=Action.ALTER, key=KEY, before=before, after=after, place=PLACE)
    states = (RouteState(label="before", objects={}), RouteState(label="after", objects={}))
    route = Route(change=change, states=states, steps=(STEP,))
    return about(route, STEP)["definitions"]  # type: ignore[return-value]


@pytest.mark.parametrize("kind", RECORDED, ids=lambda kind: kind.__name__)
def test_every_definition_reads_back(kind: type[Definition]) -> None:
    """Also in the order and with the unmanaged fields that it had: `repr` shows what equality ignores."""

    @settings(max_examples=15)
    @given(drawn(kind), drawn(kind) | st.none())
    def check(before: Definition, after: Definition | None) -> None:
        text = json.dumps({"definitions": written(before, after)})
        (found,) = recorded_objects(json.loads(text))
        assert (found.key, found.place, found.after) == (KEY, PLACE, after)
        retired = after is not None and after.retirement() is not None
        assert found.before == (None if retired else before)
        assert found.before is None or repr(found.before) == repr(before)

    assert is_dataclass(kind)
    check()


def test_entries_of_this_format_are_read_by_all_later_versions() -> None:
    """The file has an entry of each kind, with all fields. Never change it: if a new version writes another form, it
    has another number, a file of its own, and a reader of this one."""
    entries = json.loads(GOLDEN.read_text(encoding="utf-8"))
    assert {entry["objects"][0]["before"]["type"] for entry in entries} == {one.__name__ for one in RECORDED}
    for entry in entries:
        (found,) = recorded_objects({"definitions": entry})
        assert found.before is not None
        assert codec(Definition).write(found.before) == entry["objects"][0]["before"]


@pytest.mark.parametrize(
    ("metadata", "reason"),
    [
        ({}, "an older version"),
        ({"definitions": 7}, "unknown format None"),
        ({"definitions": {"format": 99, "objects": []}}, "unknown format 99"),
        ({"definitions": {"format": 1}}, "cannot be read"),
        ({"definitions": {"format": 1, "objects": [{"key": ["a"]}]}}, "not 4 values"),
        ({"definitions": {"format": 1, "objects": [], "more": 1}}, "unknown field more"),
    ],
)
def test_an_entry_that_cannot_be_read_says_why(metadata: dict[str, Any], reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        recorded_objects(metadata)
