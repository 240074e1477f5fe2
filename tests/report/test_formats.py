"""Every format of every plan, compared as a whole with its golden file."""

from __future__ import annotations

import dataclasses
import json
import re
from pathlib import Path

import pytest

from reconciler.report import FORMATS, render_json, render_markdown, render_text, report_of
from reconciler.report.theme import COLOUR
from tests.report.plans import HOSTILE, PLANS

GOLDEN = Path(__file__).parent / "golden"
SUFFIXES = {"text": "txt", "json": "json", "markdown": "md", "sql": "sql"}
SUFFIXES |= {"gitlab": "gitlab.json", "github": "github.txt", "junit": "junit.xml", "terraform": "terraform.json"}


@pytest.fixture(autouse=True)
def _fixed_journal(monkeypatch):
    """Replace the journal's DDL and the style of pages, so that their changes do not change every golden file."""
    monkeypatch.setattr("reconciler.report.html.page.source", lambda name: f"/* {name} */")
    monkeypatch.setattr("reconciler.report.html.page.__version__", "<version>")
    monkeypatch.setattr("reconciler.report.sql.journal_statements", lambda schema: (f"SELECT '{schema}'",))
    monkeypatch.setattr("reconciler.report.sql.journal_checks", lambda *_: ("TABLE problems", "the check"))
    monkeypatch.setattr("reconciler.report.sql.advisory_lock_key", lambda: 4242)


@pytest.mark.parametrize("plan_name", PLANS)
@pytest.mark.parametrize("format_", FORMATS)
def test_format(golden, plan_name, format_):
    suffix = SUFFIXES.get(format_, format_)
    golden(GOLDEN / f"{plan_name}.{suffix}", FORMATS[format_](report_of(PLANS[plan_name])))


@pytest.mark.parametrize("samples", [1, 5])
def test_text_shows_as_many_samples_as_are_allowed(golden, samples):
    golden(GOLDEN / f"refused-{samples}.txt", render_text(report_of(PLANS["refused"]), samples=samples))


def test_colour_adds_nothing_but_colour():
    report = report_of(PLANS["changes"])
    coloured = render_text(report, COLOUR)
    assert coloured != render_text(report)
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == render_text(report)


@pytest.mark.parametrize("format_", FORMATS)
def test_no_format_prints_a_control_character_from_a_name(format_):
    printed = FORMATS[format_](report_of(PLANS["hostile"]))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", printed)


def test_json_round_trips_every_text():
    content = json.loads(render_json(report_of(PLANS["hostile"])))
    assert content["format_version"] == 3
    assert content["changes"][0]["key"]["name"] == HOSTILE
    assert content["changes"][0]["after"]["comment"] == HOSTILE


def test_markdown_fits_a_comment_and_says_what_it_left_out():
    plan = PLANS["changes"]
    big = dataclasses.replace(plan, routes=plan.routes * 60)
    printed = render_markdown(report_of(big))
    assert len(printed) < 65_536
    left = re.search(r"and (\d+) changes more", printed)
    assert left is not None
    shown = printed.count("<details>") + printed.count("too long to show here")
    assert shown + int(left.group(1)) == len(big.routes)


def test_one_object_and_one_step_are_in_the_singular():
    report = report_of(dataclasses.replace(PLANS["hostile"], declared=1))
    assert report.summary == "Plan: 1 index to create; 1 step."


def test_a_kind_that_the_report_does_not_know_is_printed_by_its_id():
    route = PLANS["hostile"].routes[0]
    key = route.change.key._replace(kind="trigger")
    other = dataclasses.replace(route, change=dataclasses.replace(route.change, key=key))
    plan = dataclasses.replace(PLANS["hostile"], routes=(other, other))
    assert report_of(plan).summary == "Plan: 2 triggers to create; 2 steps."
