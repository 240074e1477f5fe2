"""Only superusers, the connected role, and the given roles are trusted."""

from __future__ import annotations

from pathlib import Path

import pytest

from reconciler.cli.main import main
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


COMMANDS = (
    "plan",
    "plan --rehearse",
    "apply -y",
    "drift",
    "drift --write",
    "ci --output-dir report",
    "snapshot -o snapshot.json",
    "history",
    "history last",
    "history --trim 1d",
    "history --record",
    "restore",
    "restore old --plan",
    "restore old -y",
    "restore --quarantine",
    "restore --quarantine old --plan",
    "restore --quarantine old -y",
    "undo last --plan",
    "undo last -y",
)


@pytest.mark.pg(">= 18")
def test_every_command_says_that_a_trusted_role_does_not_exist(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RECONCILE_DB", database.url)
    (tmp_path / "schema.yaml").write_text("version: 1\ntables: {t: }\n")
    database.execute("CREATE TABLE t ()")
    for command in COMMANDS:
        assert main([*command.split(), "--trust-role", "postgres", "--trust-role", 'no "one"']) == 64
        said = capsys.readouterr().err
        assert '[nothing-matches] role "no ""one""" does not exist' in said, command
    monkeypatch.setenv("RECONCILE_TRUST_ROLE", "postgres, nobody")
    assert main(["plan"]) == 64
    assert "role nobody does not exist" in capsys.readouterr().err
    monkeypatch.setenv("RECONCILE_TRUST_ROLE", "postgres, reader")
    assert main(["plan"]) == 0
