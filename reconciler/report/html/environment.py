"""Jinja's environment: escaping is always on, and a name that a template misspells is an error."""

from __future__ import annotations

import base64
import functools
import hashlib
from collections.abc import Callable
from importlib.resources import files
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from reconciler.kinds import name_of
from reconciler.model.size_text import byte_count
from reconciler.report.html.estimates import time_text
from reconciler.report.html.timeline import level_of
from reconciler.report.text import SYMBOLS
from reconciler.report.wording import enumerate_words, lines_of, one_line, path_text, plural

LONGEST: Final = 2_000
SHORT: Final = 300
"""Characters of one value that are shown: if it has the page's attention, and if it is one of many."""


@functools.cache
def environment() -> Environment:
    """Return the environment with the filters that templates use."""
    made = Environment(
        loader=PackageLoader("reconciler.report.html"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "line": line,
        "lines": text_block,
        "short": short,
        "plural": plural,
        "path": path_text,
        "bytes": byte_count,
        "name": name_of,
        "words": enumerate_words,
        "time": time_text,
        "level": level_of,
    }
    made.globals |= {"symbols": SYMBOLS}
    return made


def markup(template: str, **values: Any) -> Markup:
    """Return what a template writes. The result is not escaped again in another template."""
    return Markup(environment().get_template(template).render(**values))


def line(value: object) -> str:
    """Return the value on one line, without control characters, and cut if it is long."""
    return _cut(str(value), one_line)


def text_block(value: object) -> str:
    """Return the value with its line breaks, without other control characters, and cut if it is long."""
    return _cut(str(value), lambda text: "\n".join(lines_of(text)))


def short(value: object) -> str:
    """Return the same as `line`, for a value that is one of many."""
    return _cut(str(value), one_line, SHORT)


def _cut(text: str, shown: Callable[[str], str], most: int = LONGEST) -> str:
    return shown(text) if len(text) <= most else f"{shown(text[:most])} … and {len(text) - most:,} more characters"


def source(name: str) -> str:
    """Return the text of the style or the script."""
    return files("reconciler.report.html").joinpath("templates", name).read_text(encoding="utf-8")


def policy(style: str, script: str) -> str:
    """Return the content security policy of a page: this style and this script, and nothing from anywhere."""
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src {_hash(style)}",
            f"script-src {_hash(script)}",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
