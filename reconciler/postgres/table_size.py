"""The size of a table, as the catalog estimates it: one meaning in every plan and list.

The server's functions for sizes are exact, but wait for another session's lock on the table.
"""

from __future__ import annotations

TABLE_BYTES = """(greatest(t.relpages, 0)
            + coalesce((SELECT o.relpages FROM pg_class o WHERE o.oid = t.reltoastrelid), 0))::int8
           * current_setting('block_size')::int8"""
"""The size of the table `t` with its TOAST table and without indexes, at the last VACUUM or ANALYZE, in bytes."""
