"""What the SQL sides of all kinds share: DDL, catalog queries, guards, routes of constraints."""
