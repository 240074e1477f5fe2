"""Settings that every session fixes, in the tool and in a psql script alike.

How the server prints a definition, how it reads an expression, what a query sees, and how long a session lives
depend on these. A role that may alter the role or the database can set them to anything. They are set even if the
value is PostgreSQL's default. The encoding of the client is needed first, and is a parameter of the connection.

Some settings are not fixed on purpose: `default_transaction_read_only`, which an operator sets to forbid changes;
settings of memory, cost and parallel workers, which change the speed of a query, not its result (a list of duplicates
raises `work_mem` for its own query);
`synchronous_commit`; `default_text_search_config`, which decides what a check means to the application; and
settings of logging.
"""

from __future__ import annotations

PINNED = {
    # How text is read.
    "standard_conforming_strings": "on",
    "backslash_quote": "safe_encoding",
    "array_nulls": "on",
    "transform_null_equals": "off",
    "xmloption": "content",
    "timezone_abbreviations": "Default",
    # `pg_temp` is last: if omitted, it would be searched first.
    "search_path": "pg_catalog, pg_temp",
    # How values are printed, and constants in a definition with them.
    "TimeZone": "UTC",
    "DateStyle": "ISO, YMD",
    "IntervalStyle": "postgres",
    "extra_float_digits": "1",
    "bytea_output": "hex",
    "xmlbinary": "base64",
    "lc_monetary": "C",
    "lc_numeric": "C",
    "lc_time": "C",
    "quote_all_identifiers": "off",
    # What a query sees.
    "default_transaction_isolation": "read committed",
    "default_transaction_deferrable": "off",
    # With row security on, a data check would count only the rows that a policy shows. With it off, such a query is
    # an error.
    "row_security": "off",
    # Above 0, an index scan returns a random part of the rows.
    "gin_fuzzy_search_limit": "0",
    "restrict_nonsystem_relation_kind": "",
    "constraint_exclusion": "partition",
    "synchronize_seqscans": "off",
    # Properties of created objects that no statement gives.
    "default_tablespace": "",
    "temp_tablespaces": "",
    "default_table_access_method": "heap",
    # How statements are executed.
    "plan_cache_mode": "auto",
    "force_parallel_mode": "off",
    "debug_parallel_query": "off",
    "jit": "off",
    "exit_on_error": "off",
    "client_min_messages": "warning",
    # Sessions that survive pauses, long steps and a prompt.
    "idle_session_timeout": "0",
    "transaction_timeout": "0",
}
"""Settings that any role may set. Those that a server does not have are omitted."""

PRIVILEGED = {"session_replication_role": "origin"}
"""Settings that only a superuser may set: they are set if they differ."""

READING = {"lock_timeout": "10s", "statement_timeout": "120s", "idle_in_transaction_session_timeout": "60s"}
"""Limits of a session that only reads; steps and data checks set their own."""

DEAD_NETWORK = {
    "tcp_keepalives_idle": "30",
    "tcp_keepalives_interval": "10",
    "tcp_keepalives_count": "3",
    "tcp_user_timeout": "60000",
}
"""When the server ends a session whose client it cannot reach. Until then the session keeps the lock of the run,
and the locks of a transaction that has arrived only in part. It has no effect on a socket of the same machine."""


def pin_statement() -> str:
    """Return a query that sets all of them at once, whatever the session's settings are when the query is
    parsed."""
    ordinary = [f"('{name}', '{value}', false)" for name, value in {**PINNED, **READING, **DEAD_NETWORK}.items()]
    privileged = [f"('{name}', '{value}', true)" for name, value in PRIVILEGED.items()]
    values = [*ordinary, *privileged]
    lines = ",\n    ".join(", ".join(values[n : n + 3]) for n in range(0, len(values), 3))
    return (
        "SELECT pg_catalog.count(pg_catalog.set_config(name, value, false)) AS pinned FROM (VALUES\n"
        f"    {lines}) AS setting (name, value, privileged)\n"
        " WHERE pg_catalog.current_setting(name, true) IS NOT NULL\n"
        "   AND NOT (privileged AND pg_catalog.texteq(pg_catalog.current_setting(name, true), value))"
    )
