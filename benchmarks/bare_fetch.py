"""The baseline of a plan: connects with psycopg and fetches every index and constraint definition. Nothing else.

python benchmarks/bare_fetch.py URL
"""

import sys

import psycopg

INDEXES = """
    SELECT n.nspname, t.relname, i.relname, pg_get_indexdef(x.indexrelid)
      FROM pg_index x
      JOIN pg_class i ON i.oid = x.indexrelid
      JOIN pg_class t ON t.oid = x.indrelid
      JOIN pg_namespace n ON n.oid = t.relnamespace
     WHERE n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')"""

CONSTRAINTS = """
    SELECT n.nspname, t.relname, c.conname, pg_get_constraintdef(c.oid)
      FROM pg_constraint c
      JOIN pg_class t ON t.oid = c.conrelid
      JOIN pg_namespace n ON n.oid = t.relnamespace
     WHERE n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')"""

with psycopg.connect(sys.argv[1], autocommit=True) as connection:
    indexes = connection.execute(INDEXES).fetchall()
    constraints = connection.execute(CONSTRAINTS).fetchall()
print(len(indexes), len(constraints))
