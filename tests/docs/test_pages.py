"""Links of all pages work, and no page names a path of a single machine."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.pages import PAGES, ROOT, links, page


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(path: Path) -> None:
    assert [link for link in links(path.read_text(encoding="utf-8")) if not (path.parent / link).exists()] == []


def test_every_decision_is_listed() -> None:
    files = {path.name for path in (ROOT / "docs" / "decisions").glob("0*.md")}
    assert set(links(page("docs/decisions/README.md"))) == files


def test_the_changelog_knows_the_version() -> None:
    from reconciler import __version__

    assert re.search(rf"^## \[{re.escape(__version__)}\]", page("CHANGELOG.md"), flags=re.MULTILINE)


def test_make_explains_every_target() -> None:
    makefile = page("Makefile")
    targets = set(re.findall(r"^([a-z]+):", makefile, flags=re.MULTILINE))
    explained = set(re.findall(r"^([a-z]+):.*## ", makefile, flags=re.MULTILINE))
    phony = set(re.search(r"^\.PHONY: (.*)$", makefile, flags=re.MULTILINE)[1].split())  # type: ignore[index]
    assert targets == explained == phony
