"""A case is a folder: `given.sql`, `schema.yaml`, and what is expected of them in `expected/`.

`given.sql` begins with what the case shows, in comment lines. Among them may stand `-- pg: < 18` (run on these versions
only) and `-- allow: drop-table` (`--allow` of the command line).

`expected/` holds the plan in every format and, unless it is refused, the catalog after it was applied. Where an older
version differs, `expected/before-18/` holds its own file, for all versions before 18.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import fits

ROOT = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One case. `name` is its folder below `tests/cases`; `versions` a condition such as `>= 18`, or None: all."""

    name: str
    folder: Path
    given: str
    versions: str | None
    allow: tuple[str, ...]

    def expected(self, file: str, major: int) -> Path:
        """The file with what is expected on a version: the closest `before-N`, else the common one."""
        return next((path for path in self._overrides(file, major) if path.exists()), self.common(file))

    def runs_on(self, major: int) -> bool:
        return self.versions is None or fits(major, self.versions)

    def common(self, file: str) -> Path:
        return self.folder / "expected" / file

    def override(self, file: str, major: int) -> Path:
        """Where to write what differs on an older version."""
        return next(self._overrides(file, major), self.common("before-18") / file)

    def _overrides(self, file: str, major: int) -> Iterator[Path]:
        folders = {int(path.name.removeprefix("before-")): path for path in self.common("").glob("before-*")}
        return (folders[before] / file for before in sorted(folders) if major < before)


def read_cases() -> list[Case]:
    """Every case, by name."""
    return [_read(path.parent) for path in sorted(ROOT.rglob("schema.yaml"))]


def _read(folder: Path) -> Case:
    given = (folder / "given.sql").read_text(encoding="utf-8")
    return Case(
        name=folder.relative_to(ROOT).as_posix(),
        folder=folder,
        given=given,
        versions=_option(given, "pg"),
        allow=tuple((_option(given, "allow") or "").split()),
    )


def _option(given: str, name: str) -> str | None:
    match = re.search(rf"^-- {name}: (.+)$", given, re.MULTILINE)
    return match[1].strip() if match else None
