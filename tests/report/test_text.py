"""The order, groups and limits of a plan's text, and its layout on a terminal."""

from __future__ import annotations

import dataclasses
import re
from datetime import UTC, datetime

import pytest

from reconciler.model.hazards import Hazard
from reconciler.model.limits import ExecutionClass
from reconciler.model.locks import LockClaim, LockMode
from reconciler.model.names import Key, TableName
from reconciler.model.plan import Note, Plan, Preview, Refusal, TableSize
from reconciler.model.rules.hazards import UNCHECKED_DATA
from reconciler.model.rules.undoing import STILL_DECLARED
from reconciler.model.size_text import byte_count
from reconciler.model.step_id import Verb
from reconciler.report import render_markdown, render_text, report_of
from reconciler.report.refusals import without_middle
from reconciler.report.report import name_of
from reconciler.report.theme import COLOUR
from tests.report.plans import PLANS, USERS, WALLETS, foreign_key_route, index_route, key, place, plan, refusals

SIZES = {USERS: TableSize(rows=1200, bytes=98_304), WALLETS: TableSize(rows=None, bytes=0)}
CHANGES = dataclasses.replace(PLANS["changes"], sizes=SIZES)


def shown(of: Plan, *, samples: int = 0, verbose: bool = False, width: int | None = None) -> str:
    return render_text(report_of(of), samples=samples, verbose=verbose, width=width)


def refusal(name: str, *, rule: str = "missing-column", cause: str = "there is no such column") -> Refusal:
    remedy = "correct the name of the column"
    return Refusal(rule=rule, key=key("index", name), place=place(3), cause=cause, remedy=remedy)


@pytest.mark.parametrize("refused", [True, False])
def test_the_most_important_lines_come_first(refused):
    """Nothing of a refused plan runs, so no lock blocks anything."""
    reasons = refusals()[-1:] if refused else ()
    text = shown(plan(foreign_key_route(), *CHANGES.routes[-2:], refused=reasons, notes=CHANGES.notes))
    first = ("Refused: ", "✗ refused") if refused else ("Plan: ", "Blocking locks")
    order = (*first, "Hazards:", "note ", "+ create", "- drop")
    positions = [re.search(f"^{re.escape(start)}", text, re.MULTILINE) for start in order]
    assert all(positions)
    assert [one.start() for one in positions if one] == sorted(one.start() for one in positions if one)
    assert ("Blocking locks" in text) is not refused


def test_each_change_is_one_line_and_sql_comes_with_verbose():
    text, everything = shown(CHANGES), shown(CHANGES, verbose=True)
    lines = [line for line in text.splitlines() if re.match(r"[-+~>*] ", line)]
    assert len(lines) == len(CHANGES.routes)
    assert "ALTER TABLE" not in text
    assert "blocks neither" not in text
    assert all(str(statement) in everything for step in CHANGES.steps for statement in step.action.statements)
    assert "locks public.users ROW SHARE: blocks neither reads nor writes" in everything


def test_the_lock_on_an_attached_index_blocks_traffic_of_its_table():
    route = index_route()
    index = key("index", "part_idx")
    locks = (LockClaim(table=TableName(schema=index.schema, name="part_idx"), mode=LockMode.ACCESS_EXCLUSIVE),)
    attach = dataclasses.replace(
        route.steps[0], id=Verb.ATTACH.of(index), locks=locks, execution=ExecutionClass.BRIEF
    )
    text = shown(plan(dataclasses.replace(route, steps=(attach, *route.steps[1:]))))
    assert f"! {WALLETS}: blocks reads and writes in 1 step, for a moment" in text
    assert "! public.part_idx" not in text


def test_an_alteration_says_on_its_line_what_differs():
    (line,) = (line for line in shown(CHANGES).splitlines() if line.startswith("~"))
    assert "expression path[1:2] IS NULL → path[1:n]::text <> ':n'; comment null → why: 'so'\\nand so" in line


def test_an_alteration_is_folded_on_a_narrow_terminal():
    lines = shown(CHANGES, width=80).splitlines()
    number = next(n for n, line in enumerate(lines) if line.startswith("~"))
    assert lines[number].endswith('renamed from "Old Check"')
    assert lines[number + 1] == "    (schema.yaml:30:7):"
    assert lines[number + 2] == "    expression path[1:2] IS NULL → path[1:n]::text <> ':n'; comment null → why:"
    assert lines[number + 3] == "    'so'\\nand so"


def test_everything_but_sql_is_folded_with_verbose():
    sql = [str(one) for step in CHANGES.steps for one in step.action.statements]
    sql += [str(one.guard.more) for one in CHANGES.findings]
    copied = [part.strip() for one in sql for part in one.splitlines()] + ["Digest: "]
    long = [line for line in shown(CHANGES, verbose=True, width=80).splitlines() if len(line) > 80]
    assert [line for line in long if not any(part in line for part in copied)] == []


def test_blocking_locks_are_marked_without_colour_and_with_sizes():
    text = shown(CHANGES)
    assert "! public.users (about 1,200 rows, 96 kB): blocks writes in 1 step, for a moment\n" in text
    wallets = "! public.wallets (size unknown: never analyzed): blocks "
    assert f"{wallets}reads and writes in 1 step, writes in 1 step, each for a moment\n" in text
    assert "     ! locks public.users SHARE ROW EXCLUSIVE: blocks writes\n" in shown(CHANGES, verbose=True)


def test_locks_that_block_are_bold_in_colour():
    text = render_text(report_of(CHANGES), COLOUR)
    line = next(line for line in text.splitlines() if "public.users (about" in line)
    assert "\x1b[1;33mpublic.users (about 1,200 rows, 96 kB): blocks writes" in line


def test_only_the_tables_that_matter_most_are_listed():
    (route,) = plan(foreign_key_route()).routes
    step = route.steps[0]
    tables = [TableName(schema="public", name=f"t{n:02}") for n in range(20)]
    locks = tuple(dataclasses.replace(step.locks[0], table=table) for table in tables)
    many = dataclasses.replace(route, steps=(dataclasses.replace(step, locks=locks), route.steps[1]))
    sizes = {table: TableSize(rows=n, bytes=n * 8192) for n, table in enumerate(tables)}
    text = shown(dataclasses.replace(plan(many), sizes=sizes))
    listed = re.findall(r"^! public\.(t\d+)", text, re.MULTILINE)
    assert listed == [f"t{n:02}" for n in range(19, 9, -1)]
    assert "  … and 10 more tables, listed with -v\n" in text
    everything = shown(dataclasses.replace(plan(many), sizes=sizes), verbose=True)
    assert len(re.findall(r"^! public\.t\d+", everything, re.MULTILINE)) == 20


def test_refusals_of_one_rule_on_one_table_are_grouped():
    refused = plan(refused=tuple(refusal(f"i{n:02}") for n in range(14)))
    text = shown(refused)
    assert text.count("✗ refused") == 1
    assert text == (
        "Refused: 14 reasons; nothing may be applied.\n"
        "Database samia on db.example, port 5432, PostgreSQL 18.6, as postgres\n"
        "\n"
        "✗ refused public.wallets, 14 reasons [missing-column]\n"
        "    cause    there is no such column\n"
        + "".join(f"    · index i{n:02} (schema.yaml:3:7)\n" for n in range(5))
        + "    … and 9 more, listed with -v\n"
        "    remedy   correct the name of the column\n"
        "\n"
        "What an id in brackets means: `reconcile explain missing-column`.\n"
    )
    everything = shown(refused, verbose=True)
    assert all(f"index i{n:02} (" in everything for n in range(14))


def test_changes_that_are_refused_have_another_mark():
    change = foreign_key_route().change
    text = shown(plan(foreign_key_route(), *CHANGES.routes[-2:], refused=refusals()))
    (refused,) = (line for line in text.splitlines() if line.startswith(f"✗ create {change.key} "))
    assert refused.endswith(" [orphans]")
    assert [line[:6] for line in text.splitlines() if re.match(r"[-+] ", line)] == ["- drop", "- drop"]


def test_a_gated_hazard_says_whether_and_by_what_it_is_accepted():
    dropping = CHANGES.routes[-2:]
    policy = dataclasses.replace(CHANGES.policy, allow=frozenset({"drop-table"}), max_drops=3)
    by_file = shown(dataclasses.replace(plan(*dropping), policy=policy))
    refused = Refusal(
        rule="hazard-not-accepted",
        key=dropping[0].change.key,
        place=place(3),
        cause="drop-table: 12 rows",
        remedy="no",
    )
    assert "! hazard drop-table (gated, accepted by policy.allow): " in by_file
    assert "\nPolicy: allow drop-table; max_drops 3\n" in by_file
    assert "! hazard drop-table (gated, accepted by --allow): " in shown(plan(*dropping))
    assert "! hazard drop-table (gated, not accepted)\n" in shown(plan(*dropping, refused=(refused,)))


def test_several_refusals_say_their_common_sentence_once():
    causes = [f"no-writes: {count} rows; until it is repaired; nobody can update it" for count in (2, 3)]
    refused = tuple(refusal(name, cause=cause) for name, cause in zip("ab", causes, strict=True))
    assert (
        "    · index a (schema.yaml:3:7): 2 rows\n"
        "    · index b (schema.yaml:3:7): 3 rows\n"
        "    cause    no-writes: until it is repaired; nobody can update it\n"
    ) in shown(plan(refused=refused))


def test_a_cause_does_not_repeat_the_object_before_it():
    named = refusal("a")
    text = shown(plan(refused=(dataclasses.replace(named, cause=f"{named.key}: it is on a partitioned table"),)))
    assert "    cause    it is on a partitioned table\n" in text


def test_refused_objects_without_a_change_are_listed_with_the_changes():
    refused = (refusal("a"), refusal("a", rule="missing-table"))
    lines = shown(plan(foreign_key_route(), refused=refused)).splitlines()
    assert lines[-1] == "✗ index a on public.wallets (schema.yaml:3:7) [missing-column, missing-table]"
    assert "\n✗ index" not in shown(plan(refused=refused))


def test_the_digest_comes_with_verbose_unless_the_plan_is_refused():
    assert shown(CHANGES, verbose=True).endswith(f"\n\nDigest: {CHANGES.digest}\n")
    assert "Digest" not in shown(CHANGES)
    assert "Digest" not in shown(plan(foreign_key_route(), refused=refusals()), verbose=True)


def test_sizes_of_a_snapshot_are_lower_bounds():
    preview = Preview(taken=datetime(2026, 11, 28, tzinfo=UTC), tool="1")
    text = shown(dataclasses.replace(CHANGES, preview=preview))
    assert "! public.users (1,200 rows or more, 96 kB or more): blocks " in text


@pytest.mark.parametrize(
    ("kind", "name", "expected"),
    [
        ("not_null", "email", "not-null of public.wallets.email"),
        ("unique", "one", "unique constraint one on public.wallets"),
        ("exclusion", "one", "exclusion constraint one on public.wallets"),
        ("index", "one", "index one on public.wallets"),
        ("primary_key", "", "primary key of public.wallets"),
        ("dropped_table", "", "table public.wallets"),
    ],
)
def test_objects_are_named_with_the_noun_of_their_kind(kind: str, name: str, expected: str):
    assert name_of(key(kind, name)) == expected
    route = foreign_key_route()
    change = dataclasses.replace(route.change, key=key(kind, name))
    hazard = Hazard(kind=UNCHECKED_DATA, detail=str(change.key))
    text = shown(plan(dataclasses.replace(route, change=change, hazards=(hazard,))))
    assert f"    · {expected}\n" in text
    assert f" {expected} (schema.yaml" in text


def test_refusals_of_other_rules_or_tables_stay_apart():
    other = dataclasses.replace(refusal("a"), key=key("index", "a", table=USERS))
    text = shown(plan(refused=(refusal("a"), other, refusal("b", rule="conflict"))))
    assert text.count("✗ refused") == 3


def test_why_objects_of_several_tables_are_unknown_is_said_once():
    other = dataclasses.replace(refusal("b", rule="unknown"), key=key("index", "b", table=USERS))
    text = shown(plan(refused=(refusal("a", rule="unknown"), other, refusal("c", rule="unknown"))))
    assert text.count("there is no such column") == 1
    assert "✗ refused 2 tables, 3 reasons [unknown]\n" in text
    assert (
        "    · index a on public.wallets (schema.yaml:3:7)\n    · index b on public.users (schema.yaml:3:7)\n"
        in text
    )


def test_different_reasons_are_printed_with_their_objects():
    text = shown(plan(refused=(refusal("a", cause="no column x"), refusal("b", cause="no column y"))))
    assert "    · index a (schema.yaml:3:7): no column x\n" in text
    assert "    · index b (schema.yaml:3:7): no column y\n" in text
    assert text.count("remedy") == 1


def test_a_long_enumeration_is_cut_in_its_middle():
    views = ", ".join(f'view public."v, {n}"' for n in range(200))
    cause = f"{views} depend on public.wallets"
    text = without_middle(cause)
    assert len(text) < 400
    assert text.endswith('view public."v, 199" depend on public.wallets')
    left = re.search(r", (\d+) more \(listed with -v\), ", text)
    assert left is not None
    assert int(left.group(1)) + text.count("view ") == 200
    assert without_middle(views[:300]) == views[:300]
    assert cause in shown(plan(refused=(refusal("a", cause=cause),)), verbose=True)
    assert max(map(len, shown(plan(refused=(refusal("a", cause=cause),))).splitlines())) < 440


def test_a_long_note_is_cut_in_its_middle_and_whole_with_verbose():
    places = ", ".join(str(place(n)) for n in range(1, 75))
    note = Note(rule=STILL_DECLARED, key=None, place=None, message=f"the run read them at {places}: change them")
    text, whole = (shown(plan(notes=(note,)), verbose=verbose) for verbose in (False, True))
    assert note.message in whole
    (line,) = (line for line in text.splitlines() if line.startswith("note "))
    assert len(line) < 400
    left = re.search(r", (\d+) more \(listed with -v\), ", line)
    assert left is not None
    assert int(left[1]) + line.count("schema.yaml") == 74
    assert line.endswith("schema.yaml:74:7: change them [still-declared]")


@pytest.mark.parametrize(
    ("message", "line"),
    [
        ("check c on public.t stays validated", "check c on public.t stays validated"),
        ("the repair for check c on public.t deleted 1 row", "the repair for check c on public.t deleted 1 row"),
        ("check c on public.t2 differs", "check c on public.t: check c on public.t2 differs"),
        (
            "to correct this, run:\n  DROP FUNCTION f();",
            "check c on public.t: to correct this, run: DROP FUNCTION f();",
        ),
    ],
)
def test_a_note_names_its_object_once(message, line):
    note = Note(
        rule=STILL_DECLARED,
        key=Key(schema="public", table="t", kind="check", name="c"),
        place=None,
        message=message,
    )
    assert f"note {line} [still-declared]\n" in shown(plan(notes=(note,)), verbose=True)
    assert f"`{line}`" in render_markdown(report_of(plan(notes=(note,)))) or "\n" in message


def test_a_check_that_gave_no_answer_comes_with_its_query():
    whole = plan(foreign_key_route(), refused=refusals())
    finding = dataclasses.replace(whole.findings[1], key=key("foreign_key", "fk_wallets_user_id"))
    (route,) = whole.routes
    hazard = route.steps[1].hazards[0]
    detail = f"not counted in time: {finding.guard.title}"
    hazards = (dataclasses.replace(hazard, detail=detail),)
    reported = dataclasses.replace(
        whole, routes=(dataclasses.replace(route, hazards=hazards),), refusals=(), findings=(finding,)
    )
    assert "    check    SELECT c.*\n" in shown(reported)


def test_what_is_headed_by_a_long_name_is_folded_before_its_place():
    lines = shown(PLANS["refused"], width=60).splitlines() + shown(CHANGES, width=60).splitlines()
    heads = [line for line in lines if line.startswith(("✗", "+", "~", "-", ">", "*"))]
    assert heads
    assert [line for line in heads if len(line) > 60] == []
    assert "    (schema.yaml:12:7) [orphans]" in lines


@pytest.mark.parametrize("width", [80, 120])
def test_prose_fits_the_terminal_and_sql_is_left_as_it_is(width):
    text = shown(CHANGES, verbose=True, width=width)
    sql = {line for step in CHANGES.steps for one in step.action.statements for line in f"{one};".splitlines()}
    facts = re.compile(r"[-+~>*] | +\d+\. | +! locks | +locks ")
    long = [line for line in text.splitlines() if len(line) > width]
    assert [line for line in long if line.strip() not in sql and not facts.match(line)] == []
    assert re.sub(r"\s+", " ", text).count(UNCHECKED_DATA.meaning) == 2


def test_the_summary_is_repeated_at_the_end_of_what_fills_a_screen():
    summary = report_of(CHANGES).summary
    assert shown(CHANGES, verbose=True, width=200).splitlines().count(summary) == 2
    assert shown(CHANGES, verbose=True).splitlines().count(summary) == 1


def test_sizes_are_in_the_units_of_postgresql():
    counts = (0, 1023, 8192, 1_300_000, 104_857_600, 5 * 1024**3)
    assert [byte_count(count) for count in counts] == [
        "0 bytes",
        "1,023 bytes",
        "8 kB",
        "1.2 MB",
        "100 MB",
        "5.0 GB",
    ]


def test_rights_that_a_role_lacks_are_counted_and_listed_with_verbose():
    texts = [f"`apply` would be refused: run GRANT {right};" for right in ("SELECT", "INSERT")]
    notes = tuple(Note(rule="missing-privilege", key=None, place=None, message=text) for text in texts)
    of = dataclasses.replace(CHANGES, notes=notes)
    assert "note this role cannot apply the plan: it lacks 2 rights, listed with -v [missing-privilege]" in shown(
        of
    )
    assert "GRANT" not in shown(of)
    assert all(text in shown(of, verbose=True) for text in texts)
