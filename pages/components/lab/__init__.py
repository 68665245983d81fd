"""Compare: what to measure, the running measurement, its results."""
