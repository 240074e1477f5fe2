"""Plans from snapshots are the live plans: of every case at night, of two by day."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import reconciler
from tests.cases.case import Case, read_cases
from tests.servers import NIGHTLY, Database
from tests.snapshots.same import substance

BY_DAY = ("rich/library", "dropped_table/partitions_replaced")


def _cases() -> Iterator[object]:
    for case in read_cases():
        if NIGHTLY or case.name in BY_DAY:
            marks = [pytest.mark.pg(case.versions)] if case.versions else []
            yield pytest.param(case, id=case.name, marks=[*marks, pytest.mark.ends])


@pytest.mark.parametrize("case", list(_cases()))
def test_a_plan_from_a_snapshot_is_the_live_plan(case: Case, database: Database, monkeypatch):
    monkeypatch.chdir(case.folder)
    database.execute(case.given)
    desired = reconciler.load(["schema.yaml"])
    snapshot = reconciler.take_snapshot(desired, database.url, options=case.options)
    from_snapshot = reconciler.plan_snapshot(desired, snapshot.encode(), options=case.options)
    live = reconciler.plan(desired, database.url, options=case.options)
    assert substance(from_snapshot) == substance(live)
