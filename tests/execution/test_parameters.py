"""Storage parameters: those with an effect on an existing index are altered; for all others the index is rebuilt."""

from __future__ import annotations

from pathlib import Path

import pytest

import reconciler
from reconciler.kinds.index_backed.parameters import ACTING
from tests.execution.support import apply, assert_in_sync, desired
from tests.servers import Database

pytestmark = pytest.mark.ends

# Each index with its access method, columns, and its parameters before and after.
INDEXES = {
    "brin_build": ("brin", "at", {"pages_per_range": 128}, {"pages_per_range": 16}),
    "brin_more": ("brin", "at", {}, {"pages_per_range": 16, "autosummarize": "on"}),
    "brin_act": ("brin", "at", {"pages_per_range": 16}, {"pages_per_range": 16, "autosummarize": "on"}),
    "bloom_build": ("bloom", "a, b", {"length": 80, "col1": 2, "col2": 4}, {"length": 160, "col1": 3, "col2": 4}),
    "bloom_reset": ("bloom", "a, b", {"length": 160, "col1": 3}, {}),
    "gist_buffering": ("gist", "r", {"buffering": "on"}, {"buffering": "off"}),
    "gist_fill": ("gist", "r", {"fillfactor": 90}, {"fillfactor": 50}),
    "hash_fill": ("hash", "a", {"fillfactor": 75}, {"fillfactor": 50}),
    "gin_act": ("gin", "tags", {"fastupdate": "on"}, {"fastupdate": "off", "gin_pending_list_limit": 128}),
    "spgist_act": ("spgist", "r", {"fillfactor": 90}, {"fillfactor": 50}),
    "btree_act": ("btree", "a", {"fillfactor": 90}, {"fillfactor": 50, "deduplicate_items": "off"}),
}


def given() -> str:
    made = ["CREATE EXTENSION pageinspect; CREATE EXTENSION bloom"]
    made.append("CREATE TABLE reading (id int, at timestamptz, a int, b int, r int4range, tags text[])")
    made.append(
        "INSERT INTO reading SELECT g, now(), g % 5, g % 7, int4range(g, g + 2) FROM generate_series(1, 300) g"
    )
    for name, (method, columns, before, _) in INDEXES.items():
        listed = ", ".join(f"{key} = {value}" for key, value in before.items())
        made.append(
            f"CREATE INDEX {name} ON reading USING {method} ({columns}) {f'WITH ({listed})' if listed else ''}"
        )
    return "; ".join(made)


def wanted() -> str:
    lines = [
        f"{name}: {{columns: [{columns}], using: {method}, with: {{"
        + ", ".join(f"{key}: {value}" for key, value in after.items())
        + "}}"
        for name, (method, columns, _, after) in INDEXES.items()
    ]
    return "tables: {reading: {indexes: {" + ", ".join(lines) + "}}}"


def test_an_index_is_built_again_for_parameters_that_only_its_build_reads(
    database: Database, tmp_path: Path
) -> None:
    database.execute(given())
    places = "SELECT relname, oid FROM pg_class WHERE relkind = 'i' AND relnamespace = 'public'::regnamespace"
    before, state = dict(database.query(places)), desired(tmp_path, wanted())
    result = apply(state, database.url)
    assert result.error is None, result.message
    after = dict(database.query(places))
    assert {name for name in INDEXES if before[name] == after[name]} == {
        "brin_act",
        "gin_act",
        "spgist_act",
        "btree_act",
    }
    assert_in_sync(state, database.url)
    for name in ("brin_build", "brin_more"):
        meta = f"SELECT pagesperrange FROM brin_metapage_info(get_raw_page('{name}', 0))"
        assert database.value(meta) == 16


def test_the_parameters_that_act_are_those_of_the_server(database: Database) -> None:
    """The server rejects a parameter of another access method."""
    database.execute("CREATE TABLE reading (a int, r int4range, tags text[])")
    columns = {"gin": "tags", "spgist": "r"}
    values = {"fillfactor": "50", "gin_pending_list_limit": "128"}
    for method, names in ACTING.items():
        listed = ", ".join(f"{name} = {values.get(name, 'on')}" for name in sorted(names))
        database.execute(f"CREATE INDEX ON reading USING {method} ({columns.get(method, 'a')}) WITH ({listed})")
    assert database.value("SELECT count(*) FROM pg_index WHERE indrelid = 'reading'::regclass") == len(ACTING)


REJECTED = {
    "fillfactor": "w_a: {columns: a, with: {fillfactor: 5}}",
    "unknown": "w_a: {columns: a, with: {nonsense: 1}}",
    "of_another_method": "w_j: {columns: j, using: gin, with: {fillfactor: 50}}",
    "no_boolean": "w_j: {columns: j, using: gin, with: {fastupdate: perhaps}}",
    "zero": "w_br: {columns: a, using: brin, with: {pages_per_range: 0}}",
    "method": "w_a: {columns: a, using: gin}",
}


def test_a_parameter_that_the_server_does_not_take_is_refused_by_the_plan(
    database: Database, tmp_path: Path
) -> None:
    database.execute("""
        CREATE TABLE w (a int, j jsonb, b text, CONSTRAINT w_def UNIQUE (b) DEFERRABLE);
        CREATE INDEX w_a ON w (a); CREATE INDEX w_j ON w USING gin (j); CREATE INDEX w_br ON w USING brin (a)""")
    for text in REJECTED.values():
        plan = reconciler.plan(desired(tmp_path, f"tables: {{w: {{indexes: {{{text}}}}}}}"), database.url)
        assert [refusal.rule for refusal in plan.refusals] == ["rejected-by-server"], text
    state = desired(
        tmp_path, "tables: {w: {unique: {w_def: {columns: b, deferrable: true, with: {fillfactor: 500}}}}}"
    )
    (refusal,) = reconciler.plan(state, database.url).refusals
    assert 'value 500 out of bounds for option "fillfactor"' in refusal.cause


@pytest.mark.pg(">= 18")
def test_indexes_of_vectors_are_built_again(database: Database, tmp_path: Path) -> None:
    database.execute("""
        CREATE EXTENSION vector; CREATE TABLE v (id int, e vector(3));
        INSERT INTO v SELECT n, ARRAY[n, n % 7, n % 3]::vector FROM generate_series(1, 100) n;
        CREATE INDEX v_hnsw ON v USING hnsw (e vector_l2_ops) WITH (m = 8);
        CREATE INDEX v_ivfflat ON v USING ivfflat (e vector_l2_ops) WITH (lists = 5)""")
    places = "SELECT relname, oid FROM pg_class WHERE relname IN ('v_hnsw', 'v_ivfflat')"
    before = dict(database.query(places))
    state = desired(
        tmp_path,
        """
tables:
  v:
    indexes:
      v_hnsw: {columns: {column: e, opclass: vector_l2_ops}, using: hnsw, with: {m: 16}}
      v_ivfflat: {columns: {column: e, opclass: vector_l2_ops}, using: ivfflat, with: {lists: 10}}
""",
    )
    result = apply(state, database.url)
    assert result.error is None, result.message
    after = dict(database.query(places))
    assert all(before[name] != after[name] for name in before)
    assert_in_sync(state, database.url)
