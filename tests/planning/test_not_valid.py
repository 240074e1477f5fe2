"""PostgreSQL checks each check and not-null of a row that is updated, also one that is NOT VALID and whose columns do
not change. A plan repairs rows in an order in which that succeeds, or is refused before its first step."""

from __future__ import annotations

from pathlib import Path

import pytest

import reconciler
from reconciler.model.options import Options
from tests.execution.support import apply, assert_in_sync, desired
from tests.servers import Database

pytestmark = pytest.mark.ends

ALLOWED = Options(allow=frozenset({"blocks-updates"}))

SETUP = """
    CREATE TABLE p (id int PRIMARY KEY, sku text); INSERT INTO p VALUES (1, 'a'), (2, 'b'), (3, 'b');
    CREATE TABLE ch (id int PRIMARY KEY, p_id int, qty int, cur text, half int GENERATED ALWAYS AS (qty / 2) STORED);
    INSERT INTO ch VALUES (1, 9, 0), (2, 2, 5), (3, 9, 5), (4, 2, 0)"""
MORE_THAN_0 = "ALTER TABLE ch ADD CONSTRAINT ch_qty CHECK (qty > 0) NOT VALID"
NOT_NULL = "ALTER TABLE ch ADD CONSTRAINT ch_cur NOT NULL cur NOT VALID"
HALF = "ALTER TABLE ch ADD CONSTRAINT ch_qty CHECK (half > 0) NOT VALID"

ORPHANS = "foreign_keys: {ch_p: {columns: p_id, references: p(id), orphans: set null}}"
FILLED = "not_null: {cur: {nulls: {fill: \"'x'\"}}}"
FIRST = "not_null: {cur: {nulls: {fill: \"'x'\"}, repair: first}}"
CHECK = "checks: {ch_qty: {expression: qty > 0, violators: %s}}"
KEPT, SET, QUARANTINE = CHECK % "keep", CHECK % "{set: {qty: '1'}}", CHECK % "quarantine"
STRICTER = "checks: {ch_qty: {expression: qty > 1, violators: {set: {qty: '2'}}}}"
KNOWN = 'checks: {known: {expression: "%s", violators: quarantine}}'
MOVED = (
    "p: {unique: {p_sku: {columns: sku, duplicates: {keep: newest, by: id, others: quarantine, references: move}}}}"
)
REFERENCE = "ALTER TABLE ch ADD CONSTRAINT ch_p FOREIGN KEY (p_id) REFERENCES p NOT VALID"


def file(*entries: str, more: str = "") -> str:
    return f"tables:\n  ch: {{{', '.join(entries)}}}\n" + (f"  {more}\n" if more else "")


REFUSED = {
    "orphans": (
        MORE_THAN_0,
        file(ORPHANS),
        "1 row in public.ch would violate check ch_qty on public.ch after p_id = NULL",
    ),
    "nulls": (
        MORE_THAN_0,
        file(FILLED),
        "2 rows in public.ch would violate check ch_qty on public.ch after cur = 'x'",
    ),
    "generated": (
        HALF,
        file(FILLED),
        "2 rows in public.ch would violate check ch_qty on public.ch after cur = 'x'",
    ),
    "repaired_first": (
        MORE_THAN_0,
        file(FIRST, KEPT),
        "2 rows in public.ch would violate check ch_qty on public.ch after cur = 'x'",
    ),
    "references": (
        f"{MORE_THAN_0}; {REFERENCE}",
        f"tables: {{{MOVED}}}\n",
        "1 row in public.ch would violate check ch_qty on public.ch, once references move to the rows that stay",
    ),
    "references_beside_orphans": (
        MORE_THAN_0,
        file(ORPHANS, KEPT, more=MOVED),
        "1 row in public.ch would violate check ch_qty on public.ch after p_id = NULL",
    ),
    "both_not_valid": (
        f"{MORE_THAN_0}; ALTER TABLE ch ADD CONSTRAINT ch_cur CHECK (cur IS NOT NULL) NOT VALID",
        file(
            "checks: {ch_qty: {expression: qty > 0, violators: {set: {qty: '1'}}}, "
            "ch_cur: {expression: cur IS NOT NULL, violators: {set: {cur: \"'x'\"}}}}"
        ),
        "2 rows in public.ch would violate check ch_qty on public.ch after cur = 'x'",
    ),
    "replaced": (
        MORE_THAN_0,
        file("checks: {ch_qty: {expression: qty > -1 AND cur IS NOT NULL, violators: {set: {cur: \"'x'\"}}}}"),
        "2 rows in public.ch would violate check ch_qty on public.ch after cur = 'x'",
    ),
}
REFUSED_18 = {
    "not_null": (
        NOT_NULL,
        file(ORPHANS),
        "2 rows in public.ch would violate not-null of public.ch.cur after p_id = NULL",
    ),
    "not_null_kept": (
        NOT_NULL,
        file(SET, "not_null: {cur: {nulls: keep}}"),
        "2 rows in public.ch would violate not-null of public.ch.cur after qty = 1",
    ),
}


@pytest.mark.parametrize(
    "name", [*REFUSED, *(pytest.param(one, marks=pytest.mark.pg(">= 18")) for one in REFUSED_18)]
)
def test_rows_that_cannot_be_updated_are_refused(database: Database, tmp_path: Path, name: str) -> None:
    setup, text, cause = {**REFUSED, **REFUSED_18}[name]
    database.execute(f"{SETUP}; {setup}")
    plan = reconciler.plan(desired(tmp_path, text), database.url, options=ALLOWED)
    found = [one for one in plan.refusals if one.cause.startswith(cause)]
    assert len(found) == 1, [one.cause for one in plan.refusals]
    assert found[0].cause.endswith(", which is NOT VALID and checks every row that is updated")
    assert found[0].remedy.startswith("correct these rows first; or ")
    assert found[0].rule == ("moved-references" if "references move" in cause else "unfit-repair")


# The repairs, and the rows of ch that stay, with qty and p_id.
ORDERED = {
    "set_before_nulls": (MORE_THAN_0, file(FILLED, SET), [(1, 1, 9), (2, 5, 2), (3, 5, 9), (4, 1, 2)]),
    "set_before_orphans": (MORE_THAN_0, file(ORPHANS, SET), [(1, 1, None), (2, 5, 2), (3, 5, None), (4, 1, 2)]),
    "moved_before_nulls": (MORE_THAN_0, file(FILLED, QUARANTINE), [(2, 5, 2), (3, 5, 9)]),
    "dropped_before_nulls": (
        MORE_THAN_0,
        file(FILLED, "absent: {constraints: [ch_qty]}"),
        [(1, 0, 9), (2, 5, 2), (3, 5, 9), (4, 0, 2)],
    ),
    "replaced_before_nulls": (MORE_THAN_0, file(FILLED, STRICTER), [(1, 2, 9), (2, 5, 2), (3, 5, 9), (4, 2, 2)]),
    "set_before_references": (
        f"{MORE_THAN_0}; DELETE FROM ch WHERE p_id = 9; {REFERENCE}",
        file(SET, more=MOVED),
        [(2, 5, 3), (4, 1, 3)],
    ),
    "keep_after_orphans": ("SELECT 1", file(ORPHANS, KEPT), [(1, 0, None), (2, 5, 2), (3, 5, None), (4, 0, 2)]),
    "keep_after_references": (
        f"DELETE FROM ch WHERE p_id = 9; {REFERENCE}",
        file(KEPT, more=MOVED),
        [(2, 5, 3), (4, 0, 3)],
    ),
    "orphans_before_new_check": (
        "SELECT 1",
        file(ORPHANS, KNOWN % "p_id IS NOT NULL OR qty > 0"),
        [(2, 5, 2), (3, 5, None), (4, 0, 2)],
    ),
    "removed_before_orphans": (
        "ALTER TABLE ch ADD CONSTRAINT known CHECK (qty > 0 AND coalesce(p_id, 0) < 100) NOT VALID",
        file(ORPHANS, KNOWN % "qty > 0 AND coalesce(p_id, 0) < 100"),
        [(2, 5, 2), (3, 5, None)],
    ),
    "relaxed_before_orphans": (
        "ALTER TABLE ch ADD CONSTRAINT known CHECK (p_id IS NOT NULL)",
        file(ORPHANS, KNOWN % "p_id IS NOT NULL OR qty >= 0"),
        [(1, 0, None), (2, 5, 2), (3, 5, None), (4, 0, 2)],
    ),
    "one_removes": (
        f"{MORE_THAN_0}; ALTER TABLE ch ADD CONSTRAINT ch_cur CHECK (cur IS NOT NULL) NOT VALID",
        file(
            "checks: {ch_qty: {expression: qty > 0, violators: quarantine}, "
            "ch_cur: {expression: cur IS NOT NULL, violators: {set: {cur: \"'x'\"}}}}"
        ),
        [(2, 5, 2), (3, 5, 9)],
    ),
}
ORDERED_18 = {
    "nulls_before_orphans": (
        NOT_NULL,
        file(FILLED, ORPHANS),
        [(1, 0, None), (2, 5, 2), (3, 5, None), (4, 0, 2)],
    ),
    "keep_not_null_after_check": (
        "SELECT 1",
        file("not_null: {cur: {nulls: keep}}", SET),
        [(1, 1, 9), (2, 5, 2), (3, 5, 9), (4, 1, 2)],
    ),
}


@pytest.mark.parametrize(
    "name", [*ORDERED, *(pytest.param(one, marks=pytest.mark.pg(">= 18")) for one in ORDERED_18)]
)
def test_repairs_come_in_an_order_that_works(database: Database, tmp_path: Path, name: str) -> None:
    setup, text, rows = {**ORDERED, **ORDERED_18}[name]
    database.execute(f"{SETUP}; {setup}")
    state = desired(tmp_path, text)
    result = apply(state, database.url, allow=["blocks-updates"])
    assert not result.plan.refusals, [one.cause for one in result.plan.refusals]
    assert result.error is None, result.message
    assert database.query("SELECT id, qty, p_id FROM ch ORDER BY id") == rows
    assert_in_sync(state, database.url)


def test_a_foreign_key_that_is_not_valid_does_not_matter(database: Database, tmp_path: Path) -> None:
    """It is checked only if its columns change."""
    database.execute(f"{SETUP}; {REFERENCE}")
    state = desired(tmp_path, file(FILLED))
    assert apply(state, database.url, allow=["blocks-updates"]).error is None
    assert_in_sync(state, database.url)


def test_a_check_of_one_partition_that_is_not_valid(database: Database, tmp_path: Path) -> None:
    """It concerns the rows of that partition only."""
    database.execute("""
        CREATE TABLE ch (id int, cur text, qty int) PARTITION BY LIST (id);
        CREATE TABLE ch_1 PARTITION OF ch FOR VALUES IN (1); CREATE TABLE ch_2 PARTITION OF ch FOR VALUES IN (2);
        INSERT INTO ch VALUES (1, NULL, 0), (2, NULL, 0);
        ALTER TABLE ch_1 ADD CONSTRAINT ch_qty CHECK (qty > 0) NOT VALID""")
    state = desired(tmp_path, file(FILLED))
    (refusal,) = reconciler.plan(state, database.url, options=ALLOWED).refusals
    assert refusal.cause.startswith(
        "1 row in public.ch_1 would violate check ch_qty on public.ch_1 after cur = 'x'"
    )
    database.execute("UPDATE ch SET qty = 1 WHERE id = 1")
    assert apply(state, database.url, allow=["blocks-updates"]).error is None
    assert_in_sync(state, database.url)


def test_a_check_of_a_column_that_is_generated_from_a_reference(database: Database, tmp_path: Path) -> None:
    database.execute(f"""{SETUP}; DELETE FROM ch WHERE p_id = 9; {REFERENCE};
        ALTER TABLE ch ADD twice int GENERATED ALWAYS AS (p_id * 2) STORED, ADD CONSTRAINT few CHECK (twice < 6)""")
    state = desired(tmp_path, f"tables: {{{MOVED}}}\n")
    (refusal,) = reconciler.plan(state, database.url).refusals
    assert refusal.cause == (
        "2 rows in public.ch would violate check few on public.ch, once references move to the rows that stay"
    )
    database.execute("ALTER TABLE ch DROP CONSTRAINT few, ADD CONSTRAINT few CHECK (twice < 7)")
    assert apply(state, database.url).error is None
    assert_in_sync(state, database.url)


def test_a_valid_check_with_a_policy_forbids_new_values(database: Database, tmp_path: Path) -> None:
    database.execute(f"{SETUP}; UPDATE ch SET qty = 1; ALTER TABLE ch ADD CONSTRAINT ch_qty CHECK (qty > 0)")
    text = file(f"{SET[:-1]}, new: {{expression: cur = 'x', violators: {{set: {{qty: '0', cur: \"'x'\"}}}}}}}}")
    database.execute("UPDATE ch SET cur = 'y'")
    (refusal,) = reconciler.plan(desired(tmp_path, text), database.url, options=ALLOWED).refusals
    assert refusal.rule == "unfit-repair"
    assert "would violate check ch_qty on public.ch after qty = 0, cur = 'x'" in refusal.cause


def test_a_check_whose_rows_are_repaired_before_forbids_new_values(database: Database, tmp_path: Path) -> None:
    database.execute(f"{SETUP}; ALTER TABLE ch ADD CONSTRAINT known CHECK (p_id IS NOT NULL) NOT VALID")
    text = file(ORPHANS, KNOWN % "p_id IS NOT NULL")
    (refusal,) = reconciler.plan(desired(tmp_path, text), database.url, options=ALLOWED).refusals
    assert refusal.rule == "unfit-repair"
    assert refusal.cause == "2 rows in public.ch would violate check known on public.ch after p_id = NULL"
    assert refusal.remedy == (
        "choose other values or another policy; or apply check known on public.ch without foreign key ch_p on "
        "public.ch first, then plan again"
    )


def test_a_check_whose_rows_are_repaired_before_forbids_moved_references(
    database: Database, tmp_path: Path
) -> None:
    database.execute(f"""{SETUP}; DELETE FROM ch WHERE p_id = 9; {REFERENCE};
        ALTER TABLE ch ADD CONSTRAINT known CHECK (p_id < 3) NOT VALID""")
    text = file(KNOWN % "p_id < 3", more=MOVED)
    (refusal,) = reconciler.plan(desired(tmp_path, text), database.url, options=ALLOWED).refusals
    assert refusal.rule == "moved-references"
    assert refusal.cause == (
        "2 rows in public.ch would violate check known on public.ch, once references move to the rows that stay"
    )


def test_only_constraints_of_the_rows_to_repair_matter(database: Database, tmp_path: Path) -> None:
    """A foreign key does not concern the rows of inheritance children, and a check with NO INHERIT does not either."""
    database.execute(f"""{SETUP}; CREATE TABLE part () INHERITS (ch); INSERT INTO part VALUES (7, 9, 0);
        ALTER TABLE part ADD CONSTRAINT part_qty CHECK (qty > 0) NOT VALID""")
    text = file(ORPHANS)
    assert apply(desired(tmp_path, text), database.url).error is None
    assert database.value("SELECT p_id FROM part") == 9
    database.execute("ALTER TABLE part DROP CONSTRAINT part_qty")
    database.execute("ALTER TABLE ch ADD CONSTRAINT ch_qty CHECK (qty > 0) NO INHERIT NOT VALID")
    text += "  part: {foreign_keys: {part_p: {columns: p_id, references: p(id), orphans: set null}}}\n"
    assert apply(desired(tmp_path, text), database.url).error is None
    assert_in_sync(desired(tmp_path, text), database.url)
