"""Primary keys and unique constraints: what both have in common."""
