"""Reads the documentation for tests: pages, code blocks, sections, links."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").rglob("*.md")],
    key=lambda page: page.relative_to(ROOT).as_posix(),
)

_BLOCK = re.compile(
    r"(?:^<!-- (?P<mark>\w+) -->\n)?^```(?P<language>\w*)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A fenced block. `mark` is the comment right before it, such as `<!-- demo -->`."""

    mark: str
    language: str
    text: str

    @property
    def lines(self) -> list[str]:
        """Return its lines, without `…` for omitted lines."""
        return [line for line in self.text.splitlines() if line.strip() not in ("", "…")]


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(text: str) -> list[Block]:
    return [
        Block(mark=match["mark"] or "", language=match["language"], text=match["text"])
        for match in _BLOCK.finditer(text)
    ]


def marked(name: str, mark: str) -> Block:
    """Return the only block of a page with this mark."""
    (block,) = (block for block in blocks(page(name)) if block.mark == mark)
    return block


def refreshed(block: Block, actual: str) -> str:
    """Return the block's text with each paragraph replaced by that of `actual` with the same first line. The line about
    the server is omitted."""
    actual = re.sub(r"^Database .*\n", "", actual, flags=re.MULTILINE)
    paragraphs = {paragraph.splitlines()[0]: paragraph for paragraph in re.split(r"\n{2,}", actual.strip("\n"))}
    parts = re.split(r"(\n(?:…?\n)+|\n…$)", block.text.strip("\n"))
    return (
        "".join(paragraphs.get(part.splitlines()[0], part) if part.strip("…\n") else part for part in parts) + "\n"
    )


def sections(text: str) -> dict[str, str]:
    """Return each heading with its text, up to the next heading of any level."""
    parts = re.split(r"^#+ (.+)\n", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def first_cells(text: str) -> set[str]:
    """Return the code spans in the first column of the tables."""
    rows = re.findall(r"^\| (`[^|]*?) \|", text, flags=re.MULTILINE)
    return {code for row in rows for code in re.findall(r"`([^`]+)`", row)}


def links(text: str) -> list[str]:
    """Return the targets of relative links, without the part after `#`."""
    found = re.findall(r"\]\(([^)\s]+)\)", re.sub(r"^```.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE))
    return [link.partition("#")[0] for link in found if "://" not in link and not link.startswith("#")]
