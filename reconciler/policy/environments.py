"""`reconcile.toml`: the environments, each with its database and its policy file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from reconciler.kinds.file.described import described
from reconciler.kinds.file.nodes import one_of
from reconciler.kinds.file.quoting import quoted_key
from reconciler.model.errors import InvalidFile, Problem, UsageError
from reconciler.model.names import Place
from reconciler.model.rules.declarations import UNKNOWN_KEY, WRONG_TYPE, WRONG_VALUE
from reconciler.model.rules.files import YAML_ENCODING
from reconciler.model.rules.platform import TOML_SYNTAX, UNKNOWN_ENVIRONMENT
from reconciler.model.rules.rule import Rule
from reconciler.model.window import FORM, Span, Window, read_span
from reconciler.spec.schema import DRAFT

VARIABLE: Final = re.compile(r"RECONCILE_DB[A-Z0-9_]*")
"""Only such variables can name a database: the file must not lead to other secrets."""

_NAME = re.compile(r"[A-Za-z0-9_-]{1,63}")
_SPAN: Final = {"type": "string", "pattern": f"^{FORM}$"}
_KEYS: Final = {
    "database": described(
        {"type": "string", "pattern": f"^{VARIABLE.pattern}$"},
        "The name of the variable that holds the connection string. It begins with `RECONCILE_DB`.",
        omitted="the database of `--db` or of the environment variables",
        examples=("RECONCILE_DB_PRODUCTION",),
    ),
    "policy": described(
        {"type": "string", "minLength": 1},
        "The path of the policy file, relative to this file.",
        omitted="no policy, unless `--policy` names one",
        examples=("reconcile.policy.yaml",),
    ),
    "window": described(
        {"anyOf": [_SPAN, {"type": "array", "items": _SPAN, "minItems": 1}]},
        "When `apply` may make changes: `[DAYS ]HH:MM-HH:MM[ ZONE]`, or a list of such times. Without days it is "
        "every day, without a time zone UTC; an end that is not after the begin is on the next day.",
        omitted="at any time",
        examples=("Sat 01:00-05:00 UTC", ["Mon-Thu 22:00-04:00 Europe/Berlin", "Sun 00:00-24:00 Europe/Berlin"]),
    ),
}
"""The keys of an environment, each with its JSON Schema."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Configured:
    """One environment. `database` is the name of a variable, `policy` a path relative to the file's folder. `window`
    is when changes may be applied; None: at any time."""

    database: str | None = None
    policy: str | None = None
    window: Window | None = None


def read_environments(file: str, data: bytes) -> Mapping[str, Configured]:
    """Read the content of `reconcile.toml`. Raise `InvalidFile` with all problems."""
    try:
        text = data.decode("utf-8")
        content = tomllib.loads(text)
    except UnicodeDecodeError:
        raise InvalidFile([_problem(file, 1, YAML_ENCODING, "the file is not valid UTF-8")]) from None
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"at line ([0-9]+), column ([0-9]+)", str(error))
        line, column = (int(at[1]), int(at[2])) if at else (1, 1)
        raise InvalidFile([_problem(file, line, TOML_SYNTAX, "not valid TOML", column=column)]) from None
    except RecursionError:
        raise InvalidFile([_problem(file, 1, TOML_SYNTAX, "lists and tables are nested too deep")]) from None
    problems: list[Problem] = []
    found = _environments(_Content(file=file, lines=text.splitlines(), problems=problems), content)
    if problems:
        raise InvalidFile(problems)
    return found


def environments_json_schema() -> dict[str, object]:
    """Return the JSON Schema of `reconcile.toml`."""
    environment = {"type": "object", "properties": _KEYS, "additionalProperties": False}
    return {
        "$schema": DRAFT,
        "title": "reconcile: environments",
        "description": "The environments, each with its database and its policy.",
        "type": "object",
        "properties": {
            "environments": described(
                {
                    "type": "object",
                    "propertyNames": {"pattern": f"^{_NAME.pattern}$"},
                    "additionalProperties": environment,
                },
                "The environments by name, each as a table `[environments.NAME]`.",
                omitted="none",
                examples=({"production": {"database": "RECONCILE_DB_PRODUCTION"}},),
            )
        },
        "additionalProperties": False,
    }


def environment_named(environments: Mapping[str, Configured], name: str, file: str) -> Configured:
    """Return the environment of a name. Raise `UsageError` if there is none."""
    if name not in environments:
        raise UsageError(
            f"{file} has no environment {quoted_key(name, 'of this name')}",
            rule=UNKNOWN_ENVIRONMENT,
            hint=one_of(name, environments) if environments else "it has none",
        )
    return environments[name]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Content:
    file: str
    lines: list[str]
    problems: list[Problem]

    def report(self, rule: Rule, message: str, *path: str, hint: str | None = None) -> None:
        """Report a problem on the line of a key or table, or of the nearest table around it that has one."""
        places = list(_paths(self.lines))
        lengths = range(len(path), 0, -1)
        lines = (line for n in lengths for line, found in places if found[:n] == path[:n])
        self.problems.append(_problem(self.file, next(lines, 1), rule, message, hint))


def _paths(lines: Iterable[str]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the number of each line that begins a table or a value, and the names that lead to it."""
    table: tuple[str, ...] = ()
    for number, line in enumerate(lines, 1):
        try:
            if line.lstrip().startswith("["):
                table = tuple(_names(tomllib.loads(line)))
                yield number, table
            elif "=" in line:
                yield number, (*table, *_names(tomllib.loads(f"{line.partition('=')[0]}= 0")))
        except tomllib.TOMLDecodeError:
            continue  # within a value of several lines


def _names(content: object) -> Iterator[str]:
    while isinstance(content, dict) and content:
        name, content = next(iter(content.items()))
        yield name


def _problem(
    file: str, line: int, rule: Rule, message: str, hint: str | None = None, *, column: int = 1
) -> Problem:
    return Problem(place=Place(file=file, line=line, column=column), rule=rule, message=message, hint=hint)


def _environments(content: _Content, root: Mapping[str, Any]) -> dict[str, Configured]:
    for key in root:
        if key != "environments":
            hint = "environments are tables, as [environments.production]"
            content.report(UNKNOWN_KEY, f"the file has no {quoted_key(key)}", key, hint=hint)
    tables = root.get("environments", {})
    if not isinstance(tables, dict):
        content.report(WRONG_TYPE, "`environments` is not a table", "environments")
        return {}
    return {name: _environment(content, name, table) for name, table in tables.items()}


def _environment(content: _Content, name: str, table: object) -> Configured:
    here = ("environments", name)
    if not _NAME.fullmatch(name):
        content.report(WRONG_VALUE, "a name of an environment has letters, digits, _ and - only", *here)
    if not isinstance(table, dict):
        content.report(WRONG_TYPE, f"`environments.{quoted_key(name).strip('`')}` is not a table", *here)
        return Configured()
    for key in table:
        if key not in _KEYS:
            message = f"an environment has no {quoted_key(key)}"
            content.report(UNKNOWN_KEY, message, *here, key, hint=one_of(key, _KEYS))
    return Configured(
        database=_database(content, name, table),
        policy=_text(content, name, table, "policy"),
        window=_window(content, name, table),
    )


def _window(content: _Content, name: str, table: Mapping[str, Any]) -> Window | None:
    given = table.get("window")
    if given is None:
        return None
    texts, here = given if isinstance(given, list) else [given], ("environments", name, "window")
    if not texts or not all(isinstance(text, str) for text in texts):
        content.report(WRONG_TYPE, "`window` is not a text or a list of texts", *here)
        return None
    spans: list[Span] = []
    for text in texts:
        try:
            spans.append(read_span(text))
        except ValueError as error:
            content.report(WRONG_VALUE, f"`window` has a time that cannot be read: {error}", *here)
    return Window(spans=tuple(spans))


def _text(content: _Content, name: str, table: Mapping[str, Any], key: str) -> str | None:
    value = table.get(key)
    if key in table and not (isinstance(value, str) and value and "\0" not in value):
        content.report(WRONG_TYPE, f"`{key}` is not a text, or is empty", "environments", name, key)
        return None
    return value


def _database(content: _Content, name: str, table: Mapping[str, Any]) -> str | None:
    variable = _text(content, name, table, "database")
    if variable is not None and not VARIABLE.fullmatch(variable):
        message = "`database` is not the name of a variable that begins with RECONCILE_DB"
        hint = (
            "write the variable's name, as RECONCILE_DB_PRODUCTION, and put the connection string into the variable"
        )
        content.report(WRONG_VALUE, message, "environments", name, "database", hint=hint)
        return None
    return variable
