"""The publications that send the changes of a table's rows, and their requirements for its replica identity.

Source: RelationBuildPublicationDesc in src/backend/utils/cache/relcache.c.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from reconciler.model.facts.new_tables import NewTablesSent, PublicationsOfNewTables
from reconciler.model.facts.values import Publication, PublicationsOf, Published
from reconciler.model.names import ARCHIVE_SCHEMA, JOURNAL_TABLE
from reconciler.postgres.session import Session, ask

# A partition is published with its ancestors, through the topmost of them if the publication says so. Row
# filters and column lists are those of the table through which it is published.
_PUBLISHED = """
    WITH RECURSIVE above AS (
      SELECT t.oid AS start, t.oid, 0 AS level FROM pg_class t
       WHERE t.oid = ANY (%(tables)s) AND t.relpersistence = 'p' AND t.relkind = 'r'
       UNION ALL
      SELECT a.start, h.inhparent, a.level + 1
        FROM above a JOIN pg_class c ON c.oid = a.oid AND c.relispartition JOIN pg_inherits h ON h.inhrelid = a.oid
    ), sent AS (
      SELECT a.start, p.oid AS publication, p.pubname::text AS name, p.pubviaroot, p.pubupdate, p.pubdelete,
             a.oid, a.level
        FROM above a JOIN pg_publication p ON p.pubupdate OR p.pubdelete
       WHERE p.puballtables
          OR EXISTS (SELECT FROM pg_publication_rel r WHERE r.prpubid = p.oid AND r.prrelid = a.oid)
          {in_schemas}
    ), chosen AS (
      SELECT DISTINCT ON (start, publication) start, publication, name, pubupdate, pubdelete, oid
        FROM sent ORDER BY start, publication, CASE WHEN pubviaroot THEN -level ELSE level END)
    SELECT c.start::int8 AS oid, t.relreplident::text AS replica_identity, c.name,
           c.pubupdate AS updates, c.pubdelete AS deletes, {filtered} AS filtered, {listed} AS listed
      FROM chosen c JOIN pg_class t ON t.oid = c.start
      LEFT JOIN pg_publication_rel r ON r.prpubid = c.publication AND r.prrelid = c.oid
     ORDER BY 1, 3"""

_IN_SCHEMAS = """OR EXISTS (SELECT FROM pg_publication_namespace s JOIN pg_class t ON t.relnamespace = s.pnnspid
                              WHERE s.pnpubid = p.oid AND t.oid = a.oid)"""
_NEW_TABLES = """
    SELECT p.pubname::text AS name, {in_journal}
           AND NOT EXISTS (SELECT FROM pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace
                            WHERE n.nspname = %(journal)s AND t.relname = %(table)s) AS journal, {in_archive} AS archive
      FROM pg_publication p WHERE p.pubinsert ORDER BY 1"""
_SENDS_SCHEMA = """(p.puballtables OR EXISTS (
               SELECT FROM pg_publication_namespace s JOIN pg_namespace n ON n.oid = s.pnnspid
                WHERE s.pnpubid = p.oid AND n.nspname = %({schema})s))"""
_FILTERED = r"""ARRAY(SELECT DISTINCT a.attname::text
                        FROM regexp_matches(r.prqual::text, ':varattno (\d+)', 'g') AS found (number)
                        JOIN pg_attribute a ON a.attrelid = r.prrelid AND a.attnum = found.number[1]::int2)"""
_LISTED = """CASE WHEN r.prattrs IS NOT NULL
             THEN ARRAY(SELECT a.attname::text FROM pg_attribute a
                         WHERE a.attrelid = r.prrelid AND a.attnum = ANY (r.prattrs::int2[])) END"""


def publications_of(
    session: Session, asked: Sequence[PublicationsOf]
) -> Callable[[], Mapping[PublicationsOf, Published | None]]:
    new = session.server.major >= 15  # row filters, column lists, schemas
    query = _PUBLISHED.format(
        in_schemas=_IN_SCHEMAS if new else "",
        filtered=_FILTERED if new else "ARRAY[]::text[]",
        listed=_LISTED if new else "NULL::text[]",
    )
    found = ask(session.connection, query, {"tables": [one.table for one in asked]})

    def answers() -> Mapping[PublicationsOf, Published | None]:
        known: dict[PublicationsOf, Published | None] = dict.fromkeys(asked)
        for row in found():
            listed = None if row.listed is None else frozenset(row.listed)
            one = Publication(
                name=row.name,
                updates=row.updates,
                deletes=row.deletes,
                filtered=frozenset(row.filtered),
                listed=listed,
            )
            before = known[PublicationsOf(table=row.oid)]
            known[PublicationsOf(table=row.oid)] = Published(
                replica_identity=row.replica_identity,
                publications=(*before.publications, one) if before else (one,),
            )
        return known

    return answers


def publications_of_new_tables(
    session: Session, asked: Sequence[PublicationsOfNewTables]
) -> Callable[[], Mapping[PublicationsOfNewTables, NewTablesSent]]:
    sends = _SENDS_SCHEMA if session.server.major >= 15 else "p.puballtables"
    query = _NEW_TABLES.format(in_journal=sends.format(schema="journal"), in_archive=sends.format(schema="archive"))
    found = {
        one: ask(
            session.connection,
            query,
            {"journal": one.journal.schema, "table": JOURNAL_TABLE, "archive": ARCHIVE_SCHEMA},
        )
        for one in asked
    }

    def answers() -> Mapping[PublicationsOfNewTables, NewTablesSent]:
        return {one: _new_tables_sent(rows()) for one, rows in found.items()}

    return answers


def _new_tables_sent(rows: Sequence[Any]) -> NewTablesSent:
    return NewTablesSent(
        journal=tuple(row.name for row in rows if row.journal),
        archive=tuple(row.name for row in rows if row.archive),
    )
