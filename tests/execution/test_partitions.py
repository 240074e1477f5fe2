"""Partitions that are added or removed while an index is built for all of them."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

import reconciler
from reconciler.model.events import Event, StepStarted
from tests.execution.support import apply_all, assert_in_sync, desired, transaction
from tests.servers import Database

pytestmark = pytest.mark.ends_by_day

SETUP = (Path(__file__).parent / "partitioned" / "setup.sql").read_text()
INDEX = """
tables:
  readings:
    indexes: {made: [sensor, value]}
    unique: {made_key: [region, sensor, value]}
"""
NEW = """
    CREATE TABLE readings_east PARTITION OF readings FOR VALUES IN ('east');
    CREATE TABLE readings_south_2 PARTITION OF readings_south FOR VALUES FROM (100) TO (200);"""


class Interfering:
    """A listener that changes the database right before the first step whose id begins with a given text."""

    def __init__(self, database: Database, before: str, script: str) -> None:
        self._database, self._before, self._script = database, before, script
        self.done = False

    def __call__(self, event: Event) -> None:
        if isinstance(event, StepStarted) and not self.done and str(event.step.id).startswith(self._before):
            self.done = True
            self._database.execute(self._script)


def validity(database: Database) -> dict[str, bool]:
    query = """
        SELECT i.indexrelid::regclass::text, i.indisvalid FROM pg_index i
         WHERE i.indrelid::regclass::text LIKE 'readings%'"""
    return dict(database.query(query))


def test_partitions_that_come_during_a_build_are_included(database: Database, tmp_path: Path) -> None:
    database.execute(SETUP)
    state = desired(tmp_path, INDEX)
    come = Interfering(database, "build index", NEW)
    apply_all(state, database.url, come)
    assert come.done
    assert_in_sync(state, database.url)
    found = validity(database)
    assert all(found.values())
    assert {"readings_east_sensor_value_idx", "readings_south_2_region_sensor_value_key"} <= set(found)


def test_partitions_that_come_before_the_first_step_are_included(database: Database, tmp_path: Path) -> None:
    database.execute(SETUP)
    state = desired(tmp_path, INDEX)
    come = Interfering(database, "begin index", NEW)
    apply_all(state, database.url, come)
    assert come.done
    assert_in_sync(state, database.url)
    assert all(validity(database).values())


@pytest.mark.ends
@pytest.mark.parametrize("before", ["add check", "build index"])
def test_partitions_that_are_dropped_before_a_step_are_left_out(
    database: Database, tmp_path: Path, before: str
) -> None:
    database.execute(SETUP)
    state = desired(tmp_path, f"{INDEX}    checks: {{positive: value > 0}}")
    dropped = Interfering(database, before, "DROP TABLE readings_north")
    apply_all(state, database.url, dropped)
    assert dropped.done
    assert_in_sync(state, database.url)


def test_a_new_partition_of_a_table_in_sync_is_in_sync(database: Database, tmp_path: Path) -> None:
    database.execute(SETUP)
    state = desired(tmp_path, INDEX)
    apply_all(state, database.url)
    database.execute(NEW)
    assert_in_sync(state, database.url)


def test_an_attached_table_gets_what_it_lacks_from_postgresql(database: Database, tmp_path: Path) -> None:
    database.execute(SETUP)
    state = desired(tmp_path, INDEX)
    apply_all(state, database.url)
    database.execute("CREATE TABLE readings_west (LIKE readings INCLUDING ALL)")
    database.execute("ALTER TABLE readings ATTACH PARTITION readings_west FOR VALUES IN ('west')")
    assert_in_sync(state, database.url)


def test_a_dead_build_of_a_partition_that_is_not_ours_is_refused(database: Database, tmp_path: Path) -> None:
    database.execute(SETUP)
    database.execute("ALTER TABLE readings DROP CONSTRAINT replaced_key")
    database.execute("INSERT INTO readings VALUES (1, 'north', 1)")
    dead = "CREATE UNIQUE INDEX CONCURRENTLY stranger ON readings_north (region, sensor, value)"
    with pytest.raises(psycopg.errors.UniqueViolation):
        database.execute(dead)
    database.execute("TRUNCATE readings")
    columns = "{columns: [region, sensor, value], unique: true, partitions: {readings_north: stranger}}"
    state = desired(tmp_path, f"tables: {{readings: {{indexes: {{made: {columns}}}}}}}")
    plan = reconciler.plan(state, database.url)
    assert [refusal.rule for refusal in plan.refusals] == ["invalid-index"]
    assert "DROP INDEX CONCURRENTLY" in plan.refusals[0].remedy


def test_a_dead_build_for_a_replaced_key_that_is_not_ours_is_refused(database: Database, tmp_path: Path) -> None:
    """The first partition already has its new index, and another role's invalid index has the name of the next one."""
    database.execute(SETUP)
    columns = "(region, sensor) INCLUDE (value)"
    database.execute(
        f'CREATE UNIQUE INDEX "readings_north_region_sensor_value_key__reconcile_new" ON readings_north {columns}'
    )
    dead = '"readings_south_1_region_sensor_value_key__reconcile_new"'
    with (
        transaction(database.url, "LOCK TABLE readings_south_1 IN ROW EXCLUSIVE MODE"),
        database.connect() as builder,
    ):
        builder.execute("SET lock_timeout = '100ms'")
        with pytest.raises(psycopg.errors.LockNotAvailable):
            builder.execute(f"CREATE UNIQUE INDEX CONCURRENTLY {dead} ON readings_south_1 {columns}".encode())
    wanted = "{replaced_key: {columns: [region, sensor], include: [value]}}"
    plan = reconciler.plan(desired(tmp_path, f"tables: {{readings: {{unique: {wanted}}}}}"), database.url)
    assert [refusal.rule for refusal in plan.refusals] == ["invalid-index"]
    assert dead.strip('"') in plan.refusals[0].remedy


def test_partitions_whose_long_names_begin_alike_get_a_changed_index(database: Database, tmp_path: Path) -> None:
    long = "readings_of_the_sensors_in_the_northern_regions"
    database.execute("CREATE TABLE readings (region int, value int) PARTITION BY LIST (region)")
    for n in range(3):
        database.execute(f"CREATE TABLE {long}_{n} PARTITION OF readings FOR VALUES IN ({n})")
    database.execute("CREATE INDEX changed ON readings (region, value)")
    database.execute("ALTER TABLE readings ADD CONSTRAINT changed_key UNIQUE (region, value)")
    before = database.query(
        "SELECT relname FROM pg_class WHERE relkind = 'i' AND relname LIKE 'readings%' ORDER BY 1"
    )
    state = desired(
        tmp_path,
        """
tables:
  readings:
    indexes: {changed: {columns: [region, value], where: value > 0}}
    unique: {changed_key: {columns: [region, value], deferrable: true}}
""",
    )
    apply_all(state, database.url)
    assert_in_sync(state, database.url)
    after = database.query(
        "SELECT relname FROM pg_class WHERE relkind = 'i' AND relname LIKE 'readings%' ORDER BY 1"
    )
    assert after == before


@pytest.mark.pg(">= 18")
def test_a_not_null_is_dropped_from_partitions_that_had_a_primary_key_unless_it_is_their_own(
    database: Database, tmp_path: Path
) -> None:
    database.execute("CREATE TABLE t (a int, k int) PARTITION BY LIST (k)")
    database.execute("CREATE TABLE t_1 PARTITION OF t FOR VALUES IN (1)")
    database.execute("CREATE TABLE t_2 (a int CONSTRAINT mine NOT NULL, k int)")
    database.execute("ALTER TABLE t ALTER a SET NOT NULL; ALTER TABLE t ATTACH PARTITION t_2 FOR VALUES IN (2)")
    for text in (
        "tables: {t: {primary_key: [a, k]}}",
        "tables: {t: {absent: {constraints: [t_pkey]}}}",
        "tables: {t: {absent: {not_null: [a, k]}}}",
    ):
        state = desired(tmp_path, text)
        apply_all(state, database.url)
        assert_in_sync(state, database.url)
    not_nulls = "SELECT conrelid::regclass::text AS table, conname FROM pg_constraint WHERE contype = 'n'"
    left = database.query(f"SELECT * FROM ({not_nulls}) AS found WHERE found.table LIKE 't%'")
    assert left == [("t_2", "mine")]


@pytest.mark.pg(">= 18")
def test_an_index_that_could_not_be_tried_out_is_known_by_what_the_catalog_cannot_print_otherwise(
    database: Database, tmp_path: Path
) -> None:
    """The catalog omits the default operator class, and the tool does not know that it is the default."""
    database.execute(SETUP)
    database.execute("CREATE TABLE other (a int)")
    apply_all(desired(tmp_path, "tables: {other: {indexes: {o: a}}}"), database.url)  # makes the journal
    database.execute(
        "CREATE FUNCTION no_tables() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''no''; END';"
        "CREATE EVENT TRIGGER no_tables ON ddl_command_end WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION no_tables()"
    )
    state = desired(
        tmp_path, "tables: {readings: {indexes: {made: {columns: [{column: sensor, opclass: int4_ops}]}}}}"
    )
    apply_all(state, database.url)
    assert validity(database)["made"]


def test_an_unknown_name_in_an_index_is_no_change_of_partitions(database: Database, tmp_path: Path) -> None:
    """The expression names the partitioned table, which it cannot on a partition; nothing could be tried out."""
    database.execute(SETUP)
    database.execute("CREATE TABLE other (a int)")
    apply_all(desired(tmp_path, "tables: {other: {indexes: {o: a}}}"), database.url)  # makes the journal
    database.execute(
        "CREATE FUNCTION no_tables() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''no''; END';"
        "CREATE EVENT TRIGGER no_tables ON ddl_command_end WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION no_tables()"
    )
    state = desired(tmp_path, "tables: {readings: {indexes: {made: [{expression: readings.sensor}]}}}")
    result = reconciler.apply(state, database.url, approve=lambda _: True)
    assert isinstance(result.error, reconciler.StepFailed)
    assert "not-tried" in {one.kind.id for route in result.plan.routes for one in route.hazards}
