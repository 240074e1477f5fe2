"""Rows with equal keys: one of each key stays, the others are kept or deleted, and a unique index is built."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

import reconciler
from reconciler.cli.summary import RunStatistics
from reconciler.model.errors import StepFailed
from reconciler.model.events import Event, StepProgress, StepRetried
from reconciler.model.step_id import Verb
from reconciler.report import render_html, render_markdown
from reconciler.report.json import render_json
from reconciler.report.quarantined import render_quarantined_text
from reconciler.report.report import report_of
from reconciler.report.sql import render_sql
from tests.execution.repairing import on_first, repair_while_killed
from tests.execution.support import Events, apply, apply_all, assert_in_sync, desired, session
from tests.execution.test_repairs import plan_of, quarantines, refused, whole_rows
from tests.servers import Database

USERS = """
    CREATE TABLE users (id int PRIMARY KEY, email text, seen timestamptz, note text);
    INSERT INTO users
    SELECT n, nullif('user ' || n % 200, 'user 0'), timestamptz '2026-01-01' + make_interval(hours => n % 7),
           repeat('x', n % 50)
      FROM generate_series(1, 1000) AS n;
    UPDATE users SET seen = NULL WHERE id % 11 = 0"""
COLUMNS = "id, email, seen, note"
QUARANTINE = "{keep: newest, by: seen, others: quarantine}"


def unique(policy: str = QUARANTINE, *, more: str = "") -> str:
    return f"""
{more}
tables:
  users:
    unique:
      users_email_key: {{columns: email, duplicates: {policy}}}"""


@pytest.mark.ends
def test_one_row_of_each_key_stays(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database.execute(USERS)
    expected = database.query(
        "SELECT DISTINCT ON (coalesce(email, id::text)) id FROM users "
        "ORDER BY coalesce(email, id::text), seen DESC NULLS LAST, id DESC"
    )
    before = whole_rows(database, ["users"], COLUMNS)
    state = desired(tmp_path, unique(more="policy: {batch: {rows: 100}}"))
    monkeypatch.setattr("reconciler.execution.repair._PROGRESS_S", 0.0)
    heard: list[float] = []

    def listen(event: Event) -> None:
        if isinstance(event, StepProgress) and event.phase.endswith("repaired"):
            heard.append(-1.0 if event.fraction is None else event.fraction)

    result = apply_all(state, database.url, listen)
    assert (heard, heard[-1]) == (sorted(heard), 1.0)
    assert 0 < heard[0] < 1
    (quarantine,) = quarantines(database)
    assert whole_rows(database, ["users", quarantine], COLUMNS) == before
    assert database.query("SELECT id FROM users ORDER BY id") == sorted(expected)
    assert database.query(
        f"SELECT DISTINCT reconcile_reason, reconcile_rule, reconcile_run::text FROM {quarantine}"
    ) == [("duplicates", "unique users_email_key on public.users", result.run_id)]
    assert_in_sync(state, database.url)


def test_a_batch_reads_only_its_own_rows(database: Database, tmp_path: Path) -> None:
    database.execute(
        "CREATE TABLE users (id int PRIMARY KEY, email text, seen timestamptz, note text);"
        "INSERT INTO users SELECT n, 'user ' || n % 45000, now(), repeat('x', 200) FROM generate_series(1, 50000) AS n;"
        "ANALYZE users"
    )
    apply_all(desired(tmp_path, unique(more="policy: {batch: {rows: 400}}")), database.url)
    (quarantine,) = quarantines(database)
    batches = database.value(f"SELECT count(DISTINCT xmin::text) FROM {quarantine}")
    scans = database.value("SELECT seq_scan FROM pg_stat_user_tables WHERE relname = 'users'")
    assert 13 <= batches > scans


@pytest.mark.pg(">= 18")
@pytest.mark.parametrize(
    ("objects", "policy", "setup", "stay"),
    [
        pytest.param(
            "primary_key: {{columns: a, duplicates: {0}}}",
            "{keep: oldest, by: [b, c], others: quarantine}",
            "INSERT INTO t VALUES (1, 'x', 2), (1, 'x', 1), (1, NULL, 5), (2, 'y', 1), (2, 'z', 0)",
            ["(1,,5)", "(2,y,1)"],
            id="a primary key, by a list, and NULL is the oldest",
        ),
        pytest.param(
            "unique: {{k: {{columns: [a, b], nulls_distinct: false, duplicates: {0}}}}}",
            "{keep: newest, by: c, others: quarantine}",
            "INSERT INTO t VALUES (1, NULL, 1), (1, NULL, 2), (NULL, NULL, 1), (NULL, NULL, NULL)",
            ["(,,1)", "(1,,2)"],
            id="NULLS NOT DISTINCT",
        ),
        pytest.param(
            "indexes: {{k: {{columns: {{expression: lower(b)}}, where: a > 0, unique: true, duplicates: {0}}}}}",
            "{keep: newest, by: c, others: quarantine}",
            "INSERT INTO t VALUES (1, 'A', 1), (1, 'a', 2), (0, 'a', 0), (0, 'a', 1), (NULL, 'a', 9), (2, NULL, 1), "
            "(3, NULL, 2)",
            ["(,a,9)", "(0,a,0)", "(0,a,1)", "(1,a,2)", "(2,,1)", "(3,,2)"],
            id="an expression and a predicate",
        ),
        pytest.param(
            "indexes: {{k: {{columns: {{column: b, opclass: text_ops}}, unique: true, duplicates: {0}}}}}",
            "{keep: oldest, by: c, others: quarantine}",
            "CREATE EXTENSION citext; ALTER TABLE t ALTER b TYPE citext; "
            "INSERT INTO t VALUES (1, 'A', 1), (2, 'a', 2), (3, 'a', 3)",
            ["(1,A,1)", "(2,a,2)"],
            id="an operator class of another type",
        ),
    ],
)
def test_rows_are_equal_as_the_index_compares_them(
    database: Database, tmp_path: Path, objects: str, policy: str, setup: str, stay: list[str]
) -> None:
    assert_rows_stay(database, tmp_path, f"tables:\n  t:\n    {objects.format(policy)}", setup, stay)


@pytest.mark.pg("< 15")
def test_a_collation_decides_which_rows_are_equal(database: Database, tmp_path: Path) -> None:
    """The embedded server of later versions has no such collations."""
    setup = """
        CREATE COLLATION anycase (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
        INSERT INTO t VALUES (1, 'A', 1), (2, 'a', 2), (3, 'b', 3)"""
    text = f"""
tables:
  t:
    indexes: {{k: {{columns: {{column: b, collation: anycase}}, unique: true, duplicates: {QUARANTINE}}}}}"""
    stay = ["(2,a,2)", "(3,b,3)"]
    assert_rows_stay(database, tmp_path, text.replace("seen", "c"), setup, stay)


def assert_rows_stay(database: Database, tmp_path: Path, text: str, setup: str, stay: list[str]) -> None:
    database.execute(f"CREATE TABLE t (a int, b text, c int); {setup}")
    before = whole_rows(database, ["t"], "a, b, c")
    state = desired(tmp_path, text)
    apply_all(state, database.url)
    (quarantine,) = quarantines(database)
    assert sorted(whole_rows(database, ["t"], "a, b, c").elements()) == stay
    assert whole_rows(database, ["t", quarantine], "a, b, c") == before
    assert_in_sync(state, database.url)


@pytest.mark.ends
def test_a_primary_key_repairs_nulls_and_duplicates(database: Database, tmp_path: Path) -> None:
    database.execute(
        "CREATE TABLE t (a int, b text, c int); "
        "INSERT INTO t VALUES (1, 'x', 1), (1, 'x', 2), (NULL, 'x', 3), (2, NULL, 4)"
    )
    before = whole_rows(database, ["t"], "a, b, c")
    key = "columns: [a, b], nulls: quarantine, duplicates: {keep: oldest, by: c, others: quarantine}"
    state = desired(tmp_path, f"tables:\n  t:\n    primary_key: {{{key}}}")
    result = apply(state, database.url, allow=["blocks-updates"])
    assert not result.plan.refusals, [refusal.cause for refusal in result.plan.refusals]
    assert result.error is None, result.message
    assert database.query("SELECT * FROM t") == [(1, "x", 1)]
    assert whole_rows(database, ["t", *quarantines(database)], "a, b, c") == before
    assert_in_sync(state, database.url)


@pytest.mark.pg(">= 18")
def test_ties_and_missing_columns_are_refused(database: Database, tmp_path: Path) -> None:
    database.execute(
        "CREATE TABLE users (email text, seen date); INSERT INTO users "
        "VALUES ('a', '2026-01-02'), ('a', '2026-01-02'), ('a', NULL), ('b', NULL), ('b', NULL), ('c', NULL), "
        "('c', '2026-01-01'), ('d', '2026-01-02'), ('d', '2026-01-01'), ('d', '2026-01-01')"
    )
    plan = plan_of(database, tmp_path, unique())
    assert [(str(one.rule), one.cause) for one in plan.refusals] == [
        (
            "tied-duplicates",
            "2 duplicate keys in public.users, which has no primary key: several rows come first by seen",
        )
    ]
    assert refused(plan_of(database, tmp_path, unique(QUARANTINE.replace("seen", "sen")))) == ["unfit-repair"]


@pytest.mark.pg(">= 18")
def test_rows_that_others_refer_to_are_refused(database: Database, tmp_path: Path) -> None:
    """They are also kept if another session refers to them after the plan was made."""
    database.execute(
        "CREATE TABLE users (id int PRIMARY KEY, email text, seen int); INSERT INTO users "
        "VALUES (1, 'a', 1), (2, 'a', 2), (3, 'a', 3); "
        "CREATE TABLE orders (user_id int REFERENCES users ON DELETE CASCADE); INSERT INTO orders VALUES (2), (3), (2)"
    )
    plan = plan_of(database, tmp_path, unique())
    assert [one.cause for one in plan.refusals] == [
        "1 row to repair in public.users that rows of public.orders refer to by foreign key orders_user_id_fkey on "
        "public.orders"
    ]
    database.execute("DELETE FROM orders")
    refer = on_first(Verb.REPAIR, lambda: database.execute("INSERT INTO orders VALUES (2)"))
    result = apply(desired(tmp_path, unique(more="policy: {max_lock_wait: 1s}")), database.url, refer)
    assert isinstance(result.error, StepFailed)
    assert result.error.rule == "rows-remain"
    assert database.query("SELECT id FROM users ORDER BY id") == [(2,), (3,)]
    assert database.query("SELECT user_id FROM orders") == [(2,)]


@pytest.mark.pg(">= 18")
def test_new_duplicates_are_repaired_in_rounds(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If there is no end of them, the run fails, and the next run continues."""
    database.execute(USERS)
    add = "INSERT INTO users VALUES ({}, 'user 7', '2027-01-01', 'new')"
    state, events = desired(tmp_path, unique()), Events()
    with monkeypatch.context() as patched:
        patched.setattr("reconciler.execution.attempt.MOST_ROUNDS", 1)
        again = on_first(Verb.BUILD, lambda: database.execute(add.format(2001)))
        result = apply(state, database.url, again)
    assert isinstance(result.error, StepFailed)
    assert result.error.rule == "new-duplicates"
    assert not database.value("SELECT indisvalid FROM pg_index WHERE indexrelid = 'users_email_key'::regclass")
    apply_all(state, database.url, on_first(Verb.BUILD, lambda: database.execute(add.format(2002))), events)
    assert len(events.of(StepRetried)) == 1
    assert database.query("SELECT id FROM users WHERE email = 'user 7'") == [(2002,)]
    (quarantine,) = quarantines(database)
    assert database.value(f"SELECT count(*) FROM {quarantine} WHERE email = 'user 7'") == 6
    assert_in_sync(state, database.url)


@pytest.mark.ends
@pytest.mark.parametrize("by_script", [False, True], ids=["apply", "psql"])
def test_a_trigger_that_adds_duplicates_again_ends_the_run(
    database: Database, tmp_path: Path, by_script: bool
) -> None:
    """Whoever accepts the trigger gets the table back after a bounded number of passes, with no row lost."""
    database.execute(
        f"""{USERS};
        CREATE SEQUENCE again START 2001;
        CREATE FUNCTION put_back() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            INSERT INTO users VALUES (nextval('again'), OLD.email, OLD.seen, 'again');
            RETURN NULL;
        END $$;
        CREATE TRIGGER put_back AFTER DELETE ON users FOR EACH ROW EXECUTE FUNCTION put_back()"""
    )
    before = whole_rows(database, ["users"], COLUMNS)
    state = desired(tmp_path, unique())
    if by_script:
        options = reconciler.Options(allow=frozenset({"fires-triggers"}))
        plan = reconciler.plan(state, database.url, options=options)
        assert "23505" in database.psql(render_sql(report_of(plan))).stderr
    else:
        result = apply(state, database.url, allow=["fires-triggers"])
        assert isinstance(result.error, StepFailed)
        assert result.error.rule == "new-duplicates"
    (quarantine,) = quarantines(database)
    assert not before - whole_rows(database, ["users", quarantine], COLUMNS)


@pytest.mark.pg(">= 18")
def test_a_row_that_stays_is_not_removed_by_others_in_between(database: Database, tmp_path: Path) -> None:
    """A batch takes a row out only while the row that stays is locked: otherwise both could go."""
    database.execute("CREATE TABLE users (id int PRIMARY KEY, email text, seen int)")
    database.execute("INSERT INTO users VALUES (1, 'a', 1), (2, 'a', 2), (3, 'b', 1), (4, 'b', 2)")
    state, events = desired(tmp_path, unique()), Events()
    with session(database.url) as other:
        other.execute("BEGIN")
        other.execute("DELETE FROM users WHERE id = 2")
        timer = threading.Timer(1.5, other.execute, args=("COMMIT",))
        timer.start()
        apply_all(state, database.url, events)
        timer.join()
    assert database.query("SELECT id FROM users ORDER BY id") == [(1,), (4,)]


MOVE = "{keep: newest, by: seen, others: quarantine, references: move}"
REFERRED = """
    CREATE TABLE users (id int PRIMARY KEY, email text, seen int);
    INSERT INTO users SELECT n, 'user ' || n % 10, n % 4 FROM generate_series(1, 50) AS n;
    CREATE TABLE orders (id int PRIMARY KEY, user_id bigint REFERENCES users ON DELETE CASCADE, note text);
    INSERT INTO orders SELECT n, n % 50 + 1, 'x' FROM generate_series(1, 500) AS n;
    CREATE TABLE visits (user_id int REFERENCES users, day int, page text) PARTITION BY LIST (day);
    CREATE TABLE visits_1 PARTITION OF visits FOR VALUES IN (1);
    CREATE TABLE visits_2 (page text, day int, user_id int);
    ALTER TABLE visits ATTACH PARTITION visits_2 FOR VALUES IN (2);
    CREATE UNIQUE INDEX visits_key ON visits (user_id, day, page);
    INSERT INTO visits SELECT n, n % 2 + 1, 'page ' || n FROM generate_series(1, 50) AS n;
    CREATE TABLE expected AS
      SELECT o.id, (SELECT k.id FROM users k WHERE k.email = u.email ORDER BY k.seen DESC, k.id DESC LIMIT 1) AS user_id
        FROM orders o JOIN users u ON u.id = o.user_id"""


@pytest.mark.ends
@pytest.mark.parametrize("by_script", [False, True])
def test_references_move_to_the_row_that_stays(database: Database, tmp_path: Path, by_script: bool) -> None:
    """The referring rows as they were are kept. A batch moves at most as many references as it may change rows."""
    database.execute(REFERRED)
    users = whole_rows(database, ["users"], "id, email, seen")
    orders = whole_rows(database, ["orders"], "id, user_id, note")
    state = desired(tmp_path, unique(MOVE, more="policy: {batch: {rows: 7}}"))
    if by_script:
        done = database.psql("\\set messages 1\n" + render_sql(report_of(reconciler.plan(state, database.url))))
        assert done.returncode == 0, done.stderr
    else:
        statistics = RunStatistics()
        apply_all(state, database.url, statistics)
        found = reconciler.find_quarantined(database.url)
        listed = [line for line in render_quarantined_text(found).splitlines() if "rows that" in line]
        assert ["referred to duplicates" in line for line in listed] == [True, False, True], listed
        assert statistics.quarantined_rows == sum(one.rows.count or 0 for one in found)
    of = {name.split(".")[1][2:-13]: name for name in quarantines(database)}
    assert sorted(of) == ["orders", "users", "visits"]
    assert whole_rows(database, ["users", of["users"]], "id, email, seen") == users
    assert database.query("SELECT id, user_id FROM orders ORDER BY id") == database.query(
        "SELECT id, user_id FROM expected ORDER BY id"
    )
    kept = f"SELECT id, user_id, note FROM {of['orders']}"
    others = f"SELECT id, user_id, note FROM orders WHERE id NOT IN (SELECT id FROM {of['orders']})"
    assert whole_rows(database, [f"({kept} UNION ALL {others}) AS o"], "id, user_id, note") == orders
    assert database.value("SELECT count(*) FROM visits WHERE user_id IN (SELECT id FROM users)") == 50
    assert database.value(f"SELECT count(*) FROM {of['visits']}") == 40
    wrote = (
        f"SELECT count(*) FROM {of['orders']} q JOIN orders o USING (id) "
        "WHERE q.reconcile_wrote ->> 'user_id' = o.user_id::text"
    )
    assert database.value(wrote) == database.value(f"SELECT count(*) FROM {of['orders']}") > 300
    if not by_script:
        moved = sum(database.value(f"SELECT count(*) FROM {of[table]}") for table in ("orders", "visits"))
        assert database.query(
            "SELECT rows_affected, (metadata -> 'references_moved')::int FROM migration_log "
            "WHERE rows_affected > 0 AND status = 'completed' AND metadata ? 'references_moved'"
        ) == [(40, moved)]
    assert_in_sync(state, database.url)


@pytest.mark.pg(">= 18")
def test_references_that_cannot_move_are_refused(database: Database, tmp_path: Path) -> None:
    """Another row has the key, by a plain, a partial or an expression index; or other rows refer to the key itself."""
    database.execute(
        "CREATE TABLE users (id int PRIMARY KEY, email text, seen int); INSERT INTO users "
        "VALUES (1, 'a', 1), (2, 'a', 2), (3, 'a', 3), (4, 'b', 1), (5, 'b', 2); "
        "CREATE TABLE profiles (user_id int PRIMARY KEY REFERENCES users); INSERT INTO profiles VALUES (1), (2), (5); "
        "CREATE TABLE notes (user_id int REFERENCES users, gone bool, CONSTRAINT few CHECK (user_id < 3 OR gone) "
        "NOT VALID); INSERT INTO notes VALUES (1, false), (2, true); "
        "CREATE UNIQUE INDEX notes_open ON notes ((user_id * 2)) WHERE NOT gone; "
        "CREATE TABLE trees (user_id int UNIQUE REFERENCES users); INSERT INTO trees VALUES (4); "
        "CREATE TABLE leaves (tree int REFERENCES trees (user_id)); INSERT INTO leaves VALUES (4)"
    )
    plan = plan_of(database, tmp_path, unique(MOVE))
    assert [(str(one.rule), one.cause) for one in plan.refusals] == [
        (
            "moved-references",
            "1 duplicate key in public.profiles would violate profiles_pkey, once its rows refer to the rows that stay",
        ),
        (
            "moved-references",
            "1 row in public.notes would violate check few on public.notes, once references move to the rows that stay",
        ),
        (
            "referenced-rows",
            "1 row to repair in public.users that rows of public.trees refer to by foreign key trees_user_id_fkey on "
            "public.trees; `references: move` does not move them, because foreign key leaves_tree_fkey on "
            "public.leaves refers to the same columns of public.trees",
        ),
    ]
    database.execute("DELETE FROM profiles WHERE user_id = 2; DROP TABLE leaves; UPDATE notes SET gone = false")
    database.execute("ALTER TABLE notes DROP CONSTRAINT few")
    (refusal,) = plan_of(database, tmp_path, unique(MOVE)).refusals
    assert "notes_open" in refusal.cause
    database.execute("UPDATE notes SET gone = true WHERE user_id = 1")
    state = desired(tmp_path, unique(MOVE))
    apply_all(state, database.url)
    assert database.query("SELECT * FROM profiles ORDER BY 1") == [(3,), (5,)]
    assert database.query("SELECT * FROM notes ORDER BY 1, 2") == [(3, False), (3, True)]
    assert database.query("SELECT * FROM trees") == [(5,)]
    assert_in_sync(state, database.url)


@pytest.mark.ends
@pytest.mark.parametrize(
    ("referring", "reason"),
    [
        (
            "CREATE TABLE c (code text REFERENCES users (code)); INSERT INTO c VALUES ('1')",
            "code of public.users can be NULL",
        ),
        (
            "CREATE TABLE c (id int REFERENCES users) PARTITION BY LIST (id); CREATE TABLE c1 PARTITION OF c DEFAULT; "
            "INSERT INTO c VALUES (1)",
            "its columns, or an expression, decide the partition of a row of public.c",
        ),
        (
            "ALTER TABLE users ADD boss int REFERENCES users; UPDATE users SET boss = 1",
            "the table refers to itself",
        ),
        (
            "CREATE TABLE c (n int, id int GENERATED ALWAYS AS (n) STORED REFERENCES users); INSERT INTO c VALUES (1)",
            "id of public.c is a generated column",
        ),
        (
            "CREATE TABLE c (id int REFERENCES users, CONSTRAINT e EXCLUDE (id WITH =)); INSERT INTO c VALUES (1)",
            "exclusion e on public.c compares these columns of rows",
        ),
    ],
)
def test_a_reference_that_does_not_move_says_why(
    database: Database, tmp_path: Path, referring: str, reason: str
) -> None:
    database.execute(f"""
        CREATE TABLE users (id int PRIMARY KEY, email text, seen int, code text UNIQUE);
        INSERT INTO users VALUES (1, 'a', 1, '1'), (2, 'a', 2, '2'); {referring}""")
    (refusal,) = plan_of(database, tmp_path, unique(MOVE)).refusals
    assert refusal.rule == "referenced-rows"
    assert refusal.cause.endswith(f"; `references: move` does not move them, because {reason}")
    assert "orphans" not in refusal.remedy


@pytest.mark.pg(">= 18")
def test_triggers_of_referring_tables_must_be_accepted(database: Database, tmp_path: Path) -> None:
    """A trigger that keeps a row ends the repair, and no row leaves that is referred to."""
    database.execute(
        f"{REFERRED}; CREATE FUNCTION skip() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$; "
        "CREATE TRIGGER kept BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION skip()"
    )
    text = unique(MOVE, more="policy: {max_lock_wait: 1s, batch: {rows: 7}}")
    assert [one.cause.partition(";")[0] for one in plan_of(database, tmp_path, text).refusals] == [
        "fires-triggers: public.orders: trigger kept calls public.skip()"
    ]
    result = apply(desired(tmp_path, text), database.url, allow=["fires-triggers"])
    assert isinstance(result.error, StepFailed)
    assert result.error.rule == "rows-remain"
    assert database.value("SELECT count(*) FROM users") == 50
    assert database.value("SELECT count(*) FROM orders") == 500


PARTS = """
    CREATE TABLE users (id int, email text, region int, seen int, PRIMARY KEY (id, region)) PARTITION BY LIST (region);
    CREATE TABLE users_1 PARTITION OF users FOR VALUES IN (1);
    CREATE TABLE users_2 (seen int, gone int, region int NOT NULL, email text, id int NOT NULL);
    ALTER TABLE users_2 DROP COLUMN gone;
    ALTER TABLE users ATTACH PARTITION users_2 FOR VALUES IN (2);
    INSERT INTO users SELECT n, 'user ' || n % 10, n % 2 + 1, n % 3 FROM generate_series(1, 100) AS n"""


@pytest.mark.ends
@pytest.mark.parametrize("section", ["unique", "indexes"])
def test_partitions_are_repaired_one_by_one(database: Database, tmp_path: Path, section: str) -> None:
    database.execute(PARTS)
    columns = "id, email, region, seen"
    before = whole_rows(database, ["users"], columns)
    also = "" if section == "unique" else "unique: true, "
    text = f"""
tables:
  users:
    {section}: {{k: {{columns: [email, region], {also}duplicates: {QUARANTINE}}}}}"""
    state, events = desired(tmp_path, text), Events()
    add = "INSERT INTO users VALUES (1000, 'user 1', 2, 9)"
    apply_all(state, database.url, on_first(Verb.BUILD, lambda: database.execute(add)), events)
    (quarantine,) = quarantines(database)
    before['(1000,"user 1",2,9)'] += 1
    assert whole_rows(database, ["users", quarantine], columns) == before
    assert database.value("SELECT count(*) FROM users") == 10
    assert database.value("SELECT id FROM users WHERE email = 'user 1'") == 1000
    assert len(events.of(StepRetried)) == 1
    assert_in_sync(state, database.url)


@pytest.mark.pg(">= 18")
def test_delete_must_be_accepted(database: Database, tmp_path: Path) -> None:
    database.execute(USERS)
    text = unique(QUARANTINE.replace("quarantine", "delete"))
    assert refused(plan_of(database, tmp_path, text)) == ["hazard-not-accepted"]
    result = apply(desired(tmp_path, text), database.url, allow=["data-loss"])
    assert result.error is None
    assert quarantines(database) == []
    assert_in_sync(desired(tmp_path, text), database.url)


@pytest.mark.pg(">= 18")
def test_the_script_for_psql_repairs_as_apply_does(database: Database, tmp_path: Path) -> None:
    database.execute(USERS)
    before = whole_rows(database, ["users"], COLUMNS)
    state = desired(tmp_path, unique(more="policy: {batch: {rows: 30}}"))
    plan = reconciler.plan(state, database.url)
    done = database.psql(render_sql(report_of(plan)))
    assert done.returncode == 0, done.stderr
    (quarantine,) = quarantines(database)
    assert whole_rows(database, ["users", quarantine], COLUMNS) == before
    assert_in_sync(state, database.url)


@pytest.mark.pg(">= 18")
def test_other_formats_show_the_repair(database: Database, tmp_path: Path) -> None:
    database.execute(USERS)
    plan = reconciler.plan(desired(tmp_path, unique()), database.url)
    report = report_of(plan)
    moved = "796 rows in public.users with a key of users_email_key that another row keeps, to move to "
    assert moved in render_markdown(report)
    assert moved in render_html(report)
    assert '"kept": "newest by seen"' in render_json(report)
    assert "user 7" not in render_json(report) + render_markdown(report) + render_html(report)


@pytest.mark.pg(">= 18")
def test_a_repair_that_is_killed_at_any_moment_loses_no_row(database: Database, tmp_path: Path) -> None:
    """Writers run meanwhile. `kept` is what they have done: all rows that were ever inserted, in their last form."""
    database.execute(f"""{USERS}; UPDATE users SET email = 'null ' || id WHERE email IS NULL;
        CREATE TABLE kept (LIKE users INCLUDING INDEXES); INSERT INTO kept SELECT * FROM users;
        CREATE PROCEDURE work(begin int) LANGUAGE plpgsql AS $$ BEGIN
          FOR n IN 1..50 LOOP
            WITH one AS (INSERT INTO users VALUES (begin + n, 'user ' || n % 7, now(), 'new') ON CONFLICT DO NOTHING
                         RETURNING *) INSERT INTO kept SELECT * FROM one;
            WITH one AS (UPDATE users SET note = 'changed' WHERE id = (begin + n * 37) % 1000 RETURNING *)
            UPDATE kept SET note = one.note FROM one WHERE kept.id = one.id;
            COMMIT;
          END LOOP; END $$""")
    state = desired(tmp_path, unique(more="policy: {batch: {rows: 20}}"))

    def again(begin: int) -> str:
        rows = f"SELECT {begin}000 + n, 'user ' || n % 50, now(), 'again' FROM generate_series(1, 300) AS n"
        return (
            "ALTER TABLE users DROP CONSTRAINT IF EXISTS users_email_key; DROP INDEX IF EXISTS users_email_key; "
            f"INSERT INTO users {rows}; INSERT INTO kept {rows}"
        )

    repair_while_killed(database, state, again, lambda: assert_nothing_lost(database))


def assert_nothing_lost(database: Database) -> None:
    tables = ["users", *quarantines(database)]
    assert whole_rows(database, tables, "id, email, note") == whole_rows(database, ["kept"], "id, email, note")


TWO_KEYS = """
tables:
  users:
    unique:
      by_email: {columns: email, duplicates: {keep: newest, by: seen, others: quarantine}}
    indexes:
      by_login: {columns: {expression: lower(login)}, where: id > 0, unique: true,
                 duplicates: {keep: oldest, by: seen, others: delete}}"""


@pytest.mark.pg(">= 18")
def test_repairs_for_two_keys_do_not_remove_the_rows_that_stay_for_the_other(
    database: Database, tmp_path: Path
) -> None:
    """Otherwise, no row of a key might be left. Rows that stay for no other row may go."""
    database.execute("""
        CREATE TABLE users (id int PRIMARY KEY, email text, login text, seen int);
        INSERT INTO users VALUES (1, 'a', 'u', 1), (2, 'a', 'Y', 2), (3, 'b', 'y', 1), (4, 'c', 'v', 1),
                                 (5, 'c', 'w', 2)""")
    contested = "1 row in public.users to stay for a key of by_email, which the repair for by_login would remove"
    text = "policy: {allow: [data-loss]}" + TWO_KEYS
    plan = plan_of(database, tmp_path, text)
    assert [(one.rule, one.cause) for one in plan.refusals] == [("contested-duplicates", contested)]
    database.execute("UPDATE users SET seen = 0 WHERE id = 2")
    plan = plan_of(database, tmp_path, text)
    assert [one.cause for one in plan.refusals] == [
        "1 row in public.users to stay for a key of by_login, which the repair for by_email would remove"
    ]
    database.execute("""
        UPDATE users SET login = 'q' WHERE id = 2;
        INSERT INTO users VALUES (6, 'd', 'x', 9), (7, 'e', 'X', 10)""")
    state = desired(tmp_path, text)
    apply_all(state, database.url)
    assert database.query("SELECT id FROM users ORDER BY id") == [(1,), (3,), (5,), (6,)]
    assert_in_sync(state, database.url)


@pytest.mark.pg(">= 18")
def test_duplicates_are_removed_after_the_other_repairs_of_the_table(database: Database, tmp_path: Path) -> None:
    """The newest row of a key is of no use if another repair removes it, and NULL is no value any more."""
    database.execute("""
        CREATE TABLE teams (id int PRIMARY KEY); INSERT INTO teams VALUES (1);
        CREATE TABLE users (id int PRIMARY KEY, email text, team int, age int, seen int);
        INSERT INTO users VALUES (1, 'a', 1, 20, 1), (2, 'a', 9, 20, 2), (3, 'b', 1, 20, 1), (4, 'b', 1, -1, 2),
                                 (5, 'c', 1, 20, 1), (6, NULL, 1, 20, 2)""")
    state = desired(
        tmp_path,
        """
policy: {allow: [data-loss, blocks-updates]}
tables:
  users:
    unique: {by_email: {columns: email, duplicates: {keep: newest, by: seen, others: delete}}}
    foreign_keys: {team: {columns: team, references: teams, orphans: quarantine}}
    checks: {age: {expression: age > 0, violators: delete}}
    not_null: {email: {nulls: {fill: "'c'"}}}""",
    )
    apply_all(state, database.url)
    assert database.query("SELECT id, email FROM users ORDER BY id") == [(1, "a"), (3, "b"), (6, "c")]
    assert_in_sync(state, database.url)
