"""The files of snapshots: what they hold, and what is refused."""

from __future__ import annotations

import json
import typing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

import reconciler
from reconciler.model.codec import Unfit, codec
from reconciler.model.errors import UsageError
from reconciler.model.plan import ServerInfo
from reconciler.model.platform import Environment
from reconciler.model.server import Server
from reconciler.model.state import LiveState
from reconciler.snapshots.skeleton import Skeleton
from reconciler.snapshots.snapshot import Snapshot, read_snapshot, refuse_other_database, write_snapshot
from reconciler.snapshots.state import size_class
from tests.servers import Database

NOW = datetime(2026, 3, 1, tzinfo=UTC)
INFO = ServerInfo(
    version="15.18",
    version_num=150018,
    host="",
    port=0,
    system_identifier="7",
    database="shop",
    database_oid=5,
    encoding="UTF8",
    user="",
)
SERVER = Server(
    info=INFO,
    major=15,
    pid=0,
    started="",
    now=NOW,
    superuser=False,
    writable=True,
    may_create_temp=True,
    may_create_schema=True,
    default_tablespace="pg_default",
)
EMPTY = Snapshot(
    tool="1.0",
    taken=NOW,
    environment="",
    server=SERVER,
    live=LiveState(tables={}, objects={}),
    names={"public": ("wallets",)},
    checks=(),
    skeleton=Skeleton(),
    answers={},
)
TEXT = write_snapshot(EMPTY).encode()
WEEK = timedelta(days=7)


def read(text: bytes, now: datetime = NOW, tool: str = "1.0") -> Snapshot:
    return read_snapshot(text, tool=tool, now=now, max_age=WEEK)


def changed(**parts: Any) -> bytes:
    """The file with other parts and a fitting hash: what somebody could write who means harm."""
    from reconciler.snapshots import snapshot

    document = {**json.loads(TEXT), **parts}
    del document["sha256"]
    return json.dumps({**document, "sha256": snapshot._hash(document)}).encode()


def of_version(major: int, number: int) -> bytes:
    server = json.loads(TEXT)["server"]
    return changed(server={**server, "major": major, "info": {**server["info"], "version_num": number * 10000}})


def test_what_is_written_is_read_again():
    assert read(TEXT) == EMPTY


DEEP = b"[" * 100_000
BROKEN = "it is damaged: its content was changed after it was written"


def invalid(entry: str) -> str:
    return f"its entry `{entry}` is not valid"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (b"", "it is not JSON"),
        (b"\xff\xfe", "it is not JSON"),
        (DEEP, "it is not JSON"),
        (b'{"format_version": ' + b"9" * 10_000 + b"}", "it is not JSON"),
        (b'{"format_version": NaN}', "it is not JSON"),
        (b'{"format_version": 1, "format_version": 1}', "it is not JSON"),
        (b"[1]", "it is not a snapshot"),
        (b"{}", "it is not a snapshot"),
        (TEXT.replace(b"wallets", b"purses"), BROKEN),
        (changed(format_version=99), "it was written by version another of reconcile, and this is version 1.0"),
        (changed(tool="0.9"), "it was written by version 0.9 of reconcile, and this is version 1.0"),
        (changed(live=[]), invalid("live")),
        (changed(environment=7), invalid("environment")),
        (changed(live={"tables": [[["public"], {}]], "objects": []}), invalid("live")),
        (
            changed(live={"tables": [], "objects": [[["s", "t", "check", "c"], {"type": "Snapshot"}]]}),
            invalid("live"),
        ),
        (changed(live={"tables": [], "objects": [], "_by_table": {}}), invalid("live")),
        (TEXT.replace(b"wallets", rb"\ud800"), BROKEN),
        (changed(names={"public": ["a\0b"]}), invalid("names")),
        (changed(names={"public": [7]}), invalid("names")),
        (changed(answers={}), invalid("answers")),
        (changed(taken="2026-03-01T00:00:00"), invalid("taken")),
        (of_version(99, 99), "the server was PostgreSQL 99; supported are 14 to 18"),
        (of_version(13, 13), "the server was PostgreSQL 13; supported are 14 to 18"),
        (of_version(18, 99), invalid("server")),
        (of_version(99, 18), invalid("server")),
        (changed(taken="2027-03-01T00:00:00+00:00"), "it was taken in the future, at 2027-03-01 00:00:00 UTC"),
    ],
)
def test_what_is_no_snapshot_is_refused_with_one_message(text, why):
    with pytest.raises(UsageError) as caught:
        read(text)
    assert caught.value.message == f"the snapshot cannot be used: {why}"


def test_an_old_snapshot_is_refused():
    with pytest.raises(
        UsageError, match=r"too old: it was taken 8 days ago, and the limit is 7 days \(--max-age\)"
    ):
        read(TEXT, now=NOW + timedelta(days=8))


PRODUCTION = Environment(name="production", variable="RECONCILE_DB_PRODUCTION")
OTHER = {"RECONCILE_DB_PRODUCTION": "postgresql://app:secret@db.example/other"}


@pytest.mark.parametrize(
    ("taken_in", "environment", "environ", "why"),
    [
        ("", Environment(), {}, None),
        ("production", Environment(), {}, None),
        ("production", PRODUCTION, OTHER, None),  # a pooler may have another name for the database
        (
            "staging",
            PRODUCTION,
            {},
            "it was taken in environment staging, and the plan is for environment production",
        ),
        ("", PRODUCTION, {}, None),
        ("", PRODUCTION, {"RECONCILE_DB_PRODUCTION": " "}, None),
        ("", PRODUCTION, {"RECONCILE_DB_PRODUCTION": "dbname=shop"}, None),
        ("", PRODUCTION, {"RECONCILE_DB_PRODUCTION": "host=db"}, None),
        ("", PRODUCTION, OTHER, "it is of database shop, and that of environment production is other"),
    ],
)
def test_a_snapshot_of_another_database_is_refused(taken_in, environment, environ, why):
    snapshot = replace(EMPTY, environment=taken_in)
    if why is None:
        return refuse_other_database(snapshot, environment, environ)
    with pytest.raises(UsageError) as caught:
        refuse_other_database(snapshot, environment, environ)
    assert caught.value.message == f"the snapshot cannot be used: {why}"
    assert caught.value.hint == "take a snapshot of it: `reconcile snapshot --env production -o FILE`"
    return None


@dataclass(frozen=True)
class Sample:
    number: int
    texts: tuple[str, ...] = ()
    by_name: typing.Mapping[str, frozenset[int]] | None = None


@pytest.mark.parametrize(
    "value", [Sample(1), Sample(2, ("ä", "")), Sample(3, (), {"x": frozenset({2, 1}), "y": frozenset()})]
)
def test_the_codec_follows_the_types(value):
    written = json.loads(json.dumps(codec(Sample).write(value)))
    assert codec(Sample).read(written) == value


@pytest.mark.parametrize(
    "written",
    [
        [],
        {"number": True},
        {"number": 1.0},
        {"number": 1, "texts": "ab"},
        {"number": 1, "more": 1},
        {"number": None},
    ],
)
def test_the_codec_takes_no_other_type(written):
    with pytest.raises(Unfit):
        codec(Sample).read(written)


def test_a_type_without_a_codec_is_named():
    with pytest.raises(TypeError, match="no codec for values of set"):
        codec(set[int])


def test_sizes_are_classes():
    assert [size_class(one, 2500) for one in (-1, 0, 1, 9, 10, 2499, 2500, 9999, 10_000)] == [
        *(-1, 0, 1, 1, 10, 1000, 2500, 2500, 10_000),
    ]


CANARY = "canary7531"
HOLDING = f"""
    CREATE ROLE owner_{CANARY};
    COMMENT ON ROLE owner_{CANARY} IS '{CANARY}';
    CREATE FUNCTION allowed(text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$BEGIN
      RETURN $1 <> '{CANARY}'; END$$;
    ALTER FUNCTION allowed OWNER TO owner_{CANARY};
    CREATE TABLE wallets (id int, name text DEFAULT '{CANARY}', note text CHECK (allowed(note)));
    INSERT INTO wallets SELECT n, '{CANARY}', '{CANARY}x' FROM generate_series(1, 100) n;
    INSERT INTO wallets VALUES (1, '{CANARY}', NULL);
    CREATE STATISTICS st ON id, name FROM wallets;
    ANALYZE wallets;
    GRANT SELECT ON wallets TO owner_{CANARY};
    CREATE POLICY p ON wallets TO owner_{CANARY} USING (name <> '{CANARY}');
    ALTER TABLE wallets OWNER TO owner_{CANARY};
    CREATE VIEW v AS SELECT '{CANARY}' AS word FROM wallets;
"""


@pytest.mark.pg(">= 18")
def test_no_row_role_body_or_statistic_is_in_a_snapshot(database: Database, tmp_path):
    file = tmp_path / "schema.yaml"
    file.write_text(
        "version: 1\ntables:\n  wallets:\n    unique: {wallets_id_key: id}\n    not_null: [note]\n"
        "    checks: {positive: id > 0}\n    indexes: {by_name: name}\n"
    )
    database.execute(HOLDING)
    try:
        text = reconciler.take_snapshot(reconciler.load([file]), database.url)
    finally:
        database.execute(f"DROP OWNED BY owner_{CANARY} CASCADE; DROP ROLE owner_{CANARY}")
    assert CANARY not in text
    document = json.loads(text)
    assert {one["result"] for one in document["checks"]} == {"0", "more than 0"}
    assert [table[1]["rows"] for table in document["live"]["tables"]] == [100]
    assert document["server"]["info"]["user"] == document["server"]["info"]["host"] == ""
