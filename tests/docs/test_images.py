"""The pages show exactly the pictures that are there."""

from __future__ import annotations

import re

from tests.docs.pages import PAGES, ROOT


def test_pages_show_every_picture_and_no_other() -> None:
    shown = {
        (path.parent / name).resolve()
        for path in PAGES
        for name in re.findall(r'(?:src|srcset)="([^"]+)"', path.read_text(encoding="utf-8"))
    }
    assert shown == {path.resolve() for path in (ROOT / "docs" / "images").iterdir()}
