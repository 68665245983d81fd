"""Drawn, ruled and oddly quoted tables to plain CSV, before it is read."""
