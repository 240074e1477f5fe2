"""From desired and live state to a plan: compare, route, order, look at the data, gate."""

from reconciler.planning.plan import make_plan

__all__ = ["make_plan"]
