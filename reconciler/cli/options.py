"""Options that several commands share, and what is checked about them before anything is read."""

from __future__ import annotations

import math
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

DEFAULT_FILE = Path("schema.yaml")


def _known_format(value: str) -> str:
    from reconciler.report import FORMATS

    if value not in FORMATS:
        raise typer.BadParameter(f"{value!r} is none of {', '.join(FORMATS)}")
    return value


def _text_or_json(value: str) -> str:
    if value not in ("text", "json"):
        raise typer.BadParameter(f"{value!r} is none of text, json")
    return value


def _gated(values: list[str] | None) -> list[str] | None:
    from reconciler.model.hazards import GATED

    unknown = [value for value in values or () if value not in GATED]
    if unknown:
        raise typer.BadParameter(
            f"{', '.join(map(repr, unknown))}: no hazard that can be accepted; those are {', '.join(sorted(GATED))}"
        )
    return values


def _positive(value: float) -> float:
    # A day is more than any look at the data should take, and far from what a timedelta cannot hold.
    if not (math.isfinite(value) and 0 < value <= 86_400):
        raise typer.BadParameter("must be a number of seconds above 0, and at most 86400")
    return value


Files = Annotated[
    list[Path] | None,
    typer.Option(
        "--file",
        "-f",
        metavar="FILE",
        help="A YAML file, or a folder of them; may be given several times. [default: schema.yaml]",
        show_default=False,
    ),
]
Database = Annotated[
    str | None,
    typer.Option(
        "--db",
        metavar="URL",
        help="The database. [default: RECONCILE_DB, DATABASE_URL, then libpq's own environment]",
        show_default=False,
    ),
]
PlanFormat = Annotated[
    str, typer.Option("--format", metavar="FORMAT", callback=_known_format, help="text, json, markdown or sql.")
]
HistoryFormat = Annotated[
    str, typer.Option("--format", metavar="FORMAT", callback=_text_or_json, help="text or json.")
]
Allow = Annotated[
    list[str] | None,
    typer.Option(
        "--allow",
        metavar="ID",
        callback=_gated,
        help="Accept a gated hazard for this run; may be given several times.",
        show_default=False,
    ),
]
CheckTimeout = Annotated[
    float,
    typer.Option(
        "--check-timeout", metavar="SECONDS", callback=_positive, help="What each look at the data may take."
    ),
]


def files_or_default(files: list[Path] | None) -> list[Path]:
    """The files of `-f`, or the default one."""
    return files or [DEFAULT_FILE]


def seconds(value: float) -> timedelta:
    """An option's seconds as a duration."""
    return timedelta(seconds=value)
