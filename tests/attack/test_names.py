"""Objects of others with names that the tool also uses: no object is removed or altered because of its name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from reconciler.model.events import Event, StepCompleted
from reconciler.model.plan import Plan
from tests.execution.support import Events, apply, apply_all, assert_in_sync, catalog, desired, steps_started
from tests.servers import Database

pytestmark = [pytest.mark.ends, pytest.mark.newest_by_day]

TABLE = """
    CREATE TABLE r (id int PRIMARY KEY, other int UNIQUE);
    CREATE TABLE t (id int NOT NULL, a int, b int, c int);
    INSERT INTO r VALUES (1, 1); INSERT INTO t VALUES (1, 1, 1, 1);
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """A kind, with the existing declared object `x` (`old`), its possible new definition (`new`), and an unrelated
    object.
    """

    given: str
    old: str
    new: str
    unrelated: str
    needed: tuple[str, ...] = ("__reconcile_new",)


FAMILIES: Mapping[str, Family] = {
    "index": Family(
        given="CREATE INDEX x ON t (a)",
        old="indexes: {x: a}",
        new="indexes: {x: [a, b]}",
        unrelated="CREATE INDEX {name} ON t (c)",
        needed=("__reconcile_new", "__reconcile_old"),
    ),
    "unique": Family(
        given="ALTER TABLE t ADD CONSTRAINT x UNIQUE (a)",
        old="unique: {x: a}",
        new="unique: {x: [a, b]}",
        unrelated="CREATE INDEX {name} ON t (c)",
    ),
    "primary_key": Family(
        given="ALTER TABLE t ADD CONSTRAINT x PRIMARY KEY (id)",
        old="primary_key: {name: x, columns: id}",
        new="primary_key: {name: x, columns: [id, a]}",
        unrelated="CREATE UNIQUE INDEX {name} ON t (c)",
    ),
    "check": Family(
        given="ALTER TABLE t ADD CONSTRAINT x CHECK (a > 0)",
        old="checks: {x: a > 0}",
        new="checks: {x: a > -1}",
        unrelated="ALTER TABLE t ADD CONSTRAINT {name} CHECK (c > 0)",
    ),
    "foreign_key": Family(
        given="ALTER TABLE t ADD CONSTRAINT x FOREIGN KEY (a) REFERENCES r",
        old="foreign_keys: {x: {columns: a, references: r(id)}}",
        new="foreign_keys: {x: {columns: a, references: r(id), on_delete: cascade}}",
        unrelated="ALTER TABLE t ADD CONSTRAINT {name} FOREIGN KEY (b) REFERENCES r (other)",
    ),
    "exclusion": Family(
        given="ALTER TABLE t ADD CONSTRAINT x EXCLUDE (a WITH =)",
        old="exclusions: {x: {elements: [{column: a, operator: =}], using: btree}}",
        new="exclusions: {x: {elements: [{column: b, operator: =}], using: btree}}",
        unrelated="ALTER TABLE t ADD CONSTRAINT {name} EXCLUDE (c WITH =)",
        needed=(),
    ),
}
# An object of another kind may also have the name of a constraint or an index.
OTHERS = {
    "table": "CREATE TABLE {name} (id int)",
    "sequence": "CREATE SEQUENCE {name}",
    "index of another table": "CREATE INDEX {name} ON r (other)",
    "constraint of another kind": "ALTER TABLE t ADD CONSTRAINT {name} UNIQUE (c)",
}
ENDINGS = ("__reconcile_new", "__reconcile_old")


def planned(database: Database, tmp_path: Path, yaml: str) -> Plan:
    return apply(
        desired(tmp_path, f"policy: {{allow: [blocking-build]}}\ntables: {{t: {{{yaml}}}}}"), database.url
    ).plan


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("kind", FAMILIES)
def test_what_only_has_the_name_of_a_remnant_survives(
    kind: str, ending: str, database: Database, tmp_path: Path
) -> None:
    """The owner of a table calls an object `x__reconcile_old` or `x__reconcile_new`, and the file declares `x`.

    The object must not be changed, whether `x` is in sync, dropped or replaced. It is reported only if the replacement
    needs the name.
    """
    family = FAMILIES[kind]
    database.execute(f"{TABLE}; {family.given}; {family.unrelated.format(name='x' + ending)}")
    before = catalog(database)
    in_sync = planned(database, tmp_path, family.old)
    assert (in_sync.routes, in_sync.refusals, in_sync.notes) == ((), (), ())
    plan = planned(database, tmp_path, family.new)
    if ending in family.needed:
        assert [refusal.rule for refusal in plan.refusals] == ["name-taken"]
        assert plan.refusals[0].remedy.endswith(f'"x{ending}";')
        assert "DROP" in plan.refusals[0].remedy
        assert catalog(database) == before
    else:
        assert not plan.refusals
        assert [one for one in before if f"x{ending}" in one[1]] == [
            one for one in catalog(database) if f"x{ending}" in one[1]
        ]


@pytest.mark.parametrize("what", OTHERS)
@pytest.mark.parametrize("kind", ["index", "unique"])
def test_a_name_that_anything_else_has_is_found_when_planning(
    kind: str, what: str, database: Database, tmp_path: Path
) -> None:
    """Another role uses the name for a table, a sequence, an index of another table, or a constraint.

    The run must not fail in the middle.
    """
    family = FAMILIES[kind]
    database.execute(f"{TABLE}; {family.given}; {OTHERS[what].format(name='x__reconcile_new')}")
    before = catalog(database)
    assert [refusal.rule for refusal in planned(database, tmp_path, family.new).refusals] == ["name-taken"]
    assert catalog(database) == before


@pytest.mark.parametrize("check", ["id > 0", "id IS NOT NULL OR a > 0", "a IS NOT NULL"])
@pytest.mark.pg("< 18")
def test_the_helper_check_of_a_not_null_is_no_other_check(check: str, database: Database, tmp_path: Path) -> None:
    """A user's check has the name of the helper.

    It must not be dropped, or be accepted as the proof for SET NOT NULL.
    """
    database.execute(
        f"{TABLE}; ALTER TABLE t ALTER id DROP NOT NULL, ADD CONSTRAINT t_id__reconcile_new CHECK ({check})"
    )
    before = catalog(database)
    assert [refusal.rule for refusal in planned(database, tmp_path, "not_null: [id]").refusals] == ["name-taken"]
    assert catalog(database) == before


PARTS = """
    CREATE TABLE t (id int, a int, b int) PARTITION BY RANGE (id);
    CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
    CREATE TABLE t_2 PARTITION OF t FOR VALUES FROM (10) TO (20);
    """


@pytest.mark.parametrize(
    ("given", "new", "name"),
    [
        ("CREATE INDEX x ON t (a)", "indexes: {x: [a, b]}", "t_2_a_b_idx__reconcile_new"),
        ("CREATE INDEX x ON t (a)", "indexes: {x: [a, b]}", "t_2_a_idx__reconcile_old"),
        ("CREATE UNIQUE INDEX x ON t (id)", "indexes: {x: {columns: [id, a], unique: true}}", "x__reconcile_old"),
        ("ALTER TABLE t ADD CONSTRAINT x UNIQUE (id)", "unique: {x: [id, a]}", "t_2_id_a_key__reconcile_new"),
    ],
)
def test_a_partitions_index_that_only_has_the_name_survives(
    given: str, new: str, name: str, database: Database, tmp_path: Path
) -> None:
    """The same with the temporary names of partitions' indexes."""
    database.execute(f"{PARTS}; {given}; CREATE INDEX {name} ON t_2 (b)")
    before = catalog(database)
    assert [refusal.rule for refusal in planned(database, tmp_path, new).refusals] == ["name-taken"]
    assert catalog(database) == before


# --- Remnants -----------------------------------------------------------------------------------------------------


class Death(BaseException):
    """The run is killed: nothing is sent after this."""


def die_after(step: str) -> Events:
    class Dying(Events):
        def __call__(self, event: Event) -> None:
            if isinstance(event, StepCompleted) and str(event.step.id) == step:
                raise Death

    return Dying()


def cut_off(database: Database, tmp_path: Path, yaml: str, after: str) -> None:
    """Apply, and kill the run after a step."""
    with pytest.raises(Death):
        apply(desired(tmp_path, yaml), database.url, die_after(after))


OLD, NEW = "tables: {t: {indexes: {x: a}}}", "tables: {t: {indexes: {x: [a, b]}}}"
SWAP = "swap index public.t.x"
DROP = "drop index public.t.x__reconcile_old"


def test_a_predecessor_that_the_journal_knows_is_removed_and_shown(database: Database, tmp_path: Path) -> None:
    """A run is killed between the swap and the drop. The next plan shows the removal, which does not count for
    max_drops.

    This is also true if other roles may write to the journal.
    """
    database.execute(f"{TABLE}; CREATE INDEX x ON t (a)")
    cut_off(database, tmp_path, NEW, SWAP)
    database.execute("GRANT INSERT ON migration_log TO reader")
    state = desired(tmp_path, f"policy: {{max_drops: 0}}\n{NEW}")
    events = Events()
    result = apply_all(state, database.url, events)
    assert steps_started(events) == [DROP]
    assert [str(route.change) for route in result.plan.routes] == ["drop index x__reconcile_old on public.t"]
    assert "remnant" in [note.rule for note in result.plan.notes]
    assert_in_sync(state, database.url)
    assert database.query("SELECT to_regclass('x__reconcile_old')") == [(None,)]


def test_a_predecessor_makes_room_for_the_next_one(database: Database, tmp_path: Path) -> None:
    """A run is killed between the swap and the drop, and the file changes before the next run."""
    database.execute(f"{TABLE}; CREATE INDEX x ON t (a)")
    cut_off(database, tmp_path, NEW, SWAP)
    state, events = desired(tmp_path, "tables: {t: {indexes: {x: [a, c]}}}"), Events()
    apply_all(state, database.url, events)
    assert steps_started(events)[0] == DROP
    assert_in_sync(state, database.url)


def test_a_successor_that_is_not_wanted_any_more_is_removed(database: Database, tmp_path: Path) -> None:
    """A run is killed after it has built a successor; the file changes back, or to another definition."""
    for wanted in (OLD, "tables: {t: {indexes: {x: [a, c]}}}"):
        database.execute(f"DROP TABLE IF EXISTS t, r CASCADE; {TABLE}; CREATE INDEX x ON t (a)")
        cut_off(database, tmp_path, NEW, "build index public.t.x__reconcile_new")
        state = desired(tmp_path, wanted)
        apply_all(state, database.url)
        assert_in_sync(state, database.url)
        assert database.query("SELECT relname FROM pg_class WHERE relname LIKE '%\\_\\_reconcile\\_%'") == []


def test_an_object_made_after_a_replacement_is_no_remnant_of_it(database: Database, tmp_path: Path) -> None:
    """The journal has an old replacement of `x`. Later somebody creates an index with the predecessor's name.

    It has other columns, or, if other roles may write to the journal, the same definition. Both are kept.
    """
    database.execute(f"{TABLE}; CREATE INDEX x ON t (a)")
    apply_all(desired(tmp_path, NEW), database.url)
    database.execute("CREATE INDEX x__reconcile_old ON t (c)")
    assert_in_sync(desired(tmp_path, NEW), database.url)
    database.execute("GRANT INSERT ON migration_log TO reader; DROP INDEX x__reconcile_old")
    database.execute("CREATE INDEX x__reconcile_old ON t (a)")
    assert_in_sync(desired(tmp_path, NEW), database.url)


def test_a_forged_entry_in_the_journal_proves_nothing(database: Database, tmp_path: Path) -> None:
    """A role with INSERT on the journal records a replacement whose predecessor is exactly an existing index.

    The index must be kept.
    """
    database.execute(f"{TABLE}; CREATE INDEX x ON t (a)")
    apply_all(desired(tmp_path, NEW), database.url)
    database.execute("CREATE INDEX x__reconcile_old ON t (c)")
    database.execute("""
        GRANT INSERT, SELECT ON migration_log TO reader;
        SET ROLE reader;
        INSERT INTO migration_log (migration_name, step_name, status, metadata)
        SELECT migration_name, step_name, status,
               jsonb_set(metadata, '{before,columns,0,column}', '"c"')
          FROM migration_log WHERE step_name LIKE '%index public.t.x%'""")
    before = catalog(database)
    assert_in_sync(desired(tmp_path, NEW), database.url)
    assert [refusal.rule for refusal in apply(desired(tmp_path, OLD), database.url).plan.refusals] == ["name-taken"]
    assert catalog(database) == before


def test_an_invalid_index_of_another_definition_is_no_remnant(database: Database, tmp_path: Path) -> None:
    """The journal has an unfinished build of `x__reconcile_new`; an invalid index on other columns has that name."""
    database.execute(f"{TABLE}; CREATE INDEX x ON t (a)")
    cut_off(database, tmp_path, NEW, "build index public.t.x__reconcile_new")
    database.execute("""
        INSERT INTO migration_log (migration_name, step_name, status, metadata)
        SELECT migration_name, step_name, status, metadata FROM migration_log
         WHERE metadata ? 'builds' AND status = 'started';
        DROP INDEX x__reconcile_new; CREATE INDEX x__reconcile_new ON t (c);
        UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'x__reconcile_new'::regclass""")
    before = catalog(database)
    assert_in_sync(desired(tmp_path, OLD), database.url)
    assert [refusal.rule for refusal in apply(desired(tmp_path, NEW), database.url).plan.refusals] == ["name-taken"]
    assert catalog(database) == before


def test_a_copy_of_the_declared_index_counts_as_a_drop(database: Database, tmp_path: Path) -> None:
    """Without a journal entry, an exact copy of the declared index is removed like any other object: shown, and
    counted.
    """
    database.execute(f"{TABLE}; CREATE INDEX x ON t (a); CREATE INDEX x__reconcile_new ON t (a)")
    refused = apply(desired(tmp_path, f"policy: {{max_drops: 0}}\n{OLD}"), database.url)
    assert [refusal.rule for refusal in refused.plan.refusals] == ["too-many-drops"]
    result = apply_all(desired(tmp_path, OLD), database.url)
    assert [str(route.change) for route in result.plan.routes] == ["drop index x__reconcile_new on public.t"]


def test_a_comment_of_somebody_elses_makes_it_somebody_elses(database: Database, tmp_path: Path) -> None:
    """An exact copy with a comment is not a remnant."""
    database.execute(f"""{TABLE}; CREATE INDEX x ON t (a); CREATE INDEX x__reconcile_new ON t (a);
        COMMENT ON INDEX x__reconcile_new IS 'kept for the night job'""")
    before = catalog(database)
    assert_in_sync(desired(tmp_path, OLD), database.url)
    assert catalog(database) == before


def test_absent_may_name_what_was_left_behind(database: Database, tmp_path: Path) -> None:
    """If the tool has no proof, a file can list the object under `absent` to remove it."""
    database.execute(f"{TABLE}; CREATE INDEX x ON t (a); CREATE INDEX x__reconcile_old ON t (c)")
    state = desired(tmp_path, "tables: {t: {indexes: {x: [a, b]}, absent: {indexes: [x__reconcile_old]}}}")
    events = Events()
    apply_all(state, database.url, events)
    assert steps_started(events)[0] == DROP
    assert_in_sync(state, database.url)
