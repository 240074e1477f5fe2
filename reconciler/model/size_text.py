"""Sizes as text for people."""

from __future__ import annotations


def byte_count(count: int) -> str:
    """Return `512 bytes`, `96 kB`, `1.2 GB`, in PostgreSQL's units of 1024."""
    size, unit = float(count), "bytes"
    for larger in ("kB", "MB", "GB", "TB"):
        if size < 1024:
            break
        size, unit = size / 1024, larger
    return f"{size:.1f} {unit}" if unit not in ("bytes", "kB") and size < 10 else f"{size:,.0f} {unit}"
