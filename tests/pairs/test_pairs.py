"""Every attribute of every kind is created, changed in both directions and dropped, on empty, filled and partitioned
tables.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from reconciler.kinds import KINDS
from reconciler.kinds.file.fields import Naming
from tests.pairs.pairs import TABLES, read_pairs
from tests.pairs.play import Corpus
from tests.servers import NIGHTLY, Server

IN_NO_CATALOG = {
    *(("check", one) for one in ("violators", "repair")),
    *(("not_null", one) for one in ("nulls", "repair")),
    *(("primary_key", one) for one in ("duplicates", "nulls")),
    ("foreign_key", "orphans"),
    ("unique", "duplicates"),
    ("index", "duplicates"),
}
"""Attributes that are options of the tool, so that databases do not differ in them."""


# Versions differ most on partitioned tables, and filled tables include the behaviour of empty ones.
_MARKS = {"partitioned": ()}
_BY_DAY = [one for one in TABLES if NIGHTLY or one != "empty"]


@pytest.mark.newest_by_day
@pytest.mark.parametrize("table", [pytest.param(one, marks=_MARKS.get(one, pytest.mark.ends)) for one in _BY_DAY])
def test_pairs(server: Server, table: str, tmp_path: Path) -> None:
    pairs = [pair for pair in read_pairs() if pair.is_for(table, server.major)]
    if not NIGHTLY:
        pairs = pairs[table == "partitioned" :: 2]  # by day, half of those of each table
    problems = Corpus(server=server, table=table, pairs=pairs, folder=tmp_path).problems()
    assert not problems, "\n".join(problems)


def test_every_attribute_has_a_pair() -> None:
    sections = [
        kind.section for kind in KINDS if kind.section is not None and kind.section.naming is not Naming.FILE
    ]
    attributes = {(section.kind, name) for section in sections for name in section.attributes}
    changed = {(pair.kind, pair.attribute) for pair in read_pairs() if pair.old is not None}
    assert attributes - IN_NO_CATALOG - changed == set()
