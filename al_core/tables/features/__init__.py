"""A typed table to a feature matrix."""
