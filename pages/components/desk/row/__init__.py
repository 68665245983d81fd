"""The row before the person."""
