"""Tables that are brought back from the archive."""
