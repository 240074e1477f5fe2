"""The platform's policy applied by the commands to a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

import reconciler
from reconciler.cli.main import main
from reconciler.model.digest import parse_digest
from reconciler.model.errors import Refused
from reconciler.model.options import Options
from reconciler.model.rules.rule import Example
from reconciler.policy.file import read_policy_file
from reconciler.policy.rules import POLICY_RULES
from reconciler.report import report_of
from tests.execution.support import desired
from tests.kinds.test_rule_examples import raised_by
from tests.servers import Database, Server

POLICY = """\
version: 1
rules:
  foreign-key-index: {exceptions: true}
  object-name: {severity: warning, foreign_keys: "fk_*"}
limits: {max_drops: 1}
environments:
  production:
    rules: {too-many-changes: {most: 0}}
"""
CONFIG = """\
[environments.production]
database = "RECONCILE_DB_PRODUCTION"
policy = "reconcile.policy.yaml"
[environments.staging]
database = "RECONCILE_DB_PRODUCTION"
window = "00:00-24:00"
policy = "reconcile.policy.yaml"
"""
SQL = "CREATE TABLE users (id int PRIMARY KEY); CREATE TABLE orders (user_id int);"
KEY = "{columns: user_id, references: users(id)}"
FILE = f"version: 1\ntables:\n  orders:\n    foreign_keys:\n      orders_fk: {KEY}\n"


@pytest.mark.pg(">= 18")
def test_commands_judge_the_plan_of_an_environment(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    database.execute(SQL)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RECONCILE_DB_PRODUCTION", database.url)
    (tmp_path / "reconcile.policy.yaml").write_text(POLICY)
    (tmp_path / "reconcile.toml").write_text(CONFIG)
    file = tmp_path / "schema.yaml"

    def run(*arguments: str) -> tuple[int, str]:
        code = main(arguments)
        printed = capsys.readouterr()
        return code, printed.out + printed.err

    file.write_text(FILE)
    for command in (["plan"], ["drift"], ["apply", "-y"]):
        code, said = run(*command, "--env", "staging")
        assert (code, said.count("✗ refused"), said.count("[object-name]")) == (3, 1, 1), said
        assert said.count("[foreign-key-index]") == 2  # the reason, and the change that it refuses
        assert "schema.yaml:5:7" in said
        assert "only in the window of the environment: 00:00-24:00 UTC [outside-window]" in said
        assert command != ["drift"] or said.startswith("Drift: 1 foreign key missing; 1 reason to refuse the plan.")
    assert "[too-many-changes]" in run("plan", "--env", "production")[1]
    assert run("plan", "--policy", "reconcile.policy.yaml", "--db", database.url)[0] == 3
    assert run("plan", "--db", database.url)[0] == 0  # no policy without the options

    file.write_text(FILE.replace(KEY, f"{KEY}  # reconcile: ignore[foreign-key-index] because users stay"))
    assert run("apply", "-y", "--env", "staging")[0] == 0
    code, said = run("plan", "--env", "production")  # in sync
    assert (code, "[foreign-key-index]" in said) == (0, False)
    file.write_text(FILE)
    assert run("plan", "--env", "staging")[0] == 3  # the rule is about the state, not about changes
    code, said = run("drift", "--env", "staging")
    assert (code, said.startswith("In sync: "), said.count("[foreign-key-index]")) == (0, True, 1)

    assert run("plan", "--env", "staging", "--db", database.url)[0] == 64
    monkeypatch.delenv("RECONCILE_DB_PRODUCTION")
    assert run("plan", "--env", "staging")[0] == 64
    code, said = run("validate", "--env", "staging")
    assert (code, "warning: schema.yaml:5:7: [object-name]" in said) == (0, True)


def play(example: Example, policy: str, text: str, database: Database, folder: Path) -> Any:
    if example.sql:
        database.execute(example.sql)
    platform = read_policy_file("policy", f"version: 1\n{policy}\n".encode()).policy_for(None)
    return reconciler.plan(desired(folder, text), database.url, options=Options(platform=platform))


@pytest.mark.pg(">= 18")
def test_the_examples_of_the_rules_of_the_policy(server: Server, tmp_path: Path) -> None:
    """The bad example of each rule raises it, and the good one raises nothing."""
    played = [rule for rule in reconciler.rules() if rule.bad.policy]
    assert {one.rule for one in POLICY_RULES} < set(played)
    with server.database() as database:
        for rule in played:
            database.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public;")
            bad = play(rule.bad, rule.bad.policy, rule.bad.yaml, database, tmp_path)
            assert rule in raised_by(bad), rule
            text = rule.good.yaml or rule.bad.yaml
            good = play(rule.good, rule.good.policy or rule.bad.policy, text, database, tmp_path)
            expected = {"foreign-key-index"} if rule == "exception-not-allowed" else set()
            assert {one.rule for one in good.refusals} <= expected, rule
            assert rule not in raised_by(good), rule


@pytest.mark.pg(">= 18")
def test_the_platforms_limits_apply_to_the_plan(database: Database, tmp_path: Path) -> None:
    database.execute("CREATE TABLE users (id int); CREATE INDEX a ON users (id); CREATE INDEX b ON users (id);")
    text = "tables:\n  users:\n    absent: {indexes: [a, b]}\n"
    plan = play(Example(), "limits: {max_drops: 1, lock_timeout: 1s}", text, database, tmp_path)
    assert (plan.policy.max_drops, plan.lock_timeout.total_seconds()) == (1, 1)
    assert [one.rule for one in plan.refusals] == ["too-many-drops"]


def test_the_platform_says_when_a_plan_expires(database: Database, tmp_path: Path) -> None:
    database.execute("CREATE TABLE users (id int)")
    state = desired(tmp_path, "tables: {users: {indexes: {a: id}}}")
    platform = read_policy_file("policy", b"version: 1\nlimits: {plan_expires: 1min}\n").policy_for(None)
    digest = report_of(reconciler.plan(state, database.url)).digest
    assert digest is not None
    made_an_hour_ago = str(replace(one := parse_digest(digest), made_at=one.made_at - timedelta(hours=1)))

    def run(options: Options) -> None:
        reconciler.apply(
            state, database.url, approve=lambda _: True, options=options, require_digest=made_an_hour_ago
        )

    with pytest.raises(Refused, match="plan_expires"):
        run(Options(platform=platform))
    run(Options())
