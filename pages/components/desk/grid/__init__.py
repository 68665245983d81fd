"""Several rows at once."""
