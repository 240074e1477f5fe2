"""Attack: every table of the database has rows that nobody may read, and the comments on its roles are secret as well.

All that the commands for pull requests write is kept where many can read it: comment, summary, documents, snapshot and
log. Here a table is declared, referred to, partitioned, left out of the file, quarantined or archived.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from reconciler.cli.main import main
from reconciler.report import FORMATS
from reconciler.report.ci import file_of
from tests.servers import Database

pytestmark = [pytest.mark.ends, pytest.mark.newest_by_day]  # about the output of the tool

ROW, COMMENT = "canary-row-7531", "canary-comment-8642"
OWNER = "canary_owner"
TABLES = ("users", "orders", "events", "undeclared", "leftover")
GIVEN = f"""
    CREATE ROLE {OWNER};
    COMMENT ON ROLE {OWNER} IS '{COMMENT}';
    COMMENT ON ROLE postgres IS '{COMMENT}';
    CREATE TABLE users (id text PRIMARY KEY, email text, secret text);
    CREATE TABLE orders (id text, user_id text, amount text);
    CREATE TABLE events (id text, at date) PARTITION BY RANGE (at);
    CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
    CREATE TABLE undeclared (id text REFERENCES users);
    CREATE TABLE leftover (id text);
    INSERT INTO users SELECT '{ROW}-' || n, '{ROW}-' || n % 6, '{ROW}' FROM generate_series(1, 12) n;
    INSERT INTO orders SELECT '{ROW}-' || n % 6, '{ROW}-' || n, '{ROW}' FROM generate_series(7, 18) n;
    INSERT INTO events SELECT '{ROW}-' || n, '2026-02-02' FROM generate_series(1, 12) n;
    INSERT INTO undeclared VALUES ('{ROW}-1');
    INSERT INTO leftover VALUES ('{ROW}');
    ALTER TABLE users OWNER TO {OWNER};
    ANALYZE;
"""
REFUSED = """\
version: 1
tables:
  users:
    unique: {users_email_key: email}
    checks: {users_secret_ck: length(secret) < 5}
  orders:
    primary_key: id
    foreign_keys: {orders_user_fk: {columns: user_id, references: users}}
  events: {checks: {events_id_ck: length(id) < 5}}
"""
REPAIRED = """\
version: 1
policy: {allow: [drop-table, blocks-updates]}
tables:
  users: {checks: {users_secret_ck: {expression: length(secret) < 5, violators: {set: {secret: "'x'"}}}}}
  orders:
    primary_key: {columns: id, duplicates: {keep: oldest, by: user_id, others: quarantine}}
    foreign_keys: {orders_user_fk: {columns: user_id, references: users, orphans: quarantine}}
    indexes: {orders_amount_idx: amount}
dropped_tables:
  leftover: {backup: archive}
"""
CHECKS = ("database", "snapshot")
FILES = {"comment.md", "summary.md", *(file_of(one) for one in FORMATS if one not in ("markdown", "sql"))}


@pytest.fixture
def shop(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """The database, and the working folder of a job of GitHub."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "step"))
    monkeypatch.setenv("RECONCILE_DB", database.url)
    try:
        database.execute(GIVEN)
        yield database
    finally:
        database.execute(
            f"COMMENT ON ROLE postgres IS NULL; REASSIGN OWNED BY {OWNER} TO postgres; DROP ROLE {OWNER}"
        )


def test_no_row_and_no_comment_on_a_role_is_in_anything_that_is_written(
    shop: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    for table in TABLES:
        assert shop.value(f"SELECT {table}::text LIKE '%{ROW}%' FROM {table} LIMIT 1"), "control"
    caplog.set_level(logging.DEBUG)
    file = tmp_path / "schema.yaml"

    def checked(name: str) -> list[int]:
        """Check the file in all ways, and return the exit codes."""
        trust = ("--trust-role", OWNER)
        return [
            main(["snapshot", "-o", f"{name}.json"]),
            main(["ci", "--output-dir", f"{name}-database", "--samples", "5", *trust]),
            main(["ci", "--output-dir", f"{name}-snapshot", "--live", f"{name}.json"]),
            main(["plan", "-v", "-o", f"{name}-plan.json", *trust]),
            main(["drift", "-v", "--metrics", f"{name}.prom", *trust]),
        ]

    file.write_text(REFUSED)
    assert checked("refused") == [0, 3, 3, 3, 3]
    failed = json.loads((tmp_path / "refused-database" / "plan.json").read_text())["findings"]
    assert {one["key"]["table"] for one in failed if one["result"] == "failed"} == {"users", "orders", "events"}
    file.write_text(REPAIRED)
    assert main(["snapshot", "-o", "repaired.json"]) == 0
    assert main(["apply", "-y", "--trust-role", OWNER]) == 0
    assert checked("after") == [0, 0, 0, 0, 0]
    assert main(["history", "last"]) == 0
    kept = "SELECT count(*) FROM pg_class WHERE relnamespace = 'reconcile_archive'::regnamespace AND relkind = 'r'"
    assert shop.value(kept) == 4, "three quarantine tables and an archived table"

    printed = capsys.readouterr()
    journal = str(shop.value("SELECT json_agg(m)::text FROM migration_log m"))
    texts = {"output": printed.out, "errors": printed.err, "log": caplog.text, "journal": journal}
    texts |= {str(one.relative_to(tmp_path)): one.read_text() for one in tmp_path.rglob("*") if one.is_file()}
    written = {f"{name}-{where}/{each}" for name in ("refused", "after") for where in CHECKS for each in FILES}
    assert texts.keys() >= {"step", "refused.json", "repaired.json", "after-plan.json", "after.prom"} | written
    assert [name for name, text in texts.items() if ROW in text or COMMENT in text] == []
