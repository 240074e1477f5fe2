"""Sizes as text for people."""

from __future__ import annotations


def freed(rows: int, count: int) -> str:
    """Return what dropping a table frees, by the planner's estimate of its rows (-1: never analyzed) and its bytes
    without indexes."""
    return "an unknown size (never analyzed)" if rows < 0 else f"{byte_count(count)} and its indexes"


def byte_count(count: int) -> str:
    """Return `512 bytes`, `96 kB`, `1.2 GB`, in PostgreSQL's units of 1024."""
    size, unit = float(count), "bytes"
    for larger in ("kB", "MB", "GB", "TB"):
        if size < 1024:
            break
        size, unit = size / 1024, larger
    return f"{size:.1f} {unit}" if unit not in ("bytes", "kB") and size < 10 else f"{size:,.0f} {unit}"
