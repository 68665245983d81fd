"""Delimited text to records: delimiter and quotes, fast in bulk and careful where it is odd."""
