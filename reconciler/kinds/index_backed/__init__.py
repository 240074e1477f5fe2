"""What an index enforces, or is: the family of indexes, keys and exclusion constraints."""
