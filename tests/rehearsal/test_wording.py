"""How the formats tell the outcome of a rehearsal."""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace

import pytest

from reconciler.cli.show import exit_code
from reconciler.model.locks import LockClaim, LockMode
from reconciler.model.names import Key, TableName
from reconciler.model.rehearsal import LocksTaken, NotRehearsed, Rehearsal, RowsMade
from reconciler.model.step_id import Verb
from reconciler.report import render_html, render_json, render_markdown, render_text
from reconciler.report.markdown import code
from reconciler.report.report import report_of
from tests.report.plans import PLANS

PASSED = Rehearsal(version="18.6", planned_for="18.6", steps=20, rehearsed=20)
WALLETS = TableName(schema="public", name="wallets")
DIFFERS = LocksTaken(
    step=Verb.ADD.of(Key(schema="public", table="wallets", kind="check", name="c")),
    claimed=(LockClaim(table=WALLETS, mode=LockMode.SHARE),),
    taken=(),
)
OUTCOMES = [
    (
        PASSED,
        ["Rehearsed on PostgreSQL 18.6: 20 of 20 steps, locks as claimed, in sync afterwards."],
    ),
    (
        replace(
            PASSED,
            planned_for="15.4",
            rehearsed=19,
            left_out=(NotRehearsed(what="index `i`\x1b on public.t", why="no extension"),),
            rows=RowsMade(asked=5, made=1200, rejected=1, empty=("public.t",)),
        ),
        [
            "Rehearsed in part on PostgreSQL 18.6: 19 of 20 steps, locks as claimed, in sync afterwards.",
            "not rehearsed: index `i`\\x1b on public.t: no extension",
            "1,200 made-up rows; 1 row rejected by a constraint",
            "rehearsed empty: public.t",
            "the plan is for PostgreSQL 15.4: its steps ran on a newer server, "
            "which may take other locks than that version",
        ],
    ),
    (
        replace(PASSED, differing=(DIFFERS,), remaining=("create index i on public.t",)),
        [
            "The rehearsal failed on PostgreSQL 18.6: 20 of 20 steps, 1 step took other locks, not in sync afterwards.",
            "add check public.wallets.c: claims public.wallets SHARE, and took no lock",
            "still to do afterwards: create index i on public.t",
        ],
    ),
]


@pytest.mark.parametrize(("outcome", "lines"), OUTCOMES)
def test_every_outcome_in_every_format(outcome: Rehearsal, lines: list[str]) -> None:
    report = report_of(PLANS["changes"], outcome)
    first, *details = lines
    text = "\n".join([first, *(f"  - {line}" for line in details)])
    assert f"\n{text}\n\n" in render_text(report)
    listed = "".join(f"\n- {code(line)}" for line in details)
    assert f"\n\n**{first}**{listed and chr(10) + listed}\n\n" in render_markdown(report)
    page = re.sub(r"<[^>]+>", "", render_html(report))
    assert [html.unescape(line) for line in page.splitlines() if first[:20] in line][-1].endswith(first)
    for listed in (
        *outcome.remaining,
        *(one.why for one in outcome.left_out),
        *(str(one.step) for one in outcome.differing),
    ):
        assert listed in page
    assert all(line in html.unescape(page) for line in details[2:])
    found = json.loads(render_json(report))["rehearsal"]
    assert found["verdict"] == outcome.verdict.value
    assert [one["what"] for one in found["left_out"]] == [one.what for one in outcome.left_out]
    assert exit_code(report, differs=0) == (0 if outcome is PASSED else 1)
