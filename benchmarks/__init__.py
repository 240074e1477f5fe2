"""Benchmarks, not tests: the cost of `reconcile` compared with a named baseline, measured in one run. See README.md."""
