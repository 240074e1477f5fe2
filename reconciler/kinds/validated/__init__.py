"""Constraints that are added NOT VALID, and validated later."""
