"""Connection strings: which one is used, what is wrong with it, and the parameters that every session adds.

libpq quotes parts of a string that it cannot parse, and a password with an unescaped `@` becomes part of the host.
So a string is checked before libpq sees it, and no message quotes it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from reconciler.model.errors import UsageError
from reconciler.model.rules.connections import CONNECTION_STRING, EMPTY_DATABASE
from reconciler.model.secrets import remember

VARIABLES = ("RECONCILE_DB", "DATABASE_URL")
_LIBPQ_VARIABLES = ("PGSERVICE", "PGHOST", "PGHOSTADDR", "PGPORT", "PGDATABASE", "PGUSER")

DEFAULTS = {
    "fallback_application_name": "reconcile",
    "connect_timeout": "10",
    # A network that silently drops packets is detected within about a minute.
    "keepalives_idle": "30",
    "keepalives_interval": "10",
    "keepalives_count": "3",
    "tcp_user_timeout": "60000",
}
"""Parameters that apply unless the user gives another value, in the string or in the service file."""

ALWAYS = {"client_encoding": "UTF8"}
"""Parameters that always apply, whatever the user, the role, the database or the environment says."""

HINT = "give a host that can be reached, with --db, RECONCILE_DB, DATABASE_URL, or PGHOST and PGDATABASE"

_NOT_NAMED = (
    "no database was named, so libpq's defaults were used: name one with --db, --env, RECONCILE_DB, DATABASE_URL, or "
    "PGHOST and PGDATABASE"
)

NO_ANSWER_HINT = (
    "a pooler may have no free connection to the server: reconcile uses up to 3 at a time, so raise its pool size, or "
    "connect to the server itself; connect_timeout sets the time limit"
)

# Messages of libpq, or of the server in English, and what to do. Other messages get the general hint.
_HINTS = (
    (
        r"password authentication failed|no password supplied",
        "check user name and password: they come from the "
        "connection string, PGUSER and PGPASSWORD, or a password file (~/.pgpass)",
    ),
    (
        r"database .* does not exist",
        "correct the name of the database, or create it; `psql -l` lists those of a server",
    ),
    (r"role .* does not exist", "correct the user name, or create the role"),
    (
        r"no pg_hba\.conf entry",
        "the server rejects this combination of user, database, address and encryption: its pg_hba.conf needs "
        "an entry for it, or the connection needs another sslmode",
    ),
    (
        r"too many (?:clients|connections)|connection slots",
        "the server, database or role has reached its limit of "
        "connections: close some, or raise max_connections or CONNECTION LIMIT",
    ),
    (
        r"no more connections allowed|[Mm]ax ?client|query_wait_timeout",
        "the pooler has reached its limit: close connections, or raise its max_client_conn or pool size",
    ),
    (r"could not translate host name|failed to resolve host", "correct the host name"),
    (r"Connection refused|No such file or directory", "check host and port, and that the server runs"),
    (r"timeout expired", "check host, port and firewall; connect_timeout sets the time limit"),
)


def hint_for(message: str, *, named: bool = True) -> str:
    """Return what to do about a connection that failed with this message. `named`: somebody named a database."""
    hint = next((hint for pattern, hint in _HINTS if re.search(pattern, message)), HINT)
    return hint if named or hint == HINT else f"{_NOT_NAMED}; {hint}"


def is_named(parameters: Mapping[str, Any]) -> bool:
    """Return whether the connection string or the environment names a server, a database or a user."""
    return any(parameters.get(name) for name in _PUBLIC) or any(os.environ.get(name) for name in _LIBPQ_VARIABLES)


_SECRET = ("password", "sslpassword", "oauth_client_secret", "scram_client_key", "scram_server_key")
_PUBLIC = ("host", "hostaddr", "port", "user", "dbname", "service")
_SCHEME = re.compile(r"postgres(?:ql)?://")
_HOST = re.compile(r"[/@][^@]*|[\w.:%-]*")
_INTEGERS = (
    "connect_timeout",
    "keepalives",
    "keepalives_idle",
    "keepalives_interval",
    "keepalives_count",
    "tcp_user_timeout",
)


def database_url(given: str | None) -> str:
    """Return `--db`, else RECONCILE_DB, else DATABASE_URL, else an empty string: then libpq's own environment
    decides.

    Raise `UsageError` if one is set but empty: such a variable was probably not filled in.
    """
    named = {"--db": given, **{name: os.environ.get(name) for name in VARIABLES}}
    source, url = next(((name, url) for name, url in named.items() if url is not None), ("", ""))
    empty = [source] if source and not url.strip() else []
    if not source:
        empty = [name for name in _LIBPQ_VARIABLES if os.environ.get(name) == ""]
    if empty:
        raise UsageError(
            f"{empty[0]} is empty, so it names no database",
            rule=EMPTY_DATABASE,
            hint=EMPTY_DATABASE.remedy,
        )
    return url


def parameters_of(url: str) -> dict[str, Any]:
    """Return the parameters to connect with. Raise `UsageError`, whose message quotes nothing."""
    import psycopg
    from psycopg.conninfo import conninfo_to_dict

    if "\0" in url:  # libpq would end the string there
        remember(url.split("\0"))
        raise _unreadable("contains a NUL character")
    raw = _SCHEME.match(url)
    if raw:
        _check_uri(url[raw.end() :])
    given: dict[str, str] | None = None
    # Raised outside the handler, this error does not hold libpq's.
    with suppress(psycopg.Error, ValueError):
        given = {name: str(value) for name, value in conninfo_to_dict(url).items()}
    if given is None:
        remember([url])
        raise _unreadable("cannot be parsed by libpq")
    remember(_secrets(url, given))
    _check(given)
    return {**_missing(given), **given, **ALWAYS}


def without_values(text: str, parameters: Mapping[str, Any]) -> str:
    """Return a message of libpq without the values that it quotes, except for those that name the server."""
    for name, value in parameters.items():
        if name not in _PUBLIC and value:
            text = text.replace(f'"{value}"', '"***"')
    return text


def _check_uri(rest: str) -> None:
    """Reject a URI that libpq would parse in another way than its author means."""
    before_query = rest.partition("?")[0]
    user_info, at, _ = before_query.rpartition("@")
    if rest.count("@") > 1 or (at and "/" in user_info):
        remember([rest])
        raise _unreadable("is ambiguous: write @ as %40, / as %2F and ? as %3F in a user name or password")
    if re.fullmatch(r"[^/]*/", before_query) and "dbname=" not in rest:
        raise UsageError(
            "the connection string names no database after the last slash",
            rule=EMPTY_DATABASE,
            hint="write postgresql://user@host/database",
        )


def _check(given: dict[str, str]) -> None:
    empty = [name for name in ("host", "hostaddr", "user", "dbname", "service") if given.get(name) == ""]
    if empty:
        raise UsageError(
            f"`{empty[0]}` of the connection string is empty",
            rule=EMPTY_DATABASE,
            hint="give it a value, or omit it to use libpq's default",
        )
    if not all(re.fullmatch(r"\d{0,5}", port, re.ASCII) for port in given.get("port", "").split(",")):
        raise _unreadable("has a port that is not a number: write : as %3A in a user name or password")
    hosts = [*given.get("host", "").split(","), *given.get("hostaddr", "").split(",")]
    if not all(_HOST.fullmatch(host) for host in hosts):
        raise _unreadable("has a host name with invalid characters")
    for name in _INTEGERS:
        if name in given and not re.fullmatch(r"\s*[+-]?\d{1,9}\s*", given[name], re.ASCII):
            raise _unreadable(f"has a value of {name} that is not a number")


def _unreadable(what: str) -> UsageError:
    return UsageError(f"the connection string {what}", rule=CONNECTION_STRING, hint=CONNECTION_STRING.remedy)


def _secrets(url: str, given: dict[str, str]) -> list[str]:
    """Return what no message may quote: passwords, as they are and as the string writes them."""
    public = {given.get(name) for name in _PUBLIC}
    found = [given[name] for name in _SECRET if name in given and given[name] not in public]
    user, colon, rest = given.get("user", "").partition(":")
    if colon and user:
        found.append(rest)
    written = re.findall(r"[^:/?#\s=&]+", url.partition("://")[2]) if found else []
    return [*found, *(text for text in written if unquote(text) in found)]


def _missing(given: dict[str, str]) -> dict[str, str]:
    """Return the defaults that neither the string nor the environment nor the service file sets."""
    service = given.get("service", os.environ.get("PGSERVICE"))
    known = {*given, *(_service_keys(service) if service else ())}
    if os.environ.get("PGCONNECT_TIMEOUT"):
        known.add("connect_timeout")
    return {name: value for name, value in DEFAULTS.items() if name not in known}


def _service_keys(service: str) -> set[str]:
    """Return the parameters that the service file sets for a service.

    https://www.postgresql.org/docs/current/libpq-pgservice.html
    """
    from configparser import ConfigParser  # late: few connections name a service
    from configparser import Error as UnreadableFile

    home = Path(os.environ.get("PGSERVICEFILE") or "~/.pg_service.conf").expanduser()
    folder = os.environ.get("PGSYSCONFDIR")
    for path in (home, *([Path(folder) / "pg_service.conf"] if folder else [])):
        parser = ConfigParser(interpolation=None, delimiters=("=",), comment_prefixes=("#",), strict=False)
        try:
            parser.read(path, encoding="utf-8")
        except (OSError, UnreadableFile, UnicodeDecodeError):
            continue  # libpq itself will report what is wrong with it
        if parser.has_section(service):
            return set(parser.options(service))
    return set()
