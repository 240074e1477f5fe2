"""Imitates managed services with roles: no superuser, schemas of the service, extensions in another schema."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import reconciler
from reconciler.model.options import Options
from reconciler.report import render_json, report_of
from tests.execution.support import apply, assert_in_sync, desired
from tests.servers import Database

pytestmark = pytest.mark.ends

SERVICE = """
    CREATE ROLE "service_{n}"; CREATE ROLE "admin_{n}" LOGIN CREATEDB CREATEROLE;
    ALTER DATABASE {database} OWNER TO "admin_{n}";
    REVOKE CREATE ON SCHEMA public FROM PUBLIC; GRANT ALL ON SCHEMA public TO "admin_{n}";
    REVOKE EXECUTE ON FUNCTION pg_control_system() FROM PUBLIC;
    CREATE SCHEMA auth AUTHORIZATION "service_{n}"; CREATE SCHEMA extensions AUTHORIZATION "service_{n}";
    GRANT USAGE ON SCHEMA auth, extensions TO "admin_{n}";
    CREATE TABLE auth.users (id int PRIMARY KEY, email text); ALTER TABLE auth.users OWNER TO "service_{n}";
    GRANT SELECT, REFERENCES ON auth.users TO "admin_{n}";
    CREATE FUNCTION extensions.cmp(text, text) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT bttextcmp($1, $2)';
    CREATE OPERATOR CLASS extensions.ext_ops FOR TYPE text USING btree AS
      OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 extensions.cmp(text, text);
    SET ROLE "admin_{n}";
    CREATE TABLE profiles (id int, user_id int, name text); CREATE TABLE old_profiles (id int);
    INSERT INTO profiles VALUES (1, NULL, 'a');
"""
YAML = """
policy: {search_path: [extensions]}
tables:
  profiles:
    primary_key: id
    foreign_keys: {profiles_user_id_fkey: {columns: user_id, references: auth.users(id), on_delete: cascade}}
    checks: {profiles_name_check: name <> ''}
    indexes: {profiles_name_idx: {columns: [{column: name, opclass: ext_ops}]}}
dropped_tables: {old_profiles: }
"""


@pytest.fixture
def admin(database: Database) -> Iterator[str]:
    """Return the name of the most powerful role that a service gives to its customers."""
    number = database.name.removeprefix("test_")
    database.execute(SERVICE.replace("{n}", number).replace("{database}", database.name))
    yield f"admin_{number}"
    database.execute(
        f"""GRANT EXECUTE ON FUNCTION pg_control_system() TO PUBLIC; ALTER DATABASE {database.name} OWNER TO postgres;
            DROP OWNED BY "admin_{number}", "service_{number}" CASCADE;
            DROP ROLE "admin_{number}", "service_{number}" """
    )


def test_a_role_without_superuser_does_everything_but_bind_a_plan(
    database: Database, admin: str, tmp_path: Path
) -> None:
    state, url = desired(tmp_path, YAML), database.url_as(admin)
    trusting = Options(trusted_roles=frozenset({admin.replace("admin", "service")}))
    plan = reconciler.plan(state, url, options=trusting)
    assert plan.refusals == ()
    assert not plan.server.system_identifier
    assert '"system_identifier": ""' in render_json(report_of(plan))
    assert apply(state, url).error is None
    assert_in_sync(state, url)
    exported = reconciler.export(url, schemas=["public"]).files["schema.yaml"]
    assert "opclass: {schema: extensions, name: ext_ops}" in exported
    assert_in_sync(desired(tmp_path, exported[exported.index("version:") :]), url)
