"""Comparisons by the server: same, different, rejected, or unknown, which refuses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import reconciler
from reconciler.kinds.check.definition import Check
from reconciler.kinds.index_backed.elements import IndexElement
from reconciler.kinds.index_backed.index import Index
from reconciler.model.definition import Definition
from reconciler.model.facts.meaning import Interpretation, Meaning, MeaningOf, Rejected, Unknown
from reconciler.model.names import Key
from reconciler.model.options import DEFAULTS
from reconciler.model.plan import Plan
from reconciler.postgres.canonical import judge
from reconciler.postgres.gatekeeper import gatekeeper
from reconciler.postgres.session import connect
from tests.servers import Database

GIVEN = """
    CREATE TABLE wallets (id bigint PRIMARY KEY, balance numeric, status varchar(10),
                          CONSTRAINT wallets_check CHECK (status IN ('open', 'closed')));
    INSERT INTO wallets VALUES (1, 5, 'open');"""

LIMITED = "limited"


@pytest.fixture
def wallets(database: Database) -> Database:
    database.execute(GIVEN)
    return database


@pytest.fixture
def limited(wallets: Database) -> Iterator[str]:
    """Return the URL of a role that owns the table and may not create any tables."""
    role = f"{LIMITED}_{wallets.name}"
    wallets.execute(
        f"CREATE ROLE {role} LOGIN; ALTER TABLE wallets OWNER TO {role}; REVOKE CREATE ON SCHEMA public FROM PUBLIC;"
        f'REVOKE TEMPORARY ON DATABASE "{wallets.name}" FROM PUBLIC'
    )
    yield wallets.url_as(role)
    wallets.execute(f"DROP OWNED BY {role} CASCADE; DROP ROLE {role}")


def ask(url: str, definition: Definition, kind: str = "check", name: str = "wallets_check") -> Interpretation:
    key = Key(schema="public", table="wallets", kind=kind, name=name)
    with connect(url) as session:
        question = MeaningOf(key=key, definition=definition, search_path=("public",))
        (answer,) = judge(session, [question], gatekeeper(DEFAULTS))
    return answer


def meaning(url: str, expression: str) -> str:
    answer = ask(url, Check(expression=expression))
    assert isinstance(answer, Meaning), answer
    assert isinstance(answer.definition, Check)
    return answer.definition.expression


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("status IN ('open', 'closed')", "status = any (array['open', 'closed'])"),
        ("balance >= 0", "(wallets.balance) >= 0::int"),
        ("balance BETWEEN 1 AND 5", "balance >= 1 AND balance <= 5"),
        ("status <> ''", "NOT status = ''"),
    ],
)
def test_a_meaning_is_stable(wallets: Database, one: str, other: str) -> None:
    for expression in (one, other):
        words = meaning(wallets.url, expression)
        assert meaning(wallets.url, words) == words


@pytest.mark.ends
def test_an_expression_may_name_its_table_and_schema(wallets: Database) -> None:
    assert meaning(wallets.url, "public.wallets.balance > 0") == meaning(wallets.url, "balance > 0")


def test_the_same_has_one_meaning_and_different_things_have_two(wallets: Database) -> None:
    assert meaning(wallets.url, "balance BETWEEN 1 AND 5") == meaning(wallets.url, "balance >= 1 AND balance <= 5")
    assert meaning(wallets.url, "balance > 0") != meaning(wallets.url, "balance >= 0")


def test_asking_leaves_nothing_behind(wallets: Database) -> None:
    before = wallets.query("SELECT oid, relname, relnatts FROM pg_class ORDER BY 1")
    ask(wallets.url, Check(expression="balance > 0"))
    ask(wallets.url, Index(elements=(IndexElement(expression="lower(status)"),)), kind="index", name="i")
    assert wallets.query("SELECT oid, relname, relnatts FROM pg_class ORDER BY 1") == before


def test_what_the_table_does_not_know_is_rejected_in_the_servers_words(wallets: Database) -> None:
    for expression, words in (
        ("balanse > 0", 'column "balanse" does not exist'),
        ("nonesuch(balance)", "function nonesuch("),
    ):
        answer = ask(wallets.url, Check(expression=expression))
        assert isinstance(answer, Rejected)
        assert str(answer.error).startswith(words)


def test_volatile_functions_are_named(wallets: Database) -> None:
    answer = ask(wallets.url, Check(expression="balance > random()"))
    assert isinstance(answer, Meaning)
    assert answer.volatile == ("random()",)


def test_without_a_way_to_ask_the_answer_is_unknown(wallets: Database, limited: str) -> None:
    read_only = wallets.url + "&options=-c%20default_transaction_read_only%3Don"
    for url, reason in ((read_only, "read-only"), (limited, "temporary")):
        answer = ask(url, Check(expression="balance > 0"))
        assert isinstance(answer, Unknown)
        assert reason in answer.reason


@pytest.mark.parametrize(
    ("expression", "verdict"),
    [
        (
            "(status)::text = ANY ((ARRAY['open'::character varying, 'closed'::character varying])::text[])",
            "in sync",
        ),
        ("status IN ('open', 'closed')", "in sync"),
        ("status IN (U&'open', 'closed')", "unknown"),
    ],
)
def test_unknown_is_never_taken_for_same(
    tmp_path: Path, wallets: Database, limited: str, expression: str, verdict: str
) -> None:
    """The catalog's own text is the same without a trial, and what the planner reads in the same way; anything else
    refuses."""
    file = tmp_path / "schema.yaml"
    file.write_text(f'version: 1\ntables:\n  wallets:\n    checks:\n      wallets_check: "{expression}"\n')
    read_only = wallets.url + "&options=-c%20default_transaction_read_only%3Don"
    for url in (limited, read_only):
        assert summary(reconciler.plan(reconciler.load([file]), url)) == verdict
    assert summary(reconciler.plan(reconciler.load([file]), wallets.url)) == "in sync"


def summary(plan: Plan) -> str:
    return "in sync" if plan.in_sync else ", ".join(refusal.rule for refusal in plan.refusals)


def test_foreign_keys_to_one_table_and_to_their_own_are_tried_out(tmp_path: Path, wallets: Database) -> None:
    """The types differ, so the server has to compare."""
    wallets.execute("CREATE TABLE nodes (id bigint PRIMARY KEY, up int, first int, second int)")
    file = tmp_path / "schema.yaml"
    keys = ", ".join(f"nodes_{column}: {{columns: {column}, references: nodes(id)}}" for column in ("up", "first"))
    other = "other_node: {columns: node, references: nodes(id)}, other_next: {columns: next, references: nodes(id)}"
    wallets.execute("CREATE TABLE other (node int, next int)")
    file.write_text(
        f"version: 1\ntables: {{nodes: {{foreign_keys: {{{keys}}}}}, other: {{foreign_keys: {{{other}}}}}}}",
        encoding="utf-8",
    )
    assert [refusal.cause for refusal in reconciler.plan(reconciler.load([file]), wallets.url).refusals] == []
