"""Properties of an object in addition to its definition, which its successor must keep."""

from reconciler.planning.carried.carry import carry_over

__all__ = ["carry_over"]
