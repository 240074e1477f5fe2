"""Rehearsals: a plan is applied to tables that are rebuilt elsewhere, and its steps are watched."""
