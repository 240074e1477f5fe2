"""Brings tables back from the archive, by a plan that is printed, approved and applied like any other."""
