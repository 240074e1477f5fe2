"""The refusal of orphans says how old they are."""

from __future__ import annotations

from pathlib import Path

import pytest

import reconciler
from tests.execution.support import desired
from tests.execution.test_repairs import orphans
from tests.servers import Database


@pytest.mark.ends
def test_orphans_are_counted_by_age(database: Database, tmp_path: Path) -> None:
    database.execute(
        "CREATE TABLE users (id int PRIMARY KEY); "
        "CREATE TABLE orders (id int PRIMARY KEY, user_id int, due timestamp, created_at timestamp); "
        "INSERT INTO orders SELECT n, n, now(), now() - make_interval(hours => n * n * 12) "
        "FROM generate_series(0, 30) AS n; INSERT INTO orders VALUES (99, 99, now(), NULL), (98, NULL, now(), now())"
    )
    plan = reconciler.plan(desired(tmp_path, orphans("refuse")), database.url)
    assert [one.cause for one in plan.refusals] == [
        "32 rows in public.orders whose user_id is not in public.users(id) (by created_at: 2 from the last day, "
        "6 from the last 30 days before, 20 from the last year before, 3 older, 1 without a time)"
    ]
