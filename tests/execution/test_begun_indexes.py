"""An index that exists only on a partitioned table is completed on partitions that are partitioned themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

import reconciler
from tests.servers import Database

GIVEN = """
CREATE TABLE events (id integer NOT NULL, at integer NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE events_new PARTITION OF events FOR VALUES FROM (10) TO (20) PARTITION BY LIST (id);
CREATE TABLE events_new_1 PARTITION OF events_new FOR VALUES IN (1);
CREATE TABLE events_new_2 PARTITION OF events_new DEFAULT PARTITION BY HASH (id);
CREATE TABLE events_new_2_0 PARTITION OF events_new_2 FOR VALUES WITH (MODULUS 1, REMAINDER 0);
CREATE TABLE events_old PARTITION OF events DEFAULT;
INSERT INTO events SELECT n, n FROM generate_series(1, 19) n;
CREATE INDEX by_id ON ONLY events (id);
CREATE INDEX by_both ON ONLY events (id, at);
CREATE INDEX events_new_id_at_idx ON ONLY events_new (id, at);
CREATE INDEX events_new_1_id_at_idx ON events_new_1 (id, at);
ALTER INDEX events_new_id_at_idx ATTACH PARTITION events_new_1_id_at_idx;
ALTER TABLE ONLY events ADD CONSTRAINT one UNIQUE (id, at);
"""
SCHEMA = """version: 1
tables:
  events:
    unique: {one: [id, at]}
    indexes: {by_id: id, by_both: [id, at]}
"""


@pytest.mark.ends
def test_partitions_without_an_index_get_it_when_the_whole_has_it_already(
    database: Database, tmp_path: Path
) -> None:
    file = tmp_path / "schema.yaml"
    file.write_text(SCHEMA)
    database.execute(GIVEN)
    desired = reconciler.load([file])

    reconciler.apply(desired, database.url, approve=lambda _: True)

    assert reconciler.plan(desired, database.url).in_sync
    parts = (
        "SELECT count(*), bool_and(x.indisvalid) FROM pg_partition_tree('{}') JOIN pg_index x ON indexrelid = relid"
    )
    for index in ("one", "by_id", "by_both"):
        assert database.query(parts.format(index)) == [(6, True)]
