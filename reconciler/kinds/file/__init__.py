"""What the file sides of all kinds share: marked nodes, readers of values, fields, tables, writing."""
