"""`--on-finish`: runs a command of the operator with the report, such as one that comments on an issue."""

from __future__ import annotations

import os
import subprocess
from typing import Annotated, Final

import typer

OnFinish = Annotated[
    str | None,
    typer.Option(
        "--on-finish",
        metavar="COMMAND",
        help="Run this shell command at the end, with the report in Markdown as its input and RECONCILE_EXIT_CODE "
        "and RECONCILE_SUMMARY in its environment.",
        show_default=False,
    ),
]

_TIMEOUT_S: Final = 300.0


def run_on_finish(command: str, text: str, summary: str, code: int, *, timeout_s: float = _TIMEOUT_S) -> None:
    """Run the command. Its output goes to standard error; if it fails, a warning says so."""
    from reconciler.cli.output import warn

    environment = {**os.environ, "RECONCILE_EXIT_CODE": str(code), "RECONCILE_SUMMARY": summary}
    try:
        done = subprocess.run(
            command,
            shell=True,
            input=text.encode("utf-8", "backslashreplace"),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=environment,
            timeout=timeout_s,
            check=False,
        )
    except subprocess.TimeoutExpired:
        warn(f"Warning: the command of --on-finish was ended after {timeout_s:.0f} s.")
        return
    except OSError as error:
        warn(f"Warning: the command of --on-finish could not be started: {error.strerror}.")
        return
    if done.stdout:
        warn(done.stdout.decode("utf-8", "backslashreplace"))
    if done.returncode:
        warn(f"Warning: the command of --on-finish failed with {done.returncode}.")
