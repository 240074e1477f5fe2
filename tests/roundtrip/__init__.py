"""Shared by tests of whole databases: a catalog as values, and complete files."""
