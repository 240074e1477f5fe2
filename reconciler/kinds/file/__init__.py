"""The parts that the file sides of all kinds share: nodes with places, readers of values, fields, tables,
writing."""
