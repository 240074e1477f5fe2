"""What each policy does with the rows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import psycopg
import pytest

import reconciler
from reconciler.cli.main import main
from reconciler.kinds.rules import GATED
from reconciler.model.events import Event, RunStatus, StepStarted
from reconciler.model.guard import GuardResult
from reconciler.model.options import Options
from reconciler.model.step_id import Verb
from reconciler.report.report import report_of
from reconciler.report.sql import render_sql
from tests.execution.repairing import SMALL, orphans, plan_of, quarantines, refused
from tests.execution.support import apply, apply_all, assert_in_sync, desired
from tests.servers import Database


@pytest.mark.pg(">= 18")
def test_set_null_deletes_nothing_and_keeps_the_old_values(database: Database, tmp_path: Path) -> None:
    database.execute(
        SMALL
        + """;
        CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'deleted'; END $$;
        CREATE TRIGGER never BEFORE DELETE ON orders FOR EACH ROW EXECUTE FUNCTION no()"""
    )
    state = desired(tmp_path, orphans('"set null"'))
    apply_all(state, database.url)
    assert database.query("SELECT * FROM orders ORDER BY id") == [(1, 1, "a"), (2, None, "b"), (3, None, None)]
    (quarantine,) = quarantines(database)
    assert database.query(f"SELECT id, user_id, note FROM {quarantine} ORDER BY id") == [(2, 7, "b"), (3, 8, None)]
    assert_in_sync(state, database.url)


@pytest.mark.pg(">= 18")
def test_delete_keeps_nothing_and_must_be_accepted(database: Database, tmp_path: Path) -> None:
    database.execute(SMALL)
    assert refused(plan_of(database, tmp_path, orphans("delete"))) == ["hazard-not-accepted"]
    result = apply(desired(tmp_path, orphans("delete")), database.url, allow=["data-loss"])
    assert result.status is RunStatus.COMPLETED
    assert database.query("SELECT id FROM orders") == [(1,)]
    assert quarantines(database) == []


VIOLATORS = """
    CREATE TABLE accounts (id int PRIMARY KEY, balance int, currency text);
    CREATE TABLE children () INHERITS (accounts);
    INSERT INTO accounts VALUES (1, 5, 'EUR'), (2, -5, NULL), (3, NULL, NULL), (4, -1, 'USD');
    INSERT INTO children VALUES (5, -9, NULL)"""


def accounts(violators: str, nulls: str) -> str:
    return f"""
policy: {{allow: [blocks-updates, data-loss]}}
tables:
  accounts:
    not_null: {{currency: {{nulls: {nulls}}}}}
    checks:
      accounts_balance_check: {{expression: accounts.balance >= 0, violators: {violators}}}"""


@pytest.mark.ends
@pytest.mark.parametrize(
    ("violators", "nulls", "expected", "kept"),
    [
        (
            "quarantine",
            "quarantine",
            [(1, 5, "EUR")],
            {"nulls": [2, 3, 5], "violations": [4]},
        ),
        (
            """{set: {balance: abs(balance), currency: "coalesce(currency, 'GBP')"}}""",
            "{fill: \"'USD'\"}",
            [(1, 5, "EUR"), (2, 5, "USD"), (3, None, "USD"), (4, 1, "USD"), (5, 9, "USD")],
            {"nulls": [2, 3, 5], "violations": [2, 4, 5]},
        ),
        ("delete", "delete", [(1, 5, "EUR")], {}),
    ],
)
def test_violators_of_checks_and_nulls(
    database: Database,
    tmp_path: Path,
    violators: str,
    nulls: str,
    expected: list[tuple[Any, ...]],
    kept: dict[str, list[int]],
) -> None:
    database.execute(VIOLATORS)
    text = accounts(violators, nulls)
    plan = plan_of(database, tmp_path, text.replace("blocks-updates, ", ""))
    assert {one.cause.partition(":")[0] for one in plan.refusals} == {"blocks-updates"}
    state = desired(tmp_path, text)
    with database.copy() as other:
        done = other.psql(render_sql(report_of(reconciler.plan(state, other.url))))
        assert done.returncode == 0, done.stderr
        apply_all(state, database.url)
        for one in (database, other):
            assert one.query("SELECT * FROM accounts ORDER BY id") == expected
            found: dict[str, list[int]] = {}
            for name in quarantines(one):
                for reason, id_ in one.query(f"SELECT reconcile_reason, id FROM {name} ORDER BY id"):
                    found.setdefault(reason, []).append(id_)
            assert found == kept
            assert_in_sync(state, one.url)


@pytest.mark.pg(">= 18")
def test_new_values_that_would_not_comply_are_refused(database: Database, tmp_path: Path) -> None:
    database.execute(VIOLATORS)
    text = accounts("{set: {balance: balance + 1}}", "{fill: \"nullif('x', 'x')\"}")
    assert [(one.rule, one.cause) for one in plan_of(database, tmp_path, text).refusals] == [
        ("nulls", "3 rows in public.accounts where currency is NULL, also after currency = nullif('x', 'x')"),
        (
            "violations",
            "2 rows in public.accounts would violate accounts_balance_check, also after balance = balance + 1",
        ),
    ]
    text = accounts("{set: {saldo: balance}}", "{fill: \"'x'\"}")
    assert [one.cause for one in plan_of(database, tmp_path, text).refusals] == [
        f"the repair would set saldo of public.{table}, which does not exist" for table in ("accounts", "children")
    ]


@pytest.mark.pg(">= 18")
def test_rows_that_are_kept_are_worked_off(database: Database, tmp_path: Path) -> None:
    """New rows are checked at once, and the first run that finds no old row validates the constraints."""
    database.execute(f"{SMALL}; ALTER TABLE orders ADD CHECK (id > 0)")
    text = """
policy: {allow: [blocks-updates]}
tables:
  orders:
    not_null: {note: {nulls: keep}}
    checks: {orders_id_check1: {expression: id <> 2, violators: keep}}
    foreign_keys:
      orders_user_id_fkey: {columns: user_id, references: users(id), orphans: keep}"""
    state = desired(tmp_path, text)
    assert set(refused(plan_of(database, tmp_path, text.replace("blocks-updates", "")))) == {"hazard-not-accepted"}
    apply_all(state, database.url)
    for row in ("9, 9, 'x'", "9, 1, NULL"):
        with pytest.raises(psycopg.errors.IntegrityError):
            database.execute(f"INSERT INTO orders VALUES ({row})")
    plan = reconciler.plan(state, database.url)
    assert plan.in_sync
    assert sorted(
        one.message.partition(" (1 at")[0].partition(" (2 at")[0] for one in plan.notes if one.rule == "rows-left"
    ) == [
        "stays NOT VALID: 1 row in public.orders where note is NULL",
        "stays NOT VALID: 1 row in public.orders would violate orders_id_check1",
        "stays NOT VALID: 2 rows in public.orders whose user_id is not in public.users(id)",
    ]
    assert database.value("SELECT count(*) FROM orders") == 3
    database.execute("DELETE FROM orders WHERE id = 2")
    apply_all(state, database.url)
    invalid = "SELECT count(*) FROM pg_constraint WHERE conrelid = 'orders'::regclass AND NOT convalidated"
    assert database.value(invalid) == 2
    database.execute("DELETE FROM orders WHERE id = 3")
    apply_all(state, database.url)
    assert database.value(invalid) == 0
    assert_in_sync(state, database.url)
    assert not [one for one in reconciler.plan(state, database.url).notes if one.rule == "rows-left"]


@pytest.mark.pg("< 18")
@pytest.mark.ends
def test_nulls_are_not_kept_before_postgresql_18(database: Database, tmp_path: Path) -> None:
    database.execute(SMALL)
    plan = plan_of(database, tmp_path, "tables: {orders: {not_null: {note: {nulls: keep}}}}")
    assert [(one.rule, one.remedy.rpartition("; ")[2]) for one in plan.refusals] == [
        ("nulls", "before PostgreSQL 18, use a check `note IS NOT NULL` with `violators: keep`")
    ]


@pytest.mark.pg(">= 18")
def test_a_chain_of_new_foreign_keys_is_repaired_from_its_end(database: Database, tmp_path: Path) -> None:
    """Rows that will refer to an orphan are counted before either foreign key exists."""
    database.execute(
        f"{SMALL}; CREATE TABLE items (id int PRIMARY KEY, order_id int); INSERT INTO items VALUES (1, 2)"
    )
    text = (
        orphans("quarantine")
        + """
  items:
    foreign_keys:
      items_order_id_fkey: {columns: order_id, references: orders(id), on_delete: cascade, orphans: quarantine}
      wrong: {columns: nothing, references: orders(id)}"""
    )
    plan = plan_of(database, tmp_path, text)
    assert sorted(map(str, refused(plan))) == ["missing-column", "referenced-rows"]
    state = desired(tmp_path, text.replace("wrong: {columns: nothing, references: orders(id)}", ""))
    database.execute("UPDATE items SET order_id = 1")
    apply_all(state, database.url)
    assert_in_sync(state, database.url)


KEPT = """
tables:
  orders:
    foreign_keys:
      orders_user_id_fkey: {columns: user_id, references: users(id), orphans: keep}"""


@pytest.mark.ends
def test_drift_and_plans_say_whether_the_rows_that_are_kept_become_fewer(
    database: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each apply records the number that it sees, also if it has nothing else to do, and belongs to no run then."""
    database.execute(SMALL)
    state, file = desired(tmp_path, KEPT), str(tmp_path / "schema.yaml")

    def left() -> list[tuple[int | None, int | None]]:
        notes = [one for one in reconciler.plan(state, database.url).notes if one.rule == "rows-left"]
        assert [one.message.partition(" (")[2].partition(" at ")[0] for one in notes] == [
            f"{one.rows_left.before}" if one.rows_left and one.rows_left.before is not None else "" for one in notes
        ]
        return [(one.rows_left.count, one.rows_left.before) for one in notes if one.rows_left]

    assert left() == [(2, None)]
    run = apply_all(state, database.url).run_id
    assert left() == [(2, 2)]
    database.execute("DELETE FROM orders WHERE id = 3")
    assert left() == [(1, 2)]
    for _ in range(2):  # only the first one sees a new number
        apply_all(state, database.url)
        assert left() == [(1, 2)]
    entries = (
        "SELECT metadata ->> 'run_id', metadata -> 'rows_left' FROM migration_log WHERE metadata ? 'rows_left'"
    )
    key = "foreign key orders_user_id_fkey on public.orders"
    assert database.query(f"{entries} ORDER BY sequence") == [(run, {key: 2}), (None, {key: 1})]
    assert [one.run_id for one in reconciler.history(database.url)] == [run]
    (at,) = (note.rows_left.before_at for note in reconciler.plan(state, database.url).notes if note.rows_left)
    assert at is not None
    for command in ("drift", "ci"):
        folder = ["--output-dir", str(tmp_path / "report")] if command == "ci" else []
        assert main([command, "-f", file, "--db", database.url, *folder]) == 0
        assert (
            f"1 row in public.orders whose user_id is not in public.users(id) (2 at the run of {at:%Y-%m-%d}"
            in (" ".join(capsys.readouterr().out.split()))
        )
    assert main(["drift", "-f", file, "--db", database.url, "--format", "json"]) == 0
    (note,) = (one for one in json.loads(capsys.readouterr().out)["notes"] if one["rule"] == "rows-left")
    assert note["rows_left"] == {"count": 1, "before": 2, "before_at": at.isoformat()}
    database.execute("DELETE FROM migration_log; ALTER TABLE orders DROP CONSTRAINT orders_user_id_fkey")
    assert left() == [(1, None)]
    plan = reconciler.plan(state, database.url)
    assert database.psql(render_sql(report_of(plan))).returncode == 0
    assert left() == [(1, 1)]
    # Any role with INSERT may write something else there.
    database.execute("""
        INSERT INTO migration_log (migration_name, step_name, status, metadata)
        SELECT 'x', 'y', 'completed', jsonb_build_object('rows_left', value) FROM jsonb_array_elements(
               '[1, "x", ["a"], {"foreign key orders_user_id_fkey on public.orders": "-1"},
                 {"foreign key orders_user_id_fkey on public.orders": 1e99}]') AS value""")
    assert left() == [(1, 1)]


@pytest.mark.ends
@pytest.mark.parametrize(
    "constraint",
    [
        "foreign_keys: {kept: {columns: user_id, references: users(id), orphans: keep}}",
        "checks: {kept: {expression: id < 2, violators: keep}}",
        pytest.param("not_null: {note: {nulls: keep}}", marks=pytest.mark.pg(">= 18")),
    ],
)
def test_nobody_has_changed_a_constraint_that_can_be_validated_now(
    database: Database, tmp_path: Path, constraint: str
) -> None:
    """Also if the run that would have validated it was interrupted."""
    database.execute(SMALL)
    state = desired(tmp_path, f"policy: {{allow: [blocks-updates]}}\ntables:\n  orders:\n    {constraint}")

    def interrupt(event: Event) -> None:
        if isinstance(event, StepStarted) and event.step.id.verb is Verb.VALIDATE:
            raise KeyboardInterrupt

    def drift() -> reconciler.Drift:
        found = reconciler.drift(tmp_path / "schema.yaml", database.url)
        assert found.found
        return found

    def message(rule: str = "last-change") -> str:
        (note,) = (one for one in drift().plan.notes if one.rule == rule)
        return note.message

    apply_all(state, database.url)
    database.execute("DELETE FROM orders WHERE id > 1")
    assert message().endswith("; not validated yet: no row violates it, so the next run validates it")
    assert len(drift().kept) == 1  # the file keeps its declaration
    assert apply(state, database.url, interrupt).status is RunStatus.INTERRUPTED
    assert "; not validated yet: " in message()
    apply_all(state, database.url)
    (definition,) = database.query(
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE conrelid = 'orders'::regclass AND contype IN ('c', 'f', 'n') AND conname <> 'orders_id_not_null'"
    )
    database.execute("ALTER TABLE orders DROP CONSTRAINT {0}, ADD CONSTRAINT {0} {1} NOT VALID".format(*definition))
    assert message("changed-outside").endswith("; changed outside reconcile since")


@pytest.mark.ends
def test_drift_says_that_no_row_violates_an_object_only_if_no_check_of_it_has_found_one(
    database: Database, tmp_path: Path
) -> None:
    """A policy that writes values has a check of its own for each of them, which may pass."""
    database.execute(SMALL)
    constraint = "checks: {kept: {expression: id > 0 AND user_id < 2, violators: %s}}"
    text = f"policy: {{allow: [blocks-updates]}}\ntables:\n  orders:\n    {constraint}"
    apply_all(desired(tmp_path, text % "keep"), database.url)
    desired(tmp_path, text % '{set: {user_id: "1"}}')
    found = reconciler.drift(tmp_path / "schema.yaml", database.url)
    assert {one.result for one in found.plan.findings} == {GuardResult.PASSED, GuardResult.FAILED}
    (note,) = (one for one in found.plan.notes if one.rule == "last-change")
    assert note.message.endswith("; not validated yet")


@pytest.mark.ends
@pytest.mark.parametrize("later", [False, True])
@pytest.mark.parametrize(
    "constraint",
    [
        "foreign_keys: {kept: {columns: user_id, references: users(id), orphans: keep}}",
        "checks: {kept: {expression: id < 2, violators: keep}}",
        pytest.param("not_null: {note: {nulls: keep}}", marks=pytest.mark.pg(">= 18")),
    ],
)
def test_a_run_that_left_a_constraint_not_valid_is_undone(
    database: Database, tmp_path: Path, constraint: str, later: bool
) -> None:
    """Also if a `later` run has validated it."""
    database.execute(SMALL)
    constraints = "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = 'orders'::regclass"
    before = database.query(constraints)
    policy = "policy: {allow: [blocks-updates]}"
    state = desired(
        tmp_path, f"{policy}\ntables:\n  orders:\n    indexes: {{i: {{columns: note}}}}\n    {constraint}"
    )
    run = apply_all(state, database.url).run_id
    assert any(text.endswith("NOT VALID") for _, text in database.query(constraints))
    if later:
        database.execute("DELETE FROM orders WHERE id > 1")
        apply_all(state, database.url)
    result = reconciler.undo(
        run, state, database.url, approve=lambda _: True, options=Options(allow=GATED, trust_file=True)
    )
    assert not result.plan.refusals, [one.cause for one in result.plan.refusals]
    assert result.error is None, result.message
    assert database.query(constraints) == before
    assert not database.value("SELECT count(*) FROM pg_class WHERE relname = 'i'")


@pytest.mark.ends
def test_a_role_that_may_not_write_to_the_journal_records_no_rows_that_are_left(
    database: Database, tmp_path: Path
) -> None:
    """It has nothing else to do, so this is no error."""
    database.execute(SMALL)
    state, file = desired(tmp_path, KEPT), str(tmp_path / "schema.yaml")
    apply_all(state, database.url)
    database.execute("DELETE FROM orders WHERE id = 3")
    role = f"reader_{database.name}"
    database.execute(f"CREATE ROLE {role} LOGIN; GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}")
    try:
        for rights in ("", f"ALTER TABLE orders OWNER TO {role}; ALTER TABLE users OWNER TO {role}"):
            if rights:
                database.execute(rights)
            entries = database.value("SELECT count(*) FROM migration_log")
            assert main(["apply", "-f", file, "--db", database.url_as(role)]) == 0
            assert database.value("SELECT count(*) FROM migration_log") == entries
    finally:
        database.execute(f"REASSIGN OWNED BY {role} TO postgres; DROP OWNED BY {role} CASCADE; DROP ROLE {role}")


PARTITIONED = """
    CREATE TABLE p (id int PRIMARY KEY);
    INSERT INTO p SELECT generate_series(0, 20);
    CREATE TABLE t (id int PRIMARY KEY, a int) PARTITION BY RANGE (id);
    CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10);
    CREATE TABLE t2 PARTITION OF t FOR VALUES FROM (10) TO (20);
    INSERT INTO t SELECT n, n FROM generate_series(0, 19) AS n;
    DELETE FROM p WHERE id IN (5, 15)"""


@pytest.mark.pg(">= 14")
@pytest.mark.parametrize(
    ("whole", "part"),
    [
        ("foreign_keys: {fk: {columns: a, references: p(id), orphans: set null}}", "checks: {c: KEEP_OUT}"),
        (
            "foreign_keys: {fk: {columns: a, references: p(id), orphans: quarantine}}",
            "foreign_keys: {c: {columns: a, references: p(id), orphans: quarantine}}",
        ),
        ("checks: {c2: {expression: a <> 15, violators: {set: {a: '1'}}}}", "checks: {c: KEEP_OUT}"),
    ],
)
def test_rows_of_a_partition_are_repaired_for_both_tables(
    database: Database, tmp_path: Path, whole: str, part: str
) -> None:
    database.execute(PARTITIONED)
    part = part.replace("KEEP_OUT", "{expression: a <> 7, violators: quarantine}")
    state = desired(tmp_path, f"version: 1\ntables:\n  t: {{{whole}}}\n  t1: {{{part}}}\n")
    assert apply(state, database.url, allow=["blocks-updates"]).status is RunStatus.COMPLETED
    assert_in_sync(state, database.url)


@pytest.mark.pg(">= 14")
@pytest.mark.parametrize("whole", ["quarantine", "keep"])
@pytest.mark.parametrize(
    ("part", "text", "remedy"),
    [
        ("orphans: keep", "orphans: keep", "write another policy than `keep`"),
        ("validated: false", "validated: false", "omit `validated: false`"),
    ],
)
def test_a_foreign_key_that_becomes_a_part_cannot_stay_not_valid(
    database: Database, tmp_path: Path, whole: str, part: str, text: str, remedy: str
) -> None:
    database.execute(PARTITIONED)
    state = desired(
        tmp_path,
        f"""
tables:
  t: {{foreign_keys: {{fk: {{columns: a, references: p, orphans: {whole}}}}}}}
  t1:
    foreign_keys:
      c:
        columns: a
        references: p(id)
        {part}
""",
    )
    found = [
        (one.place and one.place.line, one.cause, one.remedy)
        for one in reconciler.plan(state, database.url).refusals
        if one.rule.id == "conflict"
    ]
    assert found == [
        (
            10,
            f"foreign key c on public.t1 cannot have `{text}`: it becomes a part of foreign key fk on public.t, and is "
            "validated together with that",
            f"{remedy}, or declare the foreign key on public.t only",
        )
    ]


@pytest.mark.pg(">= 14")
def test_a_foreign_key_that_stays_until_its_successor_is_valid_becomes_no_part(
    database: Database, tmp_path: Path
) -> None:
    database.execute(f"{PARTITIONED}; ALTER TABLE t1 ADD CONSTRAINT c FOREIGN KEY (a) REFERENCES p (id) NOT VALID")
    part = "{foreign_keys: {c: {columns: a, references: p, on_delete: cascade, orphans: keep}}}"
    whole = "{foreign_keys: {fk: {columns: a, references: p, orphans: quarantine}}}"
    (refusal,) = reconciler.plan(
        desired(tmp_path, f"tables: {{t: {whole}, t1: {part}}}\n"), database.url, options=Options(allow=GATED)
    ).refusals
    assert refusal.rule == "conflict"
    assert refusal.cause.startswith("foreign key c on public.t1 cannot have `orphans: keep`")
