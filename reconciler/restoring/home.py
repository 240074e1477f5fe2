"""Reads the table that quarantined rows go back to, and whether they can."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from reconciler.kinds.base import ddl
from reconciler.kinds.base.quarantine_check import COLUMNS, PLAIN
from reconciler.model.names import TableName, display
from reconciler.postgres.session import Session, one, rows
from reconciler.restoring.quarantined import NOT_PLAIN, QuarantinedRows

# A partition may have other columns than its parent, and rows may have moved between partitions. Rows of an
# inheritance child go back to the child. No other table is a target, as the owner of the quarantine can write there.
_TARGET = """
    WITH RECURSIVE origin AS (
        SELECT c.oid, c.relkind = 'p' OR c.relispartition AS partitions
          FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE n.nspname = %(schema)s AND c.relname = %(table)s),
    tree (oid) AS (
        SELECT oid FROM origin
         UNION
        SELECT i.inhrelid FROM tree JOIN pg_inherits i ON i.inhparent = tree.oid)
    SELECT n.nspname::text AS schema, t.relname::text AS name
      FROM origin, pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace
     WHERE t.oid = CASE WHEN origin.partitions THEN pg_partition_root(origin.oid)::oid
                        ELSE (SELECT tree.oid FROM tree WHERE tree.oid = to_regclass(%(was_in)s)) END"""

# `t` is the quarantine table, and `r` the table that the rows go back to.
_FACTS = """SELECT jsonb_build_object(
    'oid', r.oid::int8,
    'plain', {plain},
    'same_owner', t.relowner = r.relowner,
    'kept', {kept},
    'columns', ARRAY(SELECT ARRAY[a.attname::text, format_type(a.atttypid, a.atttypmod),
                                  CASE WHEN a.attgenerated <> '' THEN 'generated' ELSE '' END]
                       FROM pg_attribute AS a WHERE a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
                      ORDER BY a.attnum),
    'key', ARRAY(SELECT ARRAY[a.attname::text, format_type(a.atttypid, a.atttypmod),
                              CASE WHEN a.atttypid < 16384 THEN 'built-in' ELSE '' END]
                   FROM pg_index AS i JOIN pg_attribute AS a
                     ON a.attrelid = r.oid AND a.attnum = ANY ((i.indkey::int2[])[0:i.indnkeyatts - 1])
                  WHERE i.indrelid = r.oid AND i.indisprimary ORDER BY a.attnum),
    'rules', EXISTS (SELECT FROM pg_rewrite AS w WHERE w.ev_class = r.oid),
    'partitioned', r.relkind = 'p',
    'triggers', ARRAY(SELECT DISTINCT format('%I calls %s', g.tgname, g.tgfoid::regprocedure)
                        FROM pg_trigger AS g
                       WHERE (g.tgrelid = r.oid OR g.tgrelid IN (SELECT p.relid FROM pg_partition_tree(r.oid) AS p))
                         AND NOT g.tgisinternal AND g.tgenabled IN ('O', 'A') AND g.tgtype & {event} <> 0
                       ORDER BY 1))::text AS facts
  FROM pg_class AS t, pg_class AS r
 WHERE t.oid = {table}::regclass AND r.oid = {target}::regclass"""
_INSERT, _UPDATE = "4", "16"

# Publications that send the rows of a table, of its partitions, or of a table above it.
_PUBLISHED = """
    SELECT p.pubname::text AS name FROM pg_publication p
     WHERE CASE WHEN %(update)s THEN p.pubupdate ELSE p.pubinsert END
       AND EXISTS (SELECT FROM pg_get_publication_tables(p.pubname::text) s
                    WHERE s.relid = %(table)s::regclass
                       OR s.relid IN (SELECT a.relid FROM pg_partition_ancestors(%(table)s::regclass) a
                                       UNION SELECT b.relid FROM pg_partition_tree(%(table)s::regclass) b))
     ORDER BY 1"""


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeTable:
    """The table `name` that quarantined rows go back to.

    `columns` are (name, type) of the columns that can be written, and `gone` are columns of the quarantine that the
    table does not have. `key` are (name, type) of the primary key's columns, with None for a type of users. `reach`
    says which triggers fire, and which publications send the rows. `triggers`: some fire. `query` returns the text
    `facts` while nothing of this has changed, but for the publications. `obstacle` is the reason why no row can be
    moved.
    """

    name: TableName
    oid: int
    columns: tuple[tuple[str, str], ...]
    gone: tuple[str, ...]
    key: tuple[tuple[str, str | None], ...]
    partitioned: bool
    reach: tuple[str, ...]
    triggers: bool
    obstacle: str | None
    query: str
    facts: str


def home_of(session: Session, quarantined: QuarantinedRows) -> HomeTable | None:
    """Return the table that the rows go back to; None if it does not exist."""
    origin = quarantined.origin
    parameters = {"schema": origin.schema, "table": origin.table, "was_in": quarantined.was_in}
    found = rows(session.connection, _TARGET, parameters)
    if not found:
        return None
    name = TableName(**found[0])
    query = _facts_of(quarantined, name)
    text = one(session.connection, query)["facts"]
    facts = json.loads(text)
    own = set(quarantined.own.values())
    known = {column for column, _, _ in facts["columns"]}
    return HomeTable(
        name=name,
        oid=facts["oid"],
        columns=tuple((column, type_) for column, type_, generated in facts["columns"] if not generated),
        gone=() if quarantined.written else tuple(one for one, _ in quarantined.pairs if one not in known | own),
        key=tuple((column, type_ if built_in else None) for column, type_, built_in in facts["key"]),
        partitioned=facts["partitioned"],
        reach=(*(f"trigger {text}" for text in facts["triggers"]), *_published(session, quarantined, name)),
        triggers=bool(facts["triggers"]),
        obstacle=_obstacle(quarantined, facts, known),
        query=query,
        facts=text,
    )


def _published(session: Session, quarantined: QuarantinedRows, target: TableName) -> Iterator[str]:
    wanted = {"update": bool(quarantined.written), "table": ddl.text_of(ddl.relation(target))}
    for row in rows(session.connection, _PUBLISHED, wanted):
        yield f"the subscribers of publication {display(row['name'])} get these rows as well"


def _facts_of(quarantined: QuarantinedRows, target: TableName) -> str:
    return ddl.text_of(
        ddl.compose(
            _FACTS,
            plain=ddl.fragment(PLAIN),
            kept=ddl.fragment(COLUMNS),
            event=ddl.fragment(_UPDATE if quarantined.written else _INSERT),
            table=ddl.literal(ddl.text_of(ddl.relation(quarantined.table))),
            target=ddl.literal(ddl.text_of(ddl.relation(target))),
        )
    )


def _obstacle(quarantined: QuarantinedRows, facts: Mapping[str, Any], known: set[str]) -> str | None:
    """Return why no row can be moved, if so."""
    if not facts["plain"]:
        return NOT_PLAIN
    if not facts["same_owner"]:
        return "the quarantine table and the table belong to different roles"
    if facts["rules"]:
        return "a rewrite rule of the table would replace the statements"
    if not set(quarantined.written) <= known:
        return "the table no longer has the columns that the repair changed"
    return None
