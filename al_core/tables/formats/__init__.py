"""Workbooks, JSON and Parquet to the same untyped columns."""
