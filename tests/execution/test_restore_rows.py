"""Quarantined rows go back to their tables as they were, or stay where they are."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

import reconciler
from reconciler import Quarantined, QuarantineOptions, RestoredRows
from reconciler.cli.main import main
from reconciler.execution import pace
from reconciler.model.errors import DatabaseError, Diverged
from reconciler.model.state import Policy
from reconciler.report.history import render_entries_text
from reconciler.report.quarantined import render_restored_json, render_restored_text
from reconciler.restoring.quarantined import NOT_PLAIN
from tests.execution.repairing import LYING, ODD, ODD_FILE, OUTPUT, SMALL, orphans, quarantines, whole_rows
from tests.execution.support import apply_all, desired
from tests.servers import Database


def restore(
    database: Database, progress: Callable[[Quarantined, int], None] = lambda _, __: None, **given: Any
) -> list[RestoredRows]:
    options = QuarantineOptions(**given)
    return reconciler.restore_quarantined(database.url, approve=lambda *_: True, options=options, progress=progress)


def left(done: list[RestoredRows]) -> dict[str, int]:
    return {misfit.reason: misfit.count for one in done for misfit in one.misfits}


@pytest.mark.ends
def test_rows_of_any_table_are_restored_as_they_were(database: Database, tmp_path: Path) -> None:
    """Partitions, identity and generated columns, domains, user-defined types, and columns of the tool's names."""
    database.execute(ODD)
    tables = {'"Odd ""one"': 'id, a, "b%", s, m::text, ms::text, twice, reconcile_run, j, v', "parts": "a, b, day"}
    tables["composite"] = "k1, k2, a, b"
    before = {table: whole_rows(database, [table], columns) for table, columns in tables.items()}
    apply_all(desired(tmp_path, ODD_FILE), database.url)
    database.execute(
        'ALTER TABLE "Odd ""one" DROP CONSTRAINT f1; ALTER TABLE parts DROP CONSTRAINT f2; '
        "ALTER TABLE composite DROP CONSTRAINT f3"
    )
    done = restore(database)
    assert (sorted(one.moved for one in done), left(done)) == ([17, 20, 25], {})
    assert {table: whole_rows(database, [table], columns) for table, columns in tables.items()} == before
    assert [database.value(f"SELECT count(*) FROM {name}") for name in quarantines(database)] == [0, 0, 0]


@pytest.mark.pg(">= 18")
def test_values_are_restored_by_the_input_of_their_type_and_not_by_a_cast(
    database: Database, tmp_path: Path
) -> None:
    database.execute(
        LYING
        + """;
        CREATE FUNCTION lie_back(text) RETURNS mood LANGUAGE sql IMMUTABLE AS $$ SELECT 'odd'::mood $$;
        CREATE CAST (text AS mood) WITH FUNCTION lie_back(text) AS IMPLICIT"""
    )
    columns = ", ".join(f"format('%s', {one})" for one in OUTPUT.split(", "))
    before = whole_rows(database, ["orders"], columns)
    apply_all(desired(tmp_path, orphans("quarantine")), database.url)
    assert database.value("SELECT count(*) FROM orders") == 0
    database.execute("INSERT INTO users VALUES (7)")
    assert [one.moved for one in restore(database)] == [3]
    assert whole_rows(database, ["orders"], columns) == before


VALUES = """
    CREATE TABLE accounts (id int PRIMARY KEY, balance int, currency text);
    CREATE TABLE children (UNIQUE (id)) INHERITS (accounts);
    CREATE TABLE cards (account int REFERENCES accounts ON UPDATE CASCADE);
    INSERT INTO accounts SELECT n, -n, NULL FROM generate_series(1, 4) AS n;
    INSERT INTO children VALUES (5, -5, NULL)"""
REPAIRED = """
policy: {allow: [blocks-updates]}
tables:
  accounts:
    not_null: {currency: {nulls: {fill: "'USD'"}}}
    checks: {positive: {expression: balance > 0, violators: {set: {id: id + 100, balance: abs(balance)}}}}"""


@pytest.mark.pg(">= 18")
def test_values_are_restored_only_where_the_row_has_what_the_repair_wrote(
    database: Database, tmp_path: Path
) -> None:
    """Rows of a table are found by their primary key, also if the repair changed it."""
    database.execute(VALUES)
    apply_all(desired(tmp_path, REPAIRED), database.url)
    rows = "SELECT * FROM accounts ORDER BY id"
    assert database.query(rows) == [(100 + n, n, "USD") for n in range(1, 6)]
    database.execute(
        "ALTER TABLE accounts ALTER currency DROP NOT NULL; ALTER TABLE accounts DROP CONSTRAINT positive; "
        "UPDATE accounts SET currency = 'EUR', balance = 0 WHERE id = 102; DELETE FROM accounts WHERE id = 103; "
        "INSERT INTO cards VALUES (104)"
    )
    done = restore(database, name="accounts")
    assert database.query(rows) == [(1, -1, None), (102, 0, "EUR"), (104, 4, "USD"), (105, 5, "USD")]
    assert left(done) == {
        "the row no longer exists, no longer has the values that the repair wrote, or would get a rounded value": 3,
        "rows of other tables refer to the row, and would be changed": 1,
        "the table has no primary key by which the rows could be found": 1,
    }
    assert sum(one.left for one in done) == 8


@pytest.mark.ends
def test_the_last_of_several_values_of_a_row_returns(database: Database, tmp_path: Path) -> None:
    """Another run has changed the row that an earlier one had changed."""
    database.execute(SMALL)
    for value in (77, 78):
        database.execute(f"UPDATE orders SET user_id = {value} WHERE id = 1")
        apply_all(desired(tmp_path, orphans("set null")), database.url)
        database.execute("ALTER TABLE orders DROP CONSTRAINT orders_user_id_fkey")
    done = restore(database)
    assert database.value("SELECT user_id FROM orders WHERE id = 1") == 78
    assert left(done) == {
        "the row no longer exists, no longer has the values that the repair wrote, or would get a rounded value": 1
    }
    assert database.query(f"SELECT user_id FROM {quarantines(database)[0]}") == [(77,)]


@pytest.mark.pg(">= 18")
def test_rows_that_do_not_fit_stay_and_are_counted_by_reason(database: Database, tmp_path: Path) -> None:
    """A row by which another one fits may come later. Text of a function, as of a trigger, is never shown."""
    database.execute(f"""{SMALL};
        ALTER TABLE orders ADD COLUMN up int REFERENCES orders, ADD COLUMN was int;
        INSERT INTO orders VALUES (9, 9, 'x', 9), (8, 9, 'y', 9), (10, 10, 'toolong', NULL), (11, 11, 'raise', NULL),
                                  (12, 12, 'z', NULL), (13, 13, 'skip', NULL), (14, 14, 'c', NULL);
        UPDATE orders SET was = 1 WHERE id = 12;
        UPDATE orders SET up = NULL""")
    apply_all(desired(tmp_path, orphans("quarantine")), database.url)
    (quarantine,) = quarantines(database)
    database.execute(f"""
        INSERT INTO users VALUES (7), (9), (10), (11), (12), (13);
        UPDATE {quarantine} SET up = CASE id WHEN 8 THEN 9 WHEN 2 THEN 3 END;
        ALTER TABLE orders DROP COLUMN was, ALTER note TYPE varchar(5), ADD COLUMN late int DEFAULT 5 NOT NULL;
        CREATE FUNCTION stop() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF NEW.note = 'skip' THEN RETURN NULL; END IF;
            IF NEW.note = 'raise' THEN RAISE 'secret' USING CONSTRAINT = 'secret', ERRCODE = 'check_violation'; END IF;
            RETURN NEW; END $$;
        CREATE TRIGGER stop BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION stop()""")
    with pytest.raises(reconciler.Refused, match="trigger stop calls public"):
        restore(database)
    accepted = frozenset({"fires-triggers"})
    done = restore(database, samples=2, allow=accepted)
    missing = "a row refers to a missing row: orders_user_id_fkey (SQLSTATE 23503)"
    assert left(done) == {
        missing: 2,
        "a row refers to a missing row: orders_up_fkey (SQLSTATE 23503)": 1,
        "a value is too long for its type (SQLSTATE 22001)": 1,
        "a row violates a check (SQLSTATE 23514)": 1,
        "the table would round or cut a value, or a trigger keeps rows out": 1,
        "the table no longer has a column in which they have a value": 1,
    }
    assert database.query("SELECT id, up, late FROM orders ORDER BY id") == [(1, None, 5), (8, 9, 5), (9, None, 5)]
    (keys,) = [one.keys for one in done[0].misfits if one.reason == missing]
    assert sorted(keys.up_to(9)) == ['{"id": "14"}', '{"id": "3"}']
    assert render_restored_text(done, 0).splitlines()[0] == f"{quarantine}: 2 rows restored to public.orders"
    for shown in (render_restored_text(done, 0), render_restored_json(done), repr(done)):
        assert "secret" not in shown
        assert '"14"' not in shown
    assert database.query(
        "SELECT status, rows_affected FROM migration_log WHERE step_name ^@ 'restore' ORDER BY sequence"
    ) == [("started", None), ("completed", 2), ("started", None), ("completed", 0)]
    _, _, whole, first, *others, _, _ = (
        re.sub(r"^[\d:]+ +\S+ s", "", line)
        for line in render_entries_text(reconciler.history_of("last", database.url)).splitlines()
    )
    assert whole == "  completed        restore of quarantined rows"
    assert first == f"  completed  2     move rows from {quarantine} back to public.orders"
    assert f"  completed  0     move rows from {quarantine} back to public.orders" in others
    assert {f"    2 rows left: {missing}", "    1 row left: a row violates a check (SQLSTATE 23514)"} < {*others}
    database.execute("INSERT INTO users VALUES (8), (14)")
    assert [one.moved for one in restore(database, allow=accepted)] == [3]


NARROWER = {
    "n": ("numeric(10,2)", "1.25", "1.30", "numeric(10,1)"),
    "at": ("timestamp", "2020-01-01 10:00:00.5", "2020-01-01 10:00:00", "timestamp(0)"),
    "day": ("timestamp", "2020-01-01 10:00:00", "2020-01-01 00:00:00", "date"),
    "v": ("varchar(5)", "a   ", "a ", "varchar(2)"),
    "c": ("char(4)", "abcd", "ab", "char(3)"),
    "f": ("float8", "0.123456789", "0.5", "float4"),
}
"""Columns: their type, a value that another type has no room for and one that it has, and that other type."""


@pytest.mark.pg(">= 18")
def test_values_that_a_type_would_round_or_cut_stay_in_the_quarantine(database: Database, tmp_path: Path) -> None:
    """Also old values that an UPDATE brings back. They go back when the column has its type again."""
    columns = ", ".join(f"{name} {type_}" for name, (type_, *_) in NARROWER.items())
    names = list(NARROWER)
    database.execute(f"""CREATE TABLE users (id int PRIMARY KEY);
        CREATE TABLE orders (id int PRIMARY KEY, user_id int, {columns});
        CREATE TABLE visits (id int PRIMARY KEY, at timestamp);
        INSERT INTO visits VALUES (1, '1970-01-01 10:00:00.5'), (2, '1970-01-01 10:00:00')""")
    fits = {name: one[2] for name, one in NARROWER.items()}
    for number, name in enumerate(["", *names]):
        row = {**fits, **({name: NARROWER[name][1]} if name else {})}
        values = ", ".join(f"'{row[one]}'" for one in names)
        database.execute(f"INSERT INTO orders (id, user_id, {', '.join(names)}) VALUES ({number}, 7, {values})")
    before = [whole_rows(database, [table], f"{table}.*") for table in ("orders", "visits")]
    repaired = """
  visits:
    checks: {recent: {expression: at > '2000-01-01', violators: {set: {at: "'2020-01-01'"}}, repair: first}}"""
    apply_all(desired(tmp_path, orphans("quarantine") + repaired), database.url)
    alter = ", ".join(f"ALTER {name} TYPE {one[3]} USING NULL" for name, one in NARROWER.items())
    database.execute(f"""INSERT INTO users VALUES (7); ALTER TABLE orders {alter};
        ALTER TABLE visits DROP CONSTRAINT recent, ALTER at TYPE timestamp(0)""")
    done = restore(database)
    assert database.query("SELECT id FROM orders") == [(0,)], done
    assert database.query("SELECT id, date_part('year', at) FROM visits ORDER BY id") == [(1, 2020), (2, 1970)]
    assert sum(left(done).values()) == len(names) + 1
    again = ", ".join(f"ALTER {name} TYPE {one[0]} USING {name}::{one[0]}" for name, one in NARROWER.items())
    database.execute(f"ALTER TABLE orders {again}; ALTER TABLE visits ALTER at TYPE timestamp")
    assert left(restore(database)) == {}
    assert [whole_rows(database, [table], f"{table}.*") for table in ("orders", "visits")] == before


@pytest.mark.pg(">= 18")
def test_rows_are_restored_to_the_table_of_their_quarantine_only(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The owner of a table owns its quarantine, and could write other names there."""
    database.execute(f"""{SMALL}; CREATE TABLE admins (id int, user_id int, note text)""")
    state = desired(tmp_path, orphans("quarantine"))
    result = apply_all(state, database.url)
    (quarantine,) = quarantines(database)
    database.execute("ALTER TABLE orders DROP CONSTRAINT orders_user_id_fkey")
    assert restore(database, run="00000000-0000-0000-0000-000000000000") == []
    for change, undo, reason in (
        (
            f"UPDATE {quarantine} SET reconcile_table = 'public.admins'",
            f"UPDATE {quarantine} SET reconcile_table = 'public.orders'",
            "the table does not exist",
        ),
        (
            f"ALTER TABLE {quarantine} OWNER TO reader",
            f"ALTER TABLE {quarantine} OWNER TO CURRENT_USER",
            "the quarantine table and the table belong to different roles",
        ),
        (
            f"CREATE RULE r AS ON DELETE TO {quarantine} DO ALSO INSERT INTO admins VALUES (1)",
            f"DROP RULE r ON {quarantine}",
            NOT_PLAIN,
        ),
        (
            "CREATE FUNCTION evil(int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS $$ BEGIN "
            "IF current_setting('application_name') = 'reconcile' THEN RAISE 'run'; END IF; RETURN 1; END $$; "
            f"CREATE INDEX i ON {quarantine} (id) WHERE evil(1) = 1",
            "DROP INDEX reconcile_archive.i",
            NOT_PLAIN,
        ),
    ):
        database.execute(change)
        done = restore(database)
        assert (list(left(done)), [one.moved for one in done]) == ([reason], [0])
        database.execute(undo)
    assert database.value("SELECT count(*) FROM admins") == 0
    with monkeypatch.context() as patch:
        patch.setattr(pace, "replica_lag_s", lambda _: 99.0)
        with pytest.raises(DatabaseError, match="a standby is 99 s behind"):
            restore(database, policy=Policy(max_lock_wait=timedelta()))
    database.execute(f"GRANT SELECT ON {quarantine} TO reader")
    done = restore(database, run=result.run_id)
    assert ([one.moved for one in done], left(done)) == ([2], {})


@pytest.mark.pg(">= 18")
def test_a_restore_that_is_interrupted_continues(database: Database, tmp_path: Path) -> None:
    """Each row is in one place after the connection was lost, and after another session altered the table."""
    database.execute(f"""{SMALL};
        INSERT INTO orders SELECT n, 7, repeat('x', 90) FROM generate_series(10, 3000) AS n""")
    before = whole_rows(database, ["orders"], "id, user_id, note")
    apply_all(desired(tmp_path, orphans("quarantine")), database.url)
    (quarantine,) = quarantines(database)
    database.execute("ALTER TABLE orders DROP CONSTRAINT orders_user_id_fkey")
    meanwhile = [
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'reconcile'",
        "ALTER TABLE orders ADD COLUMN late int",
    ]

    def disturb(_: Quarantined, moved: int) -> None:
        if moved and meanwhile:
            database.execute(meanwhile.pop(0))

    for error in (reconciler.ConnectionFailed, Diverged):
        with pytest.raises(error):
            restore(database, disturb)
        assert database.value(f"SELECT count(*) FROM {quarantine}")
        assert whole_rows(database, ["orders", quarantine], "id, user_id, note") == before
    assert left(restore(database)) == {}
    assert whole_rows(database, ["orders"], "id, user_id, note") == before


@pytest.mark.pg(">= 18")
def test_the_command_lists_rows_and_brings_them_back(
    database: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    database.execute(SMALL)
    result = apply_all(desired(tmp_path, orphans("quarantine")), database.url)
    (quarantine,) = quarantines(database)
    database.execute("INSERT INTO users VALUES (7)")

    def command(*words: str) -> tuple[int, str, str]:
        code = main(["restore", "--db", database.url, *words])
        return (code, *capsys.readouterr())

    since = database.value(f"SELECT to_char(min(reconcile_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD') FROM {quarantine}")
    code, shown, _ = command("--quarantine")
    assert code == 0
    assert re.sub(r"(?<=taken: ).*", since, shown) == (
        f"{quarantine}: 2 rows that violated foreign key orders_user_id_fkey on public.orders\n"
        f"    taken: {since}\n    by: {result.run_id}\n    back to: public.orders\n"
    )
    listed = shown
    assert command("--quarantine", "orders", "--plan") == (0, listed, "")
    assert command("--quarantine", "--run", result.run_id[:6]) == (0, listed, "")
    code, shown, said = command("--quarantine", "--run", "00000000-abc")
    assert (code, shown) == (64, "")
    assert "no rows are quarantined by run 00000000-abc" in said
    code, shown, said = command("--quarantine", "orders")
    assert (code, "[not-approved] cannot ask for approval" in said) == (3, True)
    monkeypatch.setattr("sys.stdin", io.StringIO("no\n"))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    code, shown, said = command("--quarantine", "orders")
    where = f"to database {database.name} on {database.server.socket_folder}, port 5432, as postgres"
    assert (code, shown) == (3, "")
    assert said.startswith(f"{listed}Bring these rows back {where}? Only 'yes' is accepted: ")
    code, shown, _ = command("--quarantine", "orders", "-y", "--run", result.run_id[:6].upper(), "--samples", "9")
    assert (code, shown) == (
        2,
        f"{quarantine}: 1 row restored to public.orders\n    1 row left: a row refers to a missing row: "
        'orders_user_id_fkey (SQLSTATE 23503)\n        {"id": "3"}\n',
    )
    database.execute("INSERT INTO users VALUES (8)")
    code, shown, _ = command("--quarantine", quarantine, "-y", "--format", "json")
    assert (code, [(one["restored"], one["left"]) for one in json.loads(shown)["restored"]]) == (0, [(1, [])])
    assert command("--quarantine")[:2] == (0, "No rows are quarantined.\n")
    assert command("--quarantine", "orders", "-y")[0] == command("--quarantine", "orders", "--plan")[0] == 64
    assert command("--run", result.run_id)[0] == command("--quarantine", "--plan")[0] == 64
    assert command("--quarantine", "orders", "--run", "x")[0] == 64


@pytest.mark.pg(">= 18")
@pytest.mark.parametrize("moved", [0, 1])
def test_a_restore_of_rows_is_not_the_last_run_to_undo(database: Database, tmp_path: Path, moved: int) -> None:
    """And the history says which run an undo took back."""
    database.execute(SMALL)
    run = apply_all(desired(tmp_path, orphans("quarantine")), database.url).run_id
    database.execute("INSERT INTO users VALUES (7)" if moved else "")
    assert [one.moved for one in restore(database)] == [moved]
    empty = reconciler.DesiredState(objects={})
    assert reconciler.plan_undo("last", empty, database.url).undoes == run
    undo = reconciler.undo("last", empty, database.url, approve=lambda _: True)
    assert undo.error is None
    assert [(one.command, one.undoes) for one in reconciler.history(database.url)] == [
        ("apply", None),
        ("restore", None),
        ("undo", run),
    ]
    assert f", undoes run {run}" in render_entries_text(reconciler.history_of("last", database.url))


@pytest.mark.pg(">= 18")
def test_values_whose_table_has_lost_its_key_return_once_it_has_it_again(
    database: Database, tmp_path: Path
) -> None:
    """As after a run that was killed before it created the key."""
    database.execute("CREATE TABLE t (id int PRIMARY KEY, v int); INSERT INTO t VALUES (1, NULL), (2, 5)")
    apply_all(desired(tmp_path, "tables: {t: {not_null: {v: {nulls: {fill: '0'}, repair: first}}}}"), database.url)
    database.execute("ALTER TABLE t ALTER v DROP NOT NULL, DROP CONSTRAINT t_pkey")
    assert left(restore(database)) == {
        "the table has no primary key by which the rows could be found: once it has the key, the same command brings "
        "them back": 1
    }
    database.execute("ALTER TABLE t ADD PRIMARY KEY (id)")
    assert left(restore(database)) == {}
    assert database.query("SELECT * FROM t ORDER BY id") == [(1, None), (2, 5)]


@pytest.mark.ends
def test_the_lists_say_why_rows_are_not_counted(
    database: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database.execute(SMALL)
    apply_all(desired(tmp_path, orphans("quarantine")), database.url)
    (quarantine,) = quarantines(database)
    reader = ["--db", database.url_as("stranger")]
    database.execute("DROP ROLE IF EXISTS stranger; CREATE ROLE stranger LOGIN")
    try:
        why = "the role may not read the quarantine table, or another session has locked it"
        assert main(["restore", *reader]) == 0
        assert capsys.readouterr().out.endswith(
            f"1 quarantine table; details: `reconcile restore --quarantine`. 1 not counted: {why}.\n"
        )
        assert main(["restore", "--quarantine", *reader]) == 0
        assert capsys.readouterr().out.splitlines() == [
            f"{quarantine}: rows (their number is unknown) that violated foreign key orders_user_id_fkey on "
            "public.orders",
            f"    cannot be restored: {why}",
        ]
    finally:
        database.execute("DROP ROLE stranger")
