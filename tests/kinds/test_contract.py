"""The contract of every kind, for all registered kinds; this module names no kind."""

from __future__ import annotations

import re

import pytest

from reconciler.kinds import KINDS, kind_of, nouns_of, rank_of
from reconciler.kinds.file.fields import Naming
from reconciler.kinds.kind import Kind
from reconciler.model.definition import Definition
from reconciler.model.names import Key
from reconciler.postgres.catalog import query_for
from tests.cases.case import ROOT
from tests.servers import Server

every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)
changed_kind = pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.router], ids=lambda kind: kind.id)


@every_kind
def test_a_kind_is_found_by_its_key_and_ranked_by_its_place(kind: Kind) -> None:
    key = Key(schema="s", table="t", kind=kind.id, name="n")
    assert kind_of(key) is kind
    assert KINDS[rank_of(key)] is kind


@every_kind
def test_ids_and_sections_are_used_once(kind: Kind) -> None:
    assert [other.id for other in KINDS].count(kind.id) == 1
    assert [other.section.key for other in KINDS].count(kind.section.key) == 1
    assert kind.section.kind == kind.id


@every_kind
def test_the_section_says_what_it_is_and_what_its_attributes_mean(kind: Kind) -> None:
    assert kind.section.what
    assert kind.section.doc.endswith(".")
    assert all(attribute.doc.endswith(".") for attribute in kind.section.attributes.values())
    assert kind.section.schema()["title"] == kind.section.what
    if kind.section.naming is not Naming.FILE:
        assert kind.section.section_schema({})["description"] == f"{kind.section.doc} If omitted: not managed."


@every_kind
def test_a_kind_describes_its_section_of_absent_unless_others_share_it(kind: Kind) -> None:
    shared = [one.absent_section for one in KINDS].count(kind.absent_section) > 1
    assert (kind.absent_words is None) == (shared or kind.absent_section is None)


@every_kind
def test_a_definition_is_frozen(kind: Kind) -> None:
    assert issubclass(kind.definition, Definition)
    assert kind.definition.__dataclass_params__.frozen  # type: ignore[attr-defined]


@every_kind
def test_the_file_can_be_read_without_the_database(kind: Kind) -> None:
    assert kind.router is None or kind.router.__module__ == f"reconciler.kinds.{kind.id}"


@every_kind
def test_every_kind_has_cases(kind: Kind) -> None:
    """A new kind needs cases of its own: `tests/cases/<kind>/`."""
    assert any((ROOT / kind.id).rglob("schema.yaml"))


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.catalog], ids=lambda kind: kind.id)
def test_the_catalog_query_is_one_for_any_number_of_tables(kind: Kind, server: Server) -> None:
    assert kind.catalog is not None
    query = query_for(kind.catalog, server.major)
    assert "%(tables)s" in query
    assert not re.search(r"(?<!\w)\{\w+\}", query), "a variant was not filled in"
    with server.database() as database, database.connect() as connection:
        assert connection.execute(query.encode(), {"tables": [0]}).fetchall() == []


@changed_kind
def test_the_cases_show_what_a_kind_can_do(kind: Kind) -> None:
    """The contract of routes is tested on every plan of every case, so the cases must cover all kinds."""
    plans = [path.read_text(encoding="utf-8") for path in ROOT.rglob("expected/plan.txt")]
    ready = "\n".join(plan for plan in plans if "Refused: " not in plan)
    seen = set(re.findall(rf"^\S (\w+) {nouns_of(kind.id)[0]} ", ready, re.MULTILINE))
    expected = {"drop"} if kind.section.naming is Naming.FILE else {"create", "alter", "drop"}
    assert expected <= seen
