"""The definitions of a valid file are those that the catalog would give for the same objects."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from reconciler.kinds.check.definition import Check
from reconciler.kinds.dropped_table.unused import Unused
from reconciler.kinds.exclusion.definition import ExcludedElement, Exclusion
from reconciler.kinds.file.writing import Writing
from reconciler.kinds.foreign_key.definition import ForeignKey, Match, ReferentialAction
from reconciler.kinds.index_backed.elements import IndexElement, ObjectName
from reconciler.kinds.index_backed.index import Index
from reconciler.kinds.not_null.definition import NotNull
from reconciler.kinds.primary_key.definition import PrimaryKey
from reconciler.kinds.statistics.definition import Statistics, StatisticsElement
from reconciler.kinds.unique.definition import Unique
from reconciler.model.definition import Definition
from reconciler.model.names import Key, Place, TableName
from reconciler.model.retired import Backup, DroppedTable, UnusedFor
from reconciler.model.state import Absent, Policy
from reconciler.spec import load

FILE = Path(__file__).parent / "valid" / "everything.yaml"
DESIRED = load([FILE])


def objects(schema: str, table: str, kind: str) -> dict[str, Definition]:
    return {
        key.name: declared.definition
        for key, declared in DESIRED.objects.items()
        if (key.schema, key.table, key.kind) == (schema, table, kind)
    }


def place(line: int, column: int) -> Place:
    return Place(file=str(FILE), line=line, column=column)


def test_policy() -> None:
    assert DESIRED.policy == Policy(
        allow=frozenset({"drop-table"}),
        max_drops=3,
        lock_timeout=timedelta(milliseconds=500),
        max_lock_wait=timedelta(minutes=2),
        max_build=timedelta(minutes=5),
        small_table_rows=0,
        search_path=("extensions", "on"),
        journal_schema="audit",
    )


def test_protected() -> None:
    assert [(p.schema, p.pattern) for p in DESIRED.protected] == [
        ("shop", "backup_logs"),
        ("shop", "audit_*"),
        ("billing", "*"),
        ("a.b", "c"),
    ]


def test_required_tables() -> None:
    tables = [
        TableName(schema="shop", name="empty"),
        TableName(schema="shop", name="also_empty"),
        TableName(schema="billing", name="invoices"),
        TableName(schema="1e3", name='a.b "c"'),
        TableName(schema="shop", name="items"),
    ]
    assert list(DESIRED.required_tables) == tables


def test_primary_keys() -> None:
    assert objects("billing", "invoices", "primary_key") == {"": PrimaryKey(key=("id",))}
    assert objects("1e3", 'a.b "c"', "primary_key") == {
        "": PrimaryKey(name="pk", key=("a", "b"), include=("c",), with_=(), tablespace=None, comment=None)
    }


def test_not_null() -> None:
    assert objects("billing", "invoices", "not_null") == {
        "id": NotNull(),
        "total": NotNull(name="total_there", no_inherit=True, validated=False, comment="why"),
    }
    assert list(objects("1e3", 'a.b "c"', "not_null")) == ["no", "on", "1e3", "A b"]


def test_unique() -> None:
    assert objects("billing", "invoices", "unique") == {
        "one": Unique(key=("number",)),
        "several": Unique(key=("number", "year")),
        "long": Unique(
            key=("number", "lower(x)"),
            include=("year",),
            nulls_distinct=False,
            deferrable=True,
            initially_deferred=True,
            with_=(("Deduplicate_items", "off"), ("fillfactor", "70")),
            tablespace="fast",
            comment=None,
        ),
    }
    assert objects("shop", "items", "unique") == {"apart": Unique(key=("a", "b"), without_overlaps=True)}


def test_foreign_keys() -> None:
    assert objects("shop", "items", "foreign_key") == {
        "fk_short": ForeignKey(
            key=("user_id",), ref_table=TableName(schema="shop", name="users"), ref_columns=("id",)
        ),
        "table_only": ForeignKey(key=("user_id",), ref_table=TableName(schema="crm", name="users")),
        "fk_long": ForeignKey(
            key=("a", "b"),
            ref_table=TableName(schema="crm", name="a.b"),
            ref_columns=("x", "y"),
            match=Match.FULL,
            on_update=ReferentialAction.CASCADE,
            on_delete=ReferentialAction.SET_NULL,
            on_delete_columns=("b",),
            deferrable=True,
            validated=False,
        ),
        "period": ForeignKey(
            key=("a", "b"),
            ref_table=TableName(schema="shop", name="items"),
            ref_columns=("a", "p q"),
            period=True,
            validated=False,
            enforced=False,
        ),
        "spaced": ForeignKey(
            key=("a", "b"),
            ref_table=TableName(schema="billing", name="invoices"),
            ref_columns=("id", "no"),
            on_delete=ReferentialAction.SET_DEFAULT,
        ),
    }


def test_checks() -> None:
    assert objects("shop", "items", "check") == {
        "short": Check(expression="price > 0"),
        "text": Check(expression="true"),
        "long": Check(expression="price > 0", no_inherit=True, validated=False, comment="c"),
        "hint": Check(expression="price > 1", validated=False, enforced=False),
    }


def test_exclusions() -> None:
    overlapping = ExcludedElement(expression="int4range(a, b)", operator=ObjectName(name="&&"))
    assert objects("shop", "items", "exclusion") == {
        "marked": Exclusion(excluded=(overlapping,), method="gist", statistics=((1, 500),), clustered=True)
    }


def test_indexes() -> None:
    assert objects("shop", "items", "index") == {
        "column": Index(elements=(IndexElement(column="user_id"),)),
        "columns": Index(elements=(IndexElement(column="user_id"), IndexElement(expression="lower(email)"))),
        "long": Index(
            elements=(
                IndexElement(
                    column="email",
                    opclass=ObjectName(name="text_pattern_ops"),
                    collation=ObjectName(name="en_US.utf8"),
                ),
                IndexElement(expression="lower(email)", descending=True),
                IndexElement(column="a", descending=True, nulls_first=False),
                IndexElement(column="b", nulls_first=True, collation=ObjectName(schema="pg_catalog", name="C")),
                IndexElement(
                    column="c",
                    opclass=ObjectName(schema="extensions", name="gist_trgm_ops"),
                    opclass_params=(("siglen", "32"),),
                ),
            ),
            unique=True,
            nulls_distinct=False,
            include=("amount", "email"),
            where="status = 'open'",
            with_=(("fillfactor", "70"),),
            tablespace="fast",
            comment="two\nlines\n",
        ),
        "gin": Index(elements=(IndexElement(column="tags"),), method="gin"),
    }


def test_statistics() -> None:
    email = StatisticsElement(expression="lower(email)")
    a, b, price = (StatisticsElement(column=column) for column in ("a", "b", "price"))
    assert objects("shop", "items", "statistics") == {
        "short": Statistics(elements=(a, price, email)),
        "long": Statistics(elements=(email,), schema="stats", statistics_target=None, comment="c"),
        "kinds": Statistics(elements=(a, b), kinds=("dependencies", "mcv"), statistics_target=0),
    }


def test_dropped_tables() -> None:
    assert {str(table): one.definition for table, one in DESIRED.dropped_tables.items()} == {
        "shop.old": DroppedTable(),
        "billing.older": DroppedTable(replaced_by=TableName(schema="billing", name="invoices"), backup=Backup.NONE),
        'crm."x.y"': DroppedTable(replaced_by=TableName(schema="shop", name="n")),
        "shop.fourth": DroppedTable(unused_for=UnusedFor(time=timedelta(days=14))),
        "shop.fifth": DroppedTable(
            unused_for=UnusedFor(time=timedelta(minutes=90), scans=3, per=timedelta(hours=1))
        ),
    }
    unused = [one.definition.retirement().unused_for for one in DESIRED.dropped_tables.values()]
    assert [Unused().write(one, Writing(default_schema="shop")) for one in unused if one] == [
        "14d",
        {"time": "90min", "scans": "3/hour"},
    ]


def test_absent() -> None:
    items = TableName(schema="shop", name="items")
    assert [(a.table, a.section, a.name) for a in DESIRED.absent] == [
        (items, "indexes", "idx_old"),
        (items, "indexes", "idx_older"),
        (items, "constraints", "items_check"),
        (items, "statistics", "old_statistics"),
    ]
    assert DESIRED.absent[0] == Absent(table=items, section="indexes", name="idx_old", place=place(96, 17))


def test_renames() -> None:
    renamed = {
        (key.kind, key.name): d.renamed_from
        for key, d in DESIRED.objects.items()
        if d.renamed_from and key.kind != "unique"
    }
    assert renamed == {
        ("foreign_key", "fk_long"): "old_fk",
        ("index", "long"): "old_index",
        ("statistics", "long"): "older",
    }


def test_places() -> None:
    index = DESIRED.objects[Key(schema="shop", table="items", kind="index", name="gin")]
    assert index.place == place(90, 7)
    assert dict(index.fields) == {"columns": place(90, 13), "using": place(90, 28)}
    assert index.place_of("unique") == index.place


def test_sources() -> None:
    assert DESIRED.sources == (str(FILE),)
