"""Snapshots: everything that a plan needs to know about a database, as a file without rows, and plans made from
it."""
