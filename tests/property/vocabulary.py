"""The vocabulary of random tables: names, column types with their values, expressions, operator classes.

Every expression is SQL, with `§` for a column. This module does not use the SQL of the product. Row `n` of any table
has the value `n` of each type, so that keys are unique, foreign keys find their rows, and every check is true for all
drawn objects.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

LIBRARY: Final = """
CREATE SCHEMA ext;
CREATE EXTENSION pg_trgm SCHEMA ext;
CREATE EXTENSION btree_gist SCHEMA ext;
CREATE EXTENSION btree_gin SCHEMA ext;
CREATE EXTENSION hstore SCHEMA ext;
CREATE EXTENSION citext SCHEMA ext;
CREATE EXTENSION bloom SCHEMA ext;
CREATE SCHEMA lib;
CREATE TYPE lib.mood AS ENUM ('m1', 'm2', 'm3', 'm4', 'm5', 'm6', 'm7', 'm8', 'm9');
CREATE DOMAIN lib."Short Text" AS text CHECK (length(VALUE) < 100);
CREATE COLLATION lib."plain.c" FROM pg_catalog."C";
CREATE FUNCTION lib.positive(numeric) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 > 0';
CREATE FUNCTION lib."Fold It"(text, extra text DEFAULT '') RETURNS text LANGUAGE sql IMMUTABLE
    AS 'SELECT lower($1) || extra';
CREATE FUNCTION lib.name_part(whole text, partition regclass, name text) RETURNS void LANGUAGE plpgsql AS $body$
BEGIN
    EXECUTE (SELECT format('ALTER INDEX %s RENAME TO %I', p.relid, name)
               FROM pg_partition_tree(whole::regclass) p JOIN pg_index x ON x.indexrelid = p.relid
              WHERE x.indrelid = partition);
END $body$;
CREATE OPERATOR lib.=== (LEFTARG = text, RIGHTARG = text, FUNCTION = pg_catalog.texteq, COMMUTATOR = OPERATOR(lib.===));
"""
"""Objects that all random tables may use, created once in each database."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Type:
    """A column type. `value` is the SQL of the value of row `n`.

    `checks` are true for every value, and for NULL except those in `NULL_VIOLATES`. `keys` are immutable expressions
    that a btree index accepts. `opclasses` may follow a column, by access method: an empty text is the default.
    """

    sql: str
    value: str
    family: str
    unique: bool = True
    checks: Sequence[str] = ()
    keys: Sequence[str] = ()
    opclasses: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def at(self, row: int) -> str:
        """Return the SQL of the value of one row."""
        return re.sub(r"\bn\b", str(row), self.value)


_ANY_CHECKS: Final = (
    "§ IS NOT NULL",
    "num_nulls(§) = 0",
    "pg_column_size(§) < 8000",
    "§ IS NOT NULL IS TRUE",
    "NOT (§ IS NULL)",
)

_INT_CHECKS: Final = (
    "§ > 0",
    "§ >= -1",
    "§ >= - 1",
    "§ BETWEEN 1 AND 1000",
    "§ NOT BETWEEN SYMMETRIC 2000 AND 1000",
    "§ IN (1, 2, 3, 4, 5, 6)",
    "§ NOT IN (77)",
    "§ <> ALL (ARRAY[77, 78])",
    "NOT § < 0",
    "§ % 1000 = §",
    "(§ + 1) * 2 > 2",
    "§ - 1 - (1 - §) >= 0",
    "§::text ~ '^[0-9]+(.0+)?$'",
    "coalesce(§, 1) > 0",
    "nullif(§, 0) IS DISTINCT FROM 99",
    "CASE WHEN § > 3 THEN true ELSE § >= 0 END",
    "CASE § WHEN 1 THEN 'a' WHEN 2 THEN 'b' ELSE 'c' END IN ('a', 'b', 'c')",
    "greatest(§, 1) > 0 AND least(§, 0) = 0",
    "abs(§) = §",
    "§ OPERATOR(pg_catalog.>) 0",
    "@ § >= 0",
    "|/ § < 1e3",
    "§::bigint < 9223372036854775807",
    "§ < '1000'",
    "(§, 1) > (0, 0)",
    "ROW(§, 'x') IS NOT NULL",
    "(§ > 0) IS NOT FALSE",
    "§ = ANY ('{1,2,3,4,5,6}'::int[])",
    "power(§, 2) < 10 ^ 3",
    "§ > 0 AND (§ < 500 OR § > 600) AND NOT (§ = 13)",
    "§ > 0 OR § > -1 AND § < 5",
    "lib.positive(§)",
    "-§ < 0",
    "- (-§) > - (-1) - 1",
    "§ * 1.50 >= 1.5",
    "§ / 1 IS NOT DISTINCT FROM §",
    "§ > .0 AND § < 12e3",
)

_TEXT_CHECKS: Final = (
    "§ <> ''",
    "length(§) < 100",
    "§ ~ '^[a-zA-Z]'",
    "§ !~* 'zzz+'",
    "§ LIKE 't%'",
    r"§ NOT ILIKE '%\%x'",
    "§ NOT LIKE '%!_%' ESCAPE '!'",
    "§ NOT SIMILAR TO 'z[0-9]+'",
    "§ IN ('t1', 't2', 't3', 't4', 't5', 't6')",
    "§ IN ('t1', 't2', 't3', 't4', 't5') AND § NOT IN ('x', 'y')",
    "lower(§) = lower(§)",
    """§ COLLATE "C" >= 'a'""",
    r"§ <> E'back\\slash\nand \'quote\''",
    "§ <> 'it''s; -- no comment /* nor this */'",
    r"§ <> U&'\0441\043b'",
    "position('z' in §) = 0",
    "substring(§ from 1 for 1) = 't'",
    "trim(both 'x' from §) <> ''",
    "overlay(§ placing 'x' from 1 for 1) LIKE 'x%'",
    "left(§, 1) || 'é' = 'té'",
    "§::text < 'zzz'",
    "(§ || 'x')::varchar(30) <> 'y'",
    "char_length(btrim(§::text)) BETWEEN 1 AND 30",
    "§ <> $$dollar's$$",
    "§ IS NOT DISTINCT FROM §",
    "§ ~~ 't%'",
    "upper(§) ~ '^T'",
    "§ <> ALL (ARRAY['x', 'y'])",
    "regexp_replace(§, '[^a-z]', '', 'g') = 't'",
    "starts_with(§, 't')",
    "§ = ANY (ARRAY['t1', 't2', 't3', 't4', 't5']::text[])",
    "octet_length(§) > 0 AND § = §::char(50)",
    "§ !~ '^%s{2}\\d$'",
    """lib."Fold It"(§) <> '' AND lib."Fold It"(§, extra => 'x') <> 'x'""",
    "(§::text) OPERATOR(lib.===) (§::text)",
    "(CASE WHEN § = '' THEN NULL ELSE § END) IS NOT NULL",
    "format('%s', §) <> '%'",
    "(string_to_array(§, ','))[1] LIKE 't%'",
    "normalize(§::text, NFC) = §",
    "§ > '日本' IS NOT NULL",
)

_DATE_CHECKS: Final = (
    "§ > '2000-01-01'",
    "§ >= DATE '2000-01-01'",
    "§ < '2100-01-01'::timestamp",
    "extract(year from §) >= 2000",
    "§ + interval '1 day' > §",
    "§ - '1 mon'::interval < §",
    "date_part('month', §) BETWEEN 1 AND 12",
    "§ BETWEEN '2000-01-01' AND '2100-12-31'",
    "§ <> 'infinity'",
    "isfinite(§)",
    "(§, §) OVERLAPS (§, interval '1 day')",
    "§::date > '2000-02-29'",
    "to_char(§, 'YYYY') ~ '^20'",
    "date_trunc('year', §) <= §",
)

_ZONED_CHECKS: Final = (
    *_DATE_CHECKS,
    "§ > '2000-01-01 00:00:00+02'",
    "§ AT TIME ZONE 'Europe/Berlin' > '2000-01-01'",
    "§ < timestamptz '2100-01-01 12:34:56.789 UTC'",
    "§ <> '-infinity'::timestamptz",
    "(§ AT TIME ZONE 'UTC')::date <> '1999-12-31'",
)

_TEXT_KEYS: Final = (
    "lower(§)",
    "(§ || 'x')",
    """lower(§) COLLATE "C" text_pattern_ops""",
    "left(§, 2)",
    """lib."Fold It"(§)""",
    """lib."Fold It"(§, 'x') text_pattern_ops""",
    "(coalesce(§, ''))",
    "substr(§, 1, 2)",
    "(CASE WHEN § = 'x' THEN 1 ELSE 2 END)",
    "(§ = 't1')",
    "(§ IS NULL)",
    "length(§)",
    """((§ || '') COLLATE lib."plain.c")""",
    "(§ IN ('a', 'b'))",
    "substring(§ from 2)",
    "(nullif(trim(§), ''))",
)
_INT_KEYS: Final = ("(§ + 1)", "(§ % 10)", "abs(§)", "(-§)", "(§ > 3)", "(§::text)", "(coalesce(§, 0) * 2)")
_DATE_KEYS: Final = ("extract(year from §)", "(§ IS NULL)", "(§ > '2020-01-01')", "(coalesce(§, '2020-01-01'))")
_STAMP_KEYS: Final = (*_DATE_KEYS, "date_trunc('day', §)", "(§::date)", "(§ + '1 day'::interval)")
_ZONED_KEYS: Final = (
    "((§ AT TIME ZONE 'UTC'))",
    "((§ AT TIME ZONE 'UTC')::date)",
    "date_part('hour', § AT TIME ZONE 'UTC')",
)


def _classes(brin: str = "", **more: Sequence[str]) -> dict[str, Sequence[str]]:
    """Return operator classes of an ordinary scalar type. `brin` is the stem of the names of those for brin."""
    bases: dict[str, Sequence[str]] = {"btree": ("", "((§))"), "hash": ("",)}
    if brin:
        bases["brin"] = ("", f"{brin}_minmax_ops", f"{brin}_bloom_ops(n_distinct_per_range = 100)")
    return bases | more


def _text_type(name: str, family: str, pattern: str, value: str = "'t' || n", collation: str = "") -> Type:
    gin = ("ext.gin_trgm_ops",) if family == "text" else ()
    return Type(
        sql=name + collation,
        value=value,
        family=family,
        checks=(*_ANY_CHECKS, *_TEXT_CHECKS),
        keys=_TEXT_KEYS,
        opclasses=_classes(
            brin="bpchar" if family == "char" else "text",
            btree=(
                "",
                pattern,
                'COLLATE "C"',
                'COLLATE "POSIX"',
                'COLLATE lib."plain.c"',
                f'COLLATE "C" {pattern}',
                '((§ COLLATE "C")) COLLATE "POSIX"',
            ),
            hash=("", *((pattern,) if family == "char" else ())),
            gin=gin,
            gist=("", *(("ext.gist_trgm_ops", "ext.gist_trgm_ops(siglen = 32)") if family == "text" else ())),
            spgist=("",) if family == "text" else (),
        ),
    )


_SIGNAL: Final = ("", "int4_minmax_multi_ops(values_per_range = 16)")

TYPES: Final[Sequence[Type]] = (
    Type(
        sql="int",
        value="n",
        family="int",
        checks=(*_ANY_CHECKS, *_INT_CHECKS),
        keys=_INT_KEYS,
        opclasses=_classes(
            brin="int4",
            gist=("", "ext.gist_int4_ops"),
            gin=("", "ext.int4_ops"),
        )
        | {"brin": (*_SIGNAL, "int4_bloom_ops", "int4_bloom_ops(false_positive_rate = 0.05)"), "bloom": ("",)},
    ),
    Type(
        sql="bigint",
        value="n",
        family="int",
        checks=(*_ANY_CHECKS, *_INT_CHECKS),
        keys=_INT_KEYS,
        opclasses=_classes(brin="int8", gist=("",)),
    ),
    Type(
        sql="smallint",
        value="n::smallint",
        family="int",
        checks=(*_ANY_CHECKS, *(one for one in _INT_CHECKS if "lib." not in one)),
        keys=_INT_KEYS,
        opclasses=_classes(brin="int2"),
    ),
    Type(
        sql="numeric(12,2)",
        value="n",
        family="int",
        checks=(*_ANY_CHECKS, *_INT_CHECKS),
        keys=_INT_KEYS,
        opclasses=_classes(brin="numeric", gist=("",)),
    ),
    _text_type("text", "text", "text_pattern_ops"),
    _text_type("text", "c text", "text_pattern_ops", collation=' COLLATE "C"'),
    _text_type("varchar(20)", "text", "varchar_pattern_ops"),
    _text_type("varchar", "text", "text_pattern_ops"),
    _text_type("char(8)", "char", "bpchar_pattern_ops"),
    Type(
        sql='lib."Short Text"',
        value="'t' || n",
        family="domain",
        checks=(*_ANY_CHECKS, *(one for one in _TEXT_CHECKS)),
        keys=("lower(§)", "(§ || 'x')"),
        opclasses={"btree": ("", "text_pattern_ops"), "hash": ("",)},
    ),
    Type(
        sql="ext.citext",
        value="('t' || n)::ext.citext",
        family="citext",
        checks=(*_ANY_CHECKS, "§ <> ''", "§ ~ '^t'", "§ = lower(§::text)::ext.citext", "§ LIKE 't%'"),
        keys=("lower(§)", "(§::text)"),
        opclasses={"btree": ("", "ext.citext_pattern_ops"), "hash": ("",)},
    ),
    Type(
        sql="date",
        value="date '2024-01-01' + n",
        family="date",
        checks=(*_ANY_CHECKS, *_DATE_CHECKS, "§ - 1 < §"),
        keys=_DATE_KEYS,
        opclasses=_classes(brin="date", gist=("",)),
    ),
    Type(
        sql="timestamp",
        value="timestamp '2024-01-01' + n * interval '1 hour'",
        family="timestamp",
        checks=(*_ANY_CHECKS, *_DATE_CHECKS),
        keys=_STAMP_KEYS,
        opclasses=_classes(brin="timestamp", gist=("",)),
    ),
    Type(
        sql="timestamptz(3)",
        value="timestamptz '2024-01-01 00:00+00' + n * interval '1 hour'",
        family="timestamptz",
        checks=(*_ANY_CHECKS, *_ZONED_CHECKS),
        keys=_ZONED_KEYS,
        opclasses=_classes(brin="timestamptz", gist=("",)),
    ),
    Type(
        sql="interval",
        value="n * interval '1 day'",
        family="interval",
        checks=(*_ANY_CHECKS, "§ > '0'", "§ < INTERVAL '1 year 2 mons'", "§ <> interval '1.5' hour", "§ * 2 > §"),
        keys=("(§ * 2)", "extract(epoch from §)"),
        opclasses=_classes(brin="interval", gist=("",)),
    ),
    Type(
        sql="boolean",
        value="n % 2 = 0",
        family="bool",
        unique=False,
        checks=(
            *_ANY_CHECKS,
            "§ OR NOT §",
            "§ IN (true, false)",
            "§ = ANY ('{t,f}')",
            "§ IS NOT UNKNOWN",
            "§ >= 'f'",
        ),
        keys=("(NOT §)", "(§ IS TRUE)"),
        opclasses={"btree": ("",), "hash": ("",)},
    ),
    Type(
        sql="jsonb",
        value="jsonb_build_object('k', n)",
        family="jsonb",
        checks=(
            *_ANY_CHECKS,
            "§ ? 'k'",
            "§ ->> 'k' ~ '^\\d+$'",
            "(§ -> 'k')::int > 0",
            "§ @> '{}'",
            "jsonb_typeof(§) = 'object'",
            "§ #>> '{k}' <> ''",
            "§ @? '$.k'",
            "§ @@ '$.k > 0'",
            "(§['k'])::int > 0",
            """§ <> '{"a": [1, 2.50, null]}'::jsonb""",
        ),
        keys=("((§ ->> 'k'))", "((§ -> 'k'))", "(((§ ->> 'k')::int))", "((§ #> '{a,b}'))", "((§['k']))"),
        opclasses={"btree": ("",), "hash": ("",), "gin": ("", "jsonb_path_ops", "jsonb_ops")},
    ),
    Type(
        sql="int[]",
        value="ARRAY[n, n + 100]",
        family="array",
        checks=(
            *_ANY_CHECKS,
            "array_length(§, 1) = 2",
            "1000 <> ALL (§)",
            "§[1] > 0",
            "§[1:2] = §",
            "§[:1] <> §[2:]",
            "§ && § AND § @> ARRAY[§[1]]",
            "array_position(§, NULL) IS NULL",
            "§ <> '{}'",
            "§ || 5 <> '{5}'",
            "§ <> ARRAY[]::int[]",
        ),
        keys=("(§[1])", "cardinality(§)", "(§ || 1)"),
        opclasses={"btree": ("",), "hash": ("",), "gin": ("", "array_ops")},
    ),
    Type(
        sql="text[]",
        value="ARRAY['t' || n]",
        family="texts",
        checks=(
            *_ANY_CHECKS,
            "'x' <> ALL (§)",
            "§ <@ ARRAY['t1', 't2', 't3', 't4', 't5']",
            "§ <> '{\"a,b\",NULL}'",
        ),
        keys=("(§[1])", '((§[1]) COLLATE "C")'),
        opclasses={"btree": ("", 'COLLATE "C"'), "gin": ("", 'COLLATE "C"')},
    ),
    Type(
        sql="int4range",
        value="int4range(10 * n, 10 * n + 5)",
        family="range",
        checks=(*_ANY_CHECKS, "NOT isempty(§)", "lower(§) < upper(§)", "§ && §", "§ <> 'empty'", "§ >> '[-5,0)'"),
        keys=("lower(§)", "(isempty(§))"),
        opclasses={"btree": ("",), "hash": ("",), "gist": ("", "range_ops"), "spgist": ("",), "brin": ("",)},
    ),
    Type(
        sql="tstzrange",
        value="tstzrange(timestamptz '2024-01-01 00:00+00' + n * interval '1 day', "
        "timestamptz '2024-01-01 12:00+00' + n * interval '1 day')",
        family="zoned range",
        checks=(*_ANY_CHECKS, "NOT isempty(§)", "lower(§) > '2000-01-01 00:00+00'", "NOT upper_inf(§)"),
        keys=("lower(§)",),
        opclasses={"btree": ("",), "gist": ("",), "spgist": ("range_ops",)},
    ),
    Type(
        sql="point",
        value="point(n, n)",
        family="point",
        unique=False,
        checks=(*_ANY_CHECKS, "§[0] > 0", "§ <@ box '((0,0),(100,100))'", "§ <-> point '(0,0)' < 1000"),
        keys=("(§[0])", "((§ <-> '(0,0)'))"),
        opclasses={"gist": ("", "point_ops"), "spgist": ("", "quad_point_ops", "kd_point_ops")},
    ),
    Type(
        sql="uuid",
        value="('00000000-0000-0000-0000-00000000000' || n)::uuid",
        family="uuid",
        checks=(*_ANY_CHECKS, "§ <> '00000000-0000-0000-0000-000000000000'", "§::text ~ '-0000-'"),
        keys=("(§::text)",),
        opclasses=_classes(brin="uuid", gist=("",)),
    ),
    Type(
        sql="inet",
        value="('10.0.0.' || n)::inet",
        family="inet",
        checks=(*_ANY_CHECKS, "§ << '10.0.0.0/8'", "family(§) = 4", "host(§) <> ''", "§ <> '::1'"),
        keys=("host(§)", "family(§)", "network(§)"),
        opclasses={
            "btree": ("",),
            "hash": ("",),
            "gist": ("inet_ops",),
            "spgist": ("", "inet_ops"),
            "brin": ("inet_inclusion_ops", "inet_minmax_ops", "inet_minmax_multi_ops", ""),
        },
    ),
    Type(
        sql="tsvector",
        value="to_tsvector('simple', 't' || n)",
        family="tsvector",
        checks=(*_ANY_CHECKS, "length(§) > 0", "§ @@ to_tsquery('simple', 't:*')", "§ <> 'a:1A b:2'"),
        keys=("length(§)",),
        opclasses={"gin": ("",), "gist": ("", "tsvector_ops(siglen = 100)"), "btree": ("",)},
    ),
    Type(
        sql="bytea",
        value="convert_to('t' || n, 'UTF8')",
        family="bytea",
        checks=(*_ANY_CHECKS, "octet_length(§) > 0", r"§ <> '\x'", r"§ <> '\xdeadbeef'::bytea", "md5(§) <> ''"),
        keys=("md5(§)", "encode(§, 'hex')"),
        opclasses=_classes(brin="bytea"),
    ),
    Type(
        sql="lib.mood",
        value="('m' || n)::lib.mood",
        family="mood",
        checks=(
            *_ANY_CHECKS,
            "§ <> 'm9'",
            "§ >= 'm1'::lib.mood",
            "§ IN ('m1', 'm2', 'm3', 'm4', 'm5')",
            "§ = ANY (enum_range(NULL::lib.mood))",
        ),
        keys=("(§ = 'm1')", "(CASE § WHEN 'm1' THEN 1 ELSE 2 END)"),
        opclasses={"btree": ("",), "hash": ("",), "gist": ("",), "gin": ("",)},
    ),
    Type(
        sql="ext.hstore",
        value="ext.hstore('k', n::text)",
        family="hstore",
        unique=False,
        checks=(
            *_ANY_CHECKS,
            "§ OPERATOR(ext.?) 'k'",
            "(§ OPERATOR(ext.->) 'k') <> ''",
            "§ OPERATOR(ext.@>) 'k=>NULL'::ext.hstore IS NOT NULL",
        ),
        keys=("((§ OPERATOR(ext.->) 'k'))",),
        opclasses={
            "gin": ("", "ext.gin_hstore_ops"),
            "gist": ("", "ext.gist_hstore_ops(siglen = 32)"),
            "hash": ("",),
        },
    ),
)

STABLE: Final = frozenset(
    {
        "(§, §) OVERLAPS (§, interval '1 day')",
        "date_part('month', §) BETWEEN 1 AND 12",
        "date_trunc('year', §) <= §",
        "extract(year from §) >= 2000",
        "format('%s', §) <> '%'",
        "pg_column_size(§) < 8000",
        "to_char(§, 'YYYY') ~ '^20'",
        "§ + interval '1 day' > §",
        "§ - '1 mon'::interval < §",
        "§ < '2100-01-01'::timestamp",
        "§ = ANY (enum_range(NULL::lib.mood))",
        "§ >= DATE '2000-01-01'",
        "§::date > '2000-02-29'",
    }
)
"""Checks that cannot be index predicates, for one type or all, because they are not immutable."""

NULL_VIOLATES: Final = frozenset(
    {
        "§ IS NOT NULL",
        "num_nulls(§) = 0",
        "§ IS NOT NULL IS TRUE",
        "NOT (§ IS NULL)",
        "ROW(§, 'x') IS NOT NULL",
        "(CASE WHEN § = '' THEN NULL ELSE § END) IS NOT NULL",
        "§ > '日本' IS NOT NULL",
        "§ IS NOT UNKNOWN",
        "§ OPERATOR(ext.@>) 'k=>NULL'::ext.hstore IS NOT NULL",
        "§ || 5 <> '{5}'",
        "CASE WHEN %s THEN true ELSE false END",
    }
)
"""Checks, and one of the combinations below, that are false where a column is NULL."""

COMBINATIONS: Final = (
    "%s",
    "(%s)",
    "(%s) AND (%s)",
    "(%s) OR (%s)",
    "NOT (NOT (%s))",
    "CASE WHEN %s THEN true ELSE false END",
    "(%s) IS NOT FALSE",
    "coalesce((%s), true)",
    "(%s) = true",
    "((%s) AND ((%s)))",
    "(%s) AND (%s) AND (%s)",
)
"""Combinations of predicates that are also true."""

STATISTICS_KINDS: Final = ("ndistinct", "dependencies", "mcv")

PARAMETERS: Final[Mapping[str, Sequence[str]]] = {
    "btree": (
        "fillfactor = 70",
        "fillfactor=100",
        "deduplicate_items = off",
        "fillfactor = 50, deduplicate_items = false",
        "deduplicate_items",
    ),
    "hash": ("fillfactor = 60",),
    "gin": ("fastupdate = off", "gin_pending_list_limit = 256", "gin_pending_list_limit = 128, fastupdate = on"),
    "gist": ("buffering = on", "fillfactor = 55", "buffering = 'auto', fillfactor = 90"),
    "spgist": ("fillfactor = 77",),
    "brin": ("pages_per_range = 16", "autosummarize = on", "pages_per_range = 8, autosummarize = true"),
    "bloom": ("length = 96", "length = 64, col1 = 3"),
}
"""Storage parameters by access method."""

NAMES: Final = (
    "plain",
    "another_one",
    "select",
    "user",
    "Mixed Case",
    "dot.ted",
    "a.b.c",
    "com,ma",
    'quo"ted',
    '"in quotes"',
    "it's",
    "ünïcödé",
    "日本語の名前",
    "x" * 62 + "1",
    "x" * 62 + "2",
    "é" * 31 + "z",
    "no",
    "null",
    "true",
    "1e3",
    "~",
    "key: value",
    "# hash",
    "- dash",
    " lead and trail ",
    "semi;colon",
    "f(x)",
    "back\\slash",
    "percent%s%",
    "$1",
    "{brace}",
    "[bracket]",
    "*",
    "&anchor",
    "!tag",
    "columns",
    "table",
    "schema",
    "expression",
    "where",
    "a with =",
    "emoji 😀",
    "two\nlines",
    "--",
    "/*",
)
"""Names that could be misread: by YAML, SQL, the file's short forms, or with 63 bytes."""

COMMENTS: Final = (
    "why it is there",
    'it\'s "quoted"',
    "two\nlines\n",
    " spaces around ",
    "null",
    "# no comment",
    "key: value",
    "日本語 😀",
    "back\\slash %s $1",
    "tab\tand \x07 bell",
    "x" * 200,
    "'; DROP TABLE x; --",
)
