"""Makes the pictures of the HTML page in `docs/images`, from the plan of the example: `make screenshots`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, Final

import reconciler
from reconciler.postgres.embedded import embedded_server
from reconciler.report import render_html, report_of
from tests import programs
from tests.browser.chromium import browser, site

ROOT: Final = Path(__file__).parents[2]
IMAGES: Final = ROOT / "docs" / "images"
EXAMPLE: Final = ROOT / "examples" / "samia_tarot"
WIDTH: Final = 1100
HEIGHT: Final = 720

PICTURES: Final = {
    "summary": ("dirty", "#summary"),
    "locks": ("clean", "#locks"),
    "keys": ("clean", "#keys figure + figure"),
}
"""By name: the state of the example's data, and where the picture begins."""


def main() -> int:
    """Write a light and a dark picture of each part."""
    if programs.chromium() is None:
        print("no Chromium is installed; on Debian: apt-get install chromium", file=sys.stderr)
        return 1
    IMAGES.mkdir(exist_ok=True)
    pages = _pages()
    with browser() as started:
        for name, (state, start) in PICTURES.items():
            for scheme in ("light", "dark"):
                _take(started, pages[state], start, scheme, IMAGES / f"report-{name}-{scheme}.png")
    return 0


def _pages() -> dict[str, str]:
    """Return the page of the example before and after it has rows that violate the new constraints."""
    pages = {}
    with embedded_server() as server:
        server.psql("-c", "CREATE DATABASE samia_tarot")
        server.psql("-v", "scale=1", "-f", str(EXAMPLE / "setup.sql"), database="samia_tarot")
        server.psql("-c", "ANALYZE", database="samia_tarot")
        for state in ("clean", "dirty"):
            if state == "dirty":
                server.psql("-f", str(EXAMPLE / "dirty.sql"), database="samia_tarot")
            plan = reconciler.plan(reconciler.load([ROOT / "schema.yaml"]), server.url("samia_tarot"))
            text = render_html(report_of(plan)).replace(str(server.socket_folder), "db.example")
            pages[state] = text.replace(f"{ROOT}/", "")
    return pages


def _take(browser: Any, text: str, start: str, scheme: str, path: Path) -> None:
    with (
        site(text) as served,
        browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme=scheme) as context,
    ):
        page = context.new_page()
        page.goto(served.url)
        page.evaluate("document.querySelector('.top').style.position = 'static'")
        page.evaluate(f"window.scrollTo(0, document.querySelector('{start}').getBoundingClientRect().top - 12)")
        page.screenshot(path=str(path))


if __name__ == "__main__":
    sys.exit(main())
