"""Snapshots: what a plan needs to know of a database, as a file without rows, and plans that are made from one."""
