"""The quarantine table of an object: its name, its columns, and the statements that create it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count

from psycopg import sql

from reconciler.kinds.base import ddl
from reconciler.kinds.base.quarantine_check import still_sound
from reconciler.kinds.base.routing import RouteBuilder, RouteContext
from reconciler.model.bound import Parameter
from reconciler.model.names import ARCHIVE_SCHEMA, Key, TableName, free_name
from reconciler.model.repair import QuarantineTable, RowShape, origin_text, quarantine_key, shape_key
from reconciler.model.route import DefinitionPattern
from reconciler.model.state import ARCHIVE_KEY, LiveState
from reconciler.model.statement import Statement
from reconciler.model.step_id import Verb

Pairs = tuple[tuple[str, str], ...]

_ARCHIVE = ddl.name(ARCHIVE_SCHEMA)
_OWN = (
    ("reconcile_run", "uuid"),
    ("reconcile_reason", "text"),
    ("reconcile_rule", "text"),
    ("reconcile_at", "timestamp with time zone"),
    ("reconcile_key", "jsonb"),
    ("reconcile_table", "text"),
    ("reconcile_wrote", "jsonb"),
)
"""The columns of the tool: the run, why the row was taken, the object that it violates, when, its primary key, the
table that it was in, which may be a partition or an inheritance child, and for a row that stayed there the texts of
its new values."""

RUN_ID = Parameter(name="run", shown=":run")

# Default privileges of the role that creates the schema may have granted privileges on it to other roles.
_REVOKE = """DO $revoke$ DECLARE grantee text; BEGIN
    FOR grantee IN
        SELECT CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END
          FROM pg_namespace n, aclexplode(n.nspacl) a
         WHERE n.nspname = {name} AND a.grantee <> n.nspowner
    LOOP
        EXECUTE format('REVOKE ALL ON SCHEMA %I FROM ', {name}) || grantee;
    END LOOP;
END $revoke$"""

# The owner of a table needs CREATE on its schema at the moment when it becomes the owner.
_OWNED_LIKE = """DO $owner$ DECLARE origin record; grantee text; lacking bool; BEGIN
    SELECT pg_get_userbyid(c.relowner) AS owner, c.relowner, c.relrowsecurity, c.relforcerowsecurity
      INTO STRICT origin FROM pg_class c WHERE c.oid = {origin}::regclass;
    IF origin.owner <> current_user THEN
        lacking := NOT has_schema_privilege(origin.relowner, {archive}, 'CREATE');
        IF lacking THEN EXECUTE format('GRANT CREATE ON SCHEMA %I TO %I', {archive}, origin.owner); END IF;
        EXECUTE format('ALTER TABLE %s OWNER TO %I', {table}, origin.owner);
        IF lacking THEN EXECUTE format('REVOKE CREATE ON SCHEMA %I FROM %I', {archive}, origin.owner); END IF;
    END IF;
    FOR grantee IN
        SELECT CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END
          FROM pg_class c, aclexplode(c.relacl) a
         WHERE c.oid = {table}::regclass AND a.grantee <> c.relowner
    LOOP
        EXECUTE format('REVOKE ALL ON TABLE %s FROM ', {table}) || grantee;
    END LOOP;
    IF origin.relrowsecurity THEN EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', {table}); END IF;
    IF origin.relforcerowsecurity THEN EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', {table}); END IF;
END $owner$"""


def create_archive() -> list[Statement]:
    """Create the archive schema, on which only its owner has privileges."""
    create = ddl.compose("CREATE SCHEMA {archive}", archive=_ARCHIVE)
    revoke = ddl.compose(_REVOKE, name=ddl.literal(ARCHIVE_SCHEMA))
    return [ddl.statement(create), ddl.statement(revoke)]


def begin_with_archive(builder: RouteBuilder, context: RouteContext, label: str) -> None:
    """Add the step that creates the archive schema, if it does not exist. `label` is that of the state after it."""
    if ARCHIVE_KEY in context.live.objects or builder.leads_to(ARCHIVE_KEY, DefinitionPattern()):
        return
    builder.expect({ARCHIVE_KEY: None})
    step = ddl.brief(Verb.CREATE.of(ARCHIVE_KEY), f"create schema {ARCHIVE_SCHEMA}", create_archive(), ())
    builder.then(step, label, {ARCHIVE_KEY: DefinitionPattern()})


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarantine:
    """The quarantine table of the rows of `origin`, as it will be: the columns `shape` of the rows, and those of the
    tool's `own`. `texts` are the columns that have the type text in the origin's table as well. `exists`: it is there
    already."""

    origin: Key
    key: Key
    shape: Pairs
    texts: frozenset[str]
    exists: bool
    own: Pairs = field(default=_OWN)

    @property
    def table(self) -> TableName:
        return self.key.table_name

    def begin(self, builder: RouteBuilder, context: RouteContext, label: str) -> None:
        """Add the steps that create the table, if it does not exist. `label` is that of the state after them."""
        begin_with_archive(builder, context, label)
        after = QuarantineTable(pairs=self._pairs(), origin=self.origin, sound=True)
        if self.exists or builder.leads_to(self.key, after):
            return
        builder.expect({self.key: None})
        title = f"create the quarantine table {self.table}"
        step = ddl.archiving(ddl.brief(Verb.CREATE.of(self.key), title, self._create(), ()))
        builder.then(step, label, {self.key: after})

    def _pairs(self) -> Pairs:
        return tuple(sorted((*self.shape, *self.own)))

    def still_sound(self) -> Statement:
        """Return a query for whether the table keeps each row that it receives, as the plan made it."""
        return still_sound(self.table, self.origin.table_name, self._pairs())

    def _create(self) -> list[Statement]:
        columns = ddl.joined((_column(pair) for pair in (*self.shape, *self.own)), ", ")
        create = ddl.compose("CREATE TABLE {table} ({columns})", table=ddl.relation(self.table), columns=columns)
        comment = ddl.compose(
            "COMMENT ON TABLE {table} IS {text}",
            table=ddl.relation(self.table),
            text=ddl.literal(origin_text(self.origin)),
        )
        owner = ddl.compose(
            _OWNED_LIKE,
            origin=_literal_name(self.origin.table_name),
            table=_literal_name(self.table),
            archive=ddl.literal(ARCHIVE_SCHEMA),
        )
        return [ddl.statement(create), ddl.statement(comment), ddl.statement(owner)]

    def insert_from(
        self, rows: str, table: TableName, reason: str, identity: Sequence[str], wrote: str | None
    ) -> Iterator[ddl.Sql | Parameter]:
        """Yield an INSERT of the rows of the query `rows`, which has the columns of the origin's table, and, for rows
        that stay in the table, the column `wrote` with their new values. They were in `table`."""
        values = ddl.joined((self._as_kept(rows, *pair) for pair in self.shape), ", ")
        yield ddl.compose(
            "INSERT INTO {table} ({columns})\n    SELECT {values}, ",
            table=ddl.relation(self.table),
            columns=ddl.names(column for column, _ in (*self.shape, *self.own)),
            values=values,
        )
        yield RUN_ID
        yield ddl.compose(
            "::uuid, {reason}, {rule}, pg_catalog.clock_timestamp(), {key}, {place}, {wrote}\n      FROM {rows}",
            reason=ddl.literal(reason),
            rule=ddl.literal(str(self.origin)),
            key=_identity(rows, identity),
            place=_regclass_text(table),
            wrote=ddl.literal(None) if wrote is None else sql.Identifier(rows, wrote),
            rows=ddl.name(rows),
        )

    def _as_kept(self, rows: str, column: str, type_: str) -> ddl.Sql:
        """Return the value in the type that the quarantine has for it."""
        value = sql.Identifier(rows, column)
        if column in self.texts:
            return value
        if type_ != "text":
            return ddl.compose("{value}::{type}", value=value, type=ddl.fragment(type_))
        return ddl.output_form(value)


def quarantine_of(origin: Key, context: RouteContext) -> Quarantine:
    """Return the quarantine table of an object: the latest one if the columns of the table are the same; else a new one
    with the next number. A column that was added to the table since has no value in the rows that are kept: an undo
    gives it its default, and could not tell a NULL from that."""
    shape = _shape(origin.table_name, context.live)
    own = tuple((free_name(column, {name for name, _ in shape}), kind) for column, kind in _OWN)
    fits = False
    for number in count(1):
        key = quarantine_key(origin, number)
        live = context.live.objects.get(key)
        if live is None:
            break
        assert isinstance(live, QuarantineTable)
        fits, latest = _fits(live, origin, shape, own), key
    columns = context.live.tables[origin.table_name].columns.values()
    texts = frozenset(one.name for one in columns if one.type == "text")
    return Quarantine(origin=origin, key=latest if fits else key, shape=shape, texts=texts, exists=fits, own=own)


def own_columns(pairs: Pairs) -> dict[str, str]:
    """Return the names that the tool's columns have in a quarantine table, by their usual names."""
    found, types = {}, dict(pairs)
    for column, kind in _OWN:
        name = column
        while name in types:
            if types[name] == kind:
                found[column] = name
            name += "_"
    return found


def _fits(found: QuarantineTable, origin: Key, shape: Pairs, own: Pairs) -> bool:
    """Whether rows can be added to a table."""
    return found.sound and found.origin == origin and set(found.pairs) == {*shape, *own}


def _shape(table: TableName, live: LiveState) -> Pairs:
    """Return the columns of whole rows. A snapshot has only the columns' own types."""
    found = live.objects.get(shape_key(table))
    if isinstance(found, RowShape):
        return found.pairs
    return tuple((column.name, column.type) for column in live.tables[table].attnums.values())


def _column(pair: tuple[str, str]) -> ddl.Sql:
    column, type_ = pair
    return ddl.compose("{column} {type}", column=ddl.name(column), type=ddl.fragment(type_))


def _identity(rows: str, columns: Sequence[str]) -> ddl.Sql:
    """Return the primary key of a row as a JSON object of texts; NULL if there is none."""
    if tuple(columns) == ("ctid",):
        return ddl.fragment("NULL")
    return ddl.object_of((column, ddl.output_form(sql.Identifier(rows, column))) for column in columns)


def _regclass_text(table: TableName) -> ddl.Sql:
    """Return the text that `regclass` reads and people can read as well: quoted only where necessary. A subquery is
    evaluated once, and not for each row."""
    return ddl.compose(
        "(SELECT pg_catalog.format('%I.%I', {schema}, {name}))",
        schema=ddl.literal(table.schema),
        name=ddl.literal(table.name),
    )


def _literal_name(table: TableName) -> ddl.Sql:
    """Return the quoted, qualified name as a string literal."""
    return ddl.literal(ddl.text_of(ddl.relation(table)))
