"""Only facets determine the role of a field in comparisons and replacements."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from reconciler.kinds import KINDS
from reconciler.model.as_json import as_json
from reconciler.model.definition import Definition
from reconciler.model.facets import UNMANAGED, Facet, Unmanaged, declared, facets_of, fields_with, remark, unmanaged
from reconciler.planning.completion import complete, differing, essence, is_its_own, keeping, must_be_replaced


@dataclass(frozen=True, slots=True, kw_only=True)
class Namesake(Definition):
    """A kind whose fields have the names of other kinds' fields, but another meaning."""

    key: tuple[str, ...] = ()
    statistics: tuple[tuple[str, int], ...] = ()
    with_: str = ""
    validated: bool = True
    partitions: tuple[str, ...] = ()
    comment: str | None = None
    clustered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Own(Definition):
    """A kind with its own facets, with names that no other kind has."""

    rule: str = declared(Facet.RULE)
    target: int | None | Unmanaged = unmanaged(Facet.IN_PLACE | Facet.INCIDENTAL | Facet.KEPT, empty=100)
    pairs: tuple[tuple[str, int], ...] = declared(Facet.PAIRS, default=(), called="options")
    note: str | None | Unmanaged = remark()


@pytest.mark.parametrize(
    "changed",
    [
        {"statistics": (("a", 1),)},
        {"with_": "x"},
        {"validated": False},
        {"partitions": ("p",)},
        {"comment": "c"},
        {"clustered": True},
    ],
    ids=lambda one: next(iter(one)),
)
def test_a_name_alone_means_nothing(changed: dict[str, Any]) -> None:
    before, after = Namesake(), Namesake(**changed)
    assert complete(after, before) == after
    assert complete(after, None) == after
    assert differing(before, after) == changed.keys()
    assert must_be_replaced(before, after, partitioned=False)
    assert not is_its_own(before, after, partitioned=False)
    assert essence(before) != essence(after)
    assert keeping(before, after, Facet.KEPT | Facet.CARRIED) == before
    assert as_json(after) == {
        **as_json(before),
        **as_json({name: list(value) if isinstance(value, tuple) else value for name, value in changed.items()}),
    }


def test_facets_decide_whatever_the_names_are() -> None:
    before, after = Own(rule="r", target=5, note="n"), Own(rule="r")
    assert complete(after, None) == Own(rule="r", target=100, note=None)
    assert complete(after, before) == before
    assert keeping(after, before, Facet.KEPT) == before
    assert not must_be_replaced(before, Own(rule="r", target=7, note="n"), partitioned=True)
    assert must_be_replaced(before, Own(rule="s", target=5, note="n"), partitioned=False)
    assert essence(before) == essence(Own(rule="r", target=7, note=None))
    assert as_json(Own(rule="r", pairs=(("a", 1),))) == {"rule": "r", "options": {"a": 1}}


@pytest.mark.parametrize("kind", KINDS, ids=lambda one: one.id)
def test_facets_of_a_kind_are_consistent(kind: Any) -> None:
    for name, facets in facets_of(kind.definition).items():
        default = kind.definition.__dataclass_fields__[name].default
        assert default is UNMANAGED or not facets & (Facet.LATER | Facet.KEPT | Facet.PARTS | Facet.NAME), name
        assert not facets & Facet.CARRIED or facets & Facet.KEPT, name
        assert not kind.has_index or not facets & Facet.IN_PLACE or facets & Facet.INCIDENTAL, name
        assert not facets & Facet.RULE or not facets & Facet.INCIDENTAL, name
    assert len(fields_with(kind.definition, Facet.PARTS)) == kind.has_index
