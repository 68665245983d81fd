"""Bytes to text: which encoding, and what was broken on the way."""
