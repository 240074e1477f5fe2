"""The rules of extended statistics."""

from __future__ import annotations

from reconciler.model.rules.rule import Example, HazardKind

STATISTICS_LOST = HazardKind(
    "statistics-lost",
    gated=False,
    meaning="the collected estimates are lost: queries may be planned worse; new statistics are empty until the "
    "next ANALYZE",
    remedy="run ANALYZE on the table after the change",
    bad=Example(
        sql="CREATE TABLE places (city text, country text);\n"
        "CREATE STATISTICS places_stats ON city, country FROM places;",
        yaml="tables:\n  places:\n    absent: {statistics: [places_stats]}",
    ),
    good=Example(
        yaml="tables:\n  places:\n    statistics: {places_stats: [city, country]}",
    ),
)
