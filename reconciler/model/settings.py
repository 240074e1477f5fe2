"""Settings that every session pins, ours and that of a psql script alike.

What the server prints of a definition, how it reads an expression, and what a query sees depend on these.
"""

from __future__ import annotations

PINNED = {
    "standard_conforming_strings": "on",
    # `pg_temp` last: left out, it would come first.
    "search_path": "pg_catalog, pg_temp",
    "TimeZone": "UTC",
    "DateStyle": "ISO, YMD",
    "IntervalStyle": "postgres",
    "extra_float_digits": "1",
    "bytea_output": "hex",
    "transform_null_equals": "off",
    "quote_all_identifiers": "off",
    "array_nulls": "on",
    "default_tablespace": "",
    "default_transaction_isolation": "read committed",
    "client_min_messages": "warning",
    # With row security on, a guard would count only the rows that a policy shows. Off, such a query is an error.
    "row_security": "off",
}
