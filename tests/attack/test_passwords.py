"""Attack: somebody reads what a command prints about a wrong connection string.

Many people can read the logs of a CI job; the string comes from a mistyped secret. No output of a command may contain a
password, or a part of it.
"""

from __future__ import annotations

import io
import os
import random
import re
import subprocess
import sys
import time
from collections.abc import Callable
from urllib.parse import quote

import pytest

from reconciler.cli.main import main
from reconciler.cli.run import run
from reconciler.model.errors import ReconcileError
from reconciler.model.secrets import scrubbed
from reconciler.postgres.conninfo import parameters_of
from reconciler.postgres.session import connect
from tests.docs.pages import PAGES, ROOT
from tests.servers import NIGHTLY, Database

CANARY = "Zq7xKw9vHc"
"""Begins and ends a password of several parts: neither may be printed."""

SEED = 20261127
_BREAKS = (
    "%zz",
    " ",
    "@",
    "@@",
    "/",
    "?",
    "#",
    ":",
    "'",
    '"',
    "\\",
    "%",
    "=",
    "&",
    ";",
    ",",
    "[",
    "]",
    "\t",
    "\n",
    "é",
)
_SCHEMES = (
    *("postgresql://", "postgres://", "postgresql:/", "postgres//"),
    *("POSTGRESQL://", "jdbc:postgresql://", "://", ""),
)
_HOSTS = (
    *("127.0.0.1", "127.0.0.1:1", "127.0.0.1:x", "[::1", "[::1]:1"),
    *("127.0.0.1:1,127.0.0.1:2", "", "127.0.0.1:99999999", "h" * 64, "a..b"),
)
_QUERIES = (
    *("", "?sslmode=nonsense", "?connect_timeout=x", "?bad", "?a=b"),
    *("?%zz=1", "?host=/nowhere&port=1", "?=", "?options=-c%20a"),
)
_KEYS = ("password", "passwd", "sslpassword", "PGPASSWORD", "password ", " password", "export PGPASSWORD")
_PIECES = (
    *("a", "a://", "://:", "x:@", "password=", "password='", "password='\\", "password ", " ", "@"),
    *("\\'", "a:b@ ", "://a:", "&a="),
)

Make = Callable[[random.Random], str]


def password(chance: random.Random) -> str:
    """Return a password of two to four parts, with characters that break a connection string between them."""
    parts = [CANARY + str(chance.randrange(100)) for _ in range(chance.randint(1, 3))]
    return "".join(part + chance.choice(_BREAKS) for part in parts[:-1]) + parts[-1]


def uri(chance: random.Random) -> str:
    secret = password(chance)
    written = quote(secret, safe="") if chance.random() < 0.2 else secret
    query = chance.choice(_QUERIES)
    return f"{chance.choice(_SCHEMES)}me:{written}@{chance.choice(_HOSTS)}/shop{query}"


def uri_with_parameter(chance: random.Random) -> str:
    name = chance.choice(["password", "sslpassword", "passwrd", "pass word", "PASSWORD"])
    return f"{chance.choice(_SCHEMES[:2])}me@{chance.choice(_HOSTS)}/shop?{name}={password(chance)}&sslmode=disable"


def several_hosts(chance: random.Random) -> str:
    return f"postgresql://me:{password(chance)}@127.0.0.1:1,me:{password(chance)}@127.0.0.1:2/shop"


def keywords(chance: random.Random) -> str:
    secret = password(chance)
    value = chance.choice([secret, f"'{secret}'", f"'{secret}", f'"{secret}"', f"\\{secret}"])
    name = chance.choice(_KEYS)
    host = chance.choice(["host=127.0.0.1", "host = 127.0.0.1", "hots=127.0.0.1", "host='127.0.0.1", "", "host"])
    return chance.choice([f"{name}={value} {host} port=1", f"{host} port=1 user=me {name}={value}"])


def mutated(chance: random.Random) -> str:
    """Return a connection string with one character removed before the password.

    The character right before the password is kept: `me:password` without its colon is a valid user name.
    """
    text = chance.choice([uri, several_hosts, keywords])(chance)
    position = chance.randrange(text.find(CANARY) - 1)
    return text[:position] + text[position + 1 :]


KINDS: list[Make] = [uri, uri_with_parameter, several_hosts, keywords, mutated]


def refusal_of(text: str) -> ReconcileError | None:
    try:
        parameters_of(text)
    except ReconcileError as error:
        return error
    return None


def test_no_message_quotes_a_malformed_connection_string() -> None:
    """A connection string with a password is malformed in one of 100,000 ways (3,000 in an ordinary run)."""
    chance = random.Random(SEED)
    read = refused = 0
    for number in range(100_000 if NIGHTLY else 3_000):
        text = KINDS[number % len(KINDS)](chance)
        error = refusal_of(text)
        if error is None:
            read += 1
        else:
            refused += 1
            assert (error.__cause__, error.__context__) == (None, None)
            assert CANARY not in str(error), text
        assert CANARY not in scrubbed(f"could not do it: {text}"), text
    assert min(read, refused) > 200, "both are tried"


def test_no_command_prints_it(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A command is run with such a string: as --db, in the environment, and in place of another argument."""
    chance = random.Random(SEED)
    monkeypatch.setenv("PGCONNECT_TIMEOUT", "2")
    monkeypatch.setenv("RECONCILE_DEBUG", "1")
    for number in range(2_000 if NIGHTLY else 150):
        text = KINDS[number % len(KINDS)](chance)
        monkeypatch.delenv("RECONCILE_DB", raising=False)
        if number % 3 == 0:
            arguments = ["export", "--db", text]
        elif number % 3 == 1:
            monkeypatch.setenv("RECONCILE_DB", text)
            arguments = ["history"]
        else:
            arguments = ["plan", *(["--db"] if number % 2 else []), *text.split(" ")]
        code = main(arguments)
        printed = capsys.readouterr()
        assert code in (1, 64), (arguments, printed)
        assert CANARY not in printed.out + printed.err, arguments
        assert "internal error" not in printed.err, arguments


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["--db", "postgresql://app@host/shop", "--nosuch"], True),
        (["--db=host=h user=app", "--nosuch"], True),
        (["--db", "service=shop", "--nosuch"], True),
        (["--db", "postgresql://app:secret@host/shop", "--nosuch"], False),
        (["--db", "postgresql://app:sec", "--nosuch"], False),
        (["--db", "postgresql://app@host/shop?password=sec", "--nosuch"], False),
        (["--db", "host=h", "password=sec", "--nosuch"], False),
        (["--db", "host=h password='sec", "--nosuch"], False),
    ],
)
def test_a_wrong_option_is_named_unless_a_password_may_be_cut(
    arguments: list[str], named: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["plan", *arguments]) == 64
    assert ("--nosuch" in capsys.readouterr().err) is named


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://me:p@{CANARY}@127.0.0.1/shop",
        f"postgresql://me:p/{CANARY}@127.0.0.1/shop",
        f"postgresql://me:{CANARY}%zz@127.0.0.1/shop",
        f"postgresql://me:{CANARY}",
        f"postgresql:///me:{CANARY}@127.0.0.1/shop",
        f"PGPASSWORD={CANARY} host=127.0.0.1",
        f"host=127.0.0.1 password='{CANARY}",
        f"host=127.0.0.1 password=x {CANARY}",
        f"host=127.0.0.1 port={CANARY}",
        f"host={CANARY}@127.0.0.1 port=1",
        f"host=127.0.0.1 connect_timeout={CANARY}",
        f"host=127.0.0.1 port=1 sslmode={CANARY}",
        f"postgresql://me%3A{CANARY}@127.0.0.1:1/shop",
        f"postgresql://me:{CANARY}@{'h' * 64}/shop",
        f"postgresql://me:{CANARY}@db..example/shop",
        f"host=127.0.0.1 port=1 dbname=shop\0_test password={CANARY}",
    ],
)
def test_each_known_slip(url: str) -> None:
    """In the mistyped string, libpq takes the password for a host, a port, a user or an option."""
    with pytest.raises(ReconcileError) as raised, connect(url):
        pass
    assert CANARY not in str(raised.value)
    assert raised.value.__context__ is None or CANARY not in str(raised.value.__context__)


@pytest.mark.ends
def test_what_the_server_says_of_a_login(database: Database) -> None:
    """A login fails on a real server, with the password, and with a database of that name."""
    url = database.url.replace("postgres@/", f"nobody:{CANARY}@/")
    other = database.url.replace(f"postgres@/{database.name}", f"postgres:{CANARY}1@/{CANARY}1x")
    for text in (url, other):
        with pytest.raises(ReconcileError) as raised, connect(text):
            pass
        assert raised.value.rule == "connection-failed"
        assert CANARY not in str(raised.value)
        assert "does not exist" in str(raised.value), "the server's own words are kept"


@pytest.mark.ends
def test_no_other_process_sees_it(database: Database) -> None:
    """Another user of the machine lists the processes: the connection string is only in the environment."""
    process = subprocess.Popen(
        [sys.executable, "-m", "reconciler.cli.main", "history"],
        env={**os.environ, "RECONCILE_DB": database.url + f"&password={CANARY}"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    with process, open(f"/proc/{process.pid}/cmdline", "rb") as file:
        assert CANARY.encode() not in file.read()
        assert process.wait(60) == 0


def test_no_page_passes_a_password_on_a_command_line() -> None:
    """If somebody follows an example of the documentation, the process list must not show the connection string."""
    examples = (path for path in (ROOT / "examples").rglob("*") if path.suffix in {".yaml", ".sh", ".sql"})
    lines = [(path, line) for path in (*PAGES, *examples) for line in path.read_text(encoding="utf-8").splitlines()]
    commands = [(path, line) for path, line in lines if re.search(r"\b(psql|pg_dump|reconcile)\b|--db|-d ", line)]
    assert len(commands) > 50
    secret = re.compile(r"""(--db|--dbname|-d|psql)[ =]+["']?(\$|\w+://[^\s/]*:[^\s/]*@)|PGPASSWORD=[^$\s`]""")
    assert [(path, line) for path, line in commands if secret.search(line)] == []


def test_an_ordinary_message_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """The masked text does not reveal a short or ordinary password."""
    monkeypatch.setenv("PGPASSWORD", "database")
    for text in (
        "cannot connect to the database: connection refused",
        "schema.yaml:3:5: [unknown-key] unknown key (did you mean `columns`?)",
        "see https://www.postgresql.org/docs/current/libpq-connect.html",
        "Database shop on db.example, port 5432, PostgreSQL 18.6, as deploy",
        "postgresql://deploy@db.example:5432/shop",
    ):
        assert scrubbed(text) == text
    assert scrubbed('role "database" does not exist') == 'role "***" does not exist'


@pytest.mark.parametrize(
    "piece",
    _PIECES,
)
def test_masking_takes_time_in_proportion_to_the_text(piece: str) -> None:
    """A file causes a message of 400,000 characters, to keep the tool busy for hours."""
    text = piece * (400_000 // len(piece))
    begun = time.process_time()
    scrubbed(text)
    assert time.process_time() - begun < 5


def test_standard_error_is_masked_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """A message quotes the password of the environment."""
    from reconciler.cli.output import warn

    monkeypatch.setenv("PGPASSWORD", CANARY)
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    warn(f"something quotes {CANARY}")
    assert sys.stderr.getvalue() == "something quotes ***\n"
