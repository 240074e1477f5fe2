"""Dumps of retired tables: written with pg_dump, verified by restoring them elsewhere, and loaded again."""
