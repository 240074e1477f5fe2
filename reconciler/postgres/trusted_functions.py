"""The list of functions that a file may call while a plan is made, as data.

Labels of users' functions are not trusted: anybody may call a function IMMUTABLE. Those of PostgreSQL's own
functions and of well-known extensions are trusted, with exceptions. These functions are not on the list, whatever
their label: functions that read the catalog, settings, files or tables, that run SQL given as text, or that convert
by a cast or an input function that only the value decides.

`tests/postgres/test_trusted_functions.py` names the listed functions of each version, so a new version is reviewed.
"""

from __future__ import annotations

# Immutable functions of PostgreSQL that are not listed: they read the catalog, snapshots or settings, or call
# functions by an oid. Names that begin with `pg_` are not listed either, except for those below.
UNLISTED = frozenset(
    {
        "acldefault", "icu_unicode_version", "makeaclitem", "postgresql_fdw_validator", "querytree",
        "satisfies_hash_partition", "shell_in", "shell_out", "ts_lexize", "ts_parse", "ts_rewrite", "ts_token_type",
        "txid_visible_in_snapshot", "unicode_version", "xmlvalidate",
    }
)  # fmt: skip
LISTED_PG = frozenset({"pg_lsn", "pg_size_bytes", "pg_size_pretty", "pg_wal_lsn_diff"})
LISTED_PG_PREFIX = "pg_lsn_"

# Stable functions of PostgreSQL that depend on nothing but the clock, the time zone and formats, all of which the
# session fixes. Text forms of values are among them: the functions that they call belong to the types, which are
# checked as well.
STABLE = frozenset(
    {
        "now", "statement_timestamp", "transaction_timestamp",
        "age", "date", "date_add", "date_part", "date_subtract", "date_trunc", "extract", "in_range",
        "interval_pl_timestamptz", "make_timestamptz", "overlaps", "time", "timestamp", "timestamptz",
        "timestamptz_mi_interval", "timestamptz_pl_interval", "timetz", "timezone",
        "date_cmp_timestamptz", "date_eq_timestamptz", "date_ge_timestamptz", "date_gt_timestamptz",
        "date_le_timestamptz", "date_lt_timestamptz", "date_ne_timestamptz",
        "timestamp_cmp_timestamptz", "timestamp_eq_timestamptz", "timestamp_ge_timestamptz",
        "timestamp_gt_timestamptz", "timestamp_le_timestamptz", "timestamp_lt_timestamptz",
        "timestamp_ne_timestamptz",
        "timestamptz_cmp_date", "timestamptz_eq_date", "timestamptz_ge_date", "timestamptz_gt_date",
        "timestamptz_le_date", "timestamptz_lt_date", "timestamptz_ne_date",
        "timestamptz_cmp_timestamp", "timestamptz_eq_timestamp", "timestamptz_ge_timestamp",
        "timestamptz_gt_timestamp", "timestamptz_le_timestamp", "timestamptz_lt_timestamp",
        "timestamptz_ne_timestamp",
        "money", "numeric", "to_char", "to_date", "to_number", "to_timestamp",
        "anytextcat", "array_to_string", "concat", "concat_ws", "format", "quote_literal", "quote_nullable",
        "textanycat",
        "cash_in", "cash_out", "date_in", "date_out", "interval_in", "interval_out", "time_in", "timestamp_in",
        "timestamp_out", "timestamptz_in", "timestamptz_out", "timetz_in",
        "pg_column_size",
        "array_in", "array_out", "domain_in", "enum_in", "enum_out", "multirange_in", "multirange_out", "range_in",
        "range_out", "record_in", "record_out",
    }
)  # fmt: skip
UNLISTED_SIGNATURES = frozenset({"age(xid)"})

# Types of PostgreSQL whose input and output read the catalog. Text search configurations are not among them.
CATALOG_TYPES = frozenset(
    {
        "regproc", "regprocedure", "regoper", "regoperator", "regclass", "regcollation", "regtype", "regrole",
        "regnamespace", "aclitem", "_regproc", "_regprocedure", "_regoper", "_regoperator", "_regclass",
        "_regcollation", "_regtype", "_regrole", "_regnamespace", "_aclitem",
    }
)  # fmt: skip

# The functions that the constructors of a user's range type run. PostgreSQL creates them together with the type,
# for any role. Only a superuser can create other functions in the language `internal`.
CONSTRUCTORS = frozenset(
    {
        "multirange_constructor0", "multirange_constructor1", "multirange_constructor2", "range_constructor2",
        "range_constructor3",
    }
)  # fmt: skip

# Extensions whose immutable functions are listed, with further functions by name. Their functions must be members of
# the extension, belong to a superuser, and be written in C or SQL.
EXTENSIONS: dict[str, frozenset[str]] = {
    "btree_gin": frozenset(),
    "btree_gist": frozenset(),
    "citext": frozenset(),
    "cube": frozenset(),
    "fuzzystrmatch": frozenset(),
    "hstore": frozenset(),
    "intarray": frozenset(),
    "ltree": frozenset(),
    "pg_trgm": frozenset(
        {
            "similarity_op", "strict_word_similarity_commutator_op", "strict_word_similarity_dist_commutator_op",
            "strict_word_similarity_op", "word_similarity_commutator_op", "word_similarity_op",
        }
    ),
    "pgcrypto": frozenset(),
    "postgis": frozenset(),
    "unaccent": frozenset({"unaccent"}),
    "uuid-ossp": frozenset(),
    "vector": frozenset(),
}  # fmt: skip
LANGUAGES = frozenset({"c", "internal", "sql"})
