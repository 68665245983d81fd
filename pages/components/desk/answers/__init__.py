"""The answers, one button each."""
