"""The SQL that gives a successor the properties of its predecessor. The server looks up names that PostgreSQL
chooses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reconciler.kinds.base import ddl
from reconciler.model.facts.carried import KnownIndex, KnownTrigger
from reconciler.model.names import MAX_NAME_BYTES, TableName
from reconciler.model.retired import TriggerState
from reconciler.model.statement import Statement

_STATES = {
    TriggerState.ORIGIN: "ENABLE TRIGGER",
    TriggerState.DISABLED: "DISABLE TRIGGER",
    TriggerState.REPLICA: "ENABLE REPLICA TRIGGER",
    TriggerState.ALWAYS: "ENABLE ALWAYS TRIGGER",
}

# A constraint with everything that PostgreSQL created for it.
_TREE = """WITH RECURSIVE tree AS (
    SELECT c.oid FROM pg_catalog.pg_constraint c
     WHERE c.conrelid = {table}::pg_catalog.regclass AND c.conname = {name}
    UNION ALL
    SELECT c.oid FROM tree JOIN pg_catalog.pg_constraint c ON c.conparentid = tree.oid)"""

_SET_TRIGGERS = """DECLARE one record;
BEGIN
  FOR one IN {tree}
    SELECT g.tgname FROM tree
      JOIN pg_catalog.pg_trigger g ON g.tgconstraint = tree.oid
      JOIN pg_catalog.pg_proc p ON p.oid = g.tgfoid
     WHERE g.tgrelid = {relation}::pg_catalog.regclass AND g.tgtype = {type}
       AND (p.proname IN ('RI_FKey_check_ins', 'RI_FKey_check_upd')) = {checks}
  LOOP
    EXECUTE pg_catalog.format({alter}, one.tgname);
  END LOOP;
END"""

# The names that PostgreSQL chooses: with the first number that is free in the schema, truncated to fit.
_RENAME_CHILDREN = """DECLARE one record; stem pg_catalog.text; final pg_catalog.text; n pg_catalog.int4 := 0;
BEGIN
  FOR one IN {tree}
    SELECT c.conname, c.connamespace FROM tree JOIN pg_catalog.pg_constraint c ON c.oid = tree.oid
     WHERE c.conrelid = {table}::pg_catalog.regclass AND c.conparentid <> 0 ORDER BY c.oid
  LOOP
    LOOP
      n := n + 1; stem := {name}; final := pg_catalog.format('%s_%s', stem, n);
      WHILE pg_catalog.octet_length(final) > {most} LOOP
        stem := pg_catalog.left(stem, -1); final := pg_catalog.format('%s_%s', stem, n);
      END LOOP;
      EXIT WHEN NOT EXISTS (SELECT FROM pg_catalog.pg_constraint c
                             WHERE c.connamespace = one.connamespace AND c.conname = final);
    END LOOP;
    EXECUTE pg_catalog.format({alter}, one.conname, final);
  END LOOP;
END"""

_RENAME_COLUMN = """DECLARE present pg_catalog.name;
BEGIN
  SELECT a.attname INTO STRICT present FROM pg_catalog.pg_attribute a
   WHERE a.attrelid = {index}::pg_catalog.regclass AND a.attnum = {number};
  IF present <> {name} THEN
    EXECUTE pg_catalog.format({alter}, present);
  END IF;
END"""


def for_index(known: KnownIndex, index: TableName, *, comment: bool) -> Iterator[Statement]:
    """Return the statements that restore an index's properties on its successor. `comment`: the index's comment is
    not part of a definition."""
    if comment and known.comment is not None:
        yield ddl.comment_on_index(index.schema, index.name, known.comment)
    for extension in known.extensions:
        yield ddl.statement(
            ddl.compose(
                "ALTER INDEX {index} DEPENDS ON EXTENSION {extension}",
                index=ddl.relation(index),
                extension=ddl.name(extension),
            )
        )


def set_own_parameters(index: TableName, pairs: Sequence[tuple[str, str]]) -> Statement:
    return ddl.statement(
        ddl.compose("ALTER INDEX {index} SET ({pairs})", index=ddl.relation(index), pairs=ddl.parameters(pairs))
    )


def cluster_on(table: TableName, index: str) -> Statement:
    return ddl.alter_table(table, ddl.compose("CLUSTER ON {index}", index=ddl.name(index)))


def identify_rows_by(table: TableName, index: str) -> Statement:
    return ddl.alter_table(table, ddl.compose("REPLICA IDENTITY USING INDEX {index}", index=ddl.name(index)))


def set_trigger(table: TableName, constraint: str, trigger: KnownTrigger) -> Statement:
    """Return the statement that sets the state of a trigger of a new constraint."""
    alter = ddl.compose(
        "ALTER TABLE ONLY {table} {words} ",
        table=ddl.relation(trigger.table),
        words=ddl.fragment(words_of(trigger.state)),
    )
    return _do(
        _SET_TRIGGERS,
        tree=_tree(table, constraint),
        relation=_literal(ddl.relation(trigger.table)),
        type=ddl.fragment(str(trigger.type)),
        checks=ddl.fragment("true" if trigger.checks else "false"),
        alter=_format(alter, "%I"),
    )


def words_of(state: TriggerState) -> str:
    """Return the words of ALTER TABLE that give a trigger this state."""
    return _STATES[state]


def rename_children(table: TableName, constraint: str) -> Statement:
    """Rename the constraints that PostgreSQL created for referenced partitions after the foreign key."""
    alter = ddl.compose("ALTER TABLE ONLY {table} ", table=ddl.relation(table))
    return _do(
        _RENAME_CHILDREN,
        tree=_tree(table, constraint),
        table=_literal(ddl.relation(table)),
        name=ddl.literal(constraint),
        most=ddl.fragment(str(MAX_NAME_BYTES)),
        alter=_format(alter, "RENAME CONSTRAINT %I TO %I"),
    )


def rename_column(index: TableName, number: int, name: str) -> Statement:
    """Give a column of an index the name that it had in the predecessor. Columns count from 1."""
    alter = ddl.compose("ALTER TABLE {index} RENAME COLUMN ", index=ddl.relation(index))
    last = ddl.compose(" TO {name}", name=ddl.name(name))
    return _do(
        _RENAME_COLUMN,
        index=_literal(ddl.relation(index)),
        number=ddl.fragment(str(number)),
        name=ddl.literal(name),
        alter=_format(alter, "%I", last),
    )


def _tree(table: TableName, constraint: str) -> ddl.Sql:
    return ddl.compose(_TREE, table=_literal(ddl.relation(table)), name=ddl.literal(constraint))


def _literal(what: ddl.Sql) -> ddl.Sql:
    return ddl.literal(what.as_string(None))


def _format(before: ddl.Sql, pattern: str, after: ddl.Sql | None = None) -> ddl.Sql:
    """Return a text for `format`, in which only the pattern has placeholders."""
    first, last = (one.as_string(None).replace("%", "%%") if one is not None else "" for one in (before, after))
    return ddl.literal(first + pattern + last)


def _do(body: str, **parts: ddl.Sql) -> Statement:
    text = ddl.compose(body, **parts).as_string(None)
    return ddl.statement(ddl.compose("DO {body}", body=ddl.literal(text)))
