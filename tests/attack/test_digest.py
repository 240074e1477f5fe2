"""Attack: a digest is used too late, elsewhere, or for another plan; other roles forge entries of the journal.

What must not happen, measured in the catalog: a step that was not approved. And a run that was killed goes on by the
same digest.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import reconciler
from reconciler.execution.expected import expected_plan, refuse_expired
from reconciler.model.content import content_of
from reconciler.model.digest import Digest, hashes_of, parse_digest
from reconciler.model.errors import ConnectionFailed, ReconcileError, Refused, UsageError
from reconciler.model.events import StepStarted
from reconciler.model.options import Options
from reconciler.model.plan import Plan
from reconciler.model.state import DesiredState
from reconciler.report import FORMATS, report_of
from tests.attack.test_plan_file import planned, run
from tests.execution.kills import Moment, kill_again_and_again, kill_backend
from tests.execution.support import BROAD, Events, apply_all, assert_in_sync, broad_setup, catalog, desired
from tests.servers import NIGHTLY, Database

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
DIGEST = Digest(made_at=NOON, hash="0123456789abcdef" * 4)
SETUP = """CREATE TABLE t (a int, b int); INSERT INTO t SELECT n, n FROM generate_series(1, 100) AS n;
    CREATE TABLE old (a int); CREATE TABLE u (a int)"""
YAML = "tables: {t: {indexes: {x: a, y: b}, checks: {c: a > 0}}}"


def test_a_digest_as_text() -> None:
    assert str(DIGEST) == f"v2:20261122T120000Z:{DIGEST.hash}"
    assert parse_digest(str(DIGEST)) == DIGEST


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "it is empty"),
        (DIGEST.hash, "expected v2:<time>:<hash>"),
        (f"{DIGEST}\n", "expected v2:<time>:<hash>"),
        (f"v2:20261122T120000Z:{DIGEST.hash[1:]}", "expected v2:<time>:<hash>"),
        (f"v2:20261322T120000Z:{DIGEST.hash}", "its time does not exist"),
        (f"v3:20261122T120000Z:{DIGEST.hash}", "it has the form v3, and this version of reconcile uses v2"),
        (f"v2:٢٠٢٦١١٢٢T120000Z:{DIGEST.hash}", "expected v2:<time>:<hash>"),
        ("postgresql://deploy:secret@db/shop", "expected v2:<time>:<hash>"),
    ],
)
def test_what_is_not_a_digest_is_wrong_usage(text: str, why: str) -> None:
    """An empty variable is no permission, and what was given by mistake is not quoted."""
    with pytest.raises(UsageError) as refused:
        expected_plan(None, text)
    assert (refused.value.rule, refused.value.message) == ("digest", f"the digest cannot be used: {why}")


@pytest.mark.parametrize(
    ("age", "message"),
    [
        (timedelta(0), None),
        (timedelta(hours=24), None),
        (timedelta(minutes=-5), None),  # the clocks of two servers differ
        (timedelta(hours=25, minutes=1), "25 h 1 min ago; policy.plan_expires is 24 h 0 min"),
        (timedelta(minutes=-6), "which is in the future: it is 2026-11-22 11:54:00 UTC on the server"),
    ],
)
def test_a_digest_expires(age: timedelta, message: str | None) -> None:
    if message is None:
        refuse_expired(DIGEST, NOON + age, timedelta(hours=24))
        return
    with pytest.raises(Refused) as refused:
        refuse_expired(DIGEST, NOON + age, timedelta(hours=24))
    assert refused.value.rule == "plan-expired"
    assert refused.value.message.endswith(message)


def applied(
    state: DesiredState, url: str, digest: str, *listeners: Any, options: Options | None = None, **more: Any
) -> Any:
    """The error that ends a run by a digest, or the plan's refusals, or None."""
    try:
        result = reconciler.apply(
            state, url, approve=lambda _: True, listeners=listeners, options=options, require_digest=digest, **more
        )
    except ReconcileError as error:
        return error
    return result.error or [refusal.rule for refusal in result.plan.refusals] or None


def kill(database: Database, number: int) -> Any:
    """A listener that ends the sessions of the run at its step of this number."""
    seen: list[StepStarted] = []

    def listener(event: object) -> None:
        if isinstance(event, StepStarted):
            seen.append(event)
            if len(seen) == number:
                database.execute(
                    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = 'reconcile'"
                    " AND datname = current_database()"
                )

    return listener


def refused_message(error: object) -> str:
    assert isinstance(error, Refused), error
    assert error.rule == "plan-changed"
    return error.message


@pytest.mark.pg(">= 18")
def test_what_has_drifted_is_shown_field_by_field(database: Database, tmp_path: Path) -> None:
    """Between review and apply, the file changes. A digest alone lists the changes of the new plan."""
    database.execute(SETUP)
    state = desired(tmp_path, YAML)
    file, before = planned(state, database.url), catalog(database, journal=True)
    changed = desired(tmp_path, "tables: {t: {indexes: {x: [a, b], z: b}, checks: {c: a > 0}}}")
    lines = refused_message(run(changed, database.url, file)).split("\n")[1:]
    assert lines[0] == "differs: create index x on public.t"
    assert lines[1].startswith("  after.columns: [{")
    assert lines[2].startswith('  step 1, sql: ["CREATE INDEX CONCURRENTLY')
    assert lines[3:] == ["new: create index z on public.t", "gone: create index y on public.t"]
    alone = refused_message(applied(changed, database.url, file["digest"]))
    assert "planned now: create index z on public.t" in alone
    expired = desired(tmp_path, f"policy: {{plan_expires: 1ms}}\n{YAML}")  # the digest has whole seconds
    error = applied(expired, database.url, file["digest"])
    assert isinstance(error, Refused)
    assert error.rule == "plan-expired"
    assert catalog(database, journal=True) == before
    assert applied(state, database.url, file["digest"], expected=file) is None


@pytest.mark.pg(">= 18")
@pytest.mark.parametrize("backup", ["none", "archive"])
def test_another_table_of_the_same_name_is_not_the_approved_one(
    database: Database, tmp_path: Path, backup: str
) -> None:
    """Attack: between review and apply, a table with rows gets the name of the empty one that is to go."""
    database.execute("CREATE TABLE old (a int); CREATE TABLE used (a int); INSERT INTO used VALUES (1)")
    state = desired(tmp_path, f"dropped_tables: {{old: {{backup: {backup}}}}}")
    allow = Options(allow=frozenset({"drop-table"}))
    digest = reconciler.plan(state, database.url, options=allow).digest
    database.execute("ALTER TABLE old RENAME TO older; ALTER TABLE used RENAME TO old")
    refused_message(applied(state, database.url, digest, options=allow))
    assert database.value("SELECT count(*) FROM old") == 1


@pytest.mark.pg(">= 18")
def test_an_approval_counts_once(database: Database, tmp_path: Path) -> None:
    """Attack: the plan was completed, somebody reverts a part of it on purpose, and the same digest comes again."""
    database.execute(SETUP)
    state = desired(tmp_path, YAML)
    file = planned(state, database.url)
    assert applied(state, database.url, file["digest"]) is None
    assert applied(state, database.url, file["digest"]) is None, "in sync"
    database.execute("DROP INDEX x")
    assert "was completed by run" in refused_message(applied(state, database.url, file["digest"]))
    assert "was completed by run" in refused_message(run(state, database.url, file))
    database.execute("SELECT pg_sleep(1)")  # the time of a digest has no fractions of seconds
    later = reconciler.plan(state, database.url).digest
    assert applied(state, database.url, later) is None


@pytest.mark.pg(">= 18")
def test_a_plan_file_cannot_be_restricted_after_the_approval(database: Database, tmp_path: Path) -> None:
    """Attack: somebody adds `tables` to the approved file, so that only a part of it would be applied."""
    database.execute(SETUP)
    state = desired(tmp_path, "tables: {t: {indexes: {x: a}}, u: {indexes: {y: a}}}")
    file = planned(state, database.url)
    with pytest.raises(UsageError, match="its digest does not match its content"):
        expected_plan({**file, "tables": ["u"]})
    restricted = reconciler.plan(state, database.url, options=Options(tables=("u",)))
    document = json.loads(FORMATS["json"](report_of(restricted)))
    assert expected_plan(document) is not None
    with pytest.raises(UsageError, match="its digest does not match its content"):
        expected_plan({name: one for name, one in document.items() if name != "tables"})


@pytest.mark.pg(">= 18")
def test_concurrent_changes_of_undeclared_objects_do_not_matter(database: Database, tmp_path: Path) -> None:
    """Objects that the file does not declare come and go; the plan of a stale branch drops nothing of them."""
    database.execute(SETUP)
    digest = planned(desired(tmp_path, YAML), database.url)["digest"]
    newer = desired(tmp_path, "tables: {u: {indexes: {of_main: a}}, t: {indexes: {also_of_main: b}}}")
    apply_all(newer, database.url)
    state = desired(tmp_path, YAML)
    assert applied(state, database.url, digest) is None
    names = {row[0] for row in database.query("SELECT indexrelid::regclass::text FROM pg_index") if row}
    assert {"of_main", "also_of_main", "x", "y"} <= names


@pytest.mark.pg(">= 18")
def test_an_object_that_cannot_be_compared_leaves_no_digest(database: Database, tmp_path: Path) -> None:
    database.execute(f"{SETUP}; ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0)")
    role = f"poor_{database.name}"
    database.execute(f"""CREATE ROLE {role} LOGIN; GRANT SELECT ON t TO {role};
        REVOKE TEMPORARY ON DATABASE "{database.name}" FROM PUBLIC""")
    state = desired(tmp_path, "tables: {t: {checks: {c: a > 0 AND b > 0}}}")
    try:
        report = report_of(reconciler.plan(state, database.url_as(role)))
        assert [refusal.rule for refusal in report.refusals] == ["unknown"]
        assert report.digest is None
        assert report.no_digest.startswith("an object could not be compared, and could change the steps: check c")
    finally:
        database.execute(f"DROP OWNED BY {role}; DROP ROLE {role}")


@pytest.mark.ends
def test_a_killed_run_with_a_digest_continues_with_it(database: Database, tmp_path: Path) -> None:
    """No attack: a run by a digest is killed at a step, goes on by the same digest, and says so once it is done.

    Before the run has begun, and for a change that was not approved, the digest is of no use.
    """
    database.execute(SETUP)
    state = desired(tmp_path, YAML)
    digest = planned(state, database.url)["digest"]
    for number in (2, 2):
        assert isinstance(applied(state, database.url, digest, kill(database, number)), ConnectionFailed)
    more = desired(tmp_path, "tables: {t: {indexes: {x: a, y: b, z: [b, a]}, checks: {c: a > 0}}}")
    assert "planned now: create index z on public.t" in refused_message(applied(more, database.url, digest))
    assert applied(state, database.url, digest) is None
    assert_in_sync(state, database.url)
    assert applied(state, database.url, digest) is None
    elsewhere = f"{digest[:-1]}{'0' if digest[-1] != '0' else '1'}"
    assert "nothing is left to do" in refused_message(applied(state, database.url, elsewhere))
    (reported,) = database.query(
        "SELECT DISTINCT metadata ->> 'approved_digest' FROM migration_log WHERE step_name = 'run'"
        " AND metadata ? 'approved_digest'"
    )
    assert reported == (digest,)


@pytest.mark.skipif(not NIGHTLY, reason="takes half a minute; the same steps are matched for plan files by day")
@pytest.mark.ends
def test_a_run_over_many_kinds_killed_at_each_step_continues_with_its_digest(database: Database) -> None:
    """No attack: the same over every kind, also where invalid indexes and objects under temporary names are left."""
    broad_setup(database)
    files, events = [BROAD / "kills.yaml"], Events()
    state = reconciler.load(files)
    with database.copy() as undisturbed:
        apply_all(state, undisturbed.url, events)
        expected = catalog(undisturbed)
    steps = [event.step for event in events.of(StepStarted)]
    digest = reconciler.plan(state, database.url).digest
    killing = partial(kill_backend, require_digest=digest)
    kill_again_and_again(killing, files, database.url, Moment.WAITING, steps)
    assert_in_sync(state, database.url)
    assert catalog(database) == expected


def forged(plan: Plan, digest: str) -> dict[str, list[Any]]:
    """What somebody who may insert into the journal could claim to have been approved by the digest."""
    genuine = [hashes_of(change) for change in content_of(plan)["changes"]]
    return {
        "the changes of the plan of now": genuine,
        "the same twice": genuine * 2,
        "the digest itself": [digest],
        "nothing": [],
        "another form": [{"steps": 7}],
        "deep": json.loads("[" * 900 + "]" * 900),
    }


@pytest.mark.pg(">= 18")
def test_a_forged_entry_in_the_journal_does_not_widen_a_run(database: Database, tmp_path: Path) -> None:
    """A role with INSERT claims that runs of the digest have begun, which were to do more than was approved."""
    database.execute(SETUP)
    apply_all(desired(tmp_path, "tables: {u: {indexes: {made: a}}}"), database.url)  # there is a journal
    digest = planned(desired(tmp_path, YAML), database.url)["digest"]
    more = desired(tmp_path, YAML.replace("a > 0", "a > 0, d: b > 0"))
    plan = reconciler.plan(more, database.url)
    role = f"forger_{database.name}"
    database.execute(f"CREATE ROLE {role} LOGIN; GRANT INSERT ON migration_log TO {role}")
    try:
        with database.connect(user=role) as forger:
            for changes in forged(plan, digest).values():
                metadata = json.dumps({"run_id": "1", "plan_digest": digest, "changes": changes})
                forger.execute(
                    "INSERT INTO migration_log (migration_name, step_name, status, metadata)"
                    " VALUES ('reconcile', 'run', 'started', %s)",
                    [metadata],
                )
        before = catalog(database, journal=True)
        assert "planned now: create check d on public.t" in refused_message(applied(more, database.url, digest))
        assert catalog(database, journal=True) == before
        assert applied(desired(tmp_path, YAML), database.url, digest) is None
    finally:
        database.execute(f"DROP OWNED BY {role}; DROP ROLE {role}")
