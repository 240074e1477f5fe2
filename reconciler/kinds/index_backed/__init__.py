"""The family of objects that are an index or are enforced by one: indexes, keys and exclusion constraints."""
