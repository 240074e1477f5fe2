"""Applies a plan: observe, act, observe. Keeps the journal and tells listeners what happens."""
