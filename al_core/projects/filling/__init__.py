"""Filling in: the surest guesses over a line, their final check, and labels that look wrong."""
