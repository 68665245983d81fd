"""Finish: what a person takes away, and the model used on another file."""
