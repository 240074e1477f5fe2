"""Strategies for everything that a file can declare, with names that YAML, SQL or the short forms could misread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from hypothesis import strategies as st

from reconciler.kinds.base.expressions import lex_problem
from reconciler.kinds.base.incomplete import incomplete
from reconciler.kinds.check.definition import Check
from reconciler.kinds.exclusion.definition import ExcludedElement, Exclusion
from reconciler.kinds.foreign_key.definition import ForeignKey, Match, ReferentialAction
from reconciler.kinds.index_backed.elements import IndexElement, ObjectName
from reconciler.kinds.index_backed.index import Index
from reconciler.kinds.not_null.definition import NotNull
from reconciler.kinds.primary_key.definition import PrimaryKey
from reconciler.kinds.required_table.definition import RequiredTable
from reconciler.kinds.statistics.definition import ALL_KINDS, Statistics, StatisticsElement, in_order
from reconciler.kinds.statistics.fields import is_column
from reconciler.kinds.unique.definition import Unique
from reconciler.model.definition import Definition
from reconciler.model.facets import UNMANAGED
from reconciler.model.names import Key, TableName
from reconciler.model.retired import Backup, DroppedTable

EVIL = (
    "null", "Null", "~", "true", "False", "yes", "no", "On", "y", "1", "-1", "1e3", "0x1F", "1_000", "12:30", ".inf",
    "2001-12-14", "<<", "=", "-", "?", ":", "a: b", "a:", ":a", "a #b", "#a", "a,b", "[a]", "{a}", "a.b", "a.b.c", ".",
    "lower(x)", "a)", "(a", '"a"', "'a'", 'a"b', "a'b", "it's \"it\"", "a b", " a", "a ", "  ", "a desc",
    "a nulls last", "A", "É", "日本", "😀", "a\nb", "\n", "a\tb", "\u0085", "\u2028", "\ufeff", "\x07", "\\", "a\\b",
    "%a", "@a", "`a`",
    "*a", "&a", "!a", "|", ">", "---", "...", "column", "schema", "table", "columns", "users(id)", "a -- b", "a;b",
)  # fmt: skip

names = st.one_of(
    st.sampled_from(["id", "user_id", "email", "created_at", "Status"]),
    st.sampled_from(EVIL),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=15),
)
texts = st.one_of(
    names,
    st.sampled_from(
        ["two\nlines", "ends\n", "ends twice\n\n", "\nstarts", "  indented\nx", "a \nb", "a\n\n  b\nc: d"]
    ),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1),
)
expressions = st.one_of(
    st.sampled_from(
        [
            "(status)::text = 'open'::text", "'a'::text = b", '"Order" > 0', "1 < x", "true", "null", "a #> '{b,c}'",
            "lower(email)", "x = ANY (ARRAY['a: b'::text, ' #'::text])", "CASE\n    WHEN a THEN 1\n    ELSE 2\nEND",
            "- x", "'it''s' ~ '[\"]'", "x -> 'y'", "a ? 'b'", "\"a\"\"b\" = E'\\\\'", "x AND\n\n  y ",
        ]
    ),
    st.text(max_size=20).filter(lambda text: lex_problem(text) is None and incomplete(text) is None),
)  # fmt: skip


def managed(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.just(UNMANAGED) | st.none() | values


def lists(unique: bool = True, min_size: int = 1) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(names, min_size=min_size, max_size=4, unique=unique).map(tuple)


options = st.dictionaries(
    names, st.sampled_from(["70", "0.5", "off", "-1", "auto", "1e3", "007"]) | names, max_size=3
).map(lambda found: tuple(sorted(found.items())))
comments = managed(texts)
storage = st.just(UNMANAGED) | options
tablespaces = managed(names)
marks = st.sampled_from([UNMANAGED, False, True])
tables = st.builds(TableName, schema=st.sampled_from(["public", "billing"]) | names, name=names).filter(
    lambda table: (
        not table.schema.startswith("pg_") and table.schema not in ("information_schema", "reconcile_archive")
    )
)
object_names = st.builds(ObjectName, schema=st.none() | names, name=names)
deferral = st.sampled_from([(False, False), (True, False), (True, True)])


@st.composite
def keys(draw: st.DrawFn, cls: type[PrimaryKey] | type[Unique], **more: st.SearchStrategy[Any]) -> Definition:
    deferrable, deferred = draw(deferral)
    return cls(
        key=draw(lists()), include=draw(lists(unique=False, min_size=0)),
        deferrable=deferrable, initially_deferred=deferred,
        with_=draw(storage), tablespace=draw(tablespaces), comment=draw(comments),
        clustered=draw(marks), replica_identity=draw(st.just(UNMANAGED) if deferrable else marks),
        **{name: draw(values) for name, values in more.items()},
    )  # fmt: skip


@st.composite
def foreign_keys(draw: st.DrawFn) -> ForeignKey:
    key = draw(lists(unique=False))
    deferrable, deferred = draw(deferral)
    on_delete = draw(st.sampled_from(ReferentialAction))
    may_choose = on_delete in (ReferentialAction.SET_NULL, ReferentialAction.SET_DEFAULT)
    referenced = draw(st.just(()) | st.lists(names, min_size=len(key), max_size=len(key), unique=True).map(tuple))
    return ForeignKey(
        key=key, ref_table=draw(tables), ref_columns=referenced,
        match=draw(st.sampled_from(Match)), on_update=draw(st.sampled_from(ReferentialAction)), on_delete=on_delete,
        on_delete_columns=draw(st.lists(st.sampled_from(key), unique=True).map(tuple)) if may_choose else (),
        deferrable=deferrable, initially_deferred=deferred, validated=draw(st.booleans()), comment=draw(comments),
    )  # fmt: skip


@st.composite
def elements(draw: st.DrawFn) -> IndexElement:
    is_column = draw(st.booleans())
    descending, opclass = draw(st.booleans()), draw(st.none() | object_names)
    return IndexElement(
        column=draw(names) if is_column else None, expression=None if is_column else draw(expressions),
        opclass=opclass, opclass_params=draw(options) if opclass else (), collation=draw(st.none() | object_names),
        descending=descending, nulls_first=draw(st.sampled_from([None, not descending])),
    )  # fmt: skip


def targets(numbers: list[int]) -> st.SearchStrategy[Any]:
    """Return statistics targets for the elements with these numbers."""
    if not numbers:
        return st.sampled_from([UNMANAGED, ()])
    found = st.dictionaries(st.sampled_from(numbers), st.integers(0, 10_000))
    return st.just(UNMANAGED) | found.map(lambda pairs: tuple(sorted(pairs.items())))


@st.composite
def indexes(draw: st.DrawFn) -> Index:
    unique, keys = draw(st.booleans()), draw(st.lists(elements(), min_size=1, max_size=3))
    where = draw(st.none() | expressions)
    numbers = [number for number, key in enumerate(keys, 1) if key.expression is not None]
    may_identify = unique and where is None and not numbers
    return Index(
        elements=tuple(keys), unique=unique, where=where,
        statistics=draw(targets(numbers)), clustered=draw(marks if where is None else st.just(UNMANAGED)),
        replica_identity=draw(marks if may_identify else st.just(UNMANAGED)),
        nulls_distinct=draw(st.booleans()) if unique else True, include=draw(lists(unique=False, min_size=0)),
        with_=draw(storage), tablespace=draw(tablespaces), comment=draw(comments),
    )  # fmt: skip


@st.composite
def exclusions(draw: st.DrawFn) -> Exclusion:
    deferrable, deferred = draw(deferral)
    operators = st.builds(
        ObjectName, schema=st.none() | names,
        name=st.sampled_from(["=", "&&", "<>", "-|-", "~", "~=", "<", ">", "|", "-", "?", "@", "#", "`", "!", "%"]),
    )  # fmt: skip
    excluded = []
    for one in draw(st.lists(elements(), min_size=1, max_size=3)):
        same = {field.name: getattr(one, field.name) for field in fields(one)}
        excluded.append(ExcludedElement(**same, operator=draw(operators)))
    excluded += draw(st.lists(st.builds(ExcludedElement, column=names, operator=operators), max_size=2))
    return Exclusion(
        excluded=tuple(excluded), method=draw(st.sampled_from(["btree", "gist"]) | names),
        where=draw(st.none() | expressions), include=draw(lists(unique=False, min_size=0)),
        deferrable=deferrable, initially_deferred=deferred,
        with_=draw(storage), tablespace=draw(tablespaces), comment=draw(comments),
    )  # fmt: skip


def checks() -> st.SearchStrategy[Definition]:
    return st.builds(
        Check, expression=expressions, no_inherit=st.booleans(), validated=st.booleans(), comment=comments
    )


@st.composite
def statistics(draw: st.DrawFn) -> Statistics:
    texts = expressions.filter(lambda text: not is_column(text))
    some = st.builds(StatisticsElement, column=names) | st.builds(StatisticsElement, expression=texts)
    listed = in_order(draw(st.lists(some, min_size=2, max_size=8, unique=True)))
    single = draw(st.booleans()) and listed[-1].expression is not None
    kinds = st.lists(st.sampled_from(ALL_KINDS), min_size=1, unique=True).map(lambda one: tuple(sorted(one)))
    return Statistics(
        elements=listed[-1:] if single else listed, kinds=ALL_KINDS if single else draw(kinds),
        schema=draw(st.none() | names), comment=draw(comments),
        statistics_target=draw(st.sampled_from([UNMANAGED, None]) | st.integers(0, 10_000)),
    )  # fmt: skip


DEFINITIONS: Mapping[str, st.SearchStrategy[Definition]] = {
    "required_table": st.just(RequiredTable()),
    "primary_key": keys(PrimaryKey, name=st.just(UNMANAGED) | names),
    "not_null": st.builds(
        NotNull, name=st.just(UNMANAGED) | names, no_inherit=st.booleans(), validated=st.booleans(), comment=comments
    ),
    "unique": keys(Unique, nulls_distinct=st.booleans()),
    "foreign_key": foreign_keys(),
    "check": checks(),
    "exclusion": exclusions(),
    "index": indexes()
    | st.builds(
        Index, elements=st.builds(IndexElement, column=names).map(lambda one: (one,)),
        method=st.sampled_from(["hash", "gin", "gist", "brin"]) | names,
    ),
    "statistics": statistics(),
    "dropped_table": st.builds(DroppedTable, replaced_by=st.none() | tables, backup=st.sampled_from(Backup)),
}  # fmt: skip
"""Strategies for the objects of a file, by kind. A new kind needs a line here."""


@st.composite
def objects(draw: st.DrawFn, kind: str) -> dict[Key, Definition]:
    """Return some objects of one kind, as keys that may be in one file together."""
    found: dict[Key, Definition] = {}
    taken: set[str] = set()
    for table in draw(st.lists(tables, min_size=1, max_size=3, unique=True)):
        key = {"schema": table.schema, "table": table.name}
        if kind not in ("required_table", "dropped_table"):
            found[Key(**key, kind="required_table")] = RequiredTable()
        single = kind in ("required_table", "dropped_table", "primary_key")
        for name in [""] if single else draw(st.lists(names, min_size=1, max_size=3, unique=True)):
            definition = draw(DEFINITIONS[kind])
            own = {name, getattr(definition, "name", None)} - {"", UNMANAGED, None}
            if kind == "dropped_table" and definition == DroppedTable(replaced_by=table, backup=definition.backup):
                continue
            if kind in ("required_table", "dropped_table"):
                own = {table.name}
            if not own & taken and not own & {
                one.name for one in (table,) if kind in ("index", "unique", "primary_key", "exclusion")
            }:
                found[Key(**key, kind=kind, name=name)] = definition
                taken |= own
    return found
