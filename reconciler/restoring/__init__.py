"""Brings tables back from the archive, by a plan that is printed, approved and applied like any other; and rows back
from the quarantine, in batches like those of a repair."""
