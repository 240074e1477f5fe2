"""The files of `reconcile ci`, their limits, annotations, and the CI system."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest

from reconciler.model.change import Difference
from reconciler.model.ci_system import (
    CiSystem,
    ci_system,
    json_without_log_commands,
    markup_without_log_commands,
    without_log_commands,
)
from reconciler.model.names import Place
from reconciler.model.plan import Note
from reconciler.model.rules.notes import FROM_SNAPSHOT
from reconciler.report import report_of
from reconciler.report.annotations import Annotation, annotations_of, log_commands
from reconciler.report.ci import SUMMARY_BYTES, comment_text, report_files, summary_text
from reconciler.report.issues import Level, worst_first
from reconciler.report.log_sections import section_marks
from tests.report.plans import HOSTILE, PLANS

MANY = 5_000


def many():
    """Return a report with 5,000 changes. Only the last one has a hazard."""
    report = report_of(PLANS["changes"])
    plain = replace(next(one for one in report.changes if one.steps), title="é" * 200, hazards=(), steps=())
    worst = next(one for one in report.changes if one.hazards or any(step.hazards for step in one.steps))
    return replace(report, changes=(*[plain] * (MANY - 1), replace(worst, title="the worst")))


def test_comment_and_summary_fit_begin_with_the_worst_and_count_the_rest():
    report = many()
    comment, summary = comment_text(report), summary_text(report)
    assert len(comment) <= 60_200
    assert SUMMARY_BYTES * 0.9 < len(summary.encode()) <= SUMMARY_BYTES
    for text in (comment, summary):
        titles = re.findall("<summary><code>. (.*?)</code>", text)
        left = re.search(r"… and ([\d,]+) changes more, omitted", text) or re.search(r"and ([\d,]+) change", text)
        assert titles[0] == "the worst"
        assert left is not None
        assert len(titles) + int(left[1].replace(",", "")) == MANY


def in_order(text, *parts):
    """Whether the parts are in the text, in this order."""
    found = [text.index(one) for one in parts]
    return found == sorted(found)


@pytest.mark.parametrize("make", [comment_text, lambda one: summary_text(one, 60_000)])
def test_many_notes_hide_no_change_and_no_hazard(make):
    """The warnings of a policy are notes: there may be one for each object."""
    warning = Note(
        rule="object-name", key=None, place=Place(file="schema.yaml", line=3, column=7), message="x" * 100
    )
    preview = Note(rule=FROM_SNAPSHOT, key=None, place=None, message="planned from a snapshot")
    report = report_of(replace(PLANS["changes"], notes=(preview, *[warning] * 1_000)))
    text = make(report)
    assert text.count("<details>") == len(report.changes) == 6
    assert in_order(
        text,
        "### reconcile",
        "**Not checked:** `planned from a snapshot`",
        f"**{report.summary}**",
        "- hazard `drop-table` (gated): ``table public.leftover: 12 rows; ",
        "- drop table public.leftover",
        "- drop index idx_old",
        "- archive table public.wallets_backup",
        "- note (`object-name`)",
    )
    assert f"*… and {1_000 - text.count('- note (')} notes more, omitted" in text


def test_each_section_is_cut_on_its_own():
    """Whatever is too large leaves the others their room, and says how large it is."""
    report = report_of(PLANS["changes"])
    refusal = report_of(PLANS["refused"]).refusals[0]
    large = replace(
        report.changes[4],
        title="large",
        differences=(Difference(path="a", before="b" * 70_000, after="c", place=None),),
    )
    report = replace(
        report, changes=(*report.changes, large), refusals=(replace(refusal, cause="d" * 70_000), refusal)
    )
    text = comment_text(report)
    assert len(text) <= 60_200
    assert text.count("**Refused**") == 2
    assert text.count("<details>") == 6
    assert "- `- large` (`schema.yaml:52:7`): hazards `drop-table`; 1 step, too long to show here" in text


def test_many_gated_hazards_are_counted():
    report = report_of(PLANS["changes"])
    drop = report.changes[4]
    keys = [drop.key._replace(table=f"t{n}") for n in range(2_000)]
    text = comment_text(replace(report, changes=tuple(replace(drop, key=one) for one in keys)))
    listed = text.count("- hazard `drop-table` (gated): ``table public.t")
    assert listed > 100
    assert f"*… and {2_000 - listed:,} gated hazards more, omitted" in text
    assert "*… and 2,000 changes more, omitted" in text


def test_a_comment_for_bitbucket_has_no_html_and_fits():
    text = comment_text(many(), CiSystem.BITBUCKET)
    assert len(text) <= 32_767 - 5_000
    assert re.search(r"\*\*Change:\*\* `. the worst`", text)
    assert "</" not in comment_text(report_of(PLANS["changes"]), CiSystem.BITBUCKET)


def test_a_summary_for_which_there_is_no_room_is_empty():
    assert summary_text(many(), 100) == ""


def test_worst_first_keeps_every_change():
    report = many()
    assert sorted(map(id, worst_first(report).changes[1:])) == sorted(map(id, report.changes[:-1]))


def test_every_format_has_a_file_and_no_file_a_row():
    files = report_files(report_of(PLANS["refused"]))
    assert {"comment.md", "summary.md", "plan.txt", "plan.json", "plan.sql"} <= files.keys()


@pytest.mark.parametrize(
    ("variable", "system"),
    [
        ("GITHUB_ACTIONS", CiSystem.GITHUB),
        ("GITLAB_CI", CiSystem.GITLAB),
        ("BITBUCKET_BUILD_NUMBER", CiSystem.BITBUCKET),
        ("TF_BUILD", CiSystem.AZURE),
        ("JENKINS_URL", CiSystem.JENKINS),
        ("TEAMCITY_VERSION", CiSystem.TEAMCITY),
        ("OTHER", CiSystem.PLAIN),
    ],
)
def test_the_system_is_found_by_its_variable(variable, system):
    assert ci_system({variable: "true", "GITHUB_ACTIONS_X": "1"}) is system
    assert ci_system({variable: ""}) is CiSystem.PLAIN


def test_text_holds_no_log_command():
    text = "a::b\n::error::x\n  ::add-mask::y\n x ##[error]z ###vso[task.x]y\n:::stop\n\x1b[31m::stop"
    assert without_log_commands(text) == (
        "a::b\n: :error::x\n  : :add-mask::y\n x # #[error]z ## #vso[task.x]y\n: ::stop\n\x1b[31m: :stop"
    )


@pytest.mark.parametrize(
    ("system", "begin", "end"),
    [
        (CiSystem.GITHUB, "::group::Plan\n", "::endgroup::\n"),
        (CiSystem.AZURE, "##[group]Plan\n", "##[endgroup]\n"),
        (
            CiSystem.GITLAB,
            "\x1b[0Ksection_start:60:reconcile_report[collapsed=true]\r\x1b[0KPlan\n",
            "\x1b[0Ksection_end:60:reconcile_report\r\x1b[0K\n",
        ),
        (CiSystem.TEAMCITY, "##teamcity[blockOpened name='Plan']\n", "##teamcity[blockClosed name='Plan']\n"),
        (CiSystem.JENKINS, "", ""),
    ],
)
def test_sections_of_the_log_are_those_of_the_system(system, begin, end):
    assert section_marks("Plan", system, datetime.fromtimestamp(60, UTC)) == (begin, end)


def test_documents_hold_no_log_command_and_keep_their_content():
    text = "##[a] ##vso[b]\n::stop-commands::x"
    written = json_without_log_commands(json.dumps(text))
    assert "##" not in written
    assert json.loads(written) == text
    markup = markup_without_log_commands(f"<a>\n{text}</a>")
    assert without_log_commands(markup) == markup
    assert ElementTree.fromstring(markup).text == f"\n{text}"


def annotation(level=Level.ERROR, message=HOSTILE):
    place = Place(file="a,b:c;]\n.yaml", line=3, column=7)
    return Annotation(level=level, place=place, title="t,:;]\n::x", message=message)


def test_an_annotation_is_one_command_whatever_its_text_is():
    message = "50%\n::set-output name=x::y ##vso[task.setvariable]"
    github = log_commands([annotation(message=message)], CiSystem.GITHUB)
    azure = log_commands([annotation(message=message)], CiSystem.AZURE)
    assert github.count("\n") == azure.count("\n") == 1
    assert github.startswith("::error file=a%2Cb%3Ac;]")
    assert "line=3,col=7,title=t%2C%3A;]" in github
    assert "50%25" in github
    assert azure.startswith("##vso[task.logissue type=error;sourcepath=a,b:c%3B%5D")
    assert azure.count("##") == 1
    assert "##" not in github
    assert log_commands([annotation()], CiSystem.GITLAB) == ""


def test_ten_annotations_of_a_level_are_kept_and_the_others_counted():
    lines = log_commands([annotation(Level.NOTE)] * 25 + [annotation()], CiSystem.GITHUB).splitlines()
    assert [line.split(" ")[0] for line in lines] == ["::error", *["::notice"] * 10]
    assert lines[-1].endswith("::16 more are in the report")


def test_refusals_hazards_and_notes_are_annotations():
    levels = [one.level for name in PLANS for one in annotations_of(report_of(PLANS[name]))]
    assert set(levels) == set(Level)
