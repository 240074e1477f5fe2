"""The rights of the session's role and of table owners; and whether journal and archive can be trusted."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from reconciler.model.facts.rights import (
    AccessToJournal,
    Holds,
    JournalAccess,
    MayExecute,
    NotExecutable,
    Objection,
    ObjectionToArchive,
    ObjectionToJournal,
    Owner,
    OwnerOf,
    UnusableInCopy,
)
from reconciler.model.names import JOURNAL_TABLE
from reconciler.postgres.archive_check import archive_summary
from reconciler.postgres.facts.grouping import grouped
from reconciler.postgres.journal_check import opening_summary
from reconciler.postgres.session import Session, ask

Q = TypeVar("Q")

# If it is not known which function of the name is called, another one may be. The search path is `pg_catalog`.
_NOT_EXECUTABLE = """
    SELECT w.number::int AS number, p.oid::regprocedure::text AS function, pg_get_userbyid(r.oid)::text AS role
      FROM unnest(%(schemas)s::text[], %(names)s::text[], %(tables)s::oid[], %(as_owner)s::bool[],
                  %(signatures)s::jsonb[])
           WITH ORDINALITY AS w (schema, name, "table", as_owner, signatures, number)
      JOIN pg_namespace n ON n.nspname = w.schema
      JOIN pg_proc p ON p.pronamespace = n.oid AND p.proname = w.name
      JOIN pg_class t ON t.oid = w."table"
      JOIN pg_roles r ON CASE WHEN w.as_owner THEN r.oid = t.relowner ELSE r.rolname = current_user END
     WHERE CASE WHEN w.signatures <> '[]'
                THEN w.signatures ? p.oid::regprocedure::text AND NOT has_function_privilege(r.oid, p.oid, 'EXECUTE')
                ELSE NOT EXISTS (SELECT FROM pg_proc q WHERE q.pronamespace = n.oid AND q.proname = w.name
                                                         AND has_function_privilege(r.oid, q.oid, 'EXECUTE')) END
     ORDER BY 1, 2"""

_JOURNAL = """
    SELECT w.number::int AS number, n.oid IS NOT NULL AS schema_exists,
           (SELECT has_language_privilege(l.oid, 'USAGE') FROM pg_language l WHERE l.lanname = 'plpgsql') AS guarded,
           t.oid IS NOT NULL
             OR coalesce(has_schema_privilege(n.oid, 'USAGE') AND has_schema_privilege(n.oid, 'CREATE'), false)
           AS creatable,
           t.oid IS NULL OR has_schema_privilege(n.oid, 'USAGE') AS usable,
           t.oid IS NULL OR (has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(t.oid, 'SELECT')) AS readable,
           t.oid IS NULL OR (has_table_privilege(t.oid, 'INSERT') AND has_table_privilege(t.oid, 'SELECT')) AS writable
      FROM unnest(%(schemas)s::text[]) WITH ORDINALITY AS w (schema, number)
      LEFT JOIN pg_namespace n ON n.nspname = w.schema
      LEFT JOIN pg_class t ON t.relnamespace = n.oid AND t.relname = %(table)s"""

_LACKING = """
    SELECT w.number::int AS number
      FROM unnest(%(privileges)s::text[], %(schemas)s::text[], %(tables)s::text[], %(columns)s::text[],
                  %(whole)s::bool[], %(owned_schemas)s::text[], %(owned_tables)s::text[])
           WITH ORDINALITY AS w (privilege, schema, "table", "column", whole, owned_schema, owned_table, number)
      LEFT JOIN pg_namespace n ON n.nspname = w.schema
      LEFT JOIN pg_class t ON t.relnamespace = n.oid AND t.relname = w."table"
      LEFT JOIN pg_tablespace s ON w.schema = '' AND s.spcname = w."table"
      LEFT JOIN pg_namespace m ON m.nspname = w.owned_schema
      LEFT JOIN pg_class o ON o.relnamespace = m.oid AND o.relname = w.owned_table
      JOIN pg_roles r ON CASE WHEN o.oid IS NULL THEN r.rolname = current_user ELSE r.oid = o.relowner END
     WHERE NOT CASE
           WHEN s.oid IS NOT NULL
           THEN has_tablespace_privilege(s.oid, w.privilege)
                OR s.oid = (SELECT d.dattablespace FROM pg_database d WHERE d.datname = current_database())
           WHEN w."table" = '' THEN has_schema_privilege(r.oid, n.oid, w.privilege)
           WHEN w.whole THEN has_table_privilege(r.oid, t.oid, w.privilege)
           WHEN w."column" = '' THEN has_any_column_privilege(r.oid, t.oid, w.privilege)
           ELSE has_column_privilege(r.oid, t.oid, w."column", w.privilege) END"""

_UNUSABLE_IN_COPY = """
    SELECT DISTINCT w.number::int AS number, u.object
      FROM unnest(%(schemas)s::text[], %(tables)s::text[]) WITH ORDINALITY AS w (schema, "table", number)
      JOIN pg_namespace n ON n.nspname = w.schema
      JOIN pg_class t ON t.relnamespace = n.oid AND t.relname = w."table"
      JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
      JOIN pg_type own ON own.oid = a.atttypid
      JOIN pg_type y ON y.oid = CASE WHEN own.typcategory = 'A' AND own.typelem <> 0
                                     THEN own.typelem ELSE own.oid END
      JOIN pg_namespace tn ON tn.oid = y.typnamespace
      LEFT JOIN pg_collation l ON l.oid = a.attcollation
      LEFT JOIN pg_namespace ln ON ln.oid = l.collnamespace
     CROSS JOIN LATERAL (
           SELECT 'TYPE ' || quote_ident(tn.nspname) || '.' || quote_ident(y.typname) AS object
            WHERE NOT has_type_privilege(y.oid, 'USAGE')
           UNION ALL
           SELECT 'SCHEMA "' || replace(s.nspname, '"', '""') || '"'
             FROM pg_namespace s
            WHERE s.oid IN (tn.oid, ln.oid) AND NOT has_table_privilege(t.oid, 'SELECT')
              AND NOT has_schema_privilege(s.oid, 'USAGE')) AS u
     ORDER BY 1, 2"""

_OWNERS = """
    SELECT w.number::int AS number, o.rolname::text AS owner, o.rolsuper AS superuser,
           pg_has_role(o.oid, 'MEMBER') AS member,
           pg_has_role(o.oid, 'USAGE') OR (w.dropping AND pg_has_role(n.nspowner, 'USAGE')) AS held
      FROM unnest(%(schemas)s::text[], %(names)s::text[], %(statistics)s::bool[], %(dropping)s::bool[])
           WITH ORDINALITY AS w (schema, name, statistics, dropping, number)
      JOIN pg_namespace n ON n.nspname = w.schema
      LEFT JOIN pg_class t ON NOT w.statistics AND t.relnamespace = n.oid AND t.relname = w.name
      LEFT JOIN pg_statistic_ext s ON w.statistics AND s.stxnamespace = n.oid AND s.stxname = w.name
      JOIN pg_database d ON d.datname = current_database()
      JOIN pg_roles o ON o.oid = CASE WHEN w.name <> '' THEN coalesce(t.relowner, s.stxowner)
                                      WHEN pg_get_userbyid(n.nspowner) = 'pg_database_owner' THEN d.datdba
                                      ELSE n.nspowner END"""


def may_execute(
    session: Session, asked: Sequence[MayExecute]
) -> Callable[[], Mapping[MayExecute, tuple[NotExecutable, ...]]]:
    wanted = {
        "schemas": [each.function.schema for each in asked],
        "names": [each.function.name for each in asked],
        "tables": [each.table for each in asked],
        "as_owner": [each.as_owner for each in asked],
        "signatures": [json.dumps(each.signatures) for each in asked],
    }
    found = ask(session.connection, _NOT_EXECUTABLE, wanted)
    return lambda: grouped(
        asked, ((asked[row.number - 1], NotExecutable(function=row.function, role=row.role)) for row in found())
    )


def owners(session: Session, asked: Sequence[OwnerOf]) -> Callable[[], Mapping[OwnerOf, Owner | None]]:
    wanted = {
        "schemas": [each.table.schema for each in asked],
        "names": [each.table.name for each in asked],
        "statistics": [each.statistics for each in asked],
        "dropping": [each.dropping for each in asked],
    }
    found = ask(session.connection, _OWNERS, wanted)

    def answers() -> Mapping[OwnerOf, Owner | None]:
        known: dict[OwnerOf, Owner | None] = dict.fromkeys(asked)
        for row in found():
            known[asked[row.number - 1]] = Owner(
                role=row.owner, superuser=row.superuser, member=row.member, held=row.held
            )
        return known

    return answers


def unusable_in_copy(
    session: Session, asked: Sequence[UnusableInCopy]
) -> Callable[[], Mapping[UnusableInCopy, tuple[str, ...]]]:
    wanted = {"schemas": [each.table.schema for each in asked], "tables": [each.table.name for each in asked]}
    found = ask(session.connection, _UNUSABLE_IN_COPY, wanted)
    return lambda: grouped(asked, ((asked[row.number - 1], row.object) for row in found()))


def held(session: Session, asked: Sequence[Holds]) -> Callable[[], Mapping[Holds, bool]]:
    wanted = {
        "privileges": [each.privilege for each in asked],
        "schemas": [each.schema for each in asked],
        "tables": [each.table for each in asked],
        "columns": [each.column for each in asked],
        "whole": [each.whole for each in asked],
        "owned_schemas": [each.owner_of and each.owner_of.schema for each in asked],
        "owned_tables": [each.owner_of and each.owner_of.name for each in asked],
    }
    found = ask(session.connection, _LACKING, wanted)
    return lambda: {**dict.fromkeys(asked, True), **{asked[row.number - 1]: False for row in found()}}


def access_to_journal(
    session: Session, asked: Sequence[AccessToJournal]
) -> Callable[[], Mapping[AccessToJournal, JournalAccess]]:
    wanted = {"schemas": [each.schema for each in asked], "table": JOURNAL_TABLE}
    found = ask(session.connection, _JOURNAL, wanted)
    return lambda: {
        asked[row.number - 1]: JournalAccess(
            schema_exists=row.schema_exists,
            guarded=row.guarded,
            creatable=row.creatable,
            usable=row.usable,
            readable=row.readable,
            writable=row.writable,
        )
        for row in found()
    }


def objections_to_journal(
    session: Session, asked: Sequence[ObjectionToJournal]
) -> Callable[[], Mapping[ObjectionToJournal, Objection | None]]:
    return _objections(session, asked, [opening_summary(each.journal) for each in asked])


def objections_to_archive(
    session: Session, asked: Sequence[ObjectionToArchive]
) -> Callable[[], Mapping[ObjectionToArchive, Objection | None]]:
    return _objections(session, asked, [archive_summary(each.trusted_roles) for each in asked])


def _objections(
    session: Session, asked: Sequence[Q], summaries: Sequence[str]
) -> Callable[[], Mapping[Q, Objection | None]]:
    found = [ask(session.connection, summary) for summary in summaries]
    return lambda: {one: _objection(*rows()) for one, rows in zip(asked, found, strict=True)}


def _objection(row: Any) -> Objection | None:
    return None if row.message is None else Objection(message=row.message, hint=row.hint)
