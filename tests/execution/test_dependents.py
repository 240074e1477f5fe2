"""Keys that are replaced together with the foreign keys that depend on them.

They are enforced all the time, with concurrent writers, after a kill at any step, and with the locks of the plan.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest

import reconciler
from reconciler.model.events import Event, StepCompleted, StepStarted
from reconciler.model.step_id import Verb
from tests.cases.case import read_cases
from tests.execution.kills import Kill, Moment, kill_again_and_again
from tests.execution.support import (
    Events,
    apply_all,
    assert_in_sync,
    catalog,
    desired,
    session,
    step_ids,
    wait_until,
)
from tests.execution.test_kills import WAYS
from tests.execution.test_locks import assert_locks_as_claimed
from tests.servers import Database

CASES = [
    "foreign_key/moves_with_key",
    "index/dependents",
    "partitioned/key_dependents",
    "partitioned/key_dependents_moved",
    "primary_key/dependents",
    "unique/dependents",
    "unique/dependents_moved",
]

# Every kind of kill for one case; for the others, one kill of the backend and one of the client.
KILLED = [
    pytest.param(name, *way.values, marks=way.marks)
    for name in (
        *("unique/dependents", "index/dependents", "foreign_key/moves_with_key"),
        *("partitioned/key_dependents", "partitioned/key_dependents_moved", "partitioned/parts_exchanged"),
    )
    for way in WAYS
    if name == "unique/dependents" or Moment.UNLOGGED in way.values
]


def set_up(database: Database, name: str) -> Path:
    """Load the database of a case; return its file."""
    case = next(case for case in read_cases() if case.name == name)
    database.execute(case.given)
    return case.folder / "schema.yaml"


@pytest.mark.ends_by_day
@pytest.mark.parametrize("name", CASES)
def test_every_step_takes_the_locks_that_it_claims_and_no_other(name: str, database: Database) -> None:
    assert_locks_as_claimed(reconciler.load([set_up(database, name)]), database)


@pytest.mark.ends  # about being killed
@pytest.mark.parametrize(("name", "kill", "moment"), KILLED, ids=lambda one: getattr(one, "__name__", one))
def test_a_run_killed_at_each_step_converges(name: str, kill: Kill, moment: Moment, database: Database) -> None:
    file = set_up(database, name)
    state, events = reconciler.load([file]), Events()
    with database.copy() as undisturbed:
        apply_all(state, undisturbed.url, events)
        expected = catalog(undisturbed)
    steps = [event.step for event in events.of(StepStarted)]
    kill_again_and_again(kill, [file], database.url, moment, steps)
    assert_in_sync(state, database.url)
    assert catalog(database) == expected


# --- Writers -----------------------------------------------------------------------------------------------------

_GIVEN = """
    CREATE TABLE users (id int PRIMARY KEY, email text NOT NULL UNIQUE, boss int CONSTRAINT boss REFERENCES users);
    CREATE TABLE orders (n serial, user_id int CONSTRAINT by_id REFERENCES users ON DELETE RESTRICT,
        email text CONSTRAINT by_email REFERENCES users (email) DEFERRABLE INITIALLY DEFERRED);
    CREATE TABLE notes (user_id int CONSTRAINT noted REFERENCES users);
    INSERT INTO users SELECT n, 'user ' || n, nullif(n - 1, 0) FROM generate_series(1, 50) n;
    INSERT INTO orders (user_id, email) SELECT n, 'user ' || n FROM generate_series(1, 50) n;
    INSERT INTO notes SELECT n FROM generate_series(1, 50) n;"""
_DESIRED = """
tables:
  users:
    primary_key: {columns: id, include: email}
    unique:
      users_email_key: {columns: email, include: id}
    foreign_keys:
      boss: {columns: boss, references: users}
  orders:
    foreign_keys:
      by_id: {columns: user_id, references: users, on_delete: restrict}
      by_email: {columns: email, references: users(email), initially_deferred: true, deferrable: true}
  notes:
    foreign_keys:
      noted: {columns: user_id, references: users}
"""
_OFFENCES = [
    "INSERT INTO orders (user_id) VALUES (-1)",
    "INSERT INTO orders (email) VALUES ('nobody')",
    "UPDATE orders SET user_id = -1 WHERE n = 1",
    "INSERT INTO notes VALUES (-1)",
    "UPDATE users SET boss = -1 WHERE id = 7",
    "DELETE FROM users WHERE id = 50",
    "UPDATE users SET id = -50 WHERE id = 50",
    "UPDATE users SET email = 'nobody' WHERE id = 50",
    "INSERT INTO users VALUES (1, 'a new one')",
    "INSERT INTO users VALUES (-1, 'user 1')",
]
_HARMLESS = "INSERT INTO orders (user_id, email) VALUES (3, 'user 3')"


@dataclass
class Writers:
    """Sessions that try each violation again and again, and one that writes valid rows."""

    url: str
    tried: Counter[str] = field(default_factory=Counter)
    let_in: list[str] = field(default_factory=list)
    _stop: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def at_work(self) -> Iterator[None]:
        threads = [threading.Thread(target=self._write, args=[one]) for one in (*_OFFENCES, _HARMLESS)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._stop.set()
            for thread in threads:
                thread.join()

    def round(self) -> None:
        """Wait until each writer has completed another write."""
        before = dict(self.tried)
        wanted = (*_OFFENCES, _HARMLESS)
        wait_until(lambda: all(self.tried[one] > before.get(one, 0) + 1 for one in wanted), "the writers")

    def _write(self, statement: str) -> None:
        with session(self.url) as connection:
            while not self._stop.wait(0.002):
                try:
                    connection.execute(statement.encode())
                except (psycopg.errors.IntegrityError, psycopg.errors.DeadlockDetected):
                    pass
                else:
                    self.let_in.append(statement)
                self.tried[statement] += 1


@pytest.mark.newest_by_day
def test_neither_an_orphan_nor_a_duplicate_gets_in_while_a_key_is_replaced(
    database: Database, tmp_path: Path
) -> None:
    """Writers are active during every step, and complete a whole round after each."""
    database.execute(_GIVEN)
    writers, rounds = Writers(url=database.url), Events()

    def look(event: Event) -> None:
        if isinstance(event, StepCompleted):
            writers.round()
            rounds(event)

    with writers.at_work():
        writers.round()
        apply_all(desired(tmp_path, _DESIRED), database.url, look)
    assert set(writers.let_in) == {_HARMLESS}
    swaps = [event for event in rounds.of(StepCompleted) if event.step.id.verb is Verb.REPLACE]
    assert len(swaps) == 2
    assert len(rounds.of(StepCompleted)) == 8, (
        "each key: its index, the swap, and its foreign keys made valid again"
    )
    assert database.query("SELECT user_id FROM orders WHERE user_id NOT IN (SELECT id FROM users)") == []


def test_what_a_killed_swap_leaves_is_validated_by_the_next_plan(database: Database, tmp_path: Path) -> None:
    database.execute(_GIVEN)
    state = desired(tmp_path, _DESIRED)
    plan = reconciler.plan(state, database.url)
    with session(database.url) as worker:
        for step in plan.steps[:2]:
            for statement in step.action.statements:
                worker.execute(str(statement).encode())
    left = [one for one in step_ids(reconciler.plan(state, database.url)) if " public.users." not in one]
    assert left == ["validate foreign_key public.notes.noted", "validate foreign_key public.orders.by_id"]


def test_the_line_of_a_refusal_declares_the_foreign_keys(database: Database, tmp_path: Path) -> None:
    file = set_up(database, "unique/dependents_refused")
    wanted = "tables: {users: {primary_key: {columns: id, include: a}, unique: {users_e_f_key: [f, e]}}}"
    refusals = reconciler.plan(desired(tmp_path, wanted), database.url).refusals
    assert [refusal.rule for refusal in refusals] == ["still-referenced", "still-referenced"], file
    files = [tmp_path / "schema.yaml"]
    for n, refusal in enumerate(refusals):
        path = tmp_path / f"pasted_{n}.yaml"
        path.write_text("version: 1\n" + refusal.remedy.split("`")[1] + "\n", encoding="utf-8")
        files.append(path)
    state = reconciler.load(files)
    apply_all(state, database.url)
    assert_in_sync(state, database.url)
    comment = "SELECT obj_description(oid, 'pg_constraint') FROM pg_constraint WHERE conname = 'fk_2'"
    assert database.value(comment) == "left out of the line to paste"


def test_the_role_must_own_the_tables_of_the_foreign_keys(database: Database, tmp_path: Path) -> None:
    database.execute(f"""
        {_GIVEN}
        CREATE ROLE "owner of {database.name}" LOGIN;
        ALTER TABLE users OWNER TO "owner of {database.name}";
        GRANT SELECT ON ALL TABLES IN SCHEMA public TO "owner of {database.name}";
        GRANT CREATE ON SCHEMA public TO "owner of {database.name}" """)
    try:
        plan = reconciler.plan(desired(tmp_path, _DESIRED), database.url_as(f"owner of {database.name}"))
        (note,) = (note for note in plan.notes if note.rule == "missing-privilege" and "own" in note.message)
        assert "does not own public.notes, public.orders, which" in note.message
    finally:
        database.execute(f'DROP OWNED BY "owner of {database.name}" CASCADE; DROP ROLE "owner of {database.name}"')
