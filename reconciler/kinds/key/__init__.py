"""The common parts of primary keys and unique constraints."""
