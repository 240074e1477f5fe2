"""The HTML page in a real browser: what it loads, its filter, small screens, paper, the keyboard, and accessibility."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from reconciler.report import render_html, report_of
from tests.browser import chromium
from tests.browser.chromium import site
from tests.programs import AXE, need
from tests.report.plans import PLANS
from tests.report.test_html import SCRIPT, large, with_name
from tests.servers import NIGHTLY

pytestmark = pytest.mark.skipif(not NIGHTLY, reason="only at night: RECONCILE_TEST_NIGHTLY=1")

PAGES = {name: render_html(report_of(plan)) for name, plan in PLANS.items()} if NIGHTLY else {}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    need("chromium", "playwright", "axe-core")
    with chromium.browser() as started:
        yield started


@contextmanager
def opened(browser: Any, text: str, *, width: int = 1280, **options: Any) -> Iterator[Any]:
    """Show a page. Nothing may appear in its console, and it may ask for nothing but itself."""
    said: list[str] = []
    with site(text) as served, browser.new_context(viewport={"width": width, "height": 800}, **options) as context:
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
        page.goto(served.url)
        yield page
        assert said == []
        assert set(served.asked) == {"/report.html"}


def shown(page: Any) -> int:
    return int(page.locator(".change:visible").count())


@pytest.mark.parametrize("name", PLANS)
def test_nothing_is_loaded_and_the_policy_blocks_nothing_of_the_page(browser, name):
    with opened(browser, PAGES[name]) as page:
        assert page.evaluate("getComputedStyle(document.body).margin") == "0px", "the style applies"
        assert page.locator("#filter").count() == page.locator("#filter:visible").count(), "the script runs"
        page.wait_for_load_state("networkidle")


def test_the_policy_stops_a_script_that_got_into_the_page(browser):
    text = PAGES["changes"].replace("<main", "<script>document.title = 'bad'</script><img src=/x.png><main")
    with site(text) as served, browser.new_context() as context:
        page = context.new_page()
        page.goto(served.url)
        assert page.title() == "reconcile: changes, samia"
        assert served.asked == ["/report.html"]


def test_hostile_names_are_text(browser):
    with opened(browser, render_html(with_name(SCRIPT))) as page:
        assert page.evaluate("document.scripts.length") == 1
        assert page.locator("img").count() == 0
        assert page.locator(f"h1 + .server >> text={SCRIPT}").count() == 1


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (320, "dark")])
@pytest.mark.parametrize("name", PLANS)
def test_axe_finds_nothing(browser, name, width, scheme):
    with opened(browser, PAGES[name], width=width, color_scheme=scheme) as page:
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate(f"axe.run({{ runOnly: {RULES} }})")
        assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found["violations"]] == []
        assert len(found["passes"]) > 20


@pytest.mark.parametrize("text", [*PLANS, SCRIPT * 20])
def test_a_screen_of_320_pixels_needs_no_scrolling_to_the_side(browser, text):
    with opened(browser, PAGES[text] if text in PAGES else render_html(with_name(text)), width=320) as page:
        for is_open in ("false", "true"):
            page.evaluate(f"document.querySelectorAll('details').forEach((one) => {{ one.open = {is_open}; }})")
            assert page.evaluate("document.documentElement.scrollWidth") == 320
        outside = "e => e.getBoundingClientRect().right > 320 && !e.closest('.scroll, pre, .defs')"
        assert (
            page.evaluate(f"[...document.querySelectorAll('main *')].filter({outside}).map(e => e.outerHTML)") == []
        )


def test_new_foreign_keys_are_dashed(browser):
    with opened(browser, PAGES["changes"]) as page:
        dashes = "(fate) => getComputedStyle(document.querySelector(`.arrow.${fate} .edge`)).strokeDasharray"
        assert page.evaluate(dashes, "new") == "6px, 4px"
        assert page.locator(".edge-label.new:visible").text_content() == "new fk_wallets_user_id"


def test_the_filter_shows_matching_changes_and_counts_them(browser):
    with opened(browser, PAGES["changes"]) as page:
        assert (shown(page), page.inner_text("#filter-count")) == (6, "6 of 6 shown")
        page.fill("#filter-text", "IDX_")
        assert (shown(page), page.inner_text("#filter-count")) == (2, "2 of 6 shown")
        page.select_option("#filter-verb", "drop")
        assert page.locator(".change:visible summary").inner_text().split()[:4] == ["6", "-", "drop", "index"]
        page.fill("#filter-text", "")
        page.select_option("#filter-verb", "")
        page.select_option("#filter-kind", "foreign_key")
        assert shown(page) == 1
        page.select_option("#filter-kind", "")
        page.check("#filter-risk")
        assert shown(page) == 5
        page.click("#filter-open")
        assert page.locator(".change details[open]").count() == 5
        page.click("#filter-open")
        assert page.locator(".change details[open]").count() == 0
        page.fill("#filter-text", "no such change")
        assert (shown(page), page.inner_text("#filter-count")) == (0, "0 of 6 shown")


def test_the_filter_of_a_large_plan_finds_one_change(browser):
    """A browser can take minutes to hide thousands of list items: the page must be drawn within the usual 30 s."""
    with opened(browser, render_html(large(14_000))) as page:
        page.fill("#filter-text", "the worst")
        assert shown(page) == 1
        page.evaluate("new Promise((drawn) => requestAnimationFrame(drawn))")
        page.fill("#filter-text", "")
        assert page.inner_text("#filter-count").startswith("3,") or shown(page) > 3_000


def test_without_script_everything_is_there_but_the_filter(browser):
    with opened(browser, PAGES["changes"], java_script_enabled=False) as page:
        assert shown(page) == 6
        assert page.locator("#filter:visible").count() == 0


def test_the_keyboard_reaches_everything(browser):
    with opened(browser, PAGES["changes"]) as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
        assert page.evaluate("document.activeElement.getBoundingClientRect().left >= 0"), (
            "it is seen when it has focus"
        )
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"
        seen = []
        for _ in range(60):
            page.keyboard.press("Tab")
            seen.append(page.evaluate("(e => e.id || e.className || e.tagName)(document.activeElement)"))
        reached = ("scroll", "filter-text", "filter-verb", "filter-kind", "filter-risk", "filter-open", "SUMMARY")
        assert [one for one in reached if one not in seen] == []
        page.focus(".change summary")
        page.keyboard.press("Enter")
        assert page.locator(".change details[open] pre").first.is_visible()
        outline = "getComputedStyle(document.activeElement).outlineStyle"
        assert page.evaluate(outline) == "solid", "focus is seen"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_paper_is_white_and_shows_what_is_folded(browser, scheme):
    with opened(browser, PAGES["changes"], color_scheme=scheme, width=720) as page:
        page.emulate_media(media="print", color_scheme=scheme)
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        assert page.evaluate("getComputedStyle(document.body).color") == "rgb(24, 32, 45)"
        assert page.locator("nav:visible, #filter:visible").count() == 0
        heights = "[...document.querySelectorAll('.change pre')].map(e => e.getBoundingClientRect().height)"
        assert min(page.evaluate(heights)) > 0
        assert page.evaluate("document.documentElement.scrollWidth") <= 720
        assert page.pdf(format="A4").count(b"/Type /Page\n") >= 2
