"""What PostgreSQL knows of an object beside its definition, when a successor takes its place."""

from reconciler.planning.carried.carry import carry_over

__all__ = ["carry_over"]
