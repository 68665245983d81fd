"""Strategies for models of several tags a row at once."""
