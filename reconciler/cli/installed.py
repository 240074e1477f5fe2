"""Files that are not code: the wheel has copies of them in the package, a checkout has them next to it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

PACKAGE: Final = Path(__file__).resolve().parent.parent
CHECKOUT: Final = PACKAGE.parent


def docs_folder() -> Path | None:
    """Return the folder of the documentation; None if it is missing."""
    return next((one for one in (PACKAGE / "docs", CHECKOUT / "docs") if (one / "rules.md").is_file()), None)
