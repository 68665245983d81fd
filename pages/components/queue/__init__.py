"""Rows that wait for the desk out of turn."""
