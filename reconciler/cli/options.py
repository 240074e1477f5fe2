"""Options that several commands share. Their values are checked before any file is read."""

from __future__ import annotations

import math
import os
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Annotated

import typer

DEFAULT_FILE = Path("schema.yaml")
STDOUT = Path("-")
"""The name by which an option for a file means standard output."""


def refuse_alone(option: str, given: bool, **others: bool) -> None:
    """Raise `BadParameter` if an option is given without any of the others, without which it has no effect.

    The names of the others are those of the command line, with underscores.
    """
    if given and not any(others.values()):
        needed = " or ".join(f"--{name.replace('_', '-')}" for name in others)
        raise typer.BadParameter(f"{option} needs {needed}")


def choice_of(value: str, choices: Collection[str]) -> str:
    """Return the value. Raise `BadParameter` if it is none of the choices; it names the one that was probably meant,
    also if the value abbreviates it."""
    if value in choices:
        return value
    from reconciler.kinds.file.nodes import did_you_mean

    meant = [choice for choice in choices if _abbreviates(value.lower(), choice)]
    hint = f"did you mean `{meant[0]}`?" if len(meant) == 1 else did_you_mean(value, choices)
    raise typer.BadParameter(f"{value!r} is not one of {', '.join(choices)}{f' ({hint})' if hint else ''}")


def _abbreviates(value: str, choice: str) -> bool:
    """Whether `value` begins as `choice` does, and has some of its letters in their order."""
    letters = iter(choice)
    return value[:1] == choice[:1] and all(letter in letters for letter in value)


def _known_format(value: str) -> str:
    from reconciler.report import FORMATS

    return choice_of(value, FORMATS)


def _text_or_json(value: str) -> str:
    return choice_of(value, ("text", "json"))


def _gated(values: list[str] | None) -> list[str] | None:
    from reconciler.kinds.rules import GATED

    return [choice_of(value, sorted(GATED)) for value in values or ()]


def _positive(value: float) -> float:
    # No data check should take a day, and a timedelta can hold it.
    if not (math.isfinite(value) and 0 < value <= 86_400):
        raise typer.BadParameter("must be a number of seconds above 0, and at most 86400")
    return value


def _named(value: str | None) -> str | None:
    from reconciler.postgres.conninfo import database_url

    if value is not None:  # environment variables are read only by commands that connect
        database_url(value)
    return value


def _not_empty(value: str | None) -> str | None:
    if value is not None and not value.strip():
        raise typer.BadParameter("it is empty")
    return value


def _file_name(value: Path | None) -> Path | None:
    if value is not None and not value.name:  # of an empty text, too
        raise typer.BadParameter("it is empty, or a folder")
    return value


def _colour(value: str) -> str:
    from reconciler.cli.output import set_colour

    set_colour(choice_of(value, COLOURS))
    return value


COLOURS = ("auto", "always", "never")

BackupDir = Annotated[
    Path | None,
    typer.Option(
        "--backup-dir",
        metavar="DIR",
        envvar="RECONCILE_BACKUP_DIR",
        show_envvar=False,
        help="The folder of the dumps of tables with `backup: dump`. [default: RECONCILE_BACKUP_DIR]",
        show_default=False,
    ),
]
VerifyDatabase = Annotated[
    str | None,
    typer.Option(
        "--verify-db",
        metavar="URL",
        envvar="RECONCILE_VERIFY_DB",
        show_envvar=False,
        callback=_not_empty,
        help="Verify dumps in new databases on this server instead of an embedded one. [default: RECONCILE_VERIFY_DB]",
        show_default=False,
    ),
]


def _formats() -> list[str]:
    from reconciler.report import FORMATS

    return list(FORMATS)


def _hazards(incomplete: str) -> list[tuple[str, str]]:
    from reconciler.kinds.rules import HAZARDS

    return [(kind.id, kind.meaning) for kind in sorted(HAZARDS) if kind.gated and kind.startswith(incomplete)]


FilePaths = Annotated[
    list[Path] | None,
    typer.Option(
        "--file",
        "-f",
        metavar="FILE",
        help="A YAML file, or a folder of them; may be given several times. [default: schema.yaml]",
        show_default=False,
    ),
]
Follow = Annotated[
    bool,
    typer.Option("--follow", help="Also read files that are symbolic links, pipes or devices."),
]
Database = Annotated[
    str | None,
    typer.Option(
        "--db",
        metavar="URL",
        callback=_named,
        help="The database. [default: RECONCILE_DB, DATABASE_URL, then libpq's environment variables]",
        show_default=False,
    ),
]
PlanFormat = Annotated[
    str,
    typer.Option(
        "--format",
        metavar="FORMAT",
        callback=_known_format,
        autocompletion=_formats,
        help="Output format: text, json, markdown, sql, html, sarif, gitlab, github, junit or terraform.",
    ),
]
TextOrJson = Annotated[
    str, typer.Option("--format", metavar="FORMAT", callback=_text_or_json, help="Output format: text or json.")
]
JournalPlace = Annotated[
    str | None,
    typer.Option(
        "--journal-schema",
        metavar="SCHEMA",
        help="Where migration_log lives. [default: the file's policy, or public]",
        show_default=False,
    ),
]
TablePatterns = Annotated[
    list[str] | None,
    typer.Option(
        "--table",
        metavar="PATTERN",
        help="Plan only changes of tables that match (a name, or schema.table, with * and ? as wildcards), "
        "and changes that those need; may be given several times.",
        show_default=False,
    ),
]
Allow = Annotated[
    list[str] | None,
    typer.Option(
        "--allow",
        metavar="ID",
        callback=_gated,
        autocompletion=_hazards,
        help="Accept a gated hazard for this run; may be given several times.",
        show_default=False,
    ),
]
CheckTimeout = Annotated[
    float,
    typer.Option(
        "--check-timeout", metavar="SECONDS", callback=_positive, help="Time limit for each data check, in seconds."
    ),
]


EnvironmentName = Annotated[
    str | None,
    typer.Option(
        "--env",
        metavar="NAME",
        callback=_not_empty,
        help="The environment: its database and policy, as reconcile.toml has them.",
        show_default=False,
    ),
]
PolicyPath = Annotated[
    Path | None,
    typer.Option(
        "--policy",
        metavar="FILE",
        callback=_file_name,
        help="The platform's policy. On a pull request, a file in the checkout is read from the target branch.",
        show_default=False,
    ),
]
ConfigPath = Annotated[
    Path | None,
    typer.Option(
        "--config",
        metavar="FILE",
        callback=_file_name,
        help="The file with the environments, read in the same way. [default: reconcile.toml, with --env]",
        show_default=False,
    ),
]
BranchName = Annotated[
    str | None,
    typer.Option(
        "--target-branch",
        metavar="BRANCH",
        callback=_not_empty,
        help="The branch of origin to read both files from. [default: the pull request's, as the CI system says]",
        show_default=False,
    ),
]


Verbose = Annotated[
    bool, typer.Option("--verbose", "-v", help="Also print steps, SQL, all locks and explanations.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print summaries only, and no progress.")]
Color = Annotated[
    str,
    typer.Option(
        "--color",
        metavar="WHEN",
        callback=_colour,
        autocompletion=lambda: list(COLOURS),
        help="When to use colors: auto, always or never.",
    ),
]
Samples = Annotated[
    int | None,
    typer.Option(
        "--samples",
        metavar="N",
        min=0,
        max=1000,
        help="Number of offending values shown for a failed data check, in text only. "
        "[default: 5 on a terminal, else 0]",
        show_default=False,
    ),
]
NoDataChecks = Annotated[bool, typer.Option("--no-data-checks", help="Send no query to user tables.")]
TrustFile = Annotated[
    bool,
    typer.Option(
        "--trust-file",
        envvar="RECONCILE_TRUST_FILE",
        help="Let data checks call any function that the file names.",
    ),
]
TrustRole = Annotated[
    list[str] | None,
    typer.Option(
        "--trust-role",
        metavar="ROLE",
        help="Trust this role's objects and functions; may be given several times. "
        "[default: RECONCILE_TRUST_ROLE, separated by commas]",
        show_default=False,
    ),
]


def trusted_roles(given: Sequence[str] | None) -> frozenset[str]:
    """Return the roles of `--trust-role`, else those of the environment variable."""
    named = os.environ.get("RECONCILE_TRUST_ROLE", "").split(",")
    return frozenset(given or (role.strip() for role in named if role.strip()))


def files_or_default(files: list[Path] | None) -> list[Path]:
    """Return the files of `-f`, or the default file."""
    return files or [DEFAULT_FILE]
