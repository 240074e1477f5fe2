"""What every kind is made of; it knows none of them."""
