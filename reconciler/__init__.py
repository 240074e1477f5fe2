"""Declarative desired-state reconciler for PostgreSQL constraints, indexes and leftover tables."""

__version__ = "0.1.0"
