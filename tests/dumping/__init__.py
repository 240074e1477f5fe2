"""Tests of dumps of retired tables."""
