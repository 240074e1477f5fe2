"""Only superusers, the connected role, and the given roles are trusted."""

from __future__ import annotations

import pytest

from reconciler.postgres.session import connect, rows
from reconciler.postgres.trust import is_trusted
from tests.servers import Database

pytestmark = pytest.mark.ends

ROLES = {
    "connected": "LOGIN",
    "superuser": "SUPERUSER",
    "given %s \" '": "",
    "other": "",
    "member_of_superuser": "",
}


def test_superusers_the_connected_role_and_given_ones_are_trusted(database: Database) -> None:
    names = {name: f"{database.name} {name}" for name in ROLES}
    quoted = {name: '"' + full.replace('"', '""') + '"' for name, full in names.items()}
    try:
        for name, attributes in ROLES.items():
            database.execute(f"CREATE ROLE {quoted[name]} {attributes}")
        database.execute(f"GRANT {quoted['superuser']} TO {quoted['member_of_superuser']}")
        trusted = is_trusted("r.oid", {names["given %s \" '"], "a role that does not exist"})
        with connect(database.url_as(names["connected"])) as session:
            found = rows(session.connection, f"SELECT r.rolname FROM pg_roles r WHERE {trusted}")
        assert {names["connected"], names["superuser"], names["given %s \" '"], "postgres"} == {
            row["rolname"] for row in found
        }
    finally:
        for name in quoted.values():
            database.execute(f"DROP ROLE IF EXISTS {name}")
