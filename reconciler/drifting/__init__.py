"""Finds how a database has drifted from its files, and writes the live state into them."""
