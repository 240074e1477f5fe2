"""Everything that communicates with the server: sessions and limits, the catalog reader, the canonical form."""
