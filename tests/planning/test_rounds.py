"""A plan asks the server in at most four rounds: the live state, meaning, names and dependents, the data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from reconciler.model.facts import Answers, Facts, Question
from reconciler.model.options import DEFAULTS
from reconciler.model.plan import Plan
from reconciler.model.state import DesiredState
from reconciler.planning.plan import plan
from reconciler.postgres.catalog import read_state
from reconciler.postgres.facts import LiveFacts
from reconciler.postgres.session import connect
from tests.execution.support import desired
from tests.servers import Database

pytestmark = pytest.mark.pg(">= 18")

TABLES = """
    CREATE TYPE mood AS ENUM ('good', 'bad');
    CREATE TABLE crews (id int NOT NULL, code varchar(9), name text, mood mood, valid int4range);
    CREATE INDEX crews_name ON crews (name);
    CREATE TABLE shifts (id int PRIMARY KEY, crew_id bigint, hours int);
    CREATE TABLE logs (id int, at int NOT NULL) PARTITION BY RANGE (at);
    CREATE TABLE logs_1 PARTITION OF logs FOR VALUES FROM (0) TO (9);
    CREATE VIEW odd AS SELECT id FROM crews"""

CHANGES = """
tables:
  crews:
    primary_key: id
    unique: {crews_code_key: {columns: code}}
    not_null: [code]
    indexes: {crews_name: {columns: [name, mood]}}
  shifts:
    foreign_keys: {shifts_crew: {columns: crew_id, references: crews(id)}}
    checks: {shifts_hours: {expression: "hours < 24"}}
    absent: {constraints: [shifts_pkey]}
  logs:
    indexes: {logs_at: {columns: at}}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """Facts that record which questions were asked together, by their types."""

    facts: Facts
    sets: list[frozenset[str]] = field(default_factory=list)

    def ask(self, questions: Iterable[Question[Any]], /) -> Answers:
        asked = list(questions)
        assert asked
        self.sets.append(frozenset(type(one).__name__ for one in asked))
        return self.facts.ask(asked)


def heard_plan(state: DesiredState, url: str) -> tuple[Plan, list[frozenset[str]]]:
    with connect(url) as session:
        live = read_state(session, state)
        heard = Heard(facts=LiveFacts(session=session, options=DEFAULTS, live=live))
        return plan(heard, session.server, state, live, DEFAULTS), heard.sets


def test_a_plan_with_changes_of_many_kinds_asks_three_sets(database: Database, tmp_path: Path) -> None:
    database.execute(TABLES)
    found, sets = heard_plan(desired(tmp_path, CHANGES), database.url)
    assert found.refusals == ()
    assert len(found.routes) == 8
    meaning, names, data = sets
    assert (meaning, data) == ({"MeaningOf"}, {"DataCheck"})
    assert "StateOf" not in names
    assert names >= {"WhatHas", "AccessToJournal", "DependentsOf", "EqualityOf", "ComparisonOf", "WideColumnsOf"}


def test_a_plan_without_changes_asks_nothing(database: Database, tmp_path: Path) -> None:
    database.execute(TABLES)
    assert heard_plan(desired(tmp_path, "tables: {shifts: {primary_key: id}}"), database.url)[1] == []


def test_only_a_name_that_is_taken_needs_a_further_set(database: Database, tmp_path: Path) -> None:
    database.execute(f"{TABLES}; CREATE TABLE crews_pkey (); CREATE TABLE logs_1_at_idx ()")
    found, sets = heard_plan(desired(tmp_path, CHANGES), database.url)
    assert found.refusals == ()
    assert sets[-3:-1] == [{"WhatHas"}, {"WhatHas"}]
    assert len(sets) == 5
