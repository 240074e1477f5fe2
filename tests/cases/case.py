"""A case is a folder: `given.sql`, `schema.yaml`, and the expected results in `expected/`.

`given.sql` begins with a description in comment lines. They may include `-- pg: < 18` (run only on these versions), `--
allow: drop-table` (`--allow` of the command line) and `-- trust: file` (`--trust-file`).

`expected/` holds the plan as text and, unless it is refused, the catalog after apply. `-- formats: all` keeps the plan
in every format: only a few cases do, so that a changed word does not change hundreds of files. If older versions
differ, `expected/before-18/` holds a file for all of them. If there are several such folders, the closest one that has
the file is used: for 14 the order is `before-15`, `before-18`, then `expected/` itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from reconciler.model.options import Options
from tests.conftest import fits

ROOT = Path(__file__).parent
SAMPLES = 5
"""Number of offending values of each data check in the expected text, as on a terminal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One case.

    `name` is its folder below `tests/cases`; `versions` is a condition such as `>= 18`, or None for all.
    """

    name: str
    folder: Path
    given: str
    versions: str | None
    allow: tuple[str, ...]
    trusted: bool
    every_format: bool

    @property
    def options(self) -> Options:
        """Return the options of the operator."""
        return Options(allow=frozenset(self.allow), trust_file=self.trusted, samples=SAMPLES)

    def runs_on(self, major: int) -> bool:
        return self.versions is None or fits(major, self.versions)

    def expected(self, file: str, major: int) -> Path:
        """Return the file with the expected result on a version."""
        found = (self.before(limit, file) for limit in self.limits if major < limit)
        return next((path for path in found if path.exists()), self.common(file))

    def common(self, file: str) -> Path:
        return self.folder / "expected" / file

    def before(self, limit: int, file: str) -> Path:
        """Return the file for versions older than `limit`."""
        return self.folder / "expected" / f"before-{limit}" / file

    def forget(self, file: str, major: int, newer: int) -> None:
        """Delete files for this version that are equal to those of the next newer one."""
        for limit in [limit for limit in self.limits if major < limit <= newer]:
            path = self.before(limit, file)
            path.unlink(missing_ok=True)
            if not any(path.parent.iterdir()):
                path.parent.rmdir()

    @property
    def limits(self) -> list[int]:
        """Return the versions in the names of `before-` folders, oldest first: those where the result changes."""
        return sorted(int(path.name.removeprefix("before-")) for path in self.common("").glob("before-*"))


def read_cases() -> list[Case]:
    """Return every case, by name."""
    return [_read(path.parent) for path in sorted(ROOT.rglob("schema.yaml"))]


def _read(folder: Path) -> Case:
    given = (folder / "given.sql").read_text(encoding="utf-8")
    return Case(
        name=folder.relative_to(ROOT).as_posix(),
        folder=folder,
        given=given,
        versions=_option(given, "pg"),
        allow=tuple((_option(given, "allow") or "").split()),
        trusted=_option(given, "trust") == "file",
        every_format=_option(given, "formats") == "all",
    )


def _option(given: str, name: str) -> str | None:
    match = re.search(rf"^-- {name}: (.+)$", given, re.MULTILINE)
    return match[1].strip() if match else None
