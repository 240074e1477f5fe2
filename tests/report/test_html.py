"""The page: what it may load, hostile names, its size, and the geometry of its pictures."""

from __future__ import annotations

import base64
import hashlib
import itertools
import random
import re
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser

import pytest

from reconciler.model.limits import ExecutionClass
from reconciler.model.locks import LockClaim, LockMode
from reconciler.model.names import TableName, display
from reconciler.model.plan import TableSize
from reconciler.model.rehearsal import LocksTaken, NotRehearsed, Rehearsal, RowsMade
from reconciler.policy.rules import long_lock
from reconciler.report import render_html, report_of
from reconciler.report.html.blast import CHARACTER, blast
from reconciler.report.html.estimates import SCAN_RATE, estimated_s, time_text
from reconciler.report.html.exposure import exposures
from reconciler.report.html.layout import columns_of_nodes, place, spread
from reconciler.report.html.picture import draw
from reconciler.report.html.references import (
    MOST_TABLES,
    Arrow,
    Neighbourhood,
    ReferenceChange,
    Vertex,
    neighbourhood,
)
from reconciler.report.html.room import MOST_BYTES
from reconciler.report.html.timeline import MOST_BANDS, bar_width, timeline
from reconciler.report.wording import one_line
from tests.report.plans import (
    NOTES,
    PLANS,
    USERS,
    WALLETS,
    archive_route,
    drop_routes,
    foreign_key_route,
    key,
    plan,
    refusals,
)

SCRIPT = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"
NAMES = [
    SCRIPT,
    "\" onmouseover='x' style=\"",
    "{{ 7 * 7 }}{% x %}",
    "\u202egnp.exe\u2066",
    "a&lt;b>\x00\x1b[31m",
    "\u05e9\u05dd",
]


class Page(HTMLParser):
    """The tags of a page with their attributes, and the texts of style and script."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.sources: dict[str, str] = {}
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        if self.tags and self.tags[-1][0] in ("style", "script") and self.cdata_elem:
            self.sources[self.tags[-1][0]] = self.sources.get(self.tags[-1][0], "") + data

    def shape(self) -> list[tuple[str, tuple[str, ...]]]:
        return [(tag, tuple(attributes)) for tag, attributes in self.tags]


def renamed(text: str, name: str) -> str:
    return name if text in ("wallets", "users", "leftover", "wallets_backup") else text


def with_name(name: str):
    """Return the report of every sort of change, refusal, note and data check, with a name in each of them."""
    made = replace(
        plan(foreign_key_route(), archive_route(), *drop_routes(), refused=refusals()[:1], notes=NOTES[:1]),
        references={key("foreign_key", name, TableName(schema=name, name="other")): WALLETS},
        sizes={WALLETS: TableSize(rows=10, bytes=8192), USERS: TableSize(rows=10, bytes=8192)},
        sources=(name,),
    )
    report = report_of(made)
    table = TableName(schema="public", name=name)
    lock = LockClaim(table=table, mode=LockMode.ACCESS_EXCLUSIVE)
    first, *others = report.changes
    step = replace(first.steps[0], title=name, locks=(*first.steps[0].locks, lock), leaves=name)
    first = replace(first, title=f"create {name}", reason=name, steps=(step, *first.steps[1:]))
    refusal = replace(report.refusals[0], key=key("index", name, table), cause=name, remedy=name)
    return replace(
        report,
        changes=(first, *others),
        refusals=(refusal,),
        notes=(replace(report.notes[0], message=name),),
        sizes={**report.sizes, table: TableSize(rows=5_000_000, bytes=1 << 30)},
        server=replace(report.server, database=name, user=name),
        no_digest=name,
        rehearsal=Rehearsal(
            version=name,
            planned_for=name,
            steps=9,
            rehearsed=8,
            differing=(LocksTaken(step=step.id, claimed=(lock,), taken=(), first=True),),
            left_out=(NotRehearsed(what=name, why=name),),
            failure=name,
            remaining=(name,),
            rows=RowsMade(asked=1, made=1, rejected=0, empty=(name,)),
        ),
        policy=(("search_path", name),),
    )


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_text_wherever_it_is_printed(name: str) -> None:
    """A page has the same tags and attributes with any name, and no character acts on the text around it."""
    # A name of the same length that is quoted as well: the length decides which labels have room.
    alike = "P" * (len(one_line(display(name))) - 2)
    plain, hostile = Page(render_html(with_name(alike))), render_html(with_name(name))
    assert Counter(Page(hostile).shape()) == Counter(plain.shape())
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", hostile)


@pytest.mark.parametrize("name", PLANS)
def test_the_page_allows_only_its_own_style_and_script(name: str) -> None:
    page = Page(render_html(report_of(PLANS[name])))
    policy = next(attributes["content"] for tag, attributes in page.tags if "http-equiv" in attributes)
    assert policy is not None
    directives = dict(part.split(" ", 1) for part in policy.split("; "))
    assert directives == {
        "default-src": "'none'",
        "style-src": f"'sha256-{digest(page.sources['style'])}'",
        "script-src": f"'sha256-{digest(page.sources['script'])}'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    assert [tag for tag, _ in page.tags].count("script") == [tag for tag, _ in page.tags].count("style") == 1


def digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@pytest.mark.parametrize("name", PLANS)
def test_the_page_refers_to_nothing_outside(name: str) -> None:
    text = render_html(report_of(PLANS[name]))
    assert re.findall(r"(?i)https?:|@import|url\((?!#)", text) == []
    for tag, attributes in Page(text).tags:
        assert not {"src", "srcset", "style", "action", "data", "xlink:href"} & attributes.keys(), tag
        assert not [attribute for attribute in attributes if attribute.startswith("on")], tag
        assert str(attributes.get("href", "#")).startswith("#"), tag


def test_links_lead_to_sections_and_ids_are_unique() -> None:
    tags = Page(render_html(with_name("plain"))).tags
    ids = [attributes["id"] for _, attributes in tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    wanted = {str(value)[1:] for _, attributes in tags if (value := attributes.get("href"))}
    wanted |= {str(value) for _, attributes in tags if (value := attributes.get("aria-labelledby"))}
    assert wanted <= set(ids)


def test_no_value_of_a_row_is_on_the_page() -> None:
    assert "id = 7" not in render_html(report_of(PLANS["refused"]))


# --- Size --------------------------------------------------------------------------------------------------------


def large(changes: int, text: str = ""):
    """Return a report with many changes of two statements each. Only the last one has a hazard."""
    report = report_of(PLANS["changes"])
    worst = next(one for one in report.changes if one.hazards or any(step.hazards for step in one.steps))
    plain = next(one for one in report.changes if len(one.steps) == 1 and not one.steps[0].hazards)
    steps = tuple(replace(step, title=f"{step.title} {text}") for step in plain.steps)
    made = (
        replace(plain, number=n, key=plain.key._replace(name=f"i{n}"), title=f"create {n} {text}", steps=steps)
        for n in range(1, changes)
    )
    return replace(report, changes=(*made, replace(worst, number=changes, title=f"{worst.verb} the worst")))


def test_a_page_of_14_000_statements_is_small_and_counts_what_it_leaves_out() -> None:
    text = render_html(large(14_000))
    assert len(text.encode()) < MOST_BYTES
    left = re.search(r"… and ([\d,]+) more changes", text)
    assert left is not None
    assert text.count('<li class="change"') + int(left[1].replace(",", "")) == 14_000
    assert "the worst" in text, "harmless changes are left out first"
    numbers = re.findall(r'<summary><span class="nr">(\d+)', text)
    assert numbers == sorted(numbers, key=int), "the order is that of the plan"


def test_no_text_makes_the_page_too_large() -> None:
    """The worst characters for escaping, in everything that a plan may have many of."""
    evil = "\U000e0041" * 3_000 + "\"'<&" * 3_000
    many = large(200, evil)
    report = replace(
        many,
        refusals=refusals()[:1] * 300,
        notes=tuple(replace(NOTES[0], message=evil) for _ in range(300)),
        findings=tuple(refusals()[0].finding for _ in range(300)),  # type: ignore[misc]
        references={
            key("foreign_key", f"fk{n}", TableName(schema=evil[:200], name=f"{evil[:200]}{n % 300}")): WALLETS
            for n in range(600)
        },
        sources=(evil,) * 300,
        policy=tuple((evil, evil) for _ in range(300)),
        no_digest=evil,
        digest=None,
    )
    assert len(render_html(report).encode()) < MOST_BYTES


# --- Times -------------------------------------------------------------------------------------------------------


def test_estimates_follow_the_size_and_the_way_a_step_runs() -> None:
    add, validate = report_of(plan(foreign_key_route())).changes[0].steps
    sizes = {WALLETS: TableSize(rows=1, bytes=30 * SCAN_RATE), USERS: TableSize(rows=1, bytes=SCAN_RATE)}
    build = replace(validate, execution=ExecutionClass.CONCURRENT, builds=key("index", "i"))
    assert estimated_s(add, sizes) == 0.05
    assert estimated_s(validate, sizes) == 31
    assert estimated_s(build, sizes) == 124
    assert estimated_s(validate, {WALLETS: sizes[WALLETS]}) is None
    assert estimated_s(validate, {**sizes, USERS: TableSize(rows=None, bytes=1)}) is None
    assert [time_text(one) for one in (None, 0.05, 31.0)] == ["unknown", "a moment", "about 31.0 s"]


def test_the_scan_rate_is_that_of_the_policy() -> None:
    assert long_lock.RULE.parameters["scan_rate"].default == SCAN_RATE


def test_relations_are_sorted_by_what_their_locks_block_and_for_how_long() -> None:
    report = replace(
        report_of(plan(foreign_key_route(), archive_route(), *drop_routes())),
        sizes={WALLETS: TableSize(rows=1, bytes=1), USERS: TableSize(rows=1, bytes=1)},
    )
    found = {str(one.table): (one.blocks, one.seconds) for one in exposures(report)}
    assert found == {
        "public.leftover": (("reads", "writes"), 0.05),
        "public.wallets_backup": (("reads", "writes"), 0.05),
        "public.users": (("writes",), 0.05),
        "public.wallets": (("writes",), 0.05),
    }
    assert list(found)[:2] == ["public.leftover", "public.wallets_backup"]


# --- Pictures ----------------------------------------------------------------------------------------------------


def test_every_step_is_in_one_band_or_counted() -> None:
    report = large(1_000)
    steps = tuple(replace(step, number=change.number) for change in report.changes for step in change.steps[:1])
    report = replace(
        report, changes=tuple(replace(c, steps=(s,)) for c, s in zip(report.changes, steps, strict=True))
    )
    found = timeline(report)
    numbers = [slot.number for band in found.bands for slot in band.slots]
    assert len(found.bands) == MOST_BANDS
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) + found.left == 1_000
    for band in found.bands:
        for slot, after in itertools.pairwise(band.slots):
            assert slot.x + slot.width == pytest.approx(after.x, abs=0.11)
        assert band.slots[-1].x + band.slots[-1].width <= band.width


def test_a_longer_step_is_wider() -> None:
    widths = [bar_width(seconds) for seconds in (0.05, 1.0, 60.0, 3600.0)]
    assert widths == sorted(set(widths))
    assert bar_width(None) == bar_width(60.0)


def test_a_step_that_takes_two_locks_on_a_relation_shows_the_stronger_one() -> None:
    report = report_of(plan(foreign_key_route()))
    weak = LockClaim(table=WALLETS, mode=LockMode.ACCESS_SHARE)
    change = report.changes[0]
    step = replace(change.steps[0], locks=(*change.steps[0].locks, weak))
    found = timeline(replace(report, changes=(replace(change, steps=(step,)),)))
    assert [held.mode for held in found.bands[0].held] == ["share-row-exclusive"] * 2


def test_each_lock_mode_has_a_hatch_of_its_own() -> None:
    report = report_of(plan(foreign_key_route()))
    change = report.changes[0]
    locks = [LockClaim(table=TableName(schema="s", name=f"t{n}"), mode=mode) for n, mode in enumerate(LockMode)]
    change = replace(change, steps=(replace(change.steps[0], locks=tuple(locks)),))
    text = render_html(replace(report, changes=(change,)))
    hatches = dict(re.findall(r'<pattern id="hatch-([a-z-]+)" (.*?)</pattern>', text))
    assert hatches.keys() == {mode.value.lower().replace(" ", "-") for mode in LockMode}
    assert len(set(hatches.values())) == len(LockMode)
    used = Counter(re.findall(r'class="hatch [^>]*fill="url\(#hatch-([a-z-]+)\)"', text))
    assert used == dict.fromkeys(hatches, 2), "in its lane, and in the legend"


def test_new_foreign_keys_are_dashed_and_labelled_after_the_plan() -> None:
    text = render_html(report_of(PLANS["changes"]))
    before, after = re.findall(r'<svg class="keys.*?</svg>', text, re.DOTALL)
    assert len(re.findall('<g class="arrow new">', after)) == 1
    (label,) = re.findall('<text class="edge-label new"[^>]*>(.*?)</text>', after)
    assert label == "new fk_wallets_user_id"
    assert "new" not in re.findall(r'class="(?:arrow|edge-label) (\w+)"', before)
    (style,) = re.findall(r"<style[^>]*>(.*?)</style>", text, re.DOTALL)
    dashes = dict(re.findall(r"\.(\w+) \.edge \{[^}]*stroke-dasharray: ([\d ]+);", style))
    assert dashes.keys() == {"new", "dropped"}
    assert dashes["new"] != dashes["dropped"]


def test_names_in_the_blast_radius_cover_nothing() -> None:
    chance = random.Random(1)
    shown = [
        replace(
            exposures(report_of(plan(foreign_key_route())))[0],
            table=TableName(schema="public", name=f"table_{n}"),
            size=TableSize(rows=int(10 ** chance.uniform(0, 9)), bytes=1),
            seconds=10 ** chance.uniform(-1, 3),
        )
        for n in range(150)
    ]
    found = blast(shown)
    assert len(found.points) == 150
    assert 1 < len(found.names) <= 12
    for one, other in itertools.combinations(found.names, 2):
        assert abs(one.y - other.y) >= 14 or one.right <= other.left or other.right <= one.left
    assert all(name.right - name.left == pytest.approx(CHARACTER * len(name.text)) for name in found.names)


def graph(seed: int) -> Neighbourhood:
    """Return a random graph, with cycles, loops and references of every change."""
    chance = random.Random(seed)
    tables = [TableName(schema="s", name=f"table_{n}") for n in range(chance.randint(2, 30))]
    pairs = {(chance.choice(tables), chance.choice(tables)) for _ in range(chance.randint(1, 45))}
    arrows = [
        Arrow(start=a, end=b, change=chance.choice(list(ReferenceChange)), names=("fk",)) for a, b in sorted(pairs)
    ]
    used = sorted({table for arrow in arrows for table in (arrow.start, arrow.end)})
    nodes = tuple(Vertex(table=table, note="", is_changed=True) for table in used)
    return Neighbourhood(nodes=nodes, arrows=tuple(arrows), tables_left=0, keys_left=0)


@pytest.mark.parametrize("seed", range(40))
def test_no_two_tables_overlap_and_the_picture_is_always_the_same(seed: int) -> None:
    before, after = draw(graph(seed))
    for one, other in itertools.combinations(after.boxes, 2):
        apart = one.x + one.width <= other.x or other.x + other.width <= one.x
        assert apart or one.y + one.height <= other.y or other.y + other.height <= one.y
    for box in after.boxes:
        assert 0 <= box.x <= box.x + box.width <= after.width
        assert 0 <= box.y <= box.y + box.height <= after.height
    assert before.boxes == after.boxes, "a table has the same position in both"
    assert {line.arrow.change for line in before.lines} <= {
        ReferenceChange.KEPT,
        ReferenceChange.CHANGED,
        ReferenceChange.DROPPED,
    }
    assert {line.arrow.change for line in after.lines} <= {
        ReferenceChange.KEPT,
        ReferenceChange.CHANGED,
        ReferenceChange.NEW,
    }
    assert draw(graph(seed)) == (before, after)


def test_arrows_lead_to_the_right_unless_they_close_a_cycle() -> None:
    edges = [("a", "b"), ("b", "c"), ("a", "c"), ("c", "a"), ("c", "c")]
    assert columns_of_nodes("abc", edges) == {"a": 0, "b": 1, "c": 2}


def test_a_path_of_two_columns_passes_the_one_between() -> None:
    columns, rows = place(["a", "b", "c"], [("a", "b"), ("b", "c"), ("a", "c")], dict.fromkeys("abc", 40.0))
    assert columns == {"a": 0, "b": 1, "c": 2}
    assert abs(rows["a", "c", "1"] - rows["b",]) >= (40 + 18) / 2


def test_middles_are_as_near_as_possible_to_where_they_are_wanted() -> None:
    assert spread([0, 0, 0], [2, 2, 2]) == [-2, 0, 2]
    assert spread([0, 10, 20], [2, 2, 2]) == [0, 10, 20]
    assert spread([5, 0], [2, 4]) == [1, 4]


# --- Foreign keys ------------------------------------------------------------------------------------------------


def reference_changes(report) -> dict[str, ReferenceChange]:
    return {name: arrow.change for arrow in neighbourhood(report).arrows for name in arrow.names}


def test_foreign_keys_are_new_changed_dropped_or_kept() -> None:
    leftover, other = TableName(schema="public", name="leftover"), TableName(schema="public", name="other")
    kept = {
        key("foreign_key", "fk_kept", other): WALLETS,
        key("foreign_key", "fk_leftover", leftover): USERS,
        key("foreign_key", "fk_archived", TableName(schema="public", name="wallets_backup")): USERS,
    }
    new = replace(plan(foreign_key_route(), archive_route(), *drop_routes()), references=kept)
    assert reference_changes(report_of(new)) == {
        "fk_wallets_user_id": ReferenceChange.NEW,
        "fk_kept": ReferenceChange.KEPT,
        "fk_leftover": ReferenceChange.DROPPED,
        "fk_archived": ReferenceChange.KEPT,
    }
    route = foreign_key_route(validate_only=True)
    validated = replace(plan(route), references={route.change.key: USERS})
    assert reference_changes(report_of(validated)) == {"fk_wallets_user_id": ReferenceChange.CHANGED}
    moved = replace(route.change, before=replace(route.change.before, ref_table=other))  # type: ignore[type-var]
    found = [(a.end.name, a.change) for a in neighbourhood(report_of(plan(replace(route, change=moved)))).arrows]
    assert found == [("other", ReferenceChange.DROPPED), ("users", ReferenceChange.NEW)]


def test_a_large_neighbourhood_is_cut_and_counted() -> None:
    references = {
        key("foreign_key", f"fk_{n}", TableName(schema="public", name=f"t{n}")): USERS for n in range(500)
    }
    found = neighbourhood(report_of(replace(plan(foreign_key_route()), references=references)))
    assert found.arrows[0].change is ReferenceChange.NEW, "changed foreign keys come first"
    assert len(found.nodes) == MOST_TABLES
    assert len(found.nodes) + found.tables_left == 502
    assert sum(len(arrow.names) for arrow in found.arrows) + found.keys_left == 501


def test_the_limit_of_waiting_is_named() -> None:
    report = replace(report_of(PLANS["changes"]), lock_timeout=timedelta(milliseconds=1500))
    assert "at most 1.5 s" in render_html(report)
