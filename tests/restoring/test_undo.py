"""An undo brings back everything that a run repaired, archived and changed: in one plan, and one run."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import psycopg
import pytest

import reconciler
from reconciler.cli.main import main
from reconciler.execution.result import ApplyResult
from reconciler.kinds.rules import GATED
from reconciler.model.events import Event, RunStatus, StepCompleted
from reconciler.model.options import Options
from reconciler.model.plan import Plan
from reconciler.model.state import DesiredState, Policy
from tests.cases.snapshot import snapshot
from tests.execution.support import desired
from tests.restoring.whole import sorted_dump
from tests.servers import NIGHTLY, Database

NOTHING = DesiredState(objects={}, policy=Policy(max_drops=1000))
ALL = Options(allow=GATED, trust_file=True)

GIVEN = """
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TABLE users (id int PRIMARY KEY, email text, seen date);
INSERT INTO users SELECT n, 'u' || n % 40, '2024-01-01'::date + n FROM generate_series(1, 50) AS n;
CREATE TABLE logins (id int PRIMARY KEY, user_id int NOT NULL REFERENCES users, at text);
INSERT INTO logins SELECT n, n % 50 + 1, 'now' FROM generate_series(1, 60) AS n;
CREATE TABLE old (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, user_id int REFERENCES users ON DELETE CASCADE);
INSERT INTO old (user_id) SELECT n + 20 FROM generate_series(1, 5) AS n;
CREATE TABLE older (id int PRIMARY KEY, old_id int CONSTRAINT older_old REFERENCES old, note text);
CREATE INDEX older_note ON older (note);
INSERT INTO older VALUES (1, 1, 'a'), (2, 2, 'b');
CREATE TABLE orders (id int PRIMARY KEY, user_id int, up int REFERENCES orders, old_id int REFERENCES old, total int,
                     currency text);
INSERT INTO orders SELECT n, n, NULL, n % 5 + 1, 40 - n, CASE WHEN n % 3 > 0 THEN 'EUR' END
  FROM generate_series(1, 60) AS n;
UPDATE orders SET up = 20 WHERE id BETWEEN 51 AND 54;
CREATE TABLE days (day int, n int, PRIMARY KEY (day, n)) PARTITION BY RANGE (day);
CREATE TABLE days_1 PARTITION OF days FOR VALUES FROM (1) TO (10);
CREATE TABLE days_2 PARTITION OF days FOR VALUES FROM (10) TO (20);
INSERT INTO days SELECT n, n - 5 FROM generate_series(1, 19) AS n;
"""
FILE = """
policy: {max_drops: 1000}
tables:
  users:
    unique:
      users_email_key: {columns: email, duplicates: {keep: newest, by: seen, others: quarantine, references: move}}
  orders:
    foreign_keys:
      orders_user_id_fkey: {columns: user_id, references: users(id), orphans: quarantine}
    checks:
      orders_total_check: {expression: total >= 0, violators: {set: {total: "0"}}}
    not_null: {currency: {nulls: {fill: "'USD'"}}}
    absent: {constraints: [orders_old_id_fkey]}
  days:
    checks: {days_n: {expression: n > 0, violators: quarantine}}
dropped_tables: {old: , older: }
"""


def undo(database: Database, run: str = "last", *, options: Options = ALL, **more: Any) -> ApplyResult:
    return reconciler.undo(run, NOTHING, database.url, approve=lambda _: True, options=options, **more)


def undone(database: Database, run: str = "last", **more: Any) -> ApplyResult:
    """Undo, and assert success."""
    result = undo(database, run, **more)
    assert not result.plan.refusals, [(str(one.rule), one.cause) for one in result.plan.refusals]
    assert result.error is None, result.message
    return result


def applied(database: Database, folder: Path, text: str = FILE) -> ApplyResult:
    result = reconciler.apply(desired(folder, text), database.url, approve=lambda _: True, options=ALL)
    assert not result.plan.refusals, [(str(one.rule), one.cause) for one in result.plan.refusals]
    assert result.error is None, result.message
    return result


def ids(plan: Plan) -> list[str]:
    return [str(step.id) for step in plan.steps]


@pytest.mark.ends
@pytest.mark.newest_by_day
def test_rows_and_tables_come_back_with_everything_else(database: Database, tmp_path: Path) -> None:
    """The way there and back; and by an undo of the undo, there once more."""
    database.execute(GIVEN)
    before = sorted_dump(database)
    there = applied(database, tmp_path)
    after = sorted_dump(database)
    back = undone(database, there.run_id)
    assert sorted_dump(database) == before
    assert undo(database, there.run_id).run_id == "", "nothing is left to undo"
    again = undone(database, back.run_id)
    assert sorted_dump(database) == after
    assert still_declared(again) == "", "the database is as the file declares"
    back_again = undone(database, again.run_id)
    assert sorted_dump(database) == before
    assert still_declared(back).replace(there.run_id, again.run_id) == still_declared(back_again) != ""


def still_declared(result: ApplyResult) -> str:
    return "".join(note.message for note in result.plan.notes if note.rule == "still-declared")


@pytest.mark.ends
@pytest.mark.parametrize(
    ("partitioned", "declared"),
    [
        pytest.param(True, "not_null: {v: {nulls: quarantine}, w: {nulls: quarantine}}", id="partitions"),
        pytest.param(False, "not_null: {v: {nulls: quarantine}, w: {nulls: quarantine}}", id="children"),
        pytest.param(
            True,
            "primary_key: {columns: [id, k], nulls: quarantine}, not_null: {w: {nulls: quarantine}}",
            id="with a primary key",
        ),
    ],
)
def test_not_nulls_of_several_columns_of_a_tree_go_there_and_back(
    database: Database, tmp_path: Path, partitioned: bool, declared: str
) -> None:
    database.execute(
        "CREATE FUNCTION touch() RETURNS int LANGUAGE sql AS 'SELECT 1';"  # the dump after the run has one, too
        f"CREATE TABLE t (id int, k int, v int, w int) {'PARTITION BY LIST (k)' if partitioned else ''}"
    )
    for n in (1, 2):
        database.execute(
            f"CREATE TABLE t{n} {f'PARTITION OF t FOR VALUES IN ({n})' if partitioned else '() INHERITS (t)'};"
            f"INSERT INTO t{n} VALUES (1, {n}, 1, 1), (NULL, {n}, 2, 2), (2, {n}, NULL, 3), (3, {n}, 3, NULL)"
        )
    before = sorted_dump(database)
    there = applied(database, tmp_path, f"tables: {{t: {{{declared}}}}}")
    after = sorted_dump(database)
    back = undone(database, there.run_id)
    assert sorted_dump(database) == before
    undone(database, back.run_id)
    assert sorted_dump(database) == after


@pytest.mark.ends
@pytest.mark.newest_by_day
def test_a_run_of_the_script_is_undone_as_one_of_apply(database: Database, tmp_path: Path) -> None:
    """Its journal has what an undo needs: the numbers and the tables of repairs, and the names in the archive."""
    database.execute(GIVEN)
    before = sorted_dump(database)
    by_script(database, desired(tmp_path, FILE))
    after = sorted_dump(database)
    (run,) = reconciler.history(database.url)
    assert {one.run_id for one in reconciler.archived(database.url)} == {run.run_id}
    kept = sum(one.rows.count or 0 for one in reconciler.find_quarantined(database.url))
    repairs = "FROM migration_log WHERE status = 'completed' AND metadata -> 'step' ->> 'verb' = 'repair'"
    counts = "coalesce(rows_affected, 0) + coalesce((metadata ->> 'references_moved')::int, 0)"
    assert database.value(f"SELECT sum({counts})::int {repairs}") == kept
    assert database.value(f"SELECT max(metadata ->> 'references_moved')::int {repairs}") > 0
    oids = (
        "SELECT DISTINCT oid FROM migration_log, jsonb_each_text(metadata -> 'tables' -> 'oids') AS t (name, oid)"
    )
    known = "SELECT oid::text FROM pg_class WHERE oid IN ('users'::regclass, 'orders'::regclass, 'days'::regclass)"
    assert sorted(database.query(oids)) == sorted(database.query(known))
    back = undone(database)
    assert [note.message for note in back.plan.notes if note.rule == "not-undone"] == []
    assert sorted_dump(database) == before
    undone(database, back.run_id)
    assert sorted_dump(database) == after


@pytest.mark.ends
def test_rows_of_a_former_table_that_a_script_took_are_not_put_into_the_new_one(
    database: Database, tmp_path: Path
) -> None:
    database.execute('CREATE TABLE "T" (id int PRIMARY KEY); INSERT INTO "T" VALUES (-1), (1)')
    by_script(
        database, desired(tmp_path, "tables: {T: {checks: {c: {expression: id > 0, violators: quarantine}}}}")
    )
    database.execute('DROP TABLE "T"; CREATE TABLE "T" (id int PRIMARY KEY)')
    notes = [note.message for note in reconciler.plan_undo("last", NOTHING, database.url, options=ALL).notes]
    assert any("another table has this name since run" in one for one in notes), notes


@pytest.mark.ends
def test_a_script_of_an_earlier_version_did_not_count_the_rows_of_its_repairs(
    database: Database, tmp_path: Path
) -> None:
    database.execute("CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t VALUES (-1), (1)")
    by_script(
        database, desired(tmp_path, "tables: {t: {checks: {c: {expression: id > 0, violators: quarantine}}}}")
    )
    database.execute("UPDATE migration_log SET rows_affected = NULL")
    undone(database)
    assert database.query("SELECT id FROM t ORDER BY 1") == [(-1,), (1,)]


def by_script(database: Database, state: DesiredState) -> None:
    plan = reconciler.plan(state, database.url, options=ALL)
    done = database.psql("\\set messages 1\n" + reconciler.render_sql(reconciler.report_of(plan)))
    assert done.returncode == 0, done.stderr


@pytest.mark.pg(">= 18")
def test_a_foreign_key_that_somebody_replaced_is_not_dropped(database: Database, tmp_path: Path) -> None:
    database.execute("CREATE TABLE users (id int PRIMARY KEY); CREATE TABLE orders (user_id int)")
    applied(database, tmp_path, "tables: {orders: {foreign_keys: {f: {columns: user_id, references: users}}}}")
    database.execute(
        "ALTER TABLE orders DROP CONSTRAINT f; "
        "ALTER TABLE orders ADD CONSTRAINT f FOREIGN KEY (user_id) REFERENCES users ON DELETE CASCADE"
    )
    (refusal,) = undo(database).plan.refusals
    assert str(refusal.rule) == "changed-since"


VIEWS = """
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TABLE t (id int PRIMARY KEY, "N" text); INSERT INTO t VALUES (1, 'a');
CREATE VIEW v (id, "Name") WITH (security_barrier, check_option = 'local') AS
    SELECT id, "N" FROM t WHERE "N" <> 'it''s';
ALTER VIEW v ALTER id SET DEFAULT 7; COMMENT ON VIEW v IS 'of "t"'; COMMENT ON COLUMN v."Name" IS 'it''s';
GRANT SELECT, INSERT ON v TO PUBLIC; GRANT UPDATE ("Name") ON v TO {role} WITH GRANT OPTION;
CREATE TRIGGER touched INSTEAD OF INSERT ON v FOR EACH ROW EXECUTE FUNCTION touch();
CREATE RULE r AS ON DELETE TO v DO INSTEAD NOTHING;
CREATE MATERIALIZED VIEW "M v" WITH (fillfactor = 50) AS SELECT id, "N" || ':x' AS n FROM t;
CREATE UNIQUE INDEX "M i" ON "M v" (id); CREATE INDEX m_n ON "M v" (lower(n)) WHERE id > 0;
COMMENT ON MATERIALIZED VIEW "M v" IS 'm'; GRANT SELECT ON "M v" TO {role};
ALTER MATERIALIZED VIEW "M v" OWNER TO {role};
CREATE MATERIALIZED VIEW empty AS SELECT 1 AS one WITH NO DATA;
"""


@pytest.mark.ends
def test_the_journal_has_the_definitions_of_dropped_views(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The statements that `history` prints create them to the letter, and the note of an undo says so."""
    monkeypatch.chdir(tmp_path)
    role = f"{database.name}_role"
    database.execute(f"CREATE ROLE {role}; {VIEWS.format(role=role)}")
    try:
        before = sorted_dump(database)
        names = ("v", '"M v"', "empty")
        file = "".join(f"  {name}: {{backup: none}}\n" for name in names)
        run = applied(database, tmp_path, f"dropped_tables:\n{file}").run_id
        plan = reconciler.plan_undo(run, NOTHING, database.url, options=ALL)
        assert [note.message for note in plan.notes if note.rule == "not-undone"] == [
            f"view public.{name} stays dropped; the journal has its definition: `reconcile history {run}` prints the "
            "statements that create it"
            for name in sorted(names, key=lambda name: name.strip('"'))
        ]
        assert main(["history", run, "--db", database.url]) == 0
        lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith("    ")]
        database.execute("\n".join(lines))
        assert sorted_dump(database) == before
    finally:
        database.execute(f"DROP OWNED BY {role} CASCADE; DROP ROLE {role}")


@pytest.mark.pg(">= 18")
def test_an_undo_is_killed_and_continued_by_the_same_command(database: Database, tmp_path: Path) -> None:
    database.execute(GIVEN)
    before = sorted_dump(database)
    there = applied(database, tmp_path)
    steps = ids(reconciler.plan_undo(there.run_id, NOTHING, database.url, options=ALL))
    order = [steps.index(next(one for one in steps if one.startswith(words))) for words in ORDER]
    assert order == sorted(order), steps
    for number in order if NIGHTLY else order[::2]:
        assert killed_after(database, steps[number]) is RunStatus.INTERRUPTED
    assert undone(database).plan.undoes == there.run_id
    assert sorted_dump(database) == before


ORDER = (
    "add foreign_key public.orders.orders_old_id_fkey",
    "drop foreign_key public.orders.orders_user_id_fkey",
    "validate foreign_key reconcile_archive",
    "restore dropped_table public.old",
    "restore quarantine public.users.",
    "restore quarantine public.logins.",
)
"""Steps of the undo: a constraint goes before its rows return, tables come before rows, and rows before others that
refer to them."""


def killed_after(database: Database, step: str) -> RunStatus:
    def kill(event: Event) -> None:
        if isinstance(event, StepCompleted) and str(event.step.id) == step:
            raise KeyboardInterrupt

    result = undo(database, listeners=[kill])
    assert not result.plan.refusals, [(str(one.rule), one.cause) for one in result.plan.refusals]
    return result.status


CHANGED = """
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TABLE users (id int PRIMARY KEY); INSERT INTO users VALUES (1);
CREATE TABLE orders (id int PRIMARY KEY, user_id int, total int);
INSERT INTO orders VALUES (1, 1, -1), (2, 1, -2), (3, 1, -3), (4, 8, 4), (5, 9, 5), (6, 9, 6);
"""
CHANGED_FILE = """
tables:
  orders:
    foreign_keys: {orders_user_id_fkey: {columns: user_id, references: users(id), orphans: quarantine}}
    checks:
      orders_total_check: {expression: total >= 0, violators: {set: {total: "0"}}}
      gone: {expression: id <> 6, violators: delete}
"""


@pytest.mark.pg(">= 18")
def test_rows_that_were_changed_since_stay_and_are_listed(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A row gets its former value only if it still has what the repair wrote; a new row with the key of another one
    keeps it. The exit code is 2, and the same command tries again what is left."""
    monkeypatch.chdir(tmp_path.parent)
    database.execute(CHANGED)
    run = applied(database, tmp_path, CHANGED_FILE).run_id
    database.execute(
        "UPDATE orders SET total = 70 WHERE id = 2; INSERT INTO orders VALUES (4, 1, 44); "
        "CREATE TRIGGER touched BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch()"
    )
    script = reconciler.render_sql(
        reconciler.report_of(reconciler.plan_undo(run, NOTHING, database.url, options=ALL))
    )
    assert f"psql brings no rows back: run reconcile undo {run}" in script
    assert main(["undo", run, "--db", database.url, "--plan"]) == 3
    assert "fires-triggers: public.orders: trigger touched calls" in capsys.readouterr().out
    command = ["undo", run, "--db", database.url, "--allow", "fires-triggers"]
    assert main([*command, "--plan"]) == 0
    text = capsys.readouterr().out
    assert "deleted 1 row without a copy: nothing brings them back" in text
    assert main([*command, "-y"]) == 2
    text = capsys.readouterr().out
    assert (
        "1 row stays in the quarantine: the row no longer exists, no longer has the values that the repair" in text
    )
    assert "1 row stays in the quarantine: rows have duplicate keys: orders_pkey (SQLSTATE 23505)" in text
    rows = "SELECT id, user_id, total FROM orders ORDER BY 1"
    assert database.query(rows) == [(1, 1, -1), (2, 1, 70), (3, 1, -3), (4, 1, 44), (5, 9, 5)]
    left = (
        "SELECT sum(rows_affected), sum((SELECT sum(v::int) FROM jsonb_each_text(metadata -> 'left') AS e (k, v)))"
        " FROM migration_log WHERE status = 'completed' AND metadata ? 'left'"
    )
    assert database.query(left) == [(3, 2)]
    database.execute("DELETE FROM orders WHERE id = 4; UPDATE orders SET total = 0 WHERE id = 2")
    assert main([*command, "-y"]) == 0
    assert database.query(rows) == [(1, 1, -1), (2, 1, -2), (3, 1, -3), (4, 8, 4), (5, 9, 5)]


STAYING = """
CREATE TABLE users (id int PRIMARY KEY, name text); INSERT INTO users VALUES (1, 'a'), (2, NULL), (3, 'c');
CREATE TABLE orders (id int PRIMARY KEY, user_id int);
INSERT INTO orders VALUES (1, 1), (2, 7), (100, 8);
ALTER TABLE orders ADD CONSTRAINT few CHECK (id < 100) NOT VALID,
    ADD CONSTRAINT users_fkey FOREIGN KEY (user_id) REFERENCES users NOT VALID;
CREATE TABLE old (id int PRIMARY KEY); CREATE TABLE gone ();
CREATE TABLE t (old_id int CONSTRAINT t_old REFERENCES old);
"""
STAYING_FILE = """
tables:
  users: {not_null: {name: {nulls: quarantine}}, checks: {users_id: {expression: id <> 3, violators: quarantine}}}
  orders:
    checks: {few: {expression: id < 100, violators: quarantine}}
    foreign_keys: {users_fkey: {columns: user_id, references: users(id), orphans: quarantine}}
  t: {absent: {constraints: [t_old]}}
dropped_tables: {old: , gone: }
"""


@pytest.mark.ends
@pytest.mark.newest_by_day
def test_a_partition_returns_before_its_partitioned_table_changes(database: Database, tmp_path: Path) -> None:
    database.execute(
        "CREATE TABLE top (a int, k int) PARTITION BY LIST (k); CREATE INDEX j ON top (a);"
        "CREATE TABLE top_1 PARTITION OF top FOR VALUES IN (1, 2) PARTITION BY LIST (k);"
        "CREATE TABLE top_1_1 PARTITION OF top_1 FOR VALUES IN (1); CREATE TABLE top_2 PARTITION OF top DEFAULT"
    )
    before = snapshot(database)
    file = (
        "tables: {top: {indexes: {j: k}, unique: {u: [a, k]}, checks: {c: a > 0}}}\n"
        "dropped_tables: {top_1_1: , top_2: }\n"
    )
    there = applied(database, tmp_path, file)
    refusals = undo(database, there.run_id).plan.refusals
    assert {str(one.rule) for one in refusals} == {"cannot-attach"}
    assert {one.key.table for one in refusals} == {"top_1_1", "top_2"}
    for table in ("top_1_1", "top_2"):
        reconciler.restore(table, database.url, approve=lambda _: True)
    undone(database, there.run_id)
    assert snapshot(database) == before


@pytest.mark.pg(">= 18")
def test_a_plan_names_everything_that_stays(database: Database, tmp_path: Path) -> None:
    """Each quarantine table, an archived table that is gone, and a foreign key that has to wait for its table."""
    owner = f"{database.name}_owner"
    database.execute(f"{STAYING} CREATE ROLE {owner}; ALTER TABLE old OWNER TO {owner}")
    try:
        run = applied(database, tmp_path, STAYING_FILE).run_id
        (gone,) = [one.table.name for one in reconciler.archived(database.url) if one.origin.name == "gone"]
        database.execute(f'DROP TABLE reconcile_archive."{gone}"')
        plan = reconciler.plan_undo(run, NOTHING, database.url, options=ALL)
        assert [(str(one.rule), one.cause) for one in plan.refusals] == [
            (
                "missing-privilege",
                f"role {owner}, which owns public.old, may not use schema reconcile_archive: writes to public.t would "
                "fail until the table is restored",
            )
        ]
        (there,) = [one.table.name for one in reconciler.archived(database.url)]
        key = f'FOREIGN KEY (old_id) REFERENCES reconcile_archive."{there}"'
        with pytest.raises(psycopg.errors.InsufficientPrivilege):  # as the refusal says
            database.execute(f"ALTER TABLE t ADD {key}; INSERT INTO t VALUES (1)")
        left = [note.message for note in plan.notes if note.rule == "not-undone"]
        stays = "the object that they violate was there before the run, and stays"
        assert [re.sub("_[0-9a-f]{12}", "", one) for one in left] == [
            "check few on public.orders stays validated: a validation is not undone",
            "foreign key users_fkey on public.orders stays validated: a validation is not undone",
            "the archive has no table public.gone of this run: it was restored or purged, or another run "
            "archived it",
            f"the quarantine reconcile_archive.q_orders keeps 1 row of public.orders: {stays}",
            f"the quarantine reconcile_archive.q_orders keeps 1 row of public.orders: {stays}",
        ]
        undone(database, run, options=Options(allow=GATED, tables=("users",)))
        assert database.query("SELECT * FROM users ORDER BY 1") == [(1, "a"), (2, None), (3, "c")]
        database.execute("ALTER TABLE users ADD CONSTRAINT users_id CHECK (id <> 3) NOT VALID")
        _, refusal = undo(database, run).plan.refusals
        assert f"has undone run {run}; the current objects were made later" in refusal.cause
        database.execute("ALTER TABLE users DROP CONSTRAINT users_id")
        assert reconciler.restore("old", database.url, approve=lambda _: True).error is None
        undone(database, run)
        assert database.value("SELECT count(*) FROM pg_constraint WHERE conname = 't_old'") == 1
        with pytest.raises(reconciler.UsageError, match="no table that the run changed matches 'other'"):
            undo(database, run, options=Options(tables=("other",)))
    finally:
        database.execute(f"DROP OWNED BY {owner} CASCADE; DROP ROLE {owner}")


TWICE = """
CREATE TABLE t (id int PRIMARY KEY, v text, n int);
INSERT INTO t VALUES (-1, NULL, 1), (-2, 'b', 2), (3, NULL, 3), (-4, NULL, -4), (4, 'd', -5);
"""
TWICE_FILES = (
    """
tables:
  t:
    not_null: {v: {nulls: {fill: "'zz'"}}}
    checks: {positive: {expression: id > 0, violators: {set: {id: "-id"}}}}
""",
    """
tables:
  t:
    checks:
      a: {expression: n > -5, violators: quarantine}
      b: {expression: id > 0, violators: {set: {id: "-id"}}}
      c: {expression: v is not null, violators: {set: {v: "'zz'"}}}
      d: {expression: n > 0, violators: quarantine}
""",
)


@pytest.mark.ends
@pytest.mark.parametrize("file", TWICE_FILES, ids=["values twice", "values and whole rows"])
@pytest.mark.parametrize("back", ["undo", "restore"])
def test_rows_that_two_repairs_took_go_back_in_reverse_order(
    database: Database, tmp_path: Path, file: str, back: str
) -> None:
    """The second repair gives rows other keys, uses keys that the first one freed, or moves rows that the first one
    changed."""
    database.execute(TWICE)
    if file is TWICE_FILES[0]:
        database.execute("DELETE FROM t WHERE id IN (-4, 4)")
    rows = "SELECT * FROM t ORDER BY n"
    before = database.query(rows)
    run = applied(database, tmp_path, file)
    assert database.query(rows) != before
    if back == "undo":
        undone(database, run.run_id)
    else:
        database.execute(
            "ALTER TABLE t ALTER v DROP NOT NULL, DROP CONSTRAINT IF EXISTS positive, DROP CONSTRAINT IF EXISTS a, "
            "DROP CONSTRAINT IF EXISTS b, DROP CONSTRAINT IF EXISTS c, DROP CONSTRAINT IF EXISTS d"
        )
        chosen = reconciler.QuarantineOptions(name="t")
        restored = reconciler.restore_quarantined(database.url, approve=lambda *_: True, options=chosen)
        assert [one.misfits for one in restored] == [()] * len(restored)
    assert database.query(rows) == before


KEYS = """
CREATE TABLE users (id int PRIMARY KEY); INSERT INTO users VALUES (1);
CREATE TABLE t (id int NOT NULL, p int, v text, n int NOT NULL, touched int DEFAULT 0);
INSERT INTO t VALUES (1, 1, 'a', 1), (-2, 7, NULL, 2), (-3, 7, NULL, -3), (4, 1, NULL, -4);
CREATE FUNCTION count_up() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.touched := 1; RETURN NEW; END';
CREATE TRIGGER counted BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION count_up();
CREATE TABLE top (k int NOT NULL, v text) PARTITION BY LIST (k);
CREATE TABLE top_1 PARTITION OF top FOR VALUES IN (1); INSERT INTO top VALUES (1, NULL);
CREATE TABLE parents (id int PRIMARY KEY, code text); INSERT INTO parents VALUES (8, 'a'), (9, 'a');
CREATE TABLE children (n int NOT NULL, parent int REFERENCES parents); INSERT INTO children VALUES (50, 8), (60, 9);
"""
NEW_KEY = """
tables:
  t:
    primary_key: id
    foreign_keys: {t_p: {columns: p, references: users(id), orphans: set null}}
    not_null: {v: {nulls: {fill: "'zz'"}}}
    checks:
      positive: {expression: id > 0, violators: {set: {id: "-id"}}}
      small: {expression: n > -4, violators: quarantine}
  top: {primary_key: k, not_null: {v: {nulls: {fill: "'zz'"}}}}
  parents:
    unique: {code: {columns: code, duplicates: {keep: newest, by: id, others: quarantine, references: move}}}
  children: {primary_key: n}
"""


@pytest.mark.ends
def test_values_return_before_the_key_goes_that_the_run_created(database: Database, tmp_path: Path) -> None:
    """The repairs come before and after the key; a trigger changes another column of the rows."""
    database.execute(KEYS)
    rows = (
        "SELECT id, p, v, n FROM t UNION ALL SELECT k, NULL, v, NULL FROM top UNION ALL "
        "SELECT n, parent, NULL, NULL FROM children ORDER BY 1, 4"
    )
    before = database.query(rows)
    run = applied(database, tmp_path, NEW_KEY)
    steps = [one for change in reconciler.report_of(run.plan).changes for one in change.steps]
    assert {one.reversal.verdict for one in steps if one.action.name == "repair"} == {"reversible with cost"}
    assert database.value("SELECT count(*) FROM t WHERE id > 0 AND v IS NOT NULL") == 3
    back = undone(database, run.run_id)
    assert database.query(rows) == before
    assert not database.value("SELECT count(*) FROM pg_constraint WHERE contype = 'p' AND conrelid = 't'::regclass")
    undone(database, back.run_id)
    undone(database)
    assert database.query(rows) == before


@pytest.mark.ends
def test_values_return_after_the_key_that_the_run_dropped(database: Database, tmp_path: Path) -> None:
    database.execute(f"{KEYS}; ALTER TABLE t ADD PRIMARY KEY (id) INCLUDE (n)")
    rows = "SELECT id, p, v, n FROM t ORDER BY 1, 4"
    before = database.query(rows)
    file = "tables: {t: {absent: {constraints: [t_pkey]}, not_null: {v: {nulls: {fill: \"'zz'\"}}}}}"
    run = applied(database, tmp_path, file)
    undone(database, run.run_id)
    assert database.query(rows) == before
    assert database.value("SELECT count(*) FROM pg_constraint WHERE contype = 'p' AND conrelid = 't'::regclass")


UNIDENTIFIED = """
CREATE TABLE users (id int PRIMARY KEY, email text, seen int); INSERT INTO users VALUES (1, 'a', 1), (2, 'a', 2);
CREATE TABLE logins (user_id int REFERENCES users); INSERT INTO logins VALUES (1), (2);
CREATE TABLE t (id int, v text); INSERT INTO t VALUES (1, NULL), (1, 'b'), (NULL, NULL);
CREATE TABLE plain (v text); INSERT INTO plain VALUES (NULL);
CREATE TABLE over (id int PRIMARY KEY, v text); CREATE TABLE under () INHERITS (over);
INSERT INTO under VALUES (1, NULL);
CREATE TABLE top (k int, id int, v text) PARTITION BY LIST (k);
CREATE TABLE top_1 PARTITION OF top (PRIMARY KEY (id)) FOR VALUES IN (1); INSERT INTO top VALUES (1, 1, NULL);
"""
FILL = "not_null: {v: {nulls: {fill: \"'zz'\"}}}"
UNIDENTIFIED_FILE = f"""
tables:
  users:
    unique: {{email: {{columns: email, duplicates: {{keep: newest, by: seen, others: quarantine, references: move}}}}}}
  t:
    primary_key: {{columns: id, nulls: quarantine, duplicates: {{keep: newest, by: v, others: quarantine}}}}
    {FILL}
  plain: {{{FILL}}}
  over: {{{FILL}}}
  top: {{{FILL}}}
"""


@pytest.mark.ends
def test_a_plan_says_which_values_do_not_return(database: Database, tmp_path: Path) -> None:
    """No primary key identifies the rows from the repair to the undo, neither of the table nor of one above it; nor if
    the plan repairs rows for it."""
    database.execute(UNIDENTIFIED)
    run = applied(database, tmp_path, UNIDENTIFIED_FILE)
    steps = [one for change in reconciler.report_of(run.plan).changes for one in change.steps]
    why = "not reversible: no primary key identifies the rows of {} that get other values"
    assert {str(one.reversal) for one in steps if one.reversal.verdict == "not reversible"} == {
        why.format(f"public.{table}") for table in ("logins", "t", "plain", "under", "top_1")
    }
    plan = reconciler.plan_undo(run.run_id, NOTHING, database.url, options=ALL)
    kept = [note.message for note in plan.notes if note.rule == "not-undone"]
    nothing = "the table has no primary key by which the rows could be found"
    assert sorted(re.sub(r"^the quarantine \S+ ", "", one) for one in kept) == [
        f"keeps 1 row of public.logins: {nothing}",
        f"keeps 1 row of public.plain: {nothing}",
        "keeps 1 row of public.t: no primary key identified the rows when they were changed",
        f"keeps 1 row of public.top: {nothing}: once it has the key, the same command brings them back",
        f"keeps 1 row of public.under: {nothing}",
    ]


CHECKED = "tables: {{orders: {{checks: {{positive: {{expression: total > 0, violators: {}}}}}}}}}"


@pytest.mark.ends
@pytest.mark.parametrize("first", [True, False], ids=["in their order", "in reverse order"])
def test_rows_return_once_the_object_is_gone_for_which_a_later_run_has_repaired_them(
    database: Database, tmp_path: Path, first: bool
) -> None:
    """While it is there, it rejects them. That another run goes back first must not be a dead end."""
    database.execute(
        "CREATE TABLE orders (id int PRIMARY KEY, total int); INSERT INTO orders VALUES (1, 5), (2, -5)"
    )
    before = database.query("SELECT * FROM orders ORDER BY id")
    added = applied(database, tmp_path, CHECKED.format("keep")).run_id
    repaired = applied(database, tmp_path, CHECKED.format('{set: {total: "9"}}')).run_id
    assert database.query("SELECT * FROM orders ORDER BY id") != before
    if not first:
        plan = undo(database, repaired).plan
        assert (plan.steps, plan.refusals) == ((), ())
        assert [note.gone for note in plan.notes if note.key and note.rule == "not-undone"] == [False, True]
    (note,) = (note for note in undone(database, added).plan.notes if note.rule == "not-undone")
    assert note.message.startswith(f"the rows that run {repaired} (")
    assert f"`reconcile undo {repaired}` after this undo brings those back that have a copy" in note.message
    assert database.value("SELECT count(*) FROM pg_constraint WHERE conname = 'positive'") == 0
    result = undone(database, repaired)
    assert database.query("SELECT * FROM orders ORDER BY id") == before
    assert [note.rule for note in result.plan.notes if note.rule == "not-undone"] == []
    assert undo(database, repaired).plan.steps == ()


@pytest.mark.pg(">= 18")
def test_an_undo_of_an_earlier_run_counts_as_a_later_run(database: Database, tmp_path: Path) -> None:
    """What it created again is its work, not that of the run in between."""
    database.execute("CREATE TABLE orders (id int); CREATE INDEX i ON orders (id)")
    dropped = applied(database, tmp_path, "tables: {orders: {absent: {indexes: [i]}}}").run_id
    created = applied(database, tmp_path, "tables: {orders: {indexes: {i: id}}}").run_id
    database.execute("DROP INDEX i")
    later = undone(database, dropped).run_id
    (refusal,) = undo(database, created).plan.refusals
    assert f"was created again, after run {created}, by run {later} (" in refusal.cause
    undone(database, later)
    assert undo(database, created).plan.steps == ()


@pytest.mark.pg(">= 18")
@pytest.mark.parametrize("most", [None, 2])
def test_reports_of_an_undo_name_no_limit_of_drops(database: Database, tmp_path: Path, most: int | None) -> None:
    """It does not count, so neither the file's nor another number is shown."""
    indexes = ", ".join(f"i{number}: id" for number in range(12))
    database.execute("CREATE TABLE orders (id int)")
    run = applied(database, tmp_path, f"tables: {{orders: {{indexes: {{{indexes}}}}}}}").run_id
    base = DesiredState(objects={}, policy=Policy() if most is None else Policy(max_drops=most))
    plan = reconciler.plan_undo(run, base, database.url)
    assert (plan.refused, len(plan.steps)) == (False, 12)
    assert "max_drops" not in reconciler.render_text(reconciler.report_of(plan), verbose=True)
    assert plan.policy.max_drops == Policy().max_drops


@pytest.mark.pg(">= 18")
@pytest.mark.parametrize("words", [("undo", "last"), ("undo", "6f2c"), ("history", "last"), ("history", "6f2c")])
def test_without_a_journal_the_message_says_so(
    database: Database, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    assert main([*words, "--db", database.url]) == 64
    said = capsys.readouterr().err
    assert "there is no journal public.migration_log" in said
    assert "reconcile history" not in said
