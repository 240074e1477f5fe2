"""Runs a command and turns its result or error into a message and an exit code."""

from __future__ import annotations

import gc
import os
import re
import shlex
import sys
from contextlib import suppress
from io import StringIO, TextIOWrapper, UnsupportedOperation
from typing import Any

from reconciler.cli import values
from reconciler.cli.interrupts import interrupted_text
from reconciler.cli.output import Reported, emit, set_colour, warn
from reconciler.cli.values import server_words
from reconciler.model.controls import shown
from reconciler.model.errors import Interrupted, InvalidFile, ReconcileError
from reconciler.model.secrets import may_quote
from reconciler.model.signals import is_interrupt

FAILED = 1
USAGE = 64

_SUGGESTED = re.compile(r"`reconcile (?:history|restore|undo|snapshot|export|plan|drift)\b[^`\n]*(?=`)")
"""A command in backticks that uses a database."""

_OF_DATABASES = ("--db", "--replica", "--rehearse-on", "--verify-db")
"""Options that take a connection string."""

_UNQUOTED = """\
Error: an option or argument is unknown, is missing, or has a value that is not valid.
  It is not shown, because an argument looks like a part of a connection string. Put the string in quotes after --db.
"""


def run(arguments: list[str]) -> int:
    """Run a command line and return its exit code. Only KeyboardInterrupt is raised."""
    _prepare()
    values.reset()
    set_colour("auto")
    try:
        if arguments == ["--version"]:  # scripts call this often, so it does not load the parser
            from reconciler.cli.version import version_text

            emit(version_text())
            return 0
        return _run(arguments)
    except InvalidFile as error:
        placed = any(problem.place is not None for problem in error.problems)
        warn(f"{error}\n{error.message}" if placed else f"Error: {error}")
        return error.exit_code
    except ReconcileError as error:
        if is_interrupt(error) and not isinstance(error, Interrupted):
            raise KeyboardInterrupt from None
        warn(f"Error: {_with_environment(str(error), arguments)}{server_words(error, sys.stderr)}")
        return error.exit_code
    except Exception as error:  # noqa: BLE001 - the last resort: no traceback reaches the output
        if is_interrupt(error):  # Python makes a RuntimeError of it while a class is created
            raise KeyboardInterrupt from None
        return _internal(error)
    finally:
        gc.freeze()  # otherwise the collector scans all objects at exit, just before they are freed


def _prepare() -> None:
    """Tune the garbage collector, and make the standard streams accept every character and byte."""
    # A command creates many objects and almost no garbage; collecting takes a tenth of a short command's time.
    gc.set_threshold(1_000_000, 20, 20)
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            with suppress(UnsupportedOperation):  # the encoding of input cannot change after the first read
                stream.reconfigure(errors="backslashreplace")


def _run(arguments: list[str]) -> int:
    import typer

    from reconciler.cli.app import build_app

    # Typer bundles its own copy of click, which is reachable only through this class.
    click_error: type[Any] = next(c for c in typer.BadParameter.__mro__ if c.__name__ == "ClickException")
    try:
        code = build_app(*arguments[:1])(arguments, standalone_mode=False, prog_name="reconcile")
    except click_error as error:
        message = StringIO()
        error.show(file=message)
        warn(message.getvalue() if may_quote(_without_databases(arguments)) else _UNQUOTED)
        from reconciler.cli.comment import replace_comment_of

        replace_comment_of(arguments)
        return USAGE
    except typer.Abort:
        code = Interrupted.exit_code
    except SystemExit as error:  # Typer exits when it completes a command line for a shell
        code = error.code
    if code == Interrupted.exit_code and not isinstance(code, Reported):
        warn(interrupted_text())
    return code if isinstance(code, int) else 0


def _with_environment(text: str, arguments: list[str]) -> str:
    """Add the environment of this command line to the commands of the tool that a text suggests."""
    words = [part for one in arguments for part in (one.split("=", 1) if one.startswith("--") else [one])]
    given = {option: words[n + 1] for n, option in enumerate(words[:-1]) if option in ("--env", "--config")}
    if not given:
        return text
    more = shown(shlex.join(word for pair in given.items() for word in pair))
    return _SUGGESTED.sub(lambda found: found[0] if "--env" in found[0] else f"{found[0]} {more}", text)


def _without_databases(arguments: list[str]) -> list[str]:
    """Return the arguments without the values of options that take a connection string, if these are valid ones
    without a password."""
    before = ["", *arguments]
    return [
        one
        for option, one in zip(before, arguments, strict=False)
        if not (option in _OF_DATABASES and _is_harmless(one))
        and not (one.split("=", 1)[0] in _OF_DATABASES and _is_harmless(one.partition("=")[2]))
    ]


def _is_harmless(connection_string: str) -> bool:
    import psycopg
    from psycopg.conninfo import conninfo_to_dict

    try:
        found = conninfo_to_dict(connection_string)
    except psycopg.Error:
        return False
    # A URL that is truncated within its password parses with the password as its port.
    return not any("pass" in key for key in found) and str(found.get("port", "0")).replace(",", "").isdigit()


def _internal(error: Exception) -> int:
    if os.environ.get("RECONCILE_DEBUG") == "1":
        warn(_traceback(error))
    name = type(error).__name__
    warn(f"internal error: {name}" if values.hides_values() else f"internal error: {name}: {error}")
    if os.environ.get("RECONCILE_DEBUG") != "1":
        warn("  This is a bug. Run it again with RECONCILE_DEBUG=1, and report what it prints.")
    return FAILED


def _traceback(error: BaseException) -> str:
    """Return the traceback of the error and its causes, without messages if values must be hidden."""
    import traceback

    if not values.hides_values():
        return "".join(traceback.format_exception(error))
    earlier = error.__cause__ or error.__context__
    first = _traceback(earlier) + "\n" if earlier else ""
    return first + "".join(traceback.format_tb(error.__traceback__)) + type(error).__name__
