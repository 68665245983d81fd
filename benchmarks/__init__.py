"""Scripts that print one table each: ``python -m benchmarks.NAME`` from the root."""
