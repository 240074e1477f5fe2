"""Applies a plan: observes, acts, observes again. Writes the journal and sends events to listeners."""
