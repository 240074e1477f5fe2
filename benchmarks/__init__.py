"""Figures, not tests: what `reconcile` costs beside a named baseline, measured in one run. See README.md."""
