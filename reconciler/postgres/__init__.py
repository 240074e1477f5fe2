"""Everything that talks to the server: sessions and limits, the catalog reader, the canonical form."""
