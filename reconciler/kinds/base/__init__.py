"""The parts that every kind is made of. They know no kind."""
